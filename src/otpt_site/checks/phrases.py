"""Words that hurt, words that this guide avoids, percentages that few can picture, and sentences without a doer.

The rules are made for English and leave guides in other languages alone.
"""

import re
from collections.abc import Iterator
from functools import cache, partial
from typing import Final, NamedTuple

from otpt_site.checks.findings import Finding
from otpt_site.checks.once import once_a_guide
from otpt_site.library import Guide
from otpt_site.sieve import Search, Sieve, any_of, holds_any, search_for
from otpt_site.wording import Block, BlockKind, PageText, blocks_with

PASSIVE_SHARE: Final = 0.15
"""At most this share of a page's sentences leaves out who does it."""
FEWEST_SENTENCES: Final = 10
"""The share among fewer sentences says little."""


class Hurtful(NamedTuple):
    """Words that make people less than they are: a pattern, and what to write instead."""

    pattern: str
    instead: str


_ILLNESS: Final = r"(?:stroke|polio|cancer|burn|trauma|accident|dementia|parkinson['’]s)"
# Where a word such as "the disabled" ends its phrase, it stands for people; "the disabled son" is another matter.
_ALONE: Final = (
    r"(?=\W*(?:$|[.,;:!?)]|\b(?:and|or|are|were|is|who|in|at|with|can|may|must|have|often|live|need|from)\b))"
)
HURTFUL: Final = (
    Hurtful(r"suffer(?:s|ed|ing|ers?)? (?:from|of)", "Write has, had or lives with."),
    Hurtful(rf"{_ILLNESS} (?:sufferers?|victims?)", "Name the person first: people who have had a stroke."),
    Hurtful(rf"victims? of (?:an? )?{_ILLNESS}", "Name the person first: people who have had a stroke."),
    Hurtful(r"(?:afflicted|stricken) (?:with|by)", "Write has or had."),
    Hurtful(r"wheelchair[- ]bound|chair-bound|(?:confined|bound) to (?:an? |the |her |his |their |your )?wheelchair",
            "A wheelchair takes people places: write uses a wheelchair."),
    Hurtful(r"bed-?ridden|confined to (?:an? |the )?bed", "Write in bed most of the day."),
    Hurtful(rf"the (?:disabled|handicapped|mentally ill|infirm|paralyzed|paralysed|blind|deaf){_ALONE}",
            "Name the people first: people with a disability."),
    Hurtful(r"(?:physically |mentally )?handicap(?:s|ped)?", "Write disability, or name what is hard."),
    Hurtful(r"cripples?|crippled|crippling|retarded|feeble-?minded|demented|senile",
            "Name the illness, or what is hard."),
    Hurtful(r"the elderly|elderly", "Write older people, or the age."),
    Hurtful(r"(?:diabetics|epileptics|arthritics|asthmatics|schizophrenics|hemiplegics|paraplegics|quadriplegics)",
            "Name the people first: people with diabetes."),
    Hurtful(r"special[- ]needs", "Name the need."),
    Hurtful(r"commit(?:s|ted|ting)? suicide|(?:failed|successful) suicide(?: attempts?)?",
            "Write died by suicide, or tried to end their life."),
    Hurtful(r"complain(?:s|ed|ing)? of", "Write has, tells of or says."),
    Hurtful(r"non-?compliant|non-?compliance", "Say what gets in the way."),
)  # fmt: skip

# In one word of each of these.
_IN_HURTFUL: Final = (
    "suffer|victim|afflicted|stricken|bound|confined|ridden|disabled|handicap|mentally|infirm|paraly[zs]ed|blind|deaf|"
    "crippl|retarded|feeble|demented|senile|elderly|diabetics|epileptics|arthritics|asthmatics|schizophrenics|plegics|"
    "special|suicide|complain|complian"
)

_PERCENTAGE: Final = Search(
    re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?)(?:\s?%| ?per ?cent\b)"), Sieve(re.compile(r"%|cent\b").search)
)
_COUNT: Final = r"(?:\d[\d,]*|a|one|two|three|four|five|six|seven|eight|nine|ten|twenty|half)"
_WHOLE: Final = (
    r"(?:[2-9]|[1-9][\d,]+|two|three|four|five|ten|twenty|(?:a |one )?(?:hundred|thousand))\b(?!\s?%| ?per ?cent)"
)
# "3 in 10", "23 falls out of every 100"; "of every 100 falls, 23".
_OF_SO_MANY: Final = re.compile(
    rf"\b{_COUNT}(?: \w+){{0,3}} (?:in|of|out of)(?: every| each)? {_WHOLE}|\b(?:in|of|for) (?:every|each) {_WHOLE}",
    re.IGNORECASE,
)
_ALL: Final = 100.0

