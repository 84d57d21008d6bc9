"""The output folder: whole files, nothing foreign lost, and a build that was cut short is finished by the next."""

import contextlib
import errno
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import pytest

from otpt_site.diagnostics import Diagnostic
from otpt_site.lock import LOCK, output_lock
from otpt_site.output_folder import ASIDE, MANIFEST, Look, Output, digest_of
from otpt_site.pages.plan import OutputFile
from otpt_site.publish import Published, check_output, foreign_files, publish

FIRST = {
    "index.html": "home",
    "a/index.html": "page a",
    "a/b/index.html": "page b",
    "assets/x.1.js": "script",
    "media/y.1.svg": "picture",
    "feed.xml": "feed",
}
SECOND = {"index.html": "new home", "c/index.html": "page c", "assets/x.2.js": "script 2", "feed.xml": "new feed"}


def _files(site: Mapping[str, str]) -> list[OutputFile]:
    return [OutputFile.of(path, text.encode()) for path, text in site.items()]


def _digests(site: Mapping[str, str]) -> dict[str, str]:
    return {path: digest_of(text.encode()) for path, text in site.items()}


def _held(out: Path) -> dict[str, str]:
    found = (path for path in sorted(out.rglob("*")) if path.is_file() and path.name not in {MANIFEST, LOCK})
    return {path.relative_to(out).as_posix(): path.read_text() for path in found}


def _owned(out: Path) -> set[str]:
    return set(json.loads((out / MANIFEST).read_text())["files"])


def _output(out: Path) -> Output:
    found: list[Diagnostic] = []
    output = Look(out).output("build", found.append)
    assert output is not None, found
    return output


def _no_problem(problem: Diagnostic) -> None:
    raise AssertionError(problem)


def _foreign(site: Mapping[str, str], out: Path) -> list[tuple[str, str]]:
    found: list[Diagnostic] = []
    foreign_files(_output(out), _files(site), found.append)
    return [(one.rule, one.place.path) for one in found]


def _put(site: Mapping[str, str], out: Path) -> Published:
    """Publishes, whatever foreign files there are."""
    found: list[Diagnostic] = []
    published = publish(_output(out), _files(site), found.append)
    assert published is not None, found
    return published


def _published(site: Mapping[str, str], out: Path) -> Published:
    assert _foreign(site, out) == []
    return _put(site, out)


def _refused(site: Mapping[str, str], out: Path) -> Diagnostic:
    found: list[Diagnostic] = []
    assert publish(_output(out), _files(site), found.append) is None
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
    _put(SECOND, out)
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
    _put(SECOND, out)
    assert (tmp_path / "moved/index.html").read_text() == "page a"
    assert (tmp_path / "moved/b/index.html").read_text() == "page b"


def test_a_folder_in_the_place_of_a_page_of_ours_is_not_removed(out: Path) -> None:
    _published(FIRST, out)
    (out / "a/index.html").unlink()
    (out / "a/index.html").mkdir()
    (out / "a/index.html/mine").write_text("mine")
    _put(SECOND, out)
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


def test_what_comes_to_lie_where_a_file_is_written_aside_is_not_followed(out: Path, tmp_path: Path) -> None:
    (tmp_path / "target").write_text("target")
    _published(FIRST, out)
    seen = _output(out)
    (out / "index.html.otpt-new").symlink_to(tmp_path / "target")
    assert publish(seen, _files(SECOND), _no_problem) == Published(4, 0, 4)
    assert _held(out) == SECOND
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
    assert {rule for rule, _ in _foreign(FIRST, out)} == {"foreign-file"}
    assert _put(FIRST, out) == Published(6, 0, 0)
    assert _held(out) == {**FIRST, "p": "p", "precious": "precious"}
    assert (out.parent / "precious").exists()
    assert _owned(out) == set(FIRST)


def test_a_foreign_file_with_the_ending_of_ours_is_kept(out: Path) -> None:
    out.mkdir()
    (out / "letter.otpt-new").write_text("mine")
    assert _foreign(FIRST, out) == [("foreign-file", "build/letter.otpt-new")]
    _put(FIRST, out)
    assert (out / "letter.otpt-new").read_text() == "mine"


