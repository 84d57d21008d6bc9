"""Signs of danger on one page: nothing to book above them, cards that say what to do, numbers from the settings."""

import re
from collections.abc import Iterator
from functools import partial
from html import escape, unescape
from itertools import takewhile
from typing import Any, Final

from otpt_site.checks.findings import Finding
from otpt_site.diagnostics import Place
from otpt_site.guide.articles import Article
from otpt_site.guide.common import Level
from otpt_site.guide.comparisons import Comparison
from otpt_site.guide.conditions import Condition
from otpt_site.guide.goals import Goal
from otpt_site.guide.records import Passage, Record
from otpt_site.guide.safety import SafetyCard
from otpt_site.library import Guide
from otpt_site.markup import CardHole, CareClose, CareOpen
from otpt_site.sieve import Sieve, search_for
from otpt_site.wording import Block, BlockKind, PageText, blocks, blocks_with, passages

# What a page says above the cards that its keys name; where every minute counts, the cards stand first.
_ABOVE_CARDS: Final[dict[type[Record], tuple[str, ...]]] = {
    Condition: ("why", "nuance"),
    Goal: ("caution", "why", "nuance"),
    Comparison: (
        "imagine", "decision", "pt_if", "ot_if", "both_if", "table", "pt_gain", "ot_gain", "pt_limits", "ot_limits",
        "both_do", "who_first",
    ),
    Article: ("lead_in",),
}  # fmt: skip
_BOOKING: Final = search_for(
    r"(?<!\ba )(?<!\bthe )(?<!\bmy )(?<!\byour )(?<!\bthis )"  # a book is read
    r"\b(?:book|reserve|schedule)(?:ing)? (?:an?|your|the|now|online|here|it|one|in|with)\b"
    r"|\bmak(?:e|ing) (?:an?|your|the) (?:appointment|booking)\b",
    r"\b(?:book|reserve|schedule)(?:ing)?$|^(?:appointment|booking)\b",
)
# Emergency and crisis numbers of many countries, and a word before one that tells it from a count.
_NUMBER: Final = re.compile(r"(?<![\w.,-])\d(?:[\d -]{0,14}\d)?(?![\w-]|[.,]\d)")
_DIGITS: Final = Sieve(re.compile(r"\d").search)
_NUMBERS: Final = frozenset({"911", "112", "999", "988", "111", "000", "116123"})
# How far before a number a word for a call may stand.
_NEAR: Final = 60
_CALLS: Final = re.compile(r"\b(?:call|dial|phone|ring|text|number|line|helpline)\w*\W+(?:\w+\W+){0,3}$", re.IGNORECASE)
_SAYS_WHEN: Final = {
    Level.EMERGENCY: (
        re.compile(r"\b(?:now|at once|straight away|immediately)\b", re.IGNORECASE),
        "Call the emergency number now if…",
    ),
    Level.URGENT: (
        re.compile(r"\b(?:today|same day|now|24 hours|at once)\b", re.IGNORECASE),
        "Get medical help today if…",
    ),
    Level.NON_URGENT: (
        re.compile(r"\b(?:book|see|ask|visit|appointment|tell)\b", re.IGNORECASE),
        "Book a visit with your doctor if…",
    ),
}
_LEADS_IN: Final = re.compile(r"\bif(?:…|\.\.\.|:)?$", re.IGNORECASE)


def check_danger(guide: Guide, text: PageText) -> Iterator[Finding]:
    """Problems of one page with signs of danger."""
    record = text.record
    body = _body(record)
    if body:
        yield from _cards_of_body(guide, body)
    if guide.site.language.startswith("en"):
        yield from _booking(guide, text)
        yield from _typed_numbers(guide, text)
        if isinstance(record, SafetyCard):
            yield from _wording(guide, record)


def levels_shown(guide: Guide, record: Record) -> set[Level]:
    """How urgent the cards are that a page shows, by its keys or in its text."""
    body = _body(record)
    return _keyed_levels(guide, record) | ({level for _, level in _levels(guide, body)} if body else set())


def _keyed_levels(guide: Guide, record: Any) -> set[Level]:
    """How urgent the cards are that the keys of a page name."""
    shared = (guide.safety[card.id].level for card in getattr(record, "safety", ()) if card.id in guide.safety)
    return {*shared, *(sign.level for sign in getattr(record, "safety_extra", ()))}


def _body(record: Record) -> Passage | None:
    return getattr(record, "body", None)


def _levels(guide: Guide, body: Passage) -> Iterator[tuple[int, Level]]:
    """The cards within a text: the number of the segment, and how urgent each is."""
    for number, segment in enumerate(body.prose.segments):
        if isinstance(segment, CareOpen):
            yield number, Level(segment.level)
        elif isinstance(segment, CardHole) and segment.id in guide.safety:
            yield number, guide.safety[segment.id].level


