"""What is measured: a change to a project, a build, and the proof that the build did what it should.

A measurement whose output is not as expected is no measurement: it raises `Wrong`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.corpus import Corpus, Page, address
from bench.edits import edit_body, edit_template, edit_title, mark
from bench.tools import OTPT, OUTPUT, ROOT, Tool

COLD: Final = "cold"
NOTHING: Final = "nothing changed"
BODY: Final = "one body edited"
TITLE: Final = "one title edited"
TEMPLATE: Final = "base template edited"
# In this order within a round; each leaves the project built, for the next one to change.
SCENARIOS: Final = (COLD, NOTHING, BODY, TITLE, TEMPLATE)
_LOOKED_AT: Final = 25


class Wrong(Exception):
    """A build failed, or its output is not what was to be built."""


@dataclass(frozen=True)
class Cost:
    """What one build took: seconds and bytes. `peak_sum` counts memory that processes share once for each of them."""

    wall: float
    cpu: float
    peak: int
    peak_sum: int


def build_cost(command: Sequence[str], project: Path) -> Cost:
    """What the build of a project costs. Wrong when it fails."""
    # What earlier builds wrote is on the disk before this one begins.
    os.sync()
    log = project.with_suffix(".log")
    measure = [sys.executable, "-S", "-E", str(ROOT / "bench" / "measure.py"), str(log), *command]
    measured = json.loads(subprocess.run(measure, cwd=project, check=True, capture_output=True, text=True).stdout)
    if measured.pop("exit_code") != 0:
        raise Wrong(f"{command[0]} failed: {log.read_text('utf-8', errors='replace')[-2000:]}")
    return Cost(**measured)


class Bench:
    """One tool with its project, and the texts of the files that are edited, as they were."""

    def __init__(self, tool: Tool, corpus: Corpus, project: Path, homes: Path) -> None:
        self.tool = tool
        self._corpus = corpus
        self._project = project
        self._command = tool.command(homes)
        conditions = corpus.of("condition")
        self._page = conditions[len(conditions) // 2]
        tool.lay_out(project, corpus)
        self._body, self._template = tool.page_path(self._page), tool.base_template
        self._texts = {path: (project / path).read_text("utf-8") for path in (self._body, self._template)}

    def can(self, scenario: str) -> bool:
        """Titles are edited in our own guide only: elsewhere no other page looks them up."""
        return scenario != TITLE or self.tool is OTPT

    def measure(self, scenario: str, number: int) -> Cost:
        """Makes the change, builds, and looks at what was built. `number` tells one round's edits from another's."""
        if scenario == COLD:
            self.tool.clear(self._project)
            for path, text in self._texts.items():
                self._write(path, text)
        elif scenario == BODY:
            self._edit(self._body, edit_body, number)
        elif scenario == TITLE:
            self._edit(self._body, edit_title, number)
        elif scenario == TEMPLATE:
            self._edit(self._template, edit_template, number)
        cost = build_cost(self._command, self._project)
        self._check(scenario, number)
        return cost

    def _edit(self, path: str, edit: Callable[[str, int], str], number: int) -> None:
        self._write(path, edit((self._project / path).read_text("utf-8"), number))

    def _write(self, path: str, text: str) -> None:
        (self._project / path).write_text(text, "utf-8")

    def _check(self, scenario: str, number: int) -> None:
        missing = [page.id for page in self._corpus.pages if not self._built_page(page).is_file()]
        if missing:
            raise Wrong(f"{self.tool.name} did not build {len(missing)} pages, such as {missing[0]}")
        for path, wanted in self._expected(scenario, number):
            if wanted not in path.read_text("utf-8"):
                raise Wrong(f"{self.tool.name}, {scenario}: '{wanted}' is not in {path.relative_to(self._project)}")

    def _expected(self, scenario: str, number: int) -> Iterator[tuple[Path, str]]:
        """Files, and what each must show."""
        if scenario == BODY:
            yield self._built_page(self._page), mark(number)
        elif scenario == TITLE:
            title = f"{self._page.title} {number}"
            yield self._built_page(self._page), title
            yield self._project / OUTPUT / "conditions" / "index.html", title
        for page in self._corpus.pages[:: max(1, len(self._corpus.pages) // _LOOKED_AT)]:
            yield self._built_page(page), mark(number) if scenario == TEMPLATE else page.title

    def _built_page(self, page: Page) -> Path:
        return self._project / OUTPUT / address(page)
