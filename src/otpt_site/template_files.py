"""Where the templates and the files beside them lie, and the digest of them all. What is in them is not read here."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from otpt_site.diagnostics import shown_path

_PACKAGE: Final = Path(__file__).parent


class TemplateFolder(NamedTuple):
    """A folder with templates, and how problems name it."""

    path: Path
    shown: str


def template_folders(project_templates: Path, root: Path) -> tuple[TemplateFolder, ...]:
    """Where templates are looked up, first the project's own, then those that came with the tool."""
    own = TemplateFolder(project_templates.resolve(), shown_path(project_templates, root))
    shipped = (_PACKAGE / "templates", _PACKAGE.parents[1] / "templates")
    folders = [own, *(TemplateFolder(folder.resolve(), "otpt_site/templates") for folder in shipped)]
    first = {folder.path: folder for folder in reversed(folders) if folder.path.is_dir()}
    return tuple(reversed(first.values()))


def digest_of_templates(folders: Iterable[TemplateFolder]) -> str:
    """The digest of every file in the folders, with its name and how problems name its folder."""
    digest = hashlib.sha256()
    for folder in folders:
        digest.update(f"{folder.shown}\0".encode(errors="surrogateescape"))
        root = os.fspath(folder.path)
        for path in _files(root):
            digest.update(os.fsencode(path.removeprefix(root)) + b"\0" + _content(path))
    return digest.hexdigest()


def _files(folder: str) -> Iterator[str]:
    # A Path for each file would take twice as long, and nothing else is done here when nothing changed.
    for inside, folders, names in os.walk(folder):
        folders.sort()
        yield from (os.path.join(inside, name) for name in sorted(names))  # noqa: PTH118


def _content(path: str) -> bytes:
    """What stands for the file in the digest; one that can't be read is told by the stage that needs it."""
    try:
        # Asked first, because reading a pipe would wait for ever.
        if not os.path.isfile(path):  # noqa: PTH113
            return b"none"
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            return hashlib.sha256(file.read()).digest()
    except OSError:
        return b"unreadable"
