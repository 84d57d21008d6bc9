"""Texts as readers meet them: the passages of a page in the order of the page, in blocks, sentences and words.

The rules on language read these, and nothing else: what the templates add is the same on every page and stands
here only where it opens an abbreviation.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from enum import StrEnum
from functools import cached_property
from html import unescape
from itertools import chain, dropwhile, takewhile
from typing import Any, Final

import msgspec

from otpt_site.diagnostics import Place
from otpt_site.guide.articles import Article, PlainPage
from otpt_site.guide.common import ExtraSign, Lead, Visits
from otpt_site.guide.comparisons import Comparison, Row
from otpt_site.guide.conditions import Condition
from otpt_site.guide.goals import Goal
from otpt_site.guide.records import Passage, Record
from otpt_site.guide.safety import SafetyCard
from otpt_site.guide.site import Site
from otpt_site.guide.therapies import TherapyPage
from otpt_site.library import Guide
from otpt_site.markup import CitationHole, Hole, ReferenceHole, SettingHole, TermHole
from otpt_site.markup.cleaning import without_footnote_marks
from otpt_site.readability import Sentence, read_sentence
from otpt_site.sieve import holds_any

_SENTENCE_END: Final = re.compile(
    r"""[.!?…](?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bvs\.)(?<!\be\.g\.)(?<!\bi\.e\.)  # these go on
    ["'”’)\]]*\s+(?=["'“‘(\[]*[^\W_a-z])""",
    re.VERBOSE,
)
_TAG: Final = re.compile(r"<[^>]*>")
# Whether a tag closes something, and its name.
_PARTS_OF_TAG: Final = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")


class BlockKind(StrEnum):
    """What a block is on the page."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    HEADING = "heading"
    # Words of the templates, known here because they open abbreviations.
    FURNITURE = "furniture"


_KINDS: Final = {
    "li": BlockKind.ITEM, "dd": BlockKind.ITEM, "dt": BlockKind.ITEM, "td": BlockKind.CELL, "th": BlockKind.CELL,
    "caption": BlockKind.CELL,
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
}  # fmt: skip
_LISTS: Final = ("ul", "ol")
_PARTING: Final = {*_KINDS, *_LISTS, "p", "div", "blockquote", "pre", "table", "tr", "thead", "tbody", "dl", "hr", "br"}


_NAMING: Final = (ReferenceHole, TermHole, SettingHole)


class Piece(msgspec.Struct, frozen=True):
    """Some words of a block; `hole` is the mark that they stand in, `linked` whether they lead elsewhere."""

    words: str
    hole: Hole | None = None
    linked: bool = False

    @property
    def is_given(self) -> bool:
        """Whether the site puts its words into its mark, such as the name of a page."""
        return isinstance(self.hole, _NAMING) and not self.hole.html

    @property
    def own_words(self) -> str:
        """Its words; `_` for each sign of those that are given."""
        return "_" * len(self.words) if self.is_given else self.words


class Block(msgspec.Struct, frozen=True, dict=True):
    """A paragraph, an item, a cell or a heading.

    `list_number` tells the lists of a passage apart; only the first block of an item bears it. Its words and sentences
    are kept: nearly every rule asks for them.
    """

    kind: BlockKind
    pieces: tuple[Piece, ...]
    passage: Passage | None
    list_number: int = 0

    @cached_property
    def words(self) -> str:
        """What it says, without marks."""
        return " ".join("".join([piece.words for piece in self.pieces]).split())

    @property
    def is_plain(self) -> bool:
        """Whether it holds words alone, and neither marks nor links."""
        first = self.pieces[0]
        return len(self.pieces) == 1 and first.hole is None and not first.linked

    @cached_property
    def own_words(self) -> str:
        """What its author wrote; as many signs as in `words`, with a `_` for each that the site put into a mark."""
        if not any(piece.is_given for piece in self.pieces):
            return self.words
        return " ".join("".join([piece.own_words for piece in self.pieces]).split())

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences; what ends without a full stop, such as an item of a list, is one as well."""
        return sentences(self.words)

    def holes(self, kind: type[Hole]) -> list[Any]:
        """The marks of one type in it."""
        return [] if self.is_plain else [piece.hole for piece in self.pieces if isinstance(piece.hole, kind)]

    def place_of(self, words: str) -> Place:
        """Where some of its words are written."""
        return self.passage.place_of_words(words) if self.passage else Place("")

    def place_of_part(self, start: int, end: int) -> Place:
        """Where its words from `start` to `end` are written."""
        return self.passage.place_of_part(self.words, start, end) if self.passage else Place("")

    def place_in(self, number: int, start: int, end: int) -> Place:
        """Where a part of one of its pieces is written, from the sign `start` to `end` of that piece."""
        before = "".join(piece.words for piece in self.pieces[:number])
        words = self.pieces[number].words
        return self.place_of_part(_single_spaced(before + words[:start]), _single_spaced(before + words[:end].rstrip()))


