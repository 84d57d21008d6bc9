"""Balance: PT and OT get equal detail wherever both lead."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from otpt_site.checks.traits import Traits
from otpt_site.diagnostics import Diagnostic, problem
from otpt_site.guide.common import Lead, Visits
from otpt_site.guide.comparisons import Comparison
from otpt_site.guide.conditions import Condition
from otpt_site.guide.records import Passage, Record
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


def words_of_therapies(record: Record) -> tuple[int, int]:
    """How many words a page has for PT and for OT; none where it does not part them."""
    pt: tuple[Passage, ...] = ()
    ot: tuple[Passage, ...] = ()
    if isinstance(record, Comparison):
        pt = (record.pt_if, record.pt_gain, record.pt_limits, *(row.pt for row in record.table))
        ot = (record.ot_if, record.ot_gain, record.ot_limits, *(row.ot for row in record.table))
    elif isinstance(record, Condition):
        visit = record.first_visit or Visits()
        pt, ot = (*record.pt_does, *visit.pt), (*record.ot_does, *visit.ot)
    return _count(pt), _count(ot)


def balances(guide: Guide, traits: Sequence[Traits]) -> Iterator[Balance]:
    """The balance of each comparison and condition. Where one therapy leads, it may get more words."""
    for page in traits:
        if page.kind == "comparison":
            yield Balance(page.kind, guide.comparisons[page.id], page.pt_words, page.ot_words, equal=True)
    for page in traits:
        if page.kind == "condition":
            condition = guide.conditions[page.id]
            equal = condition.lead is Lead.BOTH
            yield Balance(page.kind, condition, page.pt_words, page.ot_words, equal)


def check_balance(guide: Guide, traits: Sequence[Traits]) -> Iterator[Diagnostic]:
    """Pages on which one therapy gets less than two thirds of the words of the other."""
    for one in balances(guide, traits):
        if not one.fair:
            place = one.record.place_of("table" if one.kind == "comparison" else "pt_does")
            message = f"PT gets {one.pt} words and OT {one.ot}: their ratio is {one.ratio:.2f}"
            less, more = ("PT", "OT") if one.pt < one.ot else ("OT", "PT")
            hint = f"Say more of {less}, or less of {more}: keep the ratio between {LEAST} and {MOST}."
            yield problem("thin-balance", place, message, hint)


def _count(passages: Iterable[Passage]) -> int:
    return sum(len(passage.prose.words.split()) for passage in passages)
