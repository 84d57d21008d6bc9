"""Every component has a word on what it is, is shown on the specimen page, and has no barrier there."""

import datetime
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from otpt_site.build import BuildRequest, build
from tests.built import ROOT, TODAY
from tests.site.test_axe import SCHEMES, SIZES, violations

COMPONENTS = ROOT / "templates/components"
SPECIMEN = Path(__file__).parent / "specimen"
MACRO = re.compile(r"^(?P<before>.*)\n\{% macro (?P<name>\w+)\(", re.MULTILINE)


def macros() -> list[tuple[str, str, str]]:
    """File, name and the line before, of each macro."""
    texts = ((path.name, "\n" + path.read_text("utf-8")) for path in sorted(COMPONENTS.glob("*.html")))
    return [(file, match["name"], match["before"]) for file, text in texts for match in MACRO.finditer(text)]


@pytest.mark.parametrize(("file", "name", "before"), macros())
def test_component_has_a_word_on_what_it_is_and_is_shown(file: str, name: str, before: str) -> None:
    assert before.endswith("#}"), f"{file}: no comment above {name}"
    shown = (SPECIMEN / "pages/condition.html").read_text("utf-8").partition("{% block main %}")[2]
    assert f"{name}(" in shown, f"{file}: {name} is not on the specimen page"


@pytest.fixture(scope="session")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimen page: the guide built with it in the place of a condition's page."""
    out = tmp_path_factory.mktemp("specimen")
    today = datetime.date.fromisoformat(TODAY)
    report = build(BuildRequest(content=ROOT / "content", templates=SPECIMEN, out=out, today=today))
    assert not report.stopped, report.diagnostics
    return out / "conditions/stroke/index.html"


@pytest.mark.browser
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_specimen_has_no_barrier(browser: Browser, specimen: Path, size: str, scheme: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True, **SCHEMES[scheme])
    page = context.new_page()
    page.goto(specimen.as_uri())
    told = violations(page)
    context.close()
    # The specimen shows components outside their usual order, so headings and landmarks may repeat.
    assert not [one for one in told if not one.startswith(("heading-order", "landmark", "region"))], "\n".join(told)
