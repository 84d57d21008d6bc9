"""No text is passed over in which a rule would find something: whatever a pattern finds, its sieve holds a chunk of."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otpt_site.checks import danger, language, phrases, spelling, terms
from otpt_site.readability import search_for_names
from otpt_site.sieve import Search, Sieve
from tests.kit import condition, guide_of

_thorough = settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.filter_too_much])
_SEARCHES = {
    "booking": danger._BOOKING,
    "click here": language._CLICK_HERE,
    "percentages": phrases._PERCENTAGE,
    "passive": Search(phrases._PASSIVE, phrases._FORMS_OF_BE),
    "abbreviations": Search(terms._ABBREVIATION, terms._ABBREVIATIONS),
    "numbers": Search(danger._NUMBER, danger._DIGITS),
}
# Names and phrases of every shape, in letters that `re` takes for others too.
_NAMES = st.lists(st.text("aeiks \u017f'’\u0131-.", min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=4)


def _passes_nothing_over(search: Search, written: str) -> None:
    words = " ".join(written.split())
    assert search.pattern.search(words) is None or search.sieve.held(frozenset(words.split()))


@pytest.mark.parametrize("name", _SEARCHES)
@_thorough
@given(data=st.data())
def test_patterns(name: str, data: st.DataObject) -> None:
    search = _SEARCHES[name]
    _passes_nothing_over(search, data.draw(st.from_regex(search.pattern)))


@pytest.mark.parametrize("hurtful", phrases.HURTFUL, ids=lambda hurtful: hurtful.pattern)
@_thorough
@given(data=st.data())
def test_each_hurtful_phrase(hurtful: phrases.Hurtful, data: st.DataObject) -> None:
    written = data.draw(st.from_regex(re.compile(hurtful.pattern, re.IGNORECASE), fullmatch=True))
    _passes_nothing_over(phrases._hurtful_search(), written)


@_thorough
@given(_NAMES, st.data())
def test_names(names: list[str], data: st.DataObject) -> None:
    search = search_for_names(tuple(names))
    assert search
    _passes_nothing_over(search, data.draw(st.from_regex(search.pattern)))


_LISTS = guide_of(
    {
        "words.yaml": """\
avoid:
- {id: a, avoid: utilize, instead: use, why: it is shorter}
- {id: b, avoid: upper extremity, instead: arm, why: it is shorter}
- {id: c, avoid: in the place, instead: at, why: it is shorter}
- {id: d, avoid: e, instead: y, why: it is odd}
""",
        "glossary.yaml": """\
terms:
- {id: gait, term: gait, definition: the way you walk}
- {id: skin, term: skin K risks, definition: what skin may take}
""",
        "conditions/stroke.md": condition(),
    }
).whole
_AVOIDED = phrases._search_for_avoided(_LISTS)
_GLOSSARY = terms._glossary(_LISTS)
assert _AVOIDED
assert _GLOSSARY


@pytest.mark.parametrize("search", [_AVOIDED, Search(_GLOSSARY.pattern, _GLOSSARY.sieve)], ids=["avoid", "terms"])
@_thorough
@given(data=st.data())
def test_lists(search: Search, data: st.DataObject) -> None:
    _passes_nothing_over(search, data.draw(st.from_regex(search.pattern)))


@_thorough
@given(st.lists(st.text("aik\u017f'’@_.2 wW/", max_size=12), max_size=5))
def test_spelling_knows_of_a_text_what_it_knows_of_its_chunks(texts: list[str]) -> None:
    vocabulary = spelling._vocabulary(_LISTS)
    words = " ".join(" ".join(texts).split())
    if any(vocabulary.unknown(words, frozenset())):
        assert vocabulary.sieve.held(frozenset(words.split()))


def test_a_sieve_that_holds_nothing_is_found_out() -> None:
    with pytest.raises(AssertionError):
        _passes_nothing_over(Search(re.compile("gait"), Sieve(re.compile("walk").search)), "gait")
