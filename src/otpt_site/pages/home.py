"""The way in: the home page, and the page for an address that does not exist."""

from collections.abc import Iterator

from otpt_site.diagnostics import Place
from otpt_site.pages.addresses import FIXED
from otpt_site.pages.comparisons import TherapySide, therapy_sides
from otpt_site.pages.frame import PageView, Press
from otpt_site.pages.goals import AreaView, GoalLine, area_views
from otpt_site.pages.plan import Page
from otpt_site.pages.views import Link, NextStep

# How many goals the home page shows, the first ones of the table.
_FIRST_GOALS = 6


class HomeView(PageView, frozen=True, kw_only=True):
    """The answer in one screen."""

    areas: tuple[AreaView, ...]
    first_goals: tuple[GoalLine, ...]
    sides: tuple[TherapySide, ...]
    situations: tuple[Link, ...]
    articles: tuple[Link, ...]
    next_step: NextStep


class NotFoundView(PageView, frozen=True, kw_only=True):
    """Nothing is at this address."""

    areas: tuple[AreaView, ...]


def home_pages(press: Press) -> Iterator[Page]:
    """The home page and the 404 page."""
    guide = press.guide
    areas = area_views(press)
    by_href = {line.link.href: line for area in areas for line in area.goals}
    first = [by_href[press.addresses.link("goal", id)] for id in list(guide.goals)[:_FIRST_GOALS]]
    home = HomeView(
        frame=press.frame(FIXED["home"], title="", description="", section="home", advice=True),
        # The areas by name alone: what they are about and their goals have a page of their own.
        areas=tuple(AreaView(area.id, area.label, (), area.drawing, ()) for area in areas),
        first_goals=tuple(first),
        sides=therapy_sides(press, press.list_typesetter()),
        situations=tuple(
            Link(press.addresses.link("comparison", one.id), one.title) for one in guide.comparisons.values()
        ),
        articles=tuple(
            Link(press.addresses.link("article", article.id), article.title) for article in guide.articles.values()
        ),
        next_step=press.next_step(),
    )
    yield Page(FIXED["home"], "pages/home.html", home, Place("content/site.yaml"))
    frame = press.frame(FIXED["404"], title="", description="", section="404")
    yield Page(FIXED["404"], "pages/404.html", NotFoundView(frame=frame, areas=home.areas), Place("content/site.yaml"))
