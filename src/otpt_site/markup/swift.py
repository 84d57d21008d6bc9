"""Python-Markdown without the work that can't bear fruit. What comes out is the same, byte for byte.

The library tries every rule on every text: some forty inline rules, fifteen of them for quotation marks, and some
twenty block rules. Nearly all of these searches are lost, as a rule can match only where its *sign* stands: no link
without `[`, no heading without `#`. `SwiftExtension` has the sign looked for first, which costs next to nothing. It
works on any `Markdown`, when it is the last of its extensions. It gives the library's own processors another class
in their place, so that their order and state stay, and leaves alone whatever it does not know.
"""

# ruff: noqa: N802, N803 # names of methods and arguments that Python-Markdown gives
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, cast
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown, inlinepatterns
from markdown.blockparser import BlockParser
from markdown.blockprocessors import (
    BlockProcessor,
    BlockQuoteProcessor,
    CodeBlockProcessor,
    EmptyBlockProcessor,
    HashHeaderProcessor,
    HRProcessor,
    ListIndentProcessor,
    OListProcessor,
    ParagraphProcessor,
    ReferenceProcessor,
    SetextHeaderProcessor,
    UListProcessor,
)
from markdown.extensions import Extension, smarty
from markdown.extensions.abbr import AbbrBlockprocessor
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.def_list import DefListIndentProcessor, DefListProcessor
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.extensions.sane_lists import SaneOListProcessor, SaneUListProcessor
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import ReferenceInlineProcessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor, PrettifyTreeprocessor, UnescapeTreeprocessor
from markdown.util import ETX, STX, AtomicString, nearing_recursion_limit

SIGNS: Final = {
    inlinepatterns.BACKTICK_RE: "`",
    inlinepatterns.ESCAPE_RE: "\\",
    inlinepatterns.LINK_RE: "[",
    inlinepatterns.IMAGE_LINK_RE: "![",
    inlinepatterns.AUTOLINK_RE: "<",
    inlinepatterns.AUTOMAIL_RE: "<",
    inlinepatterns.LINE_BREAK_RE: "  \n",
    inlinepatterns.HTML_RE: "<",
    inlinepatterns.ENTITY_RE: "&",
    smarty.HTML_STRICT_RE: "<",
    r"\[\^([^\]]*)\]": "[^",
    r"(?<!-)---(?!-)": "---",
    r"(?<!-)--(?!-)": "--",
    r"(?<!\.)\.{3}(?!\.)": "...",
    smarty.singleQuoteStartRe: "'",
    smarty.doubleQuoteStartRe: '"',
    smarty.doubleQuoteSetsRe: "\"'",
    smarty.singleQuoteSetsRe: "'\"",
    smarty.doubleQuoteSetsRe2: "'\"",
    smarty.singleQuoteSetsRe2: "\"'",
    smarty.decadeAbbrRe: "'",
    smarty.openingSingleQuotesRegex: "'",
    smarty.closingSingleQuotesRegex: "'",
    smarty.closingSingleQuotesRegex2: "'",
    smarty.remainingSingleQuotesRegex: "'",
    smarty.openingDoubleQuotesRegex: '"',
    smarty.closingDoubleQuotesRegex: '"',
    smarty.closingDoubleQuotesRegex2: '"',
    smarty.remainingDoubleQuotesRegex: '"',
}
"""What must stand in a text for an inline rule with this regular expression to match in it."""

_BEFORE_OPENING: Final = r"[\s;\-–—]"  # noqa: RUF001 # the last characters of smarty.openingQuotesBase
_PROBES: Final = {
    # A search that begins with a letter is quick; one that begins with a look behind stops at each character.
    inlinepatterns.LINK_RE: r"\[(?<!!\[)",
    r"(?<!-)---(?!-)": "---",
    r"(?<!-)--(?!-)": "--",
    r"(?<!\.)\.{3}(?!\.)": r"\.{3}",
    smarty.decadeAbbrRe: r"'(?=\d{2}s)",
    smarty.openingSingleQuotesRegex: rf"'(?<={_BEFORE_OPENING}')(?=\w)",
    smarty.closingSingleQuotesRegex: rf"'(?<={smarty.closeClass}')(?!\s|s\b|\d)",
    smarty.openingDoubleQuotesRegex: rf'"(?<={_BEFORE_OPENING}")(?=\w)',
    smarty.closingDoubleQuotesRegex2: rf'"(?<={smarty.closeClass}")',
}
"""For a slow regular expression, a quick one that is found in every text where the slow one is found."""

_SIGNS_ALONE: Final = frozenset({r"\*|_"})
"""Regular expressions that are nothing but the signs they look for."""

_ANYWHERE: Final = re.compile("")


