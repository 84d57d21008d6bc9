"""Words looked up in sorted lines: all that are there are found, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otpt_site.word_lines import WordLines, folder_of

LINES = WordLines(b"a 1\nab 2\nab 3\nb 4\n", lambda line: line.partition(b" ")[0])


@pytest.mark.parametrize(("word", "line"), [(b"a", b"a 1"), (b"ab", b"ab 2"), (b"b", b"b 4")])
def test_the_first_line_of_a_word_is_found(word: bytes, line: bytes) -> None:
    assert LINES.find(word) == line


@pytest.mark.parametrize("word", [b"", b"A", b"aa", b"abc", b"c", b"b 4", b"\n"])
def test_a_word_that_is_not_there_is_not_found(word: bytes) -> None:
    assert LINES.find(word) is None


def test_nothing_is_found_in_nothing() -> None:
    assert WordLines(b"", bytes).find(b"a") is None
    assert WordLines(b"", bytes).find(b"") is None


@given(st.sets(st.text("abc", min_size=1, max_size=4)), st.text("abc", min_size=1, max_size=4))
def test_it_is_a_set(words: set[str], word: str) -> None:
    lines = WordLines("".join(f"{one}\n" for one in sorted(words)).encode(), bytes)
    assert (lines.find(word.encode()) is not None) == (word in words)
    assert all(lines.find(one.encode()) == one.encode() for one in words)


def test_the_folder_of_a_library_that_is_not_there() -> None:
    with pytest.raises(ModuleNotFoundError):
        folder_of("no_such_library")
