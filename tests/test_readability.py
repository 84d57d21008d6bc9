"""Reading grades against sums done by hand, and what no change of a text may do to them."""

import math
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otpt_site.readability import Readability, measure, read_sentence, search_for_names
from otpt_site.sieve import Search

# Words with 1, 2, 3 and 5 syllables.
WORDS = ("walk", "water", "banana", "evaluation")
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=2, max_size=30)
_quick = settings(deadline=None)


def _found(names: list[str], text: str) -> list[str]:
    finder = search_for_names(tuple(names))
    assert finder is not None
    return [found[0] for found in finder.pattern.finditer(text)]


def _measured(sentences: Iterable[str], names: Search | None = None) -> Readability:
    return measure([read_sentence(said) for said in sentences], names, frozenset(" ".join(sentences).split()))


def _counts(*sentences: str, names: tuple[str, ...] = ()) -> tuple[int, int, int, int]:
    counted = _measured(sentences, search_for_names(tuple(names)))
    return counted.words, counted.sentences, counted.syllables, counted.polysyllables


# Formulas


def test_the_flesch_kincaid_grade() -> None:
    # 0.39 * 100/5 + 11.8 * 150/100 - 15.59 = 7.8 + 17.7 - 15.59
    assert Readability(words=100, sentences=5, syllables=150).grade == pytest.approx(9.91)


def test_the_grade_of_an_easy_text_is_below_zero() -> None:
    # 0.39 * 3 + 11.8 * 1 - 15.59 = 1.17 + 11.8 - 15.59
    assert _measured(["The cat sat."]).grade == pytest.approx(-2.62)


def test_the_smog_grade() -> None:
    # In 30 sentences: 1.043 * sqrt(4) + 3.1291 = 2.086 + 3.1291, and 1.043 * sqrt(36) + 3.1291 = 6.258 + 3.1291.
    assert Readability(words=300, sentences=30, syllables=450, polysyllables=4).smog == pytest.approx(5.2151)
    assert Readability(words=300, sentences=30, syllables=450, polysyllables=36).smog == pytest.approx(9.3871)
    # With 10 sentences the polysyllables count three times: 1.043 * sqrt(12 * 30/10) + 3.1291 = 6.258 + 3.1291.
    assert Readability(words=100, sentences=10, syllables=150, polysyllables=12).smog == pytest.approx(9.3871)


@pytest.mark.parametrize("sentences", [[], [""], ["…", "—!"]])
def test_a_text_without_words_has_no_grade(sentences: list[str]) -> None:
    counted = _measured(sentences)
    assert (counted, counted.grade, counted.smog) == (Readability(), 0, 0)


# Words


def test_words_sentences_and_syllables_are_counted() -> None:
    # walk 1 + the 1 + banana 3, and water 2 + evaluation 5; two of them have three syllables or more.
    assert _counts("Walk the banana!", "Water, evaluation") == (5, 2, 12, 2)


def test_a_sentence_without_words_is_none() -> None:
    assert _counts("Walk.", "…") == (1, 1, 1, 0)


def test_what_hyphens_join_is_one_word_with_the_syllables_of_all_parts() -> None:
    assert _counts("a water-banana") == (2, 1, 6, 1)
    assert _counts("a water - banana") == (3, 1, 6, 1)


@pytest.mark.parametrize("number", ["7", "150", "2,000", "3.5", "3-year-old", "2026-11-23"])
def test_a_number_is_one_syllable(number: str) -> None:
    assert _counts(f"walk {number}") == (2, 1, 2, 0)


def test_a_word_that_holds_a_digit_later_is_no_number() -> None:
    assert _counts("banana-7")[2] == 4


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_apostrophes_stand_within_a_word(apostrophe: str) -> None:
    # "couldn't" has two syllables; parted at its apostrophe it would have two words.
    assert _counts(f"Couldn{apostrophe}t") == (1, 1, 2, 0)
    assert _counts("'water'") == (1, 1, 2, 0)


# Names


def test_no_names_make_no_pattern() -> None:
    assert search_for_names(()) is None


@pytest.mark.parametrize(
    "written",
    ["dementia", "Dementia", "DEMENTIA", "dementias", "dementiaes", "dementia's", "dementia’s", "dementias’"],
)
def test_a_name_is_found_in_its_forms(written: str) -> None:
    assert _counts(f"walk {written}", names=("Dementia",)) == (2, 1, 2, 0)


@pytest.mark.parametrize("written", ["dementiac", "predementia", "dementia2", "dementiasis"])
def test_a_name_is_not_found_inside_a_longer_word(written: str) -> None:
    assert _found(["Dementia"], f"walk {written} on") == []


@pytest.mark.parametrize("written", ["Bell's palsy", "Bell’s palsy", "bell’s palsy's"])
def test_an_apostrophe_of_a_name_is_straight_or_curly(written: str) -> None:
    assert _found(["Bell's palsy"], f"Of {written}, too") == [written]
    assert _found(["Bell's palsy"], "Bells palsy") == []


def test_the_longest_name_is_found_first() -> None:
    assert _found(["banana", "banana evaluation"], "a banana evaluation") == ["banana evaluation"]
    assert _found(["banana evaluation", "banana"], "a banana walk") == ["banana"]


def test_signs_in_a_name_stand_for_themselves() -> None:
    assert _found(["a.b"], "axb a.b") == ["a.b"]


def test_each_word_of_a_name_is_one_syllable() -> None:
    # cerebral 3, palsy 2: five syllables without the name.
    assert _counts("Cerebral palsy", names=()) == (2, 1, 5, 1)
    assert _counts("Cerebral palsy", names=("Cerebral palsy",)) == (2, 1, 2, 0)
    assert _counts("Cerebral water palsy", names=("Cerebral palsy",))[2] == 7


def test_a_word_that_goes_on_before_a_name_is_not_easy() -> None:
    assert _counts("post-banana", names=("banana",)) == (1, 1, 4, 1)


# What holds for any text


@_quick
@given(SENTENCES, st.data())
def test_a_sentence_made_two_never_raises_the_grade(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(words) - 1))
    whole = _measured([" ".join(words)])
    parted = _measured([" ".join(words[:at]), " ".join(words[at:])])
    assert (parted.words, parted.syllables, parted.polysyllables) == (
        whole.words,
        whole.syllables,
        whole.polysyllables,
    )
    assert parted.grade < whole.grade
    assert parted.smog <= whole.smog


@_quick
@given(st.lists(SENTENCES, min_size=1, max_size=4), st.sets(st.sampled_from(WORDS)), st.sampled_from(WORDS))
def test_one_more_name_never_raises_the_grade(texts: list[list[str]], names: set[str], more: str) -> None:
    sentences = [" ".join(words) for words in texts]
    before, after = (_measured(sentences, search_for_names(tuple(listed))) for listed in (names, names | {more}))
    assert after.words == before.words
    assert after.grade <= before.grade
    assert after.smog <= before.smog


@_quick
@given(SENTENCES)
def test_a_text_said_twice_keeps_its_grades(words: list[str]) -> None:
    sentence = " ".join(words)
    once, twice = _measured([sentence]), _measured([sentence, sentence])
    assert math.isclose(once.grade, twice.grade)
    assert math.isclose(once.smog, twice.smog)


@_quick
@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_text_can_be_measured(sentences: list[str]) -> None:
    counted = _measured(sentences, search_for_names(("water", "a b")))
    assert counted.sentences <= counted.words <= counted.syllables
    assert counted.polysyllables <= counted.words
    assert math.isfinite(counted.grade)
