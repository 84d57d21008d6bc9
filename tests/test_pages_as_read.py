"""Whole pages of a tiny guide, one of each kind, as a reader gets them.

Golden pages lie in tests/golden/, so that a change of what readers get shows in review. After a change that is meant,
renew them and look at the difference:

    OTPT_RENEW_GOLDEN=1 python -m pytest tests/test_pages_as_read.py
    git diff tests/golden
"""

import os
import re
from pathlib import Path
from typing import Final

import pytest

from tests.kit import GLOSSARY, REVIEWS, SAFETY, article, comparison, condition, goals, plain_page, therapy
from tests.project import ONE_OF_EACH, Project, project, told

GOLDEN: Final = Path(__file__).parent / "golden"
# The style is long, changes often, and has its own tests; digests change with every file.
_STYLE: Final = re.compile(r"<style>.*?</style>", re.DOTALL)
_DIGEST: Final = re.compile(r"(?<=\.)[0-9a-f]{8}(?=\.(?:js|svg|png))|(?<=sha256-)[\w+/]+=*")
_MAIN: Final = re.compile(r"<main.*</main>\n", re.DOTALL)
# The frame is the same around all pages: of most, the main part is kept.
EDITED: Final = ONE_OF_EACH["articles/which-first.md"].replace(
    REVIEWS, "[{by: reviewer, on: 2026-11-01, digest: v1-x}]"
)
WHOLE: Final = ("index.html", "conditions/stroke/index.html", "old-stroke/index.html")
PAGES: Final = (
    "index.html", "404.html", "about/index.html", "articles/which-first/index.html", "cheat-sheet/index.html",
    "compare/fall/index.html", "compare/index.html", "conditions/both/index.html", "conditions/index.html",
    "conditions/stroke/index.html", "feed.xml", "glossary/index.html", "goals/climb-stairs/index.html",
    "goals/index.html", "old-stroke/index.html", "people/reviewer/index.html", "robots.txt", "sessions/index.html",
    "sitemap.xml", "sources/index.html", "therapies/physical-therapy/index.html", "data/goals.csv",
    "data/conditions.json", "data/finder.json", "_headers",
)  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """One of each kind, built for an address with a folder. The article was changed since it was reviewed."""
    made = project(tmp_path_factory.mktemp("golden"), {**ONE_OF_EACH, "articles/which-first.md": EDITED})
    problems = told(made.build(base_url="https://example.org/guide/", strict=True))
    assert [line.split()[1] for line in problems] == ["edited-since-review:"]
    return made


