"""Walks the content folder and reads every file in it, in a fixed order, with its digest.

Nothing is parsed here. This is where the rules on links, sizes and readable files live, so that later
stages can trust what they are given.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

from otpt_site.diagnostics import Place, Report, problem

TEXT_LIMIT: Final = 1_000_000
MEDIA_LIMIT: Final = 10_000_000
MEDIA_FOLDER: Final = "media/"
# The last three are of JetBrains' editors and of Visual Studio Code, there for a moment while they save.
_BACKUP_ENDINGS: Final = (
    "~", ".swp", ".swo", ".bak", ".orig", ".tmp", "___jb_tmp___", "___jb_old___", ".vsctmp"
)  # fmt: skip
_BY_THE_SYSTEM: Final = frozenset({"thumbs.db", "desktop.ini"})


class SourceFile(msgspec.Struct, frozen=True):
    """One file of the content: its path under the content folder, its bytes and their SHA-256.

    A `refused` file is there, but nothing may be made of it: the reason is reported, and it has no bytes.
    """

    path: str
    shown_path: str
    data: bytes
    digest: str
    refused: bool = False


def read_sources(content: Path, report: Report) -> tuple[SourceFile, ...]:
    """Every file under `content`, sorted by path. Hidden and backup files are passed over.

    What is too large, can't be read, or is a link out of the folder is reported and refused; it keeps its name, so that
    nobody calls it missing.
    """
    root = content.resolve()
    if not root.is_dir():
        report(problem("content-missing", Place(content.name), "there is no such folder"))
        return ()
    found = tuple(_read_all(root, "", content.name, report))
    if not found:
        report(problem("content-missing", Place(content.name), "nothing is in this folder"))
    return tuple(sorted(found, key=lambda source: source.path))


def with_planned(
    sources: Iterable[SourceFile], planned: Mapping[str, bytes], shown_root: str
) -> tuple[SourceFile, ...]:
    """The sources as they would be with the `planned` files, by path, written into the folder."""
    files = {source.path: source for source in sources}
    for path, data in planned.items():
        files[path] = SourceFile(path, f"{shown_root}/{path}", data, hashlib.sha256(data).hexdigest())
    return tuple(sorted(files.values(), key=lambda source: source.path))


def _read_all(root: Path, inside: str, shown_root: str, report: Report) -> Iterator[SourceFile]:
    """What is in the folder `inside` of the root, a path that is empty or ends with a slash."""
    for entry in _entries(root / inside, Place(_shown(inside.rstrip("/"), shown_root)), report):
        relative = inside + entry.name
        place = Place(_shown(relative, shown_root))
        if entry.is_symlink() and not _leads_to_a_file_inside(Path(entry.path), root):
            report(problem("foreign-symlink", place, "this link leads out of content/, to a folder, or nowhere"))
            if not Path(entry.path).is_dir():
                yield _refused(relative, place)
        elif entry.is_dir():
            yield from _read_all(root, f"{relative}/", shown_root, report)
        elif entry.is_file():
            yield _read(entry.path, relative, place, report)
        else:
            # A pipe or a device: to open one could wait for ever.
            report(problem("file-unreadable", place, "this is not a file"))
            yield _refused(relative, place)


def _entries(folder: Path, place: Place, report: Report) -> list["os.DirEntry[str]"]:
    """What is in a folder, sorted by name, without hidden and backup files."""
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if not is_passed_over(entry.name)]
    except OSError as error:
        report(problem("file-unreadable", place, f"the folder can't be read: {error.strerror or error}"))
        return []
    return sorted(found, key=lambda entry: entry.name)


def is_passed_over(name: str) -> bool:
    """Whether a file or folder of this name is none of an editor's: hidden, a backup, or left by the system."""
    return name.startswith((".", "#")) or name.endswith(_BACKUP_ENDINGS) or name.lower() in _BY_THE_SYSTEM


def _shown(inside: str, shown_root: str) -> str:
    # A name that is not Unicode (Linux allows any bytes) can't be printed as it is.
    return f"{shown_root}/{inside}".removesuffix("/").encode(errors="replace").decode()


def _leads_to_a_file_inside(link: Path, root: Path) -> bool:
    # A link to a folder is refused even inside content/: it could lead in a circle, and would show pages twice.
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_file() and target.is_relative_to(root)


def _read(path: str, relative: str, place: Place, report: Report) -> SourceFile:
    limit = MEDIA_LIMIT if relative.startswith(MEDIA_FOLDER) else TEXT_LIMIT
    try:
        # To make a Path, or room for the largest file allowed, takes longer for each of thousands than to read it.
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            too_large = os.fstat(file.fileno()).st_size > limit
            data = b"" if too_large else file.read()
            # It may have grown, and not every file system knows the size of what it holds.
            too_large = too_large or len(data) > limit
    except OSError as error:
        report(problem("file-unreadable", place, f"the file can't be read: {error.strerror or error}"))
        return _refused(relative, place)
    if too_large:
        report(problem("file-too-large", place, f"the file is larger than {limit // 1_000_000} MB"))
        return _refused(relative, place)
    return SourceFile(relative, place.path, data, hashlib.sha256(data).hexdigest())


def _refused(relative: str, place: Place) -> SourceFile:
    return SourceFile(relative, place.path, b"", hashlib.sha256().hexdigest(), refused=True)
