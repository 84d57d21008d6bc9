"""What commands know of the terminal that they write to."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from otpt_site.diagnostics import Diagnostic


def colour() -> bool | None:
    """False when no colour is wanted, else None: click finds out whether the terminal can show any.

    Bold and dim signs are left out with it. Source: https://no-color.org
    """
    return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None


def tell_problems(problems: "Iterable[Diagnostic]", root: Path) -> None:
    """Tells problems on the side, each with its line and what to do; `root` is the project's folder."""
    from otpt_site.reporters.text import problem_lines

    for line in problem_lines(problems, root):
        click.echo(line, err=True, color=colour())