@pytest.mark.parametrize("path", PAGES)
def test_golden_pages(built: Project, path: str) -> None:
    text = _DIGEST.sub("DIGEST", _STYLE.sub("<style>…</style>", built.page(path)))
    if path.endswith(".html") and path not in WHOLE:
        text = "".join(_MAIN.findall(text))
    golden = GOLDEN / path.replace("/index.html", ".html").replace("/", "-")
    if os.environ.get("OTPT_RENEW_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(text.encode())
    assert text == golden.read_text("utf-8"), "the head of this test's file tells how to renew it"


def test_no_golden_page_is_left_over() -> None:
    names = {path.replace("/index.html", ".html").replace("/", "-") for path in PAGES}
    assert {path.name for path in GOLDEN.iterdir()} == names


def test_every_page_names_who_runs_the_site(built: Project) -> None:
    pages = [path for path in PAGES if path.endswith("html") and path != "old-stroke/index.html"]
    for path in pages:
        footer = built.page(path).partition("<footer>")[2]
        assert 'Run by <a href="/guide/people/guide-project/">' in footer, path


class _Cited:
    """Texts each of which cites a source of its own and uses a term, so that their order can be told."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        return f'"Text {self.count} [@s{self.count}] [walk](term:gait)"'

    def list(self, length: int = 2) -> str:
        return f"[{', '.join(self() for _ in range(length))}]"

    def body(self) -> str:
        one, two, three = (self()[1:-1] for _ in range(3))
        return f"{one}\n\n{two}\n\n## A heading\n\n{three}"


def _cited_guide() -> dict[str, str]:
    new = _Cited()
    extra = f"[{{level: urgent, action: same-day, text: {new()}}}]"
    a_condition = {
        **{key: new() for key in ("summary", "why", "nuance", "both_do", "unknowns")},
        **{key: new.list() for key in ("pt_does", "ot_does", "questions")},
        "first_visit": f"{{pt: {new.list()}, ot: {new.list()}}}",
        "safety": "[stroke-signs]", "safety_extra": extra,
    }  # fmt: skip
    lines = (
        "summary", "imagine", "decision", "pt_if", "ot_if", "both_if", "pt_gain", "ot_gain", "pt_limits", "ot_limits",
        "not_known", "who_first",
    )  # fmt: skip
    row = f"{{topic: {new()}, pt: {new()}, ot: {new()}}}"
    a_comparison = {
        **{key: new() for key in lines}, **{key: new.list() for key in ("both_do", "questions")},
        "table": f"[{row}]", "safety_extra": extra,
    }  # fmt: skip
    lists = ("works_on", "methods", "tools", "tool_cautions", "first_visit", "session", "settings", "choose_if")

    def a_therapy() -> dict[str, str]:
        return {**{key: new() for key in ("summary", "one_line")}, **{key: new.list() for key in lists}}

    a_goal = {
        **{key: new() for key in ("why", "nuance", "caution")},
        **{key: new.list() for key in ("pt_does", "ot_does", "questions")}, "safety": "[stroke-signs]",
    }  # fmt: skip
    files = {
        "conditions/stroke.md": condition(new.body(), **a_condition),
        "conditions/acute.md": condition(new.body(), **a_condition | {"acute": "true", "name": "Acute"}),
        "comparisons/fall.md": comparison(new.body(), **a_comparison),
        "therapies/pt.md": therapy(new.body(), **a_therapy()),
        "therapies/ot.md": therapy(new.body(), **a_therapy() | {"name": "OT", "short": "OT"}),
        "articles/first.md": article(new.body(), lead_in=new(), summary=new(), safety="[stroke-signs]"),
        "pages/about.md": plain_page(new.body(), summary=new()),
        "pages/sessions.md": plain_page(new.body(), summary=new(), title="Sessions"),
        "goals.yaml": goals(**a_goal, reviews=REVIEWS),
        "glossary.yaml": GLOSSARY.replace("the way you walk", f'"The way you walk [@s{new.count}]"'),
        "safety.yaml": SAFETY.replace("It may be a stroke", new()).replace("[One side droops]", new.list()),
    }
    rows = "".join(f"- {{id: s{n}, type: trial, authors: A, title: T{n}}}\n" for n in range(1, new.count + 1))
    files["sources.yaml"] = f"sources:\n- {{id: trial-2020, type: trial, authors: A, title: A trial}}\n{rows}"
    return files


@pytest.fixture(scope="module")
def cited(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A guide in which every text cites a source and uses a term."""
    made = project(tmp_path_factory.mktemp("cited"), {**ONE_OF_EACH, **_cited_guide()})
    report = made.build()
    assert not report.stopped, told(report)
    return made


def _pages(made: Project) -> dict[str, str]:
    return {path: made.page(path).partition("<main")[2] for path in made.files() if path.endswith(".html")}


def test_sources_are_numbered_as_they_are_read_and_all_have_their_entry(cited: Project) -> None:
    citing = 0
    for path, page in _pages(cited).items():
        numbers = [int(number) for number in re.findall(r'href="#source-(\d+)"', page)]
        firsts = list(dict.fromkeys(numbers))
        assert firsts == sorted(firsts), f"{path} is numbered in another order than it is read"
        assert set(numbers) <= {int(number) for number in re.findall(r'id="source-(\d+)"', page)}, path
        citing += bool(numbers)
    assert citing == 10


def test_a_word_is_explained_where_it_is_read_first_and_only_there(cited: Project) -> None:
    for path, page in _pages(cited).items():
        uses = [found.start() for found in re.finditer('<a class="term"', page)]
        meanings = [found.start() for found in re.finditer('<span class="meaning">', page)]
        assert len(meanings) == bool(uses), path
        assert not uses or page.find("</p>", uses[0]) > meanings[0] or page.find("</li>", uses[0]) > meanings[0], path


def test_nothing_to_book_stands_above_an_emergency_card(cited: Project) -> None:
    for path, page in _pages(cited).items():
        cards = [found.start() for found in re.finditer('class="care ', page)]
        step = page.find('id="next-step"')
        assert step < 0 or not cards or max(cards) < step, path
