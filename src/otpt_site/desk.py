"""The editors' desk: all that waits for an editor or a reviewer, on one page.

It finds out nothing of its own: reviews stand in the guide, grades and balance are measured by the checks, and the
rest is what the checks reported. A rule that the site turned off has nothing on the desk.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from otpt_site.checks.balance import balances
from otpt_site.checks.language import FEWEST_WORDS, HARDEST
from otpt_site.checks.traits import Traits
from otpt_site.diagnostics import Diagnostic, Place, in_order
from otpt_site.guide.common import Page, PageState, changes_on, state_of
from otpt_site.guide.records import Record
from otpt_site.library import Guide, Reviewed, ReviewState
from otpt_site.pages.addresses import Addresses, BaseUrl
from otpt_site.theme import Theme

_TEMPLATE: Final = "desk/desk.html"
_ADVICE: Final = ("therapy", "condition", "comparison", "article", "goal", "safety")
_REVIEWED: Final = (*_ADVICE, "page")
_SHELVES: Final = (*_REVIEWED, "term", "source")


class Entry(msgspec.Struct, frozen=True):
    """A page or row: its kind and id, what it is called, where it is written, and its address if it has one."""

    kind: str
    id: str
    name: str
    path: str
    line: int
    href: str


class Review(msgspec.Struct, frozen=True):
    """A review that is overdue, or due soon."""

    page: Entry
    state: ReviewState
    reviewed_on: datetime.date
    due: datetime.date


class Reviewer(msgspec.Struct, frozen=True):
    """A person, and the reviews that wait for them, the first one due first."""

    id: str
    name: str
    reviews: tuple[Review, ...]


class Edited(msgspec.Struct, frozen=True):
    """A text that was changed since its last review."""

    page: Entry
    reviewer: str
    reviewed_on: datetime.date


class Grade(msgspec.Struct, frozen=True):
    """How hard a page is to read: its Flesch-Kincaid grade, and SMOG. `hard` tells that it is too hard."""

    page: Entry
    grade: float
    smog: float
    hard: bool


class Uncited(msgspec.Struct, frozen=True):
    """A part on what helps that cites nothing; `message` tells which."""

    page: Entry
    message: str


class Words(msgspec.Struct, frozen=True):
    """The words that PT and OT get on a page. `equal` tells that they should get about as many, `fair` that they do."""

    page: Entry
    pt: int
    ot: int
    ratio: float
    equal: bool
    fair: bool


class Timed(msgspec.Struct, frozen=True):
    """A draft, a page that is not in the site yet or any more, or one that will go; `day` is when it comes or goes."""

    page: Entry
    state: PageState
    day: datetime.date | None


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """All that waits, as it is on one day. `errors` counts those in the content, whose pages may be missing here."""

    version: int = 1
    site: str
    language: str
    today: datetime.date
    next_change: datetime.date | None
    errors: int
    reviews: tuple[Reviewer, ...]
    edited: tuple[Edited, ...]
    uncited: tuple[Uncited, ...]
    timed: tuple[Timed, ...]
    orphans: tuple[Entry, ...]
    goals_without_condition: tuple[Entry, ...]
    unused: tuple[Entry, ...]
    balance: tuple[Words, ...]
    grades: tuple[Grade, ...]
    never_reviewed: tuple[Entry, ...]


class DeskView(msgspec.Struct, frozen=True):
    """What the page of the desk shows; `linked` tells whether its names lead to the pages."""

    desk: Desk
    linked: bool


def desk_html(desk: Desk, theme: Theme, *, linked: bool) -> str:
    """The desk as one page that needs no other file. Raises TemplateFailure."""
    # Proves that the page depends on nothing but its view, as those of the site do.
    theme.closure_digest(_TEMPLATE)
    return theme.render(_TEMPLATE, DeskView(desk, linked))


def desk_of(guide: Guide, traits: Sequence[Traits], found: Iterable[Diagnostic], base: BaseUrl) -> Desk:
    """What waits in a guide whose pages have these traits and problems, published at `base`."""
    return _Clerk(guide, traits, in_order(found), base).desk()


class _Clerk:
    """Goes through a guide and puts each thing on its pile."""

    def __init__(self, guide: Guide, traits: Sequence[Traits], found: tuple[Diagnostic, ...], base: BaseUrl) -> None:
        self._guide = guide
        self._traits = traits
        self._found = found
        self._addresses = Addresses(guide, base, {})
        self._by_place = {record.place: (kind, record) for kind in _SHELVES for record in guide.shelf(kind).values()}

    def desk(self) -> Desk:
        guide = self._guide
        reviews = tuple(self._reviews())
        return Desk(
            site=guide.site.title,
            language=guide.site.language,
            today=guide.calendar.today,
            errors=sum(one.severity == "error" for one in self._found),
            reviews=reviews,
            edited=tuple(self._edited()),
            uncited=tuple(self._uncited()),
            timed=tuple(self._timed()),
            orphans=tuple(entry for entry, _ in self._told("orphan")),
            goals_without_condition=tuple(
                self._entry("goal", goal) for goal in guide.goals.values() if not goal.conditions
            ),
            unused=tuple(entry for entry, _ in self._told("unused-row")),
            balance=tuple(self._balance()),
            grades=tuple(self._grades()),
            never_reviewed=tuple(self._entry(kind, text) for kind, text in self._texts(_ADVICE) if not text.reviews),
            next_change=guide.calendar.until,
        )

    def _entry(self, kind: str, record: Record, place: Place | None = None) -> Entry:
        """A record as the desk names it; `place` is a spot in it, where there is one to point at."""
        where = place or record.place
        known = self._addresses.has(kind, record.id)
        href = self._addresses.absolute(self._addresses.url(kind, record.id)) if known else ""
        return Entry(kind, record.id, record.called, where.path, where.line, href)

    def _texts(self, kinds: Iterable[str]) -> Iterator[tuple[str, Reviewed]]:
        """The records of these kinds, all of which can be reviewed."""
        for kind in kinds:
            yield from ((kind, record) for record in self._guide.shelf(kind).values())  # type: ignore[misc]

    def _reviews(self) -> Iterator[Reviewer]:
        waiting: dict[str, list[Review]] = defaultdict(list)
        for kind, text in self._texts(_REVIEWED):
            standing = self._guide.standing(text)
            if standing.state in {ReviewState.OVERDUE, ReviewState.DUE_SOON} and standing.on and standing.due:
                review = Review(self._entry(kind, text), standing.state, standing.on, standing.due)
                waiting[standing.by].append(review)
        for id in sorted(waiting, key=self._name_of):
            yield Reviewer(id, self._name_of(id), tuple(sorted(waiting[id], key=lambda review: review.due)))

    def _name_of(self, person: str) -> str:
        known = self._guide.people.get(person)
        return known.name if known else person

    def _edited(self) -> Iterator[Edited]:
        for kind, text in self._texts(_REVIEWED):
            standing = self._guide.standing(text)
            if standing.state is ReviewState.EDITED and standing.on:
                yield Edited(self._entry(kind, text), self._name_of(standing.by), standing.on)

    def _told(self, rule: str) -> Iterator[tuple[Entry, Diagnostic]]:
        """The problems of one rule, each with the record that it is told of."""
        for one in self._found:
            if one.rule == rule and one.place in self._by_place:
                kind, record = self._by_place[one.place]
                yield self._entry(kind, record), one

    def _uncited(self) -> Iterator[Uncited]:
        """These are told at a spot within a page, and each page is a file."""
        pages = {
            record.place.path: (kind, record) for kind, record in self._texts(("condition", "comparison", "article"))
        }
        for one in self._found:
            if one.rule == "uncited-effect" and one.place.path in pages:
                yield Uncited(self._entry(*pages[one.place.path], one.place), one.message)

    def _timed(self) -> Iterator[Timed]:
        """Those that change first come first, then drafts, then what expired."""
        today = self._guide.calendar.today
        shown = ((kind, page, state_of(page, today)) for kind, page in self._texts(_REVIEWED) if isinstance(page, Page))
        left_out = ((out.kind, out.record, out.state) for out in self._guide.left_out)
        timed = [
            Timed(self._entry(kind, record), state, changes_on(record, state) if isinstance(record, Page) else None)
            for kind, record, state in (*left_out, *shown)
        ]
        waiting = (one for one in timed if one.state is not PageState.PUBLISHED or one.day)
        yield from sorted(waiting, key=lambda one: (one.state is PageState.EXPIRED, one.day is None, one.day or today))

    def _balance(self) -> Iterator[Words]:
        """Those out of balance come first, the worst of them before the others."""
        measured = [
            Words(self._entry(one.kind, one.record), one.pt, one.ot, round(one.ratio, 2), one.equal, one.fair)
            for one in balances(self._guide, self._traits)
        ]
        yield from sorted(measured, key=lambda one: (one.fair, not one.equal, -_distance(one.ratio)))

    def _grades(self) -> Iterator[Grade]:
        if not self._guide.site.language.startswith("en"):
            return  # the formulas are made for English
        for one in sorted(self._traits, key=lambda one: -one.readability.grade):
            read = one.readability
            if read.words >= FEWEST_WORDS:
                entry = self._entry(one.kind, self._guide.shelf(one.kind)[one.id])
                yield Grade(entry, round(read.grade, 1), round(read.smog, 1), read.grade > HARDEST)


def _distance(ratio: float) -> float:
    """How far a ratio is from one to one: twice as many is as far as half as many."""
    return max(ratio, 1 / max(ratio, 0.01))
