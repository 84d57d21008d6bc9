"""Changes as the system tells them."""

import os
import queue
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from otpt_site.serve.watching import Watcher
from tests.serve.running import PATIENCE


class Told:
    """What a watcher told."""

    def __init__(self) -> None:
        self.calls: queue.Queue[set[Path]] = queue.Queue()

    def __call__(self, changed: object) -> None:
        self.calls.put({*changed})  # type: ignore[misc]

    def begun(self) -> None:
        """Waits until the watcher is at work: the first call says that anything may have changed."""
        while self.calls.get(timeout=PATIENCE):
            pass

    def until(self, path: Path) -> int:
        """Waits until this file was told of; the number of calls it took."""
        calls = 1
        while path not in self.calls.get(timeout=PATIENCE):
            calls += 1
        return calls

    def heard(self) -> set[Path]:
        """All that was told and not asked for yet."""
        found: set[Path] = set()
        while not self.calls.empty():
            found |= self.calls.get()
        return found


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "conditions").mkdir(parents=True)
    (folder / "conditions/stroke.md").write_text("old")
    return folder


@pytest.fixture
def told(content: Path) -> Iterator[Told]:
    told = Told()
    watcher = Watcher([content, content.parent / "templates"], told)
    watcher.start()
    told.begun()
    yield told
    watcher.stop()


def test_a_saved_file_is_told(content: Path, told: Told) -> None:
    (content / "conditions/stroke.md").write_text("new")
    told.until(content / "conditions/stroke.md")


def test_a_file_moved_into_place_is_told(content: Path, told: Told) -> None:
    aside = content.parent / "aside"
    aside.write_text("new")
    os.replace(aside, content / "conditions/stroke.md")  # noqa: PTH105 - as editors save
    told.until(content / "conditions/stroke.md")


def test_a_file_saved_as_vim_does_is_told(content: Path, told: Told) -> None:
    saved, backup = content / "conditions/stroke.md", content / "conditions/stroke.md~"
    saved.rename(backup)
    saved.write_text("new")
    backup.unlink()
    told.until(saved)


def test_new_files_in_new_folders_and_removed_files_are_told(content: Path, told: Told) -> None:
    (content / "articles/deep").mkdir(parents=True)
    told.until(content / "articles")
    time.sleep(0.2)
    (content / "articles/deep/new.md").write_text("new")
    told.until(content / "articles/deep/new.md")
    (content / "conditions/stroke.md").unlink()
    told.until(content / "conditions/stroke.md")


@pytest.mark.parametrize("name", [".stroke.md.swp", "stroke.md~", "#stroke.md#", ".#stroke.md", "stroke.bak", "a.tmp"])
def test_swap_and_backup_files_are_not_told(content: Path, told: Told, name: str) -> None:
    (content / "conditions" / name).write_text("x")
    (content / "conditions/after.md").write_text("x")
    told.until(content / "conditions/after.md")
    assert not [path for path in told.heard() if path.name == name]


def test_a_thousand_files_at_once_are_few_calls(content: Path, told: Told) -> None:
    paths = [content / f"conditions/{number}.md" for number in range(1000)]
    for path in paths:
        path.write_text("x")
    waiting, calls = set(paths), 0
    while waiting:
        waiting -= told.calls.get(timeout=PATIENCE)
        calls += 1
    assert calls < 100


def test_a_folder_deleted_and_made_again_is_watched_again(content: Path, told: Told) -> None:
    shutil.rmtree(content)
    told.until(content / "conditions/stroke.md")
    (content / "conditions").mkdir(parents=True)
    (content / "conditions/stroke.md").write_text("back")
    told.begun()
    (content / "conditions/stroke.md").write_text("and changed")
    told.until(content / "conditions/stroke.md")


def test_a_folder_put_in_the_place_of_another_is_watched(content: Path, told: Told) -> None:
    other = content.parent / "other"
    shutil.copytree(content, other)
    shutil.move(content, content.parent / "old")
    shutil.move(other, content)
    told.begun()
    (content / "conditions/stroke.md").write_text("changed")
    told.until(content / "conditions/stroke.md")


def test_a_folder_that_comes_later_is_watched(content: Path, told: Told) -> None:
    templates = content.parent / "templates"
    templates.mkdir()
    told.begun()
    (templates / "base.html").write_text("x")
    told.until(templates / "base.html")


def test_nothing_to_watch_is_waited_for(tmp_path: Path) -> None:
    told = Told()
    watcher = Watcher([tmp_path / "content"], told)
    watcher.start()
    (tmp_path / "content").mkdir()
    told.begun()
    watcher.stop()


def test_it_ends(content: Path) -> None:
    before = threading.active_count()
    watcher = Watcher([content], Told())
    watcher.start()
    watcher.stop()
    ends = time.monotonic() + PATIENCE
    while threading.active_count() > before:
        assert time.monotonic() < ends
        time.sleep(0.01)
