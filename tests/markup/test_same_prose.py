"""All that makes reading quick leaves every `Prose` as it would be without, problems and their places included."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.markup import article, real_texts
from otpt_site import markup
from otpt_site.markup import Prose, inline_rules, parse, parse_inline, tagging, weight
from otpt_site.markup.engine import Engine
from otpt_site.markup.sheet import Sheet
from otpt_site.markup.swift import SwiftExtension
from tests.markup.texts import GENERATED, generated, of_others

guide_texts: Final = cache(lambda: real_texts(Path(__file__).parents[2] / "content"))
_NEVER: Final = re.compile(r"(?!)")


class Slowly:
    """Reads as the library does by itself, with no short road for a line of bare words, nor for links among such."""

    def __init__(self) -> None:
        with patch.object(SwiftExtension, "extendMarkdown"):
            self._engines = {inline: Engine(inline) for inline in (False, True)}

    def parse(self, text: str) -> Prose:
        """As `markup.parse`."""
        return self._read(text, inline=False)

    def parse_inline(self, text: str) -> Prose:
        """As `markup.parse_inline`."""
        return self._read(text, inline=True)

    def _read(self, text: str, inline: bool) -> Prose:
        with (
            patch.object(markup, "_engine", self._engines.__getitem__),
            patch.object(markup, "_BARE_WORDS", _NEVER),
            patch.object(tagging, "plain_marks", lambda _sheet, _inline: ()),
            patch.object(inline_rules, "_PLAIN_WORDS", _NEVER),
            patch.object(inline_rules, "_PLAIN_TARGET", _NEVER),
        ):
            return parse_inline(text) if inline else parse(text)


SLOWLY: Final = Slowly()


def test_the_slow_way_of_this_test_is_slow() -> None:
    classes = {type(processor).__module__ for processor in SLOWLY._engines[False].parser.blockprocessors}
    assert SwiftExtension.__module__ not in classes
    with patch.object(markup, "_read") as read:
        parse_inline("bare words")
        assert not read.called
        SLOWLY.parse_inline("bare words")
        assert read.called


def test_the_shipped_guide_is_read_alike() -> None:
    pages, lines = guide_texts()
    assert len(pages) > 50
    assert len(lines) > 1000
    assert list(map(parse, pages)) == list(map(SLOWLY.parse, pages))
    assert list(map(parse_inline, lines)) == list(map(SLOWLY.parse_inline, lines))


@pytest.mark.parametrize("name", ["python-markdown", "commonmark"])
def test_texts_of_others_are_read_alike(name: str) -> None:
    for text in of_others(name):
        assert parse(text) == SLOWLY.parse(text), text


def test_generated_texts_are_read_alike() -> None:
    for text in (*map(generated, range(GENERATED)), *map(article, range(5))):
        assert parse(text) == SLOWLY.parse(text), text
        assert parse_inline(text) == SLOWLY.parse_inline(text), text


_LINES: Final = st.text(alphabet="aZ é²0 ,.;:?!/%()’“”–—-'_*\u00a0\u2003\t\n<&#+=|\u0301", max_size=8)  # noqa: RUF001


@given(_LINES)
def test_lines_are_read_alike(text: str) -> None:
    assert parse_inline(text) == SLOWLY.parse_inline(text)


_AROUND_MARKS: Final = (
    "[a](condition:b)§[a b](goal:c-d#e)§[](term:gait)§[](site:crisis)§[up](#top)§[é](term:a)§[it's](term:a)§"
    "[a](term:A)§[w](https://x.org)§[a](site:x)§[-](term:a)§[a -- b](term:c)§[a](term:b 't')§[r]§]§[§"
    "[@a]§[@a; @b-c]§[@a;@b]§ [@a]§x [@a]§[@a](term:b)§x [@a](b)§"
    "word§ two words §, §. §.§'§\"§it's §'s§\"so\" §s§80s§1§--§ -- §...§ ... §(§)§:§?§!§/§|§&§&amp;§–§é§"  # noqa: RUF001
    "*§**§*so*§_§`§\\§<§>§{§<b>§  \n§\n§\n\n§\n \n§\n    §\n- §\n1. §- §1. §\n> §\n## §\n# §\n===\n§\n---\n§\n|-|-|\n§"
    " | §\nTable: §\n: §\n:   §\n```\n§\n/// note\n§\n///\n§\n/// note | §\n/// safety | §"
    "<!--§-->§\n*[ABC]: x\n§ABC§[^1]§\n[^1]: §\n[r]: x\n"
).split("§")


@settings(max_examples=GENERATED)
@given(st.lists(st.sampled_from(_AROUND_MARKS), max_size=12).map("".join))
@example("a  \n [b](#c)")
def test_links_are_read_alike_whatever_stands_around_them(text: str) -> None:
    assert parse(text) == SLOWLY.parse(text)
    assert parse_inline(text) == SLOWLY.parse_inline(text)


@pytest.mark.parametrize(
    "text", ["A [b c](condition:d-e).", "[](site:crisis)", "a [@b; @c-d], e", "- (it's [b](#c))", "| [a](term:b#c) |"]
)
def test_plain_links_take_the_short_road(text: str) -> None:
    assert "[" not in tagging.tagged(Sheet(text), inline=False)


@pytest.mark.parametrize("text", ["A [b c](condition:d-e).", "Ask [](site:crisis) now", "a [@b; @c-d], e"])
def test_a_line_of_bare_words_and_plain_links_needs_no_library(text: str) -> None:
    with patch.object(Engine, "read") as read:
        parse_inline(text)
        assert not read.called


@pytest.mark.parametrize(
    "text",
    ["`[a](term:b)`", "'[a](term:b)'", "*[a](term:b)*", "![a](term:b)", "    [a](term:b)", "[a](term:b)\n---", "[@a]",
     "- [@a]", "[a [b](term:c) d](term:e)", "[a](term:b){: .c }", "[a](b)", "[a](term:b)\n\n[a]: c", "[a]\\(term:b)"],
)  # fmt: skip
def test_other_links_do_not(text: str) -> None:
    assert "[" in tagging.tagged(Sheet(text), inline=False)


@pytest.mark.parametrize(
    "text",
    ["word", "Two words.", "a-b (c): “d”, ’e’ – f; 50% g/h?", "1. a", "2026", "Ärzte.", "a  b"],  # noqa: RUF001
)
def test_bare_words_take_the_short_road(text: str) -> None:
    with patch.object(markup, "_read") as read:
        assert parse_inline(text) == Prose((text,), words=" ".join(text.split()))
        assert not read.called


@pytest.mark.parametrize(
    "text", ["", " a", "a ", "it's", "a -- b", "a...", "a_b", "*a*", "a\nb", "a\tb", "a & b", "# a"]
)
def test_other_lines_do_not(text: str) -> None:
    with patch.object(markup, "_read") as read:
        parse_inline(text)
        assert read.called


@pytest.mark.parametrize(
    "text", ["[x](https://x.org){: .footnote-backref } y", "y[^1]\n\n[^1]:", "y <sup id='fnref'>x</sup>"]
)
def test_words_leave_out_what_leads_to_footnotes_and_back(text: str) -> None:
    assert parse(text).words == "y"


# Where tags go, found in one go through the text.

_SPOTS_AT_ONCE: Final = re.compile(
    r"(?<=\])(?=\()|(?<=\[)(?=@)|(?<=\[)(?=\^[^\]\n]*\](?!:))|(?<=<)(?=[a-zA-Z/!?])"
    r"|^(?:[ >]++|[-+*:] |\d+\. )*+(?:(?=#)|\[(?!\^)[^\[\]\n]*\](?=: *(?:\n *)?<*[^\s<]))",
    re.MULTILINE,
)


def _texts() -> Iterator[str]:
    yield from map(generated, range(GENERATED))
    yield from (*of_others("commonmark"), "[@a]: x\n[<b](c)\n# [@d]", "- > 1. # a", "[a <b]: c")


def test_tags_are_where_one_search_finds_them() -> None:
    for text in _texts():
        assert list(tagging._spots(text)) == [match.end() for match in _SPOTS_AT_ONCE.finditer(text)], text


# The rough bounds of what a text may weigh.

_LIMITS: Final = {"BLOCKS": 8, "LINES": 9, "SIGNS": 20, "LINES_OF_A_BLOCK": 6, "SIGNS_OF_A_BLOCK": 10, "STEPS": 20}


@given(st.text(alphabet='ab \n*[](){`"', max_size=60), st.booleans())
@example(["]("] * 5, False)
@example(["{"] * 40, False)
@example(["a", "\n"] * 8, False)
@example(["*"] * 12, False)
@example(["a", "\n\n"] * 9, False)
def test_a_text_within_the_rough_bounds_is_within_the_exact_ones(pieces: list[str], inline: bool) -> None:
    text = "".join(pieces)
    with patch.dict(vars(weight), {f"_MOST_{name}": limit for name, limit in _LIMITS.items()}):
        if weight._surely_light(text):
            assert not weight._measured_too_heavy(text, inline)


def test_most_texts_are_within_the_rough_bounds() -> None:
    assert all(map(weight._surely_light, guide_texts()[0]))
    assert not weight._surely_light("[" * 3_000)
