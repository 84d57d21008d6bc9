"""Writes one file so that nobody meets half of it: aside, then moved in place."""

import contextlib
import os
import shutil
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Writes the file at `path`; when that can't be done, what was there stays. Raises OSError.

    A link is followed, and what the system lets others do with the file stays as it was.
    """
    target = path.resolve()
    # Hidden, so that whoever watches the folder passes it over.
    aside = target.with_name(f".{target.name}.{os.getpid()}.otpt-new")
    try:
        with aside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, aside)
        aside.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise
