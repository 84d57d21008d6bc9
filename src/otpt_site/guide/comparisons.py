"""A comparison: one situation, with the part of each therapist side by side."""

from typing import Annotated

import msgspec

from otpt_site.guide.common import ConditionReference, ExtraSign, Page, SafetyReference
from otpt_site.guide.records import Passage, Says


class Row(msgspec.Struct, frozen=True):
    """One line of the side-by-side table."""

    topic: Annotated[Passage, Says("A task or a trouble of daily life, in a few words.")]
    pt: Annotated[Passage, Says("What the physical therapist does about it.")]
    ot: Annotated[Passage, Says("What the occupational therapist does about it, in about as many words.")]


class Comparison(Page, frozen=True, kw_only=True):
    """One file of `content/comparisons/`."""

    title: Annotated[str, Says("The situation, in a few words: the heading of the page.")]
    imagine: Annotated[Passage, Says("The situation in one sentence that speaks to the reader.")]
    decision: Annotated[Passage, Says("The answer in one sentence.")]
    pt_if: Annotated[Passage, Says("When to choose physical therapy: one line.")]
    ot_if: Annotated[Passage, Says("When to choose occupational therapy: one line.")]
    both_if: Annotated[Passage, Says("When to choose both: one line.")]
    table: Annotated[tuple[Row, ...], Says("The part of each, side by side: 3 to 6 rows. Give both the same room.")]
    both_do: Annotated[tuple[Passage, ...], Says("What both do: short lines.")] = ()
    pt_gain: Annotated[Passage, Says("What physical therapy aims at: one line.")]
    ot_gain: Annotated[Passage, Says("What occupational therapy aims at: one line.")]
    pt_limits: Annotated[Passage, Says("Where physical therapy ends: one honest line.")]
    ot_limits: Annotated[Passage, Says("Where occupational therapy ends: one honest line.")]
    not_known: Annotated[Passage, Says("What is not known or not proven: one or two sentences.")]
    who_first: Annotated[Passage, Says("Who usually comes first: one line.")]
    conditions: Annotated[
        tuple[ConditionReference, ...],
        Says("The conditions that it is about: ids, which are the names of their files."),
    ] = ()
    safety: Annotated[tuple[SafetyReference, ...], Says("Safety cards, most serious first: ids from safety.yaml.")] = ()
    safety_extra: Annotated[tuple[ExtraSign, ...], Says("Signs of danger special to this page.")] = ()
    questions: Annotated[tuple[Passage, ...], Says("What to ask the therapist.")] = ()
    position: Annotated[int | None, Says("Its place in the list: 1 is the first.")] = None

    @property
    def called(self) -> str:
        """What other pages call it."""
        return self.title
