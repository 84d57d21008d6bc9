"""The site plan to files: fills the templates of the pages that changed, and keeps going when one fails.

A page whose fingerprint is that of an earlier build is not filled again: the store knows the digest of what came out,
and the output folder holds it. Where it does not, the page is filled anew; no page's text is kept twice.
"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from otpt_site.cache import Store
from otpt_site.diagnostics import Diagnostic, Report, problem
from otpt_site.pages.plan import OutputFile, Page, SitePlan, output_path
from otpt_site.publish import unlike
from otpt_site.request import Progress
from otpt_site.spool import Spool
from otpt_site.theme import TemplateFailure, Theme

_NAMESPACE = "page"


class _Kept(msgspec.Struct, frozen=True):
    """What the store knows of a page: what it was made of, and the digest of what came out."""

    fingerprint: str
    digest: str


class Renderer:
    """Makes the files of a plan.

    `edition` is what may differ between two sites made of one content, such as the base URL. `out` is the folder that
    may hold files of an earlier build. What is rendered waits in `spool`.
    """

    def __init__(self, theme: Theme, store: Store, spool: Spool, out: Path | None, edition: object) -> None:
        self._theme = theme
        self._store = store
        self._out = out
        self._edition = repr(edition).encode()
        self._spool = spool
        self._to_keep: list[tuple[bytes, _Kept]] = []

    def files(self, plan: SitePlan, report: Report, progress: Progress) -> tuple[OutputFile, ...]:
        """Every file of the plan, pages rendered. A failing page is reported and left out.

        `progress` is called with the number of pages done and of all pages.
        """
        failures: dict[Diagnostic, str] = {}
        known = [self._known(page) for page in plan.pages]
        fine = {
            output_path(page.url): kept.digest
            for page, kept in zip(plan.pages, known, strict=True)
            if isinstance(kept, _Kept)
        }
        stale = unlike(self._out, fine) if self._out else frozenset()
        made = tuple(self._made(plan.pages, known, stale, failures, progress))
        for diagnostic, url in failures.items():
            # One faulty line fails many pages: it is told once, with the first page that it failed.
            report(msgspec.structs.replace(diagnostic, message=f"{diagnostic.message} (on the page {url})"))
        return made + tuple(OutputFile.of(output_path(file.url), file.data) for file in plan.files)

    def _known(self, page: Page) -> _Kept | str | None:
        """What the store knows of the page as it is now; else its fingerprint, or None when it has none."""
        try:
            fingerprint = self._theme.fingerprint(page.template, page.view)
        except (TemplateFailure, UnicodeEncodeError):
            return None  # told, or found to be all right, when it is filled
        kept = self._store.load(_NAMESPACE, self._key(page), _Kept)
        return kept if kept and kept.fingerprint == fingerprint else fingerprint

    def _key(self, page: Page) -> bytes:
        return self._edition + page.url.encode(errors="surrogateescape")

    def _made(
        self,
        pages: Sequence[Page],
        known: Sequence[_Kept | str | None],
        stale: frozenset[str],
        failures: dict[Diagnostic, str],
        progress: Progress,
    ) -> Iterator[OutputFile]:
        for done, (page, kept) in enumerate(zip(pages, known, strict=True), start=1):
            path = output_path(page.url)
            if isinstance(kept, _Kept) and path not in stale:
                yield OutputFile(path, kept.digest)
            else:
                try:
                    yield self._filled(page, path, kept.fingerprint if isinstance(kept, _Kept) else kept)
                except TemplateFailure as failure:
                    failures.setdefault(failure.diagnostic, page.url)
            progress(done, len(pages))

    def _filled(self, page: Page, path: str, fingerprint: str | None) -> OutputFile:
        """The page filled anew. Raises TemplateFailure."""
        data = rendered(page, self._theme)
        file = OutputFile(path, hashlib.sha256(data).hexdigest(), self._spool.keep(data))
        if fingerprint:
            self._to_keep.append((self._key(page), _Kept(fingerprint, file.digest)))
        return file

    def keep(self) -> None:
        """Keeps what was found out, for the next build."""
        for key, kept in self._to_keep:
            self._store.save(_NAMESPACE, key, kept)


def rendered(page: Page, theme: Theme) -> bytes:
    """One page. Raises TemplateFailure."""
    # Also proves that the page depends on nothing but what its fingerprint covers.
    theme.closure_digest(page.template)
    text = theme.render(page.template, page.view)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        sign = f"U+{ord(text[error.start]):04X}"
        message = f"the page holds the sign {sign}, which no file can hold"
        raise TemplateFailure(problem("template-error", page.origin, message, "Take it out of the text.")) from None
