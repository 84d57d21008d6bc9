"""The site plan to files: fills the templates of the pages that changed, and keeps going when one fails.

A page is a pure function of its view and its templates; its view, of the text of its own file and of what all can see
of the others. So there are two ways not to fill it again: the surroundings and the page's own file are those of the
last build, and its view need not even be made; or its fingerprint is that of an earlier build. Either way the store
knows the digest of what came out, and the output folder holds it; where it does not, the page is filled anew.
"""

import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from otpt_site.cache import Store
from otpt_site.diagnostics import Diagnostic, Report, problem
from otpt_site.library import Calendar
from otpt_site.output_folder import altered
from otpt_site.pages.plan import OutputFile, Page, SitePlan, output_path
from otpt_site.request import Progress
from otpt_site.spool import Spool
from otpt_site.theme import TemplateFailure, Theme

_PAGE: Final = "page"
_SITE: Final = "site"


class _KeptPage(msgspec.Struct, frozen=True):
    """What a page was made of, and the digest of what came out."""

    fingerprint: str
    digest: str


class _KeptSite(msgspec.Struct, frozen=True):
    """The last whole site: what every page could see, until when that held, and of each page its file and its bytes."""

    surroundings: bytes
    since: datetime.date | None
    until: datetime.date | None
    pages: dict[str, tuple[str, str]]

    def holds(self, surroundings: bytes, today: datetime.date) -> bool:
        """Whether pages whose own files did not change are as they were."""
        since, until = self.since or datetime.date.min, self.until
        return self.surroundings == surroundings and since <= today and (until is None or today < until)


class Edition(msgspec.Struct, frozen=True):
    """One site among those that may be made of one content: what tells it from others, and what it was made from.

    `surroundings` is the digest of all that any page can see, `own` the digest of each source file by its shown path.
    """

    name: str
    surroundings: bytes
    own: Mapping[str, str]
    calendar: Calendar


class Renderer:
    """Makes the files of a plan.

    `out` is the folder that may hold files of an earlier build. What is rendered waits in `spool`.
    """

    def __init__(self, theme: Theme, store: Store, spool: Spool, out: Path | None, edition: Edition) -> None:
        self._theme = theme
        self._store = store
        self._spool = spool
        self._out = out
        self._edition = edition
        self._failures: dict[Diagnostic, str] = {}
        self._to_keep: dict[str, _KeptPage] = {}
        self._made: dict[str, tuple[str, str]] = {}

    def files(self, plan: SitePlan, report: Report, progress: Progress) -> tuple[OutputFile, ...]:
        """Every file of the plan, pages rendered. A failing page is reported and left out.

        `progress` is called with the number of pages done and of all pages.
        """
        made = list(self._pages(plan.pages, progress))
        made += self._stale(plan.pages, made)
        for diagnostic, url in self._failures.items():
            # One faulty line fails many pages: it is told once, with the first page that it failed.
            report(msgspec.structs.replace(diagnostic, message=f"{diagnostic.message} (on the page {url})"))
        return (*made, *(OutputFile.of(output_path(file.url), file.data) for file in plan.files))

    def _pages(self, pages: Sequence[Page], progress: Progress) -> Iterator[OutputFile]:
        last = self._store.load(_SITE, self._edition.name.encode(), _KeptSite)
        calendar = self._edition.calendar
        if last is None or not last.holds(self._edition.surroundings, calendar.today):
            last = None
        else:
            # The views that are not made would have noted these days.
            for day in filter(None, (last.since, last.until)):
                calendar.turns_on(day)
        for done, page in enumerate(pages, start=1):
            own = self._edition.own.get(page.origin.path, "")
            before = last.pages.get(page.url) if last else None
            if before and before[0] == own:
                self._store.touch(_PAGE, self._key(page.url))
                file: OutputFile | None = OutputFile(output_path(page.url), before[1])
            else:
                file = self._known_or_filled(page)
            if file:
                self._made[page.url] = (own, file.digest)
                yield file
            progress(done, len(pages))

    def _known_or_filled(self, page: Page) -> OutputFile | None:
        """The page as an earlier build made it of the same view; else filled now. None when that failed."""
        try:
            view = page.view
            fingerprint = self._fingerprint(page, view)
            kept = self._store.load(_PAGE, self._key(page.url), _KeptPage)
            if kept and kept.fingerprint == fingerprint:
                return OutputFile(output_path(page.url), kept.digest)
            return self._filled(page, view, fingerprint)
        except TemplateFailure as failure:
            self._failures.setdefault(failure.diagnostic, page.url)
            return None

    def _fingerprint(self, page: Page, view: msgspec.Struct) -> str:
        """The fingerprint; empty when there is none, because of a sign that no file can hold."""
        try:
            return self._theme.fingerprint(page.template, view)
        except UnicodeEncodeError:
            return ""

    def _filled(self, page: Page, view: msgspec.Struct, fingerprint: str) -> OutputFile:
        """The page filled anew. Raises TemplateFailure."""
        data = rendered(page, view, self._theme)
        file = OutputFile(output_path(page.url), hashlib.sha256(data).hexdigest(), self._spool.keep(data))
        if fingerprint:
            self._to_keep[page.url] = _KeptPage(fingerprint, file.digest)
        return file

    def _stale(self, pages: Sequence[Page], made: list[OutputFile]) -> Iterator[OutputFile]:
        """Takes out of `made` what the output folder was to hold and does not; makes it anew."""
        if self._out is None:
            return
        missing = altered(self._out, {file.path: file.digest for file in made if not file.load})
        made[:] = [file for file in made if file.load or file.path not in missing]
        for page in pages:
            if output_path(page.url) in missing:
                try:
                    yield self._filled(page, page.view, "")
                except TemplateFailure as failure:
                    self._failures.setdefault(failure.diagnostic, page.url)

    def _key(self, url: str) -> bytes:
        return f"{self._edition.name}\0{url}".encode(errors="surrogateescape")

    def keep(self, *, whole: bool) -> None:
        """Keeps what was found out, for the next build; `whole` tells that nothing is wrong with the site."""
        for url, kept in self._to_keep.items():
            self._store.save(_PAGE, self._key(url), kept)
        if whole:
            calendar = self._edition.calendar
            site = _KeptSite(self._edition.surroundings, calendar.since, calendar.until, self._made)
            self._store.save(_SITE, self._edition.name.encode(), site)


def rendered(page: Page, view: msgspec.Struct, theme: Theme) -> bytes:
    """One page. Raises TemplateFailure."""
    # Also proves that the page depends on nothing but what its fingerprint covers.
    theme.closure_digest(page.template)
    text = theme.render(page.template, view)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        sign = f"U+{ord(text[error.start]):04X}"
        message = f"the page holds the sign {sign}, which no file can hold"
        raise TemplateFailure(problem("template-error", page.origin, message, "Take it out of the text.")) from None
