"""A made-up guide of any size: as many pages as asked for, in the proportions of the shipped one, always the same.

The pages are plain values. `guide.py` writes them in our content model and `markdown.py` for the other tools, so that
all of them publish the same words. Inside a text, references are written as in our content: `[](goal:walk)`,
`[cup](term:cup)`, `[@trial-1]`.
"""

import datetime
import math
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bench.words import ASKED, LINES, LISTS, SIGNS, TOLD

# Pages of each kind in the shipped guide, and rows of its tables. The words of the glossary and the dangers do not grow
# with a guide; its sources do, as far as one file of them may.
SHIPPED: Final = {"condition": 56, "goal": 73, "comparison": 13, "article": 15}
_TERMS: Final = 58
_CARDS: Final = {"emergency": 28, "urgent": 19, "non-urgent": 4}
_MOST_SOURCES: Final = 2000
AREAS: Final = ("moving", "balance", "hands", "self-care", "home", "work-school", "sport", "pain", "energy")
# Lead and joins, about as often as in the shipped guide.
_LEADS: Final = (("both", "none"), ("pt", "ot"), ("both", "none"), ("ot", "pt"), ("pt", "ot"))
_TITLES: Final = {
    "condition": "{quality} {part} with {trouble} after {cause}",
    "goal": "I want to {verb} the {thing} in the {place}",
    "comparison": "A {quality} {part} in the {place}",
    "article": "How to {verb} with a {quality} {part}",
}
# Kind → the folder of the site with its pages.
SECTIONS: Final = {"condition": "conditions", "goal": "goals", "comparison": "compare", "article": "articles"}
# A goal is a row of a table, with short texts only: most of its links stand below them.
_LINKS: Final = 6
_LINKS_IN_TEXT: Final = {"condition": 4, "goal": 1, "comparison": 4, "article": 4}
_CONDITIONS: Final = {"condition": 0, "goal": 2, "comparison": 2, "article": 0}
_LINES_OF_A_SIDE: Final = {"condition": 5, "goal": 3, "comparison": 3, "article": 0}
_PARTS: Final = {"condition": 2, "goal": 0, "comparison": 2, "article": 4}
_HEADINGS: Final = ("", "Does it help?", "The first weeks", "At home")
_FIRST_DAY: Final = datetime.date(2026, 1, 1)
_DAYS: Final = 300


@dataclass(frozen=True)
class Row:
    """One line of a page's table."""

    topic: str
    pt: str
    ot: str


@dataclass(frozen=True)
class Section:
    """A heading (none above the first section), its paragraphs and its list."""

    heading: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """One page. All kinds have the same parts, though some kinds have no sections or no lines."""

    kind: str
    id: str
    title: str
    summary: str
    updated_on: datetime.date
    lead: str
    joins: str
    area: str
    why: str
    nuance: str
    # Five single sentences that each kind uses in its own way.
    remarks: tuple[str, ...]
    pt_does: tuple[str, ...]
    ot_does: tuple[str, ...]
    questions: tuple[str, ...]
    table: tuple[Row, ...]
    sections: tuple[Section, ...]
    # Kind and id of the pages to read next.
    related: tuple[tuple[str, str], ...]
    conditions: tuple[str, ...]
    cards: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """A danger that many pages warn of."""

    id: str
    level: str
    signs: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Corpus:
    """The whole made-up guide: its pages, its cards, and the meanings of words and titles of sources by id."""

    pages: tuple[Page, ...]
    cards: tuple[Card, ...]
    terms: dict[str, str]
    sources: dict[str, str]

    def of(self, kind: str) -> list[Page]:
        """The pages of one kind."""
        return [page for page in self.pages if page.kind == kind]


def make_corpus(count: int) -> Corpus:
    """The made-up guide with `count` pages. The same count gives the same guide, in every process."""
    writer = _Writer()
    titles = [(kind, title) for kind, share in shares(count).items() for title in _titles(kind, share, writer.chance)]
    names = [(kind, _id(title)) for kind, title in titles]
    words = (LISTS["thing"] + LISTS["place"])[:_TERMS]
    terms = {word: writer.fill("A thing or a place that you use each {time}, as in the {place}.") for word in words}
    sources = {f"trial-{number}": f"Trial {number} of practice" for number in range(1, min(count, _MOST_SOURCES) + 1)}
    cards = tuple(_cards(writer))
    maker = _PageMaker(writer, names, list(terms), list(sources), cards)
    return Corpus(tuple(maker.page(kind, title) for kind, title in titles), cards, terms, sources)


def address(page: Page) -> str:
    """The file of the built site that holds a page. All tools are told to use the same addresses."""
    return f"{SECTIONS[page.kind]}/{page.id}/index.html"


