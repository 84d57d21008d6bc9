"""The command line as a person, a terminal, a program and a code host meet it."""

import errno
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import click
import pytest
from click.testing import CliRunner, Result

from otpt_site.cli import COMMANDS, main
from otpt_site.diagnostics import Report
from otpt_site.pages.plan import SitePlan
from otpt_site.render import Renderer
from otpt_site.request import Progress
from tests.built import ROOT
from tests.desks import FULL
from tests.kit import DEFAULTS, SITE, condition, plain_page
from tests.project import Project, project

BROKEN = {"conditions/stroke.md": condition(lead="physio", name="Schlaganfall «é»")}
OLD = {"conditions/stroke.md": condition(reviews="[{by: reviewer, on: 2020-01-01}]")}
OTPT = (sys.executable, "-c", "from otpt_site.cli import main; main()")
FULL_NAMES = {"rule", "severity", "path", "line", "column", "message", "hint"}


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that is built already, to be copied."""
    made = project(tmp_path_factory.mktemp("built"))
    made.build()
    return made.root


@pytest.fixture
def built(built_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project that is built already; the command runs in its folder."""
    made = Project(Path(shutil.copytree(built_once, tmp_path / "project")))
    monkeypatch.chdir(made.root)
    return made


def _run(*arguments: str) -> Result:
    day = () if "--help" in arguments else ("--today", "2026-11-23")
    result = CliRunner().invoke(main, [*arguments, *day])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


class _Done(NamedTuple):
    code: int
    out: bytes
    error: bytes


