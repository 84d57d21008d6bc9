"""Words that need explaining: abbreviations and words of the glossary, each at its first use on a page."""

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Any, Final

from otpt_site.checks.findings import Finding
from otpt_site.library import Guide
from otpt_site.markup import TermHole
from otpt_site.wording import Block, BlockKind, PageText

_ABBREVIATION: Final = re.compile(r"(?<![\w-])([A-Z][A-Z0-9]*[A-Z][A-Z0-9]*)s?(?![\w-])")
# "TIA (a mini-stroke)", "DPT is a degree", "PTA and OTA stand for", "a PTA, or physical therapist assistant".
_OPENED_AFTER: Final = re.compile(
    r"s?(?:(?:, and|, or|,| and| or) [A-Z]+s?)*"
    r"(?:\s*\((?=[^()]*[a-z]{2})| (?:is|are|means?|stands? for) (?:an? |the |[a-z])|, (?:or|an?|which) [a-z])"
)
# "a degree called the DPT", "known as WCAG", "the letters OTR".
_OPENED_BEFORE: Final = re.compile(r"\b(?:called|known as|named|letters)(?: the| an?)? $")
# How far before an abbreviation such a word may stand.
_NEAR: Final = 20


def check_terms(guide: Guide, text: PageText) -> Iterator[Finding]:
    """First uses on one page that nothing explains."""
    if not guide.site.language.startswith("en"):
        return
    yield from _abbreviations(text, {row.short for row in guide.short_forms.values()})
    terms = {term.term.lower(): id for id, term in guide.terms.items()}
    pattern = _any_of(tuple(terms))
    # In danger nothing may slow a reader down: safety cards explain no words.
    if pattern and text.kind != "safety":
        yield from _terms(text, terms, pattern)


@lru_cache(maxsize=1)
def _any_of(terms: tuple[str, ...]) -> re.Pattern[str] | None:
    """Finds words of the glossary, a longer one before one that is part of it."""
    words = sorted(terms, key=lambda term: (-len(term), term))
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, words))})s?(?![\w-])", re.IGNORECASE) if words else None


def _abbreviations(text: PageText, known: set[str]) -> Iterator[Finding]:
    opened = known | set(_ABBREVIATION.findall(_names(text)))
    for block in text.blocks:
        words = block.words
        marked = [piece.words for piece in block.pieces if isinstance(piece.hole, TermHole)]
        for found in _ABBREVIATION.finditer(words):
            short = found[1]
            if short in opened:
                continue
            opened.add(short)
            if not (_opens(words, found) or any(short in part for part in marked)):
                message = f"'{short}' stands here before its long form"
                yield Finding("unopened-abbreviation", partial(block.place_of_part, *found.span()), message)


def _opens(words: str, found: re.Match[str]) -> bool:
    """Whether the sentence says what the abbreviation is: in parentheses or in words, before it or after it."""
    before = words[: found.start()]
    begin = before.rfind("(")
    in_parentheses = begin > before.rfind(")") and before[:begin].strip() != ""
    told_before = _OPENED_BEFORE.search(before, max(0, len(before) - _NEAR)) is not None
    return in_parentheses or told_before or _OPENED_AFTER.match(words, found.end(1)) is not None


def _names(text: PageText) -> str:
    """The names in the heading of the page; what they hold is what the page is about, and explained by it."""
    record: Any = text.record
    return ", ".join((record.called, *getattr(record, "also_called", ())))


def _terms(text: PageText, terms: dict[str, str], pattern: re.Pattern[str]) -> Iterator[Finding]:
    about = {terms[found[1].lower()] for found in pattern.finditer(_names(text))}
    for block in text.blocks:
        if block.kind in (BlockKind.HEADING, BlockKind.FURNITURE):
            continue
        for id, words, place in _uses(block, terms, pattern):
            if id not in about and place:
                message = f"'{words}' is a word of the glossary, and this is its first use on the page"
                hint = f"Write [{words}](term:{id}), or a plainer word."
                yield Finding("unmarked-term", partial(block.place_in, *place), message, hint)
            about.add(id)


def _uses(
    block: Block, terms: dict[str, str], pattern: re.Pattern[str]
) -> Iterator[tuple[str, str, tuple[int, int, int] | None]]:
    """The terms used in a block: id, words, and their place in a piece unless they are marked. Links hold no mark."""
    for number, piece in enumerate(block.pieces):
        if isinstance(piece.hole, TermHole):
            yield piece.hole.id, piece.words, None
        elif piece.hole is None and not piece.linked:
            for found in pattern.finditer(piece.words):
                yield terms[found[1].lower()], found[0], (number, *found.span())
