"""Problems in each form: for a person, a program and a code host."""

import json
from pathlib import Path

import click
import pytest

from otpt_site.diagnostics import Diagnostic, Place, problem
from otpt_site.publish import Published
from otpt_site.reporters.github import LIMIT, github_lines
from otpt_site.reporters.json import json_report
from otpt_site.reporters.text import NOTES_SHOWN, text_lines
from otpt_site.request import BuildReport
from otpt_site.rules import Severity

LEAD = problem("unknown-therapy", Place("content/a.md", 2, 7, 6), "'physio' is not a therapy", "Write pt.")
FOREIGN = problem("foreign-file", Place("build/CNAME"), "this was not made by this tool", "Move it.")


def _report(*diagnostics: Diagnostic, stopped: bool = False, cut_short: bool = False) -> BuildReport:
    return BuildReport(7, Published(1, 2, 3), diagnostics, stopped, cut_short, links=9)


def _text(root: Path, report: BuildReport, *, checking: bool = False, files: int = 0) -> str:
    lines = text_lines(report, root, 1.25, checking=checking, files=files)
    return "".join(f"{click.unstyle(line)}\n" for line in lines)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("---\nlead: physio\nnäme: 中文 \tx\n---\n")
    return tmp_path


def test_a_problem_stands_with_its_line_and_a_pointer(root: Path) -> None:
    assert _text(root, _report(LEAD, stopped=True)) == (
        "content/a.md:2:7 error[unknown-therapy] 'physio' is not a therapy\n"
        "   2 │ lead: physio\n"
        "     │       ^^^^^^ Write pt.\n"
        "\n"
        "1 error. Not built; what was built before is as it was.\n"
    )


@pytest.mark.parametrize(("column", "length", "marks"), [(7, 2, "      ^^^^"), (9, 1, "          ^"), (99, 3, "^")])
def test_the_pointer_stands_below_wide_signs_too(root: Path, column: int, length: int, marks: str) -> None:
    text = _text(root, _report(problem("bad-id", Place("content/a.md", 3, column, length), "bad", "Mend.")))
    assert text.splitlines()[1] == "   3 │ näme: 中文  x"
    assert text.splitlines()[2].split("│ ")[1].strip().startswith(marks.strip())
    if column < 99:
        assert text.splitlines()[2].startswith(f"     │ {marks} ")


def test_a_line_without_a_column_has_no_pointer(root: Path) -> None:
    text = _text(root, _report(problem("bad-id", Place("content/a.md", 2), "bad", "Mend.")))
    assert text.startswith("content/a.md:2 error[bad-id] bad\n   2 │ lead: physio\n       Mend.\n")


@pytest.mark.parametrize(
    "place", [Place("build/CNAME"), Place("content/none.md", 4), Place("content/a.md", 99), Place("")]
)
def test_what_has_no_line_to_show_has_its_hint(root: Path, place: Place) -> None:
    text = _text(root, _report(problem("foreign-file", place, "odd", "Move it.")))
    assert "\n   Move it.\n" in text


def test_few_notes_are_listed_and_many_are_counted(root: Path) -> None:
    notes = [problem("unused-row", Place("content/a.md", 1, 1), f"row {number}") for number in range(NOTES_SHOWN + 1)]
    assert _text(root, _report(*notes[1:])).count("note[unused-row]") == NOTES_SHOWN
    text = _text(root, _report(*notes, FOREIGN))
    assert "note[unused-row]" not in text
    assert f"{NOTES_SHOWN + 1} notes ({NOTES_SHOWN + 1} unused-row). --format json lists them.\n" in text
    assert "warning[foreign-file]" in text


def test_problems_beyond_what_was_asked_for_are_counted(root: Path) -> None:
    lines = [*text_lines(_report(LEAD, FOREIGN, FOREIGN), root, 1.25, checking=False, most=1)]
    text = click.unstyle("\n".join(lines))
    assert text.count("foreign-file") == 0
    assert "\nAnd 2 more.\n" in text
    assert "1 error, 2 warnings" in text
    assert "more." not in _text(root, _report(LEAD, FOREIGN))


