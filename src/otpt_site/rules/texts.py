"""Texts: marks and blocks that can't be read, and HTML that is not allowed."""

from typing import Final

from otpt_site.rules.rule import Rule, Severity

RULES: Final = (
    Rule(
        "unknown-block",
        Severity.ERROR,
        "A block has a name that does not exist.",
        "Use one of those listed in docs/content-format.md.",
    ),
    Rule(
        "unclosed-block",
        Severity.ERROR,
        "A block has no closing line.",
        "Put a line /// after its last line.",
    ),
    Rule(
        "stray-block-end",
        Severity.ERROR,
        "A line /// closes a block that was never opened.",
        "Take the line out, or open the block.",
    ),
    Rule(
        "bad-block",
        Severity.ERROR,
        "A block's first line or what is in it is not right.",
        "Write it as the message says.",
    ),
    Rule(
        "raw-html",
        Severity.WARNING,
        "HTML that is not allowed was taken out.",
        "Write it in Markdown.",
        fixed="what was taken out could harm readers",
    ),
    Rule(
        "unsafe-link",
        Severity.WARNING,
        "A link of a kind that is not allowed was taken out.",
        "Use a reference, or an address that begins with https:.",
        fixed="what was taken out could harm readers",
    ),
    Rule(
        "unlinked-page",
        Severity.WARNING,
        "A link to our own site is written as an address.",
        "Write a reference such as condition:stroke.",
    ),
    Rule(
        "bad-link",
        Severity.ERROR,
        "A bracket of a link or a picture is missing, and readers would see its signs.",
        "Write [words](condition:stroke): words in square brackets and, right behind them, the target in round ones.",
    ),
    Rule(
        "bad-citation",
        Severity.ERROR,
        "A citation can't be read.",
        "Write [@nice-ng236] or [@nice-ng236; @asa-stroke-team].",
    ),
    Rule(
        "bad-emphasis",
        Severity.ERROR,
        "The * or _ of a text can't be paired.",
        "Put a backslash before each one that is meant as a sign: 2 \\* 3.",
    ),
    Rule(
        "too-nested",
        Severity.ERROR,
        "A text holds too many marks, or too deep, to be read.",
        "Split the text, or look for a sign typed over and over.",
    ),
    Rule(
        "undefined-footnote",
        Severity.ERROR,
        "A footnote is used but not written.",
        "Write it on a line of its own: [^1]: …",
    ),
)
