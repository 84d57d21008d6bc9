"""What machines read: site map, feed, robots, open data; and the redirects from old addresses."""

import csv
import datetime
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Final

import msgspec

from otpt_site.diagnostics import Place
from otpt_site.guide.common import Joins
from otpt_site.guide.common import Page as ContentPage
from otpt_site.guide.conditions import Condition
from otpt_site.guide.goals import Goal
from otpt_site.guide.records import Address
from otpt_site.pages.addresses import FIXED
from otpt_site.pages.frame import Press
from otpt_site.pages.plan import Page, PlannedFile
from otpt_site.pages.typesetting import words
from otpt_site.pages.views import Link, View

# Raised when a column or key changes its meaning or goes, so that whoever reads the data can tell.
DATA_VERSION = 1
FEED_LENGTH = 50
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
# https://www.w3.org/TR/xml/#charsets
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Located(View, frozen=True):
    """A page in the site map."""

    address: str
    updated_on: datetime.date | None


class News(View, frozen=True):
    """A page in the feed."""

    address: str
    title: str
    summary: str
    updated_on: datetime.date


class MapView(View, frozen=True):
    """The site map."""

    pages: tuple[Located, ...]


class FeedView(View, frozen=True):
    """The pages that changed last."""

    language: str
    title: str
    subtitle: str
    address: str
    self_address: str
    author: str
    updated_on: datetime.date
    pages: tuple[News, ...]


class RobotsView(View, frozen=True):
    """What robots may do."""

    noindex: bool
    site_map: str


class HeadersView(View, frozen=True):
    """The headers for hosts that read them from a file."""

    prefix: str


class RedirectView(View, frozen=True):
    """An old address and the new one."""

    language: str
    target: Link
    canonical: str
    script: str


def machine_pages(press: Press, pages: Iterable[Page], noindex: bool) -> Iterator[Page]:
    """The site map, the feed, robots.txt and the headers for these pages."""
    origin = Place("content/site.yaml")
    base = press.addresses.base
    shown = tuple(page for page in pages if page.make_frame and page.url != FIXED["404"])
    yield Page(FIXED["sitemap"], "machines/sitemap.xml", partial(_map, press, shown), origin)
    site_map = press.addresses.absolute(FIXED["sitemap"]) if base.origin else ""
    yield Page(FIXED["robots"], "machines/robots.txt", partial(RobotsView, noindex, site_map), origin)
    yield Page(FIXED["feed"], "machines/feed.xml", partial(_feed, press, shown), origin)
    yield Page(FIXED["headers"], "machines/headers.txt", partial(HeadersView, base.prefix), origin)


def _map(press: Press, pages: Iterable[Page]) -> MapView:
    ordered = sorted(pages, key=lambda page: page.url)
    return MapView(tuple(Located(press.addresses.absolute(page.url), page.updated_on) for page in ordered))


def _feed(press: Press, pages: Iterable[Page]) -> FeedView:
    """The pages that have a date, the newest first."""
    dated = [(page.updated_on, page) for page in pages if page.updated_on]
    newest = sorted(dated, key=lambda one: (-one[0].toordinal(), press.addresses.absolute(one[1].url)))[:FEED_LENGTH]
    site = press.guide.site
    run_by = press.person(site.run_by)
    return FeedView(
        language=site.language,
        title=_in_xml(site.title),
        subtitle=_in_xml(site.tagline),
        address=press.addresses.absolute("/"),
        self_address=press.addresses.absolute(FIXED["feed"]),
        author=_in_xml(run_by.label if run_by else site.title),
        updated_on=newest[0][0] if newest else press.guide.today,
        pages=tuple(_news(press, page, updated_on) for updated_on, page in newest),
    )


def _news(press: Press, page: Page, updated_on: datetime.date) -> News:
    frame = page.frame
    title, summary = (frame.title, frame.description) if frame else ("", "")
    return News(press.addresses.absolute(page.url), _in_xml(title), _in_xml(summary), updated_on)


def _in_xml(text: str) -> str:
    """The text without signs that XML can't hold in any spelling."""
    return _NOT_IN_XML.sub("", text)


