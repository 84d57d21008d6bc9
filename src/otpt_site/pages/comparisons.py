"""The comparisons: the two therapies against each other, and a page for each situation."""

from collections.abc import Callable, Iterator
from functools import partial

from otpt_site.diagnostics import Place
from otpt_site.guide.comparisons import Comparison
from otpt_site.pages.addresses import FIXED
from otpt_site.pages.frame import PageView, Press, content_frame, further_sources
from otpt_site.pages.plan import Page
from otpt_site.pages.typesetting import Typesetter
from otpt_site.pages.views import Care, Frame, Link, NextStep, Provenance, Rich, SourceView, View


class RowView(View, frozen=True):
    """A line of the side-by-side table."""

    topic: Rich
    pt: Rich
    ot: Rich


class ComparisonView(PageView, frozen=True, kw_only=True):
    """One situation, side by side."""

    title: str
    imagine: Rich
    decision: Rich
    pt_if: Rich
    ot_if: Rich
    both_if: Rich
    care: tuple[Care, ...]
    table: tuple[RowView, ...]
    both_do: tuple[Rich, ...]
    pt_gain: Rich
    ot_gain: Rich
    pt_limits: Rich
    ot_limits: Rich
    who_first: Rich
    body: Rich
    not_known_text: Rich
    questions: tuple[Rich, ...]
    conditions: tuple[Link, ...]
    related: tuple[Link, ...]
    next_step: NextStep
    sources: tuple[SourceView, ...]
    provenance: Provenance


class TherapySide(View, frozen=True):
    """One therapy on the master comparison."""

    id: str
    name: str
    short: str
    href: str
    one_line: Rich
    choose_if: tuple[Rich, ...]
    works_on: tuple[Rich, ...]
    methods: tuple[Rich, ...]
    tools: tuple[Rich, ...]
    settings: tuple[Rich, ...]


class Situation(View, frozen=True):
    """A comparison on the list of situations."""

    href: str
    title: str
    decision: Rich


class MasterView(PageView, frozen=True, kw_only=True):
    """The two therapies side by side, and all situations."""

    sides: tuple[TherapySide, ...]
    situations: tuple[Situation, ...]
    next_step: NextStep
    sources: tuple[SourceView, ...]


def comparison_pages(press: Press) -> Iterator[Page]:
    """All pages of this section."""
    for comparison in press.guide.comparisons.values():
        crumbs = (press.crumb("home"), press.crumb("compare"))
        frame = partial(content_frame, press, comparison, "comparison", comparison.title, "compare", crumbs)
        url = press.addresses.url("comparison", comparison.id)
        make, of = partial(_view, press, comparison, frame), ("comparison", comparison.id)
        yield Page(url, "pages/comparison.html", make, comparison.place, frame, of, comparison.updated_on.day)
    frame = partial(
        press.frame,
        FIXED["compare"],
        title="",
        description="",
        section="compare",
        crumbs=(press.crumb("home"),),
        advice=True,
    )
    origin = Place("content/comparisons")
    yield Page(FIXED["compare"], "pages/compare.html", partial(_master, press, frame), origin, frame)


def _view(press: Press, comparison: Comparison, frame: Callable[[], Frame]) -> ComparisonView:
    set_ = press.typesetter()
    conditions = tuple(
        press.condition_link(press.guide.conditions[about.id])
        for about in comparison.conditions
        if about.id in press.guide.conditions
    )
    return ComparisonView(
        frame=frame(),
        title=comparison.title,
        imagine=set_.rich(comparison.imagine),
        decision=set_.rich(comparison.decision),
        pt_if=set_.rich(comparison.pt_if),
        ot_if=set_.rich(comparison.ot_if),
        both_if=set_.rich(comparison.both_if),
        table=tuple(RowView(set_.rich(row.topic), set_.rich(row.pt), set_.rich(row.ot)) for row in comparison.table),
        pt_gain=set_.rich(comparison.pt_gain),
        ot_gain=set_.rich(comparison.ot_gain),
        pt_limits=set_.rich(comparison.pt_limits),
        ot_limits=set_.rich(comparison.ot_limits),
        both_do=set_.all(comparison.both_do),
        who_first=set_.rich(comparison.who_first),
        care=set_.care(comparison.safety, comparison.safety_extra),
        body=set_.rich(comparison.body),
        not_known_text=set_.rich(comparison.not_known),
        questions=set_.all(comparison.questions),
        conditions=conditions,
        related=press.links(comparison.see_also, conditions),
        next_step=press.next_step(),
        sources=set_.references(further_sources(comparison.sources)),
        provenance=press.page_provenance(comparison),
    )


def _master(press: Press, frame: Callable[[], Frame]) -> MasterView:
    set_ = press.typesetter()
    sides = therapy_sides(press, set_)
    situations = tuple(
        Situation(press.addresses.link("comparison", comparison.id), comparison.title, set_.rich(comparison.decision))
        for comparison in press.guide.comparisons.values()
    )
    sources = set_.references(
        id for therapy in press.guide.therapies.values() for id in further_sources(therapy.sources)
    )
    return MasterView(frame=frame(), sides=sides, situations=situations, next_step=press.next_step(), sources=sources)


def therapy_sides(press: Press, set_: Typesetter) -> tuple[TherapySide, ...]:
    """The two therapies as columns, PT first; their texts are set row by row, as a table is read."""
    therapies = [press.guide.therapies[id] for id in ("pt", "ot") if id in press.guide.therapies]
    lines = [set_.rich(therapy.one_line) for therapy in therapies]
    rows = [
        [set_.all(getattr(therapy, row)) for therapy in therapies]
        for row in ("choose_if", "works_on", "methods", "tools", "settings")
    ]
    return tuple(
        TherapySide(
            therapy.id,
            therapy.name,
            therapy.short,
            press.addresses.link("therapy", therapy.id),
            lines[column],
            *(row[column] for row in rows),
        )
        for column, therapy in enumerate(therapies)
    )
