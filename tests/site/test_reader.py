"""What a reader meets: no scripts, narrow screens, big text, a keyboard, shaky fingers, privacy, paper."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.built import BuiltSite

# One page of each type.
PAGES = (
    "", "goals/", "goals/button-shirt/", "cheat-sheet/", "compare/", "compare/knee-replacement/", "conditions/",
    "conditions/both/", "conditions/stroke/", "conditions/knee-replacement/", "therapies/physical-therapy/",
    "sessions/",
    "articles/", "articles/ot-or-pt-the-difference/", "glossary/", "sources/", "people/guide-project/", "about/",
    "contact/", "404.html",
)  # fmt: skip
# WCAG 2.2, success criterion 1.4.12.
TEXT_SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
    "p { margin-bottom: 2em !important; }"
)
TARGET = 48

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    yield page
    page.close()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_lost_at_320_pixels(page: Page, served: str, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(served + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_lost_with_text_spacing(page: Page, served: str, path: str) -> None:
    page.goto(served + path)
    # Straight into the style sheet: the page's own policy forbids a new one, as it should.
    page.evaluate(
        """css => {
            const sheet = document.styleSheets[0];
            css.match(/[^}]+}/g).forEach(rule => sheet.insertRule(rule, sheet.cssRules.length));
        }""",
        TEXT_SPACING,
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    cut = page.evaluate(
        """[...document.querySelectorAll('main *')].filter(
            e => getComputedStyle(e).overflow === 'hidden' && e.scrollHeight > e.clientHeight + 1
        ).length"""
    )
    assert cut == 0


@pytest.mark.parametrize("path", PAGES)
def test_targets_are_big_enough_for_shaky_fingers(page: Page, served: str, path: str) -> None:
    page.goto(served + path)
    small = page.evaluate(
        """least => [...document.querySelectorAll('a, button, input')].filter(target => {
            const box = target.getBoundingClientRect();
            // A link within a sentence is as high as its line; a skip link shows when it has the focus.
            const inline = getComputedStyle(target).display === 'inline';
            const small = box.height < least - .5 || box.width < least - .5;
            return box.width && !inline && !target.matches('.skip') && small;
        }).map(target => target.outerHTML.slice(0, 120))""",
        TARGET,
    )
    assert small == []


@pytest.mark.parametrize("path", PAGES)
def test_lines_are_short_enough(page: Page, served: str, path: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(served + path)
    # The width of a line of 65 characters of ordinary English, about 0.5 em each, and a little for narrow letters.
    wide = page.evaluate(
        """[...document.querySelectorAll('main p, main li')].filter(e => {
            const size = parseFloat(getComputedStyle(e).fontSize);
            return e.textContent.length > 65 && e.getBoundingClientRect().width > size * 36 && !e.closest('.links');
        }).map(e => e.textContent.slice(0, 80))"""
    )
    assert wide == []


def test_home_shows_question_field_and_six_areas_at_once(page: Page, served: str) -> None:
    page.goto(served)
    for selector in ("h1", "#wish", ".tiles li:nth-child(6) a"):
        box = page.locator(selector).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 800, selector


@pytest.mark.parametrize("path", ["", "cheat-sheet/", "compare/knee-replacement/"])
def test_keyboard_reaches_everything_and_focus_is_seen(page: Page, served: str, path: str) -> None:
    page.goto(served + path)
    reachable = page.locator("a[href]:visible, button:visible, input:visible").count()
    seen = set()
    for _ in range(reachable + 5):
        page.keyboard.press("Tab")
        # Scrolling to the focus ends with the next frame.
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        state = page.evaluate(
            """() => { const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
            const over = document.elementFromPoint(box.x + Math.min(box.width, 20) / 2, box.y + box.height / 2);
            return {
                key: e.outerHTML.slice(0, 200) + box.x + scrollY + box.y,
                body: e === document.body,
                outline: style.outlineStyle !== 'none',
                inside: box.top >= 0 && box.bottom <= innerHeight,
                covered: !(over && (e.contains(over) || over.contains(e))),
            }; }"""
        )
        if state["body"]:
            break
        assert state["outline"], state
        assert state["inside"], state
        assert not state["covered"], state
        seen.add(state["key"])
    assert len(seen) >= reachable - 1


def test_no_request_leaves_and_no_message_appears(browser: Browser, served: str) -> None:
    page = browser.new_page()
    requests: list[str] = []
    messages: list[str] = []

    def note_request(request: Request) -> None:
        requests.append(request.url)

    def note_message(message: ConsoleMessage) -> None:
        messages.append(message.text)

    page.on("request", note_request)
    page.on("console", note_message)
    page.on("pageerror", lambda error: messages.append(str(error)))
    for path in PAGES:
        page.goto(served + path)
    page.goto(served)
    page.fill("#wish", "want to die")
    page.wait_for_selector(".results .care")
    assert [url for url in requests if not url.startswith(served)] == []
    assert [url for url in requests if "?" in url] == []
    assert messages == []
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    page.close()


class TestWithoutScripts:
    """Every task is done with scripts switched off."""

    @pytest.fixture
    def page(self, browser: Browser) -> Iterator[Page]:
        context = browser.new_context(java_script_enabled=False)
        yield context.new_page()
        context.close()

    def test_find_my_goal_by_area(self, page: Page, served: str) -> None:
        page.goto(served)
        page.click("text=Hands and arms")
        page.click("text=I want to button my shirt again")
        assert page.locator("h1").inner_text() == "I want to button my shirt again"

    def test_the_finder_leads_to_the_list_and_sends_nothing(self, page: Page, served: str) -> None:
        page.goto(served)
        page.fill("#wish", "my secret")
        page.click(".finder button")
        assert page.url.rstrip("?") == f"{served}goals/"

    def test_find_my_condition(self, page: Page, served: str) -> None:
        page.goto(served)
        page.click("nav >> text=Conditions")
        page.click("main >> text=Stroke >> nth=0")
        assert "Stroke" in page.locator("h1").inner_text()

    def test_compare(self, page: Page, served: str) -> None:
        page.goto(served)
        page.click("nav >> text=Compare")
        page.click("main >> text=Knee replacement")
        assert page.locator("table.versus").is_visible()

    def test_contact(self, page: Page, served: str) -> None:
        page.goto(f"{served}conditions/stroke/")
        page.click("text=How to find a therapist")
        assert page.locator("h1").inner_text().startswith("Contact")


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize(
    ("path", "most"), [("", 6), ("cheat-sheet/", 4), ("conditions/stroke/", 12), ("compare/knee-replacement/", 9)]
)
def test_pages_on_paper(page: Page, served: str, path: str, most: int, paper: str, tmp_path: Path) -> None:
    page.goto(served + path)
    sheet = page.pdf(format=paper, path=tmp_path / "sheet.pdf")
    counts = [int(count) for count in re.findall(rb"/Type\s*/Pages.*?/Count (\d+)", sheet, re.DOTALL)]
    assert 0 < max(counts) <= most


def test_print_button_shows_where_scripts_run(page: Page, served: str, built_site: BuiltSite) -> None:
    page.goto(served)
    assert page.locator(".print").is_visible()
    assert 'class="print" type="button" hidden' in built_site.text("index.html")
