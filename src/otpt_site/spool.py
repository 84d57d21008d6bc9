"""Holds rendered pages until all are known to be fine: in a file to which copies of this process write as well.

Many pages would not fit into memory, and to hand each one from the process that filled it to the one that publishes it
takes longer than to write it down.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import msgspec

if sys.platform == "win32":

    def _hold(_descriptor: int, *, to_ourselves: bool) -> None:
        """Holds nothing: this system copies no process, so there is nobody to keep out."""

else:
    import fcntl

    def _hold(descriptor: int, *, to_ourselves: bool) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_EX if to_ourselves else fcntl.LOCK_UN)


class Sheet(msgspec.Struct, frozen=True):
    """Where in the file some bytes lie; or the bytes themselves, when they could not be written there."""

    start: int
    length: int
    data: bytes | None = None


class Spool:
    """Bytes put aside, as long as the context lasts. The system finds their file a place where there is no `folder`.

    Without a name of one they are few, and held in memory.
    """

    def __init__(self, folder: Path | None) -> None:
        self._file: IO[bytes] | None = None
        if folder is None:
            return
        import tempfile  # noqa: PLC0415 - takes longer than all else that is done for a few pages here

        place = str(folder) if folder.is_dir() else None
        with suppress(OSError):
            self._file = tempfile.TemporaryFile(dir=place, buffering=0)  # noqa: SIM115 - lives as long as the build

    def __enter__(self) -> Self:
        """Ready from the start."""
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        """Gives up the room."""
        if self._file:
            self._file.close()

    def keep(self, data: bytes) -> Sheet:
        """Puts the data aside. A copy of this process does so for this one, and need but hand on the sheet."""
        if self._file:
            # No room on the disk: held in memory after all.
            with suppress(OSError), _held(self._file.fileno()) as descriptor:
                return Sheet(_append(descriptor, data), len(data))
        return Sheet(0, len(data), data)

    def loader(self, sheet: Sheet) -> Callable[[], bytes]:
        """What gives the data of a sheet back, as often as asked."""
        return partial(self._read, sheet)

    def _read(self, sheet: Sheet) -> bytes:
        if sheet.data is not None or not self._file:
            return sheet.data or b""
        with _held(self._file.fileno()) as descriptor:
            os.lseek(descriptor, sheet.start, os.SEEK_SET)
            return os.read(descriptor, sheet.length)


@contextmanager
def _held(descriptor: int) -> Iterator[int]:
    """Keeps copies of this process from the file: they have one place in it in common with this one."""
    _hold(descriptor, to_ourselves=True)
    try:
        yield descriptor
    finally:
        _hold(descriptor, to_ourselves=False)


def _append(descriptor: int, data: bytes) -> int:
    """Writes the data at the end of the file. Where they begin."""
    start = os.lseek(descriptor, 0, os.SEEK_END)
    rest = memoryview(data)
    while rest:
        # A disk that is nearly full takes a part; only the next call tells that it is full.
        rest = rest[os.write(descriptor, rest) :]
    return start
