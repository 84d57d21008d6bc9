"""Cards in order of danger, and assignments that agree."""

from collections.abc import Callable

import pytest

from tests.kit import (
    DEFAULTS,
    Case,
    article,
    check,
    comparison,
    condition,
    found_at,
    goals,
    guide_of,
    unmarked,
)

CARDS = DEFAULTS["safety.yaml"]

CASES = (
    Case(
        "all lead and one joins",
        condition(lead="both", joins="«ot»"),
        "contradiction",
        "when both lead, none joins",
        condition(lead="both"),
    ),
    Case(
        "the leader joins",
        condition(joins="«pt»"),
        "contradiction",
        "pt leads already",
        condition(joins="ot"),
        "Write the other therapy, or none.",
    ),
    Case(
        "goal whose leader joins",
        goals(joins="«pt»"),
        "contradiction",
        "pt leads already",
        path="goals.yaml",
    ),
    Case(
        "one twice in the order",
        condition(lead="both", order="[pt, pt]").replace("order", "«order»"),
        "contradiction",
        "stands twice",
        condition(lead="both", order="[ot, pt]"),
    ),
    Case(
        "action unfit for its level",
        CARDS.replace("emergency, action: call", "emergency, action: «appointment»"),
        "contradiction",
        "'appointment' does not fit the level emergency",
        CARDS.replace("action: call", "action: emergency-department"),
        "Write call or emergency-department.",
        "safety.yaml",
    ),
    Case(
        "same day for a non-urgent card",
        CARDS.replace("non-urgent, action: appointment", "non-urgent, action: «same-day»"),
        "contradiction",
        "does not fit the level non-urgent",
        hint="Write appointment.",
        path="safety.yaml",
    ),
    Case(
        "urgent before emergency",
        condition(safety="[calf-clot, «stroke-signs»]"),
        "card-order",
        "'stroke-signs' is more serious than the one before it",
        condition(safety="[stroke-signs, calf-clot, low-mood]"),
    ),
    Case(
        "order of a comparison",
        comparison(safety="[low-mood, «calf-clot»]"),
        "card-order",
        "'calf-clot'",
        path="comparisons/x.md",
    ),
    Case(
        "order of an article",
        article(safety="[low-mood, «calf-clot»]"),
        "card-order",
        "'calf-clot'",
        path="articles/x.md",
    ),
    Case("order of a goal", goals(safety="[low-mood, «calf-clot»]"), "card-order", "'calf-clot'", path="goals.yaml"),
    Case(
        "an acute condition without an emergency card",
        condition(acute="«true»", safety="[calf-clot]"),
        "missing-safety",
        "this page is acute, and shows no emergency card",
        condition(acute="true", safety="[stroke-signs]"),
    ),
    Case(
        "an acute condition with a sign of its own",
        condition(acute="true", safety_extra="[{level: urgent, action: same-day, text: A blow}]").replace(
            "acute: true", "acute: «true»"
        ),
        "missing-safety",
        "this page is acute",
        condition(acute="true", safety_extra="[{level: emergency, action: call, text: A blow}]"),
    ),
    Case(
        "an acute condition with a card in its text",
        condition("[@trial-2020]\n\n/// safety | calf-clot\n///\n", acute="«true»"),
        "missing-safety",
        "this page is acute",
        condition("[@trial-2020]\n\n/// safety | stroke-signs\n///\n", acute="true"),
    ),
    Case(
        "a disorder is told once",
        condition(safety="[low-mood, «calf-clot», stroke-signs]"),
        "card-order",
        "'calf-clot'",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistakes(case: Case) -> None:
    check(case)


@pytest.mark.parametrize(
    "level",
    [
        "emergency, action: call",
        "emergency, action: emergency-department",
        "urgent, action: same-day",
        "urgent, action: emergency-department",
        "non-urgent, action: appointment",
    ],
)
def test_actions_that_fit(level: str) -> None:
    assert found_at(guide_of({"safety.yaml": CARDS.replace("emergency, action: call", level)})) == []


@pytest.mark.parametrize(
    ("goal", "lead", "joins", "fits"),
    [
        ("pt", "pt", "none", True),
        ("pt", "ot", "pt", True),
        ("pt", "both", "none", True),
        ("pt", "ot", "none", False),
        ("ot", "pt", "none", False),
        ("ot", "pt", "ot", True),
        ("both", "pt", "none", True),
        ("both", "ot", "pt", True),
    ],
)
def test_a_goal_needs_a_note_when_its_leader_has_no_part_in_a_condition(
    goal: str, lead: str, joins: str, fits: bool
) -> None:
    text, place = unmarked("content/goals.yaml", goals(lead=goal, joins="none", conditions="[«x»]"))
    page = condition(lead=lead, joins=joins, pt_does="[a b]", ot_does="[a b]")
    made = guide_of({"goals.yaml": text, "conditions/x.md": page})
    assert found_at(made) == ([] if fits else [("note-needed", place)])
    noted = goals(lead=goal, joins="none", conditions="[x]", note="It differs because")
    assert found_at(guide_of({"goals.yaml": noted, "conditions/x.md": page})) == []


@pytest.mark.parametrize(
    ("path", "page"),
    [("goals.yaml", goals), ("comparisons/x.md", comparison), ("articles/x.md", article)],
    ids=["goal", "comparison", "article"],
)
@pytest.mark.parametrize(
    ("cards", "own", "fits"),
    [
        ("[stroke-signs]", "[]", False),
        ("[stroke-signs]", "[calf-clot]", True),
        ("[calf-clot]", "[]", True),
        ("[]", "[]", True),
    ],
)
def test_a_page_about_what_can_be_an_emergency_shows_cards(
    path: str, page: Callable[..., str], cards: str, own: str, fits: bool
) -> None:
    text, place = unmarked(f"content/{path}", page(conditions="[«x»]", safety=own))
    made = guide_of({path: text, "conditions/x.md": condition(safety=cards)})
    assert found_at(made) == ([] if fits else [("missing-safety", place)])
