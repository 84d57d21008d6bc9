"""A safety card: one danger, with one level and one action."""

from enum import StrEnum
from typing import Annotated

from otpt_site.guide.common import Action, Level, Review, SourceReference
from otpt_site.guide.records import Passage, Record, Says


class Number(StrEnum):
    """Which number of the site's settings a card shows."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"


class SafetyCard(Record, frozen=True, kw_only=True):
    """One row of `content/safety.yaml`."""

    level: Annotated[Level, Says("How urgent it is: emergency, urgent or non-urgent.")]
    action: Annotated[
        Action, Says("What to do: call, emergency-department, same-day or appointment. It must fit the level.")
    ]
    signs: Annotated[tuple[Passage, ...], Says("The signs, in words that a frightened person understands.")]
    why: Annotated[Passage, Says("What may be behind them, in one or two short sentences.")]
    number: Annotated[Number, Says("Which number of site.yaml the card shows: emergency or crisis.")] = Number.EMERGENCY
    heading: Annotated[str, Says("Another heading than the usual one of its level.")] = ""
    also: Annotated[tuple[Passage, ...], Says("What else to know or do: short lines.")] = ()
    search_words: Annotated[tuple[str, ...], Says("What frightened people type. Never shown.")] = ()
    sources: Annotated[tuple[SourceReference, ...], Says("What the card rests on: ids from sources.yaml.")] = ()
    reviews: Annotated[
        tuple[Review, ...], Says("Who has read the card and stands by it. Leave it out until a clinician really has.")
    ] = ()
    note: Annotated[str, Says("For editors, never shown.")] = ""
