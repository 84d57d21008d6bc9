"""Writes the site into the output folder so that a reader never meets half a file, and nothing foreign is lost.

A manifest in the output folder lists what we wrote. Before anything is touched it is extended by what will be
written: a build that is cut short leaves a list of everything that may be ours, and the next one cleans up.
"""

import hashlib
import json
import os
import posixpath
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from otpt_site.diagnostics import Place, Report, problem
from otpt_site.pages.plan import OutputFile, is_safe_path

MANIFEST: Final = ".otpt-manifest.json"
_VERSION: Final = 1
_ASIDE: Final = ".otpt-new"


class Published(msgspec.Struct, frozen=True):
    """How many files were written, found unchanged, and removed."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


def check_output(out: Path, inputs: Iterable[Path], shown: str, report: Report) -> None:
    """Reports an output folder that can't be used: inside one of the `inputs`, around it, or not to be written to."""
    try:
        for fault in _faults(out, inputs):
            report(problem("bad-output", Place(shown), fault))
    except (OSError, RuntimeError) as error:
        # RuntimeError: links that lead in a circle.
        report(problem("bad-output", Place(shown), f"{shown} can't be used: {error}"))


def _faults(out: Path, inputs: Iterable[Path]) -> Iterator[str]:
    inner = out.resolve()
    for folder in inputs:
        outer = folder.resolve()
        if inner.is_relative_to(outer) or outer.is_relative_to(inner):
            yield f"{out} lies in {folder}, or holds it"
    existing = next(path for path in (inner, *inner.parents) if path.exists())
    if not existing.is_dir():
        yield f"{existing.name} is a file"
    elif not os.access(existing, os.W_OK | os.X_OK):
        yield f"{out} can't be written to"


def foreign_files(out: Path, files: Sequence[OutputFile], shown: str, report: Report) -> None:
    """Reports what in `out` we did not write: a warning, or an error where it stands in the way of a page."""
    try:
        _report_foreign(out, files, shown, report)
    except OSError as error:
        report(problem("bad-output", Place(shown), f"{shown} can't be looked through: {error}"))


def _report_foreign(out: Path, files: Sequence[OutputFile], shown: str, report: Report) -> None:
    ours = _owned(out)
    wanted = {file.path: file.digest for file in files}
    folders = {folder for path in (*ours, *wanted) for folder in _folders_of(path)}
    needed = {folder for path in wanted for folder in _folders_of(path)}
    told: set[str] = set()
    for path in _present(out):
        if path in ours or path == MANIFEST or _is_leftover(path, ours | wanted.keys()):
            continue
        if path in needed or not wanted.keys().isdisjoint(_folders_of(path)) or path in wanted:
            if path not in wanted or not _holds(out / path, wanted[path]):
                message = "a page belongs here, but this file was not made by this tool"
                hint = "Move it away, then build again."
                report(problem("bad-output", Place(f"{shown}/{path}"), message, hint))
            continue
        # A folder that holds nothing of ours is told as one, whatever is in it.
        told.add(next((folder for folder in _folders_of(path) if folder not in folders), path))
    for path in sorted(told):
        message = "this was not made by this tool; it was left alone"
        report(problem("foreign-file", Place(f"{shown}/{path}"), message))


