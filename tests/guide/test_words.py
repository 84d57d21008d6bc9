"""The two lists of words.yaml."""

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
    assert (guide.names, guide.short_forms) == ({}, {})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistakes(case: Case) -> None:
    check(case._replace(path="words.yaml"), {"conditions/x.md": condition()})
