"""Notes on what is left out and on what nothing uses."""

import pytest

from otpt_site.diagnostics import Place
from otpt_site.rules import Severity
from tests.kit import DEFAULTS, article, condition, goals, guide_of, unmarked


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("draft", "true", "it is a draft"),
        ("publish_on", "2026-11-24", "it is not yet published, but will be on 2026-11-24"),
        ("expires_on", "2026-11-23", "it is expired, since 2026-11-23"),
    ],
)
def test_a_page_that_is_left_out_is_noted(key: str, value: str, says: str) -> None:
    [found] = guide_of({"conditions/x.md": condition(**{key: value})}).diagnostics
    assert (found.rule, found.severity, found.place) == (
        "not-published",
        Severity.NOTE,
        Place("content/conditions/x.md"),
    )
    assert found.message == f"this condition is not in the site: {says}"


def test_a_page_that_is_shown_is_not_noted() -> None:
    text = condition(draft="false", publish_on="2026-11-23", expires_on="2026-11-24")
    assert guide_of({"conditions/x.md": text}).diagnostics == ()


CANE = DEFAULTS["glossary.yaml"] + "- {id: «cane», term: cane, definition: a stick}\n"
TRIAL = DEFAULTS["sources.yaml"] + "- {id: «trial-2021», type: trial, authors: R, title: B}\n"


@pytest.mark.parametrize(
    ("path", "marked", "users"),
    [
        (
            "glossary.yaml",
            CANE,
            [
                article("[cane](term:cane)"),
                article(lead_in='"[cane](term:cane)"'),
                article("[cane](term:cane)", draft="true"),
            ],
        ),
        (
            "sources.yaml",
            TRIAL,
            [article("So [@trial-2021]."), article(sources="[trial-2021]"), article("[it](source:trial-2021)")],
        ),
    ],
)
def test_a_row_that_nothing_uses_is_noted(path: str, marked: str, users: list[str]) -> None:
    text, place = unmarked(f"content/{path}", marked)
    assert [(d.rule, d.severity, d.place) for d in guide_of({path: text}).diagnostics] == [
        ("unused-row", Severity.NOTE, place)
    ]
    for user in users:
        assert not guide_of({path: text, "articles/x.md": user}).of("unused-row")


def test_a_goal_and_a_card_use_rows_too() -> None:
    files = {
        "glossary.yaml": CANE.replace("«", "").replace("»", ""),
        "sources.yaml": TRIAL.replace("«", "").replace("»", ""),
        "goals.yaml": goals(nuance='"A [cane](term:cane)"'),
        "safety.yaml": DEFAULTS["safety.yaml"].replace("droops]", "droops], sources: [trial-2021]"),
    }
    assert guide_of(files).diagnostics == ()
