"""The starter guide: what `otpt init` puts into a new folder.

It comes with the tool. In a checkout it lies in `starter/`, and the settings for VS Code are those of the checkout.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).parent
_EDITOR: Final = ".vscode"


def starter_files() -> dict[str, bytes]:
    """All its files, by path."""
    shipped = _PACKAGE / "starter"
    if shipped.is_dir():
        return dict(_files(shipped))
    checkout = _PACKAGE.parents[1]
    editor = {f"{_EDITOR}/{path}": data for path, data in _files(checkout / _EDITOR)}
    return dict(_files(checkout / "starter")) | editor


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()
