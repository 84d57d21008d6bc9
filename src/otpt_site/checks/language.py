"""Plain language: how hard each page is to read, and how long its sentences, paragraphs and lists are.

The rules are made for English and leave guides in other languages alone.
"""

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

import msgspec

from otpt_site.diagnostics import Diagnostic, Place, problem
from otpt_site.guide.words import NameKind
from otpt_site.library import Guide
from otpt_site.readability import Readability, measure, names_pattern
from otpt_site.wording import Block, BlockKind, PageText, listed, sentences, words_of

HARDEST: Final = 8.0
"""No page reads harder than this grade."""
HARDEST_MEDIAN: Final = 6.0
"""Half of the pages read no harder than this grade."""
FEWEST_WORDS: Final = 100
"""The grade of a shorter text says little."""
LONG_SENTENCE: Final = 20
LONGEST_SENTENCE: Final = 30
LONG_SHARE: Final = 0.05
"""At most this share of all sentences is long."""
MOST_SENTENCES: Final = 3
MOST_ITEMS: Final = 7
REPEATED_WORDS: Final = 25
"""A longer paragraph may stand on one page only."""

_VAGUE: Final = re.compile(
    r"(?:please )?(?:(?:click|tap|press|go|see|read|look)(?: on)? )?(?:here|this|this (?:link|page)|link|page|more|"
    r"read more|learn more|more information|details)\W*",
    re.IGNORECASE,
)
_CLICK_HERE: Final = re.compile(r"\b(?:click|tap|press) (?:here|on this|this link)\b", re.IGNORECASE)
_SHOWN: Final = 5


class Measured(msgspec.Struct, frozen=True):
    """What was measured of one page."""

    text: PageText
    readability: Readability
    long_sentences: int


def measure_texts(guide: Guide, texts: Sequence[PageText]) -> tuple[Measured, ...]:
    """The reading grade of each text; safety cards stand on many pages and count as one text each."""
    names = names_pattern(row.name for row in guide.names.values())
    return tuple(_measure(text, names) for text in texts)


def _measure(text: PageText, names: re.Pattern[str] | None) -> Measured:
    said = [sentence for block in _prose(text) for sentence in sentences(block.words)]
    return Measured(text, measure(said, names), sum(len(words_of(sentence)) > LONG_SENTENCE for sentence in said))


def _prose(text: PageText) -> list[Block]:
    """The blocks that are read as sentences. Headings are short whatever the text is like, and would flatter it."""
    return [block for block in text.all_blocks if block.kind is not BlockKind.HEADING]


def check_language(guide: Guide, texts: Sequence[PageText]) -> Iterator[Diagnostic]:
    """Texts that are hard to read."""
    if not guide.site.language.startswith("en"):
        return
    measured = measure_texts(guide, texts)
    yield from _hard(measured, guide)
    yield from _many_long(measured, guide)
    for text in texts:
        yield from _long(text)
        yield from _vague(text)
    yield from _repeated(texts)
    yield from _names(guide)


def _hard(measured: tuple[Measured, ...], guide: Guide) -> Iterator[Diagnostic]:
    pages = [page for page in measured if page.readability.words >= FEWEST_WORDS]
    for page in pages:
        grade = page.readability.grade
        if grade > HARDEST:
            message = f"this page reads at grade {grade:.1f} (SMOG {page.readability.smog:.1f}), of at most {HARDEST}"
            yield problem("hard-to-read", page.text.record.place, message)
    if pages:
        yield from _grades(sorted(pages, key=lambda page: -page.readability.grade), guide.site.place)


