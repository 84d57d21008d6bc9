"""The swift way to read Markdown: the same output as the library's own, and less work."""

import re
from collections.abc import Iterator
from typing import Any, cast
from unittest.mock import patch
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown, treeprocessors
from markdown.blockprocessors import BlockProcessor, EmptyBlockProcessor, ParagraphProcessor
from markdown.extensions.smarty import SmartyExtension
from markdown.inlinepatterns import InlineProcessor, Pattern, SimpleTagInlineProcessor, SimpleTextInlineProcessor

from bench.markup import EXTENSIONS, article
from otpt_site.markup.engine import Engine
from otpt_site.markup.swift import _LETTERS_FIRST, _PROBES, SIGNS, SwiftExtension, _Inline
from tests.markup.texts import GENERATED, generated, of_others

Extensions = tuple[Any, ...]
SETS: dict[str, Extensions] = {
    "none": (),
    "ours": EXTENSIONS,
    "more": (
        *(name for name in EXTENSIONS if name != "smarty"),
        SmartyExtension(smart_angled_quotes=True),
        *("admonition", "legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "toc", "wikilinks"),
    ),
}


def readers(extensions: Extensions) -> tuple[Markdown, Markdown]:
    """The library as it is, and made swift."""
    return Markdown(extensions=[*extensions]), Markdown(extensions=[*extensions, SwiftExtension()])


READERS = readers(EXTENSIONS)
ENGINE = Engine(inline=False)


def read(reader: Markdown, text: str) -> str:
    """The HTML, or which exception the library lets through."""
    try:
        return reader.reset().convert(text)
    except Exception as fault:  # noqa: BLE001 # both ways must fail alike
        return repr(fault)


@pytest.mark.parametrize("extensions", SETS.values(), ids=SETS.keys())
@pytest.mark.parametrize("name", ["python-markdown", "commonmark"])
def test_texts_of_others_are_read_alike(name: str, extensions: Extensions) -> None:
    stock, swift = readers(extensions)
    texts = of_others(name)
    assert len(texts) > 600
    for text in texts:
        assert read(swift, text) == read(stock, text), text


@pytest.mark.parametrize("extensions", SETS.values(), ids=SETS.keys())
def test_generated_texts_are_read_alike(extensions: Extensions) -> None:
    stock, swift = readers(extensions)
    for number in range(GENERATED):
        text = generated(number)
        assert read(swift, text) == read(stock, text), text
    for number in range(5):
        assert read(swift, article(number)) == read(stock, article(number))


def test_rules_added_or_taken_away_later_are_heeded() -> None:
    stock, swift = readers(("smarty",))
    for reader in (stock, swift):
        assert read(reader, "a %b% 'c'") == "<p>a %b% &lsquo;c&rsquo;</p>"
        reader.inlinePatterns.register(SimpleTextInlineProcessor("%(.)%"), "percent", 55)
        assert read(reader, "a %b% 'c'") == "<p>a b &lsquo;c&rsquo;</p>"
        reader.inlinePatterns.deregister("percent")
        assert read(reader, "a %b% 'c'") == "<p>a %b% &lsquo;c&rsquo;</p>"


def test_a_rule_that_takes_the_place_of_one_like_it_is_heeded() -> None:
    for reader in readers(()):
        reader.inlinePatterns.register(SimpleTextInlineProcessor("(%)(.)%"), "percent", 55)
        assert read(reader, "a %b%") == "<p>a %</p>"
        reader.inlinePatterns.register(SimpleTagInlineProcessor("(%)(.)%", "b"), "percent", 55)
        assert read(reader, "a %b%") == "<p>a <b>b</b></p>"


class _Aside(BlockProcessor):
    """A rule whose mark is a letter."""

    def test(self, _parent: Element, block: str) -> bool:
        return block.startswith("Q ")

    def run(self, parent: Element, blocks: list[str]) -> None:
        SubElement(parent, "aside").text = blocks.pop(0)[2:]


def test_a_block_rule_added_or_taken_away_later_is_heeded() -> None:
    for reader in readers(()):
        assert read(reader, "Q *a*\n\nb") == "<p>Q <em>a</em></p>\n<p>b</p>"
        reader.parser.blockprocessors.register(_Aside(reader.parser), "aside", 55)
        assert read(reader, "Q *a*\n\nb") == "<aside>Q <em>a</em></aside>\n<p>b</p>".replace("Q ", "")
        reader.parser.blockprocessors.deregister("aside")
        assert read(reader, "Q *a*\n\nb") == "<p>Q <em>a</em></p>\n<p>b</p>"


def test_blocks_are_read_before_any_text_was() -> None:
    for reader in readers(()):
        parent = Element("div")
        reader.parser.parseBlocks(parent, ["a", "# b"])
        assert [(inner.tag, inner.text) for inner in parent] == [("p", "a"), ("h1", "b")]


def test_paragraphs_of_letters_ask_no_rule() -> None:
    _, swift = readers(EXTENSIONS)
    with patch.object(EmptyBlockProcessor, "test", side_effect=EmptyBlockProcessor.test, autospec=True) as asked:
        read(swift, "One line\nand one more.\n\nÉtude, 2 | 3 # 4\n\n- a list\n- of words")
    assert [call.args[2] for call in asked.call_args_list] == ["- a list\n- of words", ""]


@pytest.mark.parametrize("calls", range(4))
def test_quotes_are_read_as_deeply(calls: int) -> None:
    def deeper(calls: int, reader: Markdown) -> str:
        return deeper(calls - 1, reader) if calls else read(reader, "> " * 400 + "a")

    stock, swift = readers(())
    assert deeper(calls, swift) == deeper(calls, stock)
    assert deeper(calls, stock).count("<blockquote>") < 400


class _OldPercent(Pattern):
    """A rule of the library's old kind, which matches the whole text."""

    def handleMatch(self, m: re.Match[str]) -> str:  # noqa: N802 # the library's name
        return f"{m[2]}!"


def test_a_rule_of_the_old_kind_is_heeded() -> None:
    for reader in readers(()):
        reader.inlinePatterns.register(_OldPercent("%(.)%"), "percent", 55)
        assert read(reader, "a %b% c %d%") == "<p>a b! c d!</p>"


def test_another_length_of_tabs_is_heeded() -> None:
    for text in (generated(number) for number in range(50)):
        stock = Markdown(extensions=[*EXTENSIONS], tab_length=2)
        assert read(Markdown(extensions=[*EXTENSIONS, SwiftExtension()], tab_length=2), text) == read(stock, text)


def rules(reader: Markdown) -> Iterator[InlineProcessor]:
    """All inline rules, those of smarty too."""
    for processor in cast("Any", reader.treeprocessors):
        if isinstance(processor, treeprocessors.InlineProcessor):
            yield from cast("Any", processor.inlinePatterns)


# Without these two the library's own slow way would be gone, and nothing else would tell of it.


def test_the_library_still_has_the_method_that_is_replaced() -> None:
    assert hasattr(treeprocessors.InlineProcessor, "_InlineProcessor__handleInline")
    assert hasattr(treeprocessors.InlineProcessor, "_InlineProcessor__applyPattern")


@pytest.mark.parametrize("reader", [Engine(inline=False), Engine(inline=True), readers(EXTENSIONS)[1]])
def test_every_rule_has_a_sign(reader: Markdown) -> None:
    swift = [processor for processor in cast("Any", reader.treeprocessors) if isinstance(processor, _Inline)]
    assert len(swift) == 2
    for processor in swift:
        reader.convert("a")
        assert [trial.probe.pattern for trial in processor._trials if not trial.sign] in ([r"\*|_"], [])


def searches(reader: Markdown, text: str) -> int:
    """How often the library is asked to apply a rule."""
    name = "_InlineProcessor__applyPattern"
    apply = getattr(treeprocessors.InlineProcessor, name)
    with patch.object(treeprocessors.InlineProcessor, name, autospec=True, side_effect=apply) as asked:
        reader.reset().convert(text)
    return asked.call_count


def test_rules_without_their_sign_are_not_tried() -> None:
    stock, swift = readers(EXTENSIONS)
    assert searches(stock, "plain words.") > 30
    assert searches(swift, "plain words.") == 0
    assert searches(swift, "a *word*.") == 1
    assert searches(swift, "a [word](b).") == 1
    assert (
        searches(swift, "a [word].\n\n[word]: b") == 3
    )  # by its first rule, as a link, and by the rule for its short form


# Each sign and each probe must be found wherever its rule matches.

_TEXTS = st.text(alphabet="'\"ab s8-–;&nbsp.[!]<>`\\*_ \n\x02\x03(\t", max_size=12) | st.integers(0, 10**6).map(  # noqa: RUF001
    generated
)


@given(_TEXTS, st.integers(0, 4))
@example("–'a", 0)  # noqa: RUF001
@example("é--'a", 0)
@example('é--"a', 0)
@example("&mdash;'a", 0)
@example('—"a', 0)
def test_a_rule_matches_only_with_its_sign_and_its_probe(text: str, start: int) -> None:
    for source, sign in SIGNS.items():
        if re.compile(source, re.DOTALL).search(text, start):
            assert sign in text, source
            assert re.compile(_PROBES.get(source, source), re.DOTALL).search(text, start), source


def test_probes_are_of_rules_with_a_sign() -> None:
    assert set(_PROBES) <= set(SIGNS)
    stock = {rule.getCompiledRegExp().pattern for rule in rules(readers(SETS["more"])[0])}
    assert set(_PROBES) <= stock | {rule.getCompiledRegExp().pattern for rule in rules(readers(EXTENSIONS)[0])}


@given(st.lists(st.text(alphabet="aé1 |:-=#>[]^*_.`/~\\\t\U000f0000\U00100000", max_size=9), min_size=1, max_size=4))
@example(["b | c", "| ---"])
@example(["[^1]: b"])
@example([" # b", "---"])
def test_no_block_rule_that_is_known_finds_a_mark_in_lines_that_begin_with_letters(lines: list[str]) -> None:
    block = "\n".join(f"a{line}" for line in lines)
    assert _LETTERS_FIRST.fullmatch(block)
    for reader in (READERS[0], ENGINE):
        *others, last = cast("Any", reader.parser.blockprocessors)
        assert isinstance(last, ParagraphProcessor)
        for rule in others:
            blocks = [block]
            assert not (rule.test(Element("div"), block) and rule.run(Element("div"), blocks) is not False), rule
            assert blocks == [block]
