"""Whether a text would take too long to read.

Python-Markdown looks for the end of a bracket from each beginning anew, and goes back over a paragraph for
each sign in it. A text of a person is far from these limits; a key that got stuck, or a paste gone wrong, is
not, and would hold the build up for minutes. The limits are set so that 100 KB of anything takes about a second.
"""

import re
from collections.abc import Iterator
from typing import Final

_MOST_BLOCKS: Final = 5_000
_MOST_LINES: Final = 6_000
_MOST_SIGNS: Final = 20_000
_MOST_LINES_OF_A_BLOCK: Final = 3_000
_MOST_SIGNS_OF_A_BLOCK: Final = 10_000
_MOST_STEPS: Final = 4_000_000
# The library counts through all references to a footnote at each further one, and begins its search for tags anew
# after each that it found.
_MOST_FOOTNOTES: Final = 500
_MOST_TAGS: Final = 2_000
# The library finds the end of a brace with one quick regular expression, where brackets take it a loop in Python.
_BRACE_SHARE: Final = 64

_BLANK = re.compile(r"\n[ \n]*\n")
_SIGNS = ("*", "_", "`", '"', "'", "\\", "&", "--", "...")
_BRACKET = re.compile(r"[\[\]]")
_TARGET = re.compile(r"\]\((?P<whole>\s*(?:[^()'\"\s]|\([^()'\"\s]*\))*+(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\))?")


def too_heavy(text: str, inline: bool) -> bool:
    """Whether the text is past what Python-Markdown reads in good time."""
    if text.count("<") > _MOST_TAGS or (not inline and text.count("[^") > _MOST_FOOTNOTES):
        return True
    return not _surely_light(text) and _measured_too_heavy(text, inline)


def _surely_light(text: str) -> bool:
    """Whether even the roughest bounds are within all limits: one block, each look ahead as far as the text's end."""
    looks = text.count("[") + text.count("](") + text.count("{")
    return (
        text.count("\n") < _MOST_LINES_OF_A_BLOCK
        and _count_signs(text) < _MOST_SIGNS_OF_A_BLOCK
        and looks * len(text) < _MOST_STEPS
    )


def _measured_too_heavy(text: str, inline: bool) -> bool:
    blocks = [text] if inline else _BLANK.split(text)
    if len(blocks) > _MOST_BLOCKS or sum(block.count("\n") + 1 for block in blocks) > _MOST_LINES:
        return True
    if _count_signs(text) > _MOST_SIGNS or any(_crowded(block, inline) for block in blocks):
        return True
    return sum(step for block in blocks for step in _steps(block)) > _MOST_STEPS


def _crowded(block: str, inline: bool) -> bool:
    if not inline and block.count("\n") > _MOST_LINES_OF_A_BLOCK:
        return True
    return _count_signs(block) > _MOST_SIGNS_OF_A_BLOCK


def _count_signs(text: str) -> int:
    return sum(map(text.count, _SIGNS))


def _steps(block: str) -> Iterator[int]:
    """How far the library looks ahead from each bracket and brace."""
    begun: list[int] = []
    for bracket in _BRACKET.finditer(block):
        if bracket[0] == "[":
            begun.append(bracket.start())
        elif begun:
            yield bracket.start() - begun.pop()
    yield from (len(block) - start for start in begun)
    for target in _TARGET.finditer(block):
        yield len(target["whole"]) if target["whole"] else len(block) - target.start()
    yield from (len(line) * line.count("{") // _BRACE_SHARE for line in block.split("\n"))
