"""Documents to the guide: every id unique, every reference resolved, and today's date applied.

What leaves here is whole: later stages may look up any id they meet. When something is wrong, the
problem is reported and the guide still holds all that could be read, so that one run finds everything.
"""

import calendar
import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from babel import Locale, UnknownLocaleError

from otpt_site.diagnostics import Diagnostic, Place, Report, problem
from otpt_site.documents import Document
from otpt_site.guide import LINKABLE, PAGE_KINDS, TABLES, TableHead
from otpt_site.guide.articles import Article, PlainPage
from otpt_site.guide.common import Page, PageState, Review, state_of
from otpt_site.guide.comparisons import Comparison
from otpt_site.guide.conditions import Condition
from otpt_site.guide.goals import Area, Goal
from otpt_site.guide.reading import Named, StructType, body_passage, read_record, read_struct, suggestion
from otpt_site.guide.records import ID, Passage, Record, Reference, kind_in_words
from otpt_site.guide.references import Person, Source, Term
from otpt_site.guide.safety import SafetyCard
from otpt_site.guide.site import Site
from otpt_site.guide.therapies import TherapyPage
from otpt_site.marked_yaml import Mapping as YamlMapping
from otpt_site.marked_yaml import Node, Scalar
from otpt_site.marked_yaml import Sequence as YamlSequence
from otpt_site.markup import CardHole, CitationHole, ImageHole, Prose, ReferenceHole, TermHole
from otpt_site.sources import MEDIA_FOLDER, SourceFile

SITE_FILE: Final = "site.yaml"
GOALS_FOLDER: Final = "goals"
Lists = tuple[tuple[str, str, type[Record]], ...]
"""The lists of a table: key, kind of the rows, their type."""

# The lists of a further file of goals.
_GOALS_ALONE: Final = tuple(one for one in TABLES["goals.yaml"] if one[0] == "goals")
DUE_SOON: Final = datetime.timedelta(days=60)


class ReviewState(StrEnum):
    """Where a text stands in its review life cycle, on the day of the build."""

    NEVER = "never"
    CURRENT = "current"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"


class ReviewStanding(msgspec.Struct, frozen=True):
    """The last review of a text, if any, and when the next is due."""

    state: ReviewState
    by: str = ""
    on: datetime.date | None = None
    due: datetime.date | None = None


class _NoHead(msgspec.Struct, frozen=True):
    """A further file of goals holds goals alone: what stands above them in goals.yaml is said there for all."""


class LeftOut(msgspec.Struct, frozen=True):
    """A page that is not in the site today, and why."""

    kind: str
    id: str
    state: PageState
    place: Place


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
    media: dict[str, SourceFile]
    heads: dict[str, TableHead]
    left_out: tuple[LeftOut, ...]
    # Kind and id of all that some page or row names: those left out and those with mistakes in them too.
    named: frozenset[tuple[str, str]]
    today: datetime.date

    def standing(self, reviews: tuple[Review, ...]) -> ReviewStanding:
        """Where a text with these `reviews` stands today."""
        if not reviews:
            return ReviewStanding(ReviewState.NEVER)
        last = max(reviews, key=lambda review: review.on.day)
        due = _months_later(last.on.day, self.site.review.due_after_months)
        state = ReviewState.CURRENT
        if due <= self.today:
            state = ReviewState.OVERDUE
        elif due - self.today <= DUE_SOON:
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


class _Part(msgspec.Struct, frozen=True):
    """What a page or a row names, whether or not it could be read whole."""

    kind: str
    id: str
    named: tuple[Named, ...]


class _Shelf:
    """All records that could be read, and what is known of those that could not.

    A page with a mistake in it must not be called missing as well, and what it names is still looked up.
    """

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Any]] = {kind: {} for kind, _ in PAGE_KINDS.values()}
        self.records |= {kind: {} for lists in TABLES.values() for _, kind, _ in lists}
        self.known: dict[str, dict[str, Place]] = {kind: {} for kind in self.records}
        # None for a page whose text could not be found in its file.
        self.bodies: dict[tuple[str, str], Passage | None] = {}
        self.parts: list[_Part] = []
        # Kinds whose table could not be read: no id of theirs can be called missing.
        self.unread: set[str] = set()

    def claim(self, kind: str, id: str, place: Place, report: Report) -> bool:
        first = self.known[kind].setdefault(id, place)
        if first is not place:
            where = f"on line {first.line}" if first.path == place.path else f"in {first.path}"
            report(problem("duplicate-id", place, f"the {kind_in_words(kind)} '{id}' is {where} already"))
        return first is place


