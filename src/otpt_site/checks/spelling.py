"""Spelling: words that are in no dictionary, nor in the guide's own lists of words and names.

The rule is made for English and leaves guides in other languages alone.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any, Final

import msgspec

from otpt_site.checks.findings import Finding
from otpt_site.diagnostics import Place
from otpt_site.dictionary import is_word, near_word
from otpt_site.guide.conditions import Condition
from otpt_site.guide.records import Record
from otpt_site.library import Guide
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
    own = _own_words(guide) | _parts(_names(text.record))
    told: set[str] = set()
    for words, place_of in _said(text):
        for found in _unknown(words, own, british=guide.site.language not in _AMERICAN):
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


def _place_of_key(record: Record, key: str, start: int, end: int) -> Place:
    """Where a part of a value stands; the whole value when it is not written sign by sign as it is read."""
    place, length = record.place_of(key), len(getattr(record, key))
    quote = (place.length - length) // 2
    if place.length not in (length, length + 2):
        return place
    return msgspec.structs.replace(place, column=place.column + quote + start, length=end - start)


def _unknown(words: str, own: frozenset[str], *, british: bool) -> Iterator[re.Match[str]]:
    masked = _ADDRESS.sub(lambda address: "_" * len(address[0]), words)
    for found in _WORD.finditer(masked):
        word = found[0].replace("’", "'")
        if len(word) == 1 or word.lower() in own or is_word(word.lower(), british=british):
            continue
        if word.islower() or (
            word[1:].islower() and _BEGINS.search(masked, max(0, found.start() - _NEAR), found.start())
        ):
            yield found


def _hint(word: str) -> str:
    near = near_word(word)
    guess = f"Did you mean '{near}'? " if near else ""
    return f"{guess}A word that is right goes into words.yaml."


def _own_words(guide: Guide) -> frozenset[str]:
    """All words of the guide's glossary and lists."""
    terms = (word for term in guide.terms.values() for word in (term.term, *term.also))
    names = (row.name for row in guide.names.values())
    return _listed((*terms, *names, *(row.word for row in guide.spellings.values())))


@lru_cache(maxsize=1)
def _listed(names: tuple[str, ...]) -> frozenset[str]:
    return _parts(" ".join(names))


def _parts(names: str) -> frozenset[str]:
    """The words of some names, each also as a plural or possessive."""
    words = {word.lower().replace("’", "'") for word in _WORD.findall(names)}
    return frozenset(word + ending for word in words for ending in ("", "s", "'s", "s'"))
