"""Balance: PT and OT get equal detail wherever both lead."""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from otpt_site.diagnostics import Diagnostic, problem
from otpt_site.guide.common import Lead, Visits
from otpt_site.guide.comparisons import Comparison
from otpt_site.guide.conditions import Condition
from otpt_site.guide.records import Passage
from otpt_site.library import Guide

LEAST: Final = 0.67
MOST: Final = 1.5


class Balance(msgspec.Struct, frozen=True):
    """The words that each therapy gets on one page. `equal` tells that they should get about as many."""

    kind: str
    record: Condition | Comparison
    pt: int
    ot: int
    equal: bool

    @property
    def ratio(self) -> float:
        """The words for PT to one for OT."""
        return self.pt / max(self.ot, 1)

    @property
    def fair(self) -> bool:
        """Whether neither gets too few."""
        return not self.equal or LEAST <= self.ratio <= MOST


def balances(guide: Guide) -> Iterator[Balance]:
    """The balance of each comparison and condition. Where one therapy leads, it may get more words."""
    for comparison in guide.comparisons.values():
        pt = _count([comparison.pt_if, comparison.pt_gain, comparison.pt_limits, *(row.pt for row in comparison.table)])
        ot = _count([comparison.ot_if, comparison.ot_gain, comparison.ot_limits, *(row.ot for row in comparison.table)])
        yield Balance("comparison", comparison, pt, ot, equal=True)
    for condition in guide.conditions.values():
        visit = condition.first_visit or Visits()
        pt, ot = _count((*condition.pt_does, *visit.pt)), _count((*condition.ot_does, *visit.ot))
        yield Balance("condition", condition, pt, ot, equal=condition.lead is Lead.BOTH)


def check_balance(guide: Guide) -> Iterator[Diagnostic]:
    """Pages on which one therapy gets less than two thirds of the words of the other."""
    for one in balances(guide):
        if not one.fair:
            place = one.record.place_of("table" if one.kind == "comparison" else "pt_does")
            message = f"PT gets {one.pt} words and OT {one.ot}: their ratio is {one.ratio:.2f}"
            yield problem("thin-balance", place, message, f"Keep it between {LEAST} and {MOST}.")


def _count(passages: Iterable[Passage]) -> int:
    return sum(len(passage.prose.words.split()) for passage in passages)
