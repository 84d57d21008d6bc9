"""Problems as a SARIF log: held against the published schema, and against what hosts of code ask for."""

import json
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest

from otpt_site.diagnostics import Diagnostic, Place, problem
from otpt_site.reporters.sarif import sarif_report
from otpt_site.rules import RULES

SCHEMA: Final = json.loads((Path(__file__).parent / "schema" / "sarif-schema-2.1.0.json").read_text("utf-8"))
LEAD: Final = problem("unknown-therapy", Place("content/a.md", 2, 7, 6), "'physio' is not a therapy", "Write pt.")
FOREIGN: Final = problem("foreign-file", Place("build/CNAME"), "this was not made by this tool", "Move it.")


def _log(*diagnostics: Diagnostic) -> Any:
    text = sarif_report(diagnostics)
    assert text.isascii()
    assert "\n" not in text
    log = json.loads(text)
    jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(log)
    return log["runs"][0]


def _result(diagnostic: Diagnostic) -> Any:
    [result] = _log(diagnostic)["results"]
    return result


def test_the_schema_would_find_a_fault() -> None:
    log = json.loads(sarif_report([LEAD]))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(SCHEMA).validate(log)


def test_a_problem_has_its_rule_level_and_place() -> None:
    assert _result(LEAD) == {
        "ruleId": "unknown-therapy",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "'physio' is not a therapy. Write pt."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "content/a.md", "uriBaseId": "PROJECT"},
                    "region": {"startLine": 2, "startColumn": 7, "endColumn": 13},
                }
            }
        ],
    }


def test_each_problem_points_at_its_rule() -> None:
    run = _log(LEAD, FOREIGN, LEAD, problem("unused-row", Place("content/a.yaml", 3), "nothing uses it"))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["foreign-file", "unknown-therapy", "unused-row"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [
        result["ruleId"] for result in run["results"]
    ]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "error", "note"]


def test_every_rule_can_be_told() -> None:
    run = _log(*(problem(rule, Place("content/a.md", 1), "odd") for rule in RULES))
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["help"]["text"]
        assert rule["shortDescription"]["text"].endswith(".")


def test_what_has_no_line_has_no_region() -> None:
    place = _result(FOREIGN)["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "build/CNAME", "uriBaseId": "PROJECT"}}
    line = _result(problem("bad-id", Place("content/a.md", 4), "bad"))
    assert line["locations"][0]["physicalLocation"]["region"] == {"startLine": 4}
    assert _result(problem("bad-id", Place(""), "bad"))["locations"] == []


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("content/knee pain é.md", "content/knee%20pain%20%C3%A9.md"),
        ("content/a#b?c%.md", "content/a%23b%3Fc%25.md"),
        ("content/\udcff.md", "content/%FF.md"),
    ],
)
def test_a_path_becomes_an_address(path: str, uri: str) -> None:
    result = _result(problem("bad-id", Place(path, 1), "bad"))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_a_site_without_problems_is_a_log_without_results() -> None:
    run = _log()
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
    assert run["tool"]["driver"]["name"] == "otpt"
