"""The value that every problem is told with."""

from pathlib import Path

import pytest

from otpt_site.diagnostics import Place, in_order, problem, shown_path
from otpt_site.rules import Severity


def test_a_problem_takes_severity_and_cure_from_its_rule() -> None:
    found = problem("raw-html", Place("content/a.md", 3, 4), "<div> is not allowed")
    assert (found.severity, found.hint) == (Severity.WARNING, "Write it in Markdown.")


def test_a_hint_of_its_own_wins() -> None:
    assert problem("raw-html", Place("a"), "…", "Do this.").hint == "Do this."


def test_an_unknown_rule_is_a_mistake_in_the_program() -> None:
    with pytest.raises(KeyError):
        problem("no-such-rule", Place("a"), "…")


def test_order_is_by_file_line_column_then_rule() -> None:
    places = [
        problem("wrong-type", Place("b", 1, 1), "x"),
        problem("wrong-type", Place("a", 10, 1), "x"),
        problem("wrong-type", Place("a", 9, 20), "x"),
        problem("wrong-type", Place("a", 9, 3), "x"),
        problem("bad-date", Place("a", 9, 3), "x"),
        problem("wrong-type", Place("a"), "x"),
    ]
    told = [(found.place.path, found.place.line, found.place.column, found.rule) for found in in_order(places)]
    assert told == [
        ("a", 0, 0, "wrong-type"),
        ("a", 9, 3, "bad-date"),
        ("a", 9, 3, "wrong-type"),
        ("a", 9, 20, "wrong-type"),
        ("a", 10, 1, "wrong-type"),
        ("b", 1, 1, "wrong-type"),
    ]


def test_the_same_problem_is_told_once() -> None:
    found = problem("wrong-type", Place("a", 1, 1), "x")
    other = problem("wrong-type", Place("a", 1, 1), "y")
    assert in_order([found, other, found]) == (found, other)


def test_files_are_named_from_the_project_s_root(tmp_path: Path) -> None:
    assert shown_path(tmp_path / "content" / "a.md", tmp_path) == "content/a.md"
    assert shown_path(Path("elsewhere/x"), tmp_path) == "elsewhere/x"
