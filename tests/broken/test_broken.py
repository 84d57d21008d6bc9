"""Each broken input gives exactly the text that stands beside it: no traceback, no wrong line, no second message."""

import re
from pathlib import Path
from typing import Final

import pytest

from otpt_site.rules import RULES
from tests.broken.cases import CASES, EXPECTED, said_about, whole_guide

# What an editor's content alone can't break, or no tiny input can.
EXEMPT: Final = {
    "file-too-large": "a file of more than 1 MB is no tiny input; tests/test_sources.py makes one",
    "file-unreadable": "a file's permissions are not kept by git; tests/test_sources.py sets them",
    "heavy-picture": "a picture of more than 200 KB is no tiny input; tests/checks/test_structure.py makes one",
    "foreign-file": "is about the output folder; tests/test_publish.py has it",
    "bad-output": "is about the output folder; tests/test_publish.py has it",
    "output-locked": "is about the output folder; tests/test_lock.py has it",
    "worker-crashed": "takes a process that dies; tests/test_workers.py ends one",
    "cache-discarded": "is about the cache; tests/test_cache.py has it",
}
_RULE: Final = re.compile(r"^\S.* (?:error|warning|note)\[([\w-]+)\] ", re.MULTILINE)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide in which nothing is wrong."""
    folder = tmp_path_factory.mktemp("broken") / "whole"
    whole_guide(folder)
    return folder


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_said_is_what_is_expected(case: Path, whole: Path, tmp_path: Path) -> None:
    expected = case / EXPECTED
    assert expected.exists(), "write it with: python -m tests.broken"
    assert said_about(case, whole, tmp_path / "guide") == expected.read_bytes().decode()


def test_nothing_is_said_of_the_whole_guide(whole: Path, tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    assert said_about(tmp_path / "case", whole, tmp_path / "guide") == "Pages and links checked in 0.1 s.\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_one_mistake_is_told_once(case: Path) -> None:
    """Those cases whose names begin with `many-` hold several mistakes. Notes tell of a state, and may stand beside."""
    text = (case / EXPECTED).read_bytes().decode()
    loud = [rule for rule in _RULE.findall(text) if f" note[{rule}]" not in text]
    assert _RULE.search(text)
    assert case.name.startswith("many-") or len(loud) <= 1


def test_there_is_a_case_for_every_rule() -> None:
    told = {rule for case in CASES for rule in _RULE.findall((case / EXPECTED).read_bytes().decode())}
    assert set(RULES) - told - set(EXEMPT) == set(), "rules without a broken input"
    assert set(EXEMPT) <= set(RULES)
    assert not told & set(EXEMPT), "no longer exempt"