def _cards_of_body(guide: Guide, body: Passage) -> Iterator[Finding]:
    segments = body.prose.segments
    ladder = list(Level)
    before = 0
    for number, level in _levels(guide, body):
        card: Any = segments[number]
        place = partial(body.place, card.spot)
        if ladder.index(level) < before:
            yield Finding("card-order", place, f"this {level} card is more serious than the one before it")
        before = ladder.index(level)
        if isinstance(card, CareOpen):
            inside = takewhile(lambda segment: not isinstance(segment, CareClose), segments[number:])
            if not any(isinstance(segment, str) and "<li>" in segment for segment in inside):
                message = "this card holds no list of signs"
                yield Finding("card-wording", place, message, "Write each sign on a line of its own, after a dash.")


def _booking(guide: Guide, text: PageText) -> Iterator[Finding]:
    """Words and links for booking that a reader meets before a card for those in danger."""
    telling = _BOOKING.sieve.held(text.chunks)
    for block in _above_cards(guide, text) if telling else ():
        if found := _BOOKING.pattern.search(block.words):
            message = f"'{found[0]}' stands above a card for those in danger"
            yield Finding("booking-before-card", partial(block.place_of_part, *found.span()), message)
    body = _body(text.record)
    url = guide.site.clinic.booking_url if guide.site.clinic else ""
    if url and body and _leads_to(url, _part_above_cards(guide, body)):
        message = "the link to the clinic's booking stands above a card for those in danger"
        yield Finding("booking-before-card", partial(_place_of_link, body, url), message)


def _leads_to(url: str, passage: Passage) -> bool:
    link = f'href="{escape(url)}'
    return any(isinstance(segment, str) and link in segment for segment in passage.prose.segments)


def _place_of_link(passage: Passage, url: str) -> Place:
    for number, line in enumerate(passage.written.splitlines()):
        if url in line:
            return Place(passage.path, passage.first_line + number, line.index(url) + 1, len(url))
    return Place(passage.path, passage.first_line, 1)


def _above_cards(guide: Guide, text: PageText) -> Iterator[Block]:
    """What a reader meets before the cards of the keys, and before those within the text."""
    record = text.record
    keyed = _keyed_levels(guide, record) - {Level.NON_URGENT}
    if keyed and not getattr(record, "acute", False):
        above = [passage for key in _ABOVE_CARDS.get(type(record), ()) for passage in passages(getattr(record, key))]
        yield from (block for block in text.blocks if any(block.passage is passage for passage in above))
    body = _body(record)
    if body:
        above_last = list(blocks(_part_above_cards(guide, body), guide))
        if keyed and isinstance(record, Article):
            of_body = (block for block in text.blocks if block.passage is body)
            opening = list(takewhile(lambda block: block.kind is not BlockKind.HEADING, of_body))
            above_last = max(above_last, opening, key=len)
        yield from above_last


def _part_above_cards(guide: Guide, body: Passage) -> Passage:
    """The part of a text above the last card in it for those in danger."""
    last = max((number for number, level in _levels(guide, body) if level is not Level.NON_URGENT), default=0)
    return body.with_segments(body.prose.segments[:last])


def _typed_numbers(guide: Guide, text: PageText) -> Iterator[Finding]:
    for block in blocks_with(_DIGITS.held(text.chunks), text.all_blocks):
        for found in _typed(guide, block.own_words):
            message = f"the number {found[0]} is typed here"
            yield Finding("typed-number", partial(block.place_of_part, *found.span()), message)


def _typed(guide: Guide, words: str) -> Iterator[re.Match[str]]:
    """Emergency numbers in a text: those of the site wherever they stand, others after a word such as call."""
    own = {re.sub(r"\D", "", line.number) for line in (guide.site.emergency, guide.site.crisis)}
    for found in _NUMBER.finditer(words):
        digits = re.sub(r"\D", "", found[0])
        counts = re.match(r" [a-z]+s\b", words[found.end() :])
        called = _CALLS.search(words, max(0, found.start() - _NEAR), found.start())
        if (digits in own and not counts) or (digits in own | _NUMBERS and called):
            yield found


def _wording(guide: Guide, card: SafetyCard) -> Iterator[Finding]:
    heading, place = unescape(card.heading), partial(card.place_of, "heading")
    if not heading:
        return
    says_when, example = _SAYS_WHEN[card.level]
    for found in _typed(guide, heading):
        yield Finding("typed-number", place, f"the number {found[0]} is typed here", "The card shows it by itself.")
    if not says_when.search(heading):
        message = f"the heading of this {card.level} card does not say when to act"
        yield Finding("card-wording", place, message, f"Write for example: {example}")
    elif not _LEADS_IN.search(heading.strip()):
        message = "the heading of this card does not lead into its signs"
        yield Finding("card-wording", place, message, "End it with: if…")
