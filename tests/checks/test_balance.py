"""Equal detail where both lead."""

import pytest

from tests.kit import comparison, condition, found_at, guide_of, unmarked


def _lines(words: int) -> str:
    """A list of so many words, short enough a line to be read with ease."""
    return f"[{', '.join(' '.join(['word'] * min(9, words - done)) for done in range(0, words, 9))}]"


@pytest.mark.parametrize(
    ("pt", "ot", "fine"),
    [(10, 10, True), (15, 10, True), (16, 10, False), (67, 100, True), (66, 100, False), (2, 3, False), (3, 2, True)],
)
def test_a_condition_that_both_lead(pt: int, ot: int, fine: bool) -> None:
    marked = condition(lead="both", pt_does=_lines(pt), ot_does=_lines(ot)).replace("pt_does", "«pt_does»")
    text, place = unmarked("content/conditions/x.md", marked)
    assert found_at(guide_of({"conditions/x.md": text})) == ([] if fine else [("thin-balance", place)])


def test_where_one_leads_the_other_may_be_brief() -> None:
    assert found_at(guide_of({"conditions/x.md": condition(pt_does=_lines(60), ot_does=_lines(1))})) == []


def test_first_visits_count_too() -> None:
    visits = f"{{pt: {_lines(1)}, ot: {_lines(19)}}}"
    text = condition(lead="both", pt_does=_lines(20), ot_does=_lines(2), first_visit=visits)
    assert found_at(guide_of({"conditions/x.md": text})) == []


@pytest.mark.parametrize("side", ["pt_if", "pt_gain", "pt_limits", "table"])
def test_a_comparison(side: str) -> None:
    long = " ".join(["word"] * 30)
    value = f"[{{topic: Aim, pt: {long}, ot: Dress}}]" if side == "table" else long
    text, place = unmarked("content/comparisons/x.md", comparison(**{side: value}).replace("\ntable", "\n«table»"))
    made = guide_of({"comparisons/x.md": text})
    assert found_at(made) == [("thin-balance", place)]
    assert "PT gets" in made.of("thin-balance")[0].message
