"""A project on disk: a tiny guide's content folder, to be built or checked as an editor would."""

import contextlib
import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from otpt_site.build import BuildReport, BuildRequest, build
from otpt_site.diagnostics import Diagnostic
from otpt_site.output_folder import MANIFEST
from tests.kit import DEFAULTS, TODAY, article, comparison, condition, plain_page, therapy

# One of each kind of content, so that every template is filled.
ONE_OF_EACH: Mapping[str, str] = {
    **DEFAULTS,
    "therapies/ot.md": therapy(name="Occupational therapy", short="OT", person="occupational therapist"),
    "conditions/stroke.md": condition(
        "Slow walking [@trial-2020].\n\n## Does it help?\n\nOften [@trial-2020].",
        joins="ot",
        also_called="[brain attack]",
        safety="[stroke-signs]",
        aliases="[/old-stroke/]",
    ),
    "comparisons/fall.md": comparison(conditions="[stroke]", safety="[stroke-signs]"),
    "articles/which-first.md": article(conditions="[stroke]", safety="[stroke-signs]", see_also="[condition:stroke]"),
    "pages/about.md": plain_page(),
    "pages/sessions.md": plain_page("Both begin alike.\n\n## After\n\nRest.", title="Sessions"),
}


class Project(NamedTuple):
    """A project's folder, and how to build it."""

    root: Path

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def out(self) -> Path:
        return self.root / "build"

    def write(self, files: Mapping[str, str | bytes], folder: str = "content") -> None:
        """Writes files into the content, or another folder of the project."""
        for path, data in files.items():
            place = self.root / folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data.encode() if isinstance(data, str) else data)

    def request(self, **changes: object) -> BuildRequest:
        """A request to build it on the tests' day."""
        fields: dict[str, object] = {
            "content": self.content,
            "templates": self.root / "templates",
            "out": self.out,
            "today": TODAY,
        }
        return BuildRequest(**(fields | changes))  # type: ignore[arg-type]

    def build(self, **changes: object) -> BuildReport:
        """Builds it."""
        return build(self.request(**changes))

    def files(self) -> dict[str, bytes]:
        """Every file in the output folder with its bytes, the manifest left out."""
        return {path: data for path, data in self.all_files().items() if path != MANIFEST}

    def all_files(self) -> dict[str, bytes]:
        """Every file in the output folder with its bytes."""
        found = sorted(path for path in self.out.rglob("*") if path.is_file())
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in found}

    def page(self, path: str) -> str:
        """The text of one file of the site."""
        return (self.out / path).read_text("utf-8")

    @contextlib.contextmanager
    def untouched(self) -> Iterator[None]:
        """Fails when anything in the output folder changes."""
        before = self._state()
        yield
        assert self._state() == before

    def _state(self) -> dict[str, tuple[bytes, int]]:
        files = (path for path in self.out.rglob("*") if path.is_file())
        return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def project(root: Path, files: Mapping[str, str | bytes] = ONE_OF_EACH) -> Project:
    """A project with this content in the folder `root`."""
    made = Project(root)
    made.write(files)
    return made


def told(report: BuildReport, *, notes: bool = False) -> list[str]:
    """The problems of a report, in a line each."""
    return [_line(one) for one in report.diagnostics if notes or one.severity != "note"]


def _line(one: Diagnostic) -> str:
    place = ":".join(str(part) for part in (one.place.path, one.place.line) if part)
    return f"{place} {one.rule}: {one.message}"


def day(text: str) -> datetime.date:
    """`2026-11-23` as a day."""
    return datetime.date.fromisoformat(text)
