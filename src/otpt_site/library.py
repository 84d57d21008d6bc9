"""The parts of all files to the guide: every id unique, every reference resolved, and today's date applied.

What leaves here is whole: later stages may look up any id they meet. When something is wrong, the
problem is reported and the guide still holds all that could be read, so that one run finds everything.
"""

import calendar
import datetime
import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from babel import Locale, UnknownLocaleError

from otpt_site.diagnostics import Diagnostic, Place, Report, problem
from otpt_site.guide import PAGE_KINDS, TableHead
from otpt_site.guide.articles import Article, PlainPage
from otpt_site.guide.common import Page, PageState, state_of
from otpt_site.guide.comparisons import Comparison
from otpt_site.guide.conditions import Condition
from otpt_site.guide.goals import Area, Goal
from otpt_site.guide.records import Record
from otpt_site.guide.references import Person, Source, Term
from otpt_site.guide.safety import SafetyCard
from otpt_site.guide.site import Site
from otpt_site.guide.therapies import TherapyPage
from otpt_site.guide.words import AvoidedWord, PlainName, ShortForm, Spelling
from otpt_site.parts import SITE_FILE, FileParts
from otpt_site.resolving import Resolver, Shelf
from otpt_site.rules import RULES
from otpt_site.sources import MEDIA_FOLDER, SourceFile
from otpt_site.texts import Texts

DUE_SOON: Final = datetime.timedelta(days=60)
Listed = TypeVar("Listed", Article, Comparison)


class Calendar:
    """Today, and the days on which the guide becomes another one.

    Whoever compares today with a day notes that day: between two days noted, every day gives the same guide.
    """

    def __init__(self, today: datetime.date) -> None:
        self.today = today
        self._turns: set[datetime.date] = set()

    def turns_on(self, day: datetime.date) -> None:
        """Note that the guide is another one from this day on."""
        self._turns.add(day)

    def read(self) -> datetime.date:
        """Today, for a page that shows it: it is another page tomorrow."""
        self.turns_on(self.today)
        if self.today < datetime.date.max:
            self.turns_on(self.today + datetime.timedelta(days=1))
        return self.today

    @property
    def since(self) -> datetime.date | None:
        """The first day on which the guide was as it is today; None when it was ever so."""
        return max((day for day in self._turns if day <= self.today), default=None)

    @property
    def until(self) -> datetime.date | None:
        """The first day on which the guide will be another one; None when it stays so."""
        return min((day for day in self._turns if day > self.today), default=None)


class ReviewState(StrEnum):
    """Where a text stands in its review life cycle, on the day of the build.

    One that was edited since its review is due at once, whatever day was set.
    """

    NEVER = "never"
    CURRENT = "current"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"
    EDITED = "edited"


Reviewed = Page | Goal | SafetyCard
"""What a clinician reviews."""


class ReviewStanding(msgspec.Struct, frozen=True):
    """The last review of a text, if any, and when the next is due."""

    state: ReviewState
    by: str = ""
    on: datetime.date | None = None
    due: datetime.date | None = None


class LeftOut(msgspec.Struct, frozen=True):
    """A page, or a row that has one, which is not in the site today, and why."""

    kind: str
    record: Record
    state: PageState

    @property
    def id(self) -> str:
        """The page's id."""
        return self.record.id


