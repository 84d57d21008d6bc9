"""The inline rules of Python-Markdown, made to read our tags, and our own marks beside them.

Most of what is here replaces a rule of the library by itself plus one thing: it steps over a tag and keeps it.
The marks of ours become hole characters, so that the cleaner sees text where the site will put HTML.
"""

# ruff: noqa: N802 # names of methods that Python-Markdown calls

import re
from typing import Any, Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension, FootnoteInlineProcessor
from markdown.inlinepatterns import (
    AUTOLINK_RE,
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINK_RE,
    REFERENCE_RE,
    AutolinkInlineProcessor,
    AutomailInlineProcessor,
    HtmlInlineProcessor,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)

from otpt_site.markup.cleaning import RAW_TAGS, RawTag, read_tag
from otpt_site.markup.prose import CitationHole
from otpt_site.markup.sheet import TAG, Sheet, plain, untagged

TAG_KEY: Final = "our-tag"
"""The attribute in which an element keeps the tag of its place."""

_IS_TAG: Final = re.compile(TAG)
_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CITATION: Final = rf"\[{TAG}@([^\[\]]*+)(\]?+)(?!{TAG}\()"
_FOOTNOTE: Final = rf"\[{TAG}?\^([^\]]*)\]"
_UNDEFINED_FOOTNOTE: Final = rf"\[{TAG}?\^([^\]\s]+)\]"
_AUTOLINK: Final = f"<{TAG}?{AUTOLINK_RE[1:]}"
# Stricter than the library's own: it would take half a paragraph for an address, with our characters in it.
_MAIL: Final = rf"<{TAG}?([^\s<>!\"@()\[\]\x02\x03]+@[^\s<>\"@()\[\]\x02\x03]+)>"
_RAW_HTML: Final = (
    rf"<{TAG}(?:/?[a-zA-Z][^\s\"'<>@/]*+(?:\"[^\"<]*+\"|'[^'<]*+'|[^\"'<>])*+>"
    r"|!--(?:(?!<!--|-->).)*-->|\?(?:(?!<\?|\?>).)*\?>|![a-zA-Z\[][^<>]*>)"
)
# What is between brackets with nothing in it that the library would look at sign by sign.
_PLAIN_WORDS: Final = re.compile(r"([^\[\]]*)\]")
_PLAIN_TARGET: Final = re.compile(r"\(([^\s()<>\"'\\\x02]*)\)")
SIGNS: Final = {
    _CITATION: "@",
    _FOOTNOTE: "^",
    _UNDEFINED_FOOTNOTE: "^",
    _AUTOLINK: "<",
    _MAIL: "<",
    _RAW_HTML: "<",
}
"""What must stand in a text for one of these to match."""

Match = re.Match[str]
Found = tuple[Element | str | None, int | None, int | None]


class Reader(Markdown):
    """What the rules know of the engine: the text being read, and the HTML found in it with its place and length."""

    sheet: Sheet
    raw_tags: list[tuple[int, int, RawTag]]


def replace_inline_rules(md: Reader, footnotes: FootnoteExtension) -> None:
    """Put the rules below in the place of the library's, and ours beside them."""
    rules = md.inlinePatterns
    for rule, name, priority in (
        (_Citation(_CITATION, md), "citation", 178),
        (FootnoteInlineProcessor(_FOOTNOTE, footnotes), "footnote", 175),
        (_UndefinedFootnote(_UNDEFINED_FOOTNOTE, md), "undefined-footnote", 174),
        (_ReferenceLink(REFERENCE_RE, md), "reference", 170),
        (_Link(LINK_RE, md), "link", 160),
        (_Image(IMAGE_LINK_RE, md), "image_link", 150),
        (_ReferenceImage(IMAGE_REFERENCE_RE, md), "image_reference", 140),
        (_ShortReferenceLink(REFERENCE_RE, md), "short_reference", 130),
        (_ShortReferenceImage(IMAGE_REFERENCE_RE, md), "short_image_ref", 125),
        (_Autolink(_AUTOLINK, md), "autolink", 120),
        (AutomailInlineProcessor(_MAIL, md), "automail", 110),
        (_RawHtml(_RAW_HTML, md), "html", 90),
    ):
        rules.register(rule, name, priority)


def tag_at(text: str, index: int) -> str:
    """The tag at this place in the text, or nothing."""
    return found[0] if (found := _IS_TAG.match(text, index)) else ""


