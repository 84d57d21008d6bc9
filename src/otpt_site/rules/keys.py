"""Keys and tables: YAML that can't be read, and values that are not what a key takes."""

from typing import Final

from otpt_site.rules.rule import Rule, Severity

RULES: Final = (
    Rule(
        "missing-front-matter",
        Severity.ERROR,
        "A page does not begin with front matter.",
        "Begin the file with a line ---, the keys, and another line ---.",
    ),
    Rule(
        "unclosed-front-matter",
        Severity.ERROR,
        "The front matter has no closing line.",
        "Put a line --- after the last key.",
    ),
    Rule(
        "yaml-syntax",
        Severity.ERROR,
        "The keys or the table can't be read as YAML.",
        "Look at the line named and the one above it.",
    ),
    Rule(
        "yaml-tab",
        Severity.ERROR,
        "A line is indented with a tab.",
        "Use spaces in front of keys and list dashes.",
    ),
    Rule(
        "yaml-colon",
        Severity.ERROR,
        "A text holds a colon followed by a space, which YAML takes for a key.",
        "Put the whole text in double quotes.",
    ),
    Rule(
        "yaml-feature",
        Severity.ERROR,
        "A text begins with &, * or !, which mean something else to YAML; or a file holds two tables.",
        "Put the text in double quotes.",
    ),
    Rule(
        "yaml-too-deep",
        Severity.ERROR,
        "Lists or tables are nested too deep.",
        "Check the indentation.",
    ),
    Rule(
        "duplicate-key",
        Severity.ERROR,
        "The same key stands twice.",
        "Keep one of the two.",
    ),
    Rule(
        "unknown-key",
        Severity.ERROR,
        "The tool does not know this key.",
        "Check its spelling; docs/content-format.md lists the keys.",
    ),
    Rule(
        "missing-key",
        Severity.ERROR,
        "A required key is missing.",
        "Add it.",
    ),
    Rule(
        "empty-value",
        Severity.ERROR,
        "A required value is empty.",
        "Fill it in.",
    ),
    Rule(
        "wrong-type",
        Severity.ERROR,
        "A value is of the wrong kind: a list where a text belongs, for example.",
        "Write it as the message says.",
    ),
    Rule(
        "yaml-surprise",
        Severity.ERROR,
        "YAML reads this as something else than it looks: no, yes, 12:30, 1.10.",
        "Put it in double quotes if you mean the text.",
    ),
    Rule(
        "bad-date",
        Severity.ERROR,
        "This is not a date, or no such day exists.",
        "Write year-month-day: 2026-11-23.",
    ),
    Rule(
        "bad-id",
        Severity.ERROR,
        "This can't be an id.",
        "Use small letters, digits and hyphens only.",
    ),
    Rule(
        "bad-address",
        Severity.ERROR,
        "This can't be an address.",
        "Write it as the message says; an old address of a page as /old/address/.",
    ),
    Rule(
        "unknown-therapy",
        Severity.ERROR,
        "This is not a therapy.",
        "Write pt, ot or both; for `joins` pt, ot or none.",
    ),
    Rule(
        "unknown-choice",
        Severity.ERROR,
        "The value is none of those allowed.",
        "Choose one of those listed.",
    ),
    Rule(
        "contradiction",
        Severity.ERROR,
        "Two values of one page can't both be true.",
        "Change one of them.",
    ),
    Rule(
        "unknown-timezone",
        Severity.ERROR,
        "There is no such time zone.",
        "Write it as America/Toronto or Europe/London.",
    ),
    Rule(
        "unknown-language",
        Severity.ERROR,
        "There is no such language.",
        "Write it as en-US, fr or pt-BR.",
    ),
    Rule(
        "unknown-rule",
        Severity.ERROR,
        "The settings name a rule that does not exist.",
        "Check its name; docs/messages.md lists the rules.",
    ),
    Rule(
        "fixed-severity",
        Severity.ERROR,
        "The settings give a rule a severity that it may not have.",
        "Take the row out, or choose a more serious one.",
    ),
)
