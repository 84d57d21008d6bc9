"""The pages that are written from the rules."""

import re
from pathlib import Path
from typing import Final

import pytest

from otpt_site.rule_catalogue import ENTRIES, messages_page, rules_page
from otpt_site.rules import RULES

DOCS: Final = Path(__file__).parents[2] / "docs"
MEND: Final = "run: python -m otpt_site.rule_catalogue docs"


def test_the_pages_on_disk_are_those_made_from_the_rules() -> None:
    assert (DOCS / "messages.md").read_text("utf-8") == messages_page(), MEND
    assert (DOCS / "rules.md").read_text("utf-8") == rules_page(), MEND


def test_each_rule_has_its_row_with_meaning_and_cure() -> None:
    rows = [line for line in messages_page().splitlines() if line.startswith("| [`")]
    assert len(rows) == len(RULES)
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows)
    assert [row.split("`")[1] for row in rows if "lets it pass" in row] == ["edited-since-review", "review-overdue"]


def test_each_row_leads_to_the_rule_and_its_reason() -> None:
    headings = re.findall("^### ([a-z0-9-]+)$", rules_page(), re.MULTILINE)
    assert sorted(headings) == sorted(RULES)
    assert set(re.findall(r"rules\.md#([a-z0-9-]+)", messages_page())) == set(headings)


@pytest.mark.parametrize("rule", ENTRIES)
def test_each_rule_tells_its_reason_and_both_examples(rule: str) -> None:
    told = re.split(r"\n### (?=[a-z0-9-]+\n)", rules_page().split(f"\n### {rule}\n")[1])[0]
    assert f"Why: {ENTRIES[rule].why}" in told
    assert told.count("Not so:") == told.count("But so:") == 1
    assert told.count("```") % 2 == 0


def test_standards_are_named_once_and_lead_somewhere() -> None:
    follows = {standard for entry in ENTRIES.values() for standard in entry.follows}
    assert len({standard.url for standard in follows}) == len(follows)
    assert all(standard.url.startswith("https://") for standard in follows)
