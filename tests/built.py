"""Builds the real guide, and tells what a crawl needs to know of each page of what was built."""

import datetime
import functools
import http.server
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from otpt_site.build import BuildReport, BuildRequest, build
from otpt_site.rules import Severity

ROOT = Path(__file__).parents[1]
TODAY = "2026-11-23"
GUIDE = "https://example.org/guide/"
ORIGIN = "https://example.org/"
_FILES_OF_OURS = frozenset({".otpt-manifest.json"})
_ADDRESSES = frozenset({"href", "src", "poster", "action", "data"})
_SHARED_IMAGES = frozenset({"og:image", "og:url", "twitter:image"})


@dataclass
class Reference:
    """An address on a page, and where it stands there."""

    target: str
    line: int
    tag: str
    attribute: str


@dataclass
class ParsedPage:
    """One page: its references, its ids, and what marks it as special."""

    references: list[Reference] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    meta: dict[str, str] = field(default_factory=dict)
    canonical: str = ""
    redirects: bool = False


class _PageParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = ParsedPage()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.page.ids.add(values["id"])
        for name in sorted(_ADDRESSES & values.keys()):
            self._refer(tag, name, values[name])
        for candidate in filter(None, values.get("srcset", "").split(",")):
            self._refer(tag, "srcset", candidate.split()[0])
        if tag == "link" and values.get("rel") == "canonical":
            self.page.canonical = values["href"]
        if tag == "meta":
            self._meta(values)

    def _meta(self, values: dict[str, str]) -> None:
        name = values.get("name") or values.get("property") or values.get("http-equiv", "")
        content = values.get("content", "")
        self.page.meta[name] = content
        if name in _SHARED_IMAGES:
            self._refer("meta", name, content)
        if name == "refresh":
            self.page.redirects = True
            self._refer("meta", name, content.partition("url=")[2])

    def _refer(self, tag: str, attribute: str, target: str) -> None:
        self.page.references.append(Reference(target.strip(), self.getpos()[0], tag, attribute))


@dataclass
class BuiltSite:
    """A built site: its folder, and the address it was built for."""

    folder: Path
    base_url: str

    @cached_property
    def files(self) -> frozenset[str]:
        """The paths of all files, as they are written: also where the file system cares nothing for case."""
        found = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())
        return frozenset(found) - _FILES_OF_OURS

    @cached_property
    def pages(self) -> dict[str, ParsedPage]:
        """Every HTML page, by its path in the folder."""
        return {path: _parsed(self.folder / path) for path in sorted(self.files) if path.endswith(".html")}

    def text(self, path: str) -> str:
        """The text of one file."""
        return (self.folder / path).read_text("utf-8")

    def address(self, path: str) -> str:
        """The whole address of the file at `path`."""
        return urljoin(self.base_url, path.removesuffix("index.html"))

    def path_at(self, address: str) -> str | None:
        """The path that a web server gives out for an address within the site; None for one outside of it.

        Case matters, and a folder without its closing slash is no page: a static host may not forgive that.
        """
        plain = address.partition("#")[0].partition("?")[0]
        if not plain.startswith(self.base_url):
            return None
        path = unquote(plain.removeprefix(self.base_url))
        return f"{path}index.html" if path == "" or path.endswith("/") else path

    def broken(self, path: str) -> Iterator[str]:
        """What is wrong with the references of the page at `path`."""
        for reference in self.pages[path].references:
            fault = self.fault(self.address(path), reference.target)
            if fault:
                yield f"{path}:{reference.line}: <{reference.tag} {reference.attribute}={reference.target!r}> {fault}"

    def fault(self, page: str, target: str) -> str:
        """Why a reference on the page at the address `page` leads nowhere; empty when it is fine."""
        if not target:
            return "is empty"
        address = urljoin(page, target)
        scheme = urlsplit(address).scheme
        if scheme in {"mailto", "tel", "sms"}:
            return ""
        path = self.path_at(address)
        if path is None:
            same_host = urlsplit(address).netloc == urlsplit(self.base_url).netloc
            outside = scheme in {"https", "http"}
            return "" if outside and not same_host else "leaves the site's folder, or is no web address"
        if path not in self.files:
            return "no such file"
        fragment = unquote(urlsplit(address).fragment)
        if fragment and path.endswith(".html") and fragment not in self.pages[path].ids:
            return "no such id on that page"
        return ""


def _parsed(path: Path) -> ParsedPage:
    parser = _PageParser()
    parser.feed(path.read_text("utf-8"))
    parser.close()
    return parser.page


def build_guide(out: Path, base_url: str, *, content: Path = ROOT / "content", today: str = TODAY) -> BuildReport:
    """Builds the guide; a problem that stops it fails the test that asked."""
    request = BuildRequest(
        content=content,
        templates=ROOT / "templates",
        out=out,
        base_url=base_url,
        strict=True,
        today=datetime.date.fromisoformat(today),
    )
    report = build(request)
    told = [
        f"{one.place.path}:{one.place.line} {one.rule}: {one.message}"
        for one in report.diagnostics
        if one.severity is not Severity.NOTE
    ]
    assert not report.stopped, "\n".join(told)
    return report


def missing(what: str) -> NoReturn:
    """Skips a test for want of a program; in CI that is a failure, so that no check is lost unseen."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing: `make test` installs it")
    pytest.skip(f"{what} is missing: `make test` installs it")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextmanager
def serving(site: BuiltSite) -> Iterator[str]:
    """Gives out the site on this machine, at the path that it was built for, and tells its address there."""
    prefix = urlsplit(site.base_url).path
    above = site.folder.parents[prefix.strip("/").count("/")] if prefix != "/" else site.folder
    handler = functools.partial(_Quiet, directory=str(above))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()
