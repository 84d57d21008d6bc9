"""For the page of a code host: workflow annotations, worst first.

Format: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from otpt_site.diagnostics import Diagnostic
from otpt_site.rules import Severity

# GitHub shows at most ten annotations of each level for a step, and drops the rest without a word.
LIMIT: Final = 10
_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def github_lines(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """One workflow command for each problem up to the host's limit, then a line that counts what was left out."""
    left_out: Counter[Severity] = Counter()
    for severity, command in _COMMANDS.items():
        chosen = [diagnostic for diagnostic in diagnostics if diagnostic.severity is severity]
        left_out[severity] = max(0, len(chosen) - LIMIT)
        for diagnostic in chosen[:LIMIT]:
            yield _command(command, diagnostic)
    if left_out.total():
        counts = ", ".join(
            f"{count} {severity}{'' if count == 1 else 's'}" for severity, count in left_out.items() if count
        )
        yield f"Left out past the limit of {LIMIT} annotations of a kind: {counts}. Run otpt check to see them all."


def _command(command: str, diagnostic: Diagnostic) -> str:
    place = diagnostic.place
    parts = {"file": place.path, "line": place.line, "col": place.column, "title": diagnostic.rule}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in parts.items() if value)
    return f"::{command} {properties}::{_data(f'{diagnostic.message}. {diagnostic.hint}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