def _single_spaced(words: str) -> int:
    """How many signs these words have with single spaces between them, up to the next word."""
    parts = words.split()
    return len(" ".join(parts)) + (bool(parts) and words[-1].isspace())


class PageText(msgspec.Struct, frozen=True, dict=True):
    """All that one page says in its own words, in reading order. `summary` stands on lists and in search results."""

    kind: str
    record: Record
    summary: tuple[Block, ...]
    blocks: tuple[Block, ...]

    @cached_property
    def all_blocks(self) -> tuple[Block, ...]:
        """What its author wrote: the summary too, and nothing that the template adds."""
        return tuple([block for block in (*self.summary, *self.blocks) if block.kind is not BlockKind.FURNITURE])

    @cached_property
    def prose(self) -> list[Block]:
        """What is read as sentences. Headings are short whatever the text is like, and would flatter it."""
        return [block for block in self.all_blocks if block.kind is not BlockKind.HEADING]

    @cached_property
    def chunks(self) -> frozenset[str]:
        """All that stands between two blanks in its blocks."""
        return frozenset(" ".join([block.words for block in (*self.summary, *self.blocks)]).split())


def sentences(words: str) -> tuple[Sentence, ...]:
    """The sentences of a block."""
    said, start = [], 0
    for end in _SENTENCE_END.finditer(words):
        said.append(words[start : end.start() + 1])
        start = end.end()
    said.append(words[start:])
    return tuple([sentence for sentence in map(read_sentence, said) if sentence.syllables])


_THERAPIES: Final = {"pt": "Physical therapy (PT)", "ot": "Occupational therapy (OT)"}
_FURNITURE: Final = {id: Block(BlockKind.FURNITURE, (Piece(name),), None) for id, name in _THERAPIES.items()}
# The keys of each kind in the order of its page; the tests hold them complete. The opening of a body ends at its
# first heading, `=name` are words of the template.
READING_ORDER: Final[dict[type[Record], tuple[str, ...]]] = {
    Condition: (
        "=answer", "why", "nuance", "safety_extra", "opening", "=pt", "pt_does", "=ot", "ot_does",
        "both_do", "body", "first_visit", "questions", "unknowns",
    ),
    Goal: ("caution", "=answer", "why", "nuance", "=pt", "pt_does", "=ot", "ot_does", "questions"),
    Comparison: (
        "=therapies", "imagine", "decision", "pt_if", "ot_if", "both_if", "table", "pt_gain", "ot_gain", "pt_limits",
        "ot_limits", "both_do", "who_first", "safety_extra", "body", "not_known", "questions",
    ),
    Article: ("lead_in", "body"),
    PlainPage: ("body",),
    TherapyPage: (
        "=self", "one_line", "choose_if", "works_on", "methods", "tools", "tool_cautions", "first_visit", "session",
        "settings", "body",
    ),
    SafetyCard: ("signs", "why", "also"),
}  # fmt: skip


TEXT_KINDS: Final = ("therapy", "condition", "goal", "comparison", "article", "page", "safety")
"""The kinds whose records are read as texts: pages, and safety cards, which many pages show."""


def page_text(guide: Guide, kind: str, id: str) -> PageText:
    """The text of one page or safety card."""
    record = guide.shelf(kind)[id]
    summary = getattr(record, "summary", None)
    return PageText(kind, record, tuple(blocks(summary, guide)) if summary else (), tuple(_in_order(guide, record)))


def page_texts(guide: Guide) -> Iterator[PageText]:
    """The text of every page, and of every safety card."""
    for kind in TEXT_KINDS:
        yield from (page_text(guide, kind, id) for id in guide.shelf(kind))


def _keys_in_order(record: Record) -> tuple[str, ...]:
    """The keys as they are read. Where every minute counts, the signs of danger stand above the answer."""
    order = READING_ORDER[type(record)]
    first = ("safety_extra",) if isinstance(record, Condition) and record.acute else ()
    return (*first, *(key for key in order if key not in first))


def _in_order(guide: Guide, record: Record) -> Iterator[Block]:
    body: list[Block] = []
    for key in _keys_in_order(record):
        if key.startswith("="):
            yield from _furniture(record, key[1:])
        elif key == "opening":
            body = list(blocks(record.body, guide))  # type: ignore[attr-defined]
            yield from takewhile(_is_no_heading, body)
        elif key == "body" and "opening" in READING_ORDER[type(record)]:
            yield from dropwhile(_is_no_heading, body)
        else:
            for passage in passages(getattr(record, key)):
                yield from blocks(passage, guide)


def _is_no_heading(block: Block) -> bool:
    return block.kind is not BlockKind.HEADING


def _furniture(record: Any, what: str) -> Iterator[Block]:
    """The names of therapies that the template shows."""
    shown = {"self": {record.id}, "pt": {"pt"}, "ot": {"ot"}}.get(what, {*_THERAPIES})
    if what == "answer" and record.lead is not Lead.BOTH:
        shown = {record.lead.value, record.joins.value}
    for id in _THERAPIES:
        if id in shown:
            yield _FURNITURE[id]


