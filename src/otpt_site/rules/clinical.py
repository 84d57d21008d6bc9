"""Clinical sense: danger signs first, and answers that agree."""

from typing import Final

from otpt_site.rules.rule import Rule, Severity

RULES: Final = (
    Rule(
        "card-order",
        Severity.WARNING,
        "Safety cards do not stand most serious first.",
        "Put emergencies first, then urgent, then non-urgent.",
        fixed="readers in danger depend on it",
    ),
    Rule(
        "note-needed",
        Severity.WARNING,
        "A goal suggests another therapy than a condition it names.",
        "Add a note that says why.",
    ),
    Rule(
        "thin-balance",
        Severity.WARNING,
        "PT and OT do not get equal detail where both lead.",
        "Add to the shorter side, or cut the longer one.",
    ),
)
