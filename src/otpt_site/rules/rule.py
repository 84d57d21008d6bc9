"""What a rule is."""

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How serious a problem is: errors stop publishing, warnings stop it with `--strict`, notes never do."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Rule(msgspec.Struct, frozen=True):
    """One rule, named for the fault it finds."""

    id: str
    severity: Severity
    meaning: str
    cure: str
    # A date alone must not block the publishing of a safety fix, so `--strict` lets some warnings pass.
    stops_strict_builds: bool = True
