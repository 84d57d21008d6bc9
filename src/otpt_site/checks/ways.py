"""Ways on: every page is reached from another page of its kind or theme, and leads to what a reader needs next."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from otpt_site.checks.traits import Traits
from otpt_site.diagnostics import Diagnostic, problem
from otpt_site.guide.records import Record
from otpt_site.library import Guide
from otpt_site.markup import ReferenceHole
from otpt_site.texts import Target
from otpt_site.wording import PageText

# Lists and the frame of every page lead everywhere; what counts here is that one page names another.
_KINDS: Final = ("condition", "goal", "comparison", "article")
FEW: Final = 12
"""In a guide with fewer pages the lists lead everywhere."""


def check_ways(guide: Guide, traits: Sequence[Traits]) -> Iterator[Diagnostic]:
    """Pages without a way on, and pages that no other page leads to."""
    ways = {(page.kind, page.id): set(page.targets) for page in traits}
    if sum(kind in _KINDS for kind, _ in ways) < FEW:
        return
    reached: dict[Target, set[Target]] = {target: set() for target in ways}
    for source, targets in ways.items():
        for target in targets & reached.keys():
            reached[target].add(source)
    for kind in _KINDS:
        for id, record in guide.shelf(kind).items():
            page = (kind, id)
            # A condition shows the goals and comparisons that name it, and these the conditions that they name.
            shown_there = reached[page] if kind == "condition" else set()
            yield from _alone(record, ways[page] | shown_there, reached[page] | _shows(record))


def named_targets(text: PageText) -> Iterator[Target]:
    """What a page names: in its text, as its conditions, and to read next."""
    for block in text.blocks:
        yield from ((hole.kind, hole.id) for hole in block.holes(ReferenceHole) if hole.kind != "self")
    record: Any = text.record
    for key in ("conditions", "see_also"):
        yield from ((reference.kind, reference.id) for reference in getattr(record, key, ()))


def _shows(record: Record) -> set[Target]:
    """The conditions that show a goal or comparison, because it names them."""
    return {("condition", about.id) for about in getattr(record, "conditions", ())}


def _alone(record: Record, onward: set[Target], inward: set[Target]) -> Iterator[Diagnostic]:
    if not onward:
        yield problem("dead-end", record.place, f"'{record.called}' leads to no further page")
    if not inward:
        yield problem("orphan", record.place, f"no other page leads to '{record.called}'")
