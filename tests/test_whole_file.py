"""A file is written whole or not at all."""

import errno
from pathlib import Path

import pytest

from otpt_site.whole_file import write_whole


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "desk.html"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert [file.name for file in tmp_path.iterdir()] == ["desk.html"]
    assert path.read_bytes() == b"two"


def test_when_it_can_not_be_written_what_was_there_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "desk.html"
    path.write_bytes(b"one")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"two")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("desk.html", b"one")]


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "desk.html"
    write_whole(path, b"one")
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path, b"x")
    assert path.read_bytes() == b"one"
