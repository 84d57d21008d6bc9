"""Trust: who wrote a page, what it rests on, and where its review stands."""

from typing import Final

from otpt_site.rules.rule import Rule, Severity

RULES: Final = (
    Rule(
        "uncited-effect",
        Severity.WARNING,
        "A page says that therapy helps, but cites no source in its text.",
        "Cite the source: [@source-id]. Or write effect_claims: false and tell roles only.",
    ),
    Rule(
        "thin-support",
        Severity.WARNING,
        "A claim about what helps rests only on sources that the editors have not read for it.",
        "Cite a source that has seen: claim, or read the source and say so there.",
    ),
    Rule(
        "never-reviewed",
        Severity.NOTE,
        "No clinician has reviewed a page.",
        "Ask one, and record the review.",
    ),
    Rule(
        "review-due-soon",
        Severity.NOTE,
        "A review is due within 60 days.",
        "Ask the reviewer to look again.",
    ),
    Rule(
        "review-overdue",
        Severity.WARNING,
        "A review is overdue.",
        "Ask the reviewer to look again.",
        stops_strict_builds=False,
    ),
    Rule(
        "edited-since-review",
        Severity.WARNING,
        "A text was changed after its last review; the page says so to readers.",
        "Ask the reviewer to read the change, then record it: otpt review PAGE --by PERSON.",
        stops_strict_builds=False,
    ),
    Rule(
        "future-date",
        Severity.WARNING,
        "A page says that it was updated or reviewed on a day that is still to come.",
        "Write the day on which it was. To publish a page later, use publish_on.",
    ),
    Rule(
        "review-by-organization",
        Severity.ERROR,
        "A review names an organization as the one who read the text.",
        "Name the person who read it, or take the review out.",
    ),
    Rule(
        "weak-review",
        Severity.WARNING,
        "A page was reviewed by its own author.",
        "Ask a person who did not write it.",
    ),
    Rule(
        "missing-disclosure",
        Severity.WARNING,
        "No page tells who runs the guide, or how it treats what readers type.",
        "Write the page that the message names.",
    ),
)