class Guide(msgspec.Struct, frozen=True, kw_only=True):
    """The whole typed content of one language, as it is on one day. Mappings keep the order of the content."""

    site: Site
    therapies: dict[str, TherapyPage]
    areas: dict[str, Area]
    goals: dict[str, Goal]
    conditions: dict[str, Condition]
    comparisons: dict[str, Comparison]
    articles: dict[str, Article]
    pages: dict[str, PlainPage]
    safety: dict[str, SafetyCard]
    terms: dict[str, Term]
    sources: dict[str, Source]
    people: dict[str, Person]
    names: dict[str, PlainName]
    short_forms: dict[str, ShortForm]
    avoided: dict[str, AvoidedWord]
    spellings: dict[str, Spelling]
    media: dict[str, SourceFile]
    heads: dict[str, TableHead]
    left_out: tuple[LeftOut, ...]
    # What some page or row names, such as `source:legg`: those left out and those with mistakes in them do too.
    named: frozenset[str]
    # How many places lead to a page, a heading, a row or a picture of the guide.
    links: int
    texts: Texts
    calendar: Calendar

    @property
    def today(self) -> datetime.date:
        """The day of the build. To compare it with another day, note that day in the `calendar` first."""
        return self.calendar.read()

    def standing(self, text: Reviewed) -> ReviewStanding:
        """Where a text stands today."""
        if not text.reviews:
            return ReviewStanding(ReviewState.NEVER)
        # Of two on the same day, one counts that was of the text as it is.
        last = max(text.reviews, key=lambda review: (review.on.day, review.covers(text.text_digest)))
        due = _months_later(last.on.day, self.site.review.due_after_months)
        if not last.covers(text.text_digest):
            return ReviewStanding(ReviewState.EDITED, last.by.id, last.on.day, due)
        today = self.calendar.today
        self.calendar.turns_on(due)
        self.calendar.turns_on(due - DUE_SOON)
        state = ReviewState.CURRENT
        if due <= today:
            state = ReviewState.OVERDUE
        elif due - today <= DUE_SOON:
            state = ReviewState.DUE_SOON
        return ReviewStanding(state, last.by.id, last.on.day, due)

    def shelf(self, kind: str) -> Mapping[str, Record]:
        """The records of one kind, by id."""
        shelves: dict[str, Mapping[str, Record]] = {
            "therapy": self.therapies, "area": self.areas, "goal": self.goals, "condition": self.conditions,
            "comparison": self.comparisons, "article": self.articles, "page": self.pages, "safety": self.safety,
            "term": self.terms, "source": self.sources, "person": self.people,
        }  # fmt: skip
        return shelves[kind]

    def goal_updated(self, goal: Goal) -> datetime.date:
        """The day a goal last changed: its own date, or that of the table."""
        date = goal.updated_on or self.heads["goals.yaml"].updated_on
        return date.day if date else self.today


def _months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or that month's last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def site_of(files: Iterable[FileParts], shown_root: str, report: Report) -> Site | None:
    """The settings of the site among the `files`; None when there are none that can be used."""
    for file in files:
        if file.path == SITE_FILE:
            site = next((part.record for part in file.parts), None)
            if isinstance(site, Site):
                _check_settings(site, report)
                return site
            return None
    place = Place(f"{shown_root}/{SITE_FILE}")
    hint = "Add it: it names the site and the numbers to call."
    report(problem("content-missing", place, f"there is no {SITE_FILE}", hint))
    return None


