"""Balance: PT and OT get equal detail wherever both lead."""

from collections.abc import Iterable, Iterator
from typing import Final

from otpt_site.diagnostics import Diagnostic, Place, problem
from otpt_site.guide.common import Lead
from otpt_site.guide.records import Passage
from otpt_site.library import Guide

LEAST: Final = 0.67
MOST: Final = 1.5


def check_balance(guide: Guide) -> Iterator[Diagnostic]:
    """Pages on which one therapy gets less than two thirds of the words of the other."""
    for condition in guide.conditions.values():
        if condition.lead is Lead.BOTH:
            visit = condition.first_visit
            pt = _count(condition.pt_does) + (_count(visit.pt) if visit else 0)
            ot = _count(condition.ot_does) + (_count(visit.ot) if visit else 0)
            yield from _unbalanced(condition.place_of("pt_does"), pt, ot)
    for comparison in guide.comparisons.values():
        pt = _count([comparison.pt_if, comparison.pt_gain, comparison.pt_limits, *(row.pt for row in comparison.table)])
        ot = _count([comparison.ot_if, comparison.ot_gain, comparison.ot_limits, *(row.ot for row in comparison.table)])
        yield from _unbalanced(comparison.place_of("table"), pt, ot)


def _count(passages: Iterable[Passage]) -> int:
    return sum(len(passage.prose.words.split()) for passage in passages)


def _unbalanced(place: Place, pt: int, ot: int) -> Iterator[Diagnostic]:
    ratio = pt / max(ot, 1)
    if not LEAST <= ratio <= MOST:
        yield problem(
            "thin-balance",
            place,
            f"PT gets {pt} words and OT {ot}: their ratio is {ratio:.2f}",
            f"Keep it between {LEAST} and {MOST}.",
        )