class _Citation(InlineProcessor):
    """`[@one; @two]`."""

    md: Reader

    def handleMatch(self, m: Match, data: str) -> Found:  # type: ignore[override]
        sheet = self.md.sheet
        start = sheet.offset(tag_at(data, m.start() + 1)) - 1
        ids = [part.strip().removeprefix("@") for part in f"@{m[1]}".split(";")]
        marked = all(part.lstrip().startswith("@") for part in f"@{m[1]}".split(";"))
        if not (m[2] and marked and all(map(_ID.fullmatch, ids))):
            self._refuse(start, bool(m[2]))
            return None, m.start(), m.end()
        spots = []
        place = start
        for id in ids:
            place = sheet.text.find(f"@{id}", place) + 1
            spots.append(sheet.spot(place, place + len(id)))
        return sheet.hole(CitationHole(tuple(ids), tuple(spots))), m.start(), m.end()

    def _refuse(self, start: int, closed: bool) -> None:
        sheet = self.md.sheet
        end = re.compile(r"[^\]]*\]" if closed else r"\S*").match(sheet.text, start)
        message = "this citation can't be read" if closed else "this citation has no closing bracket"
        hint = "Put a semicolon between two ids: [@one; @two]." if closed and end and "," in end[0] else ""
        sheet.trouble("bad-citation", sheet.spot(start, end.end() if end else start), message, hint)


class _UndefinedFootnote(InlineProcessor):
    """`[^1]` that the library left alone, as nothing defines it."""

    md: Reader

    def handleMatch(self, m: Match, data: str) -> Found:  # type: ignore[override]
        sheet = self.md.sheet
        label = untagged(m[1])
        tag = tag_at(data, m.start() + 1)
        start = sheet.offset(tag) - 1 if tag else max(0, sheet.text.find(f"[^{label}]"))
        spot = sheet.spot(start, start + len(f"[^{label}]"))
        sheet.trouble("undefined-footnote", spot, f"no line explains the footnote [^{label}]")
        return None, m.start(), m.end()


class _TaggedTarget(LinkInlineProcessor):
    """Mixed into the rules for `[words](target)`: the tag stands between the two brackets."""

    tag = ""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:
        plain_words = _PLAIN_WORDS.match(data, index)
        return (plain_words[1], plain_words.end(), True) if plain_words else super().getText(data, index)

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:
        self.tag = tag_at(data, index)
        index += len(self.tag)
        plain_target = _PLAIN_TARGET.match(data, index)
        return (plain_target[1], None, plain_target.end(), True) if plain_target else super().getLink(data, index)

    def handleMatch(self, m: Match, data: str) -> Found:  # type: ignore[override]
        return _keep_tag(super().handleMatch(m, data), self.tag)


class _Link(_TaggedTarget):
    """`[words](target)`."""


class _Image(_TaggedTarget, ImageInlineProcessor):
    """`![words](target)`."""


def _keep_tag(found: Any, tag: str) -> Found:
    element, start, end = found
    if element is not None and tag:
        element.set(TAG_KEY, tag)
    return element, start, end


class _TaggedReference(ReferenceInlineProcessor):
    """Mixed into the rules for `[words][label]`: the tag stands before the target that the definition gave."""

    def evalId(self, data: str, index: int, text: str) -> tuple[str | None, int, bool]:
        id, end, handled = super().evalId(data, index, text)
        return id and untagged(id), end, handled

    def makeTag(self, href: str, title: str, text: str) -> Element:
        element: Element = super().makeTag(untagged(href), title, text)
        if tag := tag_at(href, 0):
            element.set(TAG_KEY, tag)
        return element


class _ReferenceLink(_TaggedReference):
    """`[words][label]`."""


class _ShortReferenceLink(_TaggedReference, ShortReferenceInlineProcessor):
    """`[label]`."""


class _ReferenceImage(_TaggedReference, ImageReferenceInlineProcessor):
    """`![words][label]`."""


class _ShortReferenceImage(_TaggedReference, ShortImageReferenceInlineProcessor):
    """`![label]`."""


class _Autolink(AutolinkInlineProcessor):
    """`<https://example.org>`."""

    def handleMatch(self, m: Match, data: str) -> Found:  # type: ignore[override]
        return _keep_tag(super().handleMatch(m, data), tag_at(data, m.start() + 1))


class _RawHtml(HtmlInlineProcessor):
    """HTML typed by hand: what is allowed passes, the rest goes. `engine.py` says so afterwards."""

    md: Reader

    def handleMatch(self, m: Match, _data: str) -> tuple[str, int, int]:  # type: ignore[override]
        raw = self.backslash_unescape(self.unescape(plain(m[0])))
        tag = read_tag(raw)
        self.md.raw_tags.append((self.md.sheet.offset(m[0][1]) - 1, len(raw), tag))
        kept = self.md.htmlStash.store(raw) if tag.name in RAW_TAGS else ""
        return kept, m.start(), m.end()
