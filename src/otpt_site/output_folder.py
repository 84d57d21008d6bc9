"""What is in the output folder: the manifest of what is ours, every file that lies there, and whether ours are whole.

Time stamps decide nothing: files are read and hashed. Only what a build with nothing to do needs is here, and nothing
heavy is imported for it.

The manifest is `{"version": 1, "files": {path: SHA-256 in hex}}`. A path whose digest is empty is *unsettled*: a build
was about to write or remove it and did not get to the end, so the file may be old, new or missing.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Thread
from typing import Final

import msgspec

from otpt_site.diagnostics import Place, Report, problem
from otpt_site.lock import LOCK
from otpt_site.pages.plan import is_safe_path

MANIFEST: Final = ".otpt-manifest.json"
ASIDE: Final = ".otpt-new"
UNSETTLED: Final = ""
_VERSION: Final = 1
_THREADS: Final = 2
_WORTH_A_THREAD: Final = 500
# Links are not followed, and a pipe is not waited for. Windows has neither flag, and wants to be told "binary".
_READ: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class _Manifest(msgspec.Struct, frozen=True):
    version: int
    files: dict[str, str]


class Output(msgspec.Struct, frozen=True):
    """The output folder as a build finds it.

    `ours` is what the manifest lists, with digests. `present` is everything in the folder that is not itself a folder,
    links among it; what lies behind a link is not looked at. `shown` is how problems name the folder.
    """

    path: Path
    shown: str
    ours: Mapping[str, str]
    present: frozenset[str]

    def leftovers(self, wanted: Iterable[str]) -> frozenset[str]:
        """What builds that were killed had written aside, as far as it belongs to a file of ours or a `wanted` one."""
        known = {MANIFEST, *self.ours, *wanted}
        return frozenset(path for path in self.present if path.endswith(ASIDE) and path.removesuffix(ASIDE) in known)

    def foreign(self, wanted: Iterable[str]) -> frozenset[str]:
        """What we did not make, or no manifest says that we did. It may stand where a `wanted` file must be."""
        return self.present - self.ours.keys() - {MANIFEST, LOCK} - self.leftovers(wanted)

    def is_whole(self, digests: Mapping[str, str]) -> bool:
        """Whether there are exactly these files of ours, path → SHA-256, each one whole, and no build was cut short.

        What is not ours is not looked at.
        """
        return self.ours == digests and not self.leftovers(digests) and not altered(self.path, digests)


def read_output(out: Path, shown: str, report: Report) -> Output | None:
    """Looks through the folder `out`, which need not exist. None when it can't be read, which is reported."""
    try:
        return Output(out, shown, read_manifest(out), _present(out))
    except OSError as error:
        report(problem("bad-output", Place(shown), f"{shown} can't be looked through: {error}"))
        return None


def altered(out: Path, digests: Mapping[str, str]) -> frozenset[str]:
    """Which of these files, path → SHA-256, are missing in `out` or hold something else. Each is read and hashed."""
    root = os.fspath(out)
    files = list(digests.items())
    if len(files) < _WORTH_A_THREAD:
        return frozenset(path for path, digest in files if _digest_of_file(f"{root}/{path}") != digest)
    found: list[str] = []

    def look(start: int) -> None:
        found.extend(path for path, digest in files[start::_THREADS] if _digest_of_file(f"{root}/{path}") != digest)

    # Python lets other threads run while one reads or hashes. The last share is looked at here.
    threads = [Thread(target=look, args=(start,)) for start in range(1, _THREADS)]
    for thread in threads:
        thread.start()
    look(0)
    for thread in threads:
        thread.join()
    return frozenset(found)


def digest_of(data: bytes) -> str:
    """The digest by which manifest and cache know these bytes."""
    return hashlib.sha256(data).hexdigest()


def _digest_of_file(path: str) -> str | None:
    data = read_whole(path)
    return None if data is None else digest_of(data)


def read_whole(path: str) -> bytes | None:
    """The bytes of a file; None when there is none, it can't be read, or it is no regular file."""
    try:
        descriptor = os.open(path, _READ)
    except OSError:
        return None
    try:
        status = os.fstat(descriptor)
        return os.read(descriptor, status.st_size) if stat.S_ISREG(status.st_mode) else None
    except OSError:
        return None
    finally:
        os.close(descriptor)


def read_manifest(out: Path) -> dict[str, str]:
    """What the manifest lists, path → digest. One that can't be trusted lists nothing: nothing is lost by mistake."""
    try:
        manifest = msgspec.json.decode(read_whole(f"{os.fspath(out)}/{MANIFEST}") or b"", type=_Manifest)
    except (ValueError, RecursionError):
        return {}
    if manifest.version != _VERSION:
        return {}
    return {path: digest for path, digest in manifest.files.items() if is_safe_path(path)}


def manifest_bytes(files: Mapping[str, str]) -> bytes:
    """The manifest of these files, path → digest, one a line, so that the history of a published site can be read."""
    data = msgspec.json.encode(_Manifest(_VERSION, dict(sorted(files.items()))))
    # Between the texts of a manifest stands nothing else: neither a safe path nor a digest holds a quotation mark.
    return data.replace(b'","', b'",\n"') + b"\n"


def _present(out: Path) -> frozenset[str]:
    found: list[str] = []
    root = os.fspath(out)
    folders = [""] if out.is_dir() else []
    while folders:
        inside = folders.pop()
        with os.scandir(f"{root}/{inside}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{inside}{entry.name}/")
                else:
                    found.append(inside + entry.name)
    return frozenset(found)
