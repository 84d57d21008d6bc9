"""Words that the rules on language treat apart: easy names, short forms, words to avoid or to know."""

from enum import StrEnum
from typing import Annotated

from otpt_site.guide.records import Record, Says


class NameKind(StrEnum):
    """What a name that counts as easy is the name of."""

    CONDITION = "condition"
    MEDICINE = "medicine"
    TERM = "term"


class PlainName(Record, frozen=True, kw_only=True):
    """A name that the reading grade counts as one syllable a word: no other word can stand for it."""

    name: Annotated[str, Says("The name, as the guide writes it.")]
    kind: Annotated[NameKind, Says("What it is the name of: condition, medicine or term.")]


class ShortForm(Record, frozen=True, kw_only=True):
    """An abbreviation that readers know better than its long form, and why."""

    short: Annotated[str, Says("The abbreviation.")]
    why: Annotated[str, Says("Why it needs no opening.")]


class AvoidedWord(Record, frozen=True, kw_only=True):
    """A word or phrase that this guide does not use, what it says instead, and why."""

    avoid: Annotated[str, Says("The word or phrase that this guide does not use.")]
    instead: Annotated[str, Says("What it says instead.")]
    why: Annotated[str, Says("Why, in a few words.")]


class Spelling(Record, frozen=True, kw_only=True):
    """A word that is right and in no dictionary: mostly one of medicine, or a name."""

    word: Annotated[str, Says("The word, as it is written.")]
