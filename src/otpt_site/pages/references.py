"""What pages refer to: the glossary, the list of sources, and a page for each person or organization."""

from collections.abc import Callable, Iterator
from functools import partial

import msgspec

from otpt_site.diagnostics import Place
from otpt_site.guide.common import Page as ContentPage
from otpt_site.guide.references import Person
from otpt_site.pages.addresses import FIXED
from otpt_site.pages.conditions import sorting_key
from otpt_site.pages.frame import PageView, Press
from otpt_site.pages.plan import Page
from otpt_site.pages.typesetting import source_view, words
from otpt_site.pages.views import Frame, Link, Rich, SourceView, View


class TermView(View, frozen=True):
    """A word and what it means."""

    id: str
    term: str
    also: tuple[str, ...]
    definition: Rich


class GlossaryView(PageView, frozen=True, kw_only=True):
    """All words."""

    terms: tuple[TermView, ...]


class SourcesView(PageView, frozen=True, kw_only=True):
    """All sources."""

    sources: tuple[SourceView, ...]


class PersonView(PageView, frozen=True, kw_only=True):
    """A person or an organization, and what they wrote or reviewed."""

    name: str
    role: str
    about: Rich
    url: str
    wrote: tuple[Link, ...]
    reviewed: tuple[Link, ...]


def reference_pages(press: Press) -> Iterator[Page]:
    """All pages of this section."""
    for name, make in (("glossary", _glossary), ("sources", _sources)):
        frame = partial(press.frame, FIXED[name], title="", description="", section=name, crumbs=(press.crumb("home"),))
        origin = Place(f"content/{name}.yaml")
        yield Page(FIXED[name], f"pages/{name}.html", partial(make, press, frame), origin, frame)
    for person in press.guide.people.values():
        url = press.addresses.url("person", person.id)
        crumbs = tuple(press.crumb(section) for section in ("home", "about") if press.has(section))
        frame = partial(
            press.frame, url, title=person.name, description=words(person.about), section="people", crumbs=crumbs
        )
        yield Page(url, "pages/person.html", partial(_person, press, person, frame), person.place, frame)


def _glossary(press: Press, frame: Callable[[], Frame]) -> PageView:
    set_ = press.list_typesetter()
    ordered = sorted(press.guide.terms.values(), key=lambda term: sorting_key(term.term))
    terms = tuple(TermView(term.id, term.term, term.also, set_.rich(term.definition)) for term in ordered)
    return GlossaryView(frame=frame(), terms=terms)


def _sources(press: Press, frame: Callable[[], Frame]) -> PageView:
    guide = press.guide
    sources = tuple(
        _in_short(source_view(guide, id))
        for id in sorted(guide.sources, key=lambda id: sorting_key(guide.sources[id].authors + guide.sources[id].title))
    )
    return SourcesView(frame=frame(), sources=sources)


def _in_short(source: SourceView) -> SourceView:
    """The source with its first author only and no publisher: the list of all must stay light; pages cite in full."""
    first, comma, _ = source.authors.partition(",")
    authors = f"{first} et al." if comma and "et al" in source.authors else source.authors
    return msgspec.structs.replace(source, authors=authors, publisher="")


def _person(press: Press, person: Person, frame: Callable[[], Frame]) -> PersonView:
    guide = press.guide
    kinds = ("therapy", "condition", "comparison", "article")
    pages = [(kind, page) for kind in kinds for page in guide.shelf(kind).values() if isinstance(page, ContentPage)]
    return PersonView(
        frame=frame(),
        name=person.name,
        role=person.role,
        about=press.list_typesetter().rich(person.about),
        url=person.url,
        wrote=tuple(
            Link(press.addresses.link(kind, page.id), page.called)
            for kind, page in pages
            if page.author and page.author.id == person.id
        ),
        reviewed=tuple(
            Link(press.addresses.link(kind, page.id), page.called)
            for kind, page in pages
            if any(review.by.id == person.id for review in page.reviews)
        ),
    )