def test_the_last_line_tells_what_came_of_it(root: Path) -> None:
    last = {
        "7 pages built, 9 links checked: 1 files written, 2 unchanged, 3 removed in 1.2 s.": _text(root, _report()),
        "7 pages and 9 links checked in 1.2 s; 2 warnings.": _text(root, _report(FOREIGN, FOREIGN), checking=True),
        "1 file checked in 1.2 s.": _text(root, _report(), checking=True, files=1),
        "2 files checked in 1.2 s; 1 warning.": _text(root, _report(FOREIGN), checking=True, files=2),
        "1 error, 1 warning. Not ready to build.": _text(root, _report(LEAD, FOREIGN, stopped=True), checking=True),
        "1 error. Built in part only; every file is whole, and the next build finishes what this one began.": _text(
            root, _report(LEAD, stopped=True, cut_short=True)
        ),
    }
    for line, text in last.items():
        assert text.splitlines()[-1] == line


def test_changes_of_a_file_are_seen_by_the_next_report(root: Path) -> None:
    assert "lead: physio" in _text(root, _report(LEAD))
    (root / "content/a.md").write_text("---\r\nlead: phylio\r\n")
    assert "│ lead: phylio\n" in _text(root, _report(LEAD))


def test_a_name_that_looks_like_markup_is_shown_as_it_is(root: Path) -> None:
    text = _text(root, _report(problem("bad-id", Place("content/[red]x.md"), "[bold]not[/bold] \x1b[2J", "Mend.")))
    assert "content/[red]x.md error[bad-id] [bold]not[/bold] \N{REPLACEMENT CHARACTER}[2J" in text


def test_json_holds_all() -> None:
    assert json.loads(json_report(_report(LEAD, FOREIGN), 1.23456)) == {
        "pages": 7,
        "links": 9,
        "files": {"written": 1, "unchanged": 2, "removed": 3},
        "seconds": 1.235,
        "diagnostics": [
            {
                "rule": "unknown-therapy", "severity": "error", "path": "content/a.md", "line": 2, "column": 7,
                "message": "'physio' is not a therapy", "hint": "Write pt.",
            },
            {
                "rule": "foreign-file", "severity": "warning", "path": "build/CNAME", "line": None, "column": None,
                "message": "this was not made by this tool", "hint": "Move it.",
            },
        ],
    }  # fmt: skip


def test_json_gets_through_anything() -> None:
    text = json_report(_report(problem("bad-id", Place("content/\udcff é.md"), "中\x00", "")), 0)
    assert text.isascii()
    assert "\n" not in text
    assert json.loads(text)["diagnostics"][0]["path"] == "content/\udcff é.md"


def _many(rule: str, count: int) -> list[Diagnostic]:
    return [problem(rule, Place("content/a.md", number + 1, 1), f"{rule} {number}", "Mend.") for number in range(count)]


def test_github_gets_the_worst_first_and_a_count_of_the_rest() -> None:
    diagnostics = [*_many("unused-row", LIMIT + 1), *_many("missing-alt", 3), *_many("bad-id", LIMIT + 5)]
    lines = list(github_lines(diagnostics))
    kinds = [line.partition(" ")[0] for line in lines[:-1]]
    assert kinds == ["::error"] * LIMIT + ["::warning"] * 3 + ["::notice"] * LIMIT
    assert lines[0] == "::error file=content/a.md,line=1,col=1,title=bad-id::bad-id 0. Mend."
    assert lines[-1] == (
        "Left out past the limit of 10 annotations of a kind: 5 errors, 1 note. Run otpt check to see them all."
    )


def test_github_gets_no_count_when_nothing_is_left_out() -> None:
    assert list(github_lines([FOREIGN])) == [
        "::warning file=build/CNAME,title=foreign-file::this was not made by this tool. Move it."
    ]
    assert list(github_lines([])) == []


def test_github_commands_can_not_be_forged() -> None:
    forged = problem("bad-id", Place("content/a,b:c%\n.md", 1), "x\n::error::y 100%\r", "Mend.")
    assert list(github_lines([forged])) == [
        "::error file=content/a%2Cb%3Ac%25%0A.md,line=1,title=bad-id::x%0A::error::y 100%25%0D. Mend."
    ]
    assert forged.severity is Severity.ERROR
