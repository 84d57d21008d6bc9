"""Trust: every page of advice says who wrote it, what it rests on, and where its review stands."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from otpt_site.diagnostics import Diagnostic, Place, problem
from otpt_site.guide.articles import Article
from otpt_site.guide.common import Page
from otpt_site.guide.goals import Goal
from otpt_site.guide.safety import SafetyCard
from otpt_site.guide.site import Overdue
from otpt_site.library import Guide, Reviewed, ReviewState
from otpt_site.rules import Severity

SUMMARY_LENGTH: Final = 155


def check_trust(guide: Guide) -> Iterator[Diagnostic]:
    """Problems with summaries, authors, sources and reviews."""
    advice: tuple[Page, ...] = (
        *guide.therapies.values(),
        *guide.conditions.values(),
        *guide.comparisons.values(),
        *guide.articles.values(),
    )
    for page in (*advice, *guide.pages.values()):
        length = len(page.summary.prose.words)
        if length > SUMMARY_LENGTH:
            yield problem(
                "summary-too-long",
                page.place_of("summary"),
                f"the summary has {length} characters, of at most {SUMMARY_LENGTH}",
            )
    for page in advice:
        if page.author is None:
            yield problem(
                "missing-key",
                page.place,
                "a page of advice needs an author",
                "Add a line author: and an id from people.yaml.",
            )
        if not page.sources and not isinstance(page, Article):
            yield problem(
                "missing-key",
                page.place,
                "a page of advice needs sources",
                "Add a list sources: with ids from sources.yaml.",
            )
        if not page.reviews:
            yield problem("never-reviewed", page.place, "no clinician has reviewed this page")
    yield from _rows_never_reviewed(tuple(guide.goals.values()), "goals")
    yield from _rows_never_reviewed(tuple(guide.safety.values()), "safety cards")
    reviewed: tuple[Reviewed, ...] = (
        *advice, *guide.pages.values(), *guide.goals.values(), *guide.safety.values()
    )  # fmt: skip
    for text in reviewed:
        yield from _standing(guide, text)


def _rows_never_reviewed(rows: Sequence[Goal | SafetyCard], name: str) -> Iterator[Diagnostic]:
    """One note for a table, which may have hundreds of rows."""
    unreviewed = sum(1 for row in rows if not row.reviews)
    if unreviewed:
        place = Place(rows[0].place.path)
        yield problem("never-reviewed", place, f"no clinician has reviewed {unreviewed} of {len(rows)} {name}")


def _standing(guide: Guide, text: Reviewed) -> Iterator[Diagnostic]:
    """What is to be said of a text that was reviewed."""
    standing, place = guide.standing(text), text.place_of("reviews")
    if standing.state is ReviewState.DUE_SOON:
        yield problem("review-due-soon", place, f"the next review is due by {standing.due}")
    elif standing.state is ReviewState.OVERDUE:
        yield _late(guide, problem("review-overdue", place, f"a review was due by {standing.due}"))
    elif standing.state is ReviewState.EDITED:
        message = f"the text was changed since {standing.by} reviewed it on {standing.on}"
        yield _late(guide, problem("edited-since-review", place, message))


def _late(guide: Guide, found: Diagnostic) -> Diagnostic:
    """The problem, as serious as the site says that it is."""
    severity = {Overdue.NOTE: Severity.NOTE, Overdue.WARNING: Severity.WARNING, Overdue.ERROR: Severity.ERROR}
    return msgspec.structs.replace(found, severity=severity[guide.site.review.overdue])
