"""For a program: one JSON object."""

import json

import msgspec

from otpt_site.request import BuildReport


def json_report(report: BuildReport, seconds: float) -> str:
    """The report as one JSON object. Lines and columns count from 1, or are null."""
    document = {
        "pages": report.pages,
        "links": report.links,
        "files": msgspec.structs.asdict(report.files),
        "seconds": round(seconds, 3),
        "diagnostics": [
            {
                "rule": diagnostic.rule,
                "severity": diagnostic.severity.value,
                "path": diagnostic.place.path,
                "line": diagnostic.place.line or None,
                "column": diagnostic.place.column or None,
                "message": diagnostic.message,
                "hint": diagnostic.hint,
            }
            for diagnostic in report.diagnostics
        ],
    }
    # In ASCII, which gets through any console and any file name that is no text.
    return json.dumps(document)
