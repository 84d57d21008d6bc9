"""Pictures: files that are missing or unsafe, and words for those who can't see them."""

from typing import Final

from otpt_site.rules.rule import Rule, Severity

RULES: Final = (
    Rule(
        "missing-image",
        Severity.ERROR,
        "There is no such picture in content/media/.",
        "Check the name, small and capital letters too.",
    ),
    Rule(
        "missing-alt",
        Severity.WARNING,
        "A picture has no words for those who can't see it.",
        "Write in the square brackets what it shows.",
    ),
    Rule(
        "unsafe-svg",
        Severity.ERROR,
        "An SVG picture holds a script or reaches for something outside itself.",
        "Export it again as plain SVG.",
    ),
)
