"""Upkeep: what is left out of the site, and rows that no page uses."""

from collections.abc import Iterator

from otpt_site.diagnostics import Diagnostic, problem
from otpt_site.guide.records import Passage, Reference, values_in
from otpt_site.library import Guide
from otpt_site.markup import CitationHole, ReferenceHole, TermHole


def check_upkeep(guide: Guide) -> Iterator[Diagnostic]:
    """Notes on pages left out, and on sources and terms that nothing uses."""
    for out in guide.left_out:
        yield problem("not-published", out.place, f"this {out.kind} is not in the site: it is {out.state}")
    used = set(_used(guide))
    for kind, rows in (("source", guide.sources), ("term", guide.terms)):
        for id, row in rows.items():
            if (kind, id) not in used:
                yield problem("unused-row", row.place, f"no page uses the {kind} '{id}'")


def _used(guide: Guide) -> Iterator[tuple[str, str]]:
    shelves = (
        guide.therapies,
        guide.conditions,
        guide.comparisons,
        guide.articles,
        guide.pages,
        guide.goals,
        guide.safety,
        guide.terms,
        guide.people,
    )
    for records in shelves:
        for record in records.values():
            for value in values_in(record):
                if isinstance(value, Reference):
                    yield value.kind, value.id
                elif isinstance(value, Passage):
                    yield from _named(value)


def _named(passage: Passage) -> Iterator[tuple[str, str]]:
    for hole in passage.prose.segments:
        if isinstance(hole, CitationHole):
            for id in hole.ids:
                yield "source", id
        elif isinstance(hole, TermHole):
            yield "term", hole.id
        elif isinstance(hole, ReferenceHole):
            yield hole.kind, hole.id
