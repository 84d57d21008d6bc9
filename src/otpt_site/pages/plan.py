"""What the site will be: every page with its address, template and view, and every file beside them."""

import posixpath
from collections.abc import Iterable, Iterator

import msgspec

from otpt_site.diagnostics import Diagnostic, Place, Report, problem


class Page(msgspec.Struct, frozen=True):
    """One page: a template is filled with `view` and the result stands at `url`.

    `origin` is the source it comes from, for messages; it is no part of the view.
    """

    url: str
    template: str
    view: msgspec.Struct
    origin: Place


class PlannedFile(msgspec.Struct, frozen=True):
    """A file that is written as it is: a picture, a script, a table for machines."""

    url: str
    data: bytes
    origin: Place


class SitePlan(msgspec.Struct, frozen=True):
    """All that the site will have, each address once."""

    language: str
    pages: tuple[Page, ...]
    files: tuple[PlannedFile, ...]


def output_path(url: str) -> str:
    """Where in the output folder the page or file at `url` is kept: `/a/` → `a/index.html`, `/a.csv` → `a.csv`."""
    return posixpath.join(url, "index.html").lstrip("/") if url.endswith("/") else url.lstrip("/")


def make_plan(language: str, pages: Iterable[Page], files: Iterable[PlannedFile], report: Report) -> SitePlan:
    """The plan of these pages and files. Two that want one path, or paths apart by case alone, are reported."""
    plan = SitePlan(language, tuple(pages), tuple(files))
    for clash in _clashes(plan):
        report(clash)
    return plan


def _clashes(plan: SitePlan) -> Iterator[Diagnostic]:
    taken: dict[str, Page | PlannedFile] = {}
    folders: dict[str, Page | PlannedFile] = {}
    entries: list[Page | PlannedFile] = [*plan.pages, *plan.files]
    for entry in entries:
        path = output_path(entry.url)
        first = taken.setdefault(path.casefold(), entry)
        if first is not entry:
            same = output_path(first.url) == path
            how = (
                f"both want {entry.url}"
                if same
                else f"{entry.url} and {first.url} differ in small and capital letters only"
            )
            yield problem("same-path", entry.origin, f"{how}; the other is {_name(first.origin)}")
        for folder in _parents(path.casefold()):
            folders.setdefault(folder, entry)
    for path, entry in taken.items():
        if path in folders and folders[path] is not entry:
            yield problem(
                "same-path",
                entry.origin,
                f"{entry.url} is a file, but {folders[path].url} of {_name(folders[path].origin)} needs a folder of that name",
            )


def _parents(path: str) -> Iterator[str]:
    while path := posixpath.dirname(path):
        yield path


def _name(place: Place) -> str:
    return f"{place.path}:{place.line}" if place.line else place.path