def read_site(documents: Iterable[Document], shown_root: str, report: Report) -> Site | None:
    """The settings of the site among `documents`; None when there are none that can be used."""
    for document in documents:
        if document.path == SITE_FILE:
            site = _site(document, [], report)
            if site:
                _check_settings(site, report)
            return site
    place = Place(f"{shown_root}/{SITE_FILE}")
    hint = "Add it: it names the site and the numbers to call."
    report(problem("content-missing", place, f"there is no {SITE_FILE}", hint))
    return None


def _site(document: Document, named: list[Named], report: Report) -> Site | None:
    return read_record(document.fields, Site, "site", document.place, named, report) if document.fields else None


def _unheard(_: Diagnostic) -> None:
    """Where problems go that are told elsewhere."""


def _check_settings(site: Site, report: Report) -> None:
    try:
        ZoneInfo(site.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        report(problem("unknown-timezone", site.place_of("timezone"), f"there is no time zone '{site.timezone}'"))
    try:
        Locale.parse(site.language, sep="-")
    except (UnknownLocaleError, ValueError):
        report(problem("unknown-language", site.place_of("language"), f"there is no language '{site.language}'"))


def build_guide(
    documents: Iterable[Document],
    media: Iterable[SourceFile],
    site: Site | None,
    today: datetime.date,
    drafts: bool,
    report: Report,
) -> Guide | None:
    """The guide made of `documents`, the pictures `media` and the settings `site`, as it is on the day `today`.

    Pages that are not published today are left out; `drafts` brings drafts and scheduled pages in.
    None when there are no settings to build with.
    """
    shelf = _Shelf()
    heads = _read_all(documents, shelf, report)
    pictures = {file.path: file for file in media}
    left_out = tuple(_left_out(shelf, today, drafts, report))
    resolver = _Resolver(shelf, {(out.kind, out.id): out.state for out in left_out}, pictures, report)
    resolver.check()
    if site is None:
        return None
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
        comparisons=shown["comparison"],
        articles=shown["article"],
        pages=shown["page"],
        safety=shown["safety"],
        terms=shown["term"],
        sources=shown["source"],
        people=shown["person"],
        media=pictures,
        heads=heads,
        left_out=left_out,
        named=frozenset(resolver.named),
        today=today,
    )


def _read_all(documents: Iterable[Document], shelf: _Shelf, report: Report) -> dict[str, TableHead]:
    """Puts all pages and rows on the shelf; the heads of the tables."""
    heads = {name: TableHead() for name in TABLES}
    for document in documents:
        if document.path in TABLES:
            heads[document.path] = _read_table(document, TABLES[document.path], TableHead, shelf, report)
        elif is_further_goals(document.path):
            _read_table(document, _GOALS_ALONE, _NoHead, shelf, report)
        elif document.path != SITE_FILE:
            _read_page(document, shelf, report)
        else:
            named: list[Named] = []
            _site(document, named, _unheard)  # `read_site` tells what is wrong with it
            shelf.parts.append(_Part("site", "site", tuple(named)))
    return heads


def is_content(path: str) -> bool:
    """Whether a file of content/ with this path is a document that the library reads."""
    folder, _, name = path.partition("/")
    is_page = folder in PAGE_KINDS and "/" not in name and name.endswith(".md")
    return is_page or path == SITE_FILE or path in TABLES or is_further_goals(path)


def is_further_goals(path: str) -> bool:
    """Whether this file of content/ adds goals to those of goals.yaml, such as `goals/moving.yaml`."""
    folder, _, name = path.partition("/")
    return folder == GOALS_FOLDER and "/" not in name and name.endswith(".yaml")


def is_media(path: str) -> bool:
    """Whether a file of content/ with this path is a picture or another file to publish."""
    return path.startswith(MEDIA_FOLDER)


