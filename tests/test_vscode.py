"""What stands in `.vscode/`: VS Code's own YAML language server with the schemas, and the task that checks."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from otpt_site.diagnostics import Diagnostic, Place, problem
from otpt_site.publish import Published
from otpt_site.reporters.text import text_lines
from otpt_site.request import BuildReport
from otpt_site.rules import RULES, Severity
from otpt_site.schemas import schemas
from tests.bad_input.test_keys import CASES
from tests.broken.cases import CASES as BROKEN
from tests.broken.cases import EXPECTED
from tests.built import ROOT
from tests.kit import DEFAULTS, article, comparison, condition, goals, plain_page, unmarked
from tests.language_server import LanguageServer, language_server

SETTINGS: Final = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
TASKS: Final = json.loads((ROOT / ".vscode/tasks.json").read_text("utf-8"))["tasks"]
# What a schema can't know. To YAML 1.2, which VS Code reads, the first are plain texts; quotes can't be seen either.
BEYOND: Final = {
    *(f"{text} as a text" for text in ("no", "yes", "On", "off", "Y", "12:30", "1_000", "2026-11-23")),
    *(f"{day} as a date" for day in ("2026-02-30", "2027-02-29", "2026-13-01", "0000-01-01")),
    "address that climbs",
    "time zone",
    "language",
    "nothing but comments",
}
# What a schema always knows, of the problems that the tool finds in the broken inputs.
KNOWN: Final = {
    "bad-address", "bad-id", "duplicate-key", "empty-value", "missing-key", "unknown-choice", "unknown-key",
    "unknown-therapy", "wrong-type", "yaml-colon", "yaml-tab", "yaml-too-deep",
}  # fmt: skip
# What it knows of some. The server reads on behind a fault of syntax, and may name the line where it ends.
HALF_KNOWN: Final = {"bad-date", "unknown-kind", "yaml-feature", "yaml-surprise", "yaml-syntax"}
_TOLD: Final = re.compile(r"^(.+?):(\d+)(?::\d+)? \w+\[([a-z-]+)\]", re.MULTILINE)
_FRONT_MATTER: Final = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
WHOLE: Final = {
    **DEFAULTS,
    "conditions/x.md": condition(first_visit="{pt: [Looks], ot: [Asks]}", aliases="[/old/, /über/x.html]", slug=""),
    "comparisons/x.md": comparison(both_do="", safety="[]", publish_on=""),
    "articles/x.md": article(see_also='["goal:climb-stairs"]', draft="true"),
    "pages/x.md": plain_page(),
}


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    """The server with the settings of this project, and the schemas of front matter besides."""
    fronts = {f".vscode/schemas/{made.name}.json": _as_yaml(f"content/{made.files}") for made in schemas().values()}
    with language_server(ROOT, SETTINGS | {"yaml.schemas": fronts | SETTINGS["yaml.schemas"]}) as running:
        yield running


def _as_yaml(path: str) -> str:
    return path.replace(".md", ".yaml")


def _front_matter(path: str, text: str) -> str:
    """What the server can read of a file, every line where it was: VS Code leaves front matter alone."""
    if not path.endswith(".md"):
        return text
    found = _FRONT_MATTER.match(text)
    return f"\n{found[1]}" if found else ""


def _told(server: LanguageServer, texts: Mapping[str, str]) -> dict[str, list[tuple[int, str]]]:
    """What the server says of each text, by its path; of those only of which it says something."""
    opened = [(_as_yaml(path), _front_matter(path, text)) for path, text in texts.items()]
    told = zip(texts, server.complaints(opened), strict=True)
    return {path: [(one.line, one.message) for one in ones] for path, ones in told if ones}


def _content() -> Iterator[Path]:
    yield from (path for path in sorted((ROOT / "content").rglob("*")) if path.suffix in (".md", ".yaml"))


def test_the_settings_name_a_schema_for_every_table() -> None:
    wanted = {
        f".vscode/schemas/{made.name}.json": f"content/{made.files}"
        for made in schemas().values()
        if made.files.endswith(".yaml")
    }
    assert SETTINGS["yaml.schemas"] == wanted


def test_the_server_has_nothing_against_the_guide(server: LanguageServer) -> None:
    guide = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in _content()}
    assert len(guide) > 90
    assert _told(server, guide) == {}


def test_the_server_has_nothing_against_what_the_tool_accepts(server: LanguageServer) -> None:
    assert _told(server, {f"content/{path}": text for path, text in WHOLE.items()}) == {}
    near = {f"{number}/content/{case.path}": case.near for number, case in enumerate(CASES) if case.near}
    assert len(near) > 20
    assert _told(server, near) == {}


def test_the_server_finds_what_a_schema_can_know(server: LanguageServer) -> None:
    broken = {case.name: unmarked(f"{number}/content/{case.path}", case.text) for number, case in enumerate(CASES)}
    told = _told(server, {place.path: text for text, place in broken.values()})
    at_its_line = {
        name for name, (_, place) in broken.items() if place.line in {line for line, _ in told.get(place.path, ())}
    }
    assert broken.keys() - at_its_line == BEYOND


class _Input(NamedTuple):
    """A file of the broken inputs, and the problems that the tool finds in it: their lines and rules."""

    path: str
    text: str
    found: list[tuple[int, str]]


def _broken_inputs() -> Iterator[_Input]:
    """Those in which the server can look for front matter or a table."""
    for case in BROKEN:
        told = _TOLD.findall((case / EXPECTED).read_text("utf-8"))
        for path in sorted((case / "content").rglob("*")):
            text = _readable(path) if path.suffix in (".md", ".yaml") and path.is_file() else ""
            if text:
                within = path.relative_to(case).as_posix()
                found = [(int(line), rule) for name, line, rule in told if name == within]
                yield _Input(f"{case.name}/{within}", text, found)


def _readable(path: Path) -> str:
    """The text of a file; none when its front matter can't be taken out of it."""
    text = path.read_bytes().decode(errors="ignore")
    return text if path.suffix == ".yaml" or _FRONT_MATTER.match(text) else ""


