"""Finds out quickly which texts need not be searched at all for what a rule looks for.

To search for any of many phrases is slow, since each of them may begin at every sign. But nearly all that stands
between two blanks, such as `knee,`, stood in other texts before: it is looked at once, and remembered.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

MOST: Final = 50_000
"""So many chunks are remembered: many more than a language has common words, and no burden on the memory."""


class Sieve:
    """Holds back the chunks of a text that `tells` is true of; a chunk is all that stands between two blanks.

    What a rule looks for must be in no text without such a chunk.
    """

    def __init__(self, tells: Callable[[str], object]) -> None:
        self._tells = tells
        self._passed: set[str] = set()

    def held(self, chunks: frozenset[str]) -> set[str]:
        """Those of the chunks that tell."""
        new = chunks.difference(self._passed)
        held = {chunk for chunk in new if self._tells(chunk)}
        if len(self._passed) > MOST:
            self._passed.clear()
        self._passed |= new - held
        return held


class Search(NamedTuple):
    """A pattern, and the sieve that holds back a chunk of each text in which the pattern finds something."""

    pattern: re.Pattern[str]
    sieve: Sieve


def search_for(pattern: str, telltale: str) -> Search:
    """A search that cares for no capitals. Wherever `pattern` is found, `telltale` is found in one of the chunks."""
    return Search(re.compile(pattern, re.IGNORECASE), Sieve(re.compile(telltale, re.IGNORECASE).search))


def any_of(phrases: Iterable[str]) -> str:
    """The pattern of any of these phrases, the first that fits."""
    return "|".join(map(re.escape, phrases))


def holds_any(words: str, chunks: Iterable[str]) -> bool:
    """Whether one of the chunks is in some words."""
    for chunk in chunks:  # noqa: SIM110 - any() takes three times as long, and this is asked of every block
        if chunk in words:
            return True
    return False
