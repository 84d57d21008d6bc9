"""The line `Table: What each does` above or below a table, which becomes its caption.

Screen readers tell the caption of a table when they list the tables of a page, and before the first cell; a sentence
that happens to stand above is told to nobody who jumps from table to table. The mark is that of Pandoc:
https://pandoc.org/MANUAL.html#tables
"""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

_MARK: Final = re.compile(r" {0,3}[Tt]able: +(?=\S)")
# Lines with nothing blank between them; the line that opens or ends a block parts them too.
_LINES: Final = re.compile(r"(?:^(?! {0,3}///)[^\n]*\S[^\n]*(?:\n|\Z))+", re.MULTILINE)
_SHORTEST: Final = 3
"""A caption and the two lines that make a table."""


def parted_captions(text: str) -> Iterator[int]:
    """Where a blank line must go so that a table and its caption, written without one between, are two things."""
    if "able: " not in text:
        return
    for found in _LINES.finditer(text):
        lines = found[0].rstrip("\n").split("\n")
        if len(lines) < _SHORTEST:
            continue
        if _is_caption(lines[0]) and _is_table(*lines[1:3]):
            yield found.start() + len(lines[0])
        elif _is_table(*lines[:2]) and any(map(_is_caption, lines)):
            rows = next(number for number, line in enumerate(lines) if _is_caption(line))
            yield found.start() + sum(len(line) + 1 for line in lines[:rows])


def _is_caption(line: str) -> bool:
    return _MARK.match(line) is not None


def _is_table(head: str, rule: str) -> bool:
    return "|" in head and "|" in rule and "-" in rule and not rule.strip(" :|-")


class Captions(Treeprocessor):
    """Moves captions into their tables. A line between two tables belongs to the one below."""

    def run(self, root: Element) -> None:
        """Python-Markdown calls this with the tree of the text."""
        for parent in root.iter():
            if parent.find("table") is not None:
                _take(parent, -1)
                _take(parent, 1)


def _take(parent: Element, step: int) -> None:
    """Gives each table of the parent that has no caption the line which stands `step` before or behind it."""
    for table in parent.findall("table"):
        place = [*parent].index(table) + step
        line = parent[place] if 0 <= place < len(parent) else None
        if line is None or line.tag != "p" or table.find("caption") is not None:
            continue
        mark = _MARK.match(line.text or "")
        if mark:
            parent.remove(line)
            line.tag, line.text, line.tail = "caption", (line.text or "")[mark.end() :], "\n"
            table.insert(0, line)
