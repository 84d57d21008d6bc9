"""Links to our own pages and citations that can be read in one way only, read before the library sees the text.

Python-Markdown makes an element of each mark, and takes it up again for each further rule. In a paragraph of plain
sentences that is work for nothing: no sign there can change what a link means, nor the link what another sign means. So
the hole character is put there at once, as it would stand there in the end; `tests/markup/` reads texts both ways. A
paragraph with anything doubtful in it is left to the library.
"""

import re
from collections.abc import Iterator
from typing import Final

from otpt_site.markup.blocks import Edit
from otpt_site.markup.prose import CitationHole
from otpt_site.markup.sheet import CLOSE, OPEN, TAB, Sheet
from otpt_site.markup.targets import KINDS, SETTINGS, Reference, hole_of

PLAIN: Final = r"[^\W_](?:[^\W_]|[ ,;:?!/%()’“”–—]|\.(?!\.)|-(?!-))*+(?<! )"  # noqa: RUF001
"""One line in which no rule finds anything to do: it begins and ends with a letter, digit or closing sign, and holds no
sign of Markdown, of HTML or of smarty, but for single full stops and hyphens."""

_ID: Final = "[a-z0-9]+(?:-[a-z0-9]+)*"
_PAGE_KINDS: Final = "|".join(kind for kind in KINDS if kind != "site")
_TARGET: Final = (
    rf"(?P<kind>{_PAGE_KINDS}):(?P<id>{_ID})(?:#(?P<heading>[\w-]+))?"
    rf"|site:(?P<setting>{'|'.join(SETTINGS)})|#(?P<own>[\w-]+)"
)
# What touches a link must not be a sign of its own, such as a quotation mark. A citation stands behind a word: one that
# begins a line may be all of it, and a paragraph of hole characters is something else. (A search that begins with a
# letter is quick; so what must stand before the bracket is looked at behind it.)
_MARK: Final = re.compile(
    rf"\[(?:@(?<=[^\W\d_] \[@)(?P<cited>{_ID}(?:; ?@{_ID})*)\]"
    rf"|(?<![^\s\w(|]\[)(?P<words>(?:{PLAIN})?)\]\((?P<target>{_TARGET})\))(?![^\s\w).,;:?!|])"
)
_CITED: Final = re.compile(_ID)
# Code, escapes, HTML, quotes, lists of attributes and emphasis.
_DOUBTFUL: Final = re.compile(r"[`\\<>{*_]")
# Pictures, code and breaks of lines, which swallow the blanks between them and a link.
_DOUBTFUL_TOO: Final = ("![", " " * TAB, "  \n")
# What makes the line above a heading.
_UNDERLINE: Final = re.compile(r"\n *(?:=+|-+) *$", re.MULTILINE)
# What has a say beyond its own paragraph: fences, and definitions of targets, footnotes and abbreviations.
_FAR_REACHING: Final = ("```", "~~~", "]:")


def plain_marks(sheet: Sheet, inline: bool) -> Iterator[Edit]:
    """The marks of the text that can be read at once, each with what stands in its place."""
    text = sheet.text
    if "[" not in text or any(sign in text for sign in _FAR_REACHING):
        return
    start = 0
    for paragraph in (text,) if inline else text.split("\n\n"):
        marks = _marks(paragraph) if "[" in paragraph else ()
        for mark in marks:
            yield start + mark.start(), start + mark.end(), _read(sheet, mark, start)
        start += len(paragraph) + 2


def _marks(paragraph: str) -> list[re.Match[str]]:
    """The marks of a paragraph; none when there is anything in it that they might have to do with."""
    if _DOUBTFUL.search(paragraph) or any(sign in paragraph for sign in _DOUBTFUL_TOO) or _UNDERLINE.search(paragraph):
        return []
    marks = list(_MARK.finditer(paragraph))
    return marks if paragraph.count("[") == len(marks) == paragraph.count("]") else []


def _read(sheet: Sheet, mark: re.Match[str], start: int) -> str:
    if mark["cited"]:
        begin = start + mark.start("cited")
        ids = list(_CITED.finditer(mark["cited"]))
        spots = tuple(sheet.spot(begin + id.start(), begin + id.end()) for id in ids)
        return sheet.hole(CitationHole(tuple(id[0] for id in ids), spots))
    spot = sheet.spot(start + mark.start("target"), start + mark.end("target"))
    if mark["kind"]:
        reference = Reference(mark["kind"], mark["id"], mark["heading"] or "")
    elif mark["setting"]:
        reference = Reference("site", mark["setting"], "")
    else:
        reference = Reference("self", "", mark["own"])
    return f"{OPEN}{sheet.hole(hole_of(reference, spot))}{mark['words']}{CLOSE}"
