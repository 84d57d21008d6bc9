"""`otpt new`: by options and by questions, and all that it refuses."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from otpt_site.build import today_in
from otpt_site.cli import main
from tests.kit import DEFAULTS, condition
from tests.project import Project, project, told

CONDITION = ("condition", "Tennis elbow", "--lead", "pt", "--joins", "ot", "--sources", "trial-2020")
GOAL = ("goal", "I want to run", "--area", "moving", "--lead", "both")
NEW = {
    "content/conditions/tennis-elbow.md": CONDITION,
    "content/comparisons/after-a-fall-what.md": ("comparison", "After a fall: what?", "--sources", "trial-2020"),
    "content/articles/does-it-hurt.md": ("article", "Does it hurt?"),
    "content/goals.yaml, line 16": GOAL,
    "content/people.yaml, line 4": ("person", "Kim Doe", "--kind", "person"),
}


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project in a folder whose name has a space; the command runs in it."""
    made = project(tmp_path / "our guide")
    monkeypatch.chdir(made.root)
    return made


def _new(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["new", *arguments, "--today", "2026-11-23"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def _files(made: Project) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in made.content.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("place", "arguments"), NEW.items())
def test_what_is_begun_builds_at_once(made: Project, place: str, arguments: tuple[str, ...]) -> None:
    result = _new(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"Begun as a draft: {place}\n" in result.stdout
    shown = made.build(strict=True)
    assert told(shown) == []
    assert not shown.stopped
    as_draft = made.build(strict=True, drafts=True)
    assert told(as_draft) == []
    assert as_draft.pages == shown.pages + 1


def test_it_is_dated_and_signed(made: Project) -> None:
    _new(*CONDITION)
    text = (made.content / "conditions/tennis-elbow.md").read_text("utf-8")
    assert "\nupdated_on: 2026-11-23\n" in text
    assert "\nauthor: guide-project\n" in text
    CliRunner().invoke(main, ["new", "article", "Now?", "--author", "reviewer"])
    text = (made.content / "articles/now.md").read_text("utf-8")
    assert f"\nupdated_on: {today_in('America/Toronto')}\n" in text
    assert "\nauthor: reviewer\n" in text


def test_safety_cards_are_put_in_order(made: Project) -> None:
    _new(*CONDITION, "--safety", "low-mood,calf-clot, stroke-signs calf-clot")
    text = (made.content / "conditions/tennis-elbow.md").read_text("utf-8")
    assert "\nsafety: [stroke-signs, calf-clot, low-mood]\n" in text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_row_leaves_the_rest_byte_for_byte(made: Project, end: str) -> None:
    before = DEFAULTS["goals.yaml"].replace("\n", end).encode()
    made.write({"goals.yaml": before})
    assert _new(*GOAL).exit_code == 0
    after = (made.content / "goals.yaml").read_bytes()
    assert after.startswith(before)
    assert after.count(b"\r\n") == (after.count(b"\n") if end == "\r\n" else 0)
    assert told(made.build(drafts=True, strict=True)) == []
    assert {path.name for path in made.content.iterdir() if path.is_file()} == {
        name for name in DEFAULTS if "/" not in name
    }


REFUSED = {
    "no name": (("condition", "--lead", "pt"), "The name is missing. What is the condition called?"),
    "no lead": (("condition", "X y"), "--lead is missing. Who leads? (pt, ot, both)"),
    "no sources": (CONDITION[:6], "--sources is missing. Which sources"),
    "empty sources": ((*CONDITION[:6], "--sources", " , "), "Name at least one source"),
    "empty name": (("article", "  "), "A name has 1 to 80 letters."),
    "long name": (("article", "x" * 81), "A name has 1 to 80 letters."),
    "unprintable name": (("article", "x\x1b[2J"), "A name has 1 to 80 letters."),
    "unknown therapy": (("condition", "X", "--lead", "physio"), "'physio' is not one of 'pt', 'ot', 'both'"),
    "joins itself": ((*CONDITION[:5], "pt", *CONDITION[6:]), "'pt' is none of them. Choose from: ot, none"),
    "joins both": (("goal", "X", "--area", "moving", "--lead", "both", "--joins", "pt"), "Choose from: none"),
    "unknown card": ((*CONDITION, "--safety", "stroke-sings"), "no safety card 'stroke-sings'. Did you mean 'stroke-"),
    "unknown source": ((*CONDITION, "--sources", "zzz"), "There is no source 'zzz'. Choose from: trial-2020"),
    "unknown author": (("article", "X", "--author", "revewer"), "Did you mean 'reviewer'?"),
    "unknown area": (("goal", "X", "--area", "movin"), "Did you mean 'moving'?"),
    "unknown kind": (("person", "X", "--kind", "clinic"), "'clinic' is not one of"),
    "bad id": ((*CONDITION, "--id", "Tennis Elbow"), "'Tennis Elbow' can't be an id: use small letters"),
    "id that leads out": ((*CONDITION, "--id", "../x"), "can't be an id"),
    "no id to be made": (("article", "脳卒中"), "'' can't be an id"),
    "page that is there": (("condition", "Stroke", *CONDITION[2:]), "There is a condition 'stroke' already."),
    "row that is there": ((*GOAL, "--id", "climb-stairs"), "There is a goal 'climb-stairs' already."),
    "unknown option": (("article", "X", "--lead", "pt"), "No such option"),
    "unknown command": (("page", "X"), "No such command 'page'"),
    "two names": (("article", "X", "Y"), "unexpected extra argument"),
}


@pytest.mark.parametrize(("arguments", "says"), REFUSED.values(), ids=REFUSED)
def test_wrong_use_exits_with_two_and_changes_nothing(made: Project, arguments: tuple[str, ...], says: str) -> None:
    before = _files(made)
    result = _new(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert _files(made) == before


def test_a_file_is_never_written_over(made: Project) -> None:
    # A file that is no page, so that its name is not known as an id.
    (made.content / "conditions/tennis-elbow.md").mkdir()
    result = _new(*CONDITION)
    assert result.exit_code == 2
    assert "tennis-elbow.md is there already, and stays as it is." in result.stderr


def test_an_address_that_is_taken_is_told_and_nothing_is_written(made: Project) -> None:
    made.write({"conditions/stroke.md": condition(slug="tennis-elbow")})
    before = _files(made)
    result = _new(*CONDITION)
    assert result.exit_code == 1
    assert "error[same-path]" in result.stderr
    assert _files(made) == before


def test_a_broken_table_is_told_first(made: Project) -> None:
    made.write({"sources.yaml": "sources:\n- id: [\n"})
    before = _files(made)
    result = _new(*CONDITION)
    assert result.exit_code == 1
    assert "content/sources.yaml:" in result.stderr
    assert "error[yaml-syntax]" in result.stderr
    assert _files(made) == before


def test_a_broken_page_elsewhere_does_not_matter(made: Project) -> None:
    made.write({"conditions/stroke.md": condition(lead="physio")})
    assert _new(*CONDITION).exit_code == 0


def test_a_table_in_brackets_is_left_alone(made: Project) -> None:
    made.write({"people.yaml": "people: [{id: guide-project, name: Us, kind: organization}]\n"})
    result = _new("person", "Kim Doe", "--kind", "person")
    assert result.exit_code == 1
    assert "content/people.yaml holds people: in brackets." in result.stderr


@pytest.mark.parametrize("missing", ["site.yaml", "goals.yaml"])
def test_a_file_that_is_missing_is_named(made: Project, missing: str) -> None:
    (made.content / missing).unlink()
    result = _new(*GOAL)
    assert result.exit_code == 2
    assert missing in result.stderr or "none of them" in result.stderr


def test_no_content_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = _new(*CONDITION)
    assert result.exit_code == 1
    assert "content-missing" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_warning_is_told_and_the_file_is_begun(made: Project) -> None:
    made.write({"glossary.yaml": "terms:\n- {id: answer, term: answer, definition: some words}\n"})
    result = _new("article", "Why?")
    assert result.exit_code == 0
    assert "content/articles/why.md:" in result.stderr
    assert "warning[unmarked-term]" in result.stderr
    assert (made.content / "articles/why.md").exists()


# Questions


def _answered(made: Project, arguments: tuple[str, ...], *answers: str) -> tuple[int, str]:
    """What a person at a terminal sees who gives these answers."""
    own_end, other_end = pty.openpty()
    command = [sys.executable, "-c", "from otpt_site.cli import main; main()", "new", *arguments]
    os.write(own_end, "".join(f"{answer}\n" for answer in answers).encode())
    process = subprocess.Popen(
        command, cwd=made.root, stdin=other_end, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    os.close(other_end)
    out, _ = process.communicate(timeout=60)
    os.close(own_end)
    return process.returncode, out.decode()


def test_questions_are_asked_until_the_answers_can_be_used(made: Project) -> None:
    answers = (
        "Tennis elbow",
        "Tennis Elbow",
        "",
        "physio",
        "pt",
        "",
        "ot",
        "stroke-sings",
        "stroke-signs",
        ",",
        "trial-2020",
    )
    code, text = _answered(made, ("condition",), *answers)
    assert code == 0, text
    for says in (
        "What is the condition called?", "[tennis-elbow]", "'Tennis Elbow' can't be an id", "Who leads? (pt, ot, both)",
        "'physio' is none of them.", "Did you mean 'stroke-signs'?", "Name at least one source",
    ):  # fmt: skip
        assert says in text
    page = (made.content / "conditions/tennis-elbow.md").read_text("utf-8")
    assert "\nsafety: [stroke-signs]\n" in page
    # The page bears the day on which this test runs.
    assert told(made.build(drafts=True, strict=True, today=today_in("America/Toronto"))) == []


def test_what_was_given_is_not_asked_for(made: Project) -> None:
    code, text = _answered(made, (*GOAL, "--id", "run", "--safety", ""))
    assert (code, text.count("?")) == (0, 0), text


def test_nothing_is_written_when_questions_are_left(made: Project) -> None:
    before = _files(made)
    code, text = _answered(made, ("article",), "Why?", "\x04")
    assert code == 1
    assert "Aborted!" in text
    assert _files(made) == before
