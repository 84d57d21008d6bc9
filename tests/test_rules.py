"""The list of rules, and what raises them."""

import ast
import re
from pathlib import Path

import pytest

from otpt_site.rules import FAMILIES, RULES, Rule, Severity

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "otpt_site"


def _texts(path: Path) -> set[str]:
    return {
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _first_arguments(path: Path) -> set[str]:
    """The rules named where problems are made."""
    makers = {"problem", "_fail", "_refused", "trouble", "Refused"}
    return {
        call.args[0].value
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", getattr(call.func, "attr", "")) in makers
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def test_every_rule_is_raised_somewhere() -> None:
    told = {"rules", "rule_catalogue"}
    texts = set().union(*(_texts(path) for path in SOURCE.rglob("*.py") if path.parent.name not in told))
    assert set(RULES) - texts == set()


def test_every_rule_raised_exists() -> None:
    raised = set().union(*(_first_arguments(path) for path in SOURCE.rglob("*.py")))
    assert raised
    assert raised - set(RULES) == set()


def test_every_rule_has_one_id() -> None:
    assert sum(len(rules) for rules in FAMILIES.values()) == len(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_is_told_in_sentences(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.id)
    assert re.fullmatch(r"[A-Z].*[.…\]*]", rule.meaning, re.DOTALL)
    assert rule.cure.strip()


def test_only_reviews_pass_a_strict_build() -> None:
    passing = [rule.id for rule in RULES.values() if not rule.stops_strict_builds]
    assert passing == ["review-overdue", "edited-since-review"]


@pytest.mark.parametrize(
    ("rule", "severity"),
    [
        ("never-reviewed", Severity.NOTE),
        ("review-due-soon", Severity.NOTE),
        ("not-published", Severity.NOTE),
        ("review-overdue", Severity.WARNING),
        ("edited-since-review", Severity.WARNING),
        ("raw-html", Severity.WARNING),
        ("foreign-file", Severity.WARNING),
        ("unknown-key", Severity.ERROR),
        ("same-path", Severity.ERROR),
        ("missing-image", Severity.ERROR),
    ],
)
def test_severities_that_the_design_sets(rule: str, severity: Severity) -> None:
    assert RULES[rule].severity is severity
