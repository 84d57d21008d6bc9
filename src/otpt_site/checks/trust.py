"""Trust: every page of advice says who wrote it, what it rests on, and where its review stands."""

from collections.abc import Iterator
from typing import Final

import msgspec

from otpt_site.diagnostics import Diagnostic, Place, problem
from otpt_site.guide.articles import Article
from otpt_site.guide.common import Page
from otpt_site.guide.site import Overdue
from otpt_site.library import Guide, ReviewState
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
        yield from _review(guide, page)
    unreviewed = sum(1 for goal in guide.goals.values() if not goal.reviews)
    if unreviewed:
        place = Place(next(iter(guide.goals.values())).place.path)
        yield problem("never-reviewed", place, f"no clinician has reviewed {unreviewed} of {len(guide.goals)} goals")


def _review(guide: Guide, page: Page) -> Iterator[Diagnostic]:
    standing = guide.standing(page.reviews)
    if standing.state is ReviewState.NEVER:
        yield problem("never-reviewed", page.place, "no clinician has reviewed this page")
    elif standing.state is ReviewState.DUE_SOON:
        yield problem("review-due-soon", page.place_of("reviews"), f"the next review is due by {standing.due}")
    elif standing.state is ReviewState.OVERDUE:
        found = problem("review-overdue", page.place_of("reviews"), f"a review was due by {standing.due}")
        severity = {Overdue.NOTE: Severity.NOTE, Overdue.WARNING: Severity.WARNING, Overdue.ERROR: Severity.ERROR}[
            guide.site.review.overdue
        ]
        yield msgspec.structs.replace(found, severity=severity)
