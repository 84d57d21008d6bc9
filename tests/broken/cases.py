"""The broken inputs, and what the program says about each."""

import re
import shutil
from pathlib import Path
from typing import Final

import click

from otpt_site.build import BuildRequest, build
from otpt_site.reporters.text import text_lines
from tests.kit import TODAY

FOLDER: Final = Path(__file__).parent
CASES: Final = tuple(sorted(path for path in (FOLDER / "cases").iterdir() if path.is_dir()))
EXPECTED: Final = "expected.txt"
_COUNTS: Final = re.compile(r"\d+ pages and \d+ links checked")
WITHOUT: Final = "without.txt"


def whole_guide(folder: Path) -> None:
    """Puts the guide in which nothing is wrong into a folder, with all that a check of it leaves in the cache."""
    shutil.copytree(FOLDER / "whole", folder)
    _check(folder)


def said_about(case: Path, whole: Path, folder: Path) -> str:
    """What `otpt check` says of a case, laid over the guide `whole` in the new folder."""
    shutil.copytree(whole, folder)
    without = case / WITHOUT
    if without.exists():
        for name in without.read_text("utf-8").split():
            (folder / name).unlink()
    shutil.copytree(case, folder, symlinks=True, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED, WITHOUT))
    return _check(folder)


def _check(folder: Path) -> str:
    request = BuildRequest(content=folder / "content", templates=folder / "templates", out=None, today=TODAY)
    lines = text_lines(build(request), request.root, 0.1, checking=True)
    said = "".join(f"{click.unstyle(line)}\n" for line in lines)
    # Else every case would change with the guide that they are laid over.
    return _COUNTS.sub("Pages and links checked", said)
