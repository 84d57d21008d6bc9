"""Which links were fine, and on which day: kept in `.cache/`, so that a site is not asked every time.

Only fine answers are kept. A file that is damaged is done without.
"""

import contextlib
import datetime
from pathlib import Path
from typing import Final

import msgspec

from otpt_site.whole_file import write_whole

FILE: Final = "links.json"


class LinkNotes:
    """The day on which each link was last fine, in the file `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._fine = msgspec.json.decode(path.read_bytes(), type=dict[str, datetime.date])
        except (OSError, msgspec.DecodeError):
            self._fine = {}

    def fine_since(self, url: str, day: datetime.date) -> bool:
        """Whether the link was found to be fine on this day or later."""
        return self._fine.get(url, datetime.date.min) >= day

    def note(self, url: str, day: datetime.date) -> None:
        """Note that the link is fine on this day."""
        self._fine[url] = day

    def keep(self, urls: set[str]) -> None:
        """Writes what is known of these links; when that can't be done, they are asked for again."""
        known = {url: day for url, day in sorted(self._fine.items()) if url in urls}
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, msgspec.json.encode(known))
