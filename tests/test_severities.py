"""How serious a guide takes a rule: set in site.yaml, held wherever problems are told, and kept with its outcome."""

from pathlib import Path
from typing import Final

import pytest

from otpt_site.diagnostics import Place
from otpt_site.rules import RULES, Severity
from tests.kit import SITE, Case, check, found_at, guide_of, plain_page
from tests.project import ONE_OF_EACH, Project, project, told

_LIST: Final = {"pages/x.md": plain_page("".join(f"- Thing {number}\n" for number in range(8)))}


def _site(*rows: str) -> dict[str, str]:
    return {"site.yaml": f"{SITE}rules:\n" + "".join(f"- {{{row}}}\n" for row in rows)}


def _made(root: Path, *rows: str) -> Project:
    return project(root, {**ONE_OF_EACH, **_LIST, **(_site(*rows) if rows else {})})


@pytest.mark.parametrize("severity", list(Severity))
def test_a_rule_is_as_serious_as_the_guide_says(severity: Severity, tmp_path: Path) -> None:
    made = _made(tmp_path, f"rule: long-list, severity: {severity}, reason: Checklists")
    report = made.build(out=None)
    assert [one.severity for one in report.diagnostics if one.rule == "long-list"] == [severity]
    assert report.stopped is (severity is Severity.ERROR)


def test_without_a_word_from_the_guide_it_is_as_serious_as_ever(tmp_path: Path) -> None:
    report = _made(tmp_path).build(out=None)
    assert [one.severity for one in report.diagnostics if one.rule == "long-list"] == [Severity.WARNING]


@pytest.mark.parametrize(("severity", "stopped"), [("warning", True), ("note", False)])
def test_a_strict_build_goes_by_what_the_guide_says(severity: str, stopped: bool, tmp_path: Path) -> None:
    made = _made(tmp_path, f"rule: long-list, severity: {severity}, reason: Checklists")
    assert made.build(strict=True).stopped is stopped
    assert bool(made.files()) is not stopped


def test_a_note_can_stop_a_strict_build(tmp_path: Path) -> None:
    files = {"conditions/stroke.md": ONE_OF_EACH["conditions/stroke.md"].replace("reviews:", "reviews: [] #")}
    made = project(
        tmp_path, {**ONE_OF_EACH, **files, **_site("rule: never-reviewed, severity: warning, reason: Clinic")}
    )
    assert made.build(strict=True).stopped
    assert not made.build().stopped


def test_what_a_build_came_to_is_kept_as_serious_as_it_was(tmp_path: Path) -> None:
    made = _made(tmp_path, "rule: long-list, severity: note, reason: Checklists")
    first = made.build(strict=True)
    again = made.build(strict=True)
    assert again.diagnostics == first.diagnostics
    assert not again.stopped
    made.write(_site("rule: long-list, severity: error, reason: No lists"))
    assert made.build(strict=True).stopped
    assert [one.severity for one in made.build().diagnostics if one.rule == "long-list"] == [Severity.ERROR]


def test_what_is_found_while_writing_counts_too(tmp_path: Path) -> None:
    made = _made(tmp_path, "rule: foreign-file, severity: error, reason: Nothing else may be served")
    made.write({"leaflet.txt": "x"}, "build")
    report = made.build()
    assert report.stopped
    assert [one for one in told(report) if "foreign-file" in one]
    assert set(made.files()) == {"leaflet.txt"}


CASES: Final = (
    Case(
        "no such rule",
        f"{SITE}rules:\n- {{rule: «lon-list», severity: note, reason: So}}\n",
        "unknown-rule",
        "there is no rule 'lon-list'",
        f"{SITE}rules:\n- {{rule: long-list, severity: note, reason: So}}\n",
        "Did you mean 'long-list'?",
    ),
    Case(
        "no reason",
        f"{SITE}rules:\n- «{{»rule: long-list, severity: note}}\n",
        "missing-key",
        "'reason' is missing",
    ),
    Case(
        "an empty reason",
        f'{SITE}rules:\n- {{rule: long-list, severity: note, «reason»: ""}}\n',
        "empty-value",
        "'reason' is empty",
    ),
    Case(
        "no such severity",
        f"{SITE}rules:\n- {{rule: long-list, severity: «info», reason: So}}\n",
        "unknown-choice",
        "can't be 'info'",
    ),
    Case(
        "twice",
        f"{SITE}rules:\n- {{rule: long-list, severity: note, reason: So}}\n"
        "- {rule: «long-list», severity: error, reason: So}\n",
        "duplicate-id",
        "is set on line 11 already",
    ),
    Case(
        "an error made less",
        f"{SITE}rules:\n- {{rule: «same-path», severity: warning, reason: So}}\n",
        "fixed-severity",
        "no whole site can be made",
        f"{SITE}rules:\n- {{rule: same-path, severity: error, reason: So}}\n",
    ),
    Case(
        "a warning that keeps readers safe",
        f"{SITE}rules:\n- {{rule: «card-order», severity: note, reason: So}}\n",
        "fixed-severity",
        "readers in danger depend on it",
        f"{SITE}rules:\n- {{rule: card-order, severity: error, reason: So}}\n",
    ),
    Case(
        "a note on this computer",
        f"{SITE}rules:\n- {{rule: «cache-discarded», severity: error, reason: So}}\n",
        "fixed-severity",
        "it tells of this computer",
        f"{SITE}rules:\n- {{rule: never-reviewed, severity: error, reason: So}}\n",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistakes(case: Case) -> None:
    text, near = case.text, case.near
    check(case._replace(path="site.yaml", text=text, near=near))


def test_several_mistakes_are_told_in_one_run() -> None:
    rows = "- {rule: zzz, severity: note, reason: So}\n- {rule: long-list, severity: zzz, reason: So}\n"
    found = found_at(guide_of({"site.yaml": f"{SITE}rules:\n{rows}"}))
    assert found == [
        ("unknown-rule", Place("content/site.yaml", 11, 10, 3)),
        ("unknown-choice", Place("content/site.yaml", 12, 31, 3)),
    ]


@pytest.mark.parametrize("severity", list(Severity))
def test_no_error_can_be_lowered_and_everything_may_stay_as_it_is(severity: Severity) -> None:
    for rule in RULES.values():
        assert not rule.keeps_from(rule.severity)
        if rule.severity is Severity.ERROR and severity is not Severity.ERROR:
            assert rule.keeps_from(severity)
