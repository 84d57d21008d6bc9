"""Decides every URL of the site; nothing else does."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import quote

from otpt_site.diagnostics import Place, Report, problem
from otpt_site.guide.common import Lead
from otpt_site.guide.records import Record
from otpt_site.library import Guide

# The pages that exist once, by the name that templates know them by.
FIXED: Final = {
    "home": "/",
    "cheat-sheet": "/cheat-sheet/",
    "goals": "/goals/",
    "compare": "/compare/",
    "conditions": "/conditions/",
    "conditions-pt": "/conditions/physical-therapy/",
    "conditions-ot": "/conditions/occupational-therapy/",
    "conditions-both": "/conditions/both/",
    "articles": "/articles/",
    "glossary": "/glossary/",
    "sources": "/sources/",
    "404": "/404.html",
    "sitemap": "/sitemap.xml",
    "robots": "/robots.txt",
    "feed": "/feed.xml",
    "finder": "/data/finder.json",
    "headers": "/_headers",
    "goals-json": "/data/goals.json",
    "goals-csv": "/data/goals.csv",
    "conditions-json": "/data/conditions.json",
    "conditions-csv": "/data/conditions.csv",
}

_FOLDERS: Final = {
    "condition": "/conditions/",
    "goal": "/goals/",
    "comparison": "/compare/",
    "article": "/articles/",
    "person": "/people/",
    "therapy": "/therapies/",
    "page": "/",
}
_THERAPY_SLUGS: Final = {"pt": "physical-therapy", "ot": "occupational-therapy"}
CONDITION_LISTS: Final = {Lead.PT: "conditions-pt", Lead.OT: "conditions-ot", Lead.BOTH: "conditions-both"}


class BaseUrl(NamedTuple):
    """Where the site is published: `origin` (`https://example.org`, empty when unknown) and `prefix` (`/guide/`)."""

    origin: str
    prefix: str


_BASE: Final = re.compile(
    r"(?:(?P<scheme>https?)://(?P<host>[\w.-]+|\[[0-9a-f:]+\])(?P<port>:\d{1,5})?)?(?P<path>/.*)?", re.IGNORECASE
)
_PATH: Final = re.compile(r"(?:/(?!\.\.?(?:/|\Z))(?:[\w.~+@-]|%[0-9A-Fa-f]{2})+)*/?")


def parse_base_url(text: str, place: Place, report: Report) -> BaseUrl:
    """The base URL written as `/`, `/folder/` or a full address. Reports one that can't be used."""
    base = _base_url(text)
    if base is None:
        report(problem("bad-base-url", place, f"'{text}' can't be the site's address"))
    return base or BaseUrl("", "/")


def _base_url(text: str) -> BaseUrl | None:
    found = _BASE.fullmatch(text)
    if not (text and found):
        return None
    path, port = found["path"] or "/", found["port"] or ""
    host = _host(found["host"] or "")
    if host is None or not _PATH.fullmatch(path) or (port and not 0 < int(port[1:]) < 65536):  # noqa: PLR2004
        return None
    origin = f"{found['scheme'].lower()}://{host}{port}" if host else ""
    return BaseUrl(origin, quote(path.rstrip("/") + "/", safe="/%~+@"))


def _host(name: str) -> str | None:
    """The name as the network knows it; None for one that can't be a host's."""
    if name.startswith("["):
        return name.lower()
    try:
        return name.encode("idna").decode().lower()
    except UnicodeError:
        return None


def page_url(kind: str, record: Record) -> str:
    """The URL within the site of a page, also of one that is not in the site today."""
    usual = _THERAPY_SLUGS.get(record.id, record.id) if kind == "therapy" else record.id
    return f"{_FOLDERS[kind]}{getattr(record, 'slug', '') or usual}/"


class Addresses:
    """Looks up URLs. `url` is within the site (`/goals/`), `href` what a link holds, `absolute` the whole address."""

    def __init__(self, guide: Guide, base: BaseUrl, assets: Mapping[str, str]) -> None:
        self.base = base
        self._urls: dict[tuple[str, str], str] = {}
        self._links: dict[tuple[str, str], str] = {}
        for kind in _FOLDERS:
            self._urls |= {(kind, id): page_url(kind, record) for id, record in guide.shelf(kind).items()}
        self._urls |= {("term", id): f"/glossary/#{id}" for id in guide.terms}
        self._urls |= {("source", id): FIXED["sources"] for id in guide.sources}
        self._urls |= {("area", id): f"/goals/#{id}" for id in guide.areas}
        self._urls |= {("asset", name): url for name, url in assets.items()}

    def url(self, kind: str, id: str) -> str:
        """The URL of one thing of the content within the site."""
        return self._urls[kind, id]

    def has(self, kind: str, id: str) -> bool:
        """Whether the site has this page."""
        return (kind, id) in self._urls

    def href(self, url: str) -> str:
        """What a link to `url` holds, on any page."""
        path, mark, fragment = url.lstrip("/").partition("#")
        return self.base.prefix + quote(path, safe="/~") + mark + fragment

    def link(self, kind: str, id: str) -> str:
        """What a link to one thing of the content holds."""
        if (kind, id) not in self._links:
            self._links[kind, id] = self.href(self.url(kind, id))
        return self._links[kind, id]

    def absolute(self, url: str) -> str:
        """The whole address of `url`; without a known origin, what a link would hold."""
        return self.base.origin + self.href(url)
