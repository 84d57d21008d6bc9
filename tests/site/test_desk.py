"""The editors' desk in a browser: no barrier, nothing wider than a phone, nothing fetched, and valid."""

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser

from otpt_site.build import survey
from otpt_site.desk import desk_html, desk_of
from tests.desks import FULL
from tests.project import project
from tests.site.test_axe import SCHEMES, SIZES, violations
from tests.site.test_html import complaints

NARROWEST: Final = 320


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk on which something lies on every pile."""
    root = tmp_path_factory.mktemp("desk")
    surveyed = survey(project(root, FULL).request(out=None, base_url="https://example.org/guide/"))
    assert surveyed.guide
    desk = desk_of(surveyed.guide, surveyed.traits, surveyed.found, surveyed.base)
    file = root / "desk.html"
    file.write_text(desk_html(desk, surveyed.theme, linked=True), "utf-8")
    return file


@pytest.mark.browser
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_the_desk_has_no_barrier(browser: Browser, page_file: Path, size: str, scheme: str) -> None:
    width, height = SIZES[size]
    with browser.new_page(viewport={"width": width, "height": height}, bypass_csp=True, **SCHEMES[scheme]) as page:
        page.goto(page_file.as_uri())
        assert violations(page) == []


@pytest.mark.browser
def test_nothing_of_the_desk_is_lost_on_a_phone_and_nothing_is_fetched(browser: Browser, page_file: Path) -> None:
    with browser.new_page(viewport={"width": NARROWEST, "height": 700}, java_script_enabled=True) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(page_file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
        assert asked == [page_file.as_uri()]


@pytest.mark.java
def test_the_desk_is_valid(page_file: Path) -> None:
    assert complaints([str(page_file)]) == []
