"""Words that the rules on language treat apart: easy names, short forms, words to avoid or to know."""

from enum import StrEnum

from otpt_site.guide.records import Record


class NameKind(StrEnum):
    """What a name that counts as easy is the name of."""

    CONDITION = "condition"
    MEDICINE = "medicine"
    TERM = "term"


class PlainName(Record, frozen=True, kw_only=True):
    """A name that the reading grade counts as one syllable a word: no other word can stand for it."""

    name: str
    kind: NameKind


class ShortForm(Record, frozen=True, kw_only=True):
    """An abbreviation that readers know better than its long form, and why."""

    short: str
    why: str


class AvoidedWord(Record, frozen=True, kw_only=True):
    """A word or phrase that this guide does not use, what it says instead, and why."""

    avoid: str
    instead: str
    why: str


class Spelling(Record, frozen=True, kw_only=True):
    """A word that is right and in no dictionary: mostly one of medicine, or a name."""

    word: str
