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
    Rule(
        "second-title",
        Severity.WARNING,
        "A text holds a heading of the first rank, which is the title's alone.",
        "Begin it with ## instead of #.",
    ),
    Rule(
        "skipped-heading",
        Severity.WARNING,
        "A heading is two ranks or more below the one before it.",
        "Use ## for the parts of a page, and ### for parts of those.",
    ),
    Rule("empty-heading", Severity.WARNING, "A heading has no words.", "Write some, or take the line out."),
    Rule(
        "empty-table-header",
        Severity.WARNING,
        "A column of a table has no header.",
        "Write in its first row what the column holds.",
    ),
    Rule(
        "missing-caption",
        Severity.WARNING,
        "A table has no caption, which says what it shows.",
        "Write a line above it: Table: What each therapist does.",
    ),
    Rule(
        "poor-alt",
        Severity.WARNING,
        "The words for a picture do not serve those who can't see it.",
        "Say in a few words what it shows.",
    ),
    Rule(
        "heavy-picture",
        Severity.WARNING,
        "A picture has more than 200 KB.",
        "Make it smaller, or save it as WebP, or as JPEG with less quality.",
    ),
    Rule(
        "wide-picture",
        Severity.WARNING,
        "A picture is wider than 1,600 pixels: no page shows so many.",
        "Make it at most 1,600 pixels wide.",
    ),
    Rule(
        "unreadable-picture",
        Severity.WARNING,
        "A picture can't be read: it is damaged, or its name has the wrong ending.",
        "Open it in a program for pictures, and save it again.",
    ),
)
