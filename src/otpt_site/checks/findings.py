"""Problems of one page, of which it may have thousands: places are looked up only of those that are told."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from otpt_site.diagnostics import Diagnostic, Place, problem

MOST: Final = 50
"""So many problems of a family are told of one page: a page with more is in another language, or a key got stuck, and
to find the place of each would take minutes."""


class Finding(NamedTuple):
    """A problem of one page, before its place was looked up; so may be its hint."""

    rule: str
    place: Callable[[], Place]
    message: str
    hint: str | Callable[[], str] = ""

    def told(self) -> Diagnostic:
        """The problem with its place."""
        hint = self.hint if isinstance(self.hint, str) else self.hint()
        return problem(self.rule, self.place(), self.message, hint)


def told(findings: Iterable[Finding], page: Place) -> Iterator[Diagnostic]:
    """The first findings on a page, and in one line how many there are beside them."""
    findings = iter(findings)
    for finding in islice(findings, MOST):
        yield finding.told()
    if further := [finding.rule for finding in findings]:
        listed = ", ".join(f"{count} more of {rule}" for rule, count in sorted(Counter(further).items()))
        message = f"only the first {MOST} are told one by one; this page has {listed}"
        yield problem("further-problems", page, message)
