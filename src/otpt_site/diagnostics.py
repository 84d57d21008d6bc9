"""The one value that every stage reports problems with: what is wrong, where, and what to do."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from otpt_site.rules import RULES, Severity


class Place(msgspec.Struct, frozen=True, order=True, array_like=True):
    """A spot in a source file. Lines and columns count from 1; 0 means that there is none to name.

    `path` is relative to the project root, with `/` between its parts on every system.
    """

    path: str
    line: int = 0
    column: int = 0
    length: int = 1


class Diagnostic(msgspec.Struct, frozen=True):
    """One problem, with the rule it breaks."""

    rule: str
    severity: Severity
    place: Place
    message: str
    hint: str

    def sort_key(self) -> tuple[Place, str, str]:
        """By file, line, column, then rule and message, so that each run lists problems alike."""
        return (self.place, self.rule, self.message)


Report = Callable[[Diagnostic], None]
"""Where a stage puts the problems it finds; it goes on after each."""


def problem(rule: str, place: Place, message: str, hint: str = "") -> Diagnostic:
    """A diagnostic of the rule `rule`, with the rule's severity, and its cure where no hint is given.

    Raises KeyError when there is no such rule: that is a mistake in this program.
    """
    known = RULES[rule]
    return Diagnostic(rule, known.severity, place, message, hint or known.cure)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics by place, each one once."""
    unique = {(d.rule, d.place, d.message): d for d in diagnostics}
    return tuple(sorted(unique.values(), key=Diagnostic.sort_key))


class Found:
    """All problems of a run. Read, each is as serious as the guide takes its rule, whenever it was found."""

    def __init__(self, found: Iterable[Diagnostic] = ()) -> None:
        self._found = [*found]
        self._severities: Mapping[str, Severity] = {}

    def append(self, diagnostic: Diagnostic) -> None:
        """Takes in one more."""
        self._found.append(diagnostic)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Takes in more."""
        self._found.extend(diagnostics)

    def weigh(self, severities: Mapping[str, Severity]) -> None:
        """From now on, rules named here are as serious as said here."""
        self._severities = severities

    def __iter__(self) -> Iterator[Diagnostic]:
        """Each of them, in the order in which they were found."""
        for diagnostic in self._found:
            severity = self._severities.get(diagnostic.rule)
            yield msgspec.structs.replace(diagnostic, severity=severity) if severity else diagnostic


def absolute(path: Path) -> Path:
    """The whole path. Links in it are not followed: an editor knows a folder by the name it is reached by."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.absolute() leaves .. in, Path.resolve() follows links


def shown_path(path: Path, root: Path) -> str:
    """How problems name a file or folder: relative to the project's `root`; as it was given when it lies elsewhere."""
    whole = absolute(path)
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else path.as_posix()
