"""Trust: every page of advice says who wrote it, what it rests on, and where its review stands."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from otpt_site.diagnostics import Diagnostic, Place, problem
from otpt_site.guide.articles import Article, PlainPage
from otpt_site.guide.common import Page, Review
from otpt_site.guide.goals import Goal
from otpt_site.guide.records import Date
from otpt_site.guide.references import PersonKind
from otpt_site.guide.safety import SafetyCard
from otpt_site.guide.site import Overdue
from otpt_site.library import Guide, Reviewed, ReviewState
from otpt_site.rules import Severity
from otpt_site.wording import PageText

SUMMARY_LENGTH: Final = 155
FEW: Final = 12
_DISCLOSURES: Final = {
    "about": "who runs the guide and who pays for it",
    "privacy": "what becomes of what readers type",
}


def check_summary(_guide: Guide, text: PageText) -> Iterator[Diagnostic]:
    """A summary that lists and search results would cut."""
    page = text.record
    length = len(page.summary.prose.words) if isinstance(page, Page) else 0
    if length > SUMMARY_LENGTH:
        message = f"the summary has {length} characters, of at most {SUMMARY_LENGTH}"
        yield problem("summary-too-long", page.place_of("summary"), message)


def check_trust(guide: Guide) -> Iterator[Diagnostic]:
    """Problems with authors, sources and reviews."""
    for pages in (guide.therapies, guide.conditions, guide.comparisons, guide.articles, guide.pages):
        for page in pages.values():
            yield from check_trust_in(guide, page)
    rows: tuple[tuple[str, tuple[Goal | SafetyCard, ...]], ...] = (
        ("goals", tuple(guide.goals.values())),
        ("safety cards", tuple(guide.safety.values())),
    )
    for name, texts in rows:
        yield from _rows_never_reviewed(texts, name)
        for text in texts:
            yield from _reviews(guide, text)
    yield from _disclosure(guide)


def check_trust_in(guide: Guide, page: Page) -> Iterator[Diagnostic]:
    """Problems with the author, the sources and the reviews of one page."""
    # What a page about the guide itself says is no advice.
    if not isinstance(page, PlainPage):
        if page.author is None:
            hint = "Add a line author: and an id from people.yaml."
            yield problem("missing-key", page.place, "a page of advice needs an author", hint)
        if not page.sources and not isinstance(page, Article):
            hint = "Add a list sources: with ids from sources.yaml."
            yield problem("missing-key", page.place, "a page of advice needs sources", hint)
        if not page.reviews:
            yield problem("never-reviewed", page.place, "no clinician has reviewed this page")
    yield from _reviews(guide, page)


def _reviews(guide: Guide, text: Reviewed) -> Iterator[Diagnostic]:
    yield from _standing(guide, text)
    yield from _future(guide, text.updated_on if isinstance(text, Page | Goal) else None, "this was updated")
    for review in text.reviews:
        yield from _future(guide, review.on, "this was reviewed")
        yield from _reviewer(guide, text, review)


def _rows_never_reviewed(rows: Sequence[Goal | SafetyCard], name: str) -> Iterator[Diagnostic]:
    """One note for a table, which may have hundreds of rows."""
    unreviewed = sum(1 for row in rows if not row.reviews)
    if unreviewed:
        place = Place(rows[0].place.path)
        yield problem("never-reviewed", place, f"no clinician has reviewed {unreviewed} of {len(rows)} {name}")


def _disclosure(guide: Guide) -> Iterator[Diagnostic]:
    """Pages that tell readers who is behind the guide, and what becomes of what they type.

    A guide of a few pages is still being begun.
    """
    if sum(len(pages) for pages in (guide.conditions, guide.goals, guide.comparisons, guide.articles)) < FEW:
        return
    for id, tells in _DISCLOSURES.items():
        if id not in guide.pages:
            hint = f"Write content/pages/{id}.md."
            yield problem("missing-disclosure", guide.site.place_of("run_by"), f"no page '{id}' tells {tells}", hint)


def _future(guide: Guide, date: Date | None, what: str) -> Iterator[Diagnostic]:
    if date:
        guide.calendar.turns_on(date.day)
        if date.day > guide.calendar.today:
            yield problem("future-date", date.place, f"{what} on {date.day}, and that day is still to come")


def _reviewer(guide: Guide, text: Reviewed, review: Review) -> Iterator[Diagnostic]:
    """Reviews by those who can't look at a text with other eyes: its author, or no person at all."""
    person = guide.people.get(review.by.id)
    author = text.author if isinstance(text, Page | Goal) else None
    if person and person.kind is not PersonKind.PERSON:
        message = f"'{review.by.id}' is an {person.kind}, which can't read a page"
        yield problem("review-by-organization", review.by.place, message)
    elif author and author.id == review.by.id:
        yield problem("weak-review", review.by.place, f"'{review.by.id}' wrote this text, and reviewed it too")


def _standing(guide: Guide, text: Reviewed) -> Iterator[Diagnostic]:
    """What is to be said of a text that was reviewed."""
    standing = guide.standing(text)
    if standing.state is ReviewState.DUE_SOON:
        yield problem("review-due-soon", text.place_of("reviews"), f"the next review is due by {standing.due}")
    elif standing.state is ReviewState.OVERDUE:
        yield _late(guide, problem("review-overdue", text.place_of("reviews"), f"a review was due by {standing.due}"))
    elif standing.state is ReviewState.EDITED:
        message = f"the text was changed since {standing.by} reviewed it on {standing.on}"
        yield _late(guide, problem("edited-since-review", text.place_of("reviews"), message))


def _late(guide: Guide, found: Diagnostic) -> Diagnostic:
    """The problem, as serious as the site says that it is."""
    severity = {Overdue.NOTE: Severity.NOTE, Overdue.WARNING: Severity.WARNING, Overdue.ERROR: Severity.ERROR}
    return msgspec.structs.replace(found, severity=severity[guide.site.review.overdue])
