"""Ways on: every page is reached from another page of its kind or theme, and leads to what a reader needs next."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from otpt_site.checks.traits import Traits
from otpt_site.diagnostics import Diagnostic, problem
from otpt_site.library import Guide
from otpt_site.markup import ReferenceHole
from otpt_site.wording import PageText

# Lists and the frame of every page lead everywhere; what counts here is that one page names another.
_KINDS: Final = ("condition", "goal", "comparison", "article")
FEW: Final = 12
"""In a guide with fewer pages the lists lead everywhere."""


def check_ways(guide: Guide, traits: Sequence[Traits]) -> Iterator[Diagnostic]:
    """Pages without a way on, and pages that no other page leads to."""
    if sum(page.kind in _KINDS for page in traits) < FEW:
        return
    reached = {name for page in traits for name in page.leads_to}
    for page in traits:
        if page.kind in _KINDS:
            record, is_reached = guide.shelf(page.kind)[page.id], f"{page.kind}:{page.id}" in reached
            # A condition shows the goals and comparisons that name it, and these the conditions that they name.
            if not page.leads_to and not (page.kind == "condition" and is_reached):
                yield problem("dead-end", record.place, f"'{record.called}' leads to no further page")
            if not is_reached and not getattr(record, "conditions", ()):
                yield problem("orphan", record.place, f"no other page leads to '{record.called}'")


def named_pages(text: PageText) -> Iterator[str]:
    """What a page leads to, such as `goal:walk`: in its text, as its conditions, and to read next."""
    for block in text.blocks:
        for hole in block.holes(ReferenceHole):
            if hole.kind != "self":
                yield f"{hole.kind}:{hole.id}"
    record: Any = text.record
    for key in ("conditions", "see_also"):
        yield from (f"{reference.kind}:{reference.id}" for reference in getattr(record, key, ()))
