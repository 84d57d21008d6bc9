"""Words that the rules on language treat apart: names that count as easy, and short forms that need no opening."""

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
