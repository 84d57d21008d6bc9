"""The same content on the same day gives the same bytes, whatever the machine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.built import ROOT, TODAY

# The second is as far from the first as a machine may be: it even reads and prints plain ASCII unless told otherwise.
PLACES = (
    {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "LANG": "en_US.UTF-8", "PYTHONHASHSEED": "1"},
    {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "tr_TR.ISO8859-9",
        "LANGUAGE": "tr",
        "PYTHONHASHSEED": "4711",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    },
)


def _build(project: Path, place: dict[str, str], today: str = TODAY) -> dict[str, bytes]:
    """Builds a copy of the guide in the folder `project`, in a process of its own."""
    for folder in ("content", "templates"):
        shutil.copytree(ROOT / folder, project / folder, copy_function=shutil.copyfile)
    code = "from otpt_site.cli import main; main()"
    command = [sys.executable, "-c", code, "build", "--today", today, "--base-url", "https://example.org/guide/"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    ran = subprocess.run(command, cwd=project, env=clean | place, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    out = project / "build"
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_two_builds_are_the_same_byte_for_byte(tmp_path: Path) -> None:
    first = _build(tmp_path / "first", PLACES[0])
    second = _build(tmp_path / "elsewhere" / "second", PLACES[1])
    assert len(first) > 150
    assert first.keys() == second.keys()
    assert not [path for path in first if first[path] != second[path]]


def test_no_page_tells_where_it_was_built(tmp_path: Path) -> None:
    built = _build(tmp_path / "telltale-folder", PLACES[0])
    assert not [path for path, data in built.items() if b"telltale-folder" in data]
