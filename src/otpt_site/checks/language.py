"""Plain language: how hard each page is to read, and how long its sentences, paragraphs and lists are.

The rules are made for English and leave guides in other languages alone.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import partial
from statistics import median
from typing import Final

from otpt_site.checks.findings import Finding
from otpt_site.checks.traits import Measures, Traits
from otpt_site.diagnostics import Diagnostic, Place, problem
from otpt_site.guide.words import NameKind
from otpt_site.library import Guide
from otpt_site.readability import words_of
from otpt_site.sieve import holds_any, search_for
from otpt_site.wording import Block, BlockKind, PageText, listed, page_text

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
GRADES: Final = frozenset({"hard-to-read", "reading-grades", "hard-guide", "many-long-sentences"})
"""The rules that `check_grades` tells of, and nothing else does."""
REPEATED_WORDS: Final = 25
"""A longer paragraph may stand on one page only."""
# There are several on each page, and all are kept: as long as need be to tell a million of them apart.
_DIGEST_BYTES: Final = 12

_VAGUE: Final = re.compile(
    r"(?:please )?(?:(?:click|tap|press|go|see|read|look)(?: on)? )?(?:here|this|this (?:link|page)|link|page|more|"
    r"read more|learn more|more information|details)\W*",
    re.IGNORECASE,
)
_CLICK_HERE: Final = search_for(r"\b(?:click|tap|press) (?:here|on this|this link)\b", r"\b(?:click|tap|press)$")
_SHOWN: Final = 5


def check_text(guide: Guide, text: PageText) -> Iterator[Finding]:
    """Sentences, paragraphs, lists and links of one page that are hard to read."""
    if guide.site.language.startswith("en"):
        yield from _long(text)
        yield from _vague(text)


def check_grades(guide: Guide, measured: Sequence[Measures]) -> Iterator[Diagnostic]:
    """Pages that are hard to read, and what is too much of that in all. Only the settings are looked at beside."""
    if guide.site.language.startswith("en"):
        yield from _hard(measured, guide)
        yield from _many_long(measured, guide)


def check_language(guide: Guide, traits: Sequence[Traits]) -> Iterator[Diagnostic]:
    """What stands twice in the guide, and names that it does not know."""
    if guide.site.language.startswith("en"):
        yield from _repeated(traits, guide)
        yield from _names(guide)


def _hard(measured: Sequence[Measures], guide: Guide) -> Iterator[Diagnostic]:
    pages = [page for page in measured if page.readability.words >= FEWEST_WORDS]
    for page in pages:
        grade = page.readability.grade
        if grade > HARDEST:
            message = f"this page reads at grade {grade:.1f} (SMOG {page.readability.smog:.1f}), of at most {HARDEST}"
            yield problem("hard-to-read", page.place, message)
    if pages:
        yield from _grades(sorted(pages, key=lambda page: -page.readability.grade), guide.site.place)


def _grades(hardest_first: Sequence[Measures], place: Place) -> Iterator[Diagnostic]:
    """The grades of the guide as a whole; SMOG counts otherwise, and tells when the first one is flattered."""
    middle = median(page.readability.grade for page in hardest_first)
    smog = median(page.readability.smog for page in hardest_first)
    hardest = hardest_first[:_SHOWN]
    listed = ", ".join(
        f"{page.kind}:{page.id} {page.readability.grade:.1f} ({page.readability.smog:.1f})" for page in hardest
    )
    message = f"the median reading grade is {middle:.1f} (SMOG {smog:.1f}); the hardest pages: {listed}"
    yield problem("reading-grades", place, message)
    if middle > HARDEST_MEDIAN:
        message = f"half of the pages read harder than grade {middle:.1f}, of at most {HARDEST_MEDIAN}"
        yield problem("hard-guide", place, message, f"Begin with {_listed_paths(hardest)}.")


def _many_long(measured: Sequence[Measures], guide: Guide) -> Iterator[Diagnostic]:
    all_sentences = sum(page.readability.sentences for page in measured)
    long_sentences = sum(page.long_sentences for page in measured)
    if long_sentences > LONG_SHARE * all_sentences:
        at_fault = [page for page in measured if page.long_sentences]
        worst = sorted(at_fault, key=lambda page: -page.long_sentences)[:_SHOWN]
        yield problem(
            "many-long-sentences",
            guide.site.place,
            f"{long_sentences} of {all_sentences} sentences have more than {LONG_SENTENCE} words",
            f"Keep them below {LONG_SHARE:.0%} of all. Begin with {_listed_paths(worst)}.",
        )


def _listed_paths(pages: Sequence[Measures]) -> str:
    return ", ".join(dict.fromkeys(page.place.path for page in pages))


def _long(text: PageText) -> Iterator[Finding]:
    for block in text.prose:
        for sentence in block.sentences:
            count = len(sentence.syllables)
            if count > LONGEST_SENTENCE:
                message = f"this sentence has {count} words, of at most {LONGEST_SENTENCE}"
                yield Finding("long-sentence", partial(block.place_of, sentence.said), message)
        if block.kind is BlockKind.PARAGRAPH and len(block.sentences) > MOST_SENTENCES:
            message = f"this paragraph has {len(block.sentences)} sentences, of at most {MOST_SENTENCES}"
            yield Finding("long-paragraph", partial(block.place_of, block.words), message)
    for items in listed(text.blocks).values():
        if len(items) > MOST_ITEMS:
            message = f"this list has {len(items)} items, of at most {MOST_ITEMS}"
            yield Finding("long-list", partial(items[0].place_of, items[0].words), message)


def _vague(text: PageText) -> Iterator[Finding]:
    telling = _CLICK_HERE.sieve.held(text.chunks)
    for block in text.all_blocks:
        vague = [] if block.is_plain else _vague_links(block)
        for number, words in vague:
            place = partial(block.place_in, number, 0, len(words))
            yield Finding("vague-link", place, f"'{words}' does not tell where it leads")
        found = _CLICK_HERE.pattern.search(block.words) if holds_any(block.words, telling) else None
        if found and not any(found[0] in words for _, words in vague):
            place = partial(block.place_of_part, *found.span())
            yield Finding("vague-link", place, f"'{found[0]}' says nothing to those who do not click")


def _vague_links(block: Block) -> list[tuple[int, str]]:
    """The links of a block whose words do not tell where they lead: their numbers among its pieces, and their words."""
    return [
        (number, piece.words)
        for number, piece in enumerate(block.pieces)
        if piece.linked and _VAGUE.fullmatch(piece.words.strip())
    ]


def long_paragraphs(text: PageText) -> Iterator[tuple[str, Block]]:
    """The paragraphs that may stand on one page only, each with the digest of its words."""
    for block in text.prose:
        if sum([len(sentence.syllables) for sentence in block.sentences]) > REPEATED_WORDS:
            words = " ".join(words_of(block.words)).lower().encode(errors="surrogatepass")
            yield hashlib.blake2b(words, digest_size=_DIGEST_BYTES).hexdigest(), block


def _repeated(traits: Sequence[Traits], guide: Guide) -> Iterator[Diagnostic]:
    first: dict[str, Traits] = {}
    for page in traits:
        for digest in page.paragraphs:
            there = first.setdefault(digest, page)
            if there is not page:
                where = _place_of_paragraph(guide, there, digest)
                message = f"the same paragraph stands in {where.path}, line {where.line}"
                yield problem("repeated-paragraph", _place_of_paragraph(guide, page, digest), message)


def _place_of_paragraph(guide: Guide, page: Traits, digest: str) -> Place:
    """Where a paragraph of the page begins; looked up only when there is a problem to tell."""
    found = dict(reversed([*long_paragraphs(page_text(guide, page.kind, page.id))]))[digest]
    return found.place_of(found.words)


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
