"""For a person: each problem with its line and a pointer to the spot, then one line on what came of the build."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final
from unicodedata import combining, east_asian_width

from otpt_site.diagnostics import Diagnostic, Place
from otpt_site.request import BuildReport
from otpt_site.rules import Severity

# What turns a style of a terminal on: https://www.ecma-international.org/publications-and-standards/standards/ecma-48/
_COLOURS: Final = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "36"}
_BOLD: Final = "1"
_DIM: Final = "2"
_FINE: Final = "1;32"
# What would move the cursor of a terminal, or worse.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")
# More notes than this are counted and not listed: they are reminders, and must not hide what matters.
NOTES_SHOWN: Final = 5


def text_lines(
    report: BuildReport, root: Path, seconds: float, *, checking: bool, files: int = 0, most: int | None = None
) -> Iterator[str]:
    """The report in lines, with the signs that colour a terminal; `click.echo` takes those out where there is none.

    `root` is the project's folder, under which the problems' files are. `files` is how many files the report is about
    when it is not about all. With `most`, further problems are only counted.
    """
    _source_lines.cache_clear()  # The files may have changed since the last report.
    notes = [diagnostic for diagnostic in report.diagnostics if diagnostic.severity is Severity.NOTE]
    loud = [diagnostic for diagnostic in report.diagnostics if diagnostic.severity is not Severity.NOTE]
    for diagnostic in (*loud[:most], *(notes if len(notes) <= NOTES_SHOWN else ())):
        yield from _lines(diagnostic, root)
        yield ""
    if most is not None and len(loud) > most:
        yield f"And {len(loud) - most} more."
    if len(notes) > NOTES_SHOWN:
        yield _notes_in_short(notes)
    yield _summary(report, seconds, checking=checking, files=files)


def problem_lines(problems: Iterable[Diagnostic], root: Path) -> Iterator[str]:
    """Some problems in lines, as in a report."""
    _source_lines.cache_clear()
    for diagnostic in problems:
        yield from _lines(diagnostic, root)


def _styled(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m"


def _lines(diagnostic: Diagnostic, root: Path) -> Iterator[str]:
    place, hint = diagnostic.place, printable(diagnostic.hint)
    where = printable(":".join(str(part) for part in (place.path, place.line, place.column) if part))
    colour = _COLOURS[diagnostic.severity]
    named = _styled(f"{diagnostic.severity}[{diagnostic.rule}]", colour)
    yield f"{_styled(where, _BOLD)} {named} {printable(diagnostic.message)}"
    source = _source_line(root, place)
    if source is None:
        yield f"   {_styled(hint, colour)}"
        return
    margin = f"{place.line:>4} │ "
    yield _styled(margin, _DIM) + printable(source.expandtabs(1))
    if place.column:
        blank = " " * (len(margin) - 2) + "│ " + " " * _width(source[: place.column - 1])
        marks = "^" * max(1, _width(source[place.column - 1 : place.column - 1 + place.length]))
        yield _styled(blank, _DIM) + _styled(f"{marks} {hint}", colour)
    else:
        yield " " * len(margin) + _styled(hint, colour)


def printable(text: str) -> str:
    """The text without what would steer a terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def _source_line(root: Path, place: Place) -> str | None:
    lines = _source_lines(root / place.path) if place.line else ()
    return lines[place.line - 1] if 0 < place.line <= len(lines) else None


@lru_cache(maxsize=64)
def _source_lines(path: Path) -> Sequence[str]:
    try:
        return path.read_text("utf-8-sig", errors="replace").split("\n")
    except OSError:
        return ()


def _width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _notes_in_short(notes: Sequence[Diagnostic]) -> str:
    counts = ", ".join(f"{count} {rule}" for rule, count in sorted(Counter(note.rule for note in notes).items()))
    return f"{_styled(f'{len(notes)} notes', _COLOURS[Severity.NOTE])} ({counts}). --format json lists them."


def _summary(report: BuildReport, seconds: float, *, checking: bool, files: int) -> str:
    counts = Counter(diagnostic.severity for diagnostic in report.diagnostics)
    found = ", ".join(
        f"{counts[severity]} {severity}{'' if counts[severity] == 1 else 's'}"
        for severity in (Severity.ERROR, Severity.WARNING)
        if counts[severity]
    )
    if report.stopped:
        return f"{_styled(found, _COLOURS[Severity.ERROR])}. {_why_not(report, checking=checking)}"
    done = _styled(_done(report, checking=checking, files=files), _FINE)
    return f"{done} in {seconds:.1f} s{f'; {found}.' if found else '.'}"


def _done(report: BuildReport, *, checking: bool, files: int) -> str:
    if files:
        return f"{files} file{'' if files == 1 else 's'} checked"
    if checking:
        return f"{report.pages} pages and {report.links} links checked"
    written = (
        f"{report.files.written} files written, {report.files.unchanged} unchanged, {report.files.removed} removed"
    )
    return f"{report.pages} pages built, {report.links} links checked: {written}"


def _why_not(report: BuildReport, *, checking: bool) -> str:
    if report.cut_short:
        return "Built in part only; every file is whole, and the next build finishes what this one began."
    return "Not ready to build." if checking else "Not built; what was built before is as it was."
