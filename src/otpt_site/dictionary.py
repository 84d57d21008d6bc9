"""Whether a word is in an English dictionary, and which word is near to one that is not.

The only user of pyspellchecker, whose word list comes with it: words of American English, with a count of how common
each is. It is read when the first word is asked for. What is spelt otherwise in Britain is known by where it differs.
"""

from functools import cache
from typing import TYPE_CHECKING, Final

from otpt_site.word_lines import Answers, WordLines, folder_of

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
    return (
        LISTED[word]
        or LISTED[plain]
        or (british and any(LISTED[plain.replace(ours, theirs)] for ours, theirs in _BRITISH if ours in plain))
    )


@cache
def near_word(word: str) -> str:
    """The most common word that is one slip away: a letter too many, missing, wrong or swapped; nothing if none is."""
    near = _checker().correction(word)
    return near if near and near != word else ""


@cache
def _words() -> WordLines:
    """The library's own file, with a word and its count on each line; the library takes long to load it."""
    import gzip

    listed = gzip.decompress((folder_of("spellchecker") / "resources" / "en.json.gz").read_bytes())
    return WordLines(listed[listed.index(b"\n") + 1 : listed.rindex(b"\n") + 1], lambda line: line.split(b'"', 2)[1])


LISTED: Final = Answers(lambda word: _words().find(word.encode()) is not None)
"""Whether a word in small letters stands in the library's list."""


@cache
def _checker() -> "SpellChecker":
    from spellchecker import SpellChecker

    return SpellChecker(language="en", distance=1)
