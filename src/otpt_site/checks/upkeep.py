"""Upkeep: what is left out of the site, and rows that no page uses."""

from collections.abc import Iterator

from otpt_site.diagnostics import Diagnostic, problem
from otpt_site.library import Guide


def check_upkeep(guide: Guide) -> Iterator[Diagnostic]:
    """Notes on pages left out, and on sources and terms that nothing uses."""
    for out in guide.left_out:
        yield problem("not-published", out.place, f"this {out.kind} is not in the site: it is {out.state.in_words}")
    for kind, rows in (("source", guide.sources), ("term", guide.terms)):
        for id, row in rows.items():
            if (kind, id) not in guide.named:
                yield problem("unused-row", row.place, f"no page uses the {kind} '{id}'")
