"""Writes what is expected of every broken input anew: `python -m tests.broken`. Read each change before it is kept."""

import tempfile
from pathlib import Path

from tests.broken.cases import CASES, EXPECTED, said_about, whole_guide


def main() -> None:
    """Writes each `expected.txt`."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder, "whole")
        whole_guide(whole)
        for case in CASES:
            said = said_about(case, whole, Path(folder, case.name))
            (case / EXPECTED).write_bytes(said.encode())


if __name__ == "__main__":
    main()
