"""One build at a time into one output folder: the second waits a little, then says who is at work there.

The system keeps the lock and takes it back when its process ends, however it ends. The file that carries it lies in the
output folder itself, because that is what two builds have in common: they may be started from two projects, by two
users, or see the folder under two names. It is there only while a build is at work, so a copy of the site holds none.
"""

import contextlib
import datetime
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from otpt_site.diagnostics import Place, Report, problem

LOCK: Final = ".otpt-lock"
PATIENCE: Final = 10.0
"""How many seconds a build waits for another one before it gives up."""

_PAUSE: Final = 0.1
# A link is not followed: what it leads to is not ours to write to.
_OPEN: Final = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        # Windows keeps others from reading what is locked, so a byte far behind the process id is.
        os.lseek(descriptor, 1 << 30, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        # Not flock: child processes share such a lock, and one that outlived a kill would hold it for ever.
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def output_lock(out: Path, shown: str, report: Report, patience: float = PATIENCE) -> Iterator[bool]:
    """Holds the output folder `out` (made if there is none) for this process while the context lasts.

    The context's value says whether we hold it. When we don't, that has been reported: another process did for all
    `patience` seconds, or the folder can't be locked. It keeps processes apart, not the threads of one.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        descriptor = _acquired(out / LOCK, patience)
    except OSError as error:
        message = f"{shown} can't be written: {error.strerror or error}"
        report(problem("bad-output", Place(shown), message, "Mend that, then build again."))
        yield False
        return
    if descriptor is None:
        report(problem("output-locked", Place(shown), f"another build is writing to {shown}: {_holder(out / LOCK)}"))
        yield False
        return
    try:
        yield True
    finally:
        _release(descriptor, out / LOCK)


def _acquired(path: Path, patience: float) -> int | None:
    """The open lock file, locked; None when somebody else held it all the time."""
    for attempt in range(int(patience / _PAUSE) + 1):
        if attempt:
            time.sleep(_PAUSE)
        descriptor = os.open(path, _OPEN, 0o666)
        try:
            if _is_ours(descriptor, path):
                _sign(descriptor)
                return descriptor
        except OSError:
            os.close(descriptor)
            raise
        os.close(descriptor)
    return None


def _is_ours(descriptor: int, path: Path) -> bool:
    """Whether we got the lock, and the file is still the one that others would open."""
    try:
        _lock(descriptor)
        return sys.platform == "win32" or os.path.samestat(os.fstat(descriptor), path.lstat())
    except (BlockingIOError, PermissionError):
        return False  # Somebody holds it. Which of the two the system raises is its own choice.
    except FileNotFoundError:
        return False  # Who held it before took the file away between our opening it and locking it.


def _sign(descriptor: int) -> None:
    """Leaves our process id for others to read; the file's time says since when."""
    with contextlib.suppress(OSError):  # On a full disk the lock holds all the same.
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())


def _release(descriptor: int, path: Path) -> None:
    # Taken away while it is held, so that nobody's lock is on a file without a name. Windows refuses that for an open
    # file; there it goes after, and if somebody has opened it by then, it stays for them to take away.
    if sys.platform == "win32":
        os.close(descriptor)
        with contextlib.suppress(OSError):
            path.unlink()
    else:
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(descriptor)


def _holder(path: Path) -> str:
    """Who holds the lock, in words."""
    try:
        number = int(path.read_text("ascii"))
        since = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC).astimezone()
    except (OSError, ValueError):
        return "it did not leave its process id"
    return f"process {number}, since {since.isoformat(' ', 'seconds')}"
