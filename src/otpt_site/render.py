"""The site plan to files: fills the templates of the pages that changed, and keeps going when one fails.

A page is a pure function of its view and its templates; its view, of the texts that it may show. So there are two ways
not to fill it again: those texts are as they were in the last build, and its view need not even be made; or its
fingerprint is that of an earlier build. Either way the store
knows the digest of what came out, and the output folder holds it; where it does not, the page is filled anew.
"""

import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

import msgspec

from otpt_site.cache import Store
from otpt_site.diagnostics import Diagnostic, Report, problem
from otpt_site.library import Calendar
from otpt_site.output_folder import Look
from otpt_site.pages.plan import OutputFile, Page, PlannedFile, SitePlan, output_path
from otpt_site.request import Progress, Rendered
from otpt_site.spool import Sheet, Spool
from otpt_site.texts import Texts
from otpt_site.theme import Fingerprint, TemplateFailure, Theme
from otpt_site.workers import spread

_PAGE: Final = "page"
_SITE: Final = "site"
_PAY: Final = 250
"""From so many pages on, several processes fill them faster than one."""
_ENTRIES_OF_A_PAGE: Final = 200
"""So many entries of a list take as long to fill in as a page about one thing."""
_NO_FINGERPRINT: Final = Fingerprint("", "", {})
_ENCODER: Final = msgspec.msgpack.Encoder()


class _KeptPage(msgspec.Struct, frozen=True):
    """What a page was made of, and the digest of what came out. `own` is the digest of its source file."""

    fingerprint: Fingerprint
    own: str
    digest: str


class _Filled(msgspec.Struct, frozen=True):
    """What came of looking at a page: the fault that failed it, or the digest of its bytes.

    Of one that is new, also why it was filled, where it lies, and what is to be kept of it, as the store holds it.
    """

    failure: Diagnostic | None = None
    digest: str = ""
    reason: str = ""
    sheet: Sheet | None = None
    to_keep: bytes = b""


class _KeptSite(msgspec.Struct, frozen=True):
    """The last whole site: what all of it rested on, until when that held, and what each file rested on and held."""

    common: bytes
    since: datetime.date | None
    until: datetime.date | None
    files: dict[str, tuple[bytes, str]]

    def holds(self, common: bytes, today: datetime.date) -> bool:
        """Whether files are as they were when the texts that they may show are."""
        since, until = self.since or datetime.date.min, self.until
        return self.common == common and since <= today and (until is None or today < until)


class Edition(msgspec.Struct, frozen=True):
    """One site among those that may be made of one content: what tells it from others, and what it was made from.

    `common` is the digest of all that is no text: engine, templates, settings, pictures. `surroundings` is that of all
    that any page can see, `own` the digest of each source file by its shown path.
    """

    name: str
    common: bytes
    surroundings: bytes
    own: Mapping[str, str]
    texts: Texts
    calendar: Calendar

    def rests_on(self, page: Page) -> bytes:
        """The digest of all texts that a page may show."""
        return self.texts.for_page(*page.of) if page.of else self.surroundings


