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
from otpt_site.guide.records import Address, Date, Passage, Record, Reference, Says, Slug, To


class Area(Record, frozen=True, kw_only=True):
    """A part of life that goals are grouped by."""

    label: Annotated[str, Says("What the area is called.")]
    about: Annotated[Passage, Says("What belongs to it, in one line.")]
    drawing: Annotated[str, Says("The name of a drawing of the templates.")] = ""

    @property
    def called(self) -> str:
        """What other pages call it."""
        return self.label


class Goal(Record, frozen=True, kw_only=True):
    """One row of the table."""

    goal: Annotated[str, Says("What a person wants back, as they would say it: the heading of its page.")]
    area: Annotated[
        Annotated[Reference, To("area")], Says("The part of life that it belongs to: an id from the list `areas`.")
    ]
    lead: Annotated[Lead, Says("Where this guide suggests to start: pt, ot or both.")]
    joins: Annotated[Joins, Says("The other therapy, if it often joins: pt, ot or none. It is none when both lead.")]
    why: Annotated[Passage, Says("What the therapist does about it, in one or two short sentences. Promise no effect.")]
    pt_does: Annotated[tuple[Passage, ...], Says("What the physical therapist does: 1 to 3 short lines.")]
    ot_does: Annotated[tuple[Passage, ...], Says("What the occupational therapist does: 1 to 3 short lines.")]
    questions: Annotated[tuple[Passage, ...], Says("What to ask the therapist: 2 or 3 questions.")]
    order: Annotated[tuple[Therapy, ...], Says("Which usually comes first, only when both lead: [ot, pt].")] = ()
    nuance: Annotated[
        Passage | None, Says("What research and guidelines add, welcome or not. It stands beside the answer.")
    ] = None
    caution: Annotated[Passage | None, Says("A warning that stands above the answer. Never soften one.")] = None
    conditions: Annotated[
        tuple[ConditionReference, ...],
        Says("The conditions that it is about: ids, which are the names of their files."),
    ] = ()
    safety: Annotated[tuple[SafetyReference, ...], Says("Safety cards, most serious first: ids from safety.yaml.")] = ()
    see_also: Annotated[
        tuple[Reference, ...], Says("What to read next, such as goal:climb-stairs or condition:stroke.")
    ] = ()
    search_words: Annotated[tuple[str, ...], Says("Words that people type. Never shown.")] = ()
    also_asked: Annotated[tuple[str, ...], Says("How people ask for it, mistakes included. Never shown.")] = ()
    note: Annotated[
        str,
        Says("For editors, never shown. Needed when the lead does not fit a condition that the goal names: say why."),
    ] = ""
    slug: Annotated[Slug, Says("The last part of the address, where it is not the id.")] = ""
    aliases: Annotated[
        tuple[Address, ...], Says("Old addresses of the page, such as /goals/use-stairs/. Links to them go on working.")
    ] = ()
    draft: Annotated[bool, Says("true keeps it out of the site. Take the line out when it is ready.")] = False
    author: Annotated[
        PersonReference | None, Says("Who wrote it, where it is not the author of the table: an id from people.yaml.")
    ] = None
    updated_on: Annotated[
        Date | None, Says("The day on which the row last changed in meaning; without it, the date of the table counts.")
    ] = None
    reviews: Annotated[
        tuple[Review, ...], Says("Who has read the row and stands by it. Leave it out until a clinician really has.")
    ] = ()

    @property
    def called(self) -> str:
        """What other pages call it."""
        return self.goal