def passages(value: object) -> Iterable[Passage]:
    """The passages in a value of a record, whatever holds them."""
    if isinstance(value, Passage):
        return (value,)
    if isinstance(value, ExtraSign):
        return (value.text,)
    if isinstance(value, Visits | Row):
        return chain.from_iterable(passages(getattr(value, name)) for name in value.__struct_fields__)
    return chain.from_iterable(map(passages, value)) if isinstance(value, tuple) else ()


def blocks(passage: Passage, guide: Guide) -> Iterator[Block]:
    """The blocks of a passage, with the words that the site puts into its holes."""
    segments = passage.prose.segments
    if len(segments) == 1 and isinstance(segments[0], str) and "<" not in segments[0]:
        # Most keys hold plain words, and there are many of them.
        words = unescape(segments[0])
        if words.strip():
            yield Block(BlockKind.PARAGRAPH, (Piece(words),), passage)
        return
    walk = _Walk(passage)
    for segment in segments:
        if isinstance(segment, str):
            yield from walk.html(segment)
        elif name := _SAID.get(type(segment)):
            walk.say(Piece(name(segment, guide), segment, isinstance(segment, ReferenceHole)))
        else:
            yield from walk.end()
    yield from walk.end()


class _Walk:
    """Walks through the HTML of a passage and parts it where a reader sees a new line begin."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._pieces: list[Piece] = []
        self._open: list[str] = []
        self._lists: list[int] = []
        self._count = 0
        self._begins_item = False
        self._linked = False

    def say(self, piece: Piece) -> None:
        last = self._pieces[-1] if self._pieces else None
        if last and last.hole is None and piece.hole is None and last.linked == piece.linked:
            # Bold words within a sentence or a link do not part it.
            piece = Piece(self._pieces.pop().words + piece.words, None, piece.linked)
        self._pieces.append(piece)

    def end(self) -> tuple[Block, ...]:
        """The block that ends here, if there is one."""
        pieces, self._pieces = self._pieces, []
        if not pieces or not any(piece.words.strip() or piece.hole for piece in pieces):
            return ()
        kind = BlockKind.PARAGRAPH
        for tag in reversed(self._open):
            if tag in _KINDS:
                kind = _KINDS[tag]
                break
        number = self._lists[-1] if self._lists and self._begins_item else 0
        self._begins_item = False
        return (Block(kind, tuple(pieces), self._passage, number),)

    def html(self, segment: str) -> Iterator[Block]:
        before, *marks = _PARTS_OF_TAG.split(without_footnote_marks(segment))
        self._text(before)
        for closes, name, text in zip(marks[::3], marks[1::3], marks[2::3], strict=True):
            if name == "a":
                self._linked = not closes
            elif name in _PARTING:
                yield from self.end()
                self._enter(name, bool(closes))
            self._text(text)

    def _text(self, html: str) -> None:
        # No block begins with blanks.
        if self._pieces or html.strip():
            self.say(Piece(unescape(html), None, self._linked))

    def _enter(self, tag: str, closes: bool) -> None:
        if tag in ("br", "hr"):
            return
        if closes:
            self._open.pop()
            if tag in _LISTS:
                self._lists.pop()
        else:
            self._open.append(tag)
            self._begins_item = self._begins_item or tag == "li"
            if tag in _LISTS:
                self._count += 1
                self._lists.append(self._count)


def _reference_words(hole: ReferenceHole, guide: Guide) -> str:
    if hole.html or hole.kind == "self":
        return _bare(hole.html)
    record = guide.shelf(hole.kind).get(hole.id)
    return record.called if record else hole.id


def _term_words(hole: TermHole, guide: Guide) -> str:
    term = guide.terms.get(hole.id)
    return _bare(hole.html) or (term.term if term else hole.id)


def _setting_words(hole: SettingHole, guide: Guide) -> str:
    return _bare(hole.html) or setting_words(guide.site, hole.name)


def setting_words(site: Site, name: str) -> str:
    """What a setting of the site is called in a sentence."""
    return {"emergency": site.emergency.words, "crisis": site.crisis.words, "feedback": site.feedback.words}[name]


def _bare(html: str) -> str:
    return unescape(_TAG.sub("", html))


_SAID: Final[dict[type, Callable[[Any, Guide], str]]] = {
    ReferenceHole: _reference_words,
    TermHole: _term_words,
    SettingHole: _setting_words,
    CitationHole: lambda _hole, _guide: "",
}


def blocks_with(chunks: Collection[str], among: Iterable[Block]) -> Iterator[Block]:
    """Those blocks that hold one of the chunks."""
    return (block for block in among if holds_any(block.words, chunks)) if chunks else iter(())


def listed(blocks: Iterable[Block]) -> dict[tuple[int, int], list[Block]]:
    """The first block of each item of each list, by passage and number of the list."""
    lists: dict[tuple[int, int], list[Block]] = {}
    for block in blocks:
        if block.list_number:
            lists.setdefault((id(block.passage), block.list_number), []).append(block)
    return lists
