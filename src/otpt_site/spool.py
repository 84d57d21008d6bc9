"""Holds rendered pages until all are known to be fine: in memory while they are few, in a file when they are many."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final, Self

_IN_MEMORY: Final = 32_000_000


class Spool:
    """Bytes put aside, as long as the context lasts. The system finds their file a place where there is no `folder`."""

    def __init__(self, folder: Path) -> None:
        place = str(folder) if folder.is_dir() else None
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=place)  # noqa: SIM115 - lives as long as the build
        self._end = 0

    def __enter__(self) -> Self:
        """Ready from the start."""
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        """Gives up the room."""
        self._file.close()

    def keep(self, data: bytes) -> Callable[[], bytes]:
        """What gives the data back, as often as asked."""
        start = self._end
        try:
            self._file.seek(start)
            self._file.write(data)
        except OSError:
            return lambda: data  # no room on the disk: held in memory after all
        self._end += len(data)
        return partial(self._read, start, len(data))

    def _read(self, start: int, length: int) -> bytes:
        self._file.seek(start)
        return self._file.read(length)
