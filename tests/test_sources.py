"""What is read of the content folder. Links, sizes and locked files stand in bad_input/test_files.py."""

import hashlib
import os
from pathlib import Path

import pytest

from otpt_site.diagnostics import Diagnostic, Place
from otpt_site.sources import TEXT_LIMIT, read_sources


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def _write(content: Path, *paths: str) -> None:
    for path in paths:
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_bytes(path.encode())


def _paths(content: Path) -> list[str]:
    found: list[Diagnostic] = []
    paths = [source.path for source in read_sources(content, found.append)]
    assert found == []
    return paths


def test_files_come_sorted_by_their_whole_path(content: Path) -> None:
    _write(
        content, "site.yaml", "conditions/b.md", "conditions/a.md", "conditions-x/a.md", "A.md", "media/deep/er/x.png"
    )
    expected = ["A.md", "conditions-x/a.md", "conditions/a.md", "conditions/b.md", "media/deep/er/x.png", "site.yaml"]
    assert _paths(content) == expected


def test_a_file_has_its_bytes_its_digest_and_the_name_that_problems_show(content: Path) -> None:
    (content / "site.yaml").write_bytes(b"a\r\n")
    [source] = read_sources(content, lambda _: None)
    assert (source.path, source.shown_path, source.data) == ("site.yaml", "content/site.yaml", b"a\r\n")
    assert source.digest == hashlib.sha256(b"a\r\n").hexdigest()
    assert not source.refused


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.md",
        ".git/config",
        "#a.md#",
        "a.md~",
        "a.md.swp",
        "a.md.bak",
        "a.md.orig",
        "Thumbs.db",
        "a.md___jb_tmp___",
        "a.md___jb_old___",
        "a.md.vsctmp",
    ],
)
def test_hidden_and_backup_files_are_passed_over(content: Path, name: str) -> None:
    _write(content, name, "a.md")
    assert _paths(content) == ["a.md"]


def test_no_folder_is_told(tmp_path: Path) -> None:
    found: list[Diagnostic] = []
    assert read_sources(tmp_path / "content", found.append) == ()
    assert [(d.rule, d.place) for d in found] == [("content-missing", Place("content"))]
    assert "no such folder" in found[0].message


@pytest.mark.parametrize("names", [[], [".hidden"]])
def test_an_empty_folder_is_told(content: Path, names: list[str]) -> None:
    _write(content, *names)
    found: list[Diagnostic] = []
    assert read_sources(content, found.append) == ()
    assert [d.rule for d in found] == ["content-missing"]
    assert "nothing is in" in found[0].message


def test_a_file_for_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "content").write_bytes(b"")
    found: list[Diagnostic] = []
    read_sources(tmp_path / "content", found.append)
    assert [d.rule for d in found] == ["content-missing"]


def test_what_the_system_will_not_let_be_read_is_told(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(content, "a.md", "b.md")

    def locked(path: str, *_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("builtins.open", locked)
    found: list[Diagnostic] = []
    sources = read_sources(content, found.append)
    assert [d.rule for d in found] == ["file-unreadable"] * 2
    assert [d.message for d in found] == ["the file can't be read: Permission denied"] * 2
    assert all(source.refused for source in sources)


def test_a_file_that_is_larger_than_the_system_said_is_refused(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(content, "a.md")
    (content / "a.md").write_bytes(b"a" * (TEXT_LIMIT + 1))
    monkeypatch.setattr(os, "fstat", lambda _: os.stat_result([0] * 10))
    found: list[Diagnostic] = []
    [source] = read_sources(content, found.append)
    assert [d.rule for d in found] == ["file-too-large"]
    assert source.refused
    assert source.data == b""


def test_a_folder_that_can_t_be_read_hides_no_other(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(content, "conditions/a.md", "site.yaml")
    scan = os.scandir

    def locked(folder: Path) -> object:
        if Path(folder).name == "conditions":
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    monkeypatch.setattr(os, "scandir", locked)
    found: list[Diagnostic] = []
    assert [source.path for source in read_sources(content, found.append)] == ["site.yaml"]
    assert [(d.rule, d.place) for d in found] == [("file-unreadable", Place("content/conditions"))]
