"""What a build is asked for, and what came of it."""

import datetime
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from otpt_site.diagnostics import Diagnostic, absolute
from otpt_site.publish import Published
from otpt_site.rules import RULES, Severity
from otpt_site.sources import SourceFile
from otpt_site.template_files import TemplateFolder

Progress = Callable[[int, int], None]
"""Told the number of pages done and of all pages."""


Today = Callable[[str], datetime.date]
"""The day of the build in the time zone named."""


class BuildRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What to build, and how. `out` is None to check only; `today` None for now in the site's time zone."""

    content: Path
    templates: Path
    out: Path | None
    base_url: str | None = None
    strict: bool = False
    drafts: bool = False
    today: datetime.date | None = None

    @property
    def root(self) -> Path:
        """The project's folder: the paths in problems are relative to it."""
        return absolute(self.content).parent


class Inputs(NamedTuple):
    """All that a build is made from, as it was read: `key` is the digest of it all and of the options that matter.

    `apart` is the digest of the same without the sources.
    """

    engine: str
    folders: tuple[TemplateFolder, ...]
    templates: str
    sources: tuple[SourceFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    apart: bytes
    key: bytes


class Rendered(msgspec.Struct, frozen=True):
    """A page that was filled anew, and why it was."""

    url: str
    reason: str


class BuildReport(msgspec.Struct, frozen=True):
    """What came of it. `pages` counts the pages of the site, `links` the links within the guide that were checked.

    `rendered` are the pages that were filled anew.

    `stopped` says that problems kept the site from being built; `cut_short` that this happened while it was written.
    """

    pages: int
    files: Published
    diagnostics: tuple[Diagnostic, ...]
    stopped: bool
    cut_short: bool = False
    rendered: tuple[Rendered, ...] = ()
    links: int = 0

    def about(self, paths: Collection[str], *, strict: bool) -> "BuildReport":
        """The same for somebody who asks for some files alone: their problems, and whether one of those stops."""
        own = tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.place.path in paths)
        return msgspec.structs.replace(self, diagnostics=own, stopped=stops(own, strict=strict))


def stops(diagnostics: Iterable[Diagnostic], *, strict: bool) -> bool:
    """Whether one of these problems keeps the site from being published."""
    return any(
        diagnostic.severity is Severity.ERROR
        or (strict and diagnostic.severity is Severity.WARNING and RULES[diagnostic.rule].stops_strict_builds)
        for diagnostic in diagnostics
    )
