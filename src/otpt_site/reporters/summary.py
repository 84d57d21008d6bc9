"""For the page of a CI run: a summary in Markdown, with a link from each problem to its line.

What is told is what decides: errors and warnings in a table, notes as a count.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote

from otpt_site.diagnostics import Diagnostic, Place
from otpt_site.publish import Published
from otpt_site.request import BuildReport
from otpt_site.rules import FAMILIES, Severity

# GitHub cuts a summary off at 1 MB; nobody reads more than this.
ROWS_SHOWN: Final = 100
# Signs that would end a cell, begin a mark, or pass for HTML.
_ESCAPED: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]|~"} | {"<": "&lt;", "&": "&amp;"})


def summary_markdown(report: BuildReport, seconds: float, sources: str) -> str:
    """The report in Markdown. `sources` is the address below which the project's files can be read, or empty."""
    return "\n".join(_lines(report, seconds, sources)) + "\n"


def _lines(report: BuildReport, seconds: float, sources: str) -> Iterator[str]:
    yield f"## {'The site was not built' if report.stopped else 'The site is fine'}"
    yield ""
    yield from _facts(report, seconds)
    if report.diagnostics:
        yield from ("", *_counts(report.diagnostics))
    loud = [diagnostic for diagnostic in report.diagnostics if diagnostic.severity is not Severity.NOTE]
    if loud:
        yield from ("", *_table(loud, sources))


def _facts(report: BuildReport, seconds: float) -> Iterator[str]:
    files = report.files
    yield f"- {report.pages} pages, {report.links} links between them checked, in {seconds:.1f} s"
    if files != Published():
        yield f"- {files.written} files written, {files.unchanged} unchanged, {files.removed} removed"


def _counts(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    counted = Counter((_family(diagnostic), diagnostic.severity) for diagnostic in diagnostics)
    yield "| | Errors | Warnings | Notes |"
    yield "| --- | ---: | ---: | ---: |"
    for family in FAMILIES:
        row = [counted[family, severity] for severity in Severity]
        if any(row):
            yield f"| {family} | {' | '.join(str(count) for count in row)} |"
    totals = Counter(diagnostic.severity for diagnostic in diagnostics)
    yield f"| **All** | {' | '.join(f'**{totals[severity]}**' for severity in Severity)} |"


def _family(diagnostic: Diagnostic) -> str:
    return next(name for name, rules in FAMILIES.items() if any(rule.id == diagnostic.rule for rule in rules))


def _table(loud: Sequence[Diagnostic], sources: str) -> Iterator[str]:
    worst_first = sorted(loud, key=lambda diagnostic: diagnostic.severity is not Severity.ERROR)
    yield "| Where | | What | What to do |"
    yield "| --- | --- | --- | --- |"
    for diagnostic in worst_first[:ROWS_SHOWN]:
        what = f"{_cell(diagnostic.message)} (`{diagnostic.rule}`)"
        yield f"| {_where(diagnostic.place, sources)} | {diagnostic.severity} | {what} | {_cell(diagnostic.hint)} |"
    if len(loud) > ROWS_SHOWN:
        yield ""
        yield f"{len(loud) - ROWS_SHOWN} more are left out here; `otpt check` tells them all."


def _where(place: Place, sources: str) -> str:
    shown = _cell(":".join(str(part) for part in (place.path, place.line) if part))
    if not sources or not place.line:
        return shown
    return f"[{shown}]({sources}/{quote(place.path.encode(errors='surrogateescape'))}#L{place.line})"


def _cell(text: str) -> str:
    return " ".join(text.encode(errors="replace").decode().translate(_ESCAPED).split())
