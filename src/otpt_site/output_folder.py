"""What is in the output folder: the manifest of what is ours, every file that lies there, and whether ours are whole.

Time stamps decide nothing: files are read and hashed. Only what a build with nothing to do needs is here, and nothing
heavy is imported for it.

The manifest is `{"version": 1, "files": {path: SHA-256 in hex}}`. A path whose digest is empty is *unsettled*: a build
was about to write or remove it and did not get to the end, so the file may be old, new or missing.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Final, Self

import msgspec

from otpt_site.diagnostics import Place, Report, problem
from otpt_site.lock import LOCK
from otpt_site.pages.plan import is_safe_path
from otpt_site.workers import Shared

MANIFEST: Final = ".otpt-manifest.json"
ASIDE: Final = ".otpt-new"
UNSETTLED: Final = ""
_VERSION: Final = 1
# With so many files of ours, another process looks at them; in so many parts, of at least so many files.
_WORTH_A_PROCESS: Final = 1000
_MOST_TASKS: Final = 200
_FEWEST_FILES: Final = 100
# Links are not followed, and a pipe is not waited for. Windows has neither flag, and wants to be told "binary".
_READ: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class _Manifest(msgspec.Struct, frozen=True):
    version: int
    files: dict[str, str]


class Output(msgspec.Struct, frozen=True):
    """The output folder as a build finds it.

    `ours` is what the manifest lists, with digests. `present` is everything in the folder that is not itself a folder,
    links among it; what lies behind a link is not looked at. `digests` are those of the files that were looked at, if
    any were. `shown` is how problems name the folder.
    """

    path: Path
    shown: str
    ours: Mapping[str, str]
    present: frozenset[str]
    digests: Mapping[str, str | None]

    def holds(self, path: str, digest: str) -> bool:
        """Whether the file of ours at this path has this digest."""
        known = self.digests
        return (known[path] if path in known else _digest_of_file(f"{os.fspath(self.path)}/{path}")) == digest

    def leftovers(self, wanted: Iterable[str]) -> frozenset[str]:
        """What builds that were killed had written aside, as far as it belongs to a file of ours or a `wanted` one."""
        known = {MANIFEST, *self.ours, *wanted}
        return frozenset(path for path in self.present if path.endswith(ASIDE) and path.removesuffix(ASIDE) in known)

    def foreign(self, wanted: Iterable[str]) -> frozenset[str]:
        """What we did not make, or no manifest says that we did. It may stand where a `wanted` file must be."""
        return self.present - self.ours.keys() - {MANIFEST, LOCK} - self.leftovers(wanted)


class Look:
    """A look at the output folder `out`, as it was when the build began: what lies there, and which files are whole.

    In a large one, another process looks while this one reads the sources.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self._manifest = _manifest_as_read(out)
        files = [*read_manifest(out)]
        size = max(_FEWEST_FILES, -(-len(files) // _MOST_TASKS))
        tasks = [files[start : start + size] for start in range(0, len(files), size)]
        self._files = files
        self._begun = Shared(self._result, [[], *tasks]) if len(files) >= _WORTH_A_PROCESS else None

    def __enter__(self) -> Self:
        """Nothing more: the look has begun."""
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        """Lets the other process go."""
        if self._begun:
            self._begun.end()

    def _result(self, task: Sequence[str]) -> list[str | None]:
        """The digests of these files; of none, what is in the folder."""
        root = os.fspath(self.out)
        return [_digest_of_file(f"{root}/{path}") for path in task] if task else [*_present(self.out)]

    @cached_property
    def _looked(self) -> tuple[frozenset[str], dict[str, str | None]]:
        """What is in the folder, and the digests of files that were looked at. Raises OSError."""
        if self._begun is None:
            return _present(self.out), {}
        present, *digests = self._begun.results()
        found = [digest for some in digests for digest in some]
        return frozenset(path for path in present if path), dict(zip(self._files, found, strict=True))

    def output(self, shown: str, report: Report) -> Output | None:
        """All that lies in the folder, which need not exist. None when it can't be read, which is reported."""
        try:
            return Output(self.out, shown, read_manifest(self.out), *self._looked)
        except OSError as error:
            report(problem("bad-output", Place(shown), f"{shown} can't be looked through: {error}"))
            return None

    def altered(self, digests: Mapping[str, str]) -> frozenset[str]:
        """Which of these files, path → SHA-256, are missing or hold something else. Each is read and hashed."""
        root, known = os.fspath(self.out), self._looked[1] if self._begun else {}
        return frozenset(
            path
            for path, digest in digests.items()
            if (known[path] if path in known else _digest_of_file(f"{root}/{path}")) != digest
        )

    def holds_only(self, digests: Mapping[str, str]) -> bool:
        """Whether there are exactly these files, path → SHA-256, each one whole, and nothing that is not ours."""
        output = self.output("", lambda _: None)
        return output is not None and not output.foreign(digests) and self.is_whole(digests)

    def is_whole(self, digests: Mapping[str, str]) -> bool:
        """Whether there are exactly these files, path → SHA-256, each one whole, and no build was cut short.

        What is not ours is told by `Output.foreign` alone.
        """
        output = self.output("", lambda _: None)
        return (
            output is not None
            and output.ours == digests
            and not output.leftovers(digests)
            and not self.altered(digests)
        )

    def is_old(self) -> bool:
        """Whether another build has been at work in the folder since."""
        return _manifest_as_read(self.out) != self._manifest


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


def _manifest_as_read(out: Path) -> bytes | None:
    return read_whole(f"{os.fspath(out)}/{MANIFEST}")


def read_manifest(out: Path) -> Mapping[str, str]:
    """What the manifest lists, path → digest. One that can't be trusted lists nothing: nothing is lost by mistake."""
    return _listed_in(_manifest_as_read(out) or b"")


@lru_cache(maxsize=1)
def _listed_in(manifest: bytes) -> Mapping[str, str]:
    """What a manifest of these bytes lists: asked for several times in a build, and long to look through."""
    try:
        read = msgspec.json.decode(manifest, type=_Manifest)
    except (ValueError, RecursionError):
        return MappingProxyType({})
    listed = read.files if read.version == _VERSION else {}
    return MappingProxyType({path: digest for path, digest in listed.items() if is_safe_path(path)})


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