def _grades(hardest_first: Sequence[Measured], place: Place) -> Iterator[Diagnostic]:
    """The grades of the guide as a whole; SMOG counts otherwise, and tells when the first one is flattered."""
    middle = median(page.readability.grade for page in hardest_first)
    smog = median(page.readability.smog for page in hardest_first)
    hardest = hardest_first[:_SHOWN]
    listed = ", ".join(
        f"{page.text.kind}:{page.text.record.id} {page.readability.grade:.1f} ({page.readability.smog:.1f})"
        for page in hardest
    )
    message = f"the median reading grade is {middle:.1f} (SMOG {smog:.1f}); the hardest pages: {listed}"
    yield problem("reading-grades", place, message)
    if middle > HARDEST_MEDIAN:
        message = f"half of the pages read harder than grade {middle:.1f}, of at most {HARDEST_MEDIAN}"
        yield problem("hard-guide", place, message, f"Begin with {_listed_paths(hardest)}.")


def _many_long(measured: tuple[Measured, ...], guide: Guide) -> Iterator[Diagnostic]:
    all_sentences = sum(page.readability.sentences for page in measured)
    long_sentences = sum(page.long_sentences for page in measured)
    if long_sentences > LONG_SHARE * all_sentences:
        worst = sorted(measured, key=lambda page: -page.long_sentences)[:_SHOWN]
        yield problem(
            "many-long-sentences",
            guide.site.place,
            f"{long_sentences} of {all_sentences} sentences have more than {LONG_SENTENCE} words",
            f"Keep it below {LONG_SHARE:.0%}. Begin with {_listed_paths(worst)}.",
        )


def _listed_paths(pages: Sequence[Measured]) -> str:
    return ", ".join(dict.fromkeys(page.text.record.place.path for page in pages))


def _long(text: PageText) -> Iterator[Diagnostic]:
    for block in _prose(text):
        said = sentences(block.words)
        for sentence in said:
            count = len(words_of(sentence))
            if count > LONGEST_SENTENCE:
                message = f"this sentence has {count} words, of at most {LONGEST_SENTENCE}"
                yield problem("long-sentence", block.place_of(sentence), message)
        if block.kind is BlockKind.PARAGRAPH and len(said) > MOST_SENTENCES:
            message = f"this paragraph has {len(said)} sentences, of at most {MOST_SENTENCES}"
            yield problem("long-paragraph", block.place_of(block.words), message)
    for items in listed(text.blocks).values():
        if len(items) > MOST_ITEMS:
            message = f"this list has {len(items)} items, of at most {MOST_ITEMS}"
            yield problem("long-list", items[0].place_of(items[0].words), message)


def _vague(text: PageText) -> Iterator[Diagnostic]:
    for block in text.all_blocks:
        for piece in block.pieces:
            if piece.linked and _VAGUE.fullmatch(piece.words.strip()):
                yield problem(
                    "vague-link", block.place_of(piece.words), f"'{piece.words}' does not tell where it leads"
                )
        if found := _CLICK_HERE.search(block.words):
            yield problem(
                "vague-link", block.place_of(found[0]), f"'{found[0]}' says nothing to those who do not click"
            )


def _repeated(texts: Sequence[PageText]) -> Iterator[Diagnostic]:
    first: dict[str, tuple[PageText, Place]] = {}
    for text in texts:
        for block in _prose(text):
            words = words_of(block.words.lower())
            if len(words) > REPEATED_WORDS:
                place = block.place_of(block.words)
                there, where = first.setdefault(" ".join(words), (text, place))
                if there is not text:
                    message = f"the same paragraph stands in {where.path}, line {where.line}"
                    yield problem("repeated-paragraph", place, message)


def _names(guide: Guide) -> Iterator[Diagnostic]:
    """Names in the list of easy ones that the guide does not know: the list must not grow unseen."""
    known = {
        NameKind.CONDITION: {
            called.lower() for page in guide.conditions.values() for called in (page.name, *page.also_called)
        },
        NameKind.TERM: {word.lower() for term in guide.terms.values() for word in (term.term, *term.also)},
    }
    for row in guide.names.values():
        whole = known.get(row.kind)
        if whole is not None and not any(_holds(called, row.name.lower()) for called in whole):
            message = f"no {row.kind} of this guide is called '{row.name}'"
            yield problem("unknown-name", row.place_of("name"), message)


def _holds(called: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", called) is not None
