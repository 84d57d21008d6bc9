"""References: what names something that is not there."""

from typing import Final

from otpt_site.rules.rule import Rule, Severity

RULES: Final = (
    Rule(
        "unknown-reference",
        Severity.ERROR,
        "A reference names something that does not exist.",
        "Check the id: it is the name of the file without its ending, or the id of the row.",
    ),
    Rule(
        "unknown-kind",
        Severity.ERROR,
        "A reference begins with a kind that does not exist.",
        "Use condition:, goal:, comparison:, article:, therapy:, page:, person:, source: or term:.",
    ),
    Rule(
        "missing-anchor",
        Severity.ERROR,
        "The page exists, but has no such heading.",
        "Use one of the page's headings, in small letters with hyphens.",
    ),
    Rule(
        "hidden-reference",
        Severity.ERROR,
        "A reference leads to a page that is a draft, not yet published or expired.",
        "Publish that page, or take the reference out.",
    ),
    Rule(
        "duplicate-id",
        Severity.ERROR,
        "Two things of one kind have the same id.",
        "Give one of them another id.",
    ),
)