class SwiftExtension(Extension):
    """Makes a `Markdown` skip its lost searches; `signs` adds to SIGNS for the rules of the caller."""

    def __init__(self, signs: Mapping[str, str] | None = None, blocks: Iterable[type] = ()) -> None:
        super().__init__()
        self._signs = {**SIGNS, **(signs or {})}
        self._blocks = _NOT_FOR_LETTERS.union(blocks)

    def extendMarkdown(self, md: Markdown) -> None:
        """Exchange the classes of the processors that are registered by now."""
        if type(md.parser) is BlockParser:
            md.parser.__class__ = _Parser
            cast("_Parser", md.parser).known = self._blocks
        for registry in (md.preprocessors, md.parser.blockprocessors, md.treeprocessors):
            for processor in cast("Any", registry):
                processor.__class__ = _SWIFT.get(type(processor), type(processor))
                if isinstance(processor, _Inline):
                    processor.signs = self._signs


class _Parser(BlockParser):
    """Makes a paragraph of lines that begin with letters, with no block rule asked: none begins its mark with one."""

    known: frozenset[type]
    _rules: Sequence[BlockProcessor] = ()
    _paragraph: BlockProcessor | None = None

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:
        self._prepare()
        # Spelt out, as the depth of quotes that are read depends on how many calls deep this is.
        self.root = Element(self.md.doc_tag)
        self.parseChunk(self.root, "\n".join(lines))
        return ElementTree(self.root)

    def _prepare(self) -> None:
        """Look at the rules again: they may have changed."""
        *others, last = self._rules = tuple(cast("Any", self.blockprocessors))
        alone = type(last) is ParagraphProcessor and self.known.issuperset(map(type, others))
        self._paragraph = last if alone else None

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:
        # The library's own loop, but for the paragraphs.
        if not self._rules:
            self._prepare()
        while blocks:
            if self._paragraph and _LETTERS_FIRST.fullmatch(blocks[0]):
                self._paragraph.run(parent, blocks)
                continue
            for rule in self._rules:
                if rule.test(parent, blocks[0]) and rule.run(parent, blocks) is not False:
                    break


class _Trial(NamedTuple):
    """An inline rule, and what tells at once that it can't match."""

    number: int
    rule: Any
    sign: str
    probe: re.Pattern[str]
    refers: bool


class _Inline(InlineProcessor):
    """Tries a rule on a text that holds its sign, and no rule on a text that holds none."""

    signs: Mapping[str, str]
    _rules: Sequence[tuple[Any, re.Pattern[str]]] = ()
    _trials: Sequence[_Trial] = ()
    _active: Sequence[_Trial] = ()
    _any_sign: re.Pattern[str] = _ANYWHERE

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the rules to a tree; a tree without any sign stays as it is."""
        self._prepare()
        if not self._any_sign.search("".join(tree.itertext())):
            self.stashed_nodes = {}
            return tree
        # Texts that are marked as finished are passed over.
        bare = [(element, text) for element in tree.iter() if (text := element.text) and self._is_bare(text)]
        for element, text in bare:
            element.text = AtomicString(text)
        tree = super().run(tree, ancestors)
        for element, text in bare:
            element.text = text
        return tree

    def _is_bare(self, text: str) -> bool:
        return type(text) is str and not self._any_sign.search(text)

    def _prepare(self) -> None:
        """Look at the rules again if they have changed, and pass over references when there is nothing to refer to."""
        rules = [(rule, rule.getCompiledRegExp()) for rule in cast("Any", self.inlinePatterns)]
        if rules != self._rules:
            self._rules = rules
            self._trials = [self._trial(number, *rule) for number, rule in enumerate(rules)]
            self._any_sign = _any_of(self._trials)
        defined = bool(self.md.references)
        self._active = self._trials if defined else [trial for trial in self._trials if not trial.refers]

    def _trial(self, number: int, rule: Any, regex: re.Pattern[str]) -> _Trial:
        probe = re.compile(_PROBES[regex.pattern]) if regex.pattern in _PROBES else regex
        if not isinstance(rule, inlinepatterns.InlineProcessor):
            probe = _ANYWHERE  # a rule of the old kind matches a whole text, and can't be searched for
        refers = type(rule).handleMatch is ReferenceInlineProcessor.handleMatch
        return _Trial(number, rule, self.signs.get(regex.pattern, ""), probe, refers)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        """What the library's private method of this name does; should it change its name, all works as without us."""
        if isinstance(data, AtomicString) or not self._any_sign.search(data):
            return data
        for trial in self._active:
            if trial.number < patternIndex or trial.sign not in data:
                continue
            matched, start = True, 0
            while matched and trial.probe.search(data, start):
                data, matched, start = self._InlineProcessor__applyPattern(trial.rule, data, trial.number, start)  # type: ignore[attr-defined]
        return data


def _any_of(trials: Iterable[_Trial]) -> re.Pattern[str]:
    """Finds a sign of any of the rules; the sign of a rule that nothing is known about is ""."""
    sources = {trial.probe.pattern for trial in trials} & _SIGNS_ALONE
    signs = {re.escape(trial.sign) for trial in trials if trial.probe.pattern not in sources}
    return re.compile("|".join(sorted(signs | sources)))


