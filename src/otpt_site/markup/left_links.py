"""Links that Markdown could not read, and left in the text as they were typed, signs and all.

Markdown takes such a link for words, as it must; but nobody writes `](condition:stroke` as words, and readers would
see it. A tag stands behind the square brackets of each link: where it is still in the text once all links were read,
none was read there. Code and escaped brackets are meant as they stand.
"""

import re
from typing import Final

from otpt_site.markup.sheet import CLOSE, OPEN, TAG, Sheet
from otpt_site.markup.targets import KINDS, Reference, hole_of, read_target

# A kind or a scheme, misspelt or not; an address on our own site; a picture; a heading.
_TARGET: Final = rf"\(\s*<?{TAG}?(?:[a-zA-Z]+:[^\s)]|/\w|media/|#\w)"
_LEFT: Final = re.compile(rf"\]({TAG})\s?{_TARGET}")
_WORD: Final = re.compile(r"[^\s)]*\)?")
_OWN_TARGET: Final = re.compile(r"\s*((?:[a-z]+:[a-z0-9-]+)?(?:#[\w-]+)?)")

SPACED: Final = rf"\](?=\s\((?:{'|'.join(KINDS)}):)"
"""Where a space parts the words of a link from where it leads: a tag belongs there too."""

# The words of a link are fewer; and a text with thousands of such links must be read in good time.
_LONGEST: Final = 300


def with_left_links(sheet: Sheet, text: str) -> str:
    """Report what was meant as a link in a text whose links were all read, and read it as it was meant.

    So what else is said of the text does not rest on the mistake. The tags are still in the text.
    """
    pieces = []
    read = done = 0
    for found in _LEFT.finditer(text):
        end = sheet.offset(found[1])
        if end < done:
            continue
        start, meant = _opening(sheet.text, end - 1)
        if not meant:
            continue
        target = sheet.text.index("(", end)
        stop = _WORD.match(sheet.text, target)
        done = stop.end() if stop else target
        sheet.trouble("bad-link", sheet.spot(start, done), *_fault(sheet.text, start, end, done))
        before, words = _parted(text[read : found.start()])
        pieces += [before, _as_meant(sheet, words, target + 1)]
        rest = _WORD.match(text, text.index("(", found.start()))
        read = rest.end() if rest else found.end()
    return "".join([*pieces, text[read:]])


def _parted(text: str) -> tuple[str, str]:
    """What stands before the words of a link, and these: the last word when nothing tells where they begin."""
    before, opening, words = text.rpartition("[")
    if opening:
        return before, words
    before, space, words = text.rpartition(" ")
    return before + space, words


def _as_meant(sheet: Sheet, words: str, start: int) -> str:
    """The words of a link, with the hole of what it leads to when that is a page of ours."""
    found = _OWN_TARGET.match(sheet.text, start)
    reference = read_target(found[1]) if found and found[1] else None
    if not isinstance(reference, Reference) or not found:
        return words
    return OPEN + sheet.hole(hole_of(reference, sheet.spot(*found.span(1)))) + words + CLOSE


def _opening(text: str, end: int) -> tuple[int, bool]:
    """Where the brackets open that close at `end`, and whether they are meant as brackets.

    The place is that of the closing bracket when none opens.
    """
    begin = max(0, end - _LONGEST, text.rfind("\n\n", 0, end))
    depth = 0
    for place in range(end - 1, begin - 1, -1):
        if text[place] not in "[]":
            continue
        if _is_escaped(text, place):
            if text[place] == "[" and depth == 0:
                return end, False
        elif text[place] == "]":
            depth += 1
        elif depth:
            depth -= 1
        else:
            return place - (text[max(0, place - 1)] == "!"), True
    return end, True


def _is_escaped(text: str, place: int) -> bool:
    before = place
    while before and text[before - 1] == "\\":
        before -= 1
    return (place - before) % 2 == 1


def _fault(text: str, start: int, end: int, done: int) -> tuple[str, str]:
    """What is wrong with the link, and how to mend it."""
    kind = "picture" if text[start] == "!" else "link"
    if start == end - 1:
        return "this link has no opening bracket", "Put a [ before its words."
    if text[end] != "(":
        return f"something stands between the two parts of this {kind}", "Let the ( follow the ] at once."
    if text[done - 1] == ")":
        return f"this {kind} can't be read", ""
    return f"this {kind} has no closing bracket", "Put a ) at its end."
