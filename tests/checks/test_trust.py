"""Who wrote a page, what it rests on, and where its review stands."""

import datetime

import pytest

from otpt_site.diagnostics import Place
from otpt_site.rules import Severity
from tests.kit import (
    REVIEWS,
    SAFETY,
    SITE,
    TODAY,
    Case,
    article,
    check,
    comparison,
    condition,
    digest_of,
    found_at,
    further_goals,
    goals,
    guide_of,
    plain_page,
    therapy,
)

LONG = "walking " * 19 + "and"
PAGE = "content/conditions/x.md"

CASES = (
    Case(
        "long summary",
        condition(summary=f"«{LONG}!»"),
        "summary-too-long",
        "156 characters",
        condition(summary=LONG),
    ),
    Case(
        "long summary of a plain page",
        plain_page(summary=f"«{LONG}!»"),
        "summary-too-long",
        "156",
        plain_page(summary=f'"**{LONG}**"'),
        path="pages/x.md",
    ),
    Case("no author", condition(author=None), "missing-key", "needs an author", condition()),
    Case(
        "no author of a comparison", comparison(author=None), "missing-key", "needs an author", path="comparisons/x.md"
    ),
    Case("no author of an article", article(author=None), "missing-key", "needs an author", path="articles/x.md"),
    Case("no author of a therapy", therapy(author=None), "missing-key", "needs an author", path="therapies/pt.md"),
    Case("no sources", comparison(sources=None), "missing-key", "needs sources", path="comparisons/x.md"),
    Case("an empty list of sources", therapy(sources="[]"), "missing-key", "needs sources", path="therapies/pt.md"),
    Case(
        "updated on a day to come",
        condition(updated_on="«2026-11-24»"),
        "future-date",
        "this was updated on 2026-11-24",
        condition(updated_on="2026-11-23", reviews="[{by: reviewer, on: 2026-11-23}]"),
    ),
    Case(
        "reviewed on a day to come",
        condition(reviews="[{by: reviewer, on: «2026-12-01»}]"),
        "future-date",
        "this was reviewed on 2026-12-01",
    ),
    Case("a goal updated on a day to come", goals(updated_on="«2027-01-01»"), "future-date", "2027", path="goals.yaml"),
    Case("a plain page of tomorrow", plain_page(updated_on="«2027-01-01»"), "future-date", "2027", path="pages/x.md"),
    Case(
        "reviewed by the author",
        condition(author="reviewer", reviews="[{by: «reviewer», on: 2026-11-01}]"),
        "weak-review",
        "'reviewer' wrote this text, and reviewed it too",
        condition(author="guide-project"),
    ),
    Case(
        "reviewed by an organization",
        condition(author="reviewer", reviews="[{by: «guide-project», on: 2026-11-01}]"),
        "review-by-organization",
        "'guide-project' is an organization, which can't read a page",
        condition(author="reviewer", reviews="[]"),
    ),
    Case(
        "effect without a source",
        condition("It helps."),
        "uncited-effect",
        "cites no source",
        condition("It has roles.", effect_claims="false"),
    ),
    Case(
        "effect said to be claimed",
        condition("It helps.", effect_claims="«true»"),
        "uncited-effect",
        "cites no source",
        condition("It helps [@trial-2020]."),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistakes(case: Case) -> None:
    check(case)


def test_articles_need_no_sources_and_plain_pages_no_author() -> None:
    assert found_at(guide_of({"articles/x.md": article(sources=None), "pages/x.md": plain_page()})) == []


@pytest.mark.parametrize("key", ["nuance", "why", "unknowns"])
def test_a_citation_in_a_key_will_do(key: str) -> None:
    text = condition("It helps.", **{key: "So it does [@trial-2020]"})
    assert found_at(guide_of({"conditions/x.md": text})) == []


def test_a_page_that_was_never_reviewed_is_noted() -> None:
    made = guide_of({"conditions/x.md": condition(reviews=None), "pages/x.md": plain_page()})
    assert [(d.rule, d.severity, d.place) for d in made.diagnostics] == [("never-reviewed", Severity.NOTE, Place(PAGE))]


def test_goals_that_were_never_reviewed_are_counted_in_one_note() -> None:
    made = guide_of({"goals.yaml": goals(reviews="[]")})
    [found] = made.diagnostics
    assert (found.rule, found.place) == ("never-reviewed", Place("content/goals.yaml"))
    assert "1 of 1 goals" in found.message


@pytest.mark.parametrize(
    ("reviewed", "rule", "due"),
    [
        ("2026-11-23", "", ""),
        ("2025-01-01", "review-due-soon", "2027-01-01"),
        ("2024-01-01", "review-overdue", "2026-01-01"),
    ],
)
def test_reviews_that_grow_old(reviewed: str, rule: str, due: str) -> None:
    made = guide_of({"conditions/x.md": condition(reviews=f"[{{by: reviewer, on: {reviewed}}}]")})
    assert made.rules() == [rule] * bool(rule)
    if rule:
        [found] = made.diagnostics
        assert found.place == Place(PAGE, 6, 1, 7)
        assert due in found.message


@pytest.mark.parametrize("severity", list(Severity))
@pytest.mark.parametrize(
    ("review", "rule"),
    [("on: 2020-01-01", "review-overdue"), ("on: 2026-11-01, digest: x", "edited-since-review")],
)
def test_the_site_decides_how_serious_a_late_review_is(severity: Severity, review: str, rule: str) -> None:
    files = {
        "site.yaml": f"{SITE}review: {{overdue: {severity.value}}}\n",
        "conditions/x.md": condition(reviews=f"[{{by: reviewer, {review}}}]"),
    }
    assert [(d.rule, d.severity) for d in guide_of(files).diagnostics] == [(rule, severity)]


def test_a_text_edited_since_its_review() -> None:
    read = digest_of(condition("It helps [@trial-2020]."))
    reviews = f"[{{by: reviewer, on: 2026-11-01, digest: {read}}}]"
    [found] = guide_of({"conditions/x.md": condition("It cures [@trial-2020].", reviews=reviews)}).diagnostics
    assert (found.rule, found.severity, found.place) == ("edited-since-review", Severity.WARNING, Place(PAGE, 6, 1, 7))
    assert found.message == "the text was changed since reviewer reviewed it on 2026-11-01"
    near = condition("It helps [@trial-2020].", reviews=reviews, updated_on="2026-11-20")
    assert guide_of({"conditions/x.md": near}).diagnostics == ()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("goals.yaml", goals(reviews="[{by: reviewer, on: 2020-01-01}]")),
        ("safety.yaml", SAFETY.replace("2026-11-01", "2020-01-01", 1)),
        ("pages/x.md", plain_page(reviews="[{by: reviewer, on: 2020-01-01}]")),
    ],
)
def test_goals_cards_and_plain_pages_grow_old_too(path: str, text: str) -> None:
    [found] = guide_of({path: text}).diagnostics
    assert (found.rule, found.place.path, found.place.line > 0) == ("review-overdue", f"content/{path}", True)


