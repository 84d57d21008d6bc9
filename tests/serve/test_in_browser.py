"""The preview as an editor meets it: in a browser, with hands off the browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kit import article, condition
from tests.project import project
from tests.serve.running import Running, running
from tests.site.test_axe import violations

pytestmark = pytest.mark.browser

LONG = "\n\n".join(f"## Part {number}\n\nWords of part {number} [@trial-2020]." for number in range(60))
BROKEN = {"conditions/stroke.md": condition(lead="physio")}
Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, preview: Running) -> Iterator[Opened]:
    """Opens pages of the preview; what a page complains of fails the test."""
    troubles: list[str] = []
    contexts = []

    def open_page(path: str, **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.goto(preview.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def test_what_is_saved_is_seen_at_the_same_place(preview: Running, opened: Opened) -> None:
    preview.after({"conditions/stroke.md": condition(LONG)})
    page = opened("/conditions/stroke/")
    page.get_by_role("heading", name="Part 40").scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 1000
    preview.project.write({"conditions/stroke.md": condition(LONG.replace("Words of part 40", "New words of part 40"))})
    expect(page.get_by_text("New words of part 40")).to_be_in_viewport()
    page.wait_for_function(f"scrollY === {before}")


def test_problems_appear_over_the_page_and_go_by_themselves(preview: Running, opened: Opened) -> None:
    page = opened("/conditions/stroke/")
    page.evaluate("window.untouched = true")
    preview.project.write(BROKEN)
    overlay = page.get_by_role("region", name="1 problem keeps the site from being published")
    expect(overlay).to_be_visible()
    expect(overlay).to_contain_text("content/conditions/stroke.md, line 8")
    expect(overlay).to_contain_text("lead: physio")
    expect(overlay).to_contain_text("Write pt, ot or both.")
    expect(page.get_by_role("status")).to_have_text("1 problem keeps the site from being published")
    # The page was not loaded again: it is the last good one.
    assert page.evaluate("window.untouched")
    preview.project.write({"conditions/stroke.md": condition("Mended words.")})
    expect(overlay).to_have_count(0)
    expect(page.get_by_text("Mended words.")).to_be_visible()


def test_the_overlay_is_worked_with_the_keyboard(preview: Running, opened: Opened) -> None:
    preview.after(BROKEN)
    page = opened("/conditions/stroke/")
    overlay = page.locator(".stopped")
    # The page itself keeps the first places in the order of the keyboard.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.get_by_role("button", name="Hide").focus()
    page.keyboard.press("Tab")
    assert "scroll" in page.evaluate("document.getElementById('otpt-preview').shadowRoot.activeElement.className")
    page.keyboard.press("Escape")
    expect(overlay).to_be_hidden()
    # Hidden it stays, on other pages too, until there is another problem.
    page.goto(f"{preview.address}/conditions/")
    expect(page.locator(".stopped")).to_be_hidden()
    preview.project.write({"conditions/stroke.md": condition(lead="massage")})
    expect(page.locator(".stopped")).to_be_visible()
    page.get_by_role("button", name="Hide").press("Enter")
    expect(page.locator(".stopped")).to_be_hidden()
    # The Esc key is heard wherever on the page the keyboard is.
    preview.project.write({"conditions/stroke.md": condition(lead="nurse")})
    expect(page.locator(".stopped")).to_be_visible()
    page.get_by_role("link", name="Home").first.focus()
    page.keyboard.press("Escape")
    expect(page.locator(".stopped")).to_be_hidden()


def test_what_is_known_of_a_page_stays_open_from_page_to_page(preview: Running, opened: Opened) -> None:
    page = opened("/conditions/stroke/")
    page.locator(".about summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("content/conditions/stroke.md").first).to_be_visible()
    page.goto(f"{preview.address}/articles/which-first/")
    expect(page.get_by_text("content/articles/which-first.md").first).to_be_visible()


def test_the_desk_is_a_step_away_and_keeps_up_too(preview: Running, opened: Opened) -> None:
    page = opened("/conditions/stroke/")
    page.locator(".about summary").click()
    link = page.get_by_role("link", name="What waits on the whole site")
    _large_enough(page, link)
    link.click()
    expect(page.get_by_role("heading", name="The editors' desk")).to_be_visible()
    preview.project.write({"articles/next.md": article(draft="true", title="The next one")})
    expect(page.get_by_text("The next one")).to_be_visible()


def test_a_page_that_expires_says_so_where_it_was(preview: Running, browser: Browser) -> None:
    lonely = {"articles/lonely.md": article(title="A lonely page")}
    preview.after(lonely)
    # Not with `opened`: the browser itself complains of a page that is not there.
    page = browser.new_page()
    page.goto(f"{preview.address}/articles/lonely/")
    preview.project.write({"articles/lonely.md": article(title="A lonely page", expires_on="2026-11-02")})
    ribbon = page.get_by_role("complementary", name="What readers see")
    expect(ribbon).to_contain_text("Expired. Readers have not seen this page since 2 November 2026.")
    expect(page.get_by_role("heading", name="There is no page here")).to_be_visible()
    page.locator(".about summary").click()
    expect(page.locator(".about")).to_contain_text("content/articles/lonely.md")
    expect(page.locator(".about")).to_contain_text("Write a later expires_on to bring it back")
    preview.project.write(lonely)
    expect(page.get_by_role("heading", name="A lonely page")).to_be_visible()
    page.close()


def test_the_waiting_page_gives_way_to_the_site(browser: Browser, tmp_path: Path) -> None:
    broken = project(tmp_path)
    good = (broken.content / "site.yaml").read_bytes()
    broken.write({"site.yaml": "title: [\n"})
    with running(broken) as preview:
        preview.until(lambda now: now.number == 1)
        page = browser.new_page()
        page.goto(f"{preview.address}/conditions/stroke/")
        expect(page.locator(".stopped")).to_contain_text("content/site.yaml")
        broken.write({"site.yaml": good})
        expect(page.get_by_role("heading", name="Stroke", exact=False).first).to_be_visible()
        page.close()


def test_a_page_that_nobody_looks_at_holds_no_connection(preview: Running, opened: Opened) -> None:
    page = opened("/conditions/stroke/")
    preview.until(lambda _: len(preview.workshop._listeners) == 1)
    page.evaluate(
        "Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    preview.until(lambda _: not preview.workshop._listeners)
    preview.project.write({"conditions/stroke.md": condition("Seen later.")})
    page.evaluate("delete document.visibilityState; document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("Seen later.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(320, 640), (1280, 900)])
def test_what_the_preview_adds_has_no_barrier(
    preview: Running, opened: Opened, scheme: str, width: int, height: int
) -> None:
    preview.after({"articles/draft.md": article(draft="true")})
    preview.after({**BROKEN, "site.yaml": "title: [\n"})
    page = opened(
        "/articles/draft/",
        color_scheme=scheme,
        viewport={"width": width, "height": height},
        bypass_csp=True,
        reduced_motion="reduce",
    )
    expect(page.locator(".stopped")).to_be_visible()
    assert violations(page) == []
    _large_enough(page, page.get_by_role("button", name="Hide"))
    page.get_by_role("button", name="Hide").click()
    page.locator(".about summary").click()
    assert violations(page) == []
    _large_enough(page, page.locator(".about summary"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _large_enough(page: Page, target: Any) -> None:
    box = target.bounding_box()
    assert min(box["width"], box["height"]) >= 48
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]  # type: ignore[index]
