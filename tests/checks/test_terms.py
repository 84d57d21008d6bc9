"""Abbreviations and words of the glossary at their first use."""

import pytest

from otpt_site.diagnostics import Place
from tests.kit import SITE, article, comparison, condition, goals, guide_of, plain_page, therapy, unmarked

_PATH = "pages/x.md"
_SHORT = "unopened-abbreviation"
_TERM = "unmarked-term"
_GLOSSARY = """\
terms:
- {id: gait, term: gait, also: [stride], definition: the way you walk}
- {id: gait-belt, term: gait belt, definition: a belt}
"""
_WORDS = """\
names: []
short_forms:
- {id: us, short: US, why: the name of a country}
"""


def _places(rule: str, text: str, path: str = _PATH, **files: str) -> list[Place]:
    made = guide_of({"glossary.yaml": _GLOSSARY, "words.yaml": _WORDS, path: text, **files})
    assert made.guide, made.diagnostics
    return [found.place for found in made.of(rule)]


def _check(rule: str, text: str, path: str = _PATH) -> None:
    """The rule is broken once, at the marks; nowhere when there are none."""
    plain, place = unmarked(f"content/{path}", text)
    assert _places(rule, plain, path) == [place] * ("«" in text)


# Abbreviations


@pytest.mark.parametrize(
    "body",
    [
        "See the «ABC».",
        "The «ABCs»",
        "Ask «ABC's nurse».",
        "A «B12A test».",
        "Say «ABC (2020)».",
        "«ABC is 5» or so.",
        "«ABC has a» use.",
        "«ABC, and a» nurse.",
        "«ABC, then» more.",
        "(«ABC») begins.",
        "A nurse (old) «ABC».",
        "We recalled «ABC», too.",
        "The letter «ABC».",
        "- Item\n- «ABC».",
        "«ABC», and then a better clinic (ABC)",
        "[«ABC»](condition:x)",
        "| A |\n| - |\n| «ABC» |",
        "One.\n\nTwo «ABC», ABC.",
        "See the «XY» of the clinic (ABC).",
    ],
)
def test_abbreviations_before_their_long_form(body: str) -> None:
    plain, place = unmarked(f"content/{_PATH}", plain_page(body))
    [found] = _places(_SHORT, plain, **{"conditions/x.md": condition()})
    assert (found.line, found.column) == (place.line, place.column)


@pytest.mark.parametrize(
    "body",
    [
        "A better clinic (ABC). Then ABC and ABCs.",
        "Better clinics (ABCs). Then ABC.",
        "A clinic (also ABC or ABD) is.",
        "ABC (a better clinic) is.",
        "ABCs (better clinics) are.",
        "ABC and ABD (two clinics) are.",
        "ABC is a clinic.",
        "ABC is the clinic.",
        "ABC means better.",
        "ABCs are clinics.",
        "ABC stands for a better clinic.",
        "ABC and ABD stand for clinics.",
        "The ABC, or better clinic, is.",
        "The ABC, a better clinic, is.",
        "The ABC, an own clinic, is.",
        "The ABC, which helps, is.",
        "A clinic called the ABC.",
        "A clinic called ABC.",
        "It is known as an ABC.",
        "The letters ABC.",
        "The clinic named ABC.",
        "[ABC](term:gait) is marked.",
        "The US.",
        "A B C, Abc, aBC, xABC, ABCx, ABC-scan, pre-ABC, 5AB, B12.",
    ],
)
def test_abbreviations_that_are_opened(body: str) -> None:
    assert _places(_SHORT, plain_page(body)) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (_PATH, plain_page("See the ABC.", title="The ABC")),
        ("conditions/x.md", condition("The ABC [@trial-2020].", also_called="[ABC]")),
        (_PATH, plain_page("Text.", summary="See the ABC")),
        ("conditions/x.md", condition(pt_does="[The PT helps]")),
        ("conditions/x.md", condition(ot_does="[The OT helps]")),
        ("conditions/x.md", condition(joins="ot", why="PT and OT help")),
        ("comparisons/x.md", comparison(imagine="PT or OT")),
        ("therapies/pt.md", therapy(one_line="PT helps")),
        ("goals.yaml", goals(why="PT helps")),
    ],
)
def test_abbreviations_that_the_page_opens(path: str, text: str) -> None:
    assert _places(_SHORT, text, path) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("conditions/x.md", condition(why="The «OT» helps")),
        ("conditions/x.md", condition(acute="true", safety_extra="[{level: urgent, action: same-day, text: No «PT»}]")),
        ("conditions/x.md", condition(pt_does="[The «OT» helps]")),
        ("goals.yaml", goals(caution="Not «PT»")),
        ("therapies/pt.md", therapy(one_line="Not «OT»")),
        ("articles/x.md", article("Not «PT»")),
        ("safety.yaml", "cards:\n- {id: a, level: urgent, action: same-day, signs: [An «ABC»], why: It is}\n"),
    ],
)
def test_abbreviations_that_the_page_opens_too_late(path: str, text: str) -> None:
    _check(_SHORT, text, path)