class Renderer:
    """Makes the files of a plan.

    `look` is one at the folder that may hold files of an earlier build. What is rendered waits in `spool`.
    """

    def __init__(self, theme: Theme, store: Store, spool: Spool, look: Look | None, edition: Edition) -> None:
        self.rendered: list[Rendered] = []
        self._theme = theme
        self._store = store
        self._spool = spool
        self._look = look
        self._edition = edition
        self._failures: dict[Diagnostic, str] = {}
        self._to_keep: dict[str, bytes] = {}
        self._made: dict[str, tuple[bytes, str]] = {}

    def files(self, plan: SitePlan, report: Report, progress: Progress) -> tuple[OutputFile, ...]:
        """Every file of the plan, pages rendered. A failing page is reported and left out.

        `progress` is called with the number of pages done and of all pages.
        """
        last = self._last_site()
        pages = self._pages(plan.pages, last, progress)
        # While other processes fill pages, this one makes the files.
        files = [self._planned_file(file, last) for file in plan.files]
        made = (*pages, *files)
        return self.completed(plan, made, self._look, report) if self._look else self._told(made, report)

    def _told(self, made: tuple[OutputFile, ...], report: Report) -> tuple[OutputFile, ...]:
        """The files, once what failed is reported."""
        for diagnostic, url in self._failures.items():
            # One faulty line fails many pages: it is told once, with the first page that it failed.
            report(msgspec.structs.replace(diagnostic, message=f"{diagnostic.message} (on the page {url})"))
        return made

    def _planned_file(self, file: PlannedFile, last: _KeptSite | None) -> OutputFile:
        """A file that no template fills; its bytes are made only when they may be new."""
        path, rests_on = output_path(file.url), self._edition.surroundings
        before, digest = last.files.get(file.url, (b"", "")) if last else (b"", "")
        made = OutputFile(path, digest) if before == rests_on else OutputFile.of(path, file.make())
        self._made[file.url] = (rests_on, made.digest)
        return made

    def _pages(self, pages: Sequence[Page], last: _KeptSite | None, progress: Progress) -> Iterator[OutputFile]:
        """The pages, as soon as they are asked for; other processes begin to fill them at once."""
        rests_on = {page.url: self._edition.rests_on(page) for page in pages}
        before = last.files if last else {}
        same = {url: before[url][1] for url, digest in rests_on.items() if url in before and before[url][0] == digest}
        looked_at = [page for page in pages if page.url not in same]
        # Read beforehand: a worker can't share the store.
        urls = [page.url for page in looked_at]
        kept = dict(zip(urls, self._store.get_all(_PAGE, map(self._key, urls)), strict=True))
        cost = partial(_cost, len(pages))
        found = spread(lambda page: self._looked_at(page, kept[page.url]), looked_at, worth=_PAY, cost=cost)

        def collected() -> Iterator[OutputFile]:
            for done, page in enumerate(pages, start=1):
                if page.url in same:
                    self._store.touch(_PAGE, self._key(page.url))
                    file: OutputFile | None = OutputFile(output_path(page.url), same[page.url])
                else:
                    file = self._file(page, next(found))
                if file:
                    self._made[page.url] = (rests_on[page.url], file.digest)
                    yield file
                progress(done, len(pages))

        return collected()

    def _last_site(self) -> _KeptSite | None:
        """The last whole site, if it was made of what this one is made of, but for the texts."""
        last = self._store.load(_SITE, self._edition.name.encode(), _KeptSite)
        calendar = self._edition.calendar
        if last is None or not last.holds(self._edition.common, calendar.today):
            return None
        # The views that are not made would have noted these days.
        for day in filter(None, (last.since, last.until)):
            calendar.turns_on(day)
        return last

    def _own(self, page: Page) -> str:
        return self._edition.own.get(page.origin.path, "")

    def _looked_at(self, page: Page, kept: bytes | None) -> _Filled:
        """The page as an earlier build made it of the same view; else filled now."""
        before = _kept_page(kept)
        try:
            view = page.view
            fingerprint = self._fingerprint(page, view)
            if before and before.fingerprint == fingerprint:
                return _Filled(digest=before.digest)
            data = rendered(page, view, self._theme)
        except TemplateFailure as failure:
            return _Filled(failure.diagnostic)
        now = _KeptPage(fingerprint, self._own(page), hashlib.sha256(data).hexdigest())
        to_keep = b"" if fingerprint == _NO_FINGERPRINT else _ENCODER.encode(now)
        return _Filled(None, now.digest, _reason(before, now), self._spool.keep(data), to_keep)

    def _fingerprint(self, page: Page, view: msgspec.Struct) -> Fingerprint:
        """The fingerprint; one without values when there is none, because of a sign that no file can hold."""
        try:
            return self._theme.fingerprint(page.template, view)
        except UnicodeEncodeError:
            return _NO_FINGERPRINT

    def _file(self, page: Page, filled: _Filled | None) -> OutputFile | None:
        """The file of a page that was looked at. None when that failed."""
        if filled is None:
            failure = problem("worker-crashed", page.origin, "the process that made this page ended before it was done")
            self._failures.setdefault(failure, page.url)
        elif filled.failure:
            self._failures.setdefault(filled.failure, page.url)
        else:
            return self._filled_file(page, filled)
        return None

    def _filled_file(self, page: Page, filled: _Filled) -> OutputFile:
        path = output_path(page.url)
        if filled.sheet is None:
            return OutputFile(path, filled.digest)
        self.rendered.append(Rendered(page.url, filled.reason))
        if filled.to_keep:
            self._to_keep[page.url] = filled.to_keep
        return OutputFile(path, filled.digest, self._spool.loader(filled.sheet))

    def completed(
        self, plan: SitePlan, files: Sequence[OutputFile], look: Look, report: Report
    ) -> tuple[OutputFile, ...]:
        """The files, those made anew that the output folder was to hold and, as that look shows, does not."""
        missing = look.altered({file.path: file.digest for file in files if not file.load})
        again = [page for page in plan.pages if output_path(page.url) in missing]
        filled = spread(partial(self._looked_at, kept=None), again, worth=_PAY)
        new = {file.path: file for page, made in zip(again, filled, strict=True) if (file := self._anew(page, made))}
        for planned in plan.files:
            if (path := output_path(planned.url)) in missing:
                new[path] = OutputFile.of(path, planned.make())
        kept = (file for file in files if file.path not in missing)
        return self._told((*kept, *new.values()), report)

    def _anew(self, page: Page, filled: _Filled | None) -> OutputFile | None:
        if filled and filled.sheet:
            filled = msgspec.structs.replace(filled, reason="the output folder did not hold it as it was written")
        return self._file(page, filled)

    def _key(self, url: str) -> bytes:
        return f"{self._edition.name}\0{url}".encode(errors="surrogateescape")

    def keep(self, *, whole: bool) -> None:
        """Keeps what was found out, for the next build; `whole` tells that nothing is wrong with the site."""
        for url, kept in self._to_keep.items():
            self._store.put(_PAGE, self._key(url), kept)
        if whole:
            calendar = self._edition.calendar
            site = _KeptSite(self._edition.common, calendar.since, calendar.until, self._made)
            self._store.save(_SITE, self._edition.name.encode(), site)


def _cost(pages: int, page: Page) -> float:
    """What a page of a site with so many takes, in pages about one thing: what is about none grows with the site."""
    return 1 if page.of else max(1, pages / _ENTRIES_OF_A_PAGE)


def _kept_page(data: bytes | None) -> _KeptPage | None:
    try:
        return msgspec.msgpack.decode(data, type=_KeptPage) if data else None
    except msgspec.DecodeError:
        return None  # another version of this program kept it


def _reason(before: _KeptPage | None, now: _KeptPage) -> str:
    """Why a page was filled, in words."""
    if before is None:
        return "no earlier build made it"
    was, is_ = before.fingerprint, now.fingerprint
    if was.engine != is_.engine:
        return "this program or a library is another version"
    if was.templates != is_.templates:
        return "its templates changed"
    changed = sorted(name for name in was.values | is_.values if was.values.get(name) != is_.values.get(name))
    whose = "what it shows of other files" if before.own == now.own else "its own file"
    return f"{whose} changed: {', '.join(changed)}"


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