def _read_page(document: Document, shelf: _Shelf, report: Report) -> None:
    path = PurePosixPath(document.path)
    kind, type_ = PAGE_KINDS[path.parts[0]]
    if not ID.fullmatch(path.stem):
        report(problem("bad-file-name", document.place, f"'{path.stem}' can't be the id of a {kind}"))
    shelf.claim(kind, path.stem, document.place, report)
    # The body is read even when the keys are wrong: all problems in one run.
    body = body_passage(document.body or "", document.shown_path, document.body_line, report)
    named: list[Named] = [body]
    shelf.bodies[kind, path.stem] = None if document.body is None else body
    if document.fields:
        _no_id(document.fields, report)
        record = read_record(
            document.fields, type_, path.stem, document.place, named, report, ignored=frozenset({"id"}), body=body
        )
        if record and ID.fullmatch(path.stem):
            shelf.records[kind][path.stem] = record
    shelf.parts.append(_Part(kind, path.stem, tuple(named)))


def _no_id(fields: YamlMapping, report: Report) -> None:
    for entry in fields.entries:
        if entry.key == "id":
            report(problem("unknown-key", entry.place, "the id of a page is its file name", "Take this line out."))


def _read_table(
    document: Document, lists: Lists, head_type: type[StructType], shelf: _Shelf, report: Report
) -> StructType:
    """Puts the rows of the `lists` of a table on the shelf; what stands above them."""
    if document.fields is None:
        shelf.unread.update(kind for _, kind, _ in lists)
        return head_type()
    for key, kind, type_ in lists:
        for row in _rows(document, key, kind, shelf, report):
            _read_row(row, kind, type_, shelf, report)
    names = {key for key, _, _ in lists}
    rest = [entry for entry in document.fields.entries if entry.key not in names]
    named: list[Named] = []
    head = read_struct(YamlMapping(tuple(rest), document.fields.place), head_type, named, report)
    shelf.parts.append(_Part("table", document.path, tuple(named)))
    return head


def _rows(document: Document, key: str, kind: str, shelf: _Shelf, report: Report) -> Sequence[Node]:
    """The rows of one list of a table; none when it is missing or is no list."""
    rows = document.fields.get(key) if document.fields else None
    if isinstance(rows, YamlSequence):
        return rows.items
    if isinstance(rows, Scalar) and not rows.text:
        return ()  # an empty list has no rows, and nothing is wrong with that
    shelf.unread.add(kind)
    if rows is None:
        message, hint = f"the list '{key}' is missing", f"Add a line {key}: and the rows below it."
        report(problem("missing-key", Place(document.shown_path, 1, 1), message, hint))
    else:
        hint = "Begin each row with a dash and its id."
        report(problem("wrong-type", rows.place, f"'{key}' is a list of rows", hint))
    return ()


def _read_row(row: Node, kind: str, type_: type[Record], shelf: _Shelf, report: Report) -> None:
    if not isinstance(row, YamlMapping):
        hint = "Write a dash, then id: and the other keys below it."
        report(problem("wrong-type", row.place, f"each {kind_in_words(kind)} is a row of keys", hint))
        return
    id = row.get("id")
    name = id.text if isinstance(id, Scalar) else ""
    first = True
    if id is None:
        report(problem("missing-key", row.place, f"this {kind_in_words(kind)} has no id", "Add a line id: …"))
    elif not ID.fullmatch(name):
        written = f"'{name}'" if name else "this"
        report(problem("bad-id", id.place, f"{written} can't be the id of a {kind_in_words(kind)}"))
    else:
        first = shelf.claim(kind, name, id.place, report)
    named: list[Named] = []
    place = id.place if id else row.place
    record = read_record(row, type_, name, place, named, report, ignored=frozenset({"id"}))
    shelf.parts.append(_Part(kind, name, tuple(named)))
    if record and first and ID.fullmatch(name):
        shelf.records[kind][name] = record


def _left_out(shelf: _Shelf, today: datetime.date, drafts: bool, report: Report) -> Iterator[LeftOut]:
    for kind, _ in PAGE_KINDS.values():
        for page in shelf.records[kind].values():
            _check_dates(page, report)
            state = state_of(page, today)
            shown_as_draft = drafts and state in {PageState.DRAFT, PageState.SCHEDULED}
            if state is not PageState.PUBLISHED and not shown_as_draft:
                yield LeftOut(kind, page.id, state, page.place)


def _check_dates(page: Page, report: Report) -> None:
    if page.publish_on and page.expires_on and page.expires_on.day <= page.publish_on.day:
        message = f"this page would expire before it is published, on {page.publish_on.day}"
        report(problem("contradiction", page.expires_on.place, message, "Write a later day."))


