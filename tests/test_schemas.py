"""The schemas: made of the same types as the reader, each key with its words, and written out for VS Code."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner

from otpt_site.cli import main
from otpt_site.guide import PAGE_KINDS, TABLES
from otpt_site.guide.keys import field_names
from otpt_site.guide.site import Site
from otpt_site.schemas import schema_text, schemas
from tests.built import ROOT

WRITTEN = ROOT / ".vscode/schemas"
ALL = schemas()


def _properties(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key of a schema with its path, those of groups and rows too."""
    for name, inner in schema.get("properties", {}).items():
        yield f"{path}/{name}", inner
        yield from _properties(inner, f"{path}/{name}")
    if "items" in schema:
        yield from _properties(schema["items"], path)


def test_there_is_one_for_every_kind_of_file() -> None:
    files = {made.files for made in ALL.values()}
    assert files == {"site.yaml", "goals/*.yaml", *TABLES, *(f"{folder}/*.md" for folder in PAGE_KINDS)}


@pytest.mark.parametrize("name", ALL)
def test_those_written_out_are_those_of_the_types(name: str) -> None:
    hint = "run: .venv/bin/otpt schema --out .vscode/schemas"
    assert (WRITTEN / f"{name}.json").read_text("utf-8") == schema_text(ALL[name].schema), hint


def test_no_other_is_written_out() -> None:
    assert {path.stem for path in WRITTEN.iterdir()} == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_every_key_says_what_it_is_for(name: str) -> None:
    lists = {f"/{key}" for key, _, _ in TABLES.get(f"{name}.yaml", ())} | {"/goals"}
    untold = [path for path, key in _properties(ALL[name].schema) if not re.search(r"[.]$", key.get("description", ""))]
    assert set(untold) <= lists


@pytest.mark.parametrize(
    ("name", "type_"), [("site", Site), *((kind, type_) for kind, type_ in PAGE_KINDS.values())], ids=str
)
def test_the_keys_are_those_of_the_reader(name: str, type_: type) -> None:
    assert tuple(ALL[name].schema["properties"]) == field_names(type_)
    assert ALL[name].schema["additionalProperties"] is False


def test_every_pattern_is_one() -> None:
    patterns = [key["pattern"] for made in ALL.values() for _, key in _properties(made.schema) if "pattern" in key]
    assert len(set(patterns)) > 8
    for pattern in patterns:
        re.compile(pattern)


# The command


def test_one_is_printed() -> None:
    result = CliRunner().invoke(main, ["schema", "goals"])
    assert result.exit_code == 0
    assert json.loads(result.output)["title"] == "content/goals.yaml"


def test_they_are_listed() -> None:
    lines = CliRunner().invoke(main, ["schema"]).output.splitlines()
    assert [line.split()[0] for line in lines] == list(ALL)
    assert "condition      content/conditions/*.md" in lines


def test_all_are_written_into_a_folder(tmp_path: Any) -> None:
    out = tmp_path / "a folder" / "schemas"
    assert CliRunner().invoke(main, ["schema", "--out", str(out)]).exit_code == 0
    assert {path.name for path in out.iterdir()} == {f"{name}.json" for name in ALL}
    assert b"\r" not in (out / "goals.json").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["gaols"], "Did you mean 'goals'?"),
        (["zzz"], "Choose one of: site, goals"),
        (["goals", "--out", "x"], "not both"),
        (["--out", __file__], "can't be written to"),
    ],
)
def test_wrong_use_is_told(arguments: list[str], says: str) -> None:
    result = CliRunner().invoke(main, ["schema", *arguments])
    assert result.exit_code == 2
    assert says in result.output
