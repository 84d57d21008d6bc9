"""The judge of the fuzzers lets pass what is well, and nothing else."""

import pytest

from otpt_site.diagnostics import Place, problem
from tests.fuzz import judge as judging
from tests.fuzz.inputs import SIGNS, TARGETS, seeds
from tests.fuzz.judge import Slow, assert_told_well, judge
from tests.kit import condition


@pytest.mark.parametrize("name", TARGETS)
def test_a_few_signs_are_judged_in_every_place(name: str) -> None:
    target = TARGETS[name]
    for typed in ("", *SIGNS[::7]):
        judge(target.path, target.whole(typed))


def test_the_seeds_are_the_shipped_guide_and_the_broken_inputs() -> None:
    names = [name for name, _ in seeds()]
    assert len(names) > 200
    assert set(names) <= set(TARGETS)


@pytest.mark.parametrize("place", [(4, 1, 1), (0, 1, 1), (1, 9, 1), (1, 0, 1), (1, 2, 9), (2, 1, 0)])
def test_a_place_that_is_not_there_is_a_fault(place: tuple[int, int, int]) -> None:
    with pytest.raises(AssertionError):
        assert_told_well([problem("bad-id", Place("content/a.md", *place), "bad")], "a.md", b"one\ntwo\n")


def test_a_place_that_is_there_is_none() -> None:
    places = (Place("content/a.md", 1, 1, 3), Place("content/a.md", 3, 1), Place("content/a.md"), Place("x", 99, 9))
    assert_told_well([problem("bad-id", place, "bad") for place in places], "a.md", b"one\ntwo\n")


def test_what_takes_too_long_is_a_fault() -> None:
    judge("conditions/x.md", condition())
    with pytest.raises(Slow):
        judge("conditions/x.md", condition(), limit=0.0)


def test_a_traceback_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(judging, "parts_of", fail)
    with pytest.raises(ZeroDivisionError):
        judge("conditions/x.md", condition())
