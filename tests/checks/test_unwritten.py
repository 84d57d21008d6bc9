"""Texts that `otpt new` put there to be replaced: fine in a draft, and never shown to readers."""

import pytest

from otpt_site.guide.common import Joins, Lead
from otpt_site.guide.references import PersonKind
from otpt_site.new_content import TO_BE_REPLACED, article_page, comparison_page, condition_page, goal_row, person_row
from otpt_site.table_rows import with_row
from tests.kit import DEFAULTS, article, condition, goals, guide_of, unmarked

TODAY = "2026-11-23"
_GOAL = goal_row("new", "I want it back", "moving", Lead.BOTH, Joins.NONE, (), TODAY)
PAGES = {
    "conditions/x.md": condition_page("New one", Lead.PT, Joins.OT, (), ("trial-2020",), "guide-project", TODAY),
    "comparisons/x.md": comparison_page("A new one", (), ("trial-2020",), "guide-project", TODAY),
    "articles/x.md": article_page("New: what now?", "guide-project", TODAY),
    "goals.yaml": with_row(DEFAULTS["goals.yaml"], "content/goals.yaml", "goals", _GOAL).text,
}


@pytest.mark.parametrize("path", PAGES)
def test_every_text_of_a_new_page_is_told_once_it_is_no_draft(path: str) -> None:
    text = PAGES[path]
    assert guide_of({path: text}, drafts=True).of("unwritten-text") == []
    told = guide_of({path: text.replace("draft: true\n", "draft: false\n")}).of("unwritten-text")
    lines = [number for number, line in enumerate(text.split("\n"), 1) if TO_BE_REPLACED in line]
    assert [one.place.line for one in told] == lines
    assert len(lines) >= 2


def test_a_person_has_no_such_text() -> None:
    assert TO_BE_REPLACED not in "".join(person_row("new", "Kim Doe", PersonKind.PERSON))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("conditions/x.md", condition(questions="[How often?, «Write here a question for the first visit»]")),
        ("articles/x.md", article("Begin.\n\n«Write here in short paragraphs. Begin with the answer.»")),
        ("articles/x.md", article(summary="«Write here in one sentence what this page answers.»")),
        ("goals.yaml", goals(why="«Write here in one or two short sentences.»")),
    ],
)
def test_a_text_that_is_left_is_told_where_it_stands(path: str, text: str) -> None:
    plain, place = unmarked(f"content/{path}", text)
    [told] = guide_of({path: plain}).of("unwritten-text")
    assert (told.place.line, told.place.column) == (place.line, place.column)
    assert "draft: true" in told.hint


@pytest.mark.parametrize("text", ["Write down your goals.", "You can write here.", "Write hereafter.", "Write", "Here"])
def test_other_words_are_fine(text: str) -> None:
    assert guide_of({"articles/x.md": article(text)}).of("unwritten-text") == []
