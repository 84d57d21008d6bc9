"""What is known of a page after a rebuild."""

import datetime
from pathlib import Path

import pytest

from otpt_site.diagnostics import Place, problem
from otpt_site.guide.common import PageState
from otpt_site.library import ReviewState
from otpt_site.rules import Severity
from otpt_site.serve.rounds import PageFacts, Round, shown_problems
from otpt_site.serve.workshop import Workshop
from tests.kit import SITE, article, condition, goals
from tests.project import ONE_OF_EACH, project

LONG = "After a while, somebody can usually continue without a helper.\n\n" * 20
FURTHER = goals().replace("climb-stairs", "walk-far").partition("goals:\n")[2]


def _round(root: Path, **files: str) -> Round:
    made = project(root, {**ONE_OF_EACH, **{name.replace("__", "/"): text for name, text in files.items()}})
    out = root / ".cache/preview"
    workshop = Workshop(made.request(out=out, drafts=True), out, lambda *_: None)
    workshop.build()
    assert workshop.current.site, workshop.current
    return workshop.current


def _facts(now: Round, path: str) -> PageFacts:
    facts = now.site.facts(path) if now.site else None
    assert facts
    return facts


def test_a_page_knows_its_source_grade_and_review(tmp_path: Path) -> None:
    facts = _facts(_round(tmp_path, **{"conditions/stroke.md": condition(LONG)}), "conditions/stroke/index.html")
    assert facts.source == Place("content/conditions/stroke.md")
    assert facts.state is PageState.PUBLISHED
    assert facts.grade is not None
    assert 0 < facts.grade < 20
    assert facts.standing
    assert facts.standing.state is ReviewState.CURRENT


def test_a_short_page_and_a_page_in_another_language_have_no_grade(tmp_path: Path) -> None:
    now = _round(tmp_path / "short")
    assert _facts(now, "articles/which-first/index.html").grade is None
    german = {"conditions/stroke.md": condition(LONG), "site.yaml": f"{SITE}language: de\n"}
    assert _facts(_round(tmp_path / "german", **german), "conditions/stroke/index.html").grade is None


def test_lists_and_files_for_machines(tmp_path: Path) -> None:
    now = _round(tmp_path)
    assert _facts(now, "conditions/index.html") == PageFacts(Place("content/conditions"))
    assert now.site
    for path in ("sitemap.xml", "old-stroke/index.html", "nowhere/index.html", ""):
        assert now.site.facts(path) is None


def test_drafts_and_scheduled_pages_are_known(tmp_path: Path) -> None:
    files = {"articles/a.md": article(draft="true"), "articles/b.md": article(publish_on="2027-03-01")}
    now = _round(tmp_path, **files)
    assert _facts(now, "articles/a/index.html").state is PageState.DRAFT
    later = _facts(now, "articles/b/index.html")
    assert (later.state, later.day) == (PageState.SCHEDULED, datetime.date(2027, 3, 1))


def test_a_page_that_expired_is_known_though_it_is_not_there(tmp_path: Path) -> None:
    files = {"articles/gone.md": article(expires_on="2026-11-02", slug="went"), "articles/old.md": article()}
    now = _round(tmp_path, **files)
    gone = _facts(now, "articles/went/index.html")
    assert (gone.source, gone.state) == (Place("content/articles/gone.md"), PageState.EXPIRED)
    assert gone.day == datetime.date(2026, 11, 2)
    assert [one.found.rule for one in now.of_page(gone)] == ["not-published"]
    assert now.site
    assert now.site.facts("articles/gone/index.html") is None


def test_a_page_that_took_the_address_of_an_expired_one_is_that_page(tmp_path: Path) -> None:
    files = {"articles/a.md": article(expires_on="2026-11-02", slug="b"), "articles/b.md": article()}
    facts = _facts(_round(tmp_path, **files), "articles/b/index.html")
    assert (facts.source, facts.state) == (Place("content/articles/b.md"), PageState.PUBLISHED)


def test_the_problems_of_a_page_are_those_of_its_file_the_serious_first(tmp_path: Path) -> None:
    vague = condition("[here](goal:climb-stairs) [@trial-2020].", reviews=None)
    now = _round(tmp_path, **{"conditions/stroke.md": vague})
    found = now.of_page(_facts(now, "conditions/stroke/index.html"))
    assert [one.found.severity for one in found] == sorted(
        [one.found.severity for one in found], key=list(Severity).index
    )
    rules = [one.found.rule for one in found]
    assert rules[0] == "vague-link"
    assert "never-reviewed" in rules
    assert found[0].line == "[here](goal:climb-stairs) [@trial-2020]."


def test_the_problems_of_a_row_are_those_of_its_lines(tmp_path: Path) -> None:
    table = goals() + FURTHER.replace(
        "It builds strong legs", "'It [builds](term:gait) strong legs, see [here](goal:climb-stairs)'"
    )
    now = _round(tmp_path, **{"goals.yaml": table})
    first = now.of_page(_facts(now, "goals/climb-stairs/index.html"))
    second = now.of_page(_facts(now, "goals/walk-far/index.html"))
    assert "vague-link" not in [one.found.rule for one in first]
    assert "vague-link" in [one.found.rule for one in second]


@pytest.mark.parametrize(("line", "shown"), [(0, ""), (1, "one"), (2, "two"), (9, "")])
def test_a_problem_has_its_line(tmp_path: Path, line: int, shown: str) -> None:
    (tmp_path / "x.md").write_text("\ufeffone\ntwo", "utf-8")
    (told,) = shown_problems([problem("yaml-syntax", Place("x.md", line), "no")], tmp_path)
    assert told.line == shown


def test_a_file_that_is_gone_has_no_lines(tmp_path: Path) -> None:
    (told,) = shown_problems([problem("yaml-syntax", Place("x.md", 1), "no")], tmp_path)
    assert told.line == ""


def test_a_row_that_is_a_draft_is_known(tmp_path: Path) -> None:
    now = _round(tmp_path, **{"goals.yaml": goals() + FURTHER.replace("area: moving", "area: moving\n  draft: true")})
    assert _facts(now, "goals/walk-far/index.html").state is PageState.DRAFT
    assert _facts(now, "goals/climb-stairs/index.html").state is PageState.PUBLISHED