def test_each_page_opens_for_itself() -> None:
    files = {"articles/x.md": article("A better clinic (ABC).")}
    assert _places(_SHORT, plain_page("The ABC."), **files) == [Place(f"content/{_PATH}", 7, 5, 3)]


def test_each_abbreviation_is_told_once() -> None:
    assert len(_places(_SHORT, plain_page("The ABC and the ABC.\n\nThe ABD and the ABC."))) == 2


# Words of the glossary


@pytest.mark.parametrize(
    "text",
    [
        plain_page("Your «gait» is."),
        plain_page("## Gait and [your gait](page:x)\n\nA *slow*  [old](page:x) «gait» is."),
        plain_page("[Of gait](page:x): *a\nslow* **«gait»** is."),
        plain_page("«Gaits» are."),
        plain_page("Your «gait» and [gait](term:gait)."),
        plain_page("A «gait belt» and [gait](term:gait)."),
        plain_page("A [belt](term:gait-belt) for your «gait»."),
        plain_page("- Your «gait»"),
        plain_page("Your «gait» and [my gait](https://example.org)."),
        plain_page("A «gait **belt»**."),
        plain_page("| A |\n| - |\n| Your «gait» |"),
    ],
)
def test_words_of_the_glossary_without_a_mark(text: str) -> None:
    _check(_TERM, text)


@pytest.mark.parametrize(
    "text",
    [
        plain_page("Your [gait](term:gait) is a gait."),
        plain_page("Your [walking](term:gait) is a gait."),
        plain_page("Your [](term:gait) is a gait."),
        plain_page("## Gait\n\nYour walk."),
        plain_page("See [my gait](https://example.org)."),
        plain_page("See [my gait](#part).\n\n## Part"),
        plain_page("Your gaiter, agait and re-gait, gait-like."),
        plain_page("Your stride."),
        plain_page("Your gait.", title="My gait"),
        plain_page("Walk.", summary="Your gait"),
    ],
)
def test_words_of_the_glossary_that_need_no_mark(text: str) -> None:
    assert _places(_TERM, text) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("conditions/x.md", condition("[Gait](term:gait) [@trial-2020].", why="Your «gait» is")),
        ("comparisons/x.md", comparison(table="[{topic: Aim, pt: Your «gait», ot: Dress}]")),
        ("goals.yaml", goals(questions="[How is my «gait»?]")),
    ],
)
def test_words_of_the_glossary_in_keys(path: str, text: str) -> None:
    _check(_TERM, text, path)


def test_a_name_for_the_condition_explains_the_word() -> None:
    text = condition("More [@trial-2020].", also_called="[Poor gait]", why="Your gait is")
    assert _places(_TERM, text, "conditions/x.md") == []


def test_safety_cards_explain_no_words() -> None:
    cards = "cards:\n- {id: a, level: urgent, action: same-day, signs: [A new gait], why: It may be a clot}\n"
    assert _places(_TERM, cards, "safety.yaml") == []
    assert len(_places(_TERM, condition(why="A new gait"), "conditions/x.md")) == 1


def test_the_longer_word_is_the_one_meant() -> None:
    made = guide_of({"glossary.yaml": _GLOSSARY, _PATH: plain_page("A gait belt.")})
    [found] = made.of(_TERM)
    assert "'gait belt'" in found.message
    assert found.hint == "Write [gait belt](term:gait-belt), or a plainer word."


def test_each_word_is_told_once() -> None:
    assert len(_places(_TERM, plain_page("A gait, a gait.\n\nA gait belt and a gait belt."))) == 2


def test_a_guide_without_a_glossary_has_no_such_words() -> None:
    files = {"glossary.yaml": "terms: []\n", "therapies/pt.md": therapy("More [@trial-2020].")}
    made = guide_of({**files, _PATH: plain_page("Your gait.")})
    assert made.of(_TERM) == []


@pytest.mark.parametrize(("language", "found"), [("en", 2), ("en-CA", 2), ("de", 0)])
def test_other_languages_are_left_alone(language: str, found: int) -> None:
    made = guide_of({"site.yaml": f"{SITE}language: {language}\n", _PATH: plain_page("The gait of the ABC.")})
    assert len([*made.of(_TERM), *made.of(_SHORT)]) == found


def test_letters_that_only_look_like_those_of_a_term_make_none() -> None:
    # Python's `re` takes the i without a dot and the long s for an i and an s, whatever the capitals.
    assert guide_of({"pages/x.md": plain_page("Your ga\u0131t is slow.")}).of("unmarked-term") == []


def test_a_term_is_found_beside_a_mark() -> None:
    text = plain_page("See [it](https://example.org/)gait.")
    assert len(guide_of({"pages/x.md": text}).of("unmarked-term")) == 1
