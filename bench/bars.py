"""The bars that this project sets itself, as ratios within one run, and whether a run passes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bench.scenarios import BODY, COLD, NOTHING, TEMPLATE, TITLE

MIB: Final = 1024 * 1024
# Hugo's build after an edited title is its build after any edit of one page.
HUGOS: Final = {TITLE: BODY}
_LARGE: Final = 10_000
_MIDDLE: Final = 2_000

# Pages, tool, scenario → the cost of the median build: seconds of wall and bytes of the largest process.
Walls = dict[tuple[int, str, str], float]


@dataclass(frozen=True)
class Bar:
    """One bar: what it says, what was measured (None when this run can't tell), and the most it may be."""

    says: str
    measured: float | None
    most: float
    unit: str = "×"

    @property
    def verdict(self) -> str:
        """Whether it is passed."""
        if self.measured is None:
            return "not measured"
        return "pass" if self.measured <= self.most else "**fail**"


def bars(walls: Walls, peaks: Walls, shipped: float | None) -> Iterator[Bar]:
    """All bars. `shipped` is the seconds of a build of the shipped site when nothing changed."""

    def against(pages: int, scenario: str, tool: str) -> float | None:
        return _ratio(walls.get((pages, "otpt", scenario)), walls.get((pages, tool, HUGOS.get(scenario, scenario))))

    for scenario, most in ((NOTHING, (8, 12)), (BODY, (5, 10))):
        for pages, part in zip((_MIDDLE, _LARGE), most, strict=True):
            yield Bar(f"{scenario}, {pages:,} pages, of Hugo's", against(pages, scenario, "hugo"), 1 / part)
    for pages, part in ((_MIDDLE, 3), (_LARGE, 6)):
        yield Bar(f"{TITLE}, {pages:,} pages, of Hugo's after one edit", against(pages, TITLE, "hugo"), 1 / part)
    for pages in (_MIDDLE, _LARGE):
        ours = _ratio(walls.get((pages, "otpt", TEMPLATE)), walls.get((pages, "otpt", COLD)))
        yield Bar(f"{TEMPLATE}, {pages:,} pages, of our cold build", ours, 1 / 2)
        yield Bar(f"{COLD}, {pages:,} pages, of Hugo's (stretch: 2×)", against(pages, COLD, "hugo"), 3)
        for tool, part in (("pelican", 5), ("mkdocs", 5), ("zensical", 1)):
            yield Bar(f"{COLD}, {pages:,} pages, of that of {tool}", against(pages, COLD, tool), 1 / part)
    for scenario in (COLD, NOTHING, BODY):
        grown = _ratio(walls.get((_LARGE, "otpt", scenario)), walls.get((_MIDDLE, "otpt", scenario)))
        yield Bar(f"from {_MIDDLE:,} to {_LARGE:,} pages, {scenario}", grown, 5.5)
    largest = [peak for (pages, tool, _), peak in peaks.items() if tool == "otpt" and pages == _LARGE]
    yield Bar(f"peak of any one process, {_LARGE:,} pages", max(largest) / MIB if largest else None, 300, " MiB")
    yield Bar("shipped site, nothing changed, whole process", shipped, 0.5, " s")


def _ratio(ours: float | None, theirs: float | None) -> float | None:
    return ours / theirs if ours and theirs else None
