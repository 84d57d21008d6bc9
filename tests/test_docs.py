"""What the documents say can be followed: their links, pictures and commands lead somewhere."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from otpt_site.build import BuildRequest, survey
from otpt_site.cli import COMMANDS
from tests.built import ROOT

DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")), ROOT / "starter/README.md"]


def _prose(path: Path) -> str:
    """The text without code, in which brackets mean something else."""
    text = re.sub(r"^```.*?^```|^    .*?$", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"`[^`\n]*`", "", text)


def _links(path: Path) -> Iterator[str]:
    for target in re.findall(r"\]\(([^)\s]+)\)", _prose(path)):
        if not re.match(r"[a-z]+:", target):
            yield target


def _anchors(path: Path) -> set[str]:
    """The anchors that GitHub gives to headings."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in _links(path):
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        assert target.exists(), link
        assert not anchor or anchor in _anchors(target), link


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_is_one(path: Path) -> None:
    for name in re.findall(r"(?<![\w./-])otpt ([a-z][a-z-]+)(?=[\s`:]|$)", path.read_text("utf-8")):
        assert name in COMMANDS, name


def test_the_examples_name_what_the_guide_holds() -> None:
    """Who tries an example as it stands must not be told that there is no such source."""
    guide = survey(BuildRequest(content=ROOT / "content", templates=ROOT / "templates", out=None)).guide
    assert guide
    for name in ("editors.md", "content-format.md", "messages.md"):
        text = (ROOT / "docs" / name).read_text("utf-8")
        cited = set(re.findall(r"(?<=@)[a-z0-9-]+(?=[\];])", text)) - {"source-id"}
        named = re.findall(r"\b(condition|comparison|article|goal|term|source|safety|page):([a-z0-9-]+)", text)
        for kind, id in [*(("source", id) for id in cited), *named]:
            assert id in guide.shelf(kind), f"{name}: {kind}:{id}"


def test_every_picture_is_used() -> None:
    pictures = {path.name for path in (ROOT / "docs").iterdir() if path.suffix in (".png", ".svg")}
    used = {Path(link).name for path in DOCUMENTS for link in _links(path)}
    assert pictures <= used


def test_the_task_that_editors_are_sent_to_is_there() -> None:
    tasks = json.loads((ROOT / ".vscode/tasks.json").read_text("utf-8"))["tasks"]
    assert f"Run Task → {tasks[0]['label']}" in (ROOT / "docs/editors.md").read_text("utf-8")