def _check_settings(site: Site, report: Report) -> None:
    try:
        ZoneInfo(site.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        report(problem("unknown-timezone", site.place_of("timezone"), f"there is no time zone '{site.timezone}'"))
    try:
        Locale.parse(site.language, sep="-")
    except (UnknownLocaleError, ValueError):
        report(problem("unknown-language", site.place_of("language"), f"there is no language '{site.language}'"))
    named: dict[str, Place] = {}
    for setting in site.rules:
        first = named.setdefault(setting.rule.id, setting.rule.place)
        if first is not setting.rule.place:
            message = f"the rule '{setting.rule.id}' is set on line {first.line} already"
            report(problem("duplicate-id", setting.rule.place, message, "Take one of the two rows out."))
        elif fixed := RULES[setting.rule.id].keeps_from(setting.severity):
            message = f"'{setting.rule.id}' can't be set to {setting.severity}: {fixed}"
            report(problem("fixed-severity", setting.rule.place, message))


def build_guide(
    files: Iterable[FileParts],
    media: Iterable[SourceFile],
    site: Site | None,
    calendar: Calendar,
    drafts: bool,
    report: Report,
) -> Guide | None:
    """The guide made of the parts of `files`, the pictures `media` and the settings `site`, as it is today.

    Pages that are not published today are left out; `drafts` brings drafts and scheduled pages in.
    None when there are no settings to build with. What is wrong within a file is told too.
    """
    shelf = _shelf_of(files, report)
    pictures = {file.path: file for file in media}
    left_out = tuple(_left_out(shelf, calendar, drafts, report))
    resolver = Resolver(shelf, {(out.kind, out.id): out.state for out in left_out}, pictures, report)
    resolver.check()
    if site is None:
        return None
    return _assembled(shelf, pictures, site, calendar, left_out, frozenset(resolver.named), resolver.links)


def slice_of_guide(files: Iterable[FileParts], media: Iterable[SourceFile], calendar: Calendar, drafts: bool) -> Guide:
    """A guide of some of the parts of one that is known to be whole, to look at no more than what these show.

    The settings are among them. What the parts name is not looked up: it may be missing here.
    """

    def passed_over(_: Diagnostic) -> None:
        """What is wrong with parts of a whole guide was told when that was built."""

    shelf = _shelf_of(files, passed_over)
    left_out = tuple(_left_out(shelf, calendar, drafts, passed_over))
    site = next(part.record for part in shelf.parts if isinstance(part.record, Site))
    return _assembled(shelf, {file.path: file for file in media}, site, calendar, left_out, frozenset(), 0)


def _shelf_of(files: Iterable[FileParts], report: Report) -> Shelf:
    shelf = Shelf()
    for file in files:
        _put_on(shelf, file, report)
    return shelf


def _assembled(
    shelf: Shelf,
    pictures: dict[str, SourceFile],
    site: Site,
    calendar: Calendar,
    left_out: tuple[LeftOut, ...],
    named: frozenset[str],
    links: int,
) -> Guide:
    """The guide of what is on the shelf, but for what is left out."""
    hidden = {(out.kind, out.id) for out in left_out}
    shown = {
        kind: {id: record for id, record in records.items() if (kind, id) not in hidden}
        for kind, records in shelf.records.items()
    }
    return Guide(
        site=site,
        therapies=shown["therapy"],
        areas=shown["area"],
        goals=shown["goal"],
        conditions=shown["condition"],
        comparisons=_by_position(shown["comparison"]),
        articles=_by_position(shown["article"]),
        pages=shown["page"],
        safety=shown["safety"],
        terms=shown["term"],
        sources=shown["source"],
        people=shown["person"],
        names=shown["name"],
        short_forms=shown["short-form"],
        avoided=shown["avoided-word"],
        spellings=shown["spelling"],
        media=pictures,
        heads=shelf.heads,
        left_out=left_out,
        named=named,
        links=links,
        texts=Texts(shelf.parts, shelf.heads.values(), {f"{kind}:{id}" for kind, id in hidden}),
        calendar=calendar,
    )


def _by_position(records: dict[str, Listed]) -> dict[str, Listed]:
    """The pages in the order of their lists: those with a position by that, then all others by their files' names."""
    last = sys.maxsize
    positions = {id: last if record.position is None else record.position for id, record in records.items()}
    return dict(sorted(records.items(), key=lambda item: positions[item[0]]))


def _put_on(shelf: Shelf, file: FileParts, report: Report) -> None:
    """Puts the parts of a file on the shelf."""
    for diagnostic in file.diagnostics:
        report(diagnostic)
    shelf.unread.update(file.unread)
    if file.head:
        shelf.heads[file.path] = file.head
    for part in file.parts:
        shelf.parts.append(part)
        first = part.claims and shelf.claim(part.kind, part.id, part.place, report)
        if first:
            shelf.headings[part.kind, part.id] = part.headings
        if first and part.record:
            shelf.records[part.kind][part.id] = part.record


def is_media(path: str) -> bool:
    """Whether a file of content/ with this path is a picture or another file to publish."""
    return path.startswith(MEDIA_FOLDER)


def _left_out(shelf: Shelf, calendar: Calendar, drafts: bool, report: Report) -> Iterator[LeftOut]:
    for kind, _ in PAGE_KINDS.values():
        for page in shelf.records[kind].values():
            _check_dates(page, report)
            for date in (page.publish_on, page.expires_on):
                # A draft stays one, whatever the day.
                if date and not page.draft:
                    calendar.turns_on(date.day)
            state = state_of(page, calendar.today)
            shown_as_draft = drafts and state in {PageState.DRAFT, PageState.SCHEDULED}
            if state is not PageState.PUBLISHED and not shown_as_draft:
                yield LeftOut(kind, page, state)
    for kind in ("goal", "person"):
        for row in shelf.records[kind].values():
            if row.draft and not drafts:
                yield LeftOut(kind, row, PageState.DRAFT)


def _check_dates(page: Page, report: Report) -> None:
    if page.publish_on and page.expires_on and page.expires_on.day <= page.publish_on.day:
        message = f"this page would expire before it is published, on {page.publish_on.day}"
        report(problem("contradiction", page.expires_on.place, message, "Write a later day."))
