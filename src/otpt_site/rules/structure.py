"""Structure: how a page is put together."""

from typing import Final

from otpt_site.rules.rule import Rule, Severity

RULES: Final = (
    Rule(
        "summary-too-long",
        Severity.WARNING,
        "A summary is longer than 155 characters.",
        "Shorten it to one sentence.",
    ),
    Rule(
        "long-list",
        Severity.WARNING,
        "A list has more than seven items.",
        "Make two lists of it, or cut it.",
    ),
    Rule(
        "vague-link",
        Severity.WARNING,
        "The words of a link do not say where it leads. Some readers hear the links alone.",
        "Let the words name what is behind the link.",
    ),
)
