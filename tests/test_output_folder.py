"""What the output folder holds: the manifest, what is ours and whole, and what is not."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from otpt_site.diagnostics import Diagnostic
from otpt_site.lock import LOCK
from otpt_site.output_folder import (
    ASIDE,
    MANIFEST,
    UNSETTLED,
    Look,
    Output,
    digest_of,
    manifest_bytes,
    read_manifest,
    read_whole,
)

SITE = {"index.html": "home", "a/b/index.html": "page", "assets/é x.svg": "picture"}
DIGESTS = {path: digest_of(text.encode()) for path, text in SITE.items()}


def _is_whole(out: Path, digests: Mapping[str, str]) -> bool:
    with Look(out) as look:
        return look.is_whole(digests)


def _write(out: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(text)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    out = tmp_path / "build"
    _write(out, SITE)
    (out / MANIFEST).write_bytes(manifest_bytes(DIGESTS))
    return out


def _read(out: Path) -> Output:
    found: list[Diagnostic] = []
    output = Look(out).output("build", found.append)
    assert output is not None, found
    return output


def test_the_manifest_says_what_was_put_in_it_whatever_its_order(out: Path) -> None:
    assert read_manifest(out) == DIGESTS
    assert manifest_bytes(dict(reversed(DIGESTS.items()))) == manifest_bytes(DIGESTS)
    (out / MANIFEST).write_bytes(manifest_bytes({}))
    assert read_manifest(out) == {}


def test_the_format_of_the_manifest_is_stable(out: Path) -> None:
    data = (out / MANIFEST).read_bytes()
    assert json.loads(data) == {"version": 1, "files": DIGESTS}
    # A line for each file, in order, so that the history of a published site can be read.
    lines = data.decode().splitlines()
    assert [json.loads(f"{{{line.strip(',}').rpartition('{')[2]}}}") for line in lines] == [
        {path: DIGESTS[path]} for path in sorted(DIGESTS)
    ]


def test_paths_that_lead_out_or_mean_something_else_are_not_ours(out: Path) -> None:
    (out / MANIFEST).write_text(json.dumps({"version": 1, "files": {"../x": "", "/x": "", "a//b": "", "ok": "d"}}))
    assert read_manifest(out) == {"ok": "d"}


def test_a_folder_that_is_as_it_should_be(out: Path) -> None:
    (out / "CNAME").write_text("not ours")
    (out / LOCK).write_text("1")
    assert _is_whole(out, DIGESTS)
    assert _is_whole(out, dict(reversed(DIGESTS.items())))


def _instead(out: Path, make: Callable[[Path], None]) -> None:
    """Puts something else in the place of a page."""
    (out.parent / "home").write_text("home")
    (out / "index.html").unlink()
    make(out / "index.html")


FAULTS: dict[str, Callable[[Path], object]] = {
    "a page is missing": lambda out: (out / "a/b/index.html").unlink(),
    "a page is altered": lambda out: (out / "index.html").write_text("HOME"),
    "a page is cut": lambda out: (out / "index.html").write_text("hom"),
    "a page is longer": lambda out: (out / "index.html").write_text("homer"),
    "a page is a folder": lambda out: _instead(out, Path.mkdir),
    "a page is a link": lambda out: _instead(out, lambda page: page.symlink_to(out.parent / "home")),
    "a page is a pipe": lambda out: _instead(out, os.mkfifo),
    "no manifest": lambda out: (out / MANIFEST).unlink(),
    "the manifest is cut": lambda out: (out / MANIFEST).write_bytes((out / MANIFEST).read_bytes()[:-9]),
    "a build was cut short": lambda out: (out / MANIFEST).write_bytes(
        manifest_bytes({**DIGESTS, "index.html": UNSETTLED})
    ),
    "something is to be removed": lambda out: (out / MANIFEST).write_bytes(
        manifest_bytes({**DIGESTS, "old.html": UNSETTLED})
    ),
    "a page too many is ours": lambda out: (out / MANIFEST).write_bytes(manifest_bytes({**DIGESTS, "old.html": "d"})),
    "a manifest was not moved in place": lambda out: (out / (MANIFEST + ASIDE)).write_text("{"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_folder_that_is_not_as_it_should_be(out: Path, fault: Callable[[Path], object]) -> None:
    fault(out)
    assert not _is_whole(out, DIGESTS)


def test_a_folder_that_holds_something_else_too(out: Path) -> None:
    with Look(out) as look:
        assert look.holds_only(DIGESTS)
    (out / "CNAME").write_text("not ours")
    with Look(out) as look:
        assert not look.holds_only(DIGESTS)
        assert look.is_whole(DIGESTS)


def test_a_folder_with_another_site_or_none(out: Path, tmp_path: Path) -> None:
    assert not _is_whole(out, {**DIGESTS, "more.html": digest_of(b"")})
    assert not _is_whole(out, {"index.html": DIGESTS["index.html"]})
    assert not _is_whole(tmp_path / "none", DIGESTS)


def test_what_is_missing_or_altered_is_named(out: Path) -> None:
    (out / "index.html").write_text("HOME")
    assert Look(out).altered({**DIGESTS, "none/x": digest_of(b"")}) == {"index.html", "none/x"}
    assert Look(out).altered({}) == frozenset()


def test_a_large_folder_is_looked_at_in_another_process_too(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With all that can be wrong, it is told as without help."""
    monkeypatch.setattr("otpt_site.output_folder._WORTH_A_PROCESS", 1)
    monkeypatch.setattr("otpt_site.workers._can_copy", lambda: True)
    monkeypatch.setattr("otpt_site.workers._cores", lambda: 2)
    with Look(out) as look:
        assert look.is_whole(DIGESTS)
        assert not look.is_whole({**DIGESTS, "more.html": digest_of(b"")})
    (out / "index.html").write_text("HOME")
    (out / "foreign").touch()
    with Look(out) as look:
        assert look.altered({**DIGESTS, "none/x": digest_of(b"")}) == {"index.html", "none/x"}
        output = look.output("build", print)
        assert output
        assert output.foreign(DIGESTS) == {"foreign"}