def shares(count: int) -> dict[str, int]:
    """How many pages of each kind make `count`, in the shipped proportions: the largest remainders are rounded up."""
    whole = sum(SHIPPED.values())
    parts = {kind: count * shipped // whole for kind, shipped in SHIPPED.items()}
    by_remainder = sorted(SHIPPED, key=lambda kind: -(count * SHIPPED[kind] % whole))
    for kind in by_remainder[: count - sum(parts.values())]:
        parts[kind] += 1
    return parts


class _Writer:
    """Makes texts by chance: the same ones at every run, and never the same paragraph twice."""

    def __init__(self) -> None:
        self.chance = random.Random("the guide")
        self._paragraphs: set[str] = set()

    def fill(self, pattern: str) -> str:
        """The pattern with a word in each of its holes."""
        first, *parts = pattern.split("{")
        holes = (part.partition("}") for part in parts)
        return first + "".join(self.chance.choice(LISTS[name]) + rest for name, _, rest in holes)

    def lines(self, patterns: Sequence[str], count: int) -> tuple[str, ...]:
        """So many sentences, each of another pattern."""
        return tuple(self.fill(pattern) for pattern in self.chance.sample(patterns, count))

    def sides(self, count: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """So many lines for PT and for OT, of the same patterns: both get the same number of words."""
        patterns = self.chance.sample(LINES, count)
        return tuple(map(self.fill, patterns)), tuple(map(self.fill, patterns))

    def paragraph(self, sentences: int = 3) -> str:
        """A new paragraph of so many sentences."""
        while (text := " ".join(self.lines(TOLD, sentences))) in self._paragraphs:
            pass
        self._paragraphs.add(text)
        return text


def _titles(kind: str, count: int, chance: random.Random) -> list[str]:
    """So many titles, no two alike."""
    holes = re.findall(r"{(\w+)}", _TITLES[kind])
    possible = math.prod(len(LISTS[hole]) for hole in holes)
    return [_title(_TITLES[kind], holes, number) for number in chance.sample(range(possible), count)]


def _title(pattern: str, holes: Sequence[str], number: int) -> str:
    """The title with this number: each hole takes a digit of it."""
    words = {}
    for hole in holes:
        number, digit = divmod(number, len(LISTS[hole]))
        words[hole] = LISTS[hole][digit]
    title = pattern.format(**words)
    return title[0].upper() + title[1:]


def _id(title: str) -> str:
    return title.lower().replace(" ", "-")


def _cards(writer: _Writer) -> Iterator[Card]:
    for level, count in _CARDS.items():
        for number in range(1, count + 1):
            yield Card(f"{level}-{number}", level, writer.lines(SIGNS, 3), writer.paragraph(1))


class _PageMaker:
    """Makes one page after the other out of what all pages may refer to."""

    def __init__(
        self,
        writer: _Writer,
        names: Sequence[tuple[str, str]],
        terms: Sequence[str],
        sources: Sequence[str],
        cards: Sequence[Card],
    ) -> None:
        self._writer = writer
        self._names = names
        self._conditions = [id for kind, id in names if kind == "condition"]
        self._terms = terms
        self._sources = sources
        self._cards = cards
        self._made = 0

    def page(self, kind: str, title: str) -> Page:
        """The next page."""
        writer, chance, number = self._writer, self._writer.chance, self._made
        self._made += 1
        lead, joins = _LEADS[number % len(_LEADS)]
        pt_does, ot_does = writer.sides(_LINES_OF_A_SIDE[kind])
        sources = tuple(chance.sample(self._sources, 3))
        links = self._links(kind, _id(title))
        in_text, related = links[: _LINKS_IN_TEXT[kind]], links[_LINKS_IN_TEXT[kind] :]
        marked = [self._linked(*link) for link in in_text]
        return Page(
            kind=kind,
            id=_id(title),
            title=title,
            summary=f"How physical and occupational therapy can help: {title[0].lower()}{title[1:]}.",
            updated_on=_FIRST_DAY + datetime.timedelta(days=number % _DAYS),
            lead=lead,
            joins=joins,
            area=AREAS[number % len(AREAS)],
            why=writer.paragraph(2),
            nuance=f"{writer.paragraph(2)} {marked[0]}" if kind == "goal" else writer.paragraph(),
            remarks=writer.lines(TOLD, 5),
            pt_does=pt_does,
            ot_does=ot_does,
            questions=writer.lines(ASKED, 3),
            table=tuple(self._rows(5 if kind == "comparison" else 4)),
            sections=tuple(self._sections(_PARTS[kind], marked, sources)),
            related=tuple(related[: len(related) - _CONDITIONS[kind]]),
            conditions=tuple(chance.sample(self._conditions, _CONDITIONS[kind])),
            cards=tuple(self._cards[place].id for place in sorted(chance.sample(range(len(self._cards)), 3))),
            sources=sources,
        )

    def _links(self, kind: str, id: str) -> list[tuple[str, str]]:
        """Six other pages."""
        drawn = self._writer.chance.sample(self._names, _LINKS + 1)
        return [name for name in drawn if name != (kind, id)][:_LINKS]

    def _linked(self, kind: str, id: str) -> str:
        term = self._writer.chance.choice(self._terms)
        return f"To go on from the [{term}](term:{term}), read [](" + f"{kind}:{id})."

    def _rows(self, count: int) -> Iterator[Row]:
        topics = self._writer.chance.sample(LISTS["place"], count)
        for topic, pt, ot in zip(topics, *self._writer.sides(count), strict=True):
            yield Row(f"The {topic}", pt, ot)

    def _sections(self, count: int, links: Sequence[str], sources: Sequence[str]) -> Iterator[Section]:
        """Sections of two or three paragraphs, with the links among them and a source cited in each."""
        for number, heading in enumerate(_HEADINGS[:count]):
            paragraphs = [self._cited(sources[number % len(sources)]), self._writer.paragraph()]
            paragraphs += [f"{self._writer.paragraph(2)} {link}" for link in links[number::count]]
            points = self._writer.lines(LINES, 4) if number % 2 else ()
            yield Section(heading, tuple(paragraphs), points)

    def _cited(self, source: str) -> str:
        return f"{self._writer.paragraph(2).removesuffix('.')} [@{source}]."
