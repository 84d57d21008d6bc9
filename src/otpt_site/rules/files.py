"""Files: what can't be read, and what lies in the wrong place."""

from typing import Final

from otpt_site.rules.rule import Rule, Severity

RULES: Final = (
    Rule(
        "content-missing",
        Severity.ERROR,
        "There is no content folder, or nothing is in it.",
        "Run the command in the folder that holds content/, or name it with --content.",
    ),
    Rule(
        "file-too-large",
        Severity.ERROR,
        "A text file is larger than 1 MB, or a picture larger than 10 MB.",
        "Split the text, or make the picture smaller.",
    ),
    Rule(
        "file-unreadable",
        Severity.ERROR,
        "The system would not let the tool read a file.",
        "Check that the file is not locked and that you may read it.",
    ),
    Rule(
        "foreign-symlink",
        Severity.ERROR,
        "A link in content/ leads out of content/, to a folder, or nowhere.",
        "Put a copy of the file itself into content/.",
    ),
    Rule(
        "misplaced-file",
        Severity.WARNING,
        "A file lies where no kind of content is kept.",
        "Move it to the folder of its kind, or out of content/.",
    ),
    Rule(
        "not-utf8",
        Severity.ERROR,
        "A text file is not stored as UTF-8.",
        "Save it again with the encoding UTF-8.",
    ),
    Rule(
        "bad-file-name",
        Severity.ERROR,
        "A page's file name can't be an id.",
        "Use small letters, digits and hyphens only: knee-replacement.md.",
    ),
)
