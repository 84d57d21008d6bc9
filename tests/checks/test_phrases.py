"""Words that hurt, words that a guide avoids, percentages alone, and sentences without a doer."""

import pytest

from otpt_site.diagnostics import Place
from otpt_site.rules import Severity
from tests.kit import SITE, comparison, condition, found_at, goals, guide_of, plain_page, unmarked

_PATH = "pages/x.md"
_WORDS = """\
names: []
short_forms: []
avoid:
- {id: ambulate, avoid: ambulate, instead: walk, why: few know it}
- {id: prior-to, avoid: prior to, instead: before, why: one word will do}
- {id: deficit, avoid: deficit, instead: trouble, why: it names what is missing}
"""


def _places(rule: str, text: str, path: str = _PATH, **files: str) -> list[Place]:
    made = guide_of({"words.yaml": _WORDS, path: text, **files})
    assert made.guide, made.diagnostics
    return [found.place for found in made.of(rule)]


def _check(rule: str, text: str, path: str = _PATH) -> None:
    """The rule is broken once, at the marks; nowhere when there are none."""
    plain, place = unmarked(f"content/{path}", text)
    assert _places(rule, plain, path) == [place] * ("«" in text)


@pytest.mark.parametrize(
    "body",
    [
        "She «suffers from» pain.",
        "He was «suffering from» pain.",
        "«Stroke victims» walk.",
        "A «victim of a stroke» walks.",
        "People «afflicted with» pain.",
        "He is «wheelchair-bound» now.",
        "He is «confined to a wheelchair» now.",
        "She is «bedridden».",
        "Help for «the disabled».",
        "«The disabled» are people.",
        "A «handicapped» man.",
        "Pain is «crippling».",
        "Advice for «the elderly».",
        "An «elderly» man.",
        "What «diabetics» eat.",
        "A child with «special needs».",
        "He «committed suicide».",
        "She «complains of» pain.",
        "A «non-compliant» man.",
        "First this.\n\n- A walk\n- A man who «suffers from» pain\n\nHe suffers.",
        "## When she «suffers from» pain\n\nText.",
    ],
)
def test_words_that_hurt(body: str) -> None:
    _check("hurtful-words", plain_page(body))


@pytest.mark.parametrize(
    "body",
    [
        "She lives with pain, and suffers little.",
        "Victims of a crime.",
        "He uses a wheelchair, and a chair bound in leather.",
        "The disabled son of a friend, a disabled person.",
        "The blind door and the deaf man.",
        "He complains, of course.",
        "Diabetic care, arthritic hands.",
        "He thinks of suicide.",
        "What needs are special?",
    ],
)
def test_words_that_hurt_nobody(body: str) -> None:
    _check("hurtful-words", plain_page(body))


def test_what_to_write_instead_is_told() -> None:
    [found] = guide_of({_PATH: plain_page("She suffers from pain.")}).of("hurtful-words")
    assert found.message == "'suffers from' hurts some of those who read it"
    assert found.hint == "Write has, had or lives with."


@pytest.mark.parametrize(
    "body",
    [
        "You «ambulate».",
        "She «ambulates».",
        "They «ambulated».",
        "«Ambulating» helps.",
        "Rest «prior to» it.",
        "Rest «prior\nto» it.".replace("\n", " "),
        "Your «deficits».",
    ],
)
def test_words_to_avoid(body: str) -> None:
    _check("word-to-avoid", plain_page(body))


@pytest.mark.parametrize("body", ["The ambulance.", "A prior one, to you.", "deficit-free", "pre-deficit"])
def test_words_that_are_near_those_to_avoid(body: str) -> None:
    _check("word-to-avoid", plain_page(body))


def test_the_reason_and_the_better_word_are_told() -> None:
    [found] = guide_of({"words.yaml": _WORDS, _PATH: plain_page("You ambulate.")}).of("word-to-avoid")
    assert found.message == "this guide does not say 'ambulate': few know it"
    assert found.hint == "Write: walk."


def test_a_guide_without_such_a_list_avoids_nothing() -> None:
    files = {"words.yaml": "names: []\nshort_forms: []\n", _PATH: plain_page("You ambulate.")}
    assert found_at(guide_of(files)) == []


@pytest.mark.parametrize(
    "body",
    [
        "About «30%» fall.",
        "About «30 %» fall.",
        "About «30 percent» fall.",
        "About «2.5 per cent» fall.",
        "About «30%» of two people fall after three or more years.",
        "In 2020, «30%» fell in five years.",
    ],
)
def test_percentages_alone(body: str) -> None:
    plain, place = unmarked(f"content/{_PATH}", plain_page(body))
    [found] = _places("bare-percentage", plain)
    assert (found.line, found.column) == (place.line, place.column)


@pytest.mark.parametrize(
    "body",
    [
        "About 30% (3 in 10) fall.",
        "3 out of 10 people fall, or 30%.",
        "About 30%: three people in ten.",
        "Of every 100 falls, 30 (30%) hurt.",
        "23 falls out of every 1,000, or 2.3%.",
        "Zoom to 400%, and 100 % of the page.",
        "30 people fall.",
    ],
)
def test_percentages_that_are_counted_out(body: str) -> None:
    assert _places("bare-percentage", plain_page(body)) == []


def _sentences(passive: int, active: int, form: str = "The arm is moved.") -> str:
    return plain_page("\n\n".join([form] * passive + [f"You rest for {number} days." for number in range(active)]))


@pytest.mark.parametrize(
    ("passive", "active", "found"),
    [(2, 10, True), (3, 17, False), (4, 17, True), (2, 7, False), (9, 0, False), (10, 0, True)],
)
def test_a_page_is_noted_for_its_share_of_sentences_without_a_doer(passive: int, active: int, found: bool) -> None:
    made = guide_of({_PATH: _sentences(passive, active)})
    assert [one.severity for one in made.of("passive-voice")] == [Severity.NOTE] * found


def test_the_first_such_sentence_is_pointed_at() -> None:
    text = _sentences(0, 9).replace(
        "You rest for 2 days.", "## What is slowly moved\n\nYour arm «is slowly moved». It was not shown."
    )
    plain, place = unmarked(f"content/{_PATH}", text)
    [found] = guide_of({_PATH: plain}).of("passive-voice")
    assert found.place == place
    assert found.message == "2 of 10 sentences do not say who does it, beginning with 'is slowly moved'"


@pytest.mark.parametrize(
    "form",
    ["You are tired.", "It is called a cane.", "He is used to it.", "The arm moved.", "They have moved.", "Be red."],
)
def test_what_only_looks_like_it(form: str) -> None:
    assert guide_of({_PATH: _sentences(10, 10, form)}).of("passive-voice") == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("conditions/x.md", condition(summary="Who «suffers from» pain")),
        ("comparisons/x.md", comparison(table="[{topic: Aim, pt: He «suffers from» it, ot: Dress}]")),
        ("goals.yaml", goals(questions="[Who «suffers from» it?]")),
    ],
)
def test_summaries_and_keys_are_looked_at_too(path: str, text: str) -> None:
    _check("hurtful-words", text, path)


@pytest.mark.parametrize(("language", "found"), [("en", 3), ("en-CA", 3), ("de", 0)])
def test_other_languages_are_left_alone(language: str, found: int) -> None:
    files = {"site.yaml": f"{SITE}language: {language}\n", "words.yaml": _WORDS}
    made = guide_of({**files, _PATH: plain_page("30% who suffer from it ambulate.")})
    assert len(made.diagnostics) == found
