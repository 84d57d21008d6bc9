"""Files to documents: where the front matter ends, and on which line the text begins."""

import pytest

from otpt_site.diagnostics import Diagnostic
from otpt_site.documents import Document, read_document
from tests.kit import source


def _read(text: str, path: str = "conditions/x.md") -> Document:
    found: list[Diagnostic] = []
    document = read_document(source(path, text), found.append)
    assert found == []
    return document


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("---\na: b\n---\nBody\n", "Body\n", 4),
        ("---\na: b\n---\n\nBody\n", "\nBody\n", 4),
        ("---\na: b\n---", "", 4),
        ("---\n---\nBody", "Body", 3),
        ("---  \na: b\n---\t\nBody", "Body", 4),
        ("---\na: |\n  b\n  ---\n---\nBody", "Body", 6),
        ("---\na: b\n---\nBody\n---\nmore", "Body\n---\nmore", 4),
        ("---\r\na: b\r\n---\r\nBody\r\n", "Body\n", 4),
    ],
)
def test_the_text_begins_behind_the_second_line_of_dashes(text: str, body: str, line: int) -> None:
    document = _read(text)
    assert (document.body, document.body_line) == (body, line)
    assert document.fields is not None


def test_keys_keep_their_line_in_the_file() -> None:
    fields = _read("---\n\n# note\na: b\n---\n").fields
    assert fields
    assert [(entry.key, entry.place.line) for entry in fields.entries] == [("a", 4)]


def test_a_table_has_no_text() -> None:
    document = _read("---\na: b\n", "goals.yaml")
    assert document.body == ""
    assert document.fields
    assert document.fields.entries[0].place.line == 2


def test_a_document_knows_its_file() -> None:
    document = _read("---\na: b\n---\n")
    assert (document.path, document.place.path, document.place.line) == (
        "conditions/x.md",
        "content/conditions/x.md",
        0,
    )
    assert document.digest == source("conditions/x.md", "---\na: b\n---\n").digest


def test_a_file_without_front_matter_is_all_text() -> None:
    document = read_document(source("conditions/x.md", "# Words\n"), lambda _: None)
    assert (document.fields, document.body, document.body_line) == (None, "# Words\n", 1)
