"""What stands behind a YAML reader's complaints. The common mistakes stand, whole, in bad_input/test_yaml.py."""

import pytest

from otpt_site.yaml_faults import Complaint, Fault, explained, first_sign


def test_a_complaint_that_nobody_knows_is_passed_on() -> None:
    fault = explained(Complaint("found no cheese", (1, 2)), "a: b\nc: d\n", in_page=False)
    assert fault == Fault((1, 2), "this can't be read: found no cheese", "Look at the line named and the one above it.")


@pytest.mark.parametrize(
    ("text", "in_page", "told"),
    [
        ("a: b\n\nSome words\n", True, True),
        ("a: b\n\nSome words\n", False, False),
        ("a: b\nSome words\n\n", True, False),
        ("a: b\n\nkey: words\n", True, False),
    ],
)
def test_behind_a_blank_line_the_end_of_the_front_matter_may_be_missing(text: str, in_page: bool, told: bool) -> None:
    row = 1 if text.startswith("a: b\nS") else 2
    complaint = Complaint("could not find expected ':'", (row + 1, 0), begun=(row, 0))
    assert ("put a line --- above it" in explained(complaint, text, in_page=in_page).hint) is told


def test_a_fault_behind_the_last_line_is_told_at_its_end() -> None:
    assert explained(Complaint("found no cheese", (1, 0)), "a: b", in_page=False).spot == (0, 4)


@pytest.mark.parametrize(("sign", "hint"), [("@", "Put the whole text in double quotes."), ("-", "or begin the list")])
def test_the_first_sign(sign: str, hint: str) -> None:
    fault = first_sign(sign, (0, 3))
    assert fault.message == f"a text can't begin with {sign}"
    assert hint in fault.hint


def test_a_quote_far_above_is_not_blamed() -> None:
    complaint = Complaint("did not find expected key", (2, 1), quoted=((0, 3), (0, 6)))
    assert "column" in explained(complaint, 'a: "b"\nc: d\n e\n', in_page=False).message
