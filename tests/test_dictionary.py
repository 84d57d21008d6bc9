"""Which words are English, and which one was probably meant."""

import gzip
import json

import pytest

from otpt_site.dictionary import is_word, near_word
from otpt_site.word_lines import folder_of


@pytest.mark.parametrize("word", ["walk", "walking", "carer's", "don't", "physiotherapist"])
def test_words(word: str) -> None:
    assert is_word(word)


def test_every_word_of_the_list_is_found_where_it_lies() -> None:
    packed = (folder_of("spellchecker") / "resources" / "en.json.gz").read_bytes()
    words = [*json.loads(gzip.decompress(packed))]
    assert [word for word in (*words[::50], words[0], words[-1]) if not is_word(word)] == []


@pytest.mark.parametrize("word", ["excercise", "recieve", "teh", "Walk", "", "'s", "lymphedema"])
def test_no_words(word: str) -> None:
    assert not is_word(word)


def test_british_words_count_when_asked_for() -> None:
    assert is_word("colour", british=True)
    assert is_word("color", british=True)
    assert not is_word("colour")
    assert not is_word("excercise", british=True)


@pytest.mark.parametrize(
    ("word", "near"), [("recieve", "receive"), ("excercise", "exercise"), ("zzyzxqwertzu", ""), ("walk", "")]
)
def test_the_word_that_was_meant(word: str, near: str) -> None:
    assert near_word(word) == near
