"""Markdown → `Prose`. Nothing else in the project uses Python-Markdown or nh3.

A text passes stages: `sheet` keeps its places, `blocks`, `plain_marks` and `tagging` prepare it, `engine` parses it
by `inline_rules` and rules of its own, `cleaning` lets through what is allowed; here the result is taken apart into
segments. `left_links` finds the links that could not be read; `swift` spares the library the searches that can't
succeed. What comes out depends on the text alone, so that it can be kept by the text's digest.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Final

from msgspec.structs import replace

from otpt_site.markup.cleaning import Ids, clean, plain_words, slug, without_footnote_marks
from otpt_site.markup.engine import Engine
from otpt_site.markup.plain_marks import PLAIN
from otpt_site.markup.prose import (
    CardHole,
    CareClose,
    CareOpen,
    CitationHole,
    Heading,
    Hole,
    ImageHole,
    PairClose,
    PairOpen,
    Prose,
    ReferenceHole,
    SettingHole,
    SideClose,
    SideOpen,
    Spot,
    TermHole,
    Trouble,
)
from otpt_site.markup.sheet import CLOSE, HOLE, OPEN, Heads, OutOfRoom, Sheet, plain
from otpt_site.markup.tagging import tagged
from otpt_site.markup.weight import too_heavy

__all__ = [
    "CardHole",
    "CareClose",
    "CareOpen",
    "CitationHole",
    "Heading",
    "Hole",
    "ImageHole",
    "PairClose",
    "PairOpen",
    "Prose",
    "ReferenceHole",
    "SettingHole",
    "SideClose",
    "SideOpen",
    "Spot",
    "TermHole",
    "Trouble",
    "parse",
    "parse_inline",
]

_BARE_WORDS: Final = re.compile(PLAIN)
_PARAGRAPH: Final = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_EMPHASIS: Final = re.compile(r"[*_]")
_LINK: Final = re.compile(f"{OPEN}({HOLE})([^{OPEN}{CLOSE}]*){CLOSE}")
_HOLE: Final = re.compile(HOLE)
_PIECE: Final = re.compile(f"({HOLE})")
_HEADING: Final = re.compile(rf"<h([2-6])([^>]*)>({HOLE})(.*?)</h\1>", re.DOTALL)
_ID: Final = re.compile(r' id="([^"]*)"')
_WITH_ID: Final = re.compile(r'(<[^<>]* id=")([^"]*)("[^<>]*>)')
_NOT_IN_CONTENTS: Final = re.compile(r'</?a\b[^>]*>|(?<=[^<>]) id="[^"]*"(?=[^<>]*>)')


def parse(text: str) -> Prose:
    """Read a text of block Markdown."""
    return _read(text, inline=False)


def parse_inline(text: str) -> Prose:
    """Read one line of inline Markdown: there are no paragraphs, headings, lists, tables or blocks in it."""
    if _BARE_WORDS.fullmatch(text):
        return Prose((text,), words=" ".join(text.split()))
    return _read(text, inline=True)


@cache
def _engine(inline: bool) -> Engine:
    return Engine(inline)


def _read(text: str, inline: bool) -> Prose:
    sheet = Sheet(text)
    if too_heavy(sheet.text, inline):
        return _too_much(sheet)
    engine = _engine(inline)
    try:
        text = tagged(sheet, inline)
        if inline and _BARE_WORDS.fullmatch(plain(text)):
            return _Assembly(sheet).prose(text)
        html = engine.read(sheet, text)
        if engine.torn:
            signs = "* or _" if _EMPHASIS.search(sheet.text) else "brackets"
            message = f"some {signs} of this text can't be paired, and words got lost"
            sheet.trouble("bad-emphasis", _torn_spot(sheet, inline), message)
    except (RecursionError, OutOfRoom):
        _engine.cache_clear()  # it may have stopped in the midst of anything
        return _too_much(sheet)
    return _Assembly(sheet).prose(html)


def _torn_spot(sheet: Sheet, inline: bool) -> Spot:
    """The first * or _ of the paragraph in which words got lost: the first that loses some when it is read alone.

    Where there are none, brackets were at fault: the place is the beginning of the paragraph.
    """
    every = list(_PARAGRAPH.finditer(sheet.text))
    paragraphs = [found for found in every if _EMPHASIS.search(found[0])] or every
    torn = next((found for found in paragraphs if _is_torn(found[0], inline)), paragraphs[0])
    sign = _EMPHASIS.search(sheet.text, torn.start())
    start = sign.start() if sign else torn.start()
    return sheet.spot(start, start + 1)


def _is_torn(text: str, inline: bool) -> bool:
    sheet = Sheet(text)
    engine = _engine(inline)
    engine.read(sheet, tagged(sheet, inline))
    return engine.torn


def _too_much(sheet: Sheet) -> Prose:
    """In place of a text that can't be read in good time: nothing but the problem, at its first line."""
    start = len(sheet.text) - len(sheet.text.lstrip())
    message = "this text holds more marks than can be read in good time"
    return Prose(troubles=(Trouble("too-nested", sheet.spot(start, start + 1), message),))


class _Assembly:
    """Takes the HTML of a sheet apart."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._headings: list[Heading] = []
        self._words: dict[str, str] = {}
        self._ids = Ids(())

    def prose(self, html: str) -> Prose:
        """The finished prose."""
        outer = clean(_LINK.sub(self._link, html))
        if ' id="' in outer:
            self._ids = Ids(found[2] for found in _WITH_ID.finditer(outer))
            outer = _WITH_ID.sub(self._unique, outer)
        outer = _HEADING.sub(self._heading, outer)
        words = plain_words(_HOLE.sub(self._words_of, outer))
        return Prose(tuple(self._segments(outer)), tuple(self._headings), words, self._sheet.troubles)

    def _link(self, found: re.Match[str]) -> str:
        """Put a link's words into its hole; a citation or a picture among them goes behind the link."""
        hole = self._sheet.behind(found[1])
        words = clean(_HOLE.sub("", found[2])).strip()
        self._words[found[1]] = words
        if isinstance(hole, ReferenceHole | TermHole | SettingHole):
            self._sheet.replace(found[1], replace(hole, html=words))
        return found[1] + "".join(_HOLE.findall(found[2]))

    def _words_of(self, found: re.Match[str]) -> str:
        return self._words.get(found[0], "")

    def _unique(self, found: re.Match[str]) -> str:
        return f"{found[1]}{self._ids.once(found[2])}{found[3]}"

    def _heading(self, found: re.Match[str]) -> str:
        """Note a heading, give it an id if it has none, and take its mark out of the text."""
        level, attributes, mark, inner = found.groups()
        head = self._sheet.behind(mark)
        html = _NOT_IN_CONTENTS.sub("", without_footnote_marks(_HOLE.sub(self._words_of, inner))).strip()
        words = plain_words(html)
        own = _ID.search(attributes)
        id = own[1] if own else self._ids.free(slug(words))
        attributes = attributes if own else f'{attributes} id="{id}"'
        if isinstance(head, Heads):
            self._headings.append(Heading(int(level), unescape(id), html, words, head.spot))
        return f"<h{level}{attributes}>{inner}</h{level}>"

    def _segments(self, outer: str) -> Iterator[str | Hole]:
        """The holes, and between them what is HTML, joined."""
        pending = ""
        for piece in _PIECE.split(outer):
            value = self._sheet.behind(piece) if _HOLE.fullmatch(piece) else piece
            if isinstance(value, str):
                pending += value
            elif not isinstance(value, Heads):
                if pending:
                    yield pending
                pending = ""
                yield value
        if pending:
            yield pending
