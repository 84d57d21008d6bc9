"""Words that hurt, words that this guide avoids, percentages that few can picture, and sentences without a doer.

The rules are made for English and leave guides in other languages alone.
"""

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Final, NamedTuple

from otpt_site.checks.findings import Finding
from otpt_site.library import Guide
from otpt_site.wording import Block, BlockKind, PageText, sentences

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

_PERCENTAGE: Final = re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?)(?:\s?%| ?per ?cent\b)")
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
_PASSIVE: Final = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being)(?: (?:not|also|often|always|never|first|then|now|still|\w+ly))?"
    rf" ([a-z]+ed|{_IRREGULAR})\b",
    re.IGNORECASE,
)


def check_phrases(guide: Guide, text: PageText) -> Iterator[Finding]:
    """Words and figures of one page that a reader should not meet."""
    if guide.site.language.startswith("en"):
        avoided = _pattern(tuple(row.avoid for row in guide.avoided.values()))
        for block in text.all_blocks:
            words = block.words
            yield from _hurtful(block, words)
            yield from _avoided(guide, block, words, avoided)
            yield from _percentages(block, words)
        yield from _passive(text)


@lru_cache(maxsize=1)
def _hurtful_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(f'({one.pattern})' for one in HURTFUL)})(?![\w-])", re.IGNORECASE)


def _hurtful(block: Block, words: str) -> Iterator[Finding]:
    for found in _hurtful_pattern().finditer(words):
        message = f"'{found[0]}' hurts some of those who read it"
        place = partial(block.place_of_part, *found.span())
        yield Finding("hurtful-words", place, message, HURTFUL[(found.lastindex or 1) - 1].instead)


@lru_cache(maxsize=1)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    """Finds any of the phrases, the last word of each with any of its endings; the group tells which it was."""
    return re.compile("|".join(f"({_with_endings(phrase)})" for phrase in phrases), re.IGNORECASE) if phrases else None


def _with_endings(phrase: str) -> str:
    stem = phrase.removesuffix("e")
    endings = "(?:e|es|ed|ing)" if stem != phrase else "(?:s|es|ed|ing)?"
    words = r"\s+".join(map(re.escape, stem.split()))
    return rf"(?<![\w-]){words}{endings}(?![\w-])"


def _avoided(guide: Guide, block: Block, words: str, pattern: re.Pattern[str] | None) -> Iterator[Finding]:
    rows = list(guide.avoided.values())
    for found in pattern.finditer(words) if pattern else ():
        row = rows[(found.lastindex or 1) - 1]
        message = f"this guide does not say '{found[0]}': {row.why}"
        place = partial(block.place_of_part, *found.span())
        yield Finding("word-to-avoid", place, message, f"Write: {row.instead}.")


def _percentages(block: Block, words: str) -> Iterator[Finding]:
    if _OF_SO_MANY.search(words):
        return
    for found in _PERCENTAGE.finditer(words):
        if float(found[1]) < _ALL:
            message = f"'{found[0]}' is hard to picture alone"
            yield Finding("bare-percentage", partial(block.place_of_part, *found.span()), message)


def _passive(text: PageText) -> Iterator[Finding]:
    said = passive = 0
    first: tuple[str, Block, int] | None = None
    for block in text.blocks:
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        words = block.words
        for sentence in sentences(words):
            said += 1
            if found := _passive_in(sentence):
                passive += 1
                first = first or (found[0], block, words.find(sentence) + found.start())
    if first and said >= FEWEST_SENTENCES and passive > PASSIVE_SHARE * said:
        words, block, start = first
        message = f"{passive} of {said} sentences do not say who does it, beginning with '{words}'"
        yield Finding("passive-voice", partial(block.place_of_part, start, start + len(words)), message)


def _passive_in(sentence: str) -> re.Match[str] | None:
    return next((found for found in _PASSIVE.finditer(sentence) if found[1].lower() not in _STATES), None)
