"""The goals: a page each, the list by area, and the cheat sheet that holds the whole table."""

from collections.abc import Callable, Iterator
from functools import partial

from otpt_site.diagnostics import Place
from otpt_site.guide.goals import Goal
from otpt_site.pages.addresses import FIXED
from otpt_site.pages.frame import PageView, Press, answer, further_sources
from otpt_site.pages.plan import Page
from otpt_site.pages.typesetting import words
from otpt_site.pages.views import Answer, Care, Crumb, Frame, Link, NextStep, Provenance, Rich, SourceView, View


class GoalView(PageView, frozen=True, kw_only=True):
    """One goal."""

    goal: str
    area: Link
    answer: Answer
    caution: Rich
    why: Rich
    nuance: Rich
    care: tuple[Care, ...]
    pt_does: tuple[Rich, ...]
    ot_does: tuple[Rich, ...]
    questions: tuple[Rich, ...]
    conditions: tuple[Link, ...]
    comparisons: tuple[Link, ...]
    related: tuple[Link, ...]
    next_step: NextStep
    sources: tuple[SourceView, ...]
    provenance: Provenance


class GoalLine(View, frozen=True):
    """A goal in a table: its link and its answer."""

    link: Link
    answer: Answer


class AreaView(View, frozen=True):
    """A part of life and its goals."""

    id: str
    label: str
    about: Rich
    drawing: str
    goals: tuple[GoalLine, ...]


class GoalsView(PageView, frozen=True, kw_only=True):
    """All goals by area."""

    areas: tuple[AreaView, ...]
    next_step: NextStep


def goal_pages(press: Press) -> Iterator[Page]:
    """All pages of this section."""
    for goal in press.guide.goals.values():
        frame = partial(_goal_frame, press, goal)
        url = press.addresses.url("goal", goal.id)
        make, of = partial(_view, press, goal, frame), ("goal", goal.id)
        yield Page(url, "pages/goal.html", make, goal.place, frame, of, press.guide.goal_updated(goal))
    origin = Place("content/goals.yaml")
    for name, template in (("goals", "pages/goals.html"), ("cheat-sheet", "pages/cheat-sheet.html")):
        frame = partial(
            press.frame, FIXED[name], title="", description="", section=name, crumbs=(press.crumb("home"),), advice=True
        )
        yield Page(FIXED[name], template, partial(_list, press, frame), origin, frame)


def _list(press: Press, frame: Callable[[], Frame]) -> GoalsView:
    return GoalsView(frame=frame(), areas=area_views(press), next_step=press.next_step())


def _area_link(press: Press, goal: Goal) -> Link:
    area = press.guide.areas[goal.area.id]
    return Link(press.addresses.link("area", area.id), area.label)


def _goal_frame(press: Press, goal: Goal) -> Frame:
    area = _area_link(press, goal)
    return press.frame(
        press.addresses.url("goal", goal.id),
        title=goal.goal,
        description=words(goal.why),
        section="goals",
        crumbs=(press.crumb("home"), press.crumb("goals"), Crumb(area.href, label=area.label)),
        advice=True,
        kind="article",
        updated_on=press.guide.goal_updated(goal),
    )


def _view(press: Press, goal: Goal, frame: Callable[[], Frame]) -> GoalView:
    guide, set_ = press.guide, press.typesetter()
    conditions = [guide.conditions[reference.id] for reference in goal.conditions if reference.id in guide.conditions]
    condition_links = tuple(press.condition_link(condition) for condition in conditions)
    comparisons = tuple(map(press.comparison_link, press.comparisons_about(conditions)))
    updated_on = guide.goal_updated(goal)
    return GoalView(
        frame=frame(),
        goal=goal.goal,
        area=_area_link(press, goal),
        answer=answer(goal.lead, goal.joins, goal.order),
        caution=set_.rich(goal.caution),
        why=set_.rich(goal.why),
        nuance=set_.rich(goal.nuance),
        care=set_.care(goal.safety),
        pt_does=set_.all(goal.pt_does),
        ot_does=set_.all(goal.ot_does),
        questions=set_.all(goal.questions),
        conditions=condition_links,
        comparisons=comparisons,
        related=press.links(goal.see_also, (*condition_links, *comparisons)),
        next_step=press.next_step(),
        # A goal has no sources of its own: it rests on those of its conditions.
        sources=set_.references(id for condition in conditions for id in further_sources(condition.sources)),
        provenance=press.provenance(goal.author or guide.heads["goals.yaml"].author, updated_on, goal),
    )


def goal_line(press: Press, goal: Goal) -> GoalLine:
    """A goal as a line of a table."""
    return GoalLine(press.goal_link(goal), answer(goal.lead, goal.joins, goal.order))


def area_views(press: Press) -> tuple[AreaView, ...]:
    """The areas with their goals, in the order of the table."""
    set_ = press.list_typesetter()

    return tuple(
        AreaView(
            area.id,
            area.label,
            set_.rich(area.about),
            area.drawing,
            tuple(goal_line(press, goal) for goal in press.goals_in(area)),
        )
        for area in press.guide.areas.values()
    )
