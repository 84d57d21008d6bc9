"""The list that the goal finder reads in the browser: goals, conditions and danger signs, in the words people type."""

from functools import partial

from otpt_site.diagnostics import Place
from otpt_site.guide.common import Joins
from otpt_site.guide.conditions import Condition
from otpt_site.guide.goals import Goal
from otpt_site.guide.safety import Number
from otpt_site.pages.addresses import FIXED
from otpt_site.pages.frame import Press
from otpt_site.pages.plan import Page
from otpt_site.pages.typesetting import words
from otpt_site.pages.views import View


class Findable(View, frozen=True):
    """A goal or condition: `tag` is its lead and who joins, `about` a goal's conditions by their number in the list."""

    label: str
    href: str
    tag: str
    words: tuple[str, ...]
    about: tuple[int, ...] = ()


class Danger(View, frozen=True):
    """A safety card in plain words."""

    level: str
    action: str
    number: str
    crisis: bool
    heading: str
    signs: tuple[str, ...]
    why: str
    words: tuple[str, ...]


class FinderView(View, frozen=True):
    """All that can be found."""

    goals: tuple[Findable, ...]
    conditions: tuple[Findable, ...]
    cards: tuple[Danger, ...]


def finder_page(press: Press) -> Page:
    """The finder's list."""
    return Page(FIXED["finder"], "machines/finder.json", partial(_view, press), Place("content/goals.yaml"))


def _view(press: Press) -> FinderView:
    guide = press.guide
    numbers = {id: number for number, id in enumerate(guide.conditions)}
    goals = tuple(
        Findable(
            goal.goal,
            press.addresses.link("goal", goal.id),
            _tag(goal),
            (*goal.search_words, *goal.also_asked),
            tuple(numbers[about.id] for about in goal.conditions if about.id in numbers),
        )
        for goal in guide.goals.values()
    )
    conditions = tuple(
        Findable(
            condition.name,
            press.addresses.link("condition", condition.id),
            _tag(condition),
            (*condition.also_called, *condition.search_words),
        )
        for condition in guide.conditions.values()
    )
    return FinderView(goals, conditions, _dangers(press))


def _tag(record: Goal | Condition) -> str:
    return record.lead + ("" if record.joins is Joins.NONE else record.joins)


def _dangers(press: Press) -> tuple[Danger, ...]:
    site = press.guide.site
    return tuple(
        Danger(
            card.level,
            card.action,
            site.crisis.number if card.number is Number.CRISIS else site.emergency.number,
            card.number is Number.CRISIS,
            card.heading,
            tuple(words(sign) for sign in card.signs),
            words(card.why),
            card.search_words,
        )
        for card in press.guide.safety.values()
    )
