"""A safety card: one danger, with one level and one action."""

from enum import StrEnum

from otpt_site.guide.common import Action, Level, Review, SourceReference
from otpt_site.guide.records import Passage, Record


class Number(StrEnum):
    """Which number of the site's settings a card shows."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"


class SafetyCard(Record, frozen=True, kw_only=True):
    """One row of `content/safety.yaml`."""

    level: Level
    action: Action
    signs: tuple[Passage, ...]
    why: Passage
    number: Number = Number.EMERGENCY
    heading: str = ""
    also: tuple[Passage, ...] = ()
    search_words: tuple[str, ...] = ()
    sources: tuple[SourceReference, ...] = ()
    reviews: tuple[Review, ...] = ()
    note: str = ""
