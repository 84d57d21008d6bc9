"""Prints how much of each page travels in the first view: HTML with its inlined styles, gzipped; the heaviest first.

A page whose first view fits in 13,800 bytes arrives in one round trip, headers included.
"""

import gzip
import sys
from pathlib import Path


def weights(site: Path) -> list[tuple[int, str]]:
    """The gzipped size of every page under `site`, and its path, heaviest first."""
    pages = (path for path in site.rglob("*.html"))
    return sorted(
        ((len(gzip.compress(page.read_bytes(), 9)), page.relative_to(site).as_posix()) for page in pages), reverse=True
    )


def main() -> None:
    """Weighs the site in the folder named on the command line."""
    site = Path(sys.argv[1])
    for size, path in weights(site):
        print(f"{size:>7,}  {path}")
    for script in sorted(site.rglob("*.js")):
        print(f"{len(gzip.compress(script.read_bytes(), 9)):>7,}  {script.relative_to(site).as_posix()}")


if __name__ == "__main__":
    main()
