"""The therapies: a page each, and what happens in a session, side by side."""

from collections.abc import Callable, Iterator
from functools import partial

from otpt_site.guide.articles import PlainPage
from otpt_site.guide.therapies import TherapyPage
from otpt_site.pages.frame import PageView, Press, content_frame, further_sources
from otpt_site.pages.plan import Page
from otpt_site.pages.typesetting import split_at_heading
from otpt_site.pages.views import Frame, Link, NextStep, Provenance, Rich, SourceView, View


class TherapyView(PageView, frozen=True, kw_only=True):
    """One therapy."""

    id: str
    name: str
    short: str
    person: str
    also_called: tuple[str, ...]
    one_line: Rich
    choose_if: tuple[Rich, ...]
    works_on: tuple[Rich, ...]
    methods: tuple[Rich, ...]
    tools: tuple[Rich, ...]
    tool_cautions: tuple[Rich, ...]
    first_visit: tuple[Rich, ...]
    session: tuple[Rich, ...]
    settings: tuple[Rich, ...]
    body: Rich
    related: tuple[Link, ...]
    next_step: NextStep
    sources: tuple[SourceView, ...]
    provenance: Provenance


class SessionSide(View, frozen=True):
    """What one therapist does, step by step."""

    id: str
    name: str
    short: str
    href: str
    first_visit: tuple[Rich, ...]
    session: tuple[Rich, ...]


class SessionsView(PageView, frozen=True, kw_only=True):
    """What happens in a session, side by side."""

    title: str
    opening: Rich
    body: Rich
    sides: tuple[SessionSide, ...]
    related: tuple[Link, ...]
    next_step: NextStep
    sources: tuple[SourceView, ...]
    provenance: Provenance


def therapy_pages(press: Press) -> Iterator[Page]:
    """All pages of this section."""
    crumbs = (press.crumb("home"), press.crumb("compare"))
    for therapy in press.guide.therapies.values():
        frame = partial(content_frame, press, therapy, "therapy", therapy.name, "therapies", crumbs)
        url = press.addresses.url("therapy", therapy.id)
        make, of = partial(_view, press, therapy, frame), ("therapy", therapy.id)
        yield Page(url, "pages/therapy.html", make, therapy.place, frame, of, therapy.updated_on.day)
    page = press.guide.pages.get("sessions")
    if page:
        frame = partial(content_frame, press, page, "page", page.title, "sessions", crumbs)
        url = press.addresses.url("page", "sessions")
        sessions = partial(_sessions, press, page, frame)
        yield Page(url, "pages/sessions.html", sessions, page.place, frame, ("page", page.id), page.updated_on.day)


def _view(press: Press, therapy: TherapyPage, frame: Callable[[], Frame]) -> TherapyView:
    set_ = press.typesetter()
    return TherapyView(
        frame=frame(),
        id=therapy.id,
        name=therapy.name,
        short=therapy.short,
        person=therapy.person,
        also_called=therapy.also_called,
        one_line=set_.rich(therapy.one_line),
        choose_if=set_.all(therapy.choose_if),
        works_on=set_.all(therapy.works_on),
        methods=set_.all(therapy.methods),
        tools=set_.all(therapy.tools),
        tool_cautions=set_.all(therapy.tool_cautions),
        first_visit=set_.all(therapy.first_visit),
        session=set_.all(therapy.session),
        settings=set_.all(therapy.settings),
        body=set_.rich(therapy.body),
        related=press.links(therapy.see_also),
        next_step=press.next_step(),
        sources=set_.references(further_sources(therapy.sources)),
        provenance=press.page_provenance(therapy),
    )


def _sessions(press: Press, page: PlainPage, frame: Callable[[], Frame]) -> SessionsView:
    set_ = press.typesetter()
    opening, body = split_at_heading(page.body)
    shown_opening = set_.rich(opening)
    therapies = [press.guide.therapies[id] for id in ("pt", "ot") if id in press.guide.therapies]
    # The page shows both first visits, then both sessions.
    visits = [set_.all(therapy.first_visit) for therapy in therapies]
    sessions = [set_.all(therapy.session) for therapy in therapies]
    sides = tuple(
        SessionSide(
            therapy.id, therapy.name, therapy.short, press.addresses.link("therapy", therapy.id), visit, session
        )
        for therapy, visit, session in zip(therapies, visits, sessions, strict=True)
    )
    return SessionsView(
        frame=frame(),
        title=page.title,
        opening=shown_opening,
        sides=sides,
        body=set_.rich(body),
        related=press.links(page.see_also),
        next_step=press.next_step(),
        sources=set_.references(further_sources(page.sources)),
        provenance=press.page_provenance(page),
    )