class _Prettify(PrettifyTreeprocessor):
    def run(self, root: Element) -> None:
        self._levels: dict[Any, bool] = {}
        super().run(root)

    def _prettifyETree(self, elem: Element) -> None:
        # As the library's own, but that it asks only once for each tag whether that is a block.
        if self._is_block(elem.tag) and elem.tag not in ("code", "pre"):
            if not (elem.text and elem.text.strip()) and len(elem) and self._is_block(elem[0].tag):
                elem.text = "\n"
            for inner in elem:
                if self._is_block(inner.tag):
                    self._prettifyETree(inner)
        if not (elem.tail and elem.tail.strip()):
            elem.tail = "\n"

    def _is_block(self, tag: Any) -> bool:
        if tag not in self._levels:
            self._levels[tag] = self.md.is_block_level(tag)
        return self._levels[tag]


class _AttrList(AttrListTreeprocessor):
    def run(self, doc: Element) -> None:
        if "{" in "".join(doc.itertext()):
            super().run(doc)


class _Unescape(UnescapeTreeprocessor):
    def unescape(self, text: str) -> str:
        return super().unescape(text) if STX in text else text


class _Whitespace(NormalizeWhitespace):
    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        untidy = any(sign in text for sign in ("\n ", "\t", "\r", STX, ETX))
        return super().run(lines) if untidy else f"{text}\n\n".split("\n")


class _Fenced(FencedBlockPreprocessor):
    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return super().run(lines) if "```" in text or "~~~" in text else text.split("\n")


class _Quote(BlockQuoteProcessor):
    def test(self, _parent: Element, block: str) -> bool:
        # Spelt out for the same reason.
        return ">" in block and bool(self.RE.search(block)) and not nearing_recursion_limit()


class _Table(TableProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return "|" in block and super().test(parent, block)

    def _split(self, row: str) -> list[str]:
        # Which bars part cells is a question only where some stand in code or behind a backslash.
        return super()._split(row) if "`" in row or "\\" in row else row.split("|")  # type: ignore[misc]


def _only_with(sign: str, processor: type[BlockProcessor]) -> type[BlockProcessor]:
    """The block rule, tried on blocks alone that hold the sign."""

    def test(self: BlockProcessor, parent: Element, block: str) -> bool:
        return sign in block and processor.test(self, parent, block)

    return type(processor.__name__, (processor,), {"test": test})


def _only_with_line(begin: str, processor: type[BlockProcessor]) -> type[BlockProcessor]:
    """The block rule, tried on blocks alone that hold a line which begins with one of these signs."""
    first, further = re.compile(rf" {{0,3}}[{begin}]"), re.compile(rf"\n {{0,3}}[{begin}]")

    def test(self: BlockProcessor, parent: Element, block: str) -> bool:
        return bool(first.match(block) or further.search(block)) and processor.test(self, parent, block)

    return type(processor.__name__, (processor,), {"test": test})


_SWIFT: Final[dict[type, type]] = {
    InlineProcessor: _Inline,
    PrettifyTreeprocessor: _Prettify,
    AttrListTreeprocessor: _AttrList,
    UnescapeTreeprocessor: _Unescape,
    NormalizeWhitespace: _Whitespace,
    FencedBlockPreprocessor: _Fenced,
    HRProcessor: _only_with_line("-_*", HRProcessor),
    HashHeaderProcessor: _only_with("#", HashHeaderProcessor),
    SetextHeaderProcessor: _only_with("\n", SetextHeaderProcessor),
    BlockQuoteProcessor: _Quote,
    ReferenceProcessor: _only_with("]:", ReferenceProcessor),
    AbbrBlockprocessor: _only_with("*[", AbbrBlockprocessor),
    FootnoteBlockProcessor: _only_with("[^", FootnoteBlockProcessor),
    DefListProcessor: _only_with_line(":", DefListProcessor),
    TableProcessor: _Table,
}

_LETTERS_FIRST: Final = re.compile(r"[^\W\d_].*(?:\n[^\W\d_].*)*")
_KNOWN: Final = (
    AbbrBlockprocessor, BlockQuoteProcessor, CodeBlockProcessor, DefListIndentProcessor, DefListProcessor,
    EmptyBlockProcessor, FootnoteBlockProcessor, HashHeaderProcessor, HRProcessor, ListIndentProcessor, OListProcessor,
    ReferenceProcessor, SaneOListProcessor, SaneUListProcessor, SetextHeaderProcessor, TableProcessor, UListProcessor,
)  # fmt: skip
_NOT_FOR_LETTERS: Final = frozenset(_SWIFT.get(kind, kind) for kind in _KNOWN)
"""Block rules that find nothing in a block whose lines all begin with letters."""
