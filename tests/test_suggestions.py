"""What was probably meant: a near word, and none where none is near."""

import pytest

from otpt_site.suggestions import nearest, suggestion


@pytest.mark.parametrize(
    ("word", "near"),
    [("strok", "stroke"), ("Stroke", "stroke"), ("stroke", "stroke"), ("xyz", ""), ("s" * 200, ""), ("", "")],
)
def test_the_nearest_word(word: str, near: str) -> None:
    assert nearest(word, ["stroke", "falls"]) == near


def test_a_suggestion_is_a_question() -> None:
    assert suggestion("strok", ["stroke"]) == "Did you mean 'stroke'?"
    assert suggestion("x", ["stroke"]) == ""
