"""The benchmark's made-up guide: always the same, without a fault, and changed by an edit as the edit says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.corpus import SHIPPED, address, make_corpus, shares
from bench.edits import edit_body, edit_template, edit_title, mark
from bench.guide import content_files, content_path
from tests.project import Project, project, told

ROOT = Path(__file__).parents[2]
COUNT = 60
CORPUS = make_corpus(COUNT)
FILES = dict(content_files(CORPUS))


@pytest.fixture
def guide(tmp_path: Path) -> Project:
    """The made-up guide, built."""
    made = project(tmp_path, FILES)
    report = made.build()
    assert told(report) == []
    return made


def test_all_pages_are_built_without_an_error_or_a_warning(guide: Project) -> None:
    assert [page.id for page in CORPUS.pages if address(page) not in guide.files()] == []


def test_the_same_count_gives_the_same_guide_in_another_process() -> None:
    program = (
        "import sys; from bench.corpus import make_corpus; from bench.guide import content_files;"
        f"sys.stdout.write(str(list(content_files(make_corpus({COUNT})))))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    shown = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=environment, cwd=ROOT
    )
    assert shown.stdout == str(list(FILES.items()))


def test_another_count_gives_another_guide() -> None:
    assert dict(content_files(make_corpus(COUNT + 1))) != FILES


@pytest.mark.parametrize("count", [1, 60, 157, 500, 10_000])
def test_the_kinds_of_pages_keep_the_shipped_proportions(count: int) -> None:
    parts = shares(count)
    assert sum(parts.values()) == count
    for kind, shipped in SHIPPED.items():
        assert abs(parts[kind] - count * shipped / sum(SHIPPED.values())) < 1


def test_no_two_pages_share_an_id_and_no_two_paragraphs_are_alike() -> None:
    corpus = make_corpus(1000)
    assert len({(page.kind, page.id) for page in corpus.pages}) == 1000
    paragraphs = [text for page in corpus.pages for section in page.sections for text in section.paragraphs]
    assert len(set(paragraphs)) == len(paragraphs)


def test_every_page_has_six_links_to_other_pages() -> None:
    for page in CORPUS.pages:
        texts = [page.nuance, *(text for section in page.sections for text in section.paragraphs)]
        in_text = sum(text.count("[](") for text in texts)
        assert in_text + len(page.related) + len(page.conditions) == 6, page.id
        assert (page.kind, page.id) not in page.related


def test_a_long_table_of_goals_is_split_into_files() -> None:
    files = dict(content_files(make_corpus(250)))
    parts = [text for path, text in files.items() if path.startswith("goals/")]
    assert [text.count("\n    goal: ") for text in parts] == [50, 50, 16]
    assert files["goals.yaml"].endswith("goals: []\n")
    assert not any(path.startswith("goals/") for path in FILES)


def test_an_edited_body_changes_that_page_and_no_other(guide: Project) -> None:
    page = CORPUS.of("condition")[7]
    before = guide.files()
    guide.write({content_path(page): edit_body(FILES[content_path(page)], 3)})
    assert told(guide.build()) == []
    after = guide.files()
    assert [path for path in after if before[path] != after[path]] == [address(page)]
    assert mark(3) in guide.page(address(page))


def test_an_edited_title_changes_the_pages_that_show_it(guide: Project) -> None:
    page = CORPUS.of("condition")[7]
    before = guide.files()
    guide.write({content_path(page): edit_title(FILES[content_path(page)], 3)})
    assert told(guide.build()) == []
    changed = {path for path, data in guide.files().items() if before.get(path) != data}
    for path in (address(page), "conditions/index.html", "data/conditions.json"):
        assert path in changed
        assert f"{page.title} 3" in guide.page(path)
    naming = [one for one in CORPUS.pages if ("condition", page.id) in one.related or page.id in one.conditions]
    assert naming
    assert {address(one) for one in naming} <= changed


def test_an_edited_template_marks_every_page(guide: Project) -> None:
    base = (ROOT / "templates" / "base.html").read_text("utf-8")
    guide.write({"base.html": edit_template(base, 3)}, folder="templates")
    assert told(guide.build()) == []
    assert [page.id for page in CORPUS.pages if mark(3) not in guide.page(address(page))] == []


def test_what_can_not_be_edited_is_refused() -> None:
    with pytest.raises(ValueError, match="no name"):
        edit_title("---\ntitle: No condition\n---\n", 1)
    with pytest.raises(ValueError, match="no </body>"):
        edit_template("<p>", 1)
