"""Spelling: words that are in no dictionary, nor in the guide's own lists of words and names.

The rule is made for English and leaves guides in other languages alone.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import msgspec

from otpt_site.checks.findings import Finding
from otpt_site.checks.once import once_a_guide
from otpt_site.diagnostics import Place
from otpt_site.dictionary import is_word, near_word
from otpt_site.guide.conditions import Condition
from otpt_site.guide.records import Record
from otpt_site.library import Guide
from otpt_site.sieve import Sieve, holds_any
from otpt_site.wording import PageText

_WORD: Final = re.compile(r"(?<![\w@])[^\W\d_]+(?:['’][^\W\d_]+)*(?![\w@])")
# Within a sentence, capitals are for names of places, people and studies; abbreviations have a rule of their own.
_BEGINS: Final = re.compile(r"(?:^|[!?:…]|(?<!\bDr)(?<!\bMr)(?<!\bMs)\.)[\s\"“”'‘’(\[–—-]*$")  # noqa: RUF001
_ADDRESS: Final = re.compile(
    r"(?<!\S)\S+@\S+|(?:https?://|www\.)\S+|(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}\b(?:/\S*)?"
)
# How far before a word the end of another sentence may lie.
_NEAR: Final = 10
_TITLES: Final = ("title", "goal")
# Where one spells as in the United States; a guide that spells so keeps to it.
_AMERICAN: Final = ("en-US", "en-PH")


def check_spelling(guide: Guide, text: PageText) -> Iterator[Finding]:
    """Words of one page that nobody knows."""
    if not guide.site.language.startswith("en"):
        return
    vocabulary = _vocabulary(guide)
    doubtful = vocabulary.sieve.held(text.chunks | _further_chunks(text))
    of_page = _parts(_names(text.record)) if doubtful else frozenset()
    told: set[str] = set()
    for words, place_of in _said(text) if doubtful else ():
        for found in vocabulary.unknown(words, of_page) if holds_any(words, doubtful) else ():
            word = found[0].lower()
            if word not in told:
                told.add(word)
                place = partial(place_of, *found.span())
                message = f"no dictionary knows '{found[0]}'"
                yield Finding("misspelt-word", place, message, partial(_hint, word))


def _names(record: Any) -> str:
    """The names of a condition: they are what its page is about."""
    return " ".join((record.called, *record.also_called)) if isinstance(record, Condition) else ""


def _said(text: PageText) -> Iterator[tuple[str, Callable[[int, int], Place]]]:
    """The title of the page, and each block, with what tells the places in it."""
    record = text.record
    for key in _TITLES:
        if key in record.key_places.value:
            yield getattr(record, key), partial(_place_of_key, record, key)
    for block in text.all_blocks:
        # The names of other pages are checked there.
        yield block.own_words, block.place_of_part


def _further_chunks(text: PageText) -> frozenset[str]:
    """The chunks that are no chunks of the page's blocks: of its title, and around words that the site put there."""
    titles = [getattr(text.record, key) for key in _TITLES if key in text.record.key_places.value]
    parted = [block.own_words for block in text.all_blocks if not block.is_plain]
    return frozenset(" ".join([*titles, *parted]).split())


def _place_of_key(record: Record, key: str, start: int, end: int) -> Place:
    """Where a part of a value stands; the whole value when it is not written sign by sign as it is read."""
    place, length = record.place_of(key), len(getattr(record, key))
    quote = (place.length - length) // 2
    if place.length not in (length, length + 2):
        return place
    return msgspec.structs.replace(place, column=place.column + quote + start, length=end - start)


class _Vocabulary:
    """The words that are right on each page of a guide. Its sieve holds back what may have odd words in it."""

    def __init__(self, own: frozenset[str], *, british: bool) -> None:
        self._own = own
        self._british = british
        self.sieve = Sieve(self._has_odd_words)

    def _has_odd_words(self, chunk: str) -> bool:
        return any(map(self._is_odd, _WORD.findall(_masked(chunk))))

    def _is_odd(self, written: str) -> bool:
        """Whether nobody knows a word of several letters; what has a capital in it is an abbreviation."""
        if len(written) == 1 or not (written.islower() or written[1:].islower()):
            return False
        word = _plain(written)
        return word not in self._own and not is_word(word, british=self._british)

    def unknown(self, words: str, of_page: frozenset[str]) -> Iterator[re.Match[str]]:
        """Words that nobody knows; `of_page` are right on this page."""
        masked = _masked(words)
        for found in _WORD.finditer(masked):
            word = found[0]
            if not self._is_odd(word) or _plain(word) in of_page:
                continue
            if word.islower() or _BEGINS.search(masked, max(0, found.start() - _NEAR), found.start()):
                yield found


def _masked(words: str) -> str:
    """The words, with a `_` for each sign of an address."""
    return _ADDRESS.sub(lambda address: "_" * len(address[0]), words)


def _plain(word: str) -> str:
    return word.replace("’", "'").lower()


def _hint(word: str) -> str:
    near = near_word(word)
    guess = f"Did you mean '{near}'? " if near else ""
    return f"{guess}A word that is right goes into words.yaml."


@once_a_guide
def _vocabulary(guide: Guide) -> _Vocabulary:
    """English, and all words of the guide's glossary and lists."""
    terms = (word for term in guide.terms.values() for word in (term.term, *term.also))
    names = (row.name for row in guide.names.values())
    own = " ".join((*terms, *names, *(row.word for row in guide.spellings.values())))
    return _Vocabulary(_parts(own), british=guide.site.language not in _AMERICAN)


def _parts(names: str) -> frozenset[str]:
    """The words of some names, each also as a plural or possessive."""
    words = {word.lower().replace("’", "'") for word in _WORD.findall(names)}
    return frozenset(word + ending for word in words for ending in ("", "s", "'s", "s'"))