def test_cards_that_were_never_reviewed_are_counted_in_one_note() -> None:
    made = guide_of({"safety.yaml": SAFETY.replace(f", reviews: {REVIEWS}", "", 2)})
    [found] = made.diagnostics
    assert (found.rule, found.place) == ("never-reviewed", Place("content/safety.yaml"))
    assert found.message == "no clinician has reviewed 2 of 3 safety cards"


def test_what_is_due_depends_on_the_day() -> None:
    text = condition(reviews="[{by: reviewer, on: 2026-11-23}]")
    late = guide_of({"conditions/x.md": text}, today=datetime.date(2029, 1, 1))
    assert Place(PAGE, 6, 1, 7) in [found.place for found in late.of("review-overdue")]
    assert guide_of({"conditions/x.md": text}, today=TODAY).diagnostics == ()


ABOUT = {"pages/about.md": plain_page("We run it."), "pages/privacy.md": plain_page("We keep nothing.")}


def _grown(goals_beside_the_first: int) -> dict[str, str]:
    return {**ABOUT, "goals/more.yaml": further_goals(*(f"goal-{n}" for n in range(goals_beside_the_first)))}


@pytest.mark.parametrize(("name", "tells"), [("about", "who runs the guide"), ("privacy", "what readers type")])
def test_pages_that_tell_who_is_behind_the_guide(name: str, tells: str) -> None:
    path = f"pages/{name}.md"
    without = {file: text for file, text in _grown(11).items() if file != path}
    for made in (guide_of(without), guide_of({**without, path: plain_page(draft="true")})):
        assert found_at(made) == [("missing-disclosure", Place("content/site.yaml", 5, 9, 13))]
        assert tells in made.of("missing-disclosure")[0].message
    assert found_at(guide_of(_grown(11))) == []
    assert found_at(guide_of({"goals/more.yaml": _grown(10)["goals/more.yaml"]})) == []


def test_a_day_to_come_comes() -> None:
    files = {"conditions/x.md": condition(updated_on="2026-11-24")}
    assert guide_of(files).whole.calendar.until == datetime.date(2026, 11, 24)
    assert guide_of(files, today=datetime.date(2026, 11, 24)).of("future-date") == []
