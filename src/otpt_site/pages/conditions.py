"""The conditions: a page each, the A to Z, and the lists of each therapy."""

import unicodedata
from collections.abc import Callable, Iterator
from functools import partial

from otpt_site.diagnostics import Place
from otpt_site.guide.common import Joins, Lead, Visits
from otpt_site.guide.conditions import Condition
from otpt_site.pages.addresses import CONDITION_LISTS, FIXED
from otpt_site.pages.frame import PageView, Press, answer, content_frame, further_sources
from otpt_site.pages.plan import Page
from otpt_site.pages.typesetting import split_at_heading
from otpt_site.pages.views import Answer, Care, Frame, Link, NextStep, Provenance, Rich, SourceView, View


class ConditionView(PageView, frozen=True, kw_only=True):
    """One condition."""

    name: str
    also_called: tuple[str, ...]
    acute: bool
    answer: Answer
    why: Rich
    nuance: Rich
    care: tuple[Care, ...]
    pt_does: tuple[Rich, ...]
    ot_does: tuple[Rich, ...]
    both_do: Rich
    opening: Rich
    body: Rich
    visit_pt: tuple[Rich, ...]
    visit_ot: tuple[Rich, ...]
    questions: tuple[Rich, ...]
    unknowns: Rich
    goals: tuple[Link, ...]
    comparisons: tuple[Link, ...]
    related: tuple[Link, ...]
    next_step: NextStep
    sources: tuple[SourceView, ...]
    provenance: Provenance


class Entry(View, frozen=True):
    """A line of the A to Z: a name, or a synonym with the name it stands for."""

    name: str
    stands_for: str
    href: str
    lead: str
    joins: str


class Letter(View, frozen=True):
    """A letter and what begins with it."""

    letter: str
    entries: tuple[Entry, ...]


class AtoZView(PageView, frozen=True, kw_only=True):
    """All conditions and their other names, by letter."""

    letters: tuple[Letter, ...]


class Listed(View, frozen=True):
    """A condition on a list, with its one sentence."""

    link: Link
    summary: Rich
    often: bool


class TherapyListView(PageView, frozen=True, kw_only=True):
    """The conditions where PT leads, OT leads, or both."""

    lead: str
    conditions: tuple[Listed, ...]
    next_step: NextStep


def condition_pages(press: Press) -> Iterator[Page]:
    """All pages of this section."""
    for condition in press.guide.conditions.values():
        crumbs = (press.crumb("home"), press.crumb("conditions"))
        frame = partial(content_frame, press, condition, "condition", condition.name, "conditions", crumbs)
        url = press.addresses.url("condition", condition.id)
        make, of = partial(_view, press, condition, frame), ("condition", condition.id)
        yield Page(url, "pages/condition.html", make, condition.place, frame, of, condition.updated_on.day)
    origin = Place("content/conditions")
    frame = partial(_list_frame, press, "conditions", "home")
    yield Page(FIXED["conditions"], "pages/a-to-z.html", partial(_a_to_z, press, frame), origin, frame)
    for lead, name in CONDITION_LISTS.items():
        frame = partial(_list_frame, press, name, "home", "conditions")
        yield Page(FIXED[name], "pages/condition-list.html", partial(_list, press, lead, frame), origin, frame)


def _list_frame(press: Press, name: str, *above: str) -> Frame:
    crumbs = tuple(map(press.crumb, above))
    return press.frame(FIXED[name], title="", description="", section="conditions", crumbs=crumbs)


def _view(press: Press, condition: Condition, frame: Callable[[], Frame]) -> ConditionView:
    set_ = press.typesetter()
    opening, body = split_at_heading(condition.body)
    visit = condition.first_visit or Visits()
    goals = tuple(map(press.goal_link, press.goals_about(condition)))
    comparisons = tuple(map(press.comparison_link, press.comparisons_about([condition])))
    # Texts are set in the order in which the page shows them: cards stand first where every minute counts.
    first_care = set_.care(condition.safety, condition.safety_extra) if condition.acute else ()
    return ConditionView(
        frame=frame(),
        name=condition.name,
        also_called=condition.also_called,
        acute=condition.acute,
        answer=answer(condition.lead, condition.joins, condition.order),
        why=set_.rich(condition.why),
        nuance=set_.rich(condition.nuance),
        care=first_care or set_.care(condition.safety, condition.safety_extra),
        opening=set_.rich(opening),
        pt_does=set_.all(condition.pt_does),
        ot_does=set_.all(condition.ot_does),
        both_do=set_.rich(condition.both_do),
        body=set_.rich(body),
        visit_pt=set_.all(visit.pt),
        visit_ot=set_.all(visit.ot),
        questions=set_.all(condition.questions),
        unknowns=set_.rich(condition.unknowns),
        goals=goals,
        comparisons=comparisons,
        related=press.links(condition.see_also, (*goals, *comparisons)),
        next_step=press.next_step(),
        sources=set_.references(further_sources(condition.sources)),
        provenance=press.page_provenance(condition),
    )


def sorting_key(text: str) -> str:
    """Sorts names as a reader of an alphabet expects: case and accents come second."""
    folded = text.casefold()
    if not folded.isascii():
        folded = "".join(sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign))
    return f"{folded}\0{text}"


def _a_to_z(press: Press, frame: Callable[[], Frame]) -> AtoZView:
    entries = sorted(_entries(press), key=lambda entry: sorting_key(entry.name))
    letters: dict[str, list[Entry]] = {}
    for entry in entries:
        first = sorting_key(entry.name)[:1].upper()
        letters.setdefault(first if first.isalpha() else "#", []).append(entry)
    return AtoZView(frame=frame(), letters=tuple(Letter(letter, tuple(names)) for letter, names in letters.items()))


def _entries(press: Press) -> Iterator[Entry]:
    for condition in press.guide.conditions.values():
        link = press.condition_link(condition)
        yield Entry(condition.name, "", link.href, link.lead, link.joins)
        for synonym in condition.also_called:
            yield Entry(synonym[:1].upper() + synonym[1:], condition.name, link.href, link.lead, link.joins)


def _list(press: Press, lead: Lead, frame: Callable[[], Frame]) -> TherapyListView:
    def belongs(condition: Condition) -> bool:
        # A condition that the other therapy often joins stands on the list of its lead and on that of both.
        return condition.lead is lead or (lead is Lead.BOTH and condition.joins is not Joins.NONE)

    set_ = press.list_typesetter()
    chosen = sorted(
        filter(belongs, press.guide.conditions.values()),
        key=lambda condition: (condition.lead is not lead, sorting_key(condition.name)),
    )
    listed = tuple(
        Listed(press.condition_link(condition), set_.rich(condition.summary), condition.lead is not lead)
        for condition in chosen
    )
    return TherapyListView(frame=frame(), lead=lead, conditions=listed, next_step=press.next_step())
