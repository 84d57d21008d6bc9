"""The summary in Markdown for the page of a CI run, read back by a reader of Markdown with GitHub's tables."""

from typing import Final

import pytest
from markdown_it import MarkdownIt

from otpt_site.diagnostics import Diagnostic, Place, problem
from otpt_site.publish import Published
from otpt_site.reporters.summary import ROWS_SHOWN, summary_markdown
from otpt_site.request import BuildReport

LEAD: Final = problem("unknown-therapy", Place("content/a.md", 2, 7, 6), "'physio' is not a therapy", "Write pt.")
FOREIGN: Final = problem("foreign-file", Place("build/CNAME"), "this was not made by this tool", "Move it.")
NOTE: Final = problem("unused-row", Place("content/a.yaml", 3), "no page uses it")
SOURCES: Final = "https://github.com/us/guide/blob/abc"


def _summary(*diagnostics: Diagnostic, stopped: bool = False, sources: str = SOURCES) -> str:
    return summary_markdown(BuildReport(7, Published(1, 2, 3), diagnostics, stopped, links=9), 1.25, sources)


def _html(*diagnostics: Diagnostic, sources: str = SOURCES) -> str:
    return str(MarkdownIt("commonmark").enable("table").render(_summary(*diagnostics, sources=sources)))


def test_a_fine_site_is_told_in_short() -> None:
    assert _summary() == (
        "## The site is fine\n"
        "\n"
        "- 7 pages, 9 links between them checked, in 1.2 s\n"
        "- 1 files written, 2 unchanged, 3 removed\n"
    )


def test_a_check_tells_of_no_files() -> None:
    assert "files" not in summary_markdown(BuildReport(7, Published(), (), stopped=False, links=9), 1.25, SOURCES)


def test_problems_are_counted_by_severity_and_family_and_linked_worst_first() -> None:
    assert _summary(FOREIGN, LEAD, NOTE, NOTE, stopped=True) == (
        "## The site was not built\n"
        "\n"
        "- 7 pages, 9 links between them checked, in 1.2 s\n"
        "- 1 files written, 2 unchanged, 3 removed\n"
        "\n"
        "| | Errors | Warnings | Notes |\n"
        "| --- | ---: | ---: | ---: |\n"
        "| Keys and tables | 1 | 0 | 0 |\n"
        "| Addresses, templates and output | 0 | 1 | 0 |\n"
        "| Upkeep | 0 | 0 | 2 |\n"
        "| **All** | **1** | **1** | **2** |\n"
        "\n"
        "| Where | | What | What to do |\n"
        "| --- | --- | --- | --- |\n"
        "| [content/a.md:2](https://github.com/us/guide/blob/abc/content/a.md#L2) | error "
        "| 'physio' is not a therapy (`unknown-therapy`) | Write pt. |\n"
        "| build/CNAME | warning | this was not made by this tool (`foreign-file`) | Move it. |\n"
    )


def test_without_an_address_places_are_no_links() -> None:
    assert "| content/a.md:2 | error |" in _summary(LEAD, sources="")


def test_notes_alone_make_no_table_of_problems() -> None:
    assert "| Where |" not in _summary(NOTE)


def test_a_long_table_ends_with_a_count() -> None:
    many = [problem("bad-id", Place("content/a.md", line + 1), "bad") for line in range(ROWS_SHOWN + 3)]
    text = _summary(*many)
    assert text.count("(`bad-id`)") == ROWS_SHOWN
    assert text.endswith("\n3 more are left out here; `otpt check` tells them all.\n")
    assert "left out" not in _summary(*many[:ROWS_SHOWN])


@pytest.mark.parametrize(
    "words",
    [
        "a | b",
        "*a*",
        "`a`",
        "<script>alert(1)</script>",
        "[a](https://x.example)",
        "a\nb",
        "\\",
        "&lt;",
        "~~a~~",
        "_a_",
    ],
)
def test_what_was_typed_stays_in_its_cell(words: str) -> None:
    html = _html(problem("bad-id", Place("content/a.md", 1), f"'{words}' is bad", words))
    shown = words.replace("\n", " ").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f"<td>'{shown}' is bad (<code>bad-id</code>)</td>" in html
    assert f"<td>{shown}</td>" in html


def test_a_path_with_odd_signs_is_linked() -> None:
    html = _html(problem("bad-id", Place("content/a b|\udcff.md", 1), "bad"))
    assert f'<a href="{SOURCES}/content/a%20b%7C%FF.md#L1">content/a b|?.md:1</a>' in html
