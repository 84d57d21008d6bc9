"""How hard a text is to read: the Flesch-Kincaid grade, and SMOG beside it.

Both guess the US school grade of a text from the length of its sentences and words. Names that no other word can
stand for count as one syllable a word; which ones these are is the caller's to say.
"""

import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Final, NamedTuple

import msgspec

from otpt_site.sieve import MOST, Search, holds_any, search_for
from otpt_site.syllables import syllables

_WORD: Final = re.compile(r"[^\W_]++(?:['’.,-][^\W_]++)*+")
_PART: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_POLYSYLLABIC: Final = 3


@lru_cache(maxsize=1)
def search_for_names(names: tuple[str, ...]) -> Search | None:
    """Finds names in a text, each also as a plural or possessive. None when there are no names."""
    if not names:
        return None
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    pattern = rf"(?<!\w)(?:{'|'.join(map(_either_apostrophe, longest_first))})(?:['’]s|e?s)?(?!\w)"
    longest_words = (max(name.split(), key=len, default="") for name in names)
    return search_for(pattern, "|".join(map(_either_apostrophe, longest_words)))


def _either_apostrophe(name: str) -> str:
    return re.escape(name).replace("'", "['’]")


class Sentence(NamedTuple):
    """A sentence as it is written, and how many syllables each of its words has."""

    said: str
    syllables: Sequence[int]


def read_sentence(said: str) -> Sentence:
    """A sentence with the syllables of its words, of names too."""
    return Sentence(said, list(chain.from_iterable(map(_lengths, said.split()))))


def words_of(text: str) -> list[str]:
    """The words of a text; what hyphens join is one word."""
    return _WORD.findall(text)


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


def measure(sentences: Sequence[Sentence], names: Search | None, chunks: frozenset[str]) -> Readability:
    """Counts the words and syllables of sentences; of the `names` in them each word is one syllable.

    `chunks` are those of the sentences, and maybe others.
    """
    telling = names.sieve.held(chunks) if names else ()
    counted = [
        _lengths_beside(sentence.said, names) if names and holds_any(sentence.said, telling) else sentence.syllables
        for sentence in sentences
    ]
    lengths = list(chain.from_iterable(counted))
    return Readability(
        words=len(lengths),
        sentences=len(list(filter(None, counted))),
        syllables=sum(lengths),
        polysyllables=len([length for length in lengths if length >= _POLYSYLLABIC]),
    )


@lru_cache(maxsize=MOST)
def _lengths(chunk: str) -> tuple[int, ...]:
    """The syllables of each word in what stands between two blanks."""
    return tuple(map(_length, words_of(chunk)))


def _lengths_beside(sentence: str, names: Search) -> list[int]:
    """The syllables of each word of a sentence that may hold names."""
    covered = [found.span() for found in names.pattern.finditer(sentence)]
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
