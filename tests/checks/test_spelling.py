"""Words that nobody knows."""

import pytest

from otpt_site.checks.findings import MOST
from otpt_site.diagnostics import Place
from tests.kit import SITE, article, condition, found_at, goals, guide_of, plain_page, unmarked

_PATH = "pages/x.md"
_RULE = "misspelt-word"


def _check(text: str, path: str = _PATH, **files: str) -> None:
    """The rule is broken once, at the marks; nowhere when there are none."""
    plain, place = unmarked(f"content/{path}", text)
    assert found_at(guide_of({path: plain, **files})) == [(_RULE, place)] * ("«" in text)


@pytest.mark.parametrize(
    "body",
    [
        "Do the «excercise».",
        "«Excercise» helps.",
        "It helps. «Excercise» is good.",
        "“«Excercise»” is good.",
        "- Rest\n- «Excercise»",
        "## Your «excercise»\n\nText.",
        "Do the **«excercise»** now.",
        "The **exercise** and the «excercise».",
        "See [the «excercise»](https://example.org/excercise).",
        "The «shoudler’s» end.",
        "Walk, and «excercise»-free.",
        "The «e\u4e2d» helps.",
    ],
)
def test_words_that_are_misspelt(body: str) -> None:
    _check(plain_page(body))


@pytest.mark.parametrize(
    "body",
    [
        "Organize your color, dear carer.",
        "The shoulder’s end, a patient's part; don't, it’s.",
        "Mr. Zzyzx lives in Qwertzu; ask Dr. Asdfgh.",
        "The study called CARE-ABLE.",
        "Write to zzyzx@example.org, see www.zzyzx.org or zzyzx.org/qwertzu.",
        "[@trial-2020]",
        "Use x, y and 12zz.",
        "A follow-up, re-read in mid-week.",
        "[](condition:zzyzx) is a page.",
    ],
)
def test_words_that_are_well(body: str) -> None:
    page = condition(name="Zzyzx qwertzu")
    _check(plain_page(body), **{"conditions/zzyzx.md": page})


def test_the_guides_own_words_are_known() -> None:
    files = {
        "glossary.yaml": "terms:\n- {id: gait, term: gait, also: [zzyzx], definition: the way you walk}\n",
        "words.yaml": "names:\n- {id: q, name: Qwertzu, kind: medicine}\nshort_forms: []\n"
        "spellings:\n- {id: asdfgh, word: asdfgh}\n",
    }
    _check(plain_page("The zzyzx, qwertzu, asdfgh and the asdfghs."), **files)
    _check(plain_page("The «asdfghing»."), **files)


def test_a_condition_knows_its_own_names() -> None:
    text = condition("The zzyzx of qwertzu [@trial-2020].", name="Zzyzx", also_called="[qwertzu]")
    _check(text, "conditions/x.md")
    _check(plain_page("The «zzyzx»."), **{"conditions/x.md": text})


def test_titles_are_read_too() -> None:
    _check(article(title="The «excercise»"), "articles/x.md")
    _check(article(title="'The «excercise»'"), "articles/x.md")
    _check(goals(goal="Climb the «stiars»"), "goals.yaml")
    assert found_at(guide_of({"conditions/x.md": condition(summary="The excercise")}))


def test_a_word_is_told_once_on_a_page_and_its_like_is_named() -> None:
    made = guide_of({_PATH: plain_page("The excercise. Excercise!"), "pages/y.md": plain_page("The excercise.")})
    assert [found.place.path for found in made.of(_RULE)] == ["content/pages/x.md", "content/pages/y.md"]
    assert made.of(_RULE)[0].message == "no dictionary knows 'excercise'"
    assert made.of(_RULE)[0].hint == "Did you mean 'exercise'? A word that is right goes into words.yaml."


def test_a_word_that_is_like_no_other_gets_no_guess() -> None:
    [found] = guide_of({_PATH: plain_page("The zzyzxqwertzu.")}).of(_RULE)
    assert found.hint == "A word that is right goes into words.yaml."


def test_a_page_in_another_language_is_not_told_word_by_word() -> None:
    words = [f"zq{first}{second}zq" for first in "abcdefghij" for second in "abcdefghij"]
    made = guide_of({_PATH: plain_page(" ".join(words))})
    assert len(made.of(_RULE)) == MOST
    [further] = made.of("further-problems")
    assert further.place.path == f"content/{_PATH}"
    assert further.message.endswith("this page has 50 more of misspelt-word")


@pytest.mark.parametrize(
    ("rule", "form"),
    [
        ("unopened-abbreviation", "See the QX{}. "),
        ("vague-link", "Of {}, [here](https://a.example).\n\n"),
        ("missing-caption", "| A{} |\n| - |\n\n"),
        ("typed-number", "Call 911, {} of you. "),
        ("long-list", "- {}" + "\n- a" * 7 + "\n\n## B\n\n"),
    ],
)
def test_no_family_tells_thousands_of_places(rule: str, form: str) -> None:
    made = guide_of({_PATH: plain_page("".join(form.format(number) for number in range(MOST + 3)))})
    assert len(made.of(rule)) == MOST
    assert made.of("further-problems")[0].message.endswith(f"3 more of {rule}")


@pytest.mark.parametrize(("count", "told"), [(MOST, []), (MOST + 1, ["1 more of hurtful-words"])])
def test_nothing_is_left_out_without_a_word(count: int, told: list[str]) -> None:
    made = guide_of({_PATH: plain_page(" ".join(f"Call {number} elderly men." for number in range(count)))})
    assert len(made.of("hurtful-words")) == MOST
    assert [one.message.rpartition("page has ")[2] for one in made.of("further-problems")] == told


@pytest.mark.parametrize(("language", "found"), [("en", True), ("en-GB", True), ("fr", False)])
def test_other_languages_are_left_alone(language: str, found: bool) -> None:
    made = guide_of({"site.yaml": f"{SITE}language: {language}\n", _PATH: plain_page("The excercise.")})
    assert found_at(made) == [(_RULE, Place("content/pages/x.md", 7, 5, 9))] * found


_BRITISH = "organise colour analyse centre programme oedema recognising"
_BOTH = "travelled licence judgement fulfil"


@pytest.mark.parametrize("word", [*_BRITISH.split(), *_BOTH.split()])
@pytest.mark.parametrize("language", ["en-GB", "en-CA", "en"])
def test_british_spelling_is_right_where_it_is_at_home(word: str, language: str) -> None:
    _check(plain_page(f"The {word}."), **{"site.yaml": f"{SITE}language: {language}\n"})


@pytest.mark.parametrize("word", _BRITISH.split())
def test_british_spelling_is_a_slip_in_an_american_guide(word: str) -> None:
    _check(plain_page(f"The «{word}»."), **{"site.yaml": f"{SITE}language: en-US\n"})
