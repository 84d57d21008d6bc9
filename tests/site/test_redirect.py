"""An old address leads to the new one, with and without a script, on whatever host the copy is served."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.built import GUIDE, BuiltSite, serving
from tests.project import project, told

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("script", "fragment"), [(True, "#does-it-help"), (False, "")])
def test_an_old_address_leads_on(browser: Browser, tmp_path: Path, *, script: bool, fragment: str) -> None:
    made = project(tmp_path)
    assert told(made.build(base_url=GUIDE, out=tmp_path / "served/guide")) == []
    with serving(BuiltSite(tmp_path / "served/guide", GUIDE)) as address:
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        page.goto(f"{address}old-stroke/#does-it-help", wait_until="commit")
        page.wait_for_url("**/conditions/stroke/**")
        # The canonical address names another host: a copy must not lead away from its own.
        assert page.url.startswith(f"{address}conditions/stroke/")
        assert page.url.endswith(fragment)
        context.close()
