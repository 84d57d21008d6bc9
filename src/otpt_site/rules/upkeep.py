"""Upkeep: what is left out, and what nothing leads to."""

from typing import Final

from otpt_site.rules.rule import Rule, Severity

RULES: Final = (
    Rule(
        "unwritten-text",
        Severity.ERROR,
        "A text that `otpt new` put there to be replaced is still there, on a page that is no draft.",
        "Write your own words in its place, or make it a draft again: draft: true.",
    ),
    Rule(
        "dead-end",
        Severity.NOTE,
        "A page leads to no further page.",
        "Add see_also: with what readers need next.",
    ),
    Rule(
        "orphan",
        Severity.NOTE,
        "No other page leads to a page.",
        "Name it in see_also: of a page near to it.",
    ),
    Rule(
        "unused-row",
        Severity.NOTE,
        "No page uses this source or term.",
        "Use it, or take it out.",
    ),
    Rule(
        "not-published",
        Severity.NOTE,
        "A page is left out of the site.",
        "It is a draft, not yet due, or expired.",
    ),
)
