"""The tool installed from its wheel, outside the repository: templates come along, and a guide can be built."""

import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from otpt_site.schemas import schema_text, schemas
from otpt_site.starter import starter_files
from tests.project import Project, project

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


def test_the_wheel_holds_the_starter_guide(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = "otpt_site/starter/"
        held = {name.removeprefix(inside): archive.read(name) for name in archive.namelist() if name.startswith(inside)}
    assert held == starter_files()


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Runs the installed tool in a folder, and tells what it printed."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv/bin/python"
    packages = next((folder / "venv/lib").glob("python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    # What the tool needs is taken from the environment of the tests; the tool itself is not.
    needed = f"import sys, site; sys.path += {[path for path in sys.path if path.endswith('site-packages')]!r}"
    run = f"{needed}; import otpt_site; print(otpt_site.__file__); from otpt_site.cli import main; main()"

    def tool(inside: Path, *arguments: str) -> str:
        command: list[str] = [str(python), "-I", "-c", run, *arguments]
        done = subprocess.run(command, cwd=inside, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.startswith(str(packages))
        return str(done.stdout)

    return tool


def test_an_installed_tool_builds_a_guide_that_has_no_templates(installed: Callable[..., str], tmp_path: Path) -> None:
    made = project(tmp_path / "guide")
    installed(made.root, "build", "--today", "2026-11-23")
    assert made.page("index.html").startswith("<!doctype html>")
    assert (made.out / "feed.xml").exists()


def test_an_installed_tool_makes_a_new_guide_and_builds_it(installed: Callable[..., str], tmp_path: Path) -> None:
    installed(tmp_path, "init", "our guide")
    made = Project(tmp_path / "our guide")
    printed = installed(made.root, "build", "--strict")
    assert "warning" not in printed
    assert made.page("conditions/balance-falls/index.html").startswith("<!doctype html>")
    installed(made.root, "new", "article", "Do I need a referral?")
    assert (made.root / ".vscode/schemas/goals.json").read_text("utf-8") == schema_text(schemas()["goals"].schema)
