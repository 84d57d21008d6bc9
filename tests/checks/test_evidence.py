"""Claims about what helps: each part that asks cites a source, and one that the editors have read."""

import pytest

from otpt_site.diagnostics import Place
from tests.kit import Case, article, check, comparison, condition, found_at, guide_of, therapy, unmarked

_SOURCES = """\
sources:
- {id: trial-2020, type: trial, authors: Reed R, title: A trial, seen: claim}
- {id: part-2020, type: trial, authors: Reed R, title: In part, seen: part}
- {id: record-2020, type: review, authors: Reed R, title: A record, seen: record}
- {id: unseen-2020, type: trial, authors: Reed R, title: Unseen}
- {id: body-2020, type: professional body, authors: Reed R, title: What we do}
- {id: law-2020, type: law, authors: Reed R, title: Who may}
- {id: framework-2020, type: professional framework, authors: Reed R, title: A}
- {id: policy-2020, type: policy, authors: Reed R, title: A}
- {id: regulator-2020, type: regulator, authors: Reed R, title: A}
- {id: government-2020, type: government, authors: Reed R, title: A}
"""
_CITED = "It helps [@trial-2020]."
_THIN = "thin-support"
_UNCITED = "uncited-effect"

CASES = (
    Case(
        "an unread source",
        condition(f"{_CITED}\n\nSo [@«unseen-2020»]."),
        _THIN,
        "nobody has read this claim in unseen-2020",
        condition(f"{_CITED}\n\nSo [@unseen-2020; @trial-2020]."),
    ),
    Case(
        "a source read in part",
        condition("So [@«part-2020»]."),
        _THIN,
        "in part-2020, and",
        condition("So [@part-2020] and so [@trial-2020]."),
    ),
    Case(
        "several sources, none read",
        condition("So [@«record-2020»; @unseen-2020] and [@record-2020]."),
        _THIN,
        "in record-2020, unseen-2020, and",
    ),
    Case(
        "in the next paragraph it is another claim",
        condition("So [@«part-2020»].\n\nSo [@trial-2020]."),
        _THIN,
        "part-2020",
    ),
    Case(
        "in a key",
        condition(f"{_CITED}", why="It works [@«unseen-2020»]"),
        _THIN,
        "unseen-2020",
        condition(f"{_CITED}", why="It works"),
    ),
    Case("in a summary", condition(_CITED, summary="It works [@«unseen-2020»]"), _THIN, "unseen-2020"),
    Case("in an item", condition(f"{_CITED}\n\n- So [@«unseen-2020»]\n- So [@trial-2020]"), _THIN, "unseen-2020"),
    Case("in an article", article("So [@«unseen-2020»]."), _THIN, "unseen-2020", path="articles/x.md"),
    Case(
        "a part that asks",
        condition(f"{_CITED}\n\n## «Does therapy help»?\n\nOften."),
        _UNCITED,
        "'Does therapy help?'",
        condition(f"{_CITED}\n\n## Does therapy help?\n\nOften.\n\n- So [@trial-2020]."),
    ),
    Case(
        "a part before another",
        condition(f"{_CITED}\n\n## «Can OT help you»?\n\nOften.\n\n## How\n\nSo [@trial-2020]."),
        _UNCITED,
        "'Can OT help you?'",
        condition(f"{_CITED}\n\n## How OT helps\n\nOften.\n\n## How\n\nSo [@trial-2020]."),
    ),
    Case(
        "what stands below the text is another part",
        condition(f"{_CITED}\n\n## «Does it help»?\n\nOften.", unknowns="How much [@trial-2020]"),
        _UNCITED,
        "'Does it help?'",
    ),
    Case(
        "each part for itself",
        comparison("## Will PT help?\n\nSo [@trial-2020].\n\n## «Do tools help»?\n\nOften."),
        _UNCITED,
        "'Do tools help?'",
        path="comparisons/x.md",
    ),
    Case(
        "a part of an article",
        article("## «Does it help»?\n\nOften."),
        _UNCITED,
        "'Does it help?'",
        article("## What to do to get help?\n\nOften."),
        path="articles/x.md",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistakes(case: Case) -> None:
    check(case, {"sources.yaml": _SOURCES})


@pytest.mark.parametrize("source", ["body", "law", "framework", "policy", "regulator", "government"])
def test_what_a_profession_is_needs_no_reading(source: str) -> None:
    files = {"sources.yaml": _SOURCES, "conditions/x.md": condition(f"They may [@{source}-2020].")}
    assert found_at(guide_of(files)) == []


def test_a_therapy_tells_what_it_is() -> None:
    text = therapy("So [@unseen-2020].\n\n## Does it help?\n\nOften.")
    assert found_at(guide_of({"sources.yaml": _SOURCES, "therapies/pt.md": text})) == []


def test_a_question_of_the_reader_is_no_heading() -> None:
    text = condition(f"{_CITED}\n\n- Does it help?\n- Rest", questions="['Can you help me?']")
    assert found_at(guide_of({"conditions/x.md": text})) == []


def test_the_place_is_that_of_the_first_source() -> None:
    text, place = unmarked(
        "content/conditions/x.md", condition("So [@record-2020].\n\nSo [@«part-2020»; @unseen-2020].")
    )
    made = guide_of({"sources.yaml": _SOURCES, "conditions/x.md": text})
    assert [found.place for found in made.of(_THIN)][1] == place
    assert place == Place("content/conditions/x.md", 18, 6, 9)
