"""The guide on a day: what is in it, when it goes and comes, and when reviews are due."""

import datetime
from collections.abc import Callable

import pytest

from otpt_site.library import ReviewState, is_media
from otpt_site.parts import is_content
from tests.kit import (
    SITE,
    TODAY,
    article,
    comparison,
    condition,
    digest_of,
    found_at,
    further_goals,
    goals,
    guide_of,
    plain_page,
)

D = datetime.date


def _shown(today: D, **changes: str) -> bool:
    return "x" in guide_of({"conditions/x.md": condition(**changes)}, today=today).whole.conditions


@pytest.mark.parametrize(
    ("today", "shown"), [(D(2026, 11, 22), False), (D(2026, 11, 23), True), (D(2026, 11, 24), True)]
)
def test_a_page_comes_on_the_day_it_is_to_be_published(today: D, shown: bool) -> None:
    assert _shown(today, publish_on="2026-11-23") is shown


@pytest.mark.parametrize(
    ("today", "shown"), [(D(2026, 11, 22), True), (D(2026, 11, 23), False), (D(2026, 11, 24), False)]
)
def test_a_page_is_gone_on_the_day_it_expires(today: D, shown: bool) -> None:
    assert _shown(today, expires_on="2026-11-23") is shown


def test_a_draft_stays_out_whatever_its_dates() -> None:
    assert not _shown(TODAY, draft="true", publish_on="2026-11-01")


def test_drafts_and_scheduled_pages_are_shown_on_demand_and_expired_ones_never() -> None:
    files: dict[str, str | bytes] = {
        "conditions/draft.md": condition(draft="true"),
        "conditions/soon.md": condition(publish_on="2026-12-01"),
        "conditions/gone.md": condition(expires_on="2026-11-23"),
    }
    made = guide_of(files, drafts=True)
    assert set(made.whole.conditions) == {"draft", "soon"}
    assert [(out.kind, out.id, out.state.value) for out in made.whole.left_out] == [("condition", "gone", "expired")]
    assert len(guide_of(files).whole.left_out) == 3


@pytest.mark.parametrize(("expires", "wrong"), [("2026-10-31", True), ("2026-11-01", True), ("2026-11-02", False)])
def test_a_page_that_would_never_be_shown_is_a_contradiction(expires: str, wrong: bool) -> None:
    made = guide_of({"conditions/x.md": condition(publish_on="2026-11-01", expires_on=expires)})
    assert [rule for rule, _ in found_at(made)] == ["contradiction"] * wrong


def _due(reviewed: str, months: int = 24, today: D = TODAY) -> tuple[ReviewState, D | None]:
    site = f"{SITE}review: {{due_after_months: {months}}}\n"
    text = condition(reviews=f"[{{by: reviewer, on: {reviewed}}}]")
    guide = guide_of({"site.yaml": site, "conditions/x.md": text}, today=today).whole
    standing = guide.standing(guide.conditions["x"])
    return standing.state, standing.due


@pytest.mark.parametrize(
    ("reviewed", "months", "due"),
    [
        ("2026-11-23", 24, D(2028, 11, 23)),
        ("2026-11-23", 1, D(2026, 12, 23)),
        ("2026-11-23", 2, D(2027, 1, 23)),
        ("2026-12-31", 12, D(2027, 12, 31)),
        ("2026-08-31", 1, D(2026, 9, 30)),
        ("2026-12-31", 2, D(2027, 2, 28)),
        ("2027-12-31", 2, D(2028, 2, 29)),
        ("2024-02-29", 12, D(2025, 2, 28)),
        ("2024-02-29", 48, D(2028, 2, 29)),
        ("2026-11-23", 0, D(2026, 11, 23)),
        ("9999-11-23", 24, D(9999, 12, 31)),
        ("2026-11-23", 999_999_999, D(9999, 12, 31)),
    ],
)
def test_when_a_review_is_due(reviewed: str, months: int, due: D) -> None:
    assert _due(reviewed, months)[1] == due


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (D(2028, 9, 23), ReviewState.CURRENT),
        (D(2028, 9, 24), ReviewState.DUE_SOON),
        (D(2028, 11, 22), ReviewState.DUE_SOON),
        (D(2028, 11, 23), ReviewState.OVERDUE),
        (D(2028, 11, 24), ReviewState.OVERDUE),
    ],
)
def test_a_review_is_due_soon_for_sixty_days(today: D, state: ReviewState) -> None:
    assert _due("2026-11-23", today=today)[0] is state


def test_the_last_review_counts_in_whatever_order_they_stand() -> None:
    text = condition(reviews="[{by: reviewer, on: 2026-11-01}, {by: guide-project, on: 2020-01-01}]")
    guide = guide_of({"conditions/x.md": text}).whole
    standing = guide.standing(guide.conditions["x"])
    assert (standing.by, standing.on) == ("reviewer", D(2026, 11, 1))


def _standing(reviews: str, today: D = TODAY) -> tuple[ReviewState, str]:
    guide = guide_of({"conditions/x.md": condition(reviews=reviews)}, today=today).whole
    standing = guide.standing(guide.conditions["x"])
    return standing.state, standing.by


NOW, BEFORE = digest_of(condition()), digest_of(condition("Other words."))


