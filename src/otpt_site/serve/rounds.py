"""What is known after each rebuild: the problems with their lines, and what there is to say of each page.

A round that problems stopped keeps the pages of the last good one, so that there is always something to look at.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from otpt_site.checks.language import FEWEST_WORDS
from otpt_site.checks.traits import Traits
from otpt_site.diagnostics import Diagnostic, Place
from otpt_site.guide.common import Page as ContentPage
from otpt_site.guide.common import PageState, changes_on, state_of
from otpt_site.guide.records import Record
from otpt_site.library import Guide, Reviewed, ReviewStanding
from otpt_site.pages.addresses import page_url
from otpt_site.pages.plan import Page, SitePlan, output_path
from otpt_site.rules import Severity

_KINDS: Final = ("therapy", "condition", "goal", "comparison", "article", "page", "person")


class ShownProblem(NamedTuple):
    """A problem with the line that it is in, as that line was when it was found; empty when there is none."""

    found: Diagnostic
    line: str


class PageFacts(NamedTuple):
    """What a preview says of one page. What does not apply is None: a list of pages has no reading grade."""

    source: Place
    state: PageState = PageState.PUBLISHED
    # When the page comes, goes, or went.
    day: datetime.date | None = None
    grade: float | None = None
    standing: ReviewStanding | None = None


class Site:
    """The pages of one good build, and what is known of them."""

    def __init__(self, guide: Guide, plan: SitePlan, traits: Iterable[Traits]) -> None:
        self._guide = guide
        self._plan = plan
        self._traits = traits

    def facts(self, path: str) -> PageFacts | None:
        """What is known of the page in this file of the output folder; None when it is no page for readers.

        A page that was there and expired is known too, so that an editor who looks for it learns where it went.
        """
        page = self._pages.get(path)
        if page is None:
            gone = self._gone.get(path)
            return self._facts(gone) if gone else None
        if page.frame is None:
            return None
        record = self._records.get(page.origin)
        return self._facts(record) if record else PageFacts(page.origin)

    def _facts(self, record: Record) -> PageFacts:
        state = _state(record, self._guide.today)
        return PageFacts(
            record.place,
            state,
            changes_on(record, state) if isinstance(record, ContentPage) else None,
            self._grades.get(record.place),
            self._guide.standing(record) if isinstance(record, Reviewed) else None,
        )

    def lines(self, source: Place) -> range:
        """The lines of the page's source that are its own: all of a file, or the row of a table."""
        after = next((second for first, second in pairwise(self._rows.get(source.path, [])) if first == source.line), 0)
        shared = len(self._rows.get(source.path, [])) > 1
        return range(source.line if shared else 0, after or 1_000_000_000)

    @cached_property
    def _pages(self) -> dict[str, Page]:
        return {output_path(page.url): page for page in self._plan.pages}

    @cached_property
    def _gone(self) -> dict[str, Record]:
        """The pages that expired, by the file that each would be in. The preview leaves nothing else out."""
        return {output_path(page_url(out.kind, out.record)): out.record for out in self._guide.left_out}

    @cached_property
    def _records(self) -> dict[Place, Record]:
        return {record.place: record for kind in _KINDS for record in self._guide.shelf(kind).values()}

    @cached_property
    def _rows(self) -> dict[str, list[int]]:
        """The lines at which the pages begin that come from one file."""
        rows: dict[str, set[int]] = {}
        for place in self._records:
            rows.setdefault(place.path, set()).add(place.line)
        return {path: sorted(lines) for path, lines in rows.items()}

    @cached_property
    def _grades(self) -> dict[Place, float]:
        """The reading grade of each page that is long enough, in the language that the grades are made for."""
        english = self._guide.site.language.startswith("en")
        counted = ((one.place, one.readability) for one in self._traits if english)
        return {place: counts.grade for place, counts in counted if counts.words >= FEWEST_WORDS}


def _state(record: Record, today: datetime.date) -> PageState:
    if isinstance(record, ContentPage):
        return state_of(record, today)
    # A row of a table has no dates.
    return PageState.DRAFT if getattr(record, "draft", False) else PageState.PUBLISHED


class Round(NamedTuple):
    """What there is to show after one rebuild.

    `number` counts what was found out, `shown` is that of the last rebuild that made a site, and `files` are the files
    of that site. `stopped` says that this rebuild made none, `failure` why when it was neither the content nor the
    templates.
    """

    number: int = 0
    shown: int = 0
    site: Site | None = None
    files: Mapping[str, str] = {}
    stopped: bool = False
    problems: tuple[ShownProblem, ...] = ()
    failure: str = ""

    @property
    def errors(self) -> list[ShownProblem]:
        """What keeps the site from being published."""
        return [problem for problem in self.problems if problem.found.severity is Severity.ERROR]

    def of_page(self, facts: PageFacts) -> list[ShownProblem]:
        """The problems of one page, the serious ones first."""
        lines = self.site.lines(facts.source) if self.site else range(0)
        mine = (one for one in self.problems if one.found.place.path == facts.source.path)
        here = [one for one in mine if one.found.place.line in lines]
        order = list(Severity)
        return sorted(here, key=lambda problem: order.index(problem.found.severity))


def shown_problems(found: Iterable[Diagnostic], root: Path) -> Iterator[ShownProblem]:
    """The problems, each with its line; `root` is the project's folder."""
    texts: dict[str, list[str]] = {}
    for one in found:
        path, line = one.place.path, one.place.line
        if line and path not in texts:
            texts[path] = _lines(root / path)
        yield ShownProblem(one, texts[path][line - 1] if line and line <= len(texts[path]) else "")


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig", errors="replace").split("\n")
    except OSError:
        return []
