"""Addresses, templates and output: what keeps the site from being made or written."""

from typing import Final

from otpt_site.rules.rule import Rule, Severity

RULES: Final = (
    Rule(
        "same-path",
        Severity.ERROR,
        "Two things want the same address on the site.",
        "Change the slug, alias or file name of one.",
    ),
    Rule(
        "template-missing",
        Severity.ERROR,
        "A template does not exist.",
        "Check its name and folder.",
    ),
    Rule(
        "template-syntax",
        Severity.ERROR,
        "A template can't be read.",
        "Look at the line named.",
    ),
    Rule(
        "template-error",
        Severity.ERROR,
        "A template failed while it was filled.",
        "Look at the line named; the message says what was missing.",
    ),
    Rule(
        "dynamic-template",
        Severity.ERROR,
        "A template includes another whose name is not written out.",
        "Write the name as a text in quotes.",
    ),
    Rule(
        "foreign-file",
        Severity.WARNING,
        "A file in the output folder was not made by this tool. It was left alone.",
        "Move it to content/media/, or delete it.",
    ),
    Rule(
        "bad-output",
        Severity.ERROR,
        "The output folder can't be used.",
        "Choose another folder with --out, outside content/.",
    ),
    Rule(
        "output-locked",
        Severity.ERROR,
        "Another build is writing to the same output folder.",
        "Wait until it is done, or end that process; then build again.",
    ),
    Rule(
        "worker-crashed",
        Severity.ERROR,
        "A process that did a part of the work ended before it was done, as when the memory is full.",
        "Build again. If the same file is named again, take out what you last changed in it, and tell us.",
    ),
    Rule(
        "cache-discarded",
        Severity.NOTE,
        "What earlier builds had kept in .cache/ was damaged or of another version, and was thrown away.",
        "Nothing needs doing: this build took a little longer.",
        fixed="it tells of this computer, not of the guide",
    ),
    Rule(
        "bad-base-url",
        Severity.ERROR,
        "The base URL can't be used.",
        "Write /, /folder/ or https://example.org/folder/.",
    ),
)
