"""Words that need explaining: abbreviations and words of the glossary, each at its first use on a page."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from otpt_site.checks.findings import Finding
from otpt_site.checks.once import once_a_guide
from otpt_site.library import Guide
from otpt_site.markup import TermHole
from otpt_site.sieve import Sieve, any_of, holds_any
from otpt_site.wording import Block, BlockKind, PageText, blocks_with

_ABBREVIATION: Final = re.compile(r"(?<![\w-])([A-Z][A-Z0-9]*[A-Z][A-Z0-9]*)s?(?![\w-])")
_ABBREVIATIONS: Final = Sieve(_ABBREVIATION.search)
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
    yield from _abbreviations(text, _short_forms(guide))
    glossary = _glossary(guide)
    # In danger nothing may slow a reader down: safety cards explain no words.
    if glossary and text.kind != "safety":
        yield from _terms(text, glossary)


class _Glossary:
    """Finds words of the glossary, a longer one before one that is part of it."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        words = sorted(ids, key=lambda term: (-len(term), term))
        self._ids = ids
        self.pattern = re.compile(rf"(?<![\w-])({any_of(words)})s?(?![\w-])", re.IGNORECASE)
        # To search for the last word of a term is enough to tell where the term is not.
        self.sieve = Sieve(re.compile(any_of(term.split()[-1] for term in ids), re.IGNORECASE).search)

    def uses(self, words: str) -> Iterator[tuple[str, re.Match[str]]]:
        """The ids of the terms in some words, and where each is found."""
        for found in self.pattern.finditer(words):
            # A letter such as the Turkish i without a dot, which `re` takes for an i, makes no term.
            if id := self._ids.get(found[1].lower()):
                yield id, found


@once_a_guide
def _glossary(guide: Guide) -> _Glossary | None:
    return _Glossary({term.term.lower(): id for id, term in guide.terms.items()}) if guide.terms else None


@once_a_guide
def _short_forms(guide: Guide) -> frozenset[str]:
    """The abbreviations that need no opening."""
    return frozenset(row.short for row in guide.short_forms.values())


def _abbreviations(text: PageText, known: frozenset[str]) -> Iterator[Finding]:
    opened = set(known) | set(_ABBREVIATION.findall(_names(text)))
    for block in blocks_with(_ABBREVIATIONS.held(text.chunks), text.blocks):
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


def _terms(text: PageText, glossary: _Glossary) -> Iterator[Finding]:
    telling = glossary.sieve.held(text.chunks)
    about = {id for id, _ in glossary.uses(_names(text))}
    for block in text.blocks:
        if block.kind in (BlockKind.HEADING, BlockKind.FURNITURE):
            continue
        for id, words, place in _uses(block, glossary, telling):
            if id not in about and place:
                message = f"'{words}' is a word of the glossary, and this is its first use on the page"
                hint = f"Write [{words}](term:{id}), or a plainer word."
                yield Finding("unmarked-term", partial(block.place_in, *place), message, hint)
            about.add(id)


def _uses(
    block: Block, glossary: _Glossary, telling: set[str]
) -> Iterator[tuple[str, str, tuple[int, int, int] | None]]:
    """The terms used in a block: id, words, and their place in a piece unless they are marked. Links hold no mark."""
    tells = holds_any(block.words, telling)
    for number, piece in enumerate(block.pieces):
        if isinstance(piece.hole, TermHole):
            yield piece.hole.id, piece.words, None
        elif tells and piece.hole is None and not piece.linked:
            for id, found in glossary.uses(piece.words):
                yield id, found[0], (number, *found.span())
