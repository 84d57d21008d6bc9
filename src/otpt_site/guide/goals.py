"""The goal-to-therapy table: what people want back, and where this guide suggests to start."""

from typing import Annotated

from otpt_site.guide.common import (
    ConditionReference,
    Joins,
    Lead,
    PersonReference,
    Review,
    SafetyReference,
    Therapy,
)
from otpt_site.guide.records import Address, Date, Passage, Record, Reference, Slug, To


class Area(Record, frozen=True, kw_only=True):
    """A part of life that goals are grouped by."""

    label: str
    about: Passage
    drawing: str = ""

    @property
    def called(self) -> str:
        """What other pages call it."""
        return self.label


class Goal(Record, frozen=True, kw_only=True):
    """One row of the table."""

    goal: str
    area: Annotated[Reference, To("area")]
    lead: Lead
    joins: Joins
    why: Passage
    pt_does: tuple[Passage, ...]
    ot_does: tuple[Passage, ...]
    questions: tuple[Passage, ...]
    order: tuple[Therapy, ...] = ()
    nuance: Passage | None = None
    caution: Passage | None = None
    conditions: tuple[ConditionReference, ...] = ()
    safety: tuple[SafetyReference, ...] = ()
    see_also: tuple[Reference, ...] = ()
    search_words: tuple[str, ...] = ()
    also_asked: tuple[str, ...] = ()
    note: str = ""
    slug: Slug = ""
    aliases: tuple[Address, ...] = ()
    author: PersonReference | None = None
    updated_on: Date | None = None
    reviews: tuple[Review, ...] = ()

    @property
    def called(self) -> str:
        """What other pages call it."""
        return self.goal
