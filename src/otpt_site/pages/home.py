"""The way in: the home page, and the page for an address that does not exist."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from otpt_site.diagnostics import Place
from otpt_site.pages.addresses import FIXED
from otpt_site.pages.comparisons import TherapySide, therapy_sides
from otpt_site.pages.frame import PageView, Press
from otpt_site.pages.goals import AreaView, GoalLine, goal_line
from otpt_site.pages.plan import Page
from otpt_site.pages.views import Frame, Link, NextStep

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
    origin = Place("content/site.yaml")
    frame = partial(press.frame, FIXED["home"], title="", description="", section="home", advice=True)
    yield Page(FIXED["home"], "pages/home.html", partial(_home, press, frame), origin, frame)
    frame = partial(press.frame, FIXED["404"], title="", description="", section="404")
    yield Page(FIXED["404"], "pages/404.html", partial(_not_found, press, frame), origin, frame)


def _areas(press: Press) -> tuple[AreaView, ...]:
    """The areas by name alone: what they are about and their goals have a page of their own."""
    return tuple(AreaView(area.id, area.label, (), area.drawing, ()) for area in press.guide.areas.values())


def _not_found(press: Press, frame: Callable[[], Frame]) -> NotFoundView:
    return NotFoundView(frame=frame(), areas=_areas(press))


def _home(press: Press, frame: Callable[[], Frame]) -> HomeView:
    guide = press.guide
    first = islice(guide.goals.values(), _FIRST_GOALS)
    return HomeView(
        frame=frame(),
        areas=_areas(press),
        first_goals=tuple(goal_line(press, goal) for goal in first),
        sides=therapy_sides(press, press.list_typesetter()),
        situations=tuple(
            Link(press.addresses.link("comparison", one.id), one.title) for one in guide.comparisons.values()
        ),
        articles=tuple(
            Link(press.addresses.link("article", article.id), article.title) for article in guide.articles.values()
        ),
        next_step=press.next_step(),
    )