@pytest.mark.parametrize(
    ("reviews", "state", "by"),
    [
        (f"[{{by: reviewer, on: 2026-11-01, digest: {NOW}}}]", ReviewState.CURRENT, "reviewer"),
        (f"[{{by: reviewer, on: 2026-11-01, digest: {BEFORE}}}]", ReviewState.EDITED, "reviewer"),
        ("[{by: reviewer, on: 2026-11-01}]", ReviewState.CURRENT, "reviewer"),
        # The last one counts, and of two on one day the one of the text as it is.
        (
            f"[{{by: reviewer, on: 2026-11-01, digest: {NOW}}}, {{by: guide-project, on: 2026-11-02, digest: x}}]",
            ReviewState.EDITED,
            "guide-project",
        ),
        (
            f"[{{by: guide-project, on: 2026-11-01, digest: x}}, {{by: reviewer, on: 2026-11-01, digest: {NOW}}}]",
            ReviewState.CURRENT,
            "reviewer",
        ),
        # A text that was edited since is due at once, and stays so.
        (f"[{{by: reviewer, on: 2020-11-01, digest: {BEFORE}}}]", ReviewState.EDITED, "reviewer"),
        (f"[{{by: reviewer, on: 2020-11-01, digest: {NOW}}}]", ReviewState.OVERDUE, "reviewer"),
    ],
)
def test_a_text_edited_since_its_review(reviews: str, state: ReviewState, by: str) -> None:
    assert _standing(reviews) == (state, by)


def test_no_day_changes_that_a_text_was_edited() -> None:
    made = guide_of({"conditions/x.md": condition(reviews="[{by: reviewer, on: 2001-01-01, digest: x}]")})
    made.whole.standing(made.whole.conditions["x"])
    alone = guide_of({})
    assert (made.whole.calendar.since, made.whole.calendar.until) == (
        alone.whole.calendar.since,
        alone.whole.calendar.until,
    )


def test_a_text_that_was_never_reviewed() -> None:
    guide = guide_of({"conditions/x.md": condition(reviews=None)}).whole
    standing = guide.standing(guide.conditions["x"])
    assert (standing.state, standing.due, standing.on) == (ReviewState.NEVER, None, None)


def test_a_goal_changed_when_it_says_or_when_its_table_did() -> None:
    own = guide_of({"goals.yaml": goals(updated_on="2026-11-20")}).whole
    assert own.goal_updated(own.goals["climb-stairs"]) == D(2026, 11, 20)
    table = guide_of({}).whole
    assert table.goal_updated(table.goals["climb-stairs"]) == D(2026, 11, 1)
    none = guide_of({"goals.yaml": goals().replace("updated_on: 2026-11-01\n", "")}).whole
    assert none.goal_updated(none.goals["climb-stairs"]) == TODAY


def test_the_goal_table_goes_on_in_further_files_by_name() -> None:
    files: dict[str, str | bytes] = {"goals/b.yaml": further_goals("walk", "sit"), "goals/a.yaml": further_goals("zip")}
    made = guide_of(files)
    assert found_at(made) == []
    assert list(made.whole.goals) == ["climb-stairs", "zip", "walk", "sit"]
    assert made.whole.goal_updated(made.whole.goals["zip"]) == D(2026, 11, 1), "the head is that of goals.yaml"
    assert made.whole.goals["zip"].place.path == "content/goals/a.yaml"


def test_pages_stand_on_the_shelf_of_their_kind() -> None:
    guide = guide_of(
        {
            "conditions/a.md": condition(),
            "comparisons/b.md": comparison(),
            "articles/c.md": article(),
            "pages/about.md": plain_page(),
            "media/walker.svg": "<svg/>",
        }
    ).whole
    shelves = {kind: list(guide.shelf(kind)) for kind in ("condition", "comparison", "article", "page", "therapy")}
    assert shelves == {
        "condition": ["a"],
        "comparison": ["b"],
        "article": ["c"],
        "page": ["about"],
        "therapy": ["pt"],
    }
    assert list(guide.media) == ["media/walker.svg"]
    called = [record.called for kind in shelves for record in guide.shelf(kind).values()]
    assert called == ["Stroke", "After a fall", "Which one first?", "About", "Physical therapy"]


@pytest.mark.parametrize(("kind", "page"), [("articles", article), ("comparisons", comparison)])
def test_articles_and_comparisons_stand_where_their_editor_puts_them(kind: str, page: Callable[..., str]) -> None:
    positions = {"a": None, "b": "20", "c": "3", "d": "0", "e": "3", "f": None}
    files: dict[str, str | bytes] = {f"{kind}/{id}.md": page(position=place) for id, place in positions.items()}
    shown = guide_of(files).whole.articles if kind == "articles" else guide_of(files).whole.comparisons
    assert list(shown) == ["d", "c", "e", "b", "a", "f"]


def test_all_that_is_named_is_known() -> None:
    named = guide_of({"conditions/x.md": condition("[a](goal:climb-stairs)", draft="true")}).whole.named
    assert {"goal:climb-stairs", "source:trial-2020", "person:guide-project"} <= named
    assert "safety:calf-clot" not in named


@pytest.mark.parametrize(
    ("path", "content", "media"),
    [
        ("site.yaml", True, False),
        ("goals.yaml", True, False),
        ("conditions/x.md", True, False),
        ("goals/moving.yaml", True, False),
        ("goals/deep/x.yaml", False, False),
        ("goals/x.md", False, False),
        ("safety/x.yaml", False, False),
        ("conditions/deep/x.md", False, False),
        ("conditions/x.txt", False, False),
        ("conditions.md", False, False),
        ("other/x.md", False, False),
        ("notes.yaml", False, False),
        ("media/x.png", False, True),
        ("media/deep/x.md", False, True),
    ],
)
def test_where_content_is_kept(path: str, content: bool, media: bool) -> None:
    assert (is_content(path), is_media(path)) == (content, media)