# What looks like a participle and tells what something is like, not what is done to it.
_STATES: Final = frozenset(
    """
    tired worried scared interested used supposed swollen limited married born gone aged based related involved
    concerned trained skilled licensed qualified certified registered retired injured disabled paralyzed paralysed
    confused frightened relaxed balanced inflamed dislocated blocked advanced detailed mixed complicated crooked
    indeed hundred red need needed feed speed bed allowed called named known hurt lost stuck worn broken done bruised
    ashamed depressed stressed embarrassed exhausted pleased excited bored annoyed surprised disappointed prepared
    settled covered crowded rushed rested closed opened raised bent shut fixed set put cut felt weakened damaged
    affected scarred pinched torn numbed stiffened dressed seated shaped sized cramped frozen strained sprained
    """.split()
)
_IRREGULAR: Final = (
    "made|given|taken|seen|shown|told|found|built|held|kept|left|paid|sent|written|chosen|driven|eaten|brought|bought|"
    "caught|taught|thought|drawn|thrown|hidden|forgotten|spoken|led|meant|met|said|sold|spent|understood|won|run|"
    "begun|beaten|split|fed|laid|lent|sought|struck|swept|woven|wound|rung|sung|read"
)
_BE: Final = r"\b(?:am|is|are|was|were|be|been|being)"
_FORMS_OF_BE: Final = Sieve(re.compile(rf"{_BE}$", re.IGNORECASE).search)
_PASSIVE: Final = re.compile(
    rf"{_BE}(?: (?:not|also|often|always|never|first|then|now|still|\w+ly))?"
    rf" ([a-z]+ed|{_IRREGULAR})\b",
    re.IGNORECASE,
)


def check_phrases(guide: Guide, text: PageText) -> Iterator[Finding]:
    """Words and figures of one page that a reader should not meet."""
    if guide.site.language.startswith("en"):
        avoided = _search_for_avoided(guide)
        rules = ((_hurtful, _hurtful_search()), (partial(_avoided, guide), avoided), (_percentages, _PERCENTAGE))
        searches = [(find, search.pattern, search.sieve.held(text.chunks)) for find, search in rules if search]
        told = set().union(*(telling for _, _, telling in searches))
        for block in blocks_with(told, text.all_blocks):
            for find, pattern, telling in searches:
                if holds_any(block.words, telling):
                    yield from find(block, pattern)
        yield from _passive(text)


@cache
def _hurtful_search() -> Search:
    return search_for(rf"(?<![\w-])(?:{'|'.join(f'({one.pattern})' for one in HURTFUL)})(?![\w-])", _IN_HURTFUL)


def _hurtful(block: Block, pattern: re.Pattern[str]) -> Iterator[Finding]:
    for found in pattern.finditer(block.words):
        message = f"'{found[0]}' hurts some of those who read it"
        place = partial(block.place_of_part, *found.span())
        yield Finding("hurtful-words", place, message, HURTFUL[(found.lastindex or 1) - 1].instead)


@once_a_guide
def _search_for_avoided(guide: Guide) -> Search | None:
    """Finds any of the phrases, the last word of each with any of its endings; the group tells which it was."""
    phrases = [row.avoid for row in guide.avoided.values()]
    if not phrases:
        return None
    longest_parts = any_of(max(_stem(phrase).split(), key=len, default="") for phrase in phrases)
    return search_for("|".join(f"({_with_endings(phrase)})" for phrase in phrases), longest_parts)


def _stem(phrase: str) -> str:
    """What all forms of a phrase have."""
    return phrase.removesuffix("e")


def _with_endings(phrase: str) -> str:
    stem = _stem(phrase)
    endings = "(?:e|es|ed|ing)" if stem != phrase else "(?:s|es|ed|ing)?"
    words = r"\s+".join(map(re.escape, stem.split()))
    return rf"(?<![\w-]){words}{endings}(?![\w-])"


def _avoided(guide: Guide, block: Block, pattern: re.Pattern[str]) -> Iterator[Finding]:
    rows = list(guide.avoided.values())
    for found in pattern.finditer(block.words):
        row = rows[(found.lastindex or 1) - 1]
        message = f"this guide does not say '{found[0]}': {row.why}"
        place = partial(block.place_of_part, *found.span())
        yield Finding("word-to-avoid", place, message, f"Write: {row.instead}.")


def _percentages(block: Block, pattern: re.Pattern[str]) -> Iterator[Finding]:
    if _OF_SO_MANY.search(block.words):
        return
    for found in pattern.finditer(block.words):
        if float(found[1]) < _ALL:
            message = f"'{found[0]}' is hard to picture alone"
            yield Finding("bare-percentage", partial(block.place_of_part, *found.span()), message)


def _passive(text: PageText) -> Iterator[Finding]:
    said = [
        (sentence.said, block)
        for block in text.blocks
        if block.kind is BlockKind.PARAGRAPH
        for sentence in block.sentences
    ]
    if len(said) < FEWEST_SENTENCES:
        return
    being = _FORMS_OF_BE.held(text.chunks)
    likely = [(sentence, block) for sentence, block in said if not being.isdisjoint(sentence.split())]
    passive = [(found, sentence, block) for sentence, block in likely if (found := _passive_in(sentence))]
    if len(passive) > PASSIVE_SHARE * len(said):
        found, sentence, block = passive[0]
        message = f"{len(passive)} of {len(said)} sentences do not say who does it, beginning with '{found[0]}'"
        start = block.words.find(sentence) + found.start()
        yield Finding("passive-voice", partial(block.place_of_part, start, start + len(found[0])), message)


def _passive_in(sentence: str) -> re.Match[str] | None:
    return next((found for found in _PASSIVE.finditer(sentence) if found[1].lower() not in _STATES), None)
