"""The examples of the catalogue are run: the bad ones break their rule and no other, the good ones break none."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from otpt_site.rule_catalogue import ENTRIES
from otpt_site.rule_catalogue.entry import Entry, Snippet
from otpt_site.rules import RULES
from tests.kit import DEFAULTS, guide_of
from tests.project import project
from tests.rule_catalogue.examples import whole_files

# What only a plan of the whole site finds.
_NEED_A_PLAN: Final = {"same-path", "unsafe-svg", "bad-base-url"}
_PAIRS: Final = [(rule, entry) for rule, entry in ENTRIES.items() if not entry.unrun]


def _found(rule: str, shown: tuple[Snippet, ...] | str, root: Path) -> set[str]:
    assert not isinstance(shown, str), "an example in words needs a reason: unrun"
    files: Mapping[str, str] = whole_files(shown)
    if rule in _NEED_A_PLAN:
        report = project(root, {**DEFAULTS, **files}).build(out=None)
        return {found.rule for found in report.diagnostics}
    return set(guide_of(files).rules())


@pytest.mark.parametrize(("rule", "entry"), _PAIRS, ids=[rule for rule, _ in _PAIRS])
def test_the_bad_example_breaks_its_rule_and_no_other(rule: str, entry: Entry, tmp_path: Path) -> None:
    assert _found(rule, entry.bad, tmp_path) == {rule, entry.beside} - {""}


@pytest.mark.parametrize(("rule", "entry"), _PAIRS, ids=[rule for rule, _ in _PAIRS])
def test_the_good_example_breaks_no_rule(rule: str, entry: Entry, tmp_path: Path) -> None:
    assert _found(rule, entry.good, tmp_path) == set()


@pytest.mark.parametrize(("rule", "entry"), ENTRIES.items(), ids=list(ENTRIES))
def test_what_is_not_run_says_why(rule: str, entry: Entry) -> None:
    assert entry.why.endswith((".", "…")), rule
    assert bool(entry.unrun) == isinstance(entry.bad, str) == isinstance(entry.good, str)
    for word in entry.unrun.split():
        assert not word.startswith("tests/") or (Path(__file__).parents[2] / word).is_file()


def test_every_rule_is_in_the_catalogue() -> None:
    assert set(ENTRIES) == set(RULES)
