"""The texts of new pages and rows: ids made of names, names that YAML reads back, and drafts that keep all rules."""

import re
from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otpt_site.diagnostics import Diagnostic
from otpt_site.guide.articles import Article
from otpt_site.guide.common import Joins, Lead
from otpt_site.guide.comparisons import Comparison
from otpt_site.guide.conditions import Condition
from otpt_site.guide.goals import Goal
from otpt_site.guide.keys import field_names
from otpt_site.guide.references import Person, PersonKind
from otpt_site.marked_yaml import Scalar, parse_yaml
from otpt_site.new_content import (
    article_page,
    comparison_page,
    condition_page,
    goal_row,
    id_from,
    in_yaml,
    person_row,
)
from otpt_site.table_rows import with_row
from tests.kit import DEFAULTS, condition, guide_of

TODAY = "2026-11-23"
CARDS, SOURCES = ("stroke-signs", "low-mood"), ("trial-2020",)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Tennis elbow", "tennis-elbow"),
        ("Do I need a referral?", "do-i-need-a-referral"),
        ("Bell’s palsy", "bells-palsy"),
        ("Parkinson's", "parkinsons"),
        ("Guillain-Barré syndrome (GBS)", "guillain-barre-syndrome-gbs"),
        ("  PT & OT ", "pt-ot"),
        ("脳卒中", ""),
    ],
)
def test_an_id_is_made_of_a_name(name: str, id_: str) -> None:
    assert id_from(name) == id_


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Tennis elbow", "Tennis elbow"),
        ("Stroke", "Stroke"),
        ("Do I need a referral?", "Do I need a referral?"),
        ("Bell’s palsy (new)", "Bell’s palsy (new)"),
        ("No", '"No"'),
        ("Falls: why", '"Falls: why"'),
        ("A #1 fall", '"A #1 fall"'),
        ('"Just" rest', '"\\"Just\\" rest"'),
        ("[x] y", '"[x] y"'),
        ("12:30", '"12:30"'),
        ("2026-11-23", '"2026-11-23"'),
    ],
)
def test_a_name_is_quoted_where_it_must_be(text: str, written: str) -> None:
    assert in_yaml(text) == written


@given(st.text(min_size=1).filter(lambda text: text.isprintable() and text == " ".join(text.split())))
def test_every_name_is_read_back_as_it_was(text: str) -> None:
    found: list[Diagnostic] = []
    fields = parse_yaml(f"name: {in_yaml(text)}\n", "x", 1, found.append)
    assert fields is not None
    value = fields.get("name")
    assert isinstance(value, Scalar)
    assert (value.text, value.doubt, found) == (text, None, [])


def _row(table: str, key: str, row: list[str]) -> dict[str, str]:
    return {table: with_row(DEFAULTS[table], f"content/{table}", key, row).text}


def _goal(lead: Lead, joins: Joins) -> dict[str, str]:
    return _row("goals.yaml", "goals", goal_row("new", "I want it back", "moving", lead, joins, CARDS, TODAY))


NEW: dict[str, Callable[[Lead, Joins], dict[str, str]]] = {
    "condition": lambda lead, joins: {
        "conditions/new.md": condition_page("New one", lead, joins, CARDS, SOURCES, "guide-project", TODAY)
    },
    "comparison": lambda *_: {"comparisons/new.md": comparison_page("New", CARDS, SOURCES, "guide-project", TODAY)},
    "article": lambda *_: {"articles/new.md": article_page("New: what now?", "guide-project", TODAY)},
    "goal": _goal,
    "person": lambda *_: _row("people.yaml", "people", person_row("new", "No", PersonKind.PERSON)),
}
LEADS = [(Lead.PT, Joins.NONE), (Lead.OT, Joins.PT), (Lead.BOTH, Joins.NONE)]


@pytest.mark.parametrize("leads", LEADS, ids=str)
@pytest.mark.parametrize("kind", NEW)
def test_what_is_new_is_a_draft_and_has_no_fault_when_it_is_shown(kind: str, leads: tuple[Lead, Joins]) -> None:
    hidden, shown = guide_of(NEW[kind](*leads)), guide_of(NEW[kind](*leads), drafts=True)
    assert {one.rule for one in hidden.diagnostics} <= {"not-published", "reading-grades"}
    assert [(out.kind, out.id) for out in hidden.whole.left_out] == [(kind, "new")]
    assert {one.rule for one in shown.diagnostics} <= {"never-reviewed", "reading-grades"}
    assert "new" in shown.whole.shelf(kind)


@pytest.mark.parametrize(
    ("kind", "type_", "left_away"),
    [
        ("condition", Condition, {"acute", "aliases", "slug", "publish_on", "expires_on"}),
        (
            "comparison",
            Comparison,
            {"aliases", "slug", "publish_on", "expires_on", "position", "safety_extra"},
        ),
        ("article", Article, {"aliases", "slug", "publish_on", "expires_on", "position"}),
        ("goal", Goal, {"aliases", "slug", "author", "reviews"}),
        ("person", Person, set()),
    ],
)
def test_every_key_is_taught_but_those_that_a_new_page_has_no_use_for(
    kind: str, type_: type, left_away: set[str]
) -> None:
    [text] = NEW[kind](Lead.BOTH, Joins.NONE).values()
    new = text.split("id: new\n")[-1]
    taught = {name for name in field_names(type_) if f"\n{name}:" in _bare(new) or _bare(new).startswith(f"{name}:")}
    assert set(field_names(type_)) - taught == left_away


def _bare(text: str) -> str:
    """The lines without the signs in front of them."""
    return "\n".join(line.strip().removeprefix("# ") for line in text.split("\n"))


# An example of a key or of lines below one, but not the words that begin with what the key may hold.
_EXAMPLE: Final = re.compile(r"^# (?=(?!false:)[a-z_]+:|  )", re.MULTILINE)
_REAL: Final = {
    "condition-id": "old", "goal-id": "climb-stairs", "card-id": "stroke-signs", "source-id": "trial-2020",
    "person-id": "reviewer",
}  # fmt: skip


@pytest.mark.parametrize("kind", ["condition", "comparison", "article"])
def test_the_examples_are_right_once_they_name_what_is_there(kind: str) -> None:
    [(path, text)] = NEW[kind](Lead.BOTH, Joins.NONE).items()
    front, body = text.split("---\n")[1:]
    for name, real in _REAL.items():
        front = front.replace(name, real)
    front, examples = _EXAMPLE.subn("", front)
    assert examples >= 4
    shown = guide_of({path: f"---\n{front}---\n{body}", "conditions/old.md": condition()}, drafts=True)
    assert [one for one in shown.diagnostics if one.severity == "error"] == []
