"""What tests of several folders share: the system's Chromium."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.built import missing

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Root can't have Chromium's sandbox, and the browser itself calls nobody.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    names = (os.environ.get("OTPT_BROWSER", ""), *BROWSERS)
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        missing("Chromium")
    flags = [flag for flag in FLAGS if flag != "--no-sandbox" or getattr(os, "geteuid", lambda: 1)() == 0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, headless=True, args=flags)
        yield browser
        browser.close()
