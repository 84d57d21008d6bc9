"""Upkeep: what is left out of the site, and rows that no page uses."""

from collections.abc import Iterator
from typing import Final

from otpt_site.diagnostics import Diagnostic, problem
from otpt_site.guide.common import Page, PageState, changes_on
from otpt_site.library import Guide, LeftOut

_WAYS_IN: Final = {
    PageState.DRAFT: "Take draft: true out when it is ready.",
    PageState.SCHEDULED: "It appears by itself on its publish_on day.",
    PageState.EXPIRED: "Write a later expires_on to bring it back, or delete the file.",
}


def check_upkeep(guide: Guide) -> Iterator[Diagnostic]:
    """Notes on pages left out, and on sources and terms that nothing uses."""
    for out in guide.left_out:
        message = f"this {out.kind} is not in the site: {_reason(out)}"
        yield problem("not-published", out.record.place, message, _WAYS_IN[out.state])
    for kind, rows in (("source", guide.sources), ("term", guide.terms)):
        for id, row in rows.items():
            if f"{kind}:{id}" not in guide.named:
                yield problem("unused-row", row.place, f"no page uses the {kind} '{id}'")


def _reason(out: LeftOut) -> str:
    """Why a page is left out, and since when or until when."""
    day = changes_on(out.record, out.state) if isinstance(out.record, Page) else None
    if day is None:
        return f"it is {out.state.in_words}"
    return f"it is {out.state.in_words}, {'since' if out.state is PageState.EXPIRED else 'but will be on'} {day}"
