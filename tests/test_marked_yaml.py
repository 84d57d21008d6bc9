"""YAML to values with places. What is wrong with YAML stands in bad_input/test_yaml.py."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otpt_site.diagnostics import Diagnostic, Place
from otpt_site.marked_yaml import Mapping, Pieces, Scalar, Sequence, parse_yaml

PATH = "content/x.yaml"


def _parse(text: str, first_line: int = 1) -> Mapping:
    found: list[Diagnostic] = []
    parsed = parse_yaml(text, PATH, first_line, found.append)
    assert found == []
    assert parsed is not None
    return parsed


def _scalar(text: str) -> Scalar:
    value = _parse(text).get("a")
    assert isinstance(value, Scalar)
    return value


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "~", "''"])
def test_a_text_without_keys_is_an_empty_group(text: str) -> None:
    if text == "~":
        assert parse_yaml(text, PATH, 1, lambda _: None) is None
    else:
        assert _parse(text).entries == ()


def test_keys_and_values_know_their_places() -> None:
    parsed = _parse("a: one\nbé: [x, 'y z']\nc:\n  - d: 1\n", first_line=5)
    keys = [(entry.key, entry.place) for entry in parsed.entries]
    assert keys == [("a", Place(PATH, 5, 1, 1)), ("bé", Place(PATH, 6, 1, 2)), ("c", Place(PATH, 7, 1, 1))]
    items = parsed.get("bé")
    assert isinstance(items, Sequence)
    assert [item.place for item in items.items] == [Place(PATH, 6, 6, 1), Place(PATH, 6, 9, 5)]
    assert parsed.get("zzz") is None


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x85\u2028\u2029"), max_size=9), min_size=1))
def test_a_value_is_written_where_its_place_says(values: list[str]) -> None:
    text = "# é\U0001f600\n" + "".join(
        f"k{n}: {json.dumps(value, ensure_ascii=False)}\n" for n, value in enumerate(values)
    )
    parsed = parse_yaml(text, PATH, 1, lambda _: None)
    lines = text.split("\n")
    for entry, value in zip(parsed.entries if parsed else (), values, strict=parsed is not None):
        assert isinstance(entry.value, Scalar)
        assert entry.value.written == json.dumps(value, ensure_ascii=False)
        assert lines[entry.value.place.line - 1][entry.value.place.column - 1 :] == entry.value.written


@pytest.mark.parametrize(
    ("written", "text", "plain"),
    [
        ("no", "no", True),
        ("1.10", "1.10", True),
        ("12:30", "12:30", True),
        ("2026-11-23", "2026-11-23", True),
        ("'it''s'", "it's", False),
        ('"a\\tb"', "a\tb", False),
        ("a\n  b", "a b", True),
        (">\n  a\n  b", "a b\n", False),
        ("|\n  a\n  b", "a\nb\n", False),
        ("a # comment", "a", True),
        ("a#b", "a#b", True),
        ("", "", True),
    ],
)
def test_values_stay_texts(written: str, text: str, plain: bool) -> None:
    value = _scalar(f"a: {written}\n")
    assert (value.text, value.plain, value.doubt) == (text, plain, None)


def test_brackets_are_told_from_dashes() -> None:
    parsed = _parse("a: [x]\nb:\n- x\nc: {d: e}\nf:\n  g: h\n")
    flows = [entry.value.flow for entry in parsed.entries if not isinstance(entry.value, Scalar)]
    assert flows == [True, False, True, False]


@pytest.mark.parametrize(
    ("written", "piece", "line", "column"),
    [
        ("one two", "two", 1, 8),
        ('"one two"', "two", 1, 9),
        ("'it''s two'", "two", 1, 11),
        ("one\n  two", "two", 2, 3),
        (">\n  one\n  two", "two", 3, 3),
        ("|\n    one\n    two", "two", 3, 5),
        ("two two", "two", 1, 4),
        ('"t\\x77o"', "two", 1, 4),
    ],
)
def test_a_piece_of_a_value_is_found_in_the_file(written: str, piece: str, line: int, column: int) -> None:
    value = _scalar(f"a: {written}\n")
    place = Pieces(value).place(value.text.index(piece), len(piece))
    assert (place.line, place.column) == (line, column)


def test_the_second_of_two_like_pieces_is_the_second() -> None:
    value = _scalar("a: [x](b:c) [x](b:c)\n".replace("a: ", "a: then "))
    assert Pieces(value).place(value.text.rindex("b:c"), 3) == Place(PATH, 1, 22, 3)


def test_a_piece_of_no_length_is_the_whole() -> None:
    value = _scalar("a: b\n")
    assert Pieces(value).place(0, 0) == value.place


@pytest.mark.parametrize("second", ["--- \nb: c\n", "---\n"])
def test_a_second_table_is_refused(second: str) -> None:
    found: list[Diagnostic] = []
    assert parse_yaml(f"a: b\n{second}", PATH, 1, found.append) is None
    assert [(d.rule, d.place.line) for d in found] == [("yaml-feature", 2)]
