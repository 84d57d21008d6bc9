"""What a rule is."""

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How serious a problem is: errors stop publishing, warnings stop it with `--strict`, notes never do.

    Most serious first.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Rule(msgspec.Struct, frozen=True):
    """One rule, named for the fault it finds."""

    id: str
    severity: Severity
    meaning: str
    cure: str
    # Why site.yaml may not make it less serious; a note that has a reason can't be made more serious either. Errors
    # need no reason of their own: with one, no whole site can be made.
    fixed: str = ""
    # A date alone must not block the publishing of a safety fix, so `--strict` lets some warnings pass.
    stops_strict_builds: bool = True

    def keeps_from(self, severity: Severity) -> str:
        """Why site.yaml may not give the rule this severity; nothing when it may."""
        ladder = list(Severity)
        change = ladder.index(severity) - ladder.index(self.severity)
        if change > 0 and self.severity is Severity.ERROR:
            return self.fixed or "no whole site can be made while it is broken"
        return self.fixed if change > 0 or (change and self.severity is Severity.NOTE) else ""
