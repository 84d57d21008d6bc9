"""Walks the content folder and reads every file in it, in a fixed order, with its digest.

Nothing is parsed here. This is where the rules on links, sizes and readable files live, so that later
stages can trust what they are given.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from otpt_site.diagnostics import Place, Report, problem

TEXT_LIMIT: Final = 1_000_000
MEDIA_LIMIT: Final = 10_000_000
MEDIA_FOLDER: Final = "media/"
_BACKUP_ENDINGS: Final = ("~", ".swp", ".swo", ".bak", ".orig", ".tmp")


class SourceFile(msgspec.Struct, frozen=True):
    """One file of the content: its path under the content folder, its bytes and their SHA-256."""

    path: str
    shown_path: str
    data: bytes
    digest: str


def read_sources(content: Path, report: Report) -> tuple[SourceFile, ...]:
    """Every file under `content`, sorted by path. Hidden and backup files are passed over.

    Reports and leaves out what is too large, can't be read, or is a link out of the folder.
    """
    root = content.resolve()
    if not root.is_dir():
        report(problem("content-missing", Place(content.name), f"there is no folder {content}"))
        return ()
    found = tuple(_read_all(root, root, content.name, report))
    if not found:
        report(problem("content-missing", Place(content.name), f"the folder {content} is empty"))
    return tuple(sorted(found, key=lambda source: source.path))


def _read_all(folder: Path, root: Path, shown_root: str, report: Report) -> Iterator[SourceFile]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith((".", "#")) or entry.name.endswith(_BACKUP_ENDINGS):
            continue
        path = Path(entry.path)
        relative = path.relative_to(root).as_posix()
        place = Place(f"{shown_root}/{relative}")
        if entry.is_symlink() and not _leads_to_a_file_inside(path, root):
            report(problem("foreign-symlink", place, "this link leads out of content/, to a folder, or nowhere"))
        elif entry.is_dir():
            yield from _read_all(path, root, shown_root, report)
        else:
            source = _read(path, relative, place, report)
            if source:
                yield source


def _leads_to_a_file_inside(link: Path, root: Path) -> bool:
    # A link to a folder is refused even inside content/: it could lead in a circle, and would show pages twice.
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_file() and target.is_relative_to(root)


def _read(path: Path, relative: str, place: Place, report: Report) -> SourceFile | None:
    limit = MEDIA_LIMIT if relative.startswith(MEDIA_FOLDER) else TEXT_LIMIT
    try:
        with path.open("rb") as file:
            # One byte more than allowed tells that a file is too large without reading the rest of it.
            data = file.read(limit + 1)
    except OSError as error:
        report(problem("file-unreadable", place, f"the file can't be read: {error.strerror or error}"))
        return None
    if len(data) > limit:
        report(problem("file-too-large", place, f"the file is larger than {limit // 1_000_000} MB"))
        return None
    return SourceFile(relative, place.path, data, hashlib.sha256(data).hexdigest())
