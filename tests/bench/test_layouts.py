"""The same guide laid out for the other tools: all its pages, its words, and nothing of our own syntax."""

import re
from pathlib import Path

import pytest

from bench.corpus import SECTIONS, make_corpus
from bench.edits import edit_template
from bench.tools import PEERS, TOOLS, Tool

CORPUS = make_corpus(40)
PEER_TOOLS = [tool for tool in TOOLS.values() if tool.name != "otpt"]


@pytest.fixture(params=PEER_TOOLS, ids=lambda tool: tool.name)
def tool(request: pytest.FixtureRequest) -> Tool:
    """Each of the other tools."""
    assert isinstance(request.param, Tool)
    return request.param


def test_every_page_is_there_and_keeps_its_words(tool: Tool, tmp_path: Path) -> None:
    tool.lay_out(tmp_path / "project", CORPUS)
    for page in CORPUS.pages:
        text = (tmp_path / "project" / tool.page_path(page)).read_text("utf-8")
        assert page.title in text
        assert page.why in text
        assert text.count("\n| The ") == len(page.table)
        assert not re.search(r"\[\]|\[@|\]\(term:", text)


def test_links_lead_to_pages_of_the_project(tool: Tool, tmp_path: Path) -> None:
    tool.lay_out(tmp_path / "project", CORPUS)
    known = {(SECTIONS[page.kind], page.id) for page in CORPUS.pages}
    for page in CORPUS.pages:
        text = (tmp_path / "project" / tool.page_path(page)).read_text("utf-8")
        links = re.findall(r"\]\((?:\.\.|{filename})?/(\w+)/([\w-]+)(?:\.md|/)\)", text)
        assert len(links) == 6, page.id
        assert set(links) <= known


def test_the_base_template_can_be_edited_and_holds_the_styles(tool: Tool, tmp_path: Path) -> None:
    tool.lay_out(tmp_path / "project", CORPUS)
    base = (tmp_path / "project" / tool.base_template).read_text("utf-8")
    assert "STYLES" not in base
    assert "--paper" in base
    assert "edit number 1" in edit_template(base, 1)


def test_what_pins_a_version_is_no_part_of_the_project(tool: Tool, tmp_path: Path) -> None:
    tool.lay_out(tmp_path / "project", CORPUS)
    pins = {"requirements.txt", "package.json", "package-lock.json"}
    assert pins & {path.name for path in (PEERS / tool.name).iterdir()}
    assert not pins & {path.name for path in (tmp_path / "project").iterdir()}
