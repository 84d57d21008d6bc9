"""`otpt init`: a guide that builds at once, whose facts are those of this guide, and folders that are left alone."""

import re
import shlex
import string
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from click.testing import CliRunner, Result

from otpt_site import cache
from otpt_site.build import today_in
from otpt_site.cli import main
from otpt_site.guide.records import Record
from otpt_site.holdings import holdings_of
from otpt_site.starter import starter_files
from tests.built import GUIDE, ORIGIN, ROOT, BuiltSite
from tests.project import Project, day, told

OURS = ROOT / "starter/content"


def _init(folder: str) -> Result:
    result = CliRunner().invoke(main, ["init", folder])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A new guide, in a folder whose name has a space."""
    monkeypatch.chdir(tmp_path)
    assert _init("new/our guide").exit_code == 0
    return Project(tmp_path / "new/our guide")


def test_it_builds_at_once_with_nothing_to_mend(made: Project) -> None:
    report = made.build(strict=True)
    assert told(report) == []
    assert not report.stopped
    assert {one.rule for one in report.diagnostics} == {"never-reviewed", "reading-grades"}
    for page in (
        "index.html", "conditions/balance-falls/index.html", "compare/falls/index.html",
        "goals/stop-falling/index.html",
        "articles/first-visit/index.html", "therapies/physical-therapy/index.html", "about/index.html",
        "therapies/occupational-therapy/index.html", "accessibility/index.html", "privacy/index.html",
        "contact/index.html", "sessions/index.html", "people/editors/index.html", "glossary/index.html",
    ):  # fmt: skip
        assert made.page(page).startswith("<!doctype html>")


@pytest.mark.parametrize("base_url", [GUIDE, ORIGIN])
def test_no_link_of_it_leads_nowhere(made: Project, base_url: str) -> None:
    assert not made.build(base_url=base_url).stopped
    site = BuiltSite(made.out, base_url)
    assert [fault for path in site.pages for fault in site.broken(path)] == []


def test_it_builds_on_the_day_it_is_made_and_years_later(made: Project) -> None:
    for today in ("2026-11-23", "2036-02-29"):
        assert told(made.build(today=day(today), strict=True)) == []


def test_what_is_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert 'cd "our guide"\n  otpt serve\n  otpt build\n' in _init("our guide").output


def test_everything_comes_along(made: Project) -> None:
    files = {path.relative_to(made.root).as_posix() for path in made.root.rglob("*") if path.is_file()}
    assert files == set(starter_files())
    assert {
        "README.md", "requirements.txt", ".github/workflows/guide.yml", ".gitignore", ".gitattributes",
        ".pre-commit-config.yaml", ".vscode/settings.json",
        ".vscode/tasks.json", ".vscode/extensions.json", ".vscode/schemas/goals.json", "content/site.yaml",
    } <= files  # fmt: skip
    assert all(b"\r" not in data for data in starter_files().values())


def test_pages_can_be_begun_in_it(made: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made.root)
    for arguments in (
        ("condition", "Tennis elbow", "--lead", "both", "--sources", "otpf4-2020", "--safety", "stroke-signs"),
        ("comparison", "After a new knee", "--sources", "otpf4-2020"),
        ("article", "Do I need a referral?"),
        ("goal", "I want to climb the stairs", "--area", "balance", "--lead", "pt", "--joins", "none"),
        ("person", "Robin Reed", "--kind", "person"),
    ):
        result = CliRunner().invoke(main, ["new", *arguments])
        assert (result.exit_code, result.stderr) == (0, "")
    # The pages bear the day on which this test runs.
    today = today_in("America/New_York")
    assert told(made.build(strict=True, today=today)) == []
    assert told(made.build(strict=True, today=today, drafts=True)) == []


@pytest.mark.parametrize("inside", ["README.md", ".hidden", "content/site.yaml"])
def test_a_folder_that_holds_anything_is_left_as_it_is(tmp_path: Path, inside: str) -> None:
    (tmp_path / inside).parent.mkdir(exist_ok=True)
    (tmp_path / inside).write_text("mine", "utf-8")
    result = _init(str(tmp_path))
    assert result.exit_code == 2
    assert "is not empty, and stays as it is" in result.output
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / inside]


def test_an_empty_folder_and_one_that_git_made_are_used(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert _init(str(tmp_path)).exit_code == 0
    assert (tmp_path / "content/site.yaml").exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    for folder in (tmp_path / "file", tmp_path / "file/guide"):
        assert _init(str(folder)).exit_code == 2
    assert (tmp_path / "file").read_text("utf-8") == "mine"


# How GitHub builds it

WORKFLOW: Final = yaml.safe_load((ROOT / "starter/.github/workflows/guide.yml").read_text("utf-8"))
STEPS: Final = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]


def _step(name: str) -> dict[str, Any]:
    return next(step for step in STEPS if step.get("name") == name)


def test_github_builds_it_at_each_push_and_every_day() -> None:
    # YAML takes the word `on` for a truth value.
    events = WORKFLOW[True]
    assert {"push", "pull_request", "schedule"} <= set(events)
    assert re.fullmatch(r"\d+ \d+ \* \* \*", events["schedule"][0]["cron"])
    assert [step["with"]["path"] for step in STEPS if "actions/cache@" in step.get("uses", "")] == [
        f"{cache.FOLDER}/{cache.FILE}"
    ]


def test_github_uses_what_this_project_uses_itself() -> None:
    ours = re.findall(r"uses: (\S+)", (ROOT / ".github/workflows/site.yml").read_text("utf-8"))
    assert {step["uses"] for step in STEPS if "uses" in step} <= set(ours)


def test_only_the_job_that_publishes_may_write() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    may = {name: job.get("permissions", {}) for name, job in WORKFLOW["jobs"].items()}
    assert may == {"build": {"contents": "read", "pages": "read"}, "publish": {"pages": "write", "id-token": "write"}}
    assert not [step for step in WORKFLOW["jobs"]["publish"]["steps"] if "run" in step]


@pytest.mark.parametrize("name", ["Build for publishing", "Build a preview", "Write the desk"])
def test_the_commands_of_github_work_in_it(made: Project, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(made.root)
    values = {"GITHUB_STEP_SUMMARY": "summary.md", "BASE_URL": "https://example.org/guide"}
    program, *arguments = shlex.split(string.Template(_step(name)["run"]).substitute(values))
    assert program == "otpt"
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    assert Path("desk.html" if "desk" in arguments else "build/index.html").exists()


def test_github_says_what_to_do_where_the_program_is_not_named(made: Project, tmp_path: Path) -> None:
    pip = tmp_path / "bin/pip"
    pip.parent.mkdir()
    pip.write_text("#!/bin/sh\n", "utf-8")
    pip.chmod(0o755)
    done = subprocess.run(
        ["/bin/bash", "-e", "-c", _step("Install the program")["run"]],
        cwd=made.root, env={"PATH": str(pip.parent)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=requirements.txt::Write into this file where the program comes from.")


def test_nobody_elses_program_is_installed_by_accident() -> None:
    """The name alone would fetch whatever somebody else puts on PyPI under it."""
    lines = starter_files()["requirements.txt"].decode().splitlines()
    assert [line for line in lines if not line.startswith("#")] == []


# What it says


def _rows(content: Path, kind: str) -> Iterator[tuple[str, str]]:
    """The rows of a table as they are written, each with its id; the kinds are known by the names of their files."""
    text = (content / kind).read_text("utf-8")
    for row in re.split(r"^(?=- id: )", text, flags=re.MULTILINE)[1:]:
        yield row.split("\n")[0].removeprefix("- id: "), row.rstrip()


@pytest.mark.parametrize("table", ["safety.yaml", "sources.yaml", "glossary.yaml"])
def test_its_facts_are_those_of_this_guide(table: str) -> None:
    ours = dict(_rows(ROOT / "content", table))
    starter = dict(_rows(OURS, table))
    assert len(starter) >= 3
    assert starter == {id_: ours[id_] for id_ in starter}


def test_it_warns_of_what_calls_for_help_at_once() -> None:
    cards = holdings_of(OURS).records["safety"]
    assert {"stroke-signs", "chest-pain-breathless", "suicide-crisis"} <= set(cards)


def test_it_names_no_person_and_no_clinic() -> None:
    held = holdings_of(OURS)
    people: list[Record | None] = list(held.records["person"].values())
    assert [getattr(person, "kind", "") for person in people] == ["organization"]
    assert held.site is not None
    assert held.site.clinic is None
