"""What a build came to, kept so that the next one with the same inputs need not do it again."""

import datetime
from typing import Final

import msgspec

from otpt_site.diagnostics import Diagnostic

KEPT_AS: Final = "outcome"
"""The namespace of outcomes in the store; their keys are those of `Inputs`."""


class Outcome(msgspec.Struct, frozen=True):
    """All that follows from the inputs alone, whatever the output folder holds.

    `files` holds the digest of every file of the site by its path; None when problems kept the site from being made. It
    all holds for the days from `since` on and before `until`, in the site's `timezone`.
    """

    pages: int
    files: dict[str, str] | None
    diagnostics: tuple[Diagnostic, ...]
    links: int
    timezone: str
    since: datetime.date | None = None
    until: datetime.date | None = None

    def holds_on(self, day: datetime.date) -> bool:
        """Whether the same build on this day would come to the same."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)
