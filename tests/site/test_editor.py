"""An editor adds one Markdown file, and the page is everywhere that it belongs. No code is touched."""

import json
import shutil
from pathlib import Path
from string import Template

import pytest

from tests.built import GUIDE, ROOT, BuiltSite, build_guide

DAY = "2026-12-01"
PAGE = Template("""---
name: Tennis elbow
summary: The outside of your elbow hurts when you grip. See which therapist helps, and what to ask at the first visit.
author: guide-project
updated_on: $day
lead: $lead
joins: $joins
why: A therapist shows you how to load the arm so that it can settle.
also_called:
- Lateral elbow pain
pt_does:
- Finds out which movements hurt and which do not
- Plans exercises that you can do at home
- Shows you how to come back to sport
ot_does:
- Looks at how you grip and lift at work
- Finds easier tools and handles
- Plans the day with you so that the arm can rest
questions:
- How long will it take?
- What may I go on doing?
effect_claims: false
sources:
- halabchi-2020
---

The outside of your elbow hurts when you lift the kettle or shake a hand.
""")
LISTS = {"pt": "physical-therapy", "ot": "occupational-therapy", "both": "both"}
WHERE = "conditions/tennis-elbow/"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the content that a test may change."""
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


def _built(content: Path) -> BuiltSite:
    build_guide(content.parent / "build", GUIDE, content=content, today=DAY)
    return BuiltSite(content.parent / "build", GUIDE)


def _links(site: BuiltSite, path: str) -> set[str]:
    return {reference.target for reference in site.pages[path].references}


@pytest.mark.parametrize(("lead", "joins"), [("pt", "none"), ("ot", "pt"), ("both", "none")])
def test_one_new_file_is_everywhere(content: Path, lead: str, joins: str) -> None:
    page = PAGE.substitute(lead=lead, joins=joins, day=DAY)
    (content / "conditions/tennis-elbow.md").write_text(page, "utf-8")
    site = _built(content)
    assert "Tennis elbow" in site.text(f"{WHERE}index.html")
    assert f"/guide/{WHERE}" in _links(site, "conditions/index.html")
    assert "Lateral elbow pain" in site.text("conditions/index.html")
    for therapy, folder in LISTS.items():
        listed = f"/guide/{WHERE}" in _links(site, f"conditions/{folder}/index.html")
        assert listed or therapy != lead, f"not on the list of {therapy}"
        assert not listed or therapy in {lead, "both"}, f"on the list of {therapy}, which does not lead"
    assert f"<loc>{GUIDE}{WHERE}</loc><lastmod>{DAY}</lastmod>" in site.text("sitemap.xml")
    assert f"<id>{GUIDE}{WHERE}</id>" in site.text("feed.xml")
    rows = json.loads(site.text("data/conditions.json"))["conditions"]
    assert [row["lead"] for row in rows if row["id"] == "tennis-elbow"] == [lead]
    assert f"{GUIDE}{WHERE}" in site.text("data/conditions.csv")
    assert not [fault for path in site.pages for fault in site.broken(path)]


def test_a_file_taken_away_is_nowhere(content: Path) -> None:
    page = content / "conditions/tennis-elbow.md"
    page.write_text(PAGE.substitute(lead="pt", joins="none", day=DAY), "utf-8")
    assert f"{WHERE}index.html" in _built(content).files
    page.unlink()
    site = _built(content)
    assert not [path for path in site.files if "tennis-elbow" in path or "tennis-elbow" in site.text(path)]
    assert not (site.folder / WHERE).exists()


def test_a_draft_is_nowhere(content: Path) -> None:
    page = PAGE.substitute(lead="pt", joins="none", day=DAY).replace("lead:", "draft: true\nlead:", 1)
    (content / "conditions/tennis-elbow.md").write_text(page, "utf-8")
    site = _built(content)
    assert not [path for path in site.files if "tennis-elbow" in path or "tennis-elbow" in site.text(path)]
