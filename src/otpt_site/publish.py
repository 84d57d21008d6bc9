"""Writes the site into the output folder so that a reader never meets half a file, and nothing foreign is lost.

Every file is written aside and moved in place. The manifest is the journal too: before the first change it is written
with all that will be touched marked as unsettled, so a build that was cut short leaves a list of everything that may be
ours, and the next one finishes what it began.

Only the manifest is forced on to the disk, because it says what may be removed. To do so for each page takes ten times
as long as to write it. After a power cut pages may be empty or old; the next build reads them all and finds out.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from otpt_site.diagnostics import Place, Report, problem
from otpt_site.output_folder import (
    ASIDE,
    MANIFEST,
    UNSETTLED,
    Output,
    manifest_bytes,
)
from otpt_site.pages.plan import OutputFile

_ASSETS, _PAGES, _LISTS = range(3)
# A folder that is not removed: it holds something, it is gone already, or a file took its place.
_STAYS: Final = (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT, errno.ENOTDIR)
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Published(msgspec.Struct, frozen=True):
    """How many files were written, found unchanged, and removed."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


def check_output(out: Path, inputs: Iterable[Path], shown: str, report: Report) -> None:
    """Reports an output folder that can't be used: inside one of the `inputs`, around it, or not to be written to."""
    try:
        for fault, hint in _faults(out, inputs):
            report(problem("bad-output", Place(shown), fault, hint))
    except (OSError, RuntimeError) as error:
        # RuntimeError: links that lead in a circle.
        report(problem("bad-output", Place(shown), f"{shown} can't be used: {error}"))


