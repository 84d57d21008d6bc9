"""axe-core finds nothing on a page of each type, phone and desktop, in light, dark and forced colors."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.built import ROOT, BuiltSite, missing

AXE = ROOT / "tests/browser/node_modules/axe-core/axe.min.js"
SIZES = {"phone": (360, 740), "desktop": (1280, 900)}
SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colors": {"forced_colors": "active"},
}
# The type of a page, and where its first one is looked for.
TYPES = {
    "home": "index.html",
    "goals": "goals/index.html",
    "goal": "goals/*/index.html",
    "cheat sheet": "cheat-sheet/index.html",
    "compare": "compare/index.html",
    "comparison": "compare/*/index.html",
    "conditions": "conditions/index.html",
    "condition list": "conditions/both/index.html",
    "condition": "conditions/[!pob]*/index.html",
    "acute condition": "conditions/stroke/index.html",
    "therapy": "therapies/*/index.html",
    "sessions": "sessions/index.html",
    "articles": "articles/index.html",
    "article": "articles/*/index.html",
    "glossary": "glossary/index.html",
    "sources": "sources/index.html",
    "person": "people/*/index.html",
    "about": "about/index.html",
    "contact": "contact/index.html",
    "not found": "404.html",
}
# Beyond what axe-core looks at unasked: the contrast of 7 to 1, and targets that fingers hit.
MORE_RULES = {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}

pytestmark = pytest.mark.browser


def violations(page: Page) -> list[str]:
    """What axe-core has against the page."""
    if not AXE.is_file():
        missing("axe-core")
    page.evaluate(AXE.read_text("utf-8"))
    result: dict[str, Any] = page.evaluate("rules => axe.run({rules, resultTypes: ['violations']})", MORE_RULES)
    assert result["passes"], "axe-core looked at nothing"
    return [
        f"{found['id']}: {found['help']}: {node['target']} {node['html'][:160]} {node['failureSummary']}"
        for found in result["violations"]
        for node in found["nodes"]
    ]


def _one_of(site: BuiltSite, pattern: str) -> str:
    found = sorted(site.folder.glob(pattern))
    assert found, f"no page is at {pattern}"
    return found[0].relative_to(site.folder).as_posix()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", TYPES)
def test_a_page_has_no_barrier(
    browser: Browser, served: str, built_site: BuiltSite, kind: str, size: str, scheme: str
) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", bypass_csp=True, **SCHEMES[scheme]
    )
    try:
        page = context.new_page()
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
        page.on("requestfailed", lambda request: troubles.append(f"not loaded: {request.url}"))
        page.on("request", lambda request: _note_stranger(request.url, served, troubles))
        page.goto(served + _one_of(built_site, TYPES[kind]).removesuffix("index.html"), wait_until="load")
        told = violations(page)
    finally:
        context.close()
    assert not [*troubles, *told], "\n".join([*troubles, *told])


def _note_stranger(url: str, served: str, troubles: list[str]) -> None:
    if not url.startswith((served, "data:", "blob:")):
        troubles.append(f"asks another host: {url}")


def test_axe_can_complain(browser: Browser) -> None:
    page = browser.new_page()
    pale = '<p style="color:#bbb">Pale</p><p style="color:#666">Somewhat pale</p>'
    page.set_content(f'<html><body style="background:#fff">{pale}<img src="data:,"></body></html>')
    told = "\n".join(violations(page))
    page.close()
    for rule in ("color-contrast", "image-alt", "html-has-lang", "document-title", "color-contrast-enhanced"):
        assert f"{rule}:" in told
