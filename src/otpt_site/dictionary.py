"""Whether a word is in an English dictionary, and which word is near to one that is not.

The only user of pyspellchecker, whose word list comes with it: words of American English, with a count of how common
each is. It is loaded when the first word is asked for. What is spelt otherwise in Britain is known by where it differs.
"""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from spellchecker import SpellChecker


# British and American, in a part of a word: colour, organise, analyse, centre, programme, oedema, travelled, licence.
_BRITISH: Final = (
    ("our", "or"), ("is", "iz"), ("ys", "yz"), ("re", "er"), ("mme", "m"), ("ogue", "og"), ("oe", "e"), ("ae", "e"),
    ("ll", "l"), ("l", "ll"), ("ce", "se"), ("gem", "gm"), ("que", "ck"),
)  # fmt: skip


def is_word(word: str, *, british: bool = False) -> bool:
    """Whether a word in small letters is English, alone or with an `'s`; `british` words count only when asked for."""
    plain = word.removesuffix("'s")
    known = _words()
    return (
        word in known
        or plain in known
        or (british and any(plain.replace(ours, theirs) in known for ours, theirs in _BRITISH if ours in plain))
    )


@cache
def near_word(word: str) -> str:
    """The most common word that is one slip away: a letter too many, missing, wrong or swapped; nothing if none is."""
    near = _checker().correction(word)
    return near if near and near != word else ""


@cache
def _words() -> dict[str, int]:
    """The list as the library ships it; the library itself takes six times as long to load it."""
    import gzip

    packed = files("spellchecker").joinpath("resources", "en.json.gz").read_bytes()
    return msgspec.json.decode(gzip.decompress(packed), type=dict[str, int])


@cache
def _checker() -> "SpellChecker":
    from spellchecker import SpellChecker

    return SpellChecker(language="en", distance=1)
