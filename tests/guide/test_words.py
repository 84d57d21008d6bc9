"""The lists of words.yaml."""

import pytest

from otpt_site.guide.words import NameKind
from tests.kit import Case, check, condition, guide_of

_ROWS = """\
names:
- {id: stroke, name: Stroke, kind: condition}
- {id: steroid, name: Steroid, kind: medicine}
short_forms:
- {id: us, short: US, why: the name of a country}
"""

CASES = (
    Case(
        "a kind of name that there is none of",
        _ROWS.replace("medicine", "«illness»"),
        "unknown-choice",
        "'kind' can't be 'illness'",
        _ROWS,
        "condition, medicine or term",
    ),
    Case(
        "a name without a kind",
        _ROWS.replace("{id: steroid, name: Steroid, kind: medicine}", "«{»id: steroid, name: Steroid}"),
        "missing-key",
        "'kind' is missing",
    ),
    Case(
        "a short form without a reason",
        _ROWS.replace("{id: us, short: US, why: the name of a country}", "«{»id: us, short: US}"),
        "missing-key",
        "'why' is missing",
    ),
    Case("a name listed twice", _ROWS.replace("id: steroid", "id: «stroke»"), "duplicate-id", "'stroke' is on line 2"),
    Case("a list of another name", f"{_ROWS}«easy»: []\n", "unknown-key", "'easy'"),
    Case(
        "a list left out",
        "«s»hort_forms: []\n",
        "missing-key",
        "'names' is missing",
        "names: []\nshort_forms: []\n",
    ),
    Case(
        "a word to avoid without a better one",
        f"{_ROWS}avoid:\n- «{{»id: utilize, avoid: utilize, why: it is long}}\n",
        "missing-key",
        "'instead' is missing",
        f"{_ROWS}avoid:\n- {{id: utilize, avoid: utilize, instead: use, why: it is long}}\n",
    ),
    Case(
        "a spelling without its word",
        f"{_ROWS}spellings:\n- «{{»id: kg}}\n",
        "missing-key",
        "'word' is missing",
        f"{_ROWS}avoid:\nspellings: []\n",
    ),
    Case("no rows", f"{_ROWS}avoid: «utilize»\n", "wrong-type", "'avoid' is a list of rows"),
)


def test_both_lists_are_read() -> None:
    guide = guide_of({"words.yaml": _ROWS, "conditions/x.md": condition()}).whole
    assert [(row.name, row.kind) for row in guide.names.values()] == [
        ("Stroke", NameKind.CONDITION),
        ("Steroid", NameKind.MEDICINE),
    ]
    assert [(row.short, row.why) for row in guide.short_forms.values()] == [("US", "the name of a country")]


def test_a_guide_needs_no_such_file() -> None:
    guide = guide_of({}).whole
    assert (guide.names, guide.short_forms, guide.avoided, guide.spellings) == ({}, {}, {}, {})


def test_the_lists_of_words_to_avoid_and_of_spellings_are_read() -> None:
    rows = "avoid:\n- {id: a, avoid: utilize, instead: use, why: long}\nspellings:\n- {id: kg, word: kg}\n"
    guide = guide_of({"words.yaml": _ROWS + rows, "conditions/x.md": condition()}).whole
    assert [(row.avoid, row.instead, row.why) for row in guide.avoided.values()] == [("utilize", "use", "long")]
    assert [row.word for row in guide.spellings.values()] == ["kg"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistakes(case: Case) -> None:
    check(case._replace(path="words.yaml"), {"conditions/x.md": condition()})
