"""Pelican's settings: every page an article of the category that its folder names; the reader's cache is on."""

SITENAME = "The made-up guide"
SITEURL = "https://example.org"
AUTHOR = "The made-up project"
TIMEZONE = "UTC"
PATH = "content"
OUTPUT_PATH = "build"
THEME = "theme"
THEME_STATIC_PATHS: list[str] = []
ARTICLE_URL = "{category}/{slug}/"
ARTICLE_SAVE_AS = "{category}/{slug}/index.html"
CATEGORY_URL = "{slug}/"
CATEGORY_SAVE_AS = "{slug}/index.html"
TAG_SAVE_AS = AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
DEFAULT_PAGINATION = False
FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 50
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
# What our own engine reads: the same marks, and the same typographic quotes. Meta reads the head of each page.
_EXTENSIONS = "abbr attr_list def_list fenced_code footnotes meta sane_lists smarty tables".split()
MARKDOWN = {
    "extension_configs": {f"markdown.extensions.{name}": {} for name in _EXTENSIONS},
    "output_format": "html5",
}
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
