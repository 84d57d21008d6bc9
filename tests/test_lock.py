"""One build at a time: the second waits or says who is at work, and a kill leaves nothing locked."""

import errno
import fcntl
import os
import runpy
import signal
import subprocess
import sys
import time
import types
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest

from otpt_site import lock, pipeline
from otpt_site.diagnostics import Diagnostic
from otpt_site.lock import LOCK, output_lock
from tests.kit import article, plain_page
from tests.project import project, told

HOLDER = """
import os, sys, time
from pathlib import Path
from otpt_site.lock import output_lock

with output_lock(Path(sys.argv[1]), "build", print) as held:
    child = 0 if sys.argv[2] == "alone" else os.fork()
    if child or sys.argv[2] == "alone":
        print("held" if held else "not held", child, flush=True)
    time.sleep(float(sys.argv[3]))
"""


@contextmanager
def _holder(out: Path, seconds: float = 60, company: str = "alone") -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Another process that holds the lock, and the id of its child if it has `company`."""
    command = [sys.executable, "-c", HOLDER, str(out), company, str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        word, child = process.stdout.readline().split()
        assert word == b"held"
        try:
            yield process, int(child)
        finally:
            process.kill()
            if int(child):
                os.kill(int(child), signal.SIGKILL)


def _tried(out: Path, patience: float = 0.0) -> list[Diagnostic]:
    """What is reported when the lock is taken; nothing when it was free."""
    found: list[Diagnostic] = []
    with output_lock(out, "build", found.append, patience) as held:
        assert held == (not found)
        assert not held or (out / LOCK).read_text() == f"{os.getpid()}\n"
    return found


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site" / "build"


def test_the_folder_is_made_and_the_lock_taken_away_again(out: Path) -> None:
    assert _tried(out) == []
    assert list(out.iterdir()) == []


def test_the_lock_is_taken_away_when_the_build_fails(out: Path) -> None:
    with pytest.raises(KeyboardInterrupt), output_lock(out, "build", print):
        raise KeyboardInterrupt
    assert list(out.iterdir()) == []


def test_who_holds_it_is_told(out: Path) -> None:
    with _holder(out) as (process, _):
        (problem,) = _tried(out)
        (out / LOCK).write_text("no number")
        (nameless,) = _tried(out)
        # Who was refused took nothing away.
        assert (out / LOCK).exists()
    assert (problem.rule, problem.place.path) == ("output-locked", "build")
    since = time.strftime("%Y-%m-%d %H:")
    assert f"another build is writing to build: process {process.pid}, since {since}" in problem.message
    assert nameless.message == "another build is writing to build: it did not leave its process id"


def test_the_second_waits_for_the_first(out: Path) -> None:
    with _holder(out, seconds=0.3):
        assert _tried(out, patience=30) == []


def test_patience_ends(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    with _holder(out):
        assert len(_tried(out, patience=2.0)) == 1
    assert sum(pauses) == pytest.approx(2.0)


def test_a_kill_leaves_nothing_locked(out: Path) -> None:
    with _holder(out) as (process, _):
        process.kill()
        process.wait()
        assert (out / LOCK).exists()
        assert _tried(out) == []
    assert list(out.iterdir()) == []


def test_a_child_that_outlives_a_kill_holds_nothing(out: Path) -> None:
    with _holder(out, company="with a child") as (process, child):
        assert len(_tried(out)) == 1
        process.kill()
        process.wait()
        os.kill(child, 0)
        assert _tried(out) == []


def test_two_folders_are_two_locks(out: Path) -> None:
    with _holder(out):
        assert _tried(out.with_name("other")) == []


def test_one_folder_under_two_names_is_one_lock(out: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(out)
    with _holder(out):
        assert [one.rule for one in _tried(tmp_path / "link")] == ["output-locked"]


def test_a_lock_on_a_file_that_was_taken_away_is_none(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = lock._lock
    locked: list[int] = []

    def late(descriptor: int) -> None:
        if not locked:
            (out / LOCK).unlink()  # by who held it until now
        locked.append(descriptor)
        real(descriptor)

    monkeypatch.setattr(lock, "_lock", late)
    assert len(_tried(out)) == 1
    locked.clear()
    assert _tried(out, patience=0.1) == []
    assert len(locked) == 2


def test_a_link_in_the_place_of_the_lock_is_not_followed(out: Path, tmp_path: Path) -> None:
    (tmp_path / "target").write_text("mine")
    out.mkdir(parents=True)
    (out / LOCK).symlink_to(tmp_path / "target")
    assert [one.rule for one in _tried(out)] == ["bad-output"]
    assert (tmp_path / "target").read_text() == "mine"


def _fail(error: int) -> Any:
    def failing(*_: object, **__: object) -> NoReturn:
        raise OSError(error, os.strerror(error))

    return failing


@pytest.mark.parametrize("error", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_folder_that_can_not_be_written_to_is_told(out: Path, monkeypatch: pytest.MonkeyPatch, error: int) -> None:
    monkeypatch.setattr(os, "open", _fail(error))
    (problem,) = _tried(out)
    assert (problem.rule, problem.message) == ("bad-output", f"build can't be written: {os.strerror(error)}")


def test_a_disk_that_knows_no_locks_is_told(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "lockf", _fail(errno.ENOLCK))
    assert [one.rule for one in _tried(out)] == ["bad-output"]


def test_a_full_disk_can_be_locked(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Diagnostic] = []
    monkeypatch.setattr(os, "write", _fail(errno.ENOSPC))
    with output_lock(out, "build", found.append) as held:
        assert held
    assert not found


def test_a_build_that_finds_its_folder_locked_touches_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = project(tmp_path)
    made.build()
    made.write({"pages/about.md": plain_page("New words")})
    monkeypatch.setattr(time, "sleep", lambda _: None)
    with _holder(made.out) as (process, _), made.untouched():
        report = made.build()
    assert (report.stopped, report.cut_short) == (True, False)
    assert [(one.rule, f"process {process.pid}," in one.message) for one in report.diagnostics] == [
        ("output-locked", True)
    ]
    assert told(made.build()) == []
    assert "New words" in made.page("about/index.html")


def test_windows_locks_a_byte_behind_the_process_id(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own branch, with a stand-in for the system: what is locked there can't be read by others."""
    locked: list[tuple[int, int]] = []

    def locking(descriptor: int, mode: int, count: int) -> None:
        locked.append((os.lseek(descriptor, 0, os.SEEK_CUR), count))
        if mode != 2 or len(locked) > 1:
            raise PermissionError(errno.EACCES, "Permission denied")

    windows = types.SimpleNamespace(locking=locking, LK_NBLCK=2)
    monkeypatch.setitem(sys.modules, "msvcrt", windows)
    monkeypatch.setattr(sys, "platform", "win32")
    there = runpy.run_path(str(lock.__file__))["output_lock"]
    found: list[Diagnostic] = []
    with there(out, "build", found.append, 0.0) as held:
        assert held
        assert (out / LOCK).read_text() == f"{os.getpid()}\n"
        with there(out, "build", found.append, 0.0) as second:
            assert not second
    assert [one.rule for one in found] == ["output-locked"]
    assert locked == [(1 << 30, 1)] * 2
    assert list(out.iterdir()) == []


def test_what_another_build_left_meanwhile_is_looked_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It held the lock while this one was looking, and wrote other pages."""
    made = project(tmp_path)
    made.build()
    before = made.page("about/index.html")
    made.write({"articles/first-visit.md": article("New words")})
    real = output_lock

    @contextmanager
    def after_another(*arguments: Any) -> Iterator[bool]:
        monkeypatch.setattr(pipeline, "output_lock", real)
        made.write({"pages/about.md": plain_page("Other words")})
        made.build()
        assert made.page("about/index.html") != before
        with real(*arguments) as held:
            yield held

    monkeypatch.setattr(pipeline, "output_lock", after_another)
    assert told(made.build()) == []
    assert made.page("about/index.html") == before
    assert "New words" in made.page("articles/first-visit/index.html")
