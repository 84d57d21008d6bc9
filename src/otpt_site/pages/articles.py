"""Free prose: the articles with their list, and the pages about the guide itself."""

from collections.abc import Callable, Iterator
from functools import partial

from otpt_site.diagnostics import Place
from otpt_site.guide.articles import Article, PlainPage
from otpt_site.pages.addresses import FIXED
from otpt_site.pages.frame import PageView, Press, content_frame, further_sources
from otpt_site.pages.plan import Page
from otpt_site.pages.typesetting import split_at_heading
from otpt_site.pages.views import Care, Frame, Link, NextStep, Provenance, Rich, SourceView, View

# Pages of this folder that another module makes, because they show more than their text.
_MADE_ELSEWHERE = frozenset({"sessions"})


class ArticleView(PageView, frozen=True, kw_only=True):
    """One article."""

    title: str
    lead_in: Rich
    care: tuple[Care, ...]
    opening: Rich
    body: Rich
    conditions: tuple[Link, ...]
    related: tuple[Link, ...]
    next_step: NextStep
    sources: tuple[SourceView, ...]
    provenance: Provenance


class PlainView(PageView, frozen=True, kw_only=True):
    """A page about the guide."""

    title: str
    body: Rich
    related: tuple[Link, ...]
    sources: tuple[SourceView, ...]
    provenance: Provenance


class Listed(View, frozen=True):
    """An article on the list."""

    link: Link
    summary: Rich


class ArticlesView(PageView, frozen=True, kw_only=True):
    """All articles."""

    articles: tuple[Listed, ...]


def article_pages(press: Press) -> Iterator[Page]:
    """All pages of this section."""
    home = (press.crumb("home"),)
    for article in press.guide.articles.values():
        crumbs = (press.crumb("home"), press.crumb("articles"))
        frame = partial(content_frame, press, article, "article", article.title, "articles", crumbs)
        url = press.addresses.url("article", article.id)
        make, of = partial(_article, press, article, frame), ("article", article.id)
        yield Page(url, "pages/article.html", make, article.place, frame, of, article.updated_on.day)
    for page in press.guide.pages.values():
        if page.id not in _MADE_ELSEWHERE:
            frame = partial(content_frame, press, page, "page", page.title, page.id, home, advice=False)
            url = press.addresses.url("page", page.id)
            yield Page(
                url,
                "pages/plain.html",
                partial(_plain, press, page, frame),
                page.place,
                frame,
                ("page", page.id),
                page.updated_on.day,
            )
    frame = partial(press.frame, FIXED["articles"], title="", description="", section="articles", crumbs=home)
    yield Page(FIXED["articles"], "pages/articles.html", partial(_list, press, frame), Place("content/articles"), frame)


def _article(press: Press, article: Article, frame: Callable[[], Frame]) -> ArticleView:
    set_ = press.typesetter()
    opening, body = split_at_heading(article.body)
    return ArticleView(
        frame=frame(),
        title=article.title,
        lead_in=set_.rich(article.lead_in),
        opening=set_.rich(opening),
        care=set_.care(article.safety),
        body=set_.rich(body),
        conditions=tuple(
            press.condition_link(press.guide.conditions[about.id])
            for about in article.conditions
            if about.id in press.guide.conditions
        ),
        related=press.links(article.see_also),
        next_step=press.next_step(),
        sources=set_.references(further_sources(article.sources)),
        provenance=press.page_provenance(article),
    )


def _plain(press: Press, page: PlainPage, frame: Callable[[], Frame]) -> PlainView:
    set_ = press.typesetter()
    return PlainView(
        frame=frame(),
        title=page.title,
        body=set_.rich(page.body),
        related=press.links(page.see_also),
        sources=set_.references(further_sources(page.sources)),
        provenance=press.page_provenance(page),
    )


def _list(press: Press, frame: Callable[[], Frame]) -> ArticlesView:
    set_ = press.list_typesetter()
    listed = tuple(
        Listed(Link(press.addresses.link("article", article.id), article.title), set_.rich(article.summary))
        for article in press.guide.articles.values()
    )
    return ArticlesView(frame=frame(), articles=listed)
