"""The goal finder understands what real people type, and danger signs stand above any result."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect

from tests.built import ROOT, BuiltSite

QUERIES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text("utf-8"))
CARDS = {
    card["id"]: card["signs"][0] for card in yaml.safe_load((ROOT / "content/safety.yaml").read_text("utf-8"))["cards"]
}

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(browser: Browser, served: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(served)
    yield page
    page.close()


def ask(page: Page, query: str) -> None:
    """Types a query and waits until its answer is there."""
    page.fill("#wish", query)
    expect(page.locator(".results")).to_have_attribute("data-of", query)


def held(page: Page) -> list[Route]:
    """Holds back the list that the finder loads; gives the requests for it as they come."""
    requests: list[Route] = []

    def hold(route: Route) -> None:
        requests.append(route)

    page.route("**/finder.json", hold)
    return requests


def goals(page: Page) -> list[str]:
    addresses = page.eval_on_selector_all(".results .links a", "links => links.map(link => link.getAttribute('href'))")
    return [address.strip("/").rpartition("/")[2] for address in addresses]


def first_signs(page: Page) -> list[str]:
    return list(
        page.eval_on_selector_all(".results .care", "cards => cards.map(card => card.querySelector('li').textContent)")
    )


@pytest.mark.parametrize(("query", "goal"), QUERIES["goals"])
def test_goal_is_among_the_first_three(home: Page, query: str, goal: str) -> None:
    ask(home, query)
    assert goal in goals(home)[:3]


@pytest.mark.parametrize(("query", "card"), QUERIES["dangers"])
def test_danger_stands_above_any_result(home: Page, query: str, card: str) -> None:
    ask(home, query)
    assert CARDS[card] in first_signs(home)
    assert "care" in (home.locator(".results > *").first.get_attribute("class") or "")


@pytest.mark.parametrize("query", QUERIES["calm"])
def test_ordinary_wish_shows_no_danger(home: Page, query: str) -> None:
    ask(home, query)
    assert first_signs(home) == []


def test_number_of_results_is_told_politely(home: Page) -> None:
    ask(home, "buttons")
    shown = len(goals(home))
    assert home.locator("[role=status]").inner_text().startswith(str(shown))


def test_words_that_fit_nothing_lead_to_an_evaluation(home: Page) -> None:
    ask(home, "zzzz")
    assert goals(home) == []
    assert home.locator(".results a[href$='/contact/']").count() == 1


def test_state_is_in_the_fragment_and_nowhere_else(home: Page, served: str) -> None:
    ask(home, "bell's palsy & smile")
    assert home.url.startswith(f"{served}#q=")
    assert "?" not in home.url
    address = home.url
    home.goto("about:blank")
    home.goto(address)
    home.wait_for_selector(".results a")
    assert home.input_value("#wish") == "bell's palsy & smile"


def test_keyboard_alone_finds_and_opens_a_goal(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.goto(served)
    page.focus("#wish")
    page.keyboard.type("cant do up buttons")
    page.keyboard.press("Enter")
    expect(page.locator(".results a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/goals/button-shirt/")
    page.close()


def test_enter_before_the_answer_is_there_leads_to_it(browser: Browser, served: str) -> None:
    page = browser.new_page()
    answers = held(page)
    page.goto(served)
    page.focus("#wish")
    page.keyboard.type("cant do up buttons")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)  # as long as the finder waits for more words, and longer
    answers.pop().continue_()
    expect(page.locator(".results a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/goals/button-shirt/")
    page.close()


def test_enter_at_once_keeps_its_answer(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.goto(served)
    ask(page, "stairs")
    page.fill("#wish", "cant do up buttons")
    page.keyboard.press("Enter")
    expect(page.locator(".results")).to_have_attribute("data-of", "cant do up buttons")
    expect(page.locator(".results a").first).to_be_focused()
    page.wait_for_timeout(300)
    expect(page.locator(".results a").first).to_be_focused()
    page.close()


def test_words_typed_after_enter_keep_the_cursor(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.goto(served)
    ask(page, "stairs")
    answers = held(page)
    page.reload()
    page.focus("#wish")
    page.keyboard.press("Enter")
    page.keyboard.type(" alone")
    answers.pop().continue_()
    expect(page.locator(".results")).to_have_attribute("data-of", "stairs alone")
    expect(page.locator("#wish")).to_be_focused()
    page.close()


def test_cheat_sheet_keeps_only_fitting_rows(browser: Browser, served: str, built_site: BuiltSite) -> None:
    page = browser.new_page()
    page.goto(f"{served}cheat-sheet/#q=stairs")
    page.wait_for_selector(".sheet tr[hidden]", state="attached")
    assert page.locator(".sheet tbody tr:visible").first.inner_text().startswith("I want to climb stairs")
    page.fill("#wish", "")
    expect(page.locator(".sheet tr[hidden]")).to_have_count(0)
    rows = built_site.text("cheat-sheet/index.html").count('<tr><th scope="row"')
    assert page.locator(".sheet tbody tr:visible").count() == rows
    page.close()
