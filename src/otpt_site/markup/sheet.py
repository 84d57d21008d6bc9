"""The text being read, and the places in it.

Python-Markdown keeps no places. So each spot that may matter gets a *tag* before parsing: one private-use
character of plane 15, put where it touches nothing that a Markdown rule looks at. Whoever meets the tag
later looks the place up here; `untagged` takes the others out again. What takes the place of a *hole* in
the HTML is a character of plane 16. The text itself can hold neither: see `_readable`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Final, TypeVar

from otpt_site.markup.prose import Hole, Spot, Trouble

TAG: Final = "[\U000f0000-\U000ffffd]"
HOLE: Final = "[\U00100000-\U0010fff0]"
OPEN: Final = "\U0010fffc"
CLOSE: Final = "\U0010fffd"
TAB: Final = 4

_FIRST_TAG, _FIRST_HOLE = 0xF0000, 0x100000
ROOM: Final = 8_000
"""As many tags, and as many holes, may be in a text: some ten times what the longest page needs."""
_TAGS = re.compile(TAG)
_OURS = re.compile("[\U000f0000-\U0010ffff]")
_UNDERLINED = re.compile(r"(?m)^[ >]*(?:[-*+] +|\d+\. +)?(\S[^\n]*)(?=\n[ >]*(?:=+|-+) *$)")
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\U000f0000-\U0010ffff]")

Text = TypeVar("Text", bound=str)


def untagged(text: str) -> str:
    """The text without our tags."""
    return _TAGS.sub("", text)


def plain(text: str) -> str:
    """The text without any character of ours."""
    return _OURS.sub("", text)


def _readable(text: str) -> str:
    """The text with line feeds only, and U+FFFD for what no text should hold; columns stay as they are."""
    return _UNREADABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _widths(line: str) -> Iterator[int]:
    """In which column each character of a line stands, once its tabs are widened."""
    width = 0
    for character in line:
        yield width
        width += TAB - width % TAB if character == "\t" else 1


class OutOfRoom(Exception):
    """The text holds more marks than can be kept apart, or read in good time."""


class Heads:
    """Stands in the text where a heading begins, until the HTML is clean and the heading can be read from it."""

    def __init__(self, spot: Spot) -> None:
        self.spot = spot


class Sheet:
    """One text, its places, and what was found in it so far."""

    def __init__(self, text: str) -> None:
        readable = _readable(text)
        self._lines = readable.split("\n")
        self.text = readable.expandtabs(TAB)
        self._tags: list[int] = []
        self.holes: list[Hole | Heads | str] = []
        self._troubles: dict[Trouble, None] = {}
        self._widened: dict[int, list[int]] = {}

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def _underlined(self) -> dict[str, list[int]]:
        """Where each line stands that has a line of `===` or `---` below it; the last place comes first."""
        places: dict[str, list[int]] = {}
        for match in _UNDERLINED.finditer(self.text):
            places.setdefault(match[1].rstrip(), []).insert(0, match.start(1))
        return places

    def underlined(self, words: str) -> str:
        """A tag for the next line with these words that is underlined, or nothing."""
        places = self._underlined.get(words)
        return self.tag(places.pop()) if places else ""

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """The problems found, in the order of the text, each once."""
        return tuple(sorted(self._troubles, key=lambda trouble: (trouble.spot.line, trouble.spot.column)))

    def tag(self, offset: int) -> str:
        """A character that stands for this offset."""
        if len(self._tags) >= ROOM:
            raise OutOfRoom
        self._tags.append(offset)
        return chr(_FIRST_TAG + len(self._tags) - 1)

    def offset(self, tag: str) -> int:
        """The offset that a tag stands for."""
        return self._tags[ord(tag) - _FIRST_TAG]

    def hole(self, value: Hole | Heads | str) -> str:
        """A character that stands for a hole, or for HTML that is not to be cleaned."""
        if len(self.holes) >= ROOM:
            raise OutOfRoom
        self.holes.append(value)
        return chr(_FIRST_HOLE + len(self.holes) - 1)

    def behind(self, character: str) -> Hole | Heads | str:
        """What a character made by `hole` stands for."""
        return self.holes[ord(character) - _FIRST_HOLE]

    def replace(self, character: str, value: Hole) -> None:
        """Put another hole behind the character."""
        self.holes[ord(character) - _FIRST_HOLE] = value

    def spot(self, start: int, end: int) -> Spot:
        """The place of text[start:end], cut at the end of its first line and at least one character long."""
        line = bisect_right(self._starts, start) - 1
        first = self._starts[line]
        end = min(end, self._starts[line + 1] - 1 if line + 1 < len(self._starts) else len(self.text))
        column = self._column(line, start - first)
        return Spot(line + 1, column + 1, max(1, self._column(line, end - first) - column))

    def _column(self, line: int, column: int) -> int:
        """The column of the line as typed; tabs were widened before parsing."""
        if "\t" not in self._lines[line]:
            return column
        if line not in self._widened:
            self._widened[line] = list(_widths(self._lines[line]))
        return bisect_left(self._widened[line], column)

    def trouble(self, rule: str, spot: Spot, message: str, hint: str = "") -> None:
        """Note a problem."""
        self._troubles[Trouble(rule, spot, message, hint)] = None
