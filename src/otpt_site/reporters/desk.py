"""The desk for a terminal, and for a program."""

import json
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from otpt_site.desk import Desk, Entry, Timed, Words
from otpt_site.guide.common import PageState
from otpt_site.library import ReviewState
from otpt_site.reporters.text import printable

# More lines of one kind are counted and not listed: the page of the desk has them all.
_SHOWN: Final = 5


def desk_json(desk: Desk) -> str:
    """The desk as one JSON object. Days are ISO dates, or null."""
    # In ASCII, which gets through any console.
    return json.dumps(msgspec.to_builtins(desk))


def desk_lines(desk: Desk) -> Iterator[str]:
    """The desk in lines: each pile with its count, and what lies on top of it."""
    yield printable(desk.site)
    yield f"The editors' desk as it stands on {desk.today}."
    if desk.next_change:
        yield f"The next day on which the site changes by itself: {desk.next_change}."
    else:
        yield "No date will change the site by itself."
    if desk.errors:
        yield "The content has errors, so pages may be missing here: run otpt check first."
    for title, lines in _piles(desk):
        yield ""
        yield f"{title}: {len(lines) or 'none'}"
        yield from (f"  {printable(line)}" for line in lines[:_SHOWN])
        if len(lines) > _SHOWN:
            yield f"  … and {len(lines) - _SHOWN} more"
    yield ""
    yield "otpt desk --out desk.html writes it all as one page."


def _piles(desk: Desk) -> Iterator[tuple[str, Sequence[str]]]:
    yield (
        "Reviews overdue, or due within 60 days",
        [
            f"{person.name}: {_named(review.page)}, {_due(review.state)} {review.due}"
            for person in desk.reviews
            for review in person.reviews
        ],
    )
    yield (
        "Changed since their review",
        [f"{_named(one.page)}, reviewed by {one.reviewer} on {one.reviewed_on}" for one in desk.edited],
    )
    yield "Parts on what helps that cite nothing", [f"{_named(one.page)}: {one.message}" for one in desk.uncited]
    yield "Drafts and dates", [f"{_named(one.page)}, {_when(one)}" for one in desk.timed]
    yield "Pages that no other page leads to", _listed(desk.orphans)
    yield "Goals that name no condition", _listed(desk.goals_without_condition)
    yield "Sources and terms that no page uses", _listed(desk.unused)
    yield (
        "Balance of PT and OT, the least even first",
        [f"{_named(one.page)}, {_measured(one)}" for one in desk.balance],
    )
    yield "Reading grades, the hardest first", [f"{_named(one.page)}, grade {one.grade}" for one in desk.grades]
    yield "Never reviewed", _listed(desk.never_reviewed)


def _listed(entries: Sequence[Entry]) -> list[str]:
    return [_named(entry) for entry in entries]


def _named(entry: Entry) -> str:
    """A page as `otpt review` takes it, and as an editor finds it."""
    return f"{entry.kind}:{entry.id} ({entry.path}{f':{entry.line}' if entry.line else ''})"


def _due(state: ReviewState) -> str:
    return "overdue since" if state is ReviewState.OVERDUE else "due by"


def _measured(words: Words) -> str:
    told = f"PT {words.pt} words, OT {words.ot}"
    if not words.fair:
        return f"{told}: too far apart"
    return told if words.equal else f"{told} (one leads)"


def _when(one: Timed) -> str:
    words = {
        PageState.DRAFT: "draft",
        PageState.SCHEDULED: f"appears on {one.day}",
        PageState.EXPIRED: f"expired since {one.day}",
        PageState.PUBLISHED: f"in the site until {one.day}",
    }
    return words[one.state]
