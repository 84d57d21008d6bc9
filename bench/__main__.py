"""`make bench`: installs the tools, builds made-up guides with each, and prints what it took. README.md tells more."""

import argparse
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from bench.corpus import make_corpus
from bench.report import report
from bench.scenarios import COLD, SCENARIOS, Bench, Cost, Wrong, build_cost
from bench.tools import OTPT, ROOT, TOOLS, Tool, install

_WORK: Final = ROOT / ".cache" / "bench"
_HOMES: Final = _WORK / "tools"
_RESULTS: Final = ROOT / "bench" / "RESULTS.md"
# These take minutes for a large guide: from this size on, one cold build must do.
_SLOW: Final = frozenset({"pelican", "mkdocs", "zensical"})
_SLOW_FROM: Final = 10_000


def main() -> None:
    """Runs what the command line asks for."""
    options = _options()
    tools = [TOOLS[name] for name in options.tools]
    for tool in tools:
        install(tool, _HOMES)
    costs: dict[tuple[int, str, str], list[Cost]] = defaultdict(list)
    try:
        for size in options.sizes:
            for tool, scenario, cost in _costs(size, tools, options.repeat):
                costs[size, tool.name, scenario].append(cost)
        shipped = list(_shipped(options.repeat)) if OTPT in tools else []
    except Wrong as wrong:
        sys.exit(f"stopped: {wrong}")
    text = report(costs, shipped, _WORK)
    print(f"\n{text}")
    if options.write:
        _RESULTS.write_text(text, "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="Measures this project beside other generators.")
    parser.add_argument(
        "--sizes",
        type=lambda text: list(map(int, text.split(","))),
        default=[500, 2000, 10_000],
        help="pages, such as 500,2000",
    )
    parser.add_argument("--tools", type=lambda text: text.split(","), default=list(TOOLS), help=f"of {','.join(TOOLS)}")
    parser.add_argument("--repeat", type=int, default=5, help="builds of each kind; their median counts")
    parser.add_argument("--write", action="store_true", help="write the results to bench/RESULTS.md")
    options = parser.parse_args()
    for unknown in sorted({*options.tools} - {*TOOLS}):
        parser.error(f"there is no tool '{unknown}'")
    return options


def _costs(size: int, tools: Sequence[Tool], repeat: int) -> Iterator[tuple[Tool, str, Cost]]:
    """Round after round, each scenario with every tool in turn: what slows the machine for a while slows them all."""
    corpus = make_corpus(size)
    benches = [Bench(tool, corpus, _WORK / str(size) / tool.name, _HOMES) for tool in tools]
    for number in range(1, repeat + 1):
        for scenario in SCENARIOS:
            for bench in benches:
                if bench.can(scenario) and number <= _rounds(bench.tool, size, scenario, repeat):
                    cost = bench.measure(scenario, number)
                    print(f"{size:>6} {number} {scenario:<20} {bench.tool.name:<9} {cost.wall:8.2f} s", flush=True)
                    yield bench.tool, scenario, cost


def _rounds(tool: Tool, size: int, scenario: str, repeat: int) -> int:
    if tool.name not in _SLOW or size < _SLOW_FROM:
        return repeat
    return 1 if scenario == COLD else 0


def _shipped(repeat: int) -> Iterator[Cost]:
    """The shipped site when nothing changed: built once, then again and again."""
    project = _WORK / "shipped"
    shutil.rmtree(project, ignore_errors=True)
    for folder in ("content", "templates"):
        shutil.copytree(ROOT / folder, project / folder)
    command = OTPT.command(_HOMES)
    build_cost(command, project)
    for _ in range(repeat):
        yield build_cost(command, project)


if __name__ == "__main__":
    main()