def test_the_order_is_assets_pages_feeds_removals(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _published(FIRST, out)
    order: list[str] = []
    _spy(monkeypatch, "replace", lambda _, target: order.append(f"write {Path(target).relative_to(out).as_posix()}"))
    _spy(monkeypatch, "unlink", lambda path: order.append(f"remove {Path(path).relative_to(out).as_posix()}"))
    _published({path: text for path, text in SECOND.items() if path != "feed.xml"}, out)
    assert order == [
        f"write {MANIFEST}", "write assets/x.2.js", "write c/index.html", "write index.html",
        "remove feed.xml", "remove a/index.html", "remove a/b/index.html", "remove media/y.1.svg",
        "remove assets/x.1.js", f"write {MANIFEST}",
    ]  # fmt: skip
    order.clear()
    _published(FIRST, out)
    assert order[1:7] == [
        "write assets/x.1.js", "write media/y.1.svg", "write a/b/index.html", "write a/index.html",
        "write index.html", "write feed.xml",
    ]  # fmt: skip


def _spy(monkeypatch: pytest.MonkeyPatch, name: str, see: Callable[..., object]) -> None:
    real = getattr(os, name)

    def seen(*arguments: Any, **options: Any) -> object:
        see(*arguments)
        return real(*arguments, **options)

    monkeypatch.setattr(os, name, seen)


class _Killed(BaseException):
    """Stands for the end of the process: nothing in the program may catch it."""


_CHANGES = ("open", "write", "fsync", "replace", "unlink", "mkdir", "rmdir")


@contextlib.contextmanager
def _killed_at(number: int) -> Iterator[None]:
    """Ends the build before its `number`-th change to the disk, in the middle of it when it is a write."""
    left = iter(range(number))

    def dying(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def change(*arguments: Any, **options: Any) -> object:
            reads = name == "open" and not arguments[1] & os.O_CREAT
            if not reads and next(left, None) is None:
                if name == "write":
                    real(arguments[0], arguments[1][: len(arguments[1]) // 2])
                raise _Killed
            # What a page that never reached the disk does to the next build, other tests show.
            return None if name == "fsync" else real(*arguments, **options)

        return change

    with pytest.MonkeyPatch.context() as patched, contextlib.suppress(_Killed):
        for name in _CHANGES:
            patched.setattr(os, name, dying(name, getattr(os, name)))
        yield


def _is_killed(site: Mapping[str, str], out: Path, number: int) -> bool:
    """Builds, killed at that moment; whether it had got to the end by then."""
    ended = True
    with _killed_at(number):
        ended = False
        _put(site, out)
        ended = True
    return not ended


def _everything(out: Path) -> tuple[dict[str, str], set[str], str]:
    """All files, all folders and the manifest."""
    folders = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_dir()}
    manifest = out / MANIFEST
    return _held(out), folders, manifest.read_text() if manifest.exists() else ""


def _serves(out: Path, *sites: Mapping[str, str]) -> None:
    """Every file is whole, one of those of the `sites`, and the assets that a page names are there."""
    held = {path: text for path, text in _held(out).items() if not path.endswith(ASIDE)}
    for path, text in held.items():
        assert text in [site.get(path) for site in (*sites, FOREIGN)], f"{path} is cut"
        if path.endswith(".html"):
            assert {word for word in text.split() if word.startswith(("assets/", "media/"))} <= held.keys(), path


FOREIGN = {"CNAME": "example.org", "b/notes.txt": "mine", "letter.otpt-new": "mine", "assets/.keep": ""}
LINKED = {
    "index.html": "home assets/s.1.js",
    "a/index.html": "page a assets/s.1.js media/m.1.svg",
    "a/same/index.html": "the same always",
    "b/index.html": "page b media/m.1.svg",
    "z/index.html": "page z assets/s.1.js",
    "assets/s.1.js": "script 1",
    "media/m.1.svg": "picture 1",
    "feed.xml": "feed of a b z",
}
LINKED_NEXT = {
    "index.html": "new home assets/s.2.js",
    "a/index.html": "new page a assets/s.2.js media/m.2.svg",
    "a/same/index.html": "the same always",
    "c/d/index.html": "page c media/m.2.svg",
    "assets/s.2.js": "script 2",
    "media/m.2.svg": "picture 2",
    "feed.xml": "feed of a c",
    "data/new.csv": "1,2",
}
# Folders become files and files folders.
SWAPPED = {
    "a": "no page",
    "feed.xml/index.html": "page",
    "index.html": "home assets/s.3.js",
    "assets/s.3.js": "script 3",
}
MOVES = {
    "all new": ({}, LINKED),
    "changed": (LINKED, LINKED_NEXT),
    "files and folders change places": (LINKED, SWAPPED),
    "all gone": (LINKED, {"index.html": "alone"}),
}


def _prepared(out: Path, site: Mapping[str, str]) -> None:
    """A folder that holds the site and what is foreign."""
    for path, text in FOREIGN.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(text)
    if site:
        _put(site, out)


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES.keys())
def test_killed_at_any_moment_the_site_serves_and_the_next_build_is_right(
    tmp_path: Path, move: tuple[dict[str, str], dict[str, str]]
) -> None:
    before, after = move
    # What the next build is to make: the same, or something else; and clean ones to compare it with.
    wanted = (after, LINKED)
    for number, site in enumerate(wanted):
        _prepared(tmp_path / f"clean-{number}", {})
        _put(site, tmp_path / f"clean-{number}")
    for moment in itertools.count():
        ended = []
        for number, site in enumerate(wanted):
            out = tmp_path / f"{moment}-{number}"
            _prepared(out, before)
            ended.append(not _is_killed(after, out, moment))
            _serves(out, before, after)
            assert _is_whole(out, _digests(after)) == (_everything(out)[::2] == _everything(tmp_path / "clean-0")[::2])
            _put(site, out)
            assert _everything(out) == _everything(tmp_path / f"clean-{number}")
        if all(ended):
            assert moment > 10
            break


def test_killed_twice_the_third_build_is_right(tmp_path: Path) -> None:
    clean = tmp_path / "clean"
    _prepared(clean, {})
    _put(LINKED, clean)
    chance = random.Random(1)  # noqa: S311 - moments, no secret
    for number in range(40):
        out = tmp_path / str(number)
        _prepared(out, LINKED)
        _is_killed(LINKED_NEXT, out, chance.randrange(40))
        _is_killed(SWAPPED, out, chance.randrange(40))
        _put(LINKED, out)
        assert _everything(out) == _everything(clean)


KILLS = int(os.environ.get("OTPT_KILLS", "15"))
"""How often a build is killed in earnest. It was once done with 200."""

KILLED_CHILD = """
import sys
from pathlib import Path
from otpt_site.lock import LOCK, output_lock
from otpt_site.output_folder import Look
from otpt_site.publish import publish
from otpt_site.pages.plan import OutputFile
from tests.test_publish import big_site

out = Path(sys.argv[1])
print("ready", flush=True)
for run in range(10_000):
    files = [OutputFile.of(path, text.encode()) for path, text in big_site(run).items()]
    with output_lock(out, "build", print):
        publish(Look(out).output("build", print), files, print)
"""


def _is_whole(out: Path, digests: Mapping[str, str]) -> bool:
    with Look(out) as look:
        return look.is_whole(digests)


def big_site(run: int) -> dict[str, str]:
    """A site that differs from run to run, and tells in each file of which run it is."""
    pages = {f"{run % 3}/{number}/index.html": f"{run} assets/s.{run % 5}.js " * 900 for number in range(40)}
    return pages | {f"assets/s.{run % 5}.js": f"{run % 5} " * 900, "feed.xml": f"{run} " * 5000}


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_real_kill_is_survived(out: Path, tmp_path: Path, seed: int) -> None:
    _prepared(out, {})
    command = [sys.executable, "-c", KILLED_CHILD, str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1]) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(random.Random(seed).uniform(0.0, 0.3))  # noqa: S311 - a moment, no secret
        child.send_signal(signal.SIGKILL)
    held = _held(out)
    # An asset may outlive the pages that name it, and tells less: the first five sites have all of them.
    runs = {int(text.split()[0]) for path, text in held.items() if path.endswith((".xml", ".html"))} | set(range(5))
    _serves(out, *(big_site(run) for run in runs))
    with output_lock(out, "build", _no_problem, patience=0.0) as free:
        assert free
        _put(SECOND, out)
    _prepared(tmp_path / "clean", SECOND)
    assert _everything(out) == _everything(tmp_path / "clean")


def _fail(error: int) -> Callable[..., NoReturn]:
    def failing(*_: object, **__: object) -> NoReturn:
        raise OSError(error, os.strerror(error))

    return failing


def test_a_full_disk_is_told_and_mended_by_the_next_build(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _published(FIRST, out)
    real, calls = os.write, itertools.count()

    def written(descriptor: int, data: memoryview) -> int:
        # A disk takes the manifest, one asset and a part of a page.
        return real(descriptor, data[:3]) if next(calls) < 4 else _fail(errno.ENOSPC)()

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", written)
        problem = _refused({**SECOND, "c/index.html": "a page"}, out)
    assert problem.place.path.startswith("build/")
    assert "No space left" in problem.message
    assert not list(out.rglob("*.otpt-new"))
    assert _held(out) == FIRST
    _published(SECOND, out)
    assert _held(out) == SECOND


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "otpt", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


# 600 kB, so that the disk holds the one site or the other but not both.
LARGE = {f"{number}/index.html": f"{number} " * 10_000 for number in range(20)}
LARGER = {path: f"new {text}" * 3 for path, text in LARGE.items()}


def test_a_disk_that_is_full_in_earnest(small_disk: Path, tmp_path: Path) -> None:
    out = small_disk / "build"
    _published(LARGE, out)
    for _ in range(2):
        assert "No space left" in _refused(LARGER, out).message
        assert not list(out.rglob("*.otpt-new"))
        _serves(out, LARGE, LARGER)
    _published(LARGE | {"0/index.html": "new"}, out)
    _published(LARGE | {"0/index.html": "new"}, tmp_path / "clean")
    assert _everything(out) == _everything(tmp_path / "clean")


def test_on_a_disk_without_any_room_nothing_is_touched(small_disk: Path) -> None:
    out = small_disk / "build"
    _published(LARGE, out)
    with contextlib.suppress(OSError), (small_disk / "filler").open("wb", buffering=0) as filler:
        while True:
            filler.write(bytes(4096))
    before = _everything(out)
    with output_lock(out, "build", _no_problem) as held:
        assert held
        assert _refused(LARGE | {"0/index.html": "new " * 10_000}, out).place.path == f"build/{MANIFEST}"
        assert _published(LARGE, out) == Published(0, len(LARGE), 0)
    assert _everything(out) == before


def test_a_disk_that_may_only_be_read(small_disk: Path) -> None:
    out = small_disk / "build"
    _published(FIRST, out)
    found: list[Diagnostic] = []
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    check_output(out, (), "build", found.append)
    with output_lock(out, "build", found.append) as held:
        assert not held
    assert [(one.rule, one.place.path) for one in found] == [("bad-output", "build")] * 2
    assert "Read-only" in _refused(SECOND, out).message
    assert _published(FIRST, out) == Published(0, 6, 0)
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    _published(SECOND, out)
    assert _held(out) == SECOND


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_whose_rights_forbid_writing(out: Path) -> None:
    _published(FIRST, out)
    out.chmod(0o555)
    assert "Permission denied" in _refused(SECOND, out).message
    out.chmod(0o755)
    _published(SECOND, out)
    assert _held(out) == SECOND


def test_a_folder_that_may_not_be_written_is_told(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "replace", _fail(errno.EACCES))
    assert "Permission denied" in _refused(FIRST, out).message
    assert _held(out) == {}


@pytest.mark.parametrize(
    ("call", "error"),
    [("replace", errno.EACCES), ("replace", errno.EBUSY), ("unlink", errno.EPERM), ("unlink", errno.EACCES)],
)
def test_a_file_that_can_not_be_replaced_or_removed_is_named(
    out: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: int
) -> None:
    _published(FIRST, out)
    site = SECOND if call == "replace" else {path: text for path, text in FIRST.items() if path != "index.html"}

    def refuse(*paths: Any) -> None:
        if Path(paths[-1]) == out / "index.html":
            raise OSError(error, os.strerror(error), *map(str, paths))

    with monkeypatch.context() as patched:
        _spy(patched, call, refuse)
        problem = _refused(site, out)
    assert problem.place.path == "build/index.html"
    assert os.strerror(error) in problem.message
    assert _held(out)["index.html"] == "home"
    assert not list(out.rglob("*.otpt-new"))
    _published(site, out)
    assert _held(out) == site


def test_a_file_that_can_not_be_discarded_hides_no_error(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", _fail(errno.ENOSPC))
    monkeypatch.setattr(os, "unlink", _fail(errno.EACCES))
    problem = _refused(FIRST, out)
    assert problem.place.path == f"build/{MANIFEST}"
    assert "No space left" in problem.message


def test_a_folder_that_can_not_be_removed_is_told(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _published(FIRST, out)
    monkeypatch.setattr(os, "rmdir", _fail(errno.EBUSY))
    assert _refused(SECOND, out).place.path == "build"


def test_time_stamps_decide_nothing(out: Path) -> None:
    _published(FIRST, out)
    page = out / "a/index.html"
    before = page.stat()
    page.write_text("PAGE A")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (page.stat().st_size, page.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert not _is_whole(out, _digests(FIRST))
    assert _published(FIRST, out) == Published(1, 5, 0)
    # A clock that was ahead and now goes right.
    for path in (*out.rglob("*"), out):
        os.utime(path, (2**32, 2**32))
    assert _is_whole(out, _digests(FIRST))
    assert _published(FIRST, out) == Published(0, 6, 0)
    assert _published(SECOND, out) == Published(4, 0, 4)
    assert _held(out) == SECOND


def test_after_a_power_cut_what_never_reached_the_disk_is_made_again(out: Path, tmp_path: Path) -> None:
    _published(SECOND, tmp_path / "clean")
    _published(SECOND, out)
    (out / "index.html").write_bytes(b"")
    (out / "c/index.html").write_bytes(bytes(6))
    (out / "feed.xml").unlink()
    assert _published(SECOND, out) == Published(3, 1, 0)
    assert _everything(out) == _everything(tmp_path / "clean")


def test_the_manifest_is_on_the_disk_before_the_first_change_and_after_the_last(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    _spy(monkeypatch, "fsync", lambda _: steps.append("on disk"))
    _spy(monkeypatch, "replace", lambda _, path: steps.append(Path(path).name))
    _published({"index.html": "home"}, out)
    assert steps == ["on disk", MANIFEST, "index.html", "on disk", MANIFEST]


def _kept(out: Path, known: Mapping[str, str]) -> list[OutputFile]:
    """The files that the folder holds already, as the renderer hands them on."""
    return [OutputFile(path, digest) for path, digest in known.items() if path not in Look(out).altered(known)]


def test_files_known_by_digest_are_kept(out: Path) -> None:
    _published(FIRST, out)
    kept = _kept(out, _digests(FIRST))
    assert kept == [OutputFile(path, digest) for path, digest in _digests(FIRST).items()]
    assert publish(_output(out), kept, _no_problem) == Published(0, 6, 0)
    assert publish(_output(out), [*kept[1:], OutputFile.of("index.html", b"new")], _no_problem) == Published(1, 5, 0)
    assert _is_whole(out, _digests(FIRST | {"index.html": "new"}))


def test_files_known_by_digest_that_are_missing_or_altered_are_not_kept(out: Path) -> None:
    _published(FIRST, out)
    (out / "index.html").write_text("HOME")
    (out / "feed.xml").unlink()
    (out / "a/index.html").rename(out / "x")
    (out / "a/index.html").symlink_to(out / "x")
    known = {**_digests(FIRST), "never/index.html": digest_of(b"")}
    kept = _kept(out, known)
    assert {file.path for file in kept} == {"a/b/index.html", "assets/x.1.js", "media/y.1.svg"}


def test_a_file_known_by_digest_is_ours_from_then_on(out: Path) -> None:
    _published(FIRST, out)
    (out / MANIFEST).unlink()
    kept = _kept(out, _digests(FIRST))
    found: list[Diagnostic] = []
    foreign_files(_output(out), kept, found.append)
    assert not found
    assert publish(_output(out), kept, _no_problem) == Published(0, 6, 0)
    assert _owned(out) == set(FIRST)


def _unfit(out: Path, content: Path) -> list[str]:
    found: list[Diagnostic] = []
    check_output(out, (content,), "build", found.append)
    assert {one.rule for one in found} <= {"bad-output"}
    assert all("choose another folder" in one.hint.lower() for one in found)
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