def redirect_pages(press: Press, script: str) -> Iterator[Page]:
    """A page at each old address that leads to the new one. `script` is the link to the one that keeps the fragment."""
    for kind, id, title, alias in _aliases(press):
        target = Link(press.addresses.link(kind, id), title)
        known_origin = bool(press.addresses.base.origin)
        canonical = press.addresses.absolute(press.addresses.url(kind, id)) if known_origin else ""
        make = partial(RedirectView, press.guide.site.language, target, canonical, script)
        yield Page(alias.path, "machines/redirect.html", make, alias.place)


def _aliases(press: Press) -> Iterator[tuple[str, str, str, Address]]:
    for kind in ("therapy", "condition", "comparison", "article", "page", "goal"):
        for record in press.guide.shelf(kind).values():
            if isinstance(record, ContentPage | Goal):
                for alias in record.aliases:
                    yield kind, record.id, record.called, alias


class GoalRow(View, frozen=True):
    """A goal in the open data. The fields are the columns."""

    version: int
    id: str
    goal: str
    area: str
    lead: str
    joins: str | None
    order: tuple[str, ...]
    why: str
    conditions: tuple[str, ...]
    url: str


class ConditionRow(View, frozen=True):
    """A condition in the open data. The fields are the columns."""

    version: int
    id: str
    name: str
    also_called: tuple[str, ...]
    lead: str
    joins: str | None
    order: tuple[str, ...]
    why: str
    url: str


def data_files(press: Press) -> Iterator[PlannedFile]:
    """The tables as open data, in JSON and CSV."""
    for name, columns, rows, origin in (
        ("goals", GoalRow, _goals, Place("content/goals.yaml")),
        ("conditions", ConditionRow, _conditions, Place("content/conditions")),
    ):
        rows_once = cache(partial(rows, press))
        yield PlannedFile(FIXED[f"{name}-json"], partial(_json, press.guide.site.language, name, rows_once), origin)
        yield PlannedFile(FIXED[f"{name}-csv"], partial(_csv, columns.__struct_fields__, rows_once), origin)


def _json(language: str, name: str, rows: Callable[[], Sequence[View]]) -> bytes:
    document = {"version": DATA_VERSION, "language": language, name: rows()}
    try:
        data = msgspec.json.encode(document)
    except UnicodeEncodeError:  # a sign that no file can hold
        data = json.dumps(msgspec.to_builtins(document), ensure_ascii=False).encode(errors="replace")
    return msgspec.json.format(data, indent=1) + b"\n"


def _goals(press: Press) -> Sequence[View]:
    return [_goal(press, goal) for goal in press.guide.goals.values()]


def _conditions(press: Press) -> Sequence[View]:
    return [_condition(press, condition) for condition in press.guide.conditions.values()]


def _goal(press: Press, goal: Goal) -> GoalRow:
    return GoalRow(
        version=DATA_VERSION,
        id=goal.id,
        goal=goal.goal,
        area=goal.area.id,
        lead=goal.lead,
        joins=_joins(goal),
        order=goal.order,
        why=words(goal.why),
        conditions=tuple(reference.id for reference in goal.conditions),
        url=press.addresses.absolute(press.addresses.url("goal", goal.id)),
    )


def _condition(press: Press, condition: Condition) -> ConditionRow:
    return ConditionRow(
        version=DATA_VERSION,
        id=condition.id,
        name=condition.name,
        also_called=condition.also_called,
        lead=condition.lead,
        joins=_joins(condition),
        order=condition.order,
        why=words(condition.why),
        url=press.addresses.absolute(press.addresses.url("condition", condition.id)),
    )


def _joins(record: Goal | Condition) -> str | None:
    return None if record.joins is Joins.NONE else record.joins


def _csv(columns: Sequence[str], rows: Callable[[], Iterable[View]]) -> bytes:
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(getattr(row, column)) for column in columns] for row in rows())
    return table.getvalue().encode(errors="replace")


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return _cell("; ".join(map(str, value)))
    # A spreadsheet would take the text for a formula and run it; after an apostrophe it shows it.
    # Source: https://owasp.org/www-community/attacks/CSV_Injection
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
