"""What pages refer to: the glossary, the list of sources, and a page for each person or organization."""

from collections.abc import Iterator

import msgspec

from otpt_site.diagnostics import Place
from otpt_site.guide.common import Page as ContentPage
from otpt_site.guide.references import Person
from otpt_site.pages.addresses import FIXED
from otpt_site.pages.conditions import sorting_key
from otpt_site.pages.frame import PageView, Press
from otpt_site.pages.plan import Page
from otpt_site.pages.typesetting import source_view, words
from otpt_site.pages.views import Link, Rich, SourceView, View


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
    guide, set_ = press.guide, press.list_typesetter()
    home = (press.crumb("home"),)
    ordered = sorted(guide.terms.values(), key=lambda term: sorting_key(term.term))
    terms = tuple(TermView(term.id, term.term, term.also, set_.rich(term.definition)) for term in ordered)
    frame = press.frame(FIXED["glossary"], title="", description="", section="glossary", crumbs=home)
    yield Page(
        FIXED["glossary"], "pages/glossary.html", GlossaryView(frame=frame, terms=terms), Place("content/glossary.yaml")
    )

    sources = tuple(
        _in_short(source_view(guide, id))
        for id in sorted(guide.sources, key=lambda id: sorting_key(guide.sources[id].authors + guide.sources[id].title))
    )
    frame = press.frame(FIXED["sources"], title="", description="", section="sources", crumbs=home)
    yield Page(
        FIXED["sources"], "pages/sources.html", SourcesView(frame=frame, sources=sources), Place("content/sources.yaml")
    )

    for person in guide.people.values():
        yield Page(press.addresses.url("person", person.id), "pages/person.html", _person(press, person), person.place)


def _in_short(source: SourceView) -> SourceView:
    """The source with its first author only and no publisher: the list of all must stay light; pages cite in full."""
    first, comma, _ = source.authors.partition(",")
    authors = f"{first} et al." if comma and "et al" in source.authors else source.authors
    return msgspec.structs.replace(source, authors=authors, publisher="")


def _person(press: Press, person: Person) -> PersonView:
    guide = press.guide
    url = press.addresses.url("person", person.id)
    kinds = ("therapy", "condition", "comparison", "article")
    pages = [(kind, page) for kind in kinds for page in guide.shelf(kind).values() if isinstance(page, ContentPage)]
    crumbs = tuple(press.crumb(section) for section in ("home", "about") if press.has(section))
    return PersonView(
        frame=press.frame(
            url,
            title=person.name,
            description=words(person.about),
            section="people",
            crumbs=crumbs,
        ),
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
