"""What must hold for whatever is typed: a page or a problem at a place that is there, in good time.

The fuzzers hand their inputs to `judge`. It reads the file with the real readers, beside a tiny guide, checks the
guide, and fills the pages that the file makes when nothing is wrong.
"""

import signal
import time
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Final

from otpt_site.assets import media_assets, template_assets
from otpt_site.checks import check_guide
from otpt_site.diagnostics import Diagnostic, Place
from otpt_site.library import Calendar, Guide, build_guide, site_of
from otpt_site.pages.addresses import parse_base_url
from otpt_site.pages.site import plan_site
from otpt_site.part_bytes import parts_of
from otpt_site.parts import FileParts
from otpt_site.render import rendered
from otpt_site.rules import Severity
from otpt_site.template_files import template_folders
from otpt_site.theme import Theme
from tests.kit import DEFAULTS, TODAY, article, comparison, condition, plain_page, source, therapy

LIMIT_SECONDS: Final = 2.0
"""How much time of the processor a file of 100 KB may take to be read, checked and shown."""
LIMIT_BYTES: Final = 100_000
_HUNG_SECONDS: Final = 60
# What is beside the file: one of each kind, so that much can be named.
_BESIDE: Final[Mapping[str, str]] = {
    **DEFAULTS,
    "therapies/ot.md": therapy(name="Occupational therapy", short="OT"),
    "conditions/stroke.md": condition("Slow [gait](term:gait).\n\n## Does it help?\n\nOften [@trial-2020]."),
    "comparisons/fall.md": comparison(),
    "articles/first-visit.md": article(),
    "pages/about.md": plain_page(),
}


class Hung(Exception):
    """The reading took so long that it was stopped."""


class Slow(Exception):
    """The reading came to an end, but too late."""


def judge(path: str, text: str | bytes, limit: float = LIMIT_SECONDS) -> None:
    """Reads `text` as the file of content at `path`. Raises what goes wrong: AssertionError, Hung, Slow, anything."""
    raw = text.encode(errors="surrogatepass") if isinstance(text, str) else text
    with _watched():
        began = time.process_time()
        parts = parts_of(source(path, raw))
        found, guide = _guide(path, parts)
        assert_told_well(found, path, raw)
        if guide and not any(one.severity is Severity.ERROR for one in found):
            _fill(path, guide)
        took = time.process_time() - began
    if took > limit:
        raise Slow(f"{path}, {len(raw)} bytes: {took:.1f} s")


def assert_told_well(found: Iterable[Diagnostic], path: str, raw: bytes) -> None:
    """Each problem says what is wrong and what to do, and its place is in the file, when it is one of this file."""
    text = raw.removeprefix(BOM_UTF8).decode(errors="replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for diagnostic in found:
        assert diagnostic.message
        assert diagnostic.hint
        if diagnostic.place.path == f"content/{path}":
            _assert_inside(diagnostic, lines)


def _assert_inside(diagnostic: Diagnostic, lines: Sequence[str]) -> None:
    place = diagnostic.place
    if not place.line:
        assert not place.column
        return
    assert 1 <= place.line <= len(lines), diagnostic
    # One column past the end is where something is missing.
    line = lines[place.line - 1]
    assert 1 <= place.column <= len(line) + 1, (diagnostic, line)
    assert place.length >= 1, diagnostic
    assert place.column + place.length <= len(line) + 2, (diagnostic, line)


@cache
def _beside() -> Mapping[str, FileParts]:
    return {path: parts_of(source(path, text)) for path, text in _BESIDE.items()}


@cache
def _theme() -> Theme:
    return Theme(template_folders(Path("nowhere"), Path()), "en-US")


def _guide(path: str, parts: FileParts) -> tuple[list[Diagnostic], Guide | None]:
    found: list[Diagnostic] = []
    files = [file for _, file in sorted({**_beside(), path: parts}.items())]
    site = site_of(files, "content", found.append)
    guide = build_guide(files, (), site, Calendar(TODAY), False, found.append)
    if guide:
        check_guide(guide, found.append)
    return found, guide


def _fill(path: str, guide: Guide) -> None:
    found: list[Diagnostic] = []
    assets = template_assets(template_folders(Path("nowhere"), Path()), found.append)
    base = parse_base_url(guide.site.base_url, Place(""), found.append)
    plan = plan_site(guide, base, assets, media_assets((), found.append), False, found.append)
    for page in plan.pages:
        if page.origin.path == f"content/{path}":
            rendered(page, page.view, _theme())


@contextmanager
def _watched() -> Iterator[None]:
    """Stops what hangs: Python's regular expressions look for signals now and then."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Hung

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, _HUNG_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
