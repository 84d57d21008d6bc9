"""A comparison: one situation, with the part of each therapist side by side."""

import msgspec

from otpt_site.guide.common import ConditionReference, ExtraSign, Page, SafetyReference
from otpt_site.guide.records import Passage


class Row(msgspec.Struct, frozen=True):
    """One line of the side-by-side table."""

    topic: Passage
    pt: Passage
    ot: Passage


class Comparison(Page, frozen=True, kw_only=True):
    """One file of `content/comparisons/`."""

    title: str
    imagine: Passage
    decision: Passage
    pt_if: Passage
    ot_if: Passage
    both_if: Passage
    table: tuple[Row, ...]
    both_do: tuple[Passage, ...] = ()
    pt_gain: Passage
    ot_gain: Passage
    pt_limits: Passage
    ot_limits: Passage
    not_known: Passage
    who_first: Passage
    conditions: tuple[ConditionReference, ...] = ()
    safety: tuple[SafetyReference, ...] = ()
    safety_extra: tuple[ExtraSign, ...] = ()
    questions: tuple[Passage, ...] = ()
    position: int | None = None

    @property
    def called(self) -> str:
        """What other pages call it."""
        return self.title
