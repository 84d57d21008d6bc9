"""A row added to a table: at its place, in the table's own form, and nothing else changed."""

import pytest

from otpt_site.table_rows import CannotAdd, with_row
from tests.built import ROOT
from tests.kit import guide_of

ROW = ["- id: new", "  # What it is", "  b: c"]

CASES = {
    "no indentation": ("goals:\n- id: a\n  b: c\n", "goals:\n- id: a\n  b: c\n- id: new\n  # What it is\n  b: c\n"),
    "indented": ("goals:\n   - id: a\n", "goals:\n   - id: a\n   - id: new\n     # What it is\n     b: c\n"),
    "dash alone": ("goals:\n  -\n    id: a\n", "goals:\n  -\n    id: a\n  - id: new\n    # What it is\n    b: c\n"),
    "blank lines between": (
        "goals:\n- id: a\n\n- id: b\n",
        "goals:\n- id: a\n\n- id: b\n\n- id: new\n  # What it is\n  b: c\n",
    ),
    "rows in braces": ("goals:\n- {id: a}\n", "goals:\n- {id: a}\n- id: new\n  # What it is\n  b: c\n"),
    "no rows yet": ("x: y\ngoals:\n", "x: y\ngoals:\n- id: new\n  # What it is\n  b: c\n"),
    "another list below": (
        "goals:\n- id: a\n\n# The areas\nareas:\n- id: z\n",
        "goals:\n- id: a\n- id: new\n  # What it is\n  b: c\n\n# The areas\nareas:\n- id: z\n",
    ),
    "no line end at the end": ("goals:\n- id: a", "goals:\n- id: a\n- id: new\n  # What it is\n  b: c\n"),
    "comment at the end": ("goals:\n- id: a\n# End\n", "goals:\n- id: a\n# End\n- id: new\n  # What it is\n  b: c\n"),
    "byte order mark": ("\ufeffgoals:\n- id: a\n", "\ufeffgoals:\n- id: a\n- id: new\n  # What it is\n  b: c\n"),
    "id that begins alike": (
        "goals:\n- id: newer\n- id: new-old\n",
        "goals:\n- id: newer\n- id: new-old\n- id: new\n  # What it is\n  b: c\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_row_is_added_and_nothing_else_changed(before: str, after: str, end: str) -> None:
    if end == "\n" or "\n" in before.rstrip("\n"):
        longer = with_row(before.replace("\n", end), "content/goals.yaml", "goals", ROW)
        assert longer.text == after.replace("\n", end)
        assert longer.text.split(end)[longer.line - 1].strip() == "- id: new"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("areas:\n- id: a\n", "content/goals.yaml has no list goals: yet. Add a line goals: to its end."),
        ("", "has no list goals: yet"),
        ("goals: []\n", "in brackets. Write each row after a dash"),
        ("goals: [{id: a}]\n", "in brackets"),
        ("goals: {a: b}\n", "in brackets"),
        ("goals:\n- id: a\nx: [\n", "content/goals.yaml:3 can't be read"),
        ("goals:\n- id: a\ngoals:\n", "content/goals.yaml:3 can't be read as it is. Run otpt check"),
    ],
)
def test_a_table_that_can_not_be_added_to_says_why(text: str, says: str) -> None:
    with pytest.raises(CannotAdd) as reason:
        with_row(text, "content/goals.yaml", "goals", ROW)
    assert says in str(reason.value)


def test_the_goals_of_the_guide_stay_byte_for_byte() -> None:
    before = (ROOT / "content/goals.yaml").read_bytes().decode()
    longer = with_row(before, "content/goals.yaml", "goals", ROW)
    lines = longer.text.splitlines(keepends=True)
    assert lines[longer.line - 1] == "  - id: new\n"
    assert "".join([*lines[: longer.line - 2], *lines[longer.line + 2 :]]) == before
    assert len(guide_of({"goals.yaml": before}).of("duplicate-id")) == 0
