"""The Nu HTML checker has nothing to say about the built site: no error and no warning."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.built import ROOT, BuiltSite, missing, serving

CHECKER = ROOT / "tests/browser/node_modules/vnu-jar/build/dist/vnu.jar"

pytestmark = pytest.mark.java


def complaints(places: list[str], *options: str) -> list[str]:
    """What the checker says of these files or addresses: errors, warnings, and that one could not be checked."""
    java = shutil.which("java")
    if java is None:
        missing("Java")
    if not CHECKER.is_file():
        missing("the HTML checker")
    # Without the first property the checker fetches nothing from this very machine.
    flags = ["-Dnu.validator.servlet.allow-forbidden-hosts=true", "-Xss4m"]
    command = [java, *flags, "-jar", str(CHECKER), "--format", "json", "--Werror", *options, *places]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    messages = json.loads(ran.stderr or "{}").get("messages", [])
    told = [f"{one.get('url')}:{one.get('lastLine')}: {one['message']}" for one in messages if _counts(one)]
    assert told or ran.returncode == 0, ran.stderr
    return told


def _counts(message: dict[str, str]) -> bool:
    # An "info" that is no warning is advice on style, such as on closing slashes.
    return message["type"] != "info" or message.get("subType") == "warning"


def test_every_page_is_valid(any_site: BuiltSite) -> None:
    # By address, as a reader gets them: a policy on what a page may load means nothing for a mere file.
    with serving(any_site) as address:
        told = complaints([address + path for path in any_site.pages])
    assert not told, "\n".join(told)


def test_every_picture_and_style_is_valid(built_site: BuiltSite) -> None:
    for kind, options in ((".svg", ["--svg"]), (".css", ["--css"])):
        files = [str(built_site.folder / path) for path in sorted(built_site.files) if path.endswith(kind)]
        told = complaints(files, *options) if files else []
        assert not told, "\n".join(told)


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("<p id=a>One<p id=a>Two", "Duplicate ID"),
        ("<img src=a.png>", "alt"),
        ("<h1>One</h1><h3>Three</h3>", "skipping"),
        ("<section><p>No heading</p></section>", "lacks heading"),
    ],
)
def test_the_checker_can_complain(tmp_path: Path, body: str, word: str) -> None:
    page = tmp_path / "bad.html"
    page.write_text(f'<!doctype html><html lang="en"><title>Bad</title>{body}', "utf-8")
    assert any(word in told for told in complaints([str(page)]))