def test_of_the_broken_inputs_the_server_finds_what_a_schema_can_know_and_nothing_else(server: LanguageServer) -> None:
    inputs = list(_broken_inputs())
    assert len(inputs) > 150
    said = _told(server, {one.path: one.text for one in inputs})
    missed, strays = [], []
    for one in inputs:
        lines = {line for line, _ in said.get(one.path, ())}
        missed += [(one.path, line, rule) for line, rule in one.found if rule in KNOWN and line not in lines]
        if lines and not {rule for _, rule in one.found} & (KNOWN | HALF_KNOWN):
            strays.append((one.path, said[one.path]))
    # How long an address may be depends on what stands before it.
    assert {path for path, _, _ in missed} == {"bad-address-long-alias/content/conditions/stroke.md"}
    assert strays == []


def test_the_server_says_what_to_write(server: LanguageServer) -> None:
    text = "people:\n- id: Robin\n  name: Robin\n  kind: persn\n  url: x.org\n"
    assert _told(server, {"content/people.yaml": text})["content/people.yaml"] == [
        (2, "Use small letters, digits and hyphens."),
        (4, 'Value is not accepted. Valid values: "person", "organization".'),
        (5, "Write it whole, with https:// in front: https://example.org/page."),
    ]


def test_the_server_tells_what_a_key_is_for_and_offers_values(server: LanguageServer) -> None:
    text = goals()
    line = text.split("\n").index("  lead: pt") + 1
    assert "Where this guide suggests to start" in server.hover("content/goals.yaml", text, line, 4)
    assert server.completions("content/goals.yaml", "goals:\n- id: x\n  lead: \n", 3, 9) == {"pt", "ot", "both"}


# The task. https://code.visualstudio.com/docs/debugtest/tasks#_defining-a-problem-matcher


def _problems(lines: list[str]) -> list[dict[str, Any]]:
    """What VS Code makes of the lines: the parts of each problem that one of the patterns finds."""
    patterns = [matcher["pattern"] for task in TASKS for matcher in task.get("problemMatcher", ())]
    names = ("file", "line", "column", "severity", "code", "message")
    return [
        {name: found[pattern[name]] for name in names if name in pattern}
        for line in lines
        for pattern in patterns
        if (found := re.search(pattern["regexp"], line))
    ]


def _printed(root: Path, *diagnostics: Diagnostic) -> list[str]:
    report = BuildReport(0, Published(), diagnostics, stopped=True)
    return [re.sub(r"\x1b\[[\d;]*m", "", line) for line in text_lines(report, root, 0.1, checking=True)]


def _with_severity(severity: Severity) -> Diagnostic:
    rule = next(rule for rule in RULES.values() if rule.severity is severity)
    return problem(rule.id, Place("content/conditions/my own.md", 7, 3), "it is: [wrong] (3:4)")


@pytest.mark.parametrize("severity", Severity)
def test_every_problem_is_found_at_its_spot(tmp_path: Path, severity: Severity) -> None:
    source = tmp_path / "content/conditions/my own.md"
    source.parent.mkdir(parents=True)
    source.write_text("\n" * 6 + "content/x.md:1:2 error[no-rule] not a problem, but the line of one\n", "utf-8")
    one = _with_severity(severity)
    assert _problems(_printed(tmp_path, one)) == [
        {
            "file": "content/conditions/my own.md",
            "line": "7",
            "column": "3",
            "severity": severity.value,
            "code": one.rule,
            "message": "it is: [wrong] (3:4)",
        }
    ]


def test_a_problem_without_a_column_or_a_line_is_found_once(tmp_path: Path) -> None:
    line = problem("missing-key", Place("content/goals.yaml", 1), "the list is missing")
    file = problem("content-missing", Place("content"), "there is no folder")
    [first, second] = _problems(_printed(tmp_path, line, file))
    assert (first["line"], first["column"], first["message"]) == ("1", None, "the list is missing")
    assert second == {
        "file": "content", "severity": "error", "code": "content-missing", "message": "there is no folder",
    }  # fmt: skip


def test_the_task_runs_the_tool_of_this_folder_first() -> None:
    [task] = TASKS
    assert [task["command"], *task["args"]] == ["otpt", "check"]
    environments: list[Mapping[str, str]] = [task["options"]["env"], task["windows"]["options"]["env"]]
    assert [environment["PATH"].split("${env")[0] for environment in environments] == [
        "${workspaceFolder}/.venv/bin:",
        "${workspaceFolder}\\.venv\\Scripts;",
    ]
    # Signs that colour a terminal would stand in the way of the patterns.
    assert {environment["NO_COLOR"] for environment in environments} == {"1"}
