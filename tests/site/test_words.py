"""The words of the real guide: every page says what PT and OT are before it says PT or OT."""

import html
import re

import pytest

from otpt_site.build import BuildRequest, build
from tests.built import ROOT, TODAY, BuiltSite
from tests.project import day, told

# The words of the main part; its frame is the same on every page.
_MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
_UNREAD = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
_NAME = "PT or OT?"


def _words(page: str) -> str:
    main = "".join(_MAIN.findall(page))
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", _UNREAD.sub("", main))).split()).replace(_NAME, "")


def _unopened(page: str, short: str) -> str:
    """The words around the first `short` of a page, when it does not stand in parentheses behind its long form."""
    words = _words(page)
    first = re.search(rf"\b{short}s?\b", words)
    if first is None or re.search(r"therap(?:y|ist)s? \($", words[: first.start()]):
        return ""
    return words[max(0, first.start() - 60) : first.end() + 20]


def test_what_is_unopened_is_found() -> None:
    assert _unopened("<main>Ask a <b>PT</b> now</main>", "PT") == "Ask a PT now"
    assert _unopened("<main>Ask (a PT) now</main>", "PT") == "Ask (a PT) now"
    for fine in ("a physical therapist (PT). A PT", "Physical therapy <i>(PT)</i>", "PT or OT?", "nothing", "PTA"):
        assert _unopened(f"PT <main>{fine}</main> PT", "PT") == ""


@pytest.mark.parametrize("short", ["PT", "OT"])
def test_every_page_opens_the_short_names(built_site: BuiltSite, short: str) -> None:
    pages = {path: built_site.text(path) for path in built_site.pages}
    assert sum(short in _words(page) for page in pages.values()) > 100
    assert {path: found for path, page in pages.items() if (found := _unopened(page, short))} == {}


def test_the_guide_breaks_no_rule_and_every_page_has_ways() -> None:
    request = BuildRequest(content=ROOT / "content", templates=ROOT / "templates", out=None, today=day(TODAY))
    report = build(request)
    assert told(report) == []
    assert [line for line in told(report, notes=True) if " dead-end: " in line or " orphan: " in line] == []