def _process(folder: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> _Done:
    command = [*OTPT, *arguments, "--today", "2026-11-23"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, check=False, env={**os.environ, **(environment or {})}
    )
    return _Done(done.returncode, done.stdout, done.stderr)


def _terminal(folder: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> tuple[int, str]:
    """What the command writes to a terminal, both streams, and its exit code."""
    plain = {"TERM": "xterm-256color", "NO_COLOR": "", "COLUMNS": "100", "CI": ""}
    main_end, other_end = pty.openpty()
    command = [*OTPT, *arguments, "--today", "2026-11-23"]
    process = subprocess.Popen(
        command, cwd=folder, stdin=other_end, stdout=other_end, stderr=other_end,
        env={**os.environ, **plain, **(environment or {})},
    )  # fmt: skip
    os.close(other_end)
    written = b""
    while chunk := _chunk(main_end):
        written += chunk
    os.close(main_end)
    return process.wait(), written.decode().replace("\r\n", "\n")


def _chunk(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError as error:
        if error.errno == errno.EIO:  # how Linux says that the other end is closed
            return b""
        raise


def test_a_fine_build_says_one_line(built: Project) -> None:
    result = _run("build")
    assert result.exit_code == 0
    line = r"\d+ pages built, \d+ links checked: 0 files written, \d+ unchanged, 0 removed in \d+\.\d s\.\n"
    assert re.fullmatch(line, result.output)
    assert re.fullmatch(r"\d+ pages and \d+ links checked in \d+\.\d s\.\n", _run("check").output)
    assert built.out.exists()


def test_problems_are_told_with_their_line_and_exit_with_one(built: Project) -> None:
    built.write(BROKEN)
    with built.untouched():
        result = _run("build")
    assert result.exit_code == 1
    assert "content/conditions/stroke.md:" in result.output
    assert "   8 │ lead: physio\n     │       ^^^^^^ " in result.output
    assert result.output.endswith("Not built; what was built before is as it was.\n")
    assert _run("check").output.endswith("Not ready to build.\n")


def test_missing_content_is_a_problem_of_the_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = _run("build")
    assert (result.exit_code, result.output.count("content-missing")) == (1, 1)
    assert list(tmp_path.iterdir()) == []


WRONG_USE = (
    ["build", "--nothing"], ["nothing"], ["build", "--format", "xml"], ["build", "surplus"], ["check", "--out", "x"],
    ["check", "none.md"], ["check", "content"], ["check", "note.txt"], ["check", "build/index.html"],
    ["check", "content/pages/about.md", "note.txt"], ["build", "--summary", "no/such/folder"],
    ["build", "--base-url", "ftp://example.org/"], ["build", "--base-url", ""], ["check", "--base-url", "example.org"],
)  # fmt: skip


@pytest.mark.parametrize("arguments", WRONG_USE, ids=" ".join)
def test_wrong_use_exits_with_two(built: Project, arguments: list[str]) -> None:
    (built.root / "note.txt").write_text("beside the guide")
    with built.untouched():
        result = _run(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.output


@pytest.mark.parametrize("day", ["2026-02-30", "tomorrow", "23.11.2026", ""])
def test_a_day_that_is_none_exits_with_two(built: Project, day: str) -> None:
    assert built.out.exists()
    assert CliRunner().invoke(main, ["build", "--today", day]).exit_code == 2


def test_the_package_runs_by_its_name_too(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "otpt_site", "check"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.count("content-missing"), done.stderr) == (1, 1, "")


def test_help_is_good_to_read() -> None:
    text = _run("--help").output
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 100
    for words in ("Exit codes: 0", "otpt build --base-url", "Examples:", "build", "check"):
        assert words in text
    assert "--drafts" in _run("build", "--help").output


def test_options_reach_the_build(built: Project) -> None:
    built.write({"conditions/later.md": condition(name="Later", draft="true")})
    result = _run("build", "--drafts", "--base-url", "https://example.org/guide", "--out", "site")
    assert result.exit_code == 0
    page = (built.root / "site/conditions/later/index.html").read_text()
    assert '<link rel="canonical" href="https://example.org/guide/conditions/later/">' in page
    assert "noindex" in page


def test_strict_stops_on_a_warning(built: Project) -> None:
    (built.out / "CNAME").write_text("example.org")
    assert _run("build").exit_code == 0
    assert _run("build", "--strict").exit_code == 1
    (built.out / "CNAME").unlink()
    built.write(OLD)
    assert _run("build", "--strict").exit_code == 0


# For programs


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_says_itself(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    assert " ".join((command.help or "").split("\n\n")[0].split()).startswith(COMMANDS[name][1])


def test_every_command_is_on_the_list() -> None:
    modules = {path.stem for path in (ROOT / "src/otpt_site/commands").glob("*.py")}
    assert modules - {"__init__", "options", "terminal"} == {module for module, _ in COMMANDS.values()}


def test_help_imports_no_command() -> None:
    script = "import sys; from otpt_site.cli import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not [name for name in done.stdout.split() if name.startswith("otpt_site.") and name != "otpt_site.cli"]


def test_explain_says_why_each_page_was_filled(built: Project) -> None:
    assert _run("build", "--explain").stderr == "No page was filled anew.\n"
    before = (built.content / "conditions/stroke.md").read_text("utf-8")
    built.write({"conditions/stroke.md": f"{before}More.\n"})
    assert _run("build", "--explain").stderr == "/conditions/stroke/  its own file changed: body\n"
    built.write({"conditions/stroke.md": before.replace("name: Stroke", "name: A stroke")})
    lines = _run("build", "--explain").stderr.splitlines()
    assert "/compare/fall/  what it shows of other files changed: conditions" in lines
    assert "/conditions/stroke/  its own file changed: body, frame, name" in lines


def test_timings_are_a_table_or_a_line_of_json(built: Project) -> None:
    assert _run("build", "--timings").stderr.startswith("stage    seconds  share\nread ")
    built.write({"conditions/stroke.md": condition("Other words [@trial-2020].")})
    found = json.loads(_run("build", "--timings", "json").stderr)
    assert list(found["stages"]) == [
        "read", "compare", "start", "parse", "resolve", "check", "templates", "plan", "render", "keep", "publish",
    ]  # fmt: skip


def test_json_is_one_object_and_nothing_else(built: Project) -> None:
    built.write({"pages/about.md": plain_page("New words", title="About Zürich")})
    done = _process(built.root, "build", "--format", "json")
    assert (done.code, done.error) == (0, b"")
    report = json.loads(done.out)
    assert list(report) == ["pages", "links", "files", "seconds", "diagnostics"]
    assert report["files"].keys() == {"written", "unchanged", "removed"}
    assert report["files"]["written"] >= 1
    assert report["files"]["removed"] == 0
    assert isinstance(report["seconds"], float)
    assert all(one["severity"] == "note" for one in report["diagnostics"])


def test_json_tells_problems_by_the_schema(built: Project) -> None:
    built.write({**BROKEN, "articles/none.md": b"\xff\n"})
    result = _run("check", "--format", "json")
    assert result.exit_code == 1
    report = json.loads(result.output)
    assert report["pages"] == 0
    assert report["files"] == {"written": 0, "unchanged": 0, "removed": 0}
    assert all(one.keys() == FULL_NAMES for one in report["diagnostics"])
    places = {(one["rule"], one["severity"], one["path"], one["line"]) for one in report["diagnostics"]}
    assert ("not-utf8", "error", "content/articles/none.md", 1) in places


def test_json_writes_null_where_there_is_no_line(built: Project) -> None:
    (built.out / "CNAME").write_text("example.org")
    report = json.loads(_run("build", "--format", "json").output)
    one = next(one for one in report["diagnostics"] if one["rule"] == "foreign-file")
    assert (one["path"], one["line"], one["column"]) == ("build/CNAME", None, None)


def test_paths_are_relative_to_the_project_from_elsewhere(
    built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.write(BROKEN)
    built.write({"pages/goal.html": "{{"}, "templates")
    monkeypatch.chdir(tmp_path)
    options = ("--content", str(built.content), "--templates", str(built.root / "templates"), "--format", "json")
    report = json.loads(_run("build", *options, "--out", str(built.content / "x")).output)
    paths = {one["path"] for one in report["diagnostics"] if one["severity"] == "error"}
    assert paths == {"content/conditions/stroke.md", "content/x", "templates/pages/goal.html"}
    text = _run("build", *options[:4]).output
    assert "lead: physio" in text, "the line is shown from elsewhere too"


@pytest.mark.parametrize("command", ["build", "check", "desk", "next-change", "serve"])
def test_a_folder_of_templates_that_was_named_must_be_there(command: str) -> None:
    result = _run(command, "--templates", "nowhere")
    assert (result.exit_code, "there is no folder nowhere" in result.output) == (2, True)


@pytest.mark.parametrize("day", ["tomorrow", "2026-13-01", "23.11.2026", ""])
def test_what_is_no_day_is_told(day: str) -> None:
    result = CliRunner().invoke(main, ["check", "--today", day])
    assert result.exit_code == 2
    assert f"'{day}' is no day. Write year, month and day, such as 2026-11-23." in result.output


def test_github_gets_annotations(built: Project) -> None:
    built.write(BROKEN)
    lines = _run("build", "--format", "github").output.splitlines()
    assert lines[0].startswith("::error file=content/conditions/stroke.md,line=")
    assert "title=unknown-therapy::" in lines[0]


def test_code_scanning_gets_sarif(built: Project) -> None:
    built.write(BROKEN)
    result = _run("check", "--format", "sarif")
    assert result.exit_code == 1
    assert "unknown-therapy" in [one["ruleId"] for one in json.loads(result.output)["runs"][0]["results"]]


# Some files alone


ELSEWHERE = {"conditions/stroke.md": condition(lead="physio"), "pages/about.md": plain_page("[a](condition:strok)")}


def test_problems_of_the_files_named_are_told_and_no_others(built: Project) -> None:
    built.write(ELSEWHERE)
    result = _run("check", "content/pages/about.md")
    assert result.exit_code == 1
    assert "there is no condition 'strok'" in result.output, "the whole guide is read"
    assert "unknown-therapy" not in result.output
    assert result.output.endswith("1 error. Not ready to build.\n")
    both = _run("check", "content/pages/about.md", str(built.content / "conditions/stroke.md"))
    assert "unknown-therapy" in both.output
    assert "unknown-reference" in both.output


def test_a_file_without_problems_is_fine_whatever_is_wrong_elsewhere(built: Project) -> None:
    built.write(ELSEWHERE)
    result = _run("check", "content/articles/which-first.md")
    assert re.fullmatch(r"1 file checked in \d+\.\d s\.\n", result.output)
    assert result.exit_code == 0
    assert _run("check").exit_code == 1


def test_a_file_is_known_by_any_way_to_it(built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built.write(ELSEWHERE)
    (tmp_path / "beside").mkdir()
    monkeypatch.chdir(tmp_path / "beside")
    around = f"../{built.root.name}/content"
    result = _run("check", "--content", str(built.content), f"{around}/articles/../pages/about.md")
    assert (result.exit_code, result.output.count("unknown-reference")) == (1, 1)


def test_a_template_can_be_checked_alone(built: Project) -> None:
    built.write(ELSEWHERE)
    built.write({"pages/goal.html": "{{"}, "templates")
    result = _run("check", "templates/pages/goal.html")
    assert (result.exit_code, result.output.count("template-syntax")) == (1, 1)
    assert "unknown-therapy" not in result.output


def test_strict_counts_for_single_files_too(built: Project) -> None:
    built.write({"pages/about.md": plain_page("<blink>a</blink>"), "articles/note.txt": "x"})
    assert _run("check", "content/pages/about.md").exit_code == 0
    assert _run("check", "--strict", "content/pages/about.md").exit_code == 1
    assert _run("check", "--strict", "content/articles/which-first.md").exit_code == 0


def test_a_file_that_is_wrong_as_a_whole_can_be_named(built: Project) -> None:
    built.write({"articles/note.txt": "x"})
    assert "misplaced-file" in _run("check", "content/articles/note.txt").output


# The summary


def test_a_summary_is_added_to_a_file(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_SHA", "CI_COMMIT_SHA"):
        monkeypatch.delenv(name, raising=False)
    file = built.root / "summary.md"
    file.write_text("Before\n")
    built.write(BROKEN)
    assert _run("build", "--summary", "summary.md").exit_code == 1
    text = file.read_text("utf-8")
    assert text.startswith("Before\n## The site was not built\n")
    assert "| content/conditions/stroke.md:8 | error |" in text


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        (
            {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "us/guide", "GITHUB_SHA": "abc"},
            "https://github.com/us/guide/blob/abc",
        ),
        (
            {"CI_PROJECT_URL": "https://gitlab.com/us/guide", "CI_COMMIT_SHA": "abc"},
            "https://gitlab.com/us/guide/-/blob/abc",
        ),
    ],
)
def test_a_summary_links_to_the_lines_of_the_commit(
    built: Project, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], address: str
) -> None:
    for name in ("GITHUB_SHA", "CI_COMMIT_SHA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    built.write(BROKEN)
    _run("check", "--summary", "summary.md")
    assert f"]({address}/content/conditions/stroke.md#L8)" in (built.root / "summary.md").read_text("utf-8")


# Consoles


@pytest.mark.parametrize(
    "environment", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]
)
@pytest.mark.parametrize("format_", ["text", "json", "github", "sarif"])
def test_a_console_without_unicode_is_no_reason_to_crash(
    built: Project, environment: dict[str, str], format_: str
) -> None:
    built.write({**BROKEN, os.fsdecode(b"articles/\xff.txt"): "x", "articles/ä.md": "x"})
    done = _process(built.root, "build", "--format", format_, environment=environment)
    assert done.code == 1
    assert b"Traceback" not in done.error
    assert b"unknown-therapy" in done.out
    assert b"misplaced-file" in done.out
    if format_ == "json":
        assert "content/conditions/stroke.md" in {one["path"] for one in json.loads(done.out)["diagnostics"]}


def test_plain_when_piped(built: Project) -> None:
    built.write(BROKEN)
    done = _process(built.root, "build")
    assert b"\x1b" not in done.out + done.error
    assert done.error == b""


def test_colour_on_a_terminal(built: Project) -> None:
    built.write(BROKEN)
    code, text = _terminal(built.root, "build")
    assert code == 1
    assert "\x1b[1;31m" in text
    assert "error[unknown-therapy]" in re.sub(r"\x1b\[[\d;]*m", "", text)


def test_no_colour_on_a_terminal_that_asks_for_none(built: Project) -> None:
    built.write(BROKEN)
    code, text = _terminal(built.root, "build", environment={"NO_COLOR": "1"})
    assert code == 1
    assert "\x1b" not in text


def test_signs_that_steer_a_terminal_are_not_passed_on(built: Project) -> None:
    built.write({"articles/which-first.md": "---\ntitle: \x1b[2J\x07boo\n---\n"})
    _, text = _terminal(built.root, "check", environment={"NO_COLOR": "1"})
    assert "boo" in text
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text)


def _slow(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Makes a build on a terminal take its time, within this process."""
    real = Renderer.files

    def slowly(renderer: Renderer, plan: SitePlan, report: Report, progress: Progress) -> object:
        progress(1, 2)
        time.sleep(seconds)
        progress(2, 2)
        return real(renderer, plan, report, progress)

    monkeypatch.setattr(Renderer, "files", slowly)


@pytest.mark.parametrize(("seconds", "shown"), [(0.3, True), (0.0, False)])
def test_a_bar_appears_on_a_terminal_and_only_after_a_while(
    built: Project, monkeypatch: pytest.MonkeyPatch, seconds: float, *, shown: bool
) -> None:
    monkeypatch.setattr("otpt_site.commands.build._PROGRESS_AFTER", 0.2 if shown else 600.0)
    monkeypatch.setenv("TERM", "xterm-256color")
    _slow(monkeypatch, seconds)
    shutil.rmtree(built.root / ".cache")
    main_end, other_end = pty.openpty()
    with os.fdopen(other_end, "w") as terminal, monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", terminal)
        with pytest.raises(SystemExit):
            main(["build", "--today", "2026-11-23"], standalone_mode=False)
        terminal.write("end")
        terminal.flush()
        written = os.read(main_end, 65536)
    os.close(main_end)
    assert (b"pages" in written) is shown
    assert built.out.exists()
    if not shown:
        assert written == b"end"


@pytest.mark.parametrize("format_", ["json", "github"])
def test_no_bar_for_programs(built: Project, format_: str) -> None:
    code, text = _terminal(built.root, "build", "--format", format_)
    assert code == 0
    assert "\x1b" not in text


def test_a_full_output_folder_is_told(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "Permission denied", str(path), None, str(target))

    built.write({"pages/about.md": plain_page("New words")})
    monkeypatch.setattr(os, "replace", refuse)
    result = _run("build")
    assert result.exit_code == 1
    assert "build/.otpt-manifest.json bad" not in result.output
    assert "error[bad-output]" in result.output
    assert "the next build finishes what this one began" in result.output


# The desk


def test_the_desk_is_told_in_short(built: Project) -> None:
    built.write(FULL)
    result = _run("desk")
    assert (result.exit_code, result.output) == (0, DESK)


DESK = """\
PT or OT?
The editors' desk as it stands on 2026-11-23.
The next day on which the site changes by itself: 2026-12-01.

Reviews overdue, or due within 60 days: 4
  Ada Ames: condition:soon (content/conditions/soon.md), due by 2026-12-31
  Robin Reed: safety:stroke-signs (content/safety.yaml:2), overdue since 2022-01-01
  Robin Reed: condition:overdue (content/conditions/overdue.md), overdue since 2026-01-31
  Robin Reed: page:about (content/pages/about.md), due by 2026-12-01

Changed since their review: 1
  condition:edited (content/conditions/edited.md), reviewed by Robin Reed on 2026-11-01

Parts on what helps that cite nothing: 1
  condition:uncited (content/conditions/uncited.md:18): the part 'Does it help?' cites no source

Drafts and dates: 4
  article:scheduled (content/articles/scheduled.md), appears on 2026-12-01
  article:going (content/articles/going.md), in the site until 2026-12-24
  condition:draft (content/conditions/draft.md), draft
  article:expired (content/articles/expired.md), expired since 2026-11-20

Pages that no other page leads to: 20
  article:going (content/articles/going.md)
  article:hard (content/articles/hard.md)
  article:more-10 (content/articles/more-10.md)
  article:more-11 (content/articles/more-11.md)
  article:more-2 (content/articles/more-2.md)
  … and 15 more

Goals that name no condition: 1
  goal:climb-stairs (content/goals.yaml:6)

Sources and terms that no page uses: 2
  term:cane (content/glossary.yaml:3)
  source:trial-2021 (content/sources.yaml:3)

Balance of PT and OT, the least even first: 9
  comparison:unfair (content/comparisons/unfair.md), PT 24 words, OT 10: too far apart
  condition:never (content/conditions/never.md), PT 6 words, OT 3: too far apart
  comparison:fall (content/comparisons/fall.md), PT 11 words, OT 11
  condition:edited (content/conditions/edited.md), PT 3 words, OT 3 (one leads)
  condition:later (content/conditions/later.md), PT 3 words, OT 3 (one leads)
  … and 4 more

Reading grades, the hardest first: 1
  article:hard (content/articles/hard.md), grade 36.4

Never reviewed: 1
  condition:never (content/conditions/never.md)

otpt desk --out desk.html writes it all as one page.
"""


def test_the_desk_steers_no_terminal(built: Project) -> None:
    built.write({**OLD, "people.yaml": DEFAULTS["people.yaml"].replace("Robin Reed", '"\\e[2JRobin"')})
    built.write({"site.yaml": SITE.replace("PT or OT?", '"\\aPT?"')})
    result = _run("desk")
    assert (result.exit_code, "[2JRobin: condition:stroke" in result.output) == (0, True)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", result.output)


def test_the_desk_as_a_page_and_for_a_program(built: Project) -> None:
    built.write(FULL)
    with built.untouched():
        result = _run("desk", "--out", "desk.html", "--json", "--base-url", "https://example.org/guide/")
    assert result.exit_code == 0
    desk = json.loads(result.output)
    assert (desk["version"], desk["today"], desk["next_change"]) == (1, "2026-11-23", "2026-12-01")
    assert desk["edited"][0]["page"]["path"] == "content/conditions/edited.md"
    page = (built.root / "desk.html").read_text("utf-8")
    assert '<a href="https://example.org/guide/conditions/edited/">' in page
    assert not [path for path in built.root.iterdir() if path.name.endswith("otpt-new")]


def test_the_desk_of_a_guide_with_errors(built: Project) -> None:
    built.write(BROKEN)
    result = _run("desk")
    assert result.exit_code == 1
    assert "The content has errors, so pages may be missing here: run otpt check first.\n" in result.output
    result = _run("desk", "--json")
    assert "run otpt check first" in result.stderr
    assert json.loads(result.stdout)["errors"] == 1
    (built.content / "site.yaml").unlink()
    result = _run("desk")
    assert (result.exit_code, "there is no site.yaml" in result.stderr, result.stdout) == (1, True, "")


def test_a_desk_that_can_not_be_written(built: Project) -> None:
    result = _run("desk", "--out", "none/desk.html")
    assert result.exit_code == 1
    assert "none/desk.html error[bad-output] the file can't be written: No such file or directory" in result.stderr
    assert "Choose another file with --out." in result.stderr
    built.write({"desk/desk.html": "{{ oops }}"}, "templates")
    result = _run("desk", "--out", "desk.html")
    assert (result.exit_code, "template-error" in result.stderr) == (1, True)
    assert not (built.root / "desk.html").exists()


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ({}, "2028-09-02"),  # reviews of 2026-11-01 are due soon
        ({"publish_on": "2026-11-24"}, "2026-11-24"),
        ({"publish_on": "2026-11-23"}, "2028-09-02"),
        ({"expires_on": "2027-01-01"}, "2027-01-01"),
        ({"publish_on": "2026-11-24", "draft": "true"}, "2028-09-02"),
        ({"reviews": "[{by: reviewer, on: 2024-12-01}]"}, "2026-12-01"),
        ({"reviews": "[{by: reviewer, on: 2024-12-01, digest: v1-before}]"}, "2028-09-02"),
    ],
)
def test_the_next_change(built: Project, keys: dict[str, str], day: str) -> None:
    built.write({"conditions/next.md": condition(name="Next", **keys)})
    result = _run("next-change")
    assert (result.exit_code, result.output) == (0, f"{day}\n")


def test_when_no_date_will_change_anything(built: Project) -> None:
    far = CliRunner().invoke(main, ["next-change", "--today", "2030-01-01"])
    assert (far.exit_code, far.output) == (0, "none\n")
    built.write(BROKEN)
    result = _run("next-change")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "unknown-therapy" in result.stderr
