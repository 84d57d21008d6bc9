"""What a build came to, kept so that the next one with the same inputs need not do it again."""

import datetime
from collections.abc import Sequence
from typing import Final

import msgspec

from otpt_site.diagnostics import Diagnostic
from otpt_site.sources import SourceFile

LAST: Final = "last"
"""The namespace of what the last whole site was made from in the store; the keys are `Inputs.apart`."""
STOPPED: Final = "stopped"
"""The namespace of outcomes without a site; the keys are `Inputs.key`."""


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


class Last(msgspec.Struct, frozen=True):
    """What the last whole site was made from and what came of it, for a build that looks only at what was edited since.

    `key` is that of its inputs, `sources` holds the digest of each source by its path. `surroundings` is the digest of
    all that pages can see of each other, `measures` is what was counted on all of them.
    """

    key: bytes
    outcome: Outcome
    sources: dict[str, str]
    surroundings: bytes
    measures: msgspec.Raw

    def edited(self, sources: Sequence[SourceFile]) -> tuple[SourceFile, ...] | None:
        """Those of these sources whose bytes are others; None when some came or went, or one is refused."""
        if self.sources.keys() != {source.path for source in sources}:
            return None
        found = tuple(source for source in sources if source.digest != self.sources[source.path])
        return None if any(source.refused for source in found) else found

    @property
    def files(self) -> dict[str, str]:
        """The digest of every file of the site by its path."""
        return self.outcome.files or {}
