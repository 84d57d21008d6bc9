"""What a run found, as Markdown: the machine, the bars, and a table for each size."""

import os
import platform
import re
import shutil
import statistics
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from bench.bars import HUGOS, MIB, bars
from bench.scenarios import SCENARIOS, Cost
from bench.tools import TOOLS, version

_GIB: Final = 1024 * MIB
# Pages, tool, scenario → the cost of every build.
Costs = Mapping[tuple[int, str, str], Sequence[Cost]]


def report(costs: Costs, shipped: Sequence[Cost], folder: Path) -> str:
    """The whole report. `folder` is where the projects were built: its disk is named."""
    walls = {key: statistics.median(cost.wall for cost in all_) for key, all_ in costs.items()}
    peaks = {key: float(max(cost.peak for cost in all_)) for key, all_ in costs.items()}
    parts = ["# What the benchmark measured", _HEAD, _machine(folder, costs), "## Bars"]
    site = statistics.median(cost.wall for cost in shipped) if shipped else None
    rows = [
        (
            bar.says,
            "" if bar.measured is None else f"{bar.measured:.2f}{bar.unit}",
            f"{bar.most:.3g}{bar.unit}",
            bar.verdict,
        )
        for bar in bars(walls, peaks, site)
    ]
    parts.append(_table(("bar", "measured", "at most", ""), rows))
    for pages in dict.fromkeys(pages for pages, _, _ in costs):
        parts += [f"## {pages:,} pages", _table(_COLUMNS, list(_rows(pages, costs, walls)))]
    return "\n\n".join(parts) + "\n"


_HEAD: Final = (
    "Written by `make bench OPTIONS='--write'`; [README.md](README.md) says what it compares. Wall and CPU are medians"
    " of whole processes, in seconds; ± is half the distance between the fastest and the slowest build. Memory is the"
    " highest of all builds, in MiB: of the largest process, and of all processes together, where pages that they share"
    " count once for each."
)
_COLUMNS: Final = ("scenario", "tool", "wall", "±", "of Hugo's", "CPU", "largest process", "all processes", "builds")


def _rows(pages: int, costs: Costs, walls: Mapping[tuple[int, str, str], float]) -> Iterator[tuple[str, ...]]:
    for scenario in SCENARIOS:
        for tool in TOOLS:
            all_ = costs.get((pages, tool, scenario))
            if not all_:
                continue
            times = [cost.wall for cost in all_]
            wall, hugo = walls[pages, tool, scenario], walls.get((pages, "hugo", HUGOS.get(scenario, scenario)))
            yield (
                scenario,
                tool,
                f"{wall:.2f}",
                f"{(max(times) - min(times)) / 2:.2f}",
                f"{wall / hugo:.2f}×" if hugo else "",
                f"{statistics.median(cost.cpu for cost in all_):.2f}",
                f"{max(cost.peak for cost in all_) / MIB:.0f}",
                f"{max(cost.peak_sum for cost in all_) / MIB:.0f}",
                str(len(all_)),
            )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _machine(folder: Path, costs: Costs) -> str:
    """What may matter of the machine, and nothing that tells which one it is."""
    cpu = re.search(r"model name\s*: (.*)", _text("/proc/cpuinfo"))
    kernel = platform.release().partition("-")[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    lines = [
        f"- CPU: {cpu[1] if cpu else platform.machine()}, {os.cpu_count()} cores",
        f"- Memory: {memory / _GIB:.0f} GiB; file system: {_file_system(folder)}",
        f"- {platform.system()} {kernel}, Python {platform.python_version()}, Node {_node()}",
        "- " + ", ".join(f"{name} {version(TOOLS[name])}" for name in dict.fromkeys(tool for _, tool, _ in costs)),
    ]
    return "\n".join(lines)


def _text(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except OSError:
        return ""


def _file_system(folder: Path) -> str:
    """The kind of file system that a folder lies on."""
    points = [line.split()[1:3] for line in _text("/proc/mounts").splitlines()]
    holding = [(len(point), kind) for point, kind in points if folder.resolve().is_relative_to(point)]
    return max(holding)[1] if holding else "unknown"


def _node() -> str:
    node = shutil.which("node")
    if not node:
        return "none"
    return subprocess.run([node, "--version"], check=True, capture_output=True, text=True).stdout.strip()
