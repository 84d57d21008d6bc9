"""A preview that runs on this machine for one test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project import project
from tests.serve.running import Running, running


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Running]:
    """The preview of a small guide, built once already."""
    with running(project(tmp_path)) as preview:
        preview.until(lambda now: now.number == 1)
        yield preview


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The same for all tests of a module: they only ask it."""
    with running(project(tmp_path_factory.mktemp("steady"))) as preview:
        preview.until(lambda now: now.number == 1)
        yield preview