class _Mention(msgspec.Struct, frozen=True):
    """One place in the content that names something else."""

    kind: str
    id: str
    fragment: str
    place: Place


class _Resolver:
    """Checks that everything named exists and is shown; `named` is all that was named."""

    def __init__(
        self, shelf: _Shelf, hidden: dict[tuple[str, str], PageState], pictures: dict[str, SourceFile], report: Report
    ) -> None:
        self._shelf = shelf
        self._hidden = hidden
        self._pictures = pictures
        self._by_folded_path = {path.casefold(): path for path in pictures}
        self._report = report
        self.named: set[tuple[str, str]] = set()

    def check(self) -> None:
        for part in self._shelf.parts:
            # What a page that is not shown refers to can wait until it is shown; but it must exist.
            left_out = (part.kind, part.id) in self._hidden
            for value in part.named:
                if isinstance(value, Reference):
                    self._check(_Mention(value.kind, value.id, "", value.place), left_out)
                else:
                    self._check_passage(value, part, left_out)

    def _check_passage(self, passage: Passage, part: _Part, left_out: bool) -> None:
        for hole in passage.prose.segments:
            if isinstance(hole, ImageHole):
                self._check_picture(hole, passage)
            elif isinstance(hole, ReferenceHole) and hole.kind == "self":
                self._check_anchor((part.kind, part.id), hole.fragment, passage.place(hole.spot))
            else:
                for mention in _mentions(hole, passage):
                    self._check(mention, left_out)

    def _check(self, mention: _Mention, left_out: bool) -> None:
        kind, id, place = mention.kind, mention.id, mention.place
        self.named.add((kind, id))
        if kind not in self._shelf.known:
            message = f"there is no kind of content called '{kind}'"
            self._report(problem("unknown-kind", place, message, suggestion(kind, LINKABLE)))
        elif id not in self._shelf.known[kind]:
            if kind not in self._shelf.unread:
                hint = suggestion(id, self._shelf.known[kind]) or self._elsewhere(id)
                self._report(problem("unknown-reference", place, f"there is no {kind_in_words(kind)} '{id}'", hint))
        elif (kind, id) in self._hidden and not left_out:
            state = self._hidden[kind, id].in_words
            self._report(problem("hidden-reference", place, f"the {kind} '{id}' is not in the site: it is {state}"))
        elif mention.fragment:
            self._check_anchor((kind, id), mention.fragment, place)

    def _elsewhere(self, id: str) -> str:
        kinds = [kind for kind in LINKABLE if id in self._shelf.known[kind]]
        return f"There is a {kinds[0]} of that id: {kinds[0]}:{id}" if kinds else ""

    def _check_anchor(self, target: tuple[str, str], fragment: str, place: Place) -> None:
        body = self._shelf.bodies.get(target, Passage(Prose(), "", 1))
        anchors = [heading.id for heading in body.prose.headings] if body else []
        if body is None or fragment in anchors:
            return
        headings = f"Its headings are: {', '.join(anchors)}." if anchors else "It has no headings."
        hint = suggestion(fragment, anchors) or headings
        message = f"there is no heading '{fragment}' on the {target[0]} '{target[1]}'"
        self._report(problem("missing-anchor", place, message, hint))

    def _check_picture(self, hole: ImageHole, passage: Passage) -> None:
        if hole.path in self._pictures:
            return
        other_case = self._by_folded_path.get(hole.path.casefold())
        hint = suggestion(hole.path, self._pictures)
        if other_case:
            hint = f"There is {other_case}: small and capital letters differ."
        message = f"there is no picture content/{hole.path}"
        self._report(problem("missing-image", passage.place(hole.spot), message, hint))


def _mentions(hole: object, passage: Passage) -> Iterator[_Mention]:
    if isinstance(hole, ReferenceHole):
        yield _Mention(hole.kind, hole.id, hole.fragment, passage.place(hole.spot))
    elif isinstance(hole, TermHole):
        yield _Mention("term", hole.id, "", passage.place(hole.spot))
    elif isinstance(hole, CardHole):
        yield _Mention("safety", hole.id, "", passage.place(hole.spot))
    elif isinstance(hole, CitationHole):
        for id, spot in zip(hole.ids, hole.spots, strict=True):
            yield _Mention("source", id, "", passage.place(spot))
