"""Writes the site into the output folder so that a reader never meets half a file, and nothing foreign is lost.

A manifest in the output folder lists what we wrote. Before anything is touched it is extended by what will be
written: a build that is cut short leaves a list of everything that may be ours, and the next one cleans up.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from otpt_site.diagnostics import Place, Report, problem
from otpt_site.render import OutputFile

MANIFEST: Final = ".otpt-manifest.json"
_ASIDE: Final = ".otpt-new"
# Pages name assets, and feeds name pages: written in this order, nothing names what is not yet there.
_FEEDS: Final = (".xml", ".txt", ".json", ".csv")


class Published(msgspec.Struct, frozen=True):
    """How many files were written, found unchanged, and removed."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


def check_output(out: Path, content: Path, report: Report) -> None:
    """Reports an output folder that can't be used: inside content/, around it, or not a folder."""
    place = Place(out.name)
    inner, outer = out.resolve(), content.resolve()
    if inner == outer or inner.is_relative_to(outer) or outer.is_relative_to(inner):
        report(problem("bad-output", place, f"{out} lies in {content}, or holds it"))
    elif out.exists() and not out.is_dir():
        report(problem("bad-output", place, f"{out} is a file"))
    elif not os.access(_nearest_existing(inner), os.W_OK):
        report(
            problem(
                "bad-output",
                place,
                f"{out} can't be written to",
                "Change its rights, or choose another folder with --out.",
            )
        )


def _nearest_existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path


def foreign_files(out: Path, files: Sequence[OutputFile], report: Report) -> None:
    """Reports what in `out` we did not write: a warning, or an error where it stands in the way of a page."""
    ours = _owned(out)
    wanted = {file.path: file.data for file in files}
    for path in _present(out):
        if path in ours or path.endswith(_ASIDE) or path == MANIFEST:
            continue
        place = Place(f"{out.name}/{path}")
        if path not in wanted:
            report(problem("foreign-file", place, "this file was not made by this tool; it was left alone"))
        elif (out / path).read_bytes() != wanted[path]:
            report(
                problem(
                    "bad-output",
                    place,
                    "a page belongs here, but this file was not made by this tool",
                    "Move it away, then build again.",
                )
            )


def publish(files: Sequence[OutputFile], out: Path, report: Report) -> Published:
    """Makes `out` hold exactly `files`, beside what is foreign. Reports a folder or file that can't be written."""
    try:
        return _publish(files, out)
    except OSError as error:
        name = Path(error.filename).name if error.filename else out.name
        report(
            problem(
                "bad-output",
                Place(out.name),
                f"{name} can't be written: {error.strerror or error}",
                "The next build will finish what this one began.",
            )
        )
        return Published()


def _publish(files: Sequence[OutputFile], out: Path) -> Published:
    owned = _owned(out)
    wanted = {file.path: hashlib.sha256(file.data).hexdigest() for file in files}
    out.mkdir(parents=True, exist_ok=True)
    changed = [file for file in sorted(files, key=_publishing_order) if not _holds(out / file.path, file.data)]
    gone = sorted(path for path in owned if path not in wanted)
    if changed or gone:
        _write_manifest(out, dict.fromkeys(gone, "") | wanted)
    for file in changed:
        _write(out / file.path, file.data)
    removed = sum(_remove(out, path) for path in gone)
    _remove_leftovers(out)
    _write_manifest(out, wanted)
    return Published(len(changed), len(wanted) - len(changed), removed)


def _publishing_order(file: OutputFile) -> tuple[int, str]:
    if file.path.endswith(".html"):
        return (1, file.path)
    return (2 if file.path.endswith(_FEEDS) else 0, file.path)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return not path.is_symlink() and path.read_bytes() == data
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    """Writes the file aside and moves it in place, so that it is whole at every moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + _ASIDE)
    aside.write_bytes(data)
    os.replace(aside, path)


def _remove(out: Path, path: str) -> bool:
    existed = (out / path).exists()
    (out / path).unlink(missing_ok=True)
    folder = (out / path).parent
    while folder != out and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
    return existed


def _remove_leftovers(out: Path) -> None:
    """What a build that was killed had written aside."""
    for path in list(_present(out)):
        if path.endswith(_ASIDE):
            (out / path).unlink(missing_ok=True)


def _present(out: Path) -> Iterable[str]:
    for folder, _, names in os.walk(out):
        for name in sorted(names):
            yield (Path(folder) / name).relative_to(out).as_posix()


def _owned(out: Path) -> frozenset[str]:
    """The paths that the manifest lists. A manifest that can't be read owns nothing, so that nothing is deleted by mistake."""
    try:
        paths = json.loads((out / MANIFEST).read_bytes())["files"]
        return frozenset(path for path in paths if not path.startswith("/") and ".." not in Path(path).parts)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return frozenset()


def _write_manifest(out: Path, files: dict[str, str]) -> None:
    data = (json.dumps({"version": 1, "files": dict(sorted(files.items()))}, indent=0) + "\n").encode()
    if not _holds(out / MANIFEST, data):
        _write(out / MANIFEST, data)
