"""What the site will be: every page with its address, template and view, and every file beside them."""

import datetime
import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Self

import msgspec

from otpt_site.diagnostics import Diagnostic, Place, Report, problem
from otpt_site.pages.views import Frame


class Page(msgspec.Struct, frozen=True):
    """One page: a template is filled with its view and the result stands at `url`.

    The view is made when it is asked for, by `make`, and not kept: a large site would not fit into memory, and a page
    that did not change needs none. So is the frame of a page for readers, by `make_frame`. `origin` is the source it
    comes from; it is no part of the view. `of` is the kind and id of the one thing of the content that the page is
    about, if there is one: such a page may show no more than `texts.Texts.for_page` digests. `updated_on` is the day on
    which its text last changed, where one is known.
    """

    url: str
    template: str
    make: Callable[[], msgspec.Struct]
    origin: Place
    make_frame: Callable[[], Frame] | None = None
    of: tuple[str, str] | None = None
    updated_on: datetime.date | None = None

    @property
    def view(self) -> msgspec.Struct:
        """All that the template shows."""
        return self.make()

    @property
    def frame(self) -> Frame | None:
        """What stands around the page, when it is one for readers."""
        return self.make_frame() if self.make_frame else None


class PlannedFile(msgspec.Struct, frozen=True):
    """A file that no template fills: a picture, a script, a table for machines. `make` gives its bytes."""

    url: str
    make: Callable[[], bytes]
    origin: Place


class OutputFile(msgspec.Struct, frozen=True):
    """A file of the site: its path in the output folder, the SHA-256 of its bytes, and what gives them.

    `load` is None when the output folder was found to hold the file as it should be.
    """

    path: str
    digest: str
    load: Callable[[], bytes] | None = None

    @classmethod
    def of(cls, path: str, data: bytes) -> Self:
        """The file with these bytes."""
        return cls(path, hashlib.sha256(data).hexdigest(), lambda: data)


class SitePlan(msgspec.Struct, frozen=True):
    """All that the site will have, each address once."""

    language: str
    pages: tuple[Page, ...]
    files: tuple[PlannedFile, ...]

    @property
    def reader_pages(self) -> int:
        """How many pages are for readers: site map, feed and other lists for machines don't count."""
        return sum(page.url.endswith(("/", ".html")) for page in self.pages)


# A part of a path without what no system that may hold the site or serve it takes in a name, and what has a meaning of
# its own in an address.
_SAFE_NAME: Final = r"""[^\\/:*?"<>|#%\x00-\x1f\x7f\ud800-\udfff]+(?<![. ])"""
_SAFE_PATH: Final = re.compile(f"{_SAFE_NAME}(?:/{_SAFE_NAME})*")
# Systems allow 255 bytes; a file that is being written has a few more in its name.
_LONGEST_NAME: Final = 240


def is_safe_path(path: str) -> bool:
    """Whether this is a path that stays inside its folder and that every system can hold."""
    if not _SAFE_PATH.fullmatch(path):
        return False
    return len(path) * 4 <= _LONGEST_NAME or all(len(part.encode()) <= _LONGEST_NAME for part in path.split("/"))


def output_path(url: str) -> str:
    """Where in the output folder the page or file at `url` is kept: `/a/` → `a/index.html`, `/a.csv` → `a.csv`."""
    return posixpath.join(url, "index.html").lstrip("/") if url.endswith("/") else url.lstrip("/")


def make_plan(language: str, pages: Iterable[Page], files: Iterable[PlannedFile], report: Report) -> SitePlan:
    """The plan of these pages and files. Two that want one path, or paths apart by case alone, are reported."""
    plan = SitePlan(language, tuple(pages), tuple(files))
    for fault in (*_unsafe(plan), *_clashes(plan)):
        report(fault)
    return plan


def _unsafe(plan: SitePlan) -> Iterator[Diagnostic]:
    entries: list[Page | PlannedFile] = [*plan.pages, *plan.files]
    for entry in entries:
        if not is_safe_path(output_path(entry.url)):
            hint = "Use letters, digits, hyphens and points only, and not too many."
            yield problem("bad-address", entry.origin, f"'{entry.url}' can't be an address on every system", hint)


def _clashes(plan: SitePlan) -> Iterator[Diagnostic]:
    taken: dict[str, Page | PlannedFile] = {}
    folders: dict[str, Page | PlannedFile] = {}
    entries: list[Page | PlannedFile] = [*plan.pages, *plan.files]
    for entry in entries:
        path = output_path(entry.url)
        # Some systems take names that differ in case, or in how an accent is stored, for one.
        first = taken.setdefault(_folded(path), entry)
        if first is not entry:
            same = output_path(first.url) == path
            how = "is taken already, by" if same else f"differs only in small and capital letters from {first.url} of"
            yield problem("same-path", entry.origin, f"the address {entry.url} {how} {_name(first.origin)}")
        for folder in _parents(_folded(path)):
            folders.setdefault(folder, entry)
    for path, entry in taken.items():
        if path in folders and folders[path] is not entry:
            inner = folders[path]
            message = f"{inner.url} needs a folder where {entry.url} of {_name(entry.origin)} is a file"
            yield problem("same-path", inner.origin, message)


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _parents(path: str) -> Iterator[str]:
    while path := posixpath.dirname(path):
        yield path


def _name(place: Place) -> str:
    return f"{place.path}:{place.line}" if place.line else place.path
