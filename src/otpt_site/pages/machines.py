"""What machines read: site map, feed, robots, open data; and the redirects from old addresses."""

import csv
import datetime
import io
import json
from collections.abc import Iterable, Iterator

from otpt_site.diagnostics import Place
from otpt_site.guide.common import Joins
from otpt_site.guide.common import Page as ContentPage
from otpt_site.guide.conditions import Condition
from otpt_site.guide.goals import Goal
from otpt_site.guide.records import Address
from otpt_site.pages.addresses import FIXED
from otpt_site.pages.frame import PageView, Press
from otpt_site.pages.plan import Page, PlannedFile
from otpt_site.pages.typesetting import words
from otpt_site.pages.views import Link, View

# Raised when a column or key changes its meaning or goes, so that whoever reads the data can tell.
DATA_VERSION = 1
FEED_LENGTH = 50


class Located(View, frozen=True):
    """A page in the site map or the feed."""

    address: str
    title: str
    summary: str
    updated_on: datetime.date | None


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
    pages: tuple[Located, ...]


class RobotsView(View, frozen=True):
    """What robots may do."""

    noindex: bool
    site_map: str


class RedirectView(View, frozen=True):
    """An old address and the new one."""

    language: str
    target: Link
    canonical: str
    script: str


def machine_pages(press: Press, pages: Iterable[Page], noindex: bool) -> Iterator[Page]:
    """The site map, the feed and robots.txt for these pages."""
    origin = Place("content/site.yaml")
    shown = sorted((page for page in pages if page.url != FIXED["404"]), key=lambda page: page.url)
    located = tuple(_located(press, page) for page in shown)
    yield Page(FIXED["sitemap"], "machines/sitemap.xml", MapView(located), origin)
    site_map = press.addresses.absolute(FIXED["sitemap"]) if press.addresses.base.origin else ""
    yield Page(FIXED["robots"], "machines/robots.txt", RobotsView(noindex, site_map), origin)
    dated = sorted(
        (one for one in located if one.updated_on and one.title),
        key=lambda one: (-one.updated_on.toordinal() if one.updated_on else 0, one.address),
    )
    site = press.guide.site
    latest = max((one.updated_on for one in dated if one.updated_on), default=press.guide.today)
    run_by = press.person(site.run_by)
    feed = FeedView(
        site.language, site.title, site.tagline, press.addresses.absolute("/"), press.addresses.absolute(FIXED["feed"]), run_by.label if run_by else site.title, latest, tuple(dated[:FEED_LENGTH])
    )  # fmt: skip
    yield Page(FIXED["feed"], "machines/feed.xml", feed, origin)


def _located(press: Press, page: Page) -> Located:
    frame = page.view.frame if isinstance(page.view, PageView) else None
    if frame is None:
        return Located(press.addresses.absolute(page.url), "", "", None)
    return Located(press.addresses.absolute(page.url), frame.title, frame.description, frame.updated_on)


def redirect_pages(press: Press, script: str) -> Iterator[Page]:
    """A page at each old address that leads to the new one. `script` is the URL of the script that keeps the fragment."""
    for kind, id, title, alias in _aliases(press):
        target = Link(press.addresses.link(kind, id), title)
        canonical = press.addresses.absolute(press.addresses.url(kind, id))
        view = RedirectView(press.guide.site.language, target, canonical, press.addresses.href(script))
        yield Page(alias.path, "machines/redirect.html", view, alias.place)


def _aliases(press: Press) -> Iterator[tuple[str, str, str, Address]]:
    for kind in ("therapy", "condition", "comparison", "article", "page", "goal"):
        for record in press.guide.shelf(kind).values():
            if isinstance(record, ContentPage | Goal):
                for alias in record.aliases:
                    yield kind, record.id, record.called, alias


def data_files(press: Press) -> Iterator[PlannedFile]:
    """The tables as open data, in JSON and CSV."""
    goals = [_goal(press, goal) for goal in press.guide.goals.values()]
    conditions = [_condition(press, condition) for condition in press.guide.conditions.values()]
    for name, rows in (("goals", goals), ("conditions", conditions)):
        origin = Place(f"content/{name}" + (".yaml" if name == "goals" else ""))
        document = {"version": DATA_VERSION, "language": press.guide.site.language, name: rows}
        yield PlannedFile(
            FIXED[f"{name}-json"], (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode(), origin
        )
        yield PlannedFile(FIXED[f"{name}-csv"], _csv(rows), origin)


def _goal(press: Press, goal: Goal) -> dict[str, object]:
    url = press.addresses.absolute(press.addresses.url("goal", goal.id))
    conditions = [reference.id for reference in goal.conditions]
    return {
        "version": DATA_VERSION,
        "id": goal.id,
        "goal": goal.goal,
        "area": goal.area.id,
        **_answer(goal),
        "why": words(goal.why),
        "conditions": conditions,
        "url": url,
    }


def _condition(press: Press, condition: Condition) -> dict[str, object]:
    url = press.addresses.absolute(press.addresses.url("condition", condition.id))
    called = list(condition.also_called)
    return {
        "version": DATA_VERSION,
        "id": condition.id,
        "name": condition.name,
        "also_called": called,
        **_answer(condition),
        "why": words(condition.why),
        "url": url,
    }


def _answer(record: Goal | Condition) -> dict[str, object]:
    joins = None if record.joins is Joins.NONE else record.joins.value
    return {"lead": record.lead.value, "joins": joins, "order": [therapy.value for therapy in record.order]}


def _csv(rows: list[dict[str, object]]) -> bytes:
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow("; ".join(map(str, value)) if isinstance(value, list) else value for value in row.values())
    return table.getvalue().encode()
