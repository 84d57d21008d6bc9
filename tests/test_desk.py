"""What lies on the editors' desk."""

import datetime
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from otpt_site.build import survey
from otpt_site.desk import Desk, desk_html, desk_of
from otpt_site.library import ReviewState
from otpt_site.pages.addresses import BaseUrl
from tests.desks import FULL
from tests.kit import DEFAULTS, REVIEWS, SITE, TODAY, article, condition, guide_of
from tests.project import project


def _desk(files: Mapping[str, str], **options: bool) -> Desk:
    made = guide_of(files, **options)  # type: ignore[arg-type]
    return desk_of(made.whole, made.traits, made.diagnostics, BaseUrl("https://example.org", "/guide/"))


@pytest.fixture(scope="module")
def full() -> Desk:
    return _desk(FULL)


def test_reviews_wait_by_person_the_first_one_due_first(full: Desk) -> None:
    waiting = {
        (person.id, person.name): [(one.page.id, one.state, str(one.due)) for one in person.reviews]
        for person in full.reviews
    }
    assert list(waiting.items()) == [
        (("other", "Ada Ames"), [("soon", ReviewState.DUE_SOON, "2026-12-31")]),
        (
            ("reviewer", "Robin Reed"),
            [
                ("stroke-signs", ReviewState.OVERDUE, "2022-01-01"),
                ("overdue", ReviewState.OVERDUE, "2026-01-31"),
                ("about", ReviewState.DUE_SOON, "2026-12-01"),
            ],
        ),
    ]


def test_a_text_changed_since_its_review_names_who_read_it(full: Desk) -> None:
    assert [(one.page.id, one.reviewer, str(one.reviewed_on)) for one in full.edited] == [
        ("edited", "Robin Reed", "2026-11-01")
    ]


def test_pages_that_no_clinician_has_reviewed(full: Desk) -> None:
    assert [(entry.kind, entry.id) for entry in full.never_reviewed] == [("condition", "never")]
    one = full.never_reviewed[0]
    assert (one.name, one.path, one.line) == ("Never", "content/conditions/never.md", 0)
    assert one.href == "https://example.org/guide/conditions/never/"


def test_goals_and_cards_can_be_without_a_review() -> None:
    files = {
        "goals.yaml": FULL["goals.yaml"].replace(f"reviews: {REVIEWS}", "reviews: []"),
        "safety.yaml": FULL["safety.yaml"].replace(f", reviews: {REVIEWS}", ""),
    }
    found = [(entry.kind, entry.id, entry.href) for entry in _desk(files).never_reviewed]
    assert found == [
        ("goal", "climb-stairs", "https://example.org/guide/goals/climb-stairs/"),
        ("safety", "calf-clot", ""),
        ("safety", "low-mood", ""),
    ]


def test_a_part_on_what_helps_that_cites_nothing(full: Desk) -> None:
    [one] = [one for one in full.uncited if one.page.id == "uncited"]
    assert one.message == "the part 'Does it help?' cites no source"
    assert one.page.line > 1
    assert {one.page.id for one in full.uncited} == {"uncited"}


def test_drafts_and_dates_the_next_change_first(full: Desk) -> None:
    assert [(one.page.id, one.state.value, str(one.day)) for one in full.timed] == [
        ("scheduled", "scheduled", "2026-12-01"),
        ("going", "published", "2026-12-24"),
        ("draft", "draft", "None"),
        ("expired", "expired", "2026-11-20"),
    ]
    assert full.next_change == datetime.date(2026, 12, 1)


def test_a_preview_shows_the_same_drafts_and_dates(full: Desk) -> None:
    shown = _desk(FULL, drafts=True)
    assert {(one.page.id, one.state, one.day) for one in shown.timed} == {
        (one.page.id, one.state, one.day) for one in full.timed
    }


def test_orphans_goals_without_condition_and_rows_that_nothing_uses(full: Desk) -> None:
    assert "hard" in [entry.id for entry in full.orphans]
    assert "more-0" not in [entry.id for entry in full.orphans]
    assert [entry.id for entry in full.goals_without_condition] == ["climb-stairs"]
    assert [(entry.kind, entry.id, entry.line) for entry in full.unused] == [
        ("term", "cane", 3),
        ("source", "trial-2021", 3),
    ]


