"""The output folder: whole files, nothing foreign lost, and a build that was cut short is finished by the next."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from otpt_site.diagnostics import Diagnostic
from otpt_site.pages.plan import OutputFile
from otpt_site.publish import MANIFEST, Published, check_output, foreign_files, publish

FIRST = {
    "index.html": "home",
    "a/index.html": "page a",
    "a/b/index.html": "page b",
    "assets/x.1.js": "script",
    "media/y.1.svg": "picture",
    "feed.xml": "feed",
}
SECOND = {"index.html": "new home", "c/index.html": "page c", "assets/x.2.js": "script 2", "feed.xml": "new feed"}


def _files(site: dict[str, str]) -> list[OutputFile]:
    return [OutputFile.of(path, text.encode()) for path, text in site.items()]


def _held(out: Path) -> dict[str, str]:
    found = (path for path in sorted(out.rglob("*")) if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(out).as_posix(): path.read_text() for path in found}


def _owned(out: Path) -> set[str]:
    return set(json.loads((out / MANIFEST).read_text())["files"])


def _published(site: dict[str, str], out: Path) -> Published:
    found: list[Diagnostic] = []
    foreign_files(out, _files(site), "build", found.append)
    published = publish(_files(site), out, "build", found.append)
    assert published is not None, found
    assert not found
    return published


def _foreign(site: dict[str, str], out: Path) -> list[tuple[str, str]]:
    found: list[Diagnostic] = []
    foreign_files(out, _files(site), "build", found.append)
    return [(one.rule, one.place.path) for one in found]


def _refused(site: dict[str, str], out: Path) -> Diagnostic:
    found: list[Diagnostic] = []
    assert publish(_files(site), out, "build", found.append) is None
    assert [one.rule for one in found] == ["bad-output"]
    return found[0]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "build"


def test_writes_all_and_then_only_what_changed(out: Path) -> None:
    assert _published(FIRST, out) == Published(6, 0, 0)
    assert _held(out) == FIRST
    assert _published(FIRST, out) == Published(0, 6, 0)
    assert _published(FIRST | {"index.html": "new"}, out) == Published(1, 5, 0)


def test_what_is_gone_is_removed_with_its_folders(out: Path) -> None:
    _published(FIRST, out)
    assert _published(SECOND, out) == Published(4, 0, 4)
    assert _held(out) == SECOND
    assert not (out / "a").exists()
    assert _owned(out) == set(SECOND)


def test_foreign_files_are_told_and_left_alone(out: Path) -> None:
    _published(FIRST, out)
    (out / "CNAME").write_text("example.org")
    (out / "a/notes.txt").write_text("mine")
    (out / ".git/objects").mkdir(parents=True)
    (out / ".git/HEAD").write_text("ref")
    (out / ".git/objects/1").write_text("object")
    foreign = [("foreign-file", f"build/{path}") for path in (".git", "CNAME", "a/notes.txt")]
    assert _foreign(SECOND, out) == foreign
    publish(_files(SECOND), out, "build", lambda _: None)
    assert _held(out) == {
        **SECOND, "CNAME": "example.org", "a/notes.txt": "mine", ".git/HEAD": "ref", ".git/objects/1": "object",
    }  # fmt: skip


def test_a_foreign_file_in_the_place_of_a_page_is_an_error(out: Path) -> None:
    out.mkdir()
    (out / "index.html").write_text("someone's")
    (out / "feed.xml").write_text("feed")
    assert _foreign(FIRST, out) == [("bad-output", "build/index.html")]


def test_what_is_the_same_already_is_taken_over(out: Path) -> None:
    _published(FIRST, out)
    (out / MANIFEST).unlink()
    assert _published(FIRST, out) == Published(0, 6, 0)
    assert _published(SECOND, out).removed == 4


@pytest.mark.parametrize(
    ("path", "text"),
    [("a", "a file where a folder must be"), ("index.html/x", "a folder where a file must be")],
)
def test_what_is_foreign_and_in_the_way_is_an_error(out: Path, path: str, text: str) -> None:
    (out / path).parent.mkdir(parents=True)
    (out / path).write_text(text)
    assert _foreign(FIRST, out) == [("bad-output", f"build/{path}")]


def test_a_link_to_a_folder_in_the_way_is_not_followed(out: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    out.mkdir()
    (out / "a").symlink_to(tmp_path / "elsewhere")
    assert _foreign(FIRST, out) == [("bad-output", "build/a")]


def test_a_foreign_link_to_the_same_bytes_is_in_the_way(out: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("home")
    out.mkdir()
    (out / "index.html").symlink_to(tmp_path / "elsewhere")
    assert _foreign(FIRST, out) == [("bad-output", "build/index.html")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a/index.html": "1"}, {"a": "2"}),
        ({"a": "1"}, {"a/index.html": "2"}),
        ({"a.html/index.html": "1"}, {"a.html": "2"}),
        ({"a/b/c/index.html": "1", "a/d": "2"}, {"a": "3"}),
    ],
)
def test_a_file_becomes_a_folder_and_back(out: Path, before: dict[str, str], after: dict[str, str]) -> None:
    for site in (before, after, before):
        _published(site, out)
        assert _held(out) == site


def test_an_empty_folder_is_never_in_the_way(out: Path) -> None:
    (out / "index.html/deep/er").mkdir(parents=True)
    _published(FIRST, out)
    assert _held(out) == FIRST


def test_a_page_of_ours_that_became_a_link_is_replaced_and_its_target_kept(out: Path, tmp_path: Path) -> None:
    _published(FIRST, out)
    for number, path in enumerate(("index.html", "a/index.html")):
        (tmp_path / str(number)).write_text("target")
        (out / path).unlink()
        (out / path).symlink_to(tmp_path / str(number))
    _published(SECOND, out)
    assert _held(out) == SECOND
    assert [(tmp_path / str(number)).read_text() for number in range(2)] == ["target", "target"]


def test_nothing_is_removed_behind_a_link_that_took_our_folders_place(out: Path, tmp_path: Path) -> None:
    _published(FIRST, out)
    (out / "a").rename(tmp_path / "moved")
    (out / "a").symlink_to(tmp_path / "moved")
    publish(_files(SECOND), out, "build", lambda _: None)
    assert (tmp_path / "moved/index.html").read_text() == "page a"
    assert (tmp_path / "moved/b/index.html").read_text() == "page b"


def test_a_folder_in_the_place_of_a_page_of_ours_is_not_removed(out: Path) -> None:
    _published(FIRST, out)
    (out / "a/index.html").unlink()
    (out / "a/index.html").mkdir()
    (out / "a/index.html/mine").write_text("mine")
    publish(_files(SECOND), out, "build", lambda _: None)
    assert (out / "a/index.html/mine").read_text() == "mine"


def test_a_pipe_is_never_read(out: Path) -> None:
    out.mkdir()
    os.mkfifo(out / "index.html")
    assert _foreign(FIRST, out) == [("bad-output", "build/index.html")]


def test_a_link_set_up_where_a_file_is_written_aside_is_not_followed(out: Path, tmp_path: Path) -> None:
    (tmp_path / "target").write_text("target")
    out.mkdir()
    (out / "index.html.otpt-new").symlink_to(tmp_path / "target")
    _published(FIRST, out)
    assert (tmp_path / "target").read_text() == "target"


def test_where_case_means_nothing_a_renamed_page_is_not_removed(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _published({"A/index.html": "1"}, out)
    monkeypatch.setattr(Path, "samefile", lambda *_: True)
    assert _published({"a/index.html": "2"}, out) == Published(1, 0, 0)
    assert (out / "A/index.html").exists()


def test_a_renamed_page_that_is_gone_already_is_no_reason_to_fail(out: Path) -> None:
    _published({"A/index.html": "1"}, out)
    (out / "A/index.html").unlink()
    assert _published({"a/index.html": "2"}, out) == Published(1, 0, 0)


def test_where_case_matters_a_renamed_page_is_removed(out: Path) -> None:
    _published({"A/index.html": "1"}, out)
    assert _published({"a/index.html": "2"}, out) == Published(1, 0, 1)
    assert _held(out) == {"a/index.html": "2"}


MANIFESTS = {
    "no JSON": b"{",
    "not text": b"\xff\xfe",
    "too deep": b"[" * 100_000,
    "a list": b'["precious"]',
    "of another tool": b'{"files": {"precious": ""}}',
    "of a later version": b'{"version": 2, "files": {"precious": ""}}',
    "files are a list": b'{"version": 1, "files": ["precious"]}',
    "files are a text": b'{"version": 1, "files": "p"}',
    "climbs out": b'{"version": 1, "files": {"../precious": ""}}',
    "climbs out inside": b'{"version": 1, "files": {"a/../../precious": ""}}',
    "absolute": b'{"version": 1, "files": {"/precious": ""}}',
    "a drive": b'{"version": 1, "files": {"C:/precious": "", "c:precious": "", "..\\\\precious": ""}}',
    "the folder itself": b'{"version": 1, "files": {"": "", ".": "", "..": "", "/": ""}}',
    "a wanted file by another name": b'{"version": 1, "files": {"./index.html": "", "a//index.html": ""}}',
    "signs that no path holds": b'{"version": 1, "files": {"a\\u0000b": "", "\\ud800": ""}}',
}


@pytest.mark.parametrize("manifest", MANIFESTS.values(), ids=MANIFESTS.keys())
def test_a_manifest_that_is_not_ours_deletes_nothing(out: Path, manifest: bytes) -> None:
    out.mkdir()
    (out / "p").write_text("p")
    (out / "precious").write_text("precious")
    (out.parent / "precious").write_text("precious")
    (out / MANIFEST).write_bytes(manifest)
    found: list[Diagnostic] = []
    foreign_files(out, _files(FIRST), "build", found.append)
    assert {one.rule for one in found} == {"foreign-file"}
    assert publish(_files(FIRST), out, "build", found.append) == Published(6, 0, 0)
    assert _held(out) == {**FIRST, "p": "p", "precious": "precious"}
    assert (out.parent / "precious").exists()
    assert _owned(out) == set(FIRST)


def test_a_foreign_file_with_the_ending_of_ours_is_kept(out: Path) -> None:
    out.mkdir()
    (out / "letter.otpt-new").write_text("mine")
    assert _foreign(FIRST, out) == [("foreign-file", "build/letter.otpt-new")]
    publish(_files(FIRST), out, "build", lambda _: None)
    assert (out / "letter.otpt-new").read_text() == "mine"


def test_the_order_is_assets_pages_feeds_removals(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _published(FIRST, out)
    order: list[str] = []
    _spy(monkeypatch, "replace", lambda _, target: order.append(f"write {Path(target).relative_to(out).as_posix()}"))
    _spy(monkeypatch, "unlink", lambda path: order.append(f"remove {path.relative_to(out).as_posix()}"))
    _published(SECOND, out)
    steps = [step for step in order if not step.endswith(".otpt-new")]
    assert steps == [
        f"write {MANIFEST}", "write assets/x.2.js", "write c/index.html", "write index.html", "write feed.xml",
        "remove a/b/index.html", "remove a/index.html", "remove assets/x.1.js", "remove media/y.1.svg",
        f"write {MANIFEST}",
    ]  # fmt: skip


def _spy(monkeypatch: pytest.MonkeyPatch, name: str, see: Callable[..., object]) -> None:
    real = getattr(Path, name)

    def seen(path: Path, *arguments: Any, **options: Any) -> object:
        see(path, *arguments)
        return real(path, *arguments, **options)

    monkeypatch.setattr(Path, name, seen)


class _Killed(BaseException):
    """Stands for the end of the process: nothing in the program may catch it."""


def _kill_at(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Ends the build at its `number`-th change to the disk, in the middle of it when it is a write."""
    changes = iter(range(number))
    real_open, real_replace, real_unlink = Path.open, Path.replace, Path.unlink

    def step() -> None:
        if next(changes, None) is None:
            raise _Killed

    def opened(path: Path, mode: str = "r", *rest: Any, **options: Any) -> Any:
        if "x" in mode:
            try:
                step()
            except _Killed:
                path.write_bytes(b"ha")  # half of what should be there
                raise
        return real_open(path, mode, *rest, **options)

    def replaced(path: Path, target: Path) -> Path:
        step()
        return real_replace(path, target)

    def unlinked(path: Path, *, missing_ok: bool = False) -> None:
        if path.exists():
            step()
        real_unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "open", opened)
    monkeypatch.setattr(Path, "replace", replaced)
    monkeypatch.setattr(Path, "unlink", unlinked)


