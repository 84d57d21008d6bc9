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
    Rule(
        "missing-safety",
        Severity.WARNING,
        "A page is about what can be an emergency, and shows no card with its signs.",
        "Name the cards in safety: as the page of the condition does.",
        fixed="readers in danger depend on it",
    ),
    Rule(
        "booking-before-card",
        Severity.WARNING,
        "Something to book stands above a card for those in danger.",
        "Put it below the card, or take it out.",
        fixed="readers in danger depend on it",
    ),
    Rule(
        "card-wording",
        Severity.WARNING,
        "A card does not say when to act, or holds no list of signs.",
        "Write it as the message says.",
        fixed="readers in danger depend on it",
    ),
    Rule(
        "typed-number",
        Severity.WARNING,
        "An emergency number or a crisis line is typed in a text.",
        "Write [](site:emergency) or [](site:crisis): it shows the number of site.yaml.",
        fixed="readers in danger depend on it",
    ),
)
