"""Writes docs/rules.md from the rules: `python -m otpt_site.rule_catalogue docs/rules.md`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from otpt_site.rules import FAMILIES, Rule, Severity

_HEAD: Final = """\
# What the tool can complain about

<!-- Written by: python -m otpt_site.rule_catalogue docs/rules.md. Change src/otpt_site/rules.py instead. -->

Every problem names its rule in square brackets, as in `error[unknown-therapy]`. This page lists them all, with what
each one means and how to mend it.

- An **error** stops the build. The site that was built before stays as it was.
- A **warning** stops the build only with `--strict`, which is how the site is published.
- A **note** never stops anything.
"""
_PASSES: Final = " (`--strict` lets it pass)"


def catalogue() -> str:
    """The page, as Markdown."""
    return _HEAD + "".join(line for name, rules in FAMILIES.items() for line in _family(name, rules))


def _family(name: str, rules: tuple[Rule, ...]) -> Iterator[str]:
    yield f"\n## {name}\n\n| Rule | | What it means | How to mend it |\n| --- | --- | --- | --- |\n"
    for rule in sorted(rules, key=lambda rule: rule.id):
        passes = rule.severity is Severity.WARNING and not rule.stops_strict_builds
        severity = rule.severity.value + (_PASSES if passes else "")
        yield f"| `{rule.id}` | {severity} | {_cell(rule.meaning)} | {_cell(rule.cure)} |\n"


def _cell(text: str) -> str:
    """The text so that a table in Markdown shows it as it is."""
    for sign in "\\|*_<[":
        text = text.replace(sign, f"\\{sign}")
    return text


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(catalogue(), "utf-8", newline="\n")