def test_a_look_tells_that_another_build_was_at_work(out: Path) -> None:
    look = Look(out)
    assert not look.is_old()
    (out / MANIFEST).write_bytes(manifest_bytes({**DIGESTS, "index.html": ""}))
    assert look.is_old()


def test_only_a_regular_file_is_read(out: Path) -> None:
    (out / "link").symlink_to("index.html")
    (out / "linked").symlink_to("a")
    os.mkfifo(out / "pipe")
    assert read_whole(f"{out}/index.html") == b"home"
    assert read_whole(f"{out}/linked/b/index.html") == b"page"
    for path in ("link", "pipe", "a", "none", "index.html/none"):
        assert read_whole(f"{out}/{path}") is None


def test_a_disk_that_fails_while_reading_reads_as_nothing(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise OSError

    monkeypatch.setattr(os, "read", fail)
    assert read_whole(f"{out}/index.html") is None


def test_all_that_is_present_is_found_but_nothing_behind_a_link(out: Path, tmp_path: Path) -> None:
    _write(tmp_path / "elsewhere", {"precious": "1"})
    (out / "link").symlink_to(tmp_path / "elsewhere")
    (out / "empty").mkdir()
    assert _read(out).present == {*SITE, MANIFEST, "link"}
    assert _read(tmp_path / "none") == Output(tmp_path / "none", "build", {}, frozenset(), {})


def test_a_folder_that_can_not_be_read_is_told(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    found: list[Diagnostic] = []
    monkeypatch.setattr(os, "scandir", refuse)
    assert Look(out).output("build", found.append) is None
    assert [(one.rule, one.place.path) for one in found] == [("bad-output", "build")]


def test_leftovers_are_what_we_wrote_aside_and_nothing_else(out: Path) -> None:
    ours = {f"index.html{ASIDE}", f"new.html{ASIDE}", f"{MANIFEST}{ASIDE}"}
    _write(out, dict.fromkeys([*ours, f"letter{ASIDE}", "CNAME", LOCK], "x"))
    assert _read(out).leftovers(["new.html"]) == ours
    assert _read(out).foreign(["new.html"]) == {f"letter{ASIDE}", "CNAME"}
    assert _read(out).foreign([]) == {f"letter{ASIDE}", "CNAME", f"new.html{ASIDE}"}


def test_to_verify_imports_nothing_heavy() -> None:
    script = "import sys, otpt_site.output_folder, otpt_site.lock; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"jinja2", "markdown", "yaml", "babel", "rich", "nh3", "click"} & set(done.stdout.split())