def test_grades_are_listed_the_hardest_first(full: Desk) -> None:
    assert [(one.page.id, one.hard) for one in full.grades] == [("hard", True)]
    assert full.grades[0].grade > 8
    german = {**FULL, "site.yaml": SITE.replace("timezone", "language: de\ntimezone")}
    assert _desk(german).grades == ()


def test_balance_is_told_of_each_comparison_and_condition_the_worst_first(full: Desk) -> None:
    first = [(one.page.id, one.fair) for one in full.balance[:3]]
    assert first == [("unfair", False), ("never", False), ("fall", True)]
    leads = {one.page.id: one.equal for one in full.balance}
    assert (leads["never"], leads["stroke"], leads["fall"]) == (True, False, True)
    worst = full.balance[0]
    assert (worst.pt > worst.ot, worst.ratio) == (True, round(worst.pt / worst.ot, 2))


def test_nothing_waits_in_a_guide_where_all_is_done() -> None:
    desk = _desk({"goals.yaml": FULL["goals.yaml"] + "  conditions: [x]\n", "conditions/x.md": condition()})
    assert not any((desk.reviews, desk.edited, desk.uncited, desk.timed, desk.orphans, desk.unused))
    assert not any((desk.goals_without_condition, desk.grades, desk.never_reviewed, desk.errors))
    assert desk.next_change == datetime.date(2028, 9, 2), "the reviews of 2026-11-01 are soon due"


def test_the_sample_has_no_error(full: Desk) -> None:
    assert full.errors == 0


def test_errors_are_counted_and_what_can_be_read_is_shown() -> None:
    desk = _desk({**FULL, "conditions/bad.md": condition(lead="physio"), "articles/worse.md": article(lead_in="[]")})
    assert desk.errors == 2
    assert [person.id for person in desk.reviews] == ["other", "reviewer"]


def test_someone_unknown_is_named_by_their_id() -> None:
    desk = _desk({"conditions/x.md": condition(reviews="[{by: nobody, on: 2020-01-01}]")})
    assert [(person.id, person.name) for person in desk.reviews] == [("nobody", "nobody")]


def _page(tmp_path: Path, files: Mapping[str, str], **options: bool) -> str:
    surveyed = survey(project(tmp_path, files).request(out=None))
    assert surveyed.guide
    desk = desk_of(surveyed.guide, surveyed.traits, surveyed.found, surveyed.base)
    return desk_html(desk, surveyed.theme, linked=options.get("linked", False))


def test_the_page_needs_nothing_else_and_is_in_order(tmp_path: Path) -> None:
    page = _page(tmp_path, FULL)
    assert page.count("<h1") == 1
    assert page.count("<table") == page.count("<caption>") == page.count("<thead>") == 12
    assert all('scope="' in cell for cell in re.findall(r"<th[ >][^>]*>?", page))
    assert set(re.findall(r'href="(.)', page)) == {"#"}
    assert not re.search(r"<(?:script|img|link|iframe)", page)
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets <= set(re.findall(r' id="([^"]+)"', page))
    for words in ("Overdue since", "Ada Ames (1)", "Appears on", "Expired since", "In the site until", "Draft"):
        assert words in page
    assert f'As it stands on <time datetime="{TODAY}">November 23, 2026</time>.' in page
    assert "<p><strong>PT or OT?</strong></p>" in page


def test_names_are_links_where_the_pages_can_be_reached(tmp_path: Path) -> None:
    assert '<a href="/conditions/overdue/">Overdue</a>' in _page(tmp_path, FULL, linked=True)


def test_an_empty_desk_says_so(tmp_path: Path) -> None:
    goal = FULL["goals.yaml"].replace("reviews", "conditions: [x]\n  reviews")
    page = _page(tmp_path, {**DEFAULTS, "goals.yaml": goal, "conditions/x.md": condition()})
    assert page.count("Nothing waits here.") == 9, "all but the balance, which is always told"
    assert "No date will change the site by itself" not in page


def test_words_of_the_content_are_no_html(tmp_path: Path) -> None:
    page = _page(tmp_path, {**FULL, "conditions/never.md": condition(name="<b>x</b> & y", reviews=None)})
    assert "&lt;b&gt;x&lt;/b&gt; &amp; y" in page
