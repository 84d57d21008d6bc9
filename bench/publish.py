"""Prints what publishing costs by itself: a site of files of 10 to 25 KB, with nothing, one, or every file changed.

    python bench/publish.py [FOLDER] [--files 10000] [--rounds 5]

FOLDER is where to write (default: a temporary one); the kind of its disk decides most of the numbers.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from otpt_site.diagnostics import Diagnostic
from otpt_site.lock import output_lock
from otpt_site.output_folder import altered, read_output, verify
from otpt_site.pages.plan import OutputFile
from otpt_site.publish import foreign_files, publish

SMALLEST: Final = 10_000
LARGEST: Final = 25_000


def site(count: int, version: int) -> list[OutputFile]:
    """`count` pages, each in a folder of its own as on the real site."""
    chance = random.Random(version)
    sizes = random.Random(0)
    return [
        OutputFile.of(f"conditions/page-{number}/index.html", chance.randbytes(sizes.randint(SMALLEST, LARGEST)))
        for number in range(count)
    ]


def build(out: Path, files: Sequence[OutputFile]) -> None:
    """Publishes as a build does: lock, look through, tell what is foreign, write."""
    found: list[Diagnostic] = []
    with output_lock(out, "out", found.append) as held:
        output = read_output(out, "out", found.append) if held else None
        if output:
            foreign_files(output, files, found.append)
            publish(output, files, found.append)
    if found:
        raise SystemExit(str(found[0]))


def keep(out: Path, digests: Mapping[str, str]) -> None:
    """Publishes files that are known by their digests alone."""
    output = read_output(out, "out", print)
    if output:
        lacking = altered(out, digests)
        publish(output, [OutputFile(path, digest) for path, digest in digests.items() if path not in lacking], print)


def bare(out: Path, files: Sequence[OutputFile]) -> None:
    """The same files in a plain loop, with no care at all."""
    for file in files:
        if file.load:
            (out / file.path).parent.mkdir(parents=True, exist_ok=True)
            (out / file.path).write_bytes(file.load())


def seconds(work: Callable[[], object]) -> float:
    """How long it takes, with nothing of an earlier step still on its way to the disk."""
    os.sync()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def one_round(folder: Path, first: list[OutputFile], second: list[OutputFile], number: int) -> dict[str, float]:
    """Every case once, in folders of its own: removing thousands of files would slow the next case."""
    out = folder / f"out-{number}"
    one = [second[0], *first[1:]]
    digests = {file.path: file.digest for file in first}
    return {
        "bare loop, all new": seconds(lambda: bare(folder / f"bare-{number}", first)),
        "bare loop, all written again": seconds(lambda: bare(folder / f"bare-{number}", second)),
        "publish, all new": seconds(lambda: build(out, first)),
        "publish, nothing changed": seconds(lambda: build(out, first)),
        "publish, nothing changed, known by digest": seconds(lambda: keep(out, digests)),
        "verify": seconds(lambda: verify(out, digests)),
        "publish, one changed": seconds(lambda: build(out, one)),
        "publish, all changed": seconds(lambda: build(out, second)),
        "publish, all gone": seconds(lambda: build(out, second[:1])),
    }


def main() -> None:
    """Measures and prints the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=None)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        print(f"{chosen.files} files in {folder}, {sys.platform}; median of {chosen.rounds} (lowest to highest)")
        first, second = site(chosen.files, 1), site(chosen.files, 2)
        rounds = [one_round(Path(folder), first, second, number) for number in range(chosen.rounds)]
        for case in rounds[0]:
            times = [one[case] for one in rounds]
            print(f"{case:44}{statistics.median(times):8.3f} s   ({min(times):.3f} to {max(times):.3f})")


if __name__ == "__main__":
    main()
