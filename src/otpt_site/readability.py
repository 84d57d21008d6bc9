"""How hard a text is to read: the Flesch-Kincaid grade, and SMOG beside it.

Both guess the US school grade of a text from the length of its sentences and words. Names that no other word can
stand for count as one syllable a word; which ones these are is the caller's to say.
"""

import math
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

import msgspec

from otpt_site.syllables import syllables

_WORD: Final = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_PART: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_POLYSYLLABIC: Final = 3


@lru_cache(maxsize=1)
def names_pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Finds names in a text, each also as a plural or possessive. None when there are no names."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    listed = "|".join(re.escape(name).replace("'", "['’]") for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{listed})(?:['’]s|e?s)?(?!\w)", re.IGNORECASE) if listed else None


class Readability(msgspec.Struct, frozen=True):
    """The counts that the grades are made of. A polysyllable has three syllables or more."""

    words: int = 0
    sentences: int = 0
    syllables: int = 0
    polysyllables: int = 0

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade; 0 for a text without words.

        Source: Kincaid, Fishburne, Rogers, Chissom (1975), Research Branch Report 8-75, Naval Technical Training.
        """
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def smog(self) -> float:
        """The SMOG grade; 0 for a text without words. Made for 30 sentences and more; with fewer it is a rough guess.

        Source: McLaughlin (1969), SMOG grading: a new readability formula. Journal of Reading 12 (8), 639-646.
        """
        return 1.0430 * math.sqrt(self.polysyllables * 30 / self.sentences) + 3.1291 if self.words else 0.0


def measure(sentences: Iterable[str], names: re.Pattern[str] | None) -> Readability:
    """Counts the words and syllables of sentences; of the `names` in them each word is one syllable."""
    counted = [_lengths(sentence, names) for sentence in sentences]
    lengths = [length for words in counted for length in words]
    return Readability(
        words=len(lengths),
        sentences=sum(1 for words in counted if words),
        syllables=sum(lengths),
        polysyllables=sum(length >= _POLYSYLLABIC for length in lengths),
    )


def _lengths(sentence: str, names: re.Pattern[str] | None) -> list[int]:
    """The syllables of each word of a sentence."""
    covered = [found.span() for found in names.finditer(sentence)] if names else []
    if not covered:
        return [_length(word) for word in _WORD.findall(sentence)]
    return [
        1 if any(start <= word.start() < end for start, end in covered) else _length(word[0])
        for word in _WORD.finditer(sentence)
    ]


@cache
def _length(word: str) -> int:
    """The syllables of a word, over the parts that hyphens join. A number counts as one."""
    if not word[0].isalpha():
        return 1
    return max(1, sum(syllables(part.lower().replace("’", "'")) for part in _PART.findall(word)))
