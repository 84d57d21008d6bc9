"""What HTML may be in a text and in what becomes of it: one allow list, for the reports and for nh3 behind them."""

import re
import unicodedata
from collections.abc import Iterable
from html import unescape
from html.parser import HTMLParser
from typing import Final

import nh3
from msgspec import Struct

ANYWHERE: Final = frozenset({"class", "id", "lang", "dir"})
ATTRIBUTES: Final = {"a": {"href", "rel", "title"}, "abbr": {"title"}, "ol": {"start"}}
RAW_TAGS: Final = frozenset("abbr br cite code em kbd q span strong sub sup".split())
_MARKDOWN_TAGS: Final = frozenset(
    "a blockquote caption dd div dl dt h2 h3 h4 h5 h6 hr li ol p pre table tbody td th thead tr ul".split()
)

_cleaner = nh3.Cleaner(
    tags=set(RAW_TAGS | _MARKDOWN_TAGS),
    attributes={"*": set(ANYWHERE), **ATTRIBUTES},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


class RawTag(Struct, frozen=True):
    """An HTML tag as an editor typed it."""

    name: str
    closes: bool
    attributes: tuple[str, ...]

    @property
    def foreign(self) -> list[str]:
        """The attributes that will be taken out."""
        return [name for name in self.attributes if not attribute_allowed(self.name, name)]


class _Reader(HTMLParser):
    """Reads one tag; `html.parser` knows every way in which an attribute can be written."""

    def __init__(self) -> None:
        super().__init__()
        self.found: RawTag | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = RawTag(tag, False, tuple(name for name, _ in attrs))

    def handle_endtag(self, tag: str) -> None:
        self.found = self.found or RawTag(tag, True, ())


def read_tag(text: str) -> RawTag:
    """The tag that is written in `text`, from `<` to `>`; a comment or declaration is a tag without a name."""
    if text[1] in "!?":
        return RawTag("", False, ())
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.found or RawTag(text.strip("<>/"), text.startswith("</"), ())


def attribute_allowed(tag: str, name: str) -> bool:
    """Whether an attribute may stand on a tag."""
    return name in ANYWHERE or name in ATTRIBUTES.get(tag, ())


def clean(html: str) -> str:
    """Balanced HTML that holds nothing but what is allowed."""
    return _cleaner.clean(html) if "<" in html or "&" in html or ">" in html else html


_FOOTNOTE_MARK = re.compile(r'<sup id="fnref[^>]*>.*?</sup>|<a [^>]*class="footnote-backref"[^>]*>.*?</a>', re.DOTALL)


def without_footnote_marks(html: str) -> str:
    """The HTML without the numbers that lead to footnotes and the arrows that lead back."""
    return _FOOTNOTE_MARK.sub("", html) if "fnref" in html or "footnote-backref" in html else html


_INLINE_TAG = re.compile(rf"</?(?:a|{'|'.join(RAW_TAGS - {'br'})})\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


def plain_words(html: str) -> str:
    """The words of clean HTML, with single spaces between them."""
    bare = _TAG.sub(" ", _INLINE_TAG.sub("", without_footnote_marks(html))) if "<" in html else html
    return " ".join(unescape(bare).split())


def slug(words: str) -> str:
    """An id made of words: letters of all languages and digits stay, hyphens join them."""
    composed = unicodedata.normalize("NFC", words).lower()
    return "-".join(re.sub(r"[^\w\s-]", "", composed).replace("_", "-").replace("-", " ").split()) or "section"


class Ids:
    """The ids of one text, each given out once. The ones that an editor chose are spoken for from the beginning."""

    def __init__(self, chosen: Iterable[str]) -> None:
        self._chosen = set(chosen)
        self._given: set[str] = set()
        self._counts: dict[str, int] = {}

    def once(self, id: str) -> str:
        """An id that the editor chose: unchanged, unless it has been given out before."""
        if id in self._given:
            return self.free(id)
        self._given.add(id)
        return id

    def free(self, id: str) -> str:
        """This id, or the first of `id-2`, `id-3`, … that nobody has."""
        free = id
        while free in self._chosen or free in self._given:
            self._counts[id] = self._counts.get(id, 1) + 1
            free = f"{id}-{self._counts[id]}"
        self._given.add(free)
        return free