def _faults(out: Path, inputs: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """What is wrong with the folder, and what to do where that is more than to choose another one."""
    inner = out.resolve()
    for folder in inputs:
        outer = folder.resolve()
        if inner.is_relative_to(outer) or outer.is_relative_to(inner):
            yield f"{out} lies in {folder}, or holds it", ""
    existing = next(path for path in (inner, *inner.parents) if path.exists())
    if not existing.is_dir():
        yield f"{existing.name} is a file", "Move that file away, or choose another folder with --out."
    elif not os.access(existing, os.W_OK | os.X_OK):
        yield f"{out} can't be written to", "See to it that you may write there, or choose another folder with --out."


def foreign_files(output: Output, files: Sequence[OutputFile], report: Report) -> None:
    """Reports what we did not write: a warning, or an error where it stands in the way of one of the `files`."""
    wanted = {file.path: file for file in files}
    foreign = output.foreign(wanted)
    if not foreign:
        return
    needed = _folders(wanted)
    folders = needed | _folders(output.ours)
    told: set[str] = set()
    for path in sorted(foreign):
        if path in needed or not wanted.keys().isdisjoint(_folders_of(path)) or path in wanted:
            if path not in wanted or not _is_there(output, wanted[path]):
                message = "a page belongs here, but this file was not made by this tool"
                hint = "Move it away, then build again."
                report(problem("bad-output", Place(f"{output.shown}/{path}"), message, hint))
            continue
        # A folder that holds nothing of ours is told as one, whatever is in it.
        told.add(next((folder for folder in _folders_of(path) if folder not in folders), path))
    for path in sorted(told):
        message = "this was not made by this tool; it was left alone"
        report(problem("foreign-file", Place(f"{output.shown}/{path}"), message))


def _folders_of(path: str) -> list[str]:
    """The folders that a path lies in, outermost first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: end + 1]) for end in range(len(parts))]


def _folders(paths: Iterable[str]) -> set[str]:
    """All folders that these paths lie in."""
    return {folder for path in paths for folder in _folders_of(path)}


def _is_there(output: Output, file: OutputFile) -> bool:
    """Whether the folder holds the file; of one without bytes the renderer has seen that it does."""
    return file.load is None or output.holds(file.path, file.digest)


def publish(output: Output, files: Sequence[OutputFile], report: Report) -> Published | None:
    """Makes the folder hold exactly `files`, beside what is foreign. None when it was cut short, which is reported."""
    out, shown = output.path, output.shown
    try:
        return _publish(output, files)
    except OSError as error:
        path = Path(error.filename or out)
        name = f"{shown}/{path.relative_to(out).as_posix()}" if path.is_relative_to(out) and path != out else shown
        message = f"{name} can't be written: {error.strerror or error}"
        report(problem("bad-output", Place(name), message, "Mend that and build again: it finishes what was begun."))
        return None


def _publish(output: Output, files: Sequence[OutputFile]) -> Published:
    out = output.path
    wanted = {file.path: file.digest for file in files}
    absent = [file for file in files if not _is_there(output, file)]
    changed = sorted(absent, key=lambda file: _order(file.path))
    gone = sorted(output.ours.keys() - wanted.keys(), key=_order, reverse=True)
    for path in output.leftovers(wanted):
        (out / path).unlink(missing_ok=True)
    if changed or gone:
        touched = dict.fromkeys([*gone, *(file.path for file in changed)], UNSETTLED)
        _write_manifest(out, wanted | touched)
    removed = _replace(out, changed, gone, wanted)
    if changed or gone or output.ours != wanted:
        _write_manifest(out, wanted)
    return Published(len(changed), len(wanted) - len(changed), removed)


def _replace(out: Path, changed: Iterable[OutputFile], gone: Sequence[str], wanted: Mapping[str, str]) -> int:
    """Writes what changed and removes what is gone, each in the order given. How many files were removed."""
    blocking = _blocking(gone, wanted)
    removed = _remove_all(out, [path for path in gone if path in blocking], wanted)
    for file in changed:
        place = f"{os.fspath(out)}/{file.path}"
        _clear(place)
        _write(place, file.load() if file.load else b"")
    return removed + _remove_all(out, [path for path in gone if path not in blocking], wanted)


def _order(path: str) -> tuple[int, str]:
    """Pages name assets, and feeds name pages: written in this order, nothing names what is not yet there.

    Removed in the opposite order, nothing names what is gone.
    """
    if path.startswith(("assets/", "media/")):
        return (_ASSETS, path)
    return (_PAGES if path.endswith(".html") else _LISTS, path)


def _blocking(gone: Sequence[str], wanted: Mapping[str, str]) -> frozenset[str]:
    """Files of ours that must go first: a folder must stand in their place, or a file in the place of their folder."""
    if not gone:
        return frozenset()
    needed = _folders(wanted)
    return frozenset(path for path in gone if path in needed or not wanted.keys().isdisjoint(_folders_of(path)))


def _write(path: str, data: bytes, *, through: bool = False) -> None:
    """Writes the file aside and moves it in place, so that it is whole at every moment.

    `through` waits until the disk has it. Raises OSError, with the file's own name.
    """
    aside = path + ASIDE
    try:
        descriptor = _opened(aside)
        try:
            _fill(descriptor, data)
            if through:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(aside, path)  # noqa: PTH105 - to make a Path for each of many files costs more than to move it
    except OSError as error:
        _discard(aside)
        raise OSError(error.errno, error.strerror or str(error), path) from error


def _opened(aside: str) -> int:
    """The new file's descriptor. Its folder is made, and what lies in its place is taken away, only when need be."""
    try:
        return os.open(aside, _NEW, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(aside), exist_ok=True)  # noqa: PTH103, PTH120 - as above
    except FileExistsError:
        os.unlink(aside)  # noqa: PTH108 - as above
    return os.open(aside, _NEW, 0o666)


def _fill(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        # A disk that is nearly full takes a part; only the next call tells that it is full.
        rest = rest[os.write(descriptor, rest) :]


def _discard(aside: str) -> None:
    try:
        os.unlink(aside)  # noqa: PTH108 - as above
    except OSError:
        return  # There is none, or the next build finds it.


def _clear(place: str) -> None:
    """Clears a place where a file must stand of folders with nothing in them."""
    try:
        is_folder = stat.S_ISDIR(os.lstat(place).st_mode)
    except OSError:
        return
    if is_folder:
        for folder, _, _ in os.walk(place, topdown=False):
            _remove_if_empty(Path(folder))


def _remove_all(out: Path, paths: Sequence[str], wanted: Mapping[str, str]) -> int:
    """Removes files of ours, and their folders when nothing else is in them. How many there were."""
    if not paths:
        return 0
    links = {folder for folder in _folders(paths) if (out / folder).is_symlink()}
    # Someone put a link where our folder was: what is behind it is not ours.
    ours = [path for path in paths if links.isdisjoint(_folders_of(path))]
    spelled = {path.casefold(): path for path in wanted}
    removed = sum(_remove(out, path, spelled.get(path.casefold())) for path in ours)
    for folder in sorted(_folders(ours), reverse=True):
        _remove_if_empty(out / folder)
    return removed


def _remove(out: Path, path: str, same_but_for_case: str | None) -> bool:
    target = out / path
    if same_but_for_case and _is_same(target, out / same_but_for_case):
        return False  # A file system that cares nothing for case: this is the page just written.
    if not os.path.lexists(target) or (target.is_dir() and not target.is_symlink()):
        return False
    target.unlink(missing_ok=True)
    return True


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _remove_if_empty(folder: Path) -> None:
    # Tried, not looked into first: to list a folder of 10,000 for each page that leaves it takes half a minute.
    try:
        folder.rmdir()
    except OSError as error:
        if error.errno not in _STAYS:
            raise


def _write_manifest(out: Path, files: Mapping[str, str]) -> None:
    _write(f"{os.fspath(out)}/{MANIFEST}", manifest_bytes(files), through=True)