# The whole of a publishing takes 16 steps: 2 for each of 4 files and 2 manifests, and 4 removals.
@pytest.mark.parametrize("moment", range(17))
def test_killed_at_any_moment_the_next_build_finishes(out: Path, monkeypatch: pytest.MonkeyPatch, moment: int) -> None:
    _published(FIRST, out)
    with monkeypatch.context() as killing:
        _kill_at(killing, moment)
        try:
            publish(_files(SECOND), out, "build", lambda _: None)
        except _Killed:
            held = {path: text for path, text in _held(out).items() if not path.endswith(".otpt-new")}
            assert all(text in {FIRST.get(path), SECOND.get(path)} for path, text in held.items())
        else:
            assert moment >= 16
    third = {"index.html": "third home", "d/index.html": "page d"}
    _published(third, out)
    assert _held(out) == third
    assert _owned(out) == set(third)


KILLED_CHILD = """
import sys
from pathlib import Path
from otpt_site.publish import publish
from otpt_site.pages.plan import OutputFile

out = Path(sys.argv[1])
print("ready", flush=True)
for run in range(1000):
    files = [OutputFile.of(f"{run % 3}/{n}.html", f"{run} {n} ".encode() * 500) for n in range(40)]
    publish(files, out, "build", print)
"""


@pytest.mark.parametrize("seed", range(4))
def test_a_real_kill_is_survived(out: Path, seed: int) -> None:
    child = subprocess.Popen([sys.executable, "-c", KILLED_CHILD, str(out)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(random.Random(seed).uniform(0.01, 0.3))  # noqa: S311 - a moment, no secret
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    for path, text in _held(out).items():
        whole = path.endswith(".otpt-new") or (len(set(text.split())) <= 2 and text.endswith(" "))
        assert whole, f"{path} is cut"
    _published(SECOND, out)
    assert _held(out) == SECOND


def _fail(error: int) -> Callable[..., NoReturn]:
    def failing(*_: object, **__: object) -> NoReturn:
        raise OSError(error, os.strerror(error))

    return failing


def test_a_full_disk_is_told_and_mended_by_the_next_build(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _published(FIRST, out)
    real = Path.open
    full: Any = _fail(errno.ENOSPC)

    def opened(path: Path, mode: str = "r", *rest: Any, **options: Any) -> Any:
        return full() if "c/" in path.as_posix() and "x" in mode else real(path, mode, *rest, **options)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", opened)
        problem = _refused(SECOND, out)
    assert problem.place.path == "build/c/index.html"
    assert "No space left" in problem.message
    assert not list(out.rglob("*.otpt-new"))
    _published(SECOND, out)
    assert _held(out) == SECOND


def test_a_folder_that_may_not_be_written_is_told(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "replace", _fail(errno.EACCES))
    assert "Permission denied" in _refused(FIRST, out).message
    assert _held(out) == {}


def test_a_file_that_can_not_be_discarded_hides_no_error(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "unlink", _fail(errno.EACCES))
    assert _refused(FIRST, out).place.path == f"build/{MANIFEST}"


def test_a_file_that_can_not_be_removed_is_told(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _published(FIRST, out)
    monkeypatch.setattr(Path, "rmdir", _fail(errno.EBUSY))
    assert _refused(SECOND, out).place.path == "build"


def test_a_folder_that_can_not_be_read_is_told(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _published(FIRST, out)
    monkeypatch.setattr(os, "scandir", _fail(errno.EACCES))
    assert _foreign(FIRST, out) == [("bad-output", "build")]


def _unfit(out: Path, content: Path) -> list[str]:
    found: list[Diagnostic] = []
    check_output(out, (content,), "build", found.append)
    assert {one.rule for one in found} <= {"bad-output"}
    return [one.message for one in found]


def test_the_output_folder_may_not_hold_the_content_or_lie_in_it(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (tmp_path / "link").symlink_to(content)
    for out in (content, content / "build", tmp_path, tmp_path / "link", tmp_path / "link/x", content / "../content"):
        assert len(_unfit(out, content)) == 1, out
    for out in (tmp_path / "build", tmp_path / "content-build", tmp_path / "a/b/c"):
        assert _unfit(out, content) == []


def test_the_output_folder_may_not_be_a_file_or_lie_in_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert _unfit(tmp_path / "file", tmp_path / "content") == ["file is a file"]
    assert _unfit(tmp_path / "file/build", tmp_path / "content") == ["file is a file"]


def test_the_output_folder_may_not_be_a_circle_of_links(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    assert len(_unfit(tmp_path / "one", tmp_path / "content")) == 1


def test_the_output_folder_must_allow_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Mocked, because who runs these tests as root may write everywhere.
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "can't be written to" in _unfit(tmp_path / "build", tmp_path / "content")[0]
    monkeypatch.setattr(Path, "exists", _fail(errno.EACCES))
    assert "can't be used" in _unfit(tmp_path / "build", tmp_path / "content")[0]
