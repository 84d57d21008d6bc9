"""Learns of changes to the files that a site is made from, and tells of those together that come together.

The system says what changed. What it can't say is looked for twice a second: that a folder was taken away, made anew or
put in the place of another.
"""

import contextlib
import os
import stat
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from watchfiles import Change, watch

from otpt_site.sources import is_passed_over

Changed = Callable[[Iterable[Path]], None]

# In milliseconds: changes that follow each other so closely are told together, for so long at most; so often the
# folders are looked at.
_CLOSE: Final = 5
_LONGEST: Final = 1_000
_LOOK: Final = 500


class Watcher:
    """Watches `folders`, which need not exist yet.

    `changed` is called with the files that changed; with none when it is not known what did.
    """

    def __init__(self, folders: Iterable[Path], changed: Changed) -> None:
        self._folders = tuple(folders)
        self._changed = changed
        self._over = threading.Event()

    def start(self) -> None:
        """Begins to watch, in a thread of its own."""
        threading.Thread(target=self._watch, name="changes", daemon=True).start()

    def stop(self) -> None:
        """Watches no longer."""
        self._over.set()

    def _watch(self) -> None:
        while not self._over.is_set():
            there = self._there()
            try:
                self._watch_these(there)
            except (OSError, RuntimeError):
                # A folder went between being looked at and being watched.
                self._over.wait(_LOOK / 1000)

    def _watch_these(self, there: Mapping[Path, tuple[int, int]]) -> None:
        """Watches the folders that are there, until other ones are."""
        if not there:
            self._over.wait(_LOOK / 1000)
            return
        begun = False
        for changes in watch(
            *there,
            watch_filter=_matters,
            debounce=_LONGEST,
            step=_CLOSE,
            rust_timeout=_LOOK,
            stop_event=self._over,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            if not begun:
                # What changed before the system began to tell, nobody told of.
                self._changed(())
                begun = True
            if changes:
                self._changed({Path(path) for _, path in changes})
            if self._there() != there:
                return

    def _there(self) -> dict[Path, tuple[int, int]]:
        """The folders that exist, with what tells each from another of the same name."""
        found = {}
        for folder in self._folders:
            with contextlib.suppress(OSError):
                status = folder.stat()
                if stat.S_ISDIR(status.st_mode):
                    found[folder] = (status.st_dev, status.st_ino)
        return found


def _matters(_change: Change, path: str) -> bool:
    """Whether a site could be made from this file: swap and backup files are none of its business."""
    return not is_passed_over(os.path.basename(path))  # noqa: PTH119 - called for each of very many changes
