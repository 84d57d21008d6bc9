"""A build that failed, left pages out or kept an old text is never taken for a measurement."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bench.corpus import Corpus, address, make_corpus
from bench.scenarios import BODY, COLD, NOTHING, TEMPLATE, TITLE, Bench, Wrong
from bench.tools import OTPT, TOOLS, Tool

CORPUS = make_corpus(20)
# A tool that copies each page and the base template beside it, and knows no A to Z.
_COPY = """
import pathlib, sys
base = pathlib.Path("layouts/_default/baseof.html").read_text() if "template" in sys.argv else ""
for page in pathlib.Path("content").glob("*/*.md"):
    place = pathlib.Path("build") / page.parent.name / page.stem / "index.html"
    place.parent.mkdir(parents=True, exist_ok=True)
    if "once" not in sys.argv or not place.exists():
        place.write_text(page.read_text() + base)
"""


def _files(corpus: Corpus) -> Iterator[tuple[str, str]]:
    for page in corpus.pages:
        yield f"{address(page).removesuffix('/index.html')}.md", page.title


def _bench(tmp_path: Path, program: str, *arguments: str) -> Bench:
    script = tmp_path / "tool.py"
    script.write_text(program)
    tool: Tool = replace(TOOLS["hugo"], program=(sys.executable, str(script), *arguments), files=_files)
    return Bench(tool, CORPUS, tmp_path / "project", tmp_path / "homes")


def test_a_right_build_of_every_kind_is_measured(tmp_path: Path) -> None:
    bench = _bench(tmp_path, _COPY, "template")
    for scenario in (COLD, NOTHING, BODY, TEMPLATE):
        cost = bench.measure(scenario, 1)
        assert cost.wall > 0
        assert cost.peak_sum >= cost.peak > 0


def test_a_failed_build_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(Wrong, match="failed: no luck"):
        _bench(tmp_path, "import sys; sys.exit('no luck')").measure(COLD, 1)


def test_a_missing_page_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(Wrong, match="did not build 20 pages"):
        _bench(tmp_path, "").measure(COLD, 1)


@pytest.mark.parametrize(("scenario", "argument"), [(BODY, "once"), (TEMPLATE, "plain")])
def test_an_edit_that_does_not_show_stops_the_run(tmp_path: Path, scenario: str, argument: str) -> None:
    bench = _bench(tmp_path, _COPY, argument)
    bench.measure(COLD, 1)
    with pytest.raises(Wrong, match="'edit number 1' is not in"):
        bench.measure(scenario, 1)


def test_a_cold_build_begins_with_the_untouched_texts_and_no_old_page(tmp_path: Path) -> None:
    bench = _bench(tmp_path, _COPY, "once")
    bench.measure(COLD, 1)
    built = tmp_path / "project" / "build"
    (built / "stray.html").write_text("left over")
    with pytest.raises(Wrong):
        bench.measure(BODY, 1)
    bench.measure(COLD, 2)
    assert not (built / "stray.html").exists()
    assert "edit number" not in "".join(page.read_text() for page in built.rglob("*.html"))


def test_titles_are_edited_in_our_own_guide_only(tmp_path: Path) -> None:
    assert not _bench(tmp_path, "").can(TITLE)
    assert Bench(OTPT, CORPUS, tmp_path / "ours", tmp_path / "homes").can(TITLE)
