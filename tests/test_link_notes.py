"""What is kept of links that were fine."""

from pathlib import Path

import pytest

from otpt_site.link_notes import LinkNotes
from tests.project import day

URL = "https://example.org/"
OTHER = "https://example.org/other"


def test_a_fine_link_is_known_for_some_days(tmp_path: Path) -> None:
    file = tmp_path / ".cache" / "links.json"
    notes = LinkNotes(file)
    notes.note(URL, day("2026-11-23"))
    notes.keep({URL})
    kept = LinkNotes(file)
    assert kept.fine_since(URL, day("2026-11-23"))
    assert not kept.fine_since(URL, day("2026-11-24"))
    assert not kept.fine_since(OTHER, day("2026-11-23"))


def test_links_that_are_gone_from_the_guide_are_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "links.json"
    notes = LinkNotes(file)
    notes.note(URL, day("2026-11-23"))
    notes.note(OTHER, day("2026-11-23"))
    notes.keep({OTHER})
    assert not LinkNotes(file).fine_since(URL, day("2026-01-01"))
    assert LinkNotes(file).fine_since(OTHER, day("2026-01-01"))
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"a": 1}', b'{"a": "no day"}', b"\xff\x00"])
def test_a_damaged_file_is_done_without(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "links.json"
    file.write_bytes(data)
    notes = LinkNotes(file)
    assert not notes.fine_since("a", day("2026-01-01"))
    notes.note(URL, day("2026-11-23"))
    notes.keep({URL})
    assert LinkNotes(file).fine_since(URL, day("2026-11-23"))
