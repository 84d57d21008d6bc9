"""The tool installed from its wheel, outside the repository: templates come along, and a guide can be built."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.project import project

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made of the checkout with what is installed already."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--wheel-dir", str(folder), str(ROOT)], check=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_all_templates_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    templates = {path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*") if path.is_file()}
    assert {f"otpt_site/{path}" for path in templates} <= names
    package = ROOT / "src/otpt_site"
    parts = [path for path in package.rglob("*.*") if path.suffix in {".py", ".css", ".js"}]
    assert {f"otpt_site/{path.relative_to(package).as_posix()}" for path in parts} <= names
    assert not [name for name in names if name.startswith(("tests", "content"))]


def test_an_installed_tool_builds_a_guide_that_has_no_templates(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv/bin/python"
    packages = next((tmp_path / "venv/lib").glob("python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    # What the tool needs is taken from the environment of the tests; the tool itself is not.
    needed = f"import sys, site; sys.path += {[path for path in sys.path if path.endswith('site-packages')]!r}"
    run = f"{needed}; import otpt_site; print(otpt_site.__file__); from otpt_site.cli import main; main()"
    made = project(tmp_path / "guide")
    done = subprocess.run(
        [python, "-I", "-c", run, "build", "--today", "2026-11-23"],
        cwd=made.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(str(packages))
    assert made.page("index.html").startswith("<!doctype html>")
    assert (made.out / "feed.xml").exists()
