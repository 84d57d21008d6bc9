"""For code scanning and editors: one SARIF log with the problems and the rules they break.

Format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import json
from collections.abc import Iterable, Sequence
from importlib import metadata
from typing import Any, Final
from urllib.parse import quote

from otpt_site.diagnostics import Diagnostic, Place
from otpt_site.rules import RULES, Rule

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# The project's folder: whoever reads the log knows where that is.
_ROOT: Final = "PROJECT"


def sarif_report(diagnostics: Sequence[Diagnostic]) -> str:
    """The problems as one SARIF log, in one line of JSON. Paths are relative to the project's folder."""
    rules = [RULES[id] for id in sorted({diagnostic.rule for diagnostic in diagnostics})]
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(diagnostics, rules)]}
    # In ASCII, which gets through any console and any file name that is no text.
    return json.dumps(log)


def _run(diagnostics: Iterable[Diagnostic], rules: Sequence[Rule]) -> dict[str, Any]:
    numbers = {rule.id: number for number, rule in enumerate(rules)}
    driver = {"name": "otpt", "version": metadata.version("otpt-site"), "rules": [_rule(rule) for rule in rules]}
    return {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that holds content/."}}},
        "results": [_result(diagnostic, numbers[diagnostic.rule]) for diagnostic in diagnostics],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.meaning},
        "help": {"text": rule.cure},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _result(diagnostic: Diagnostic, number: int) -> dict[str, Any]:
    return {
        "ruleId": diagnostic.rule,
        "ruleIndex": number,
        "level": diagnostic.severity.value,
        "message": {"text": f"{diagnostic.message}. {diagnostic.hint}"},
        "locations": [_location(diagnostic.place)] if diagnostic.place.path else [],
    }


def _location(place: Place) -> dict[str, Any]:
    uri = quote(place.path.encode(errors="surrogateescape"))
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri, "uriBaseId": _ROOT}}
    if place.line:
        physical["region"] = {"startLine": place.line, **_columns(place)}
    return {"physicalLocation": physical}


def _columns(place: Place) -> dict[str, int]:
    if not place.column:
        return {}
    return {"startColumn": place.column, "endColumn": place.column + place.length}