def _folders_of(path: str) -> list[str]:
    """The folders that a path lies in, outermost first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: end + 1]) for end in range(len(parts))]


def _is_leftover(path: str, ours: Iterable[str]) -> bool:
    """Whether this is what a build that was killed had written aside."""
    return path.endswith(_ASIDE) and path.removesuffix(_ASIDE) in {MANIFEST, *ours}


def publish(files: Sequence[OutputFile], out: Path, shown: str, report: Report) -> Published | None:
    """Makes `out` hold exactly `files`, beside what is foreign. None when it was cut short, which is reported."""
    try:
        return _publish(files, out)
    except OSError as error:
        path = Path(error.filename or out)
        name = f"{shown}/{path.relative_to(out).as_posix()}" if path.is_relative_to(out) and path != out else shown
        message = f"{name} can't be written: {error.strerror or error}"
        report(problem("bad-output", Place(name), message, "Mend that and build again: it finishes what was begun."))
        return None


def _publish(files: Sequence[OutputFile], out: Path) -> Published:
    owned = _owned(out)
    wanted = {file.path: file.digest for file in files}
    out.mkdir(parents=True, exist_ok=True)
    changed = [
        file for file in sorted(files, key=_publishing_order) if file.load and not _holds(out / file.path, file.digest)
    ]
    gone = sorted(owned - wanted.keys())
    if changed or gone:
        _write_manifest(out, dict.fromkeys(gone, "") | wanted)
    blocking = _blocking(gone, wanted)
    removed = _remove_all(out, blocking, wanted)
    for file in changed:
        _remove_empty_folders(out / file.path)
        _write(out / file.path, file.load() if file.load else b"")
    removed += _remove_all(out, (path for path in gone if path not in blocking), wanted)
    _remove_leftovers(out, owned | wanted.keys())
    _write_manifest(out, wanted)
    return Published(len(changed), len(wanted) - len(changed), removed)


def _publishing_order(file: OutputFile) -> tuple[int, str]:
    """Pages name assets, and feeds name pages: written in this order, nothing names what is not yet there."""
    if file.path.startswith(("assets/", "media/")):
        return (0, file.path)
    return (1 if file.path.endswith(".html") else 2, file.path)


def _blocking(gone: Iterable[str], wanted: Mapping[str, str]) -> frozenset[str]:
    """Files of ours that must go first: a folder must stand in their place, or a file in the place of their folder."""
    needed = {folder for path in wanted for folder in _folders_of(path)}
    return frozenset(path for path in gone if path in needed or not wanted.keys().isdisjoint(_folders_of(path)))


def unlike(out: Path, digests: Mapping[str, str]) -> frozenset[str]:
    """The paths at which `out` does not hold a file with the digest named."""
    return frozenset(path for path, digest in digests.items() if not _holds(out / path, digest))


def verify(out: Path, digests: Mapping[str, str]) -> bool:
    """Whether `out` holds exactly the files with these digests, listed by its manifest, and nothing else."""
    return not unlike(out, digests) and set(_present(out)) == {*digests, MANIFEST} and _listed(out) == digests


def _listed(out: Path) -> dict[str, str]:
    """What the manifest lists."""
    try:
        return dict(json.loads((out / MANIFEST).read_bytes())["files"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return {}


def _holds(path: Path, digest: str) -> bool:
    try:
        # Asked first, because reading a pipe would wait for ever.
        return stat.S_ISREG(path.lstat().st_mode) and hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    """Writes the file aside and moves it in place, so that it is whole at every moment."""
    aside = path.with_name(path.name + _ASIDE)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.unlink(missing_ok=True)  # Were it a link, writing would follow it.
        with aside.open("xb") as file:
            file.write(data)
        aside.replace(path)
    except OSError as error:
        _discard(aside)
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


def _discard(aside: Path) -> None:
    try:
        aside.unlink(missing_ok=True)
    except OSError:
        return  # The next build finds it.


def _remove_all(out: Path, paths: Iterable[str], wanted: Mapping[str, str]) -> int:
    spelled = {path.casefold(): path for path in wanted}
    return sum(_remove(out, path, spelled.get(path.casefold())) for path in sorted(paths))


def _remove(out: Path, path: str, same_but_for_case: str | None) -> bool:
    """Removes a file of ours, and its folders when nothing else is in them."""
    target = out / path
    if any((out / folder).is_symlink() for folder in _folders_of(path)):
        return False  # Someone put a link where our folder was: what is behind it is not ours.
    if same_but_for_case and _is_same(target, out / same_but_for_case):
        return False  # A file system that cares nothing for case: this is the page just written.
    existed = os.path.lexists(target)
    if existed and target.is_dir() and not target.is_symlink():
        return False
    target.unlink(missing_ok=True)
    for folder in reversed(_folders_of(path)):
        if not _remove_if_empty(out / folder):
            break
    return existed


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _remove_if_empty(folder: Path) -> bool:
    if not folder.is_dir() or any(folder.iterdir()):
        return not folder.exists()
    folder.rmdir()
    return True


def _remove_empty_folders(place: Path) -> None:
    """Clears a place where a file must stand of folders with nothing in them."""
    if place.is_dir() and not place.is_symlink():
        for folder, _, _ in os.walk(place, topdown=False):
            _remove_if_empty(Path(folder))


def _remove_leftovers(out: Path, ours: Iterable[str]) -> None:
    known = frozenset(ours)
    for path in list(_present(out)):
        if _is_leftover(path, known):
            (out / path).unlink(missing_ok=True)


def _present(out: Path, inside: str = "") -> Iterator[str]:
    """Everything in the folder that is not itself a folder; links to folders are not followed."""
    if not (out / inside).is_dir():
        return
    with os.scandir(out / inside) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            path = posixpath.join(inside, entry.name)
            if entry.is_dir(follow_symlinks=False):
                yield from _present(out, path)
            else:
                yield path


def _owned(out: Path) -> frozenset[str]:
    """The paths that the manifest lists. One that can't be trusted owns nothing, so that nothing is lost by mistake."""
    try:
        manifest = json.loads((out / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return frozenset()
    if not isinstance(manifest, dict) or manifest.get("version") != _VERSION:
        return frozenset()
    files = manifest.get("files")
    return frozenset(path for path in files if is_safe_path(path)) if isinstance(files, dict) else frozenset()


def _write_manifest(out: Path, files: Mapping[str, str]) -> None:
    data = (json.dumps({"version": _VERSION, "files": dict(sorted(files.items()))}, indent=0) + "\n").encode()
    if not _holds(out / MANIFEST, hashlib.sha256(data).hexdigest()):
        _write(out / MANIFEST, data)
