"""Syllables: of words in the dictionary, and of words that it lacks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otpt_site.syllables import syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [("walk", 1), ("water", 2), ("banana", 3), ("evaluation", 5), ("can't", 1), ("therapist's", 3), ("every", 3)],
)
def test_words_of_the_dictionary(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_first_way_to_say_a_word_counts() -> None:
    # "hour" stands as AW1 ER0, and behind it as AW1 R.
    assert syllables("hour") == 2


@pytest.mark.parametrize(("word", "count"), [("synkinesis", 4), ("zzzz", 1), ("", 1)])
def test_words_that_the_dictionary_lacks_are_hyphenated(word: str, count: int) -> None:
    assert syllables(word) == count


@settings(deadline=None)
@given(st.text(st.characters(categories=["L", "N"]), max_size=30))
def test_every_word_has_a_syllable(word: str) -> None:
    assert syllables(word.lower()) >= 1
