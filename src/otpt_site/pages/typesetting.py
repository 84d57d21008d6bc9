"""Prose to what one page shows: fills the holes with URLs, reference numbers and the meaning of words.

A typesetter belongs to one page, because numbers count from one on each page and a word is explained at its
first use there. Passages must be set in the order in which the page shows them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import Any, Final

from otpt_site.guide.common import ExtraSign, Level
from otpt_site.guide.records import Passage, Reference
from otpt_site.guide.safety import Number, SafetyCard
from otpt_site.guide.site import Site
from otpt_site.library import Guide
from otpt_site.markup import (
    CardHole,
    CareClose,
    CareOpen,
    CitationHole,
    Hole,
    ImageHole,
    PairClose,
    PairOpen,
    ReferenceHole,
    SettingHole,
    SideClose,
    SideOpen,
    TermHole,
)
from otpt_site.pages.addresses import Addresses
from otpt_site.pages.views import (
    Care,
    CareEnd,
    CareGroup,
    CareStart,
    Citation,
    PairEnd,
    PairStart,
    Piece,
    Rich,
    SideEnd,
    SideStart,
    SourceView,
)

# Where a reader's line ends; the first item of an inner list ends that of the outer one.
_LINE_END: Final = re.compile(r"</(?:p|li|td|th|dd|dt)>|<[uo]l\b")
_LEVELS: Final = tuple(Level)
# Holes that say no more than where something begins or ends.
_MARKS: Final[dict[type[Hole], Piece]] = {
    CareClose: CareEnd(),
    PairOpen: PairStart(),
    PairClose: PairEnd(),
    SideClose: SideEnd(),
}


class Typesetter:
    """Sets the passages of one page.

    A page that is `quoting` shows texts of other pages and has no list of sources: citations are left out there, and
    of a link to a heading of the text's own page the words alone are kept.
    """

    def __init__(self, guide: Guide, addresses: Addresses, *, quoting: bool = False) -> None:
        self._guide = guide
        self._addresses = addresses
        self._quoting = quoting
        self._numbers: dict[str, int] = {}
        self._explained: set[str] = set()
        # Of the words in the line that is being set.
        self._meanings: list[str] = []
        self._fillers: dict[type[Hole], Callable[[Any], str | Piece]] = {
            ReferenceHole: self._reference,
            CitationHole: self._citation,
            TermHole: self._term,
            SettingHole: self._setting,
            ImageHole: self._image,
            CardHole: self._card,
            CareOpen: self._care_start,
            SideOpen: lambda hole: SideStart(hole.therapy),
        }

    def rich(self, passage: Passage | None) -> Rich:
        """The passage with its holes filled; nothing for no passage."""
        if passage is None:
            return ()
        segments = passage.prose.segments
        if len(segments) == 1 and isinstance(only := segments[0], str):
            return (only,)  # nearly every item and sentence: there is nothing to fill
        if self._quoting:
            segments = _without_citations(segments)
        return _joined(self._with_meanings(segments))

    def all(self, passages: Iterable[Passage]) -> tuple[Rich, ...]:
        """Each passage with its holes filled."""
        return tuple(self.rich(passage) for passage in passages)

    def _with_meanings(self, segments: Iterable[str | Hole]) -> Iterator[str | Piece]:
        """The segments filled, and the meaning of each new word at the end of its line: a sentence must read on."""
        for segment in segments:
            if not isinstance(segment, str):
                yield self._fill(segment)
            elif self._meanings and (end := _LINE_END.search(segment)):
                yield segment[: end.start()] + self._said_meanings() + segment[end.start() :]
            else:
                yield segment
        if self._meanings:
            yield self._said_meanings()

    def _said_meanings(self) -> str:
        said, self._meanings = "".join(self._meanings), []
        return said

    def _fill(self, hole: Hole) -> str | Piece:
        mark = _MARKS.get(type(hole))
        return mark or self._fillers[type(hole)](hole)

    def _citation(self, hole: CitationHole) -> Piece:
        return Citation(tuple(self._number(id) for id in hole.ids))

    def _card(self, hole: CardHole) -> Piece:
        return self._care([self._guide.safety[hole.id]])

    def _care_start(self, hole: CareOpen) -> Piece:
        return CareStart(hole.level, hole.action, self._guide.site.emergency.number)

    def _reference(self, hole: ReferenceHole) -> str:
        if hole.kind == "self":
            return hole.html if self._quoting else f'<a href="#{escape(hole.fragment)}">{hole.html}</a>'
        fragment = f"#{escape(hole.fragment)}" if hole.fragment else ""
        words = hole.html or escape(self.name(hole.kind, hole.id))
        href = self._addresses.link(hole.kind, hole.id)
        if hole.kind == "source":
            # A link to a source leads to the work itself, where it is known.
            href = source_view(self._guide, hole.id).href or href
        return f'<a href="{escape(href)}{fragment}">{words}</a>'

    def name(self, kind: str, id: str) -> str:
        """What other pages call a thing of the content."""
        return self._guide.shelf(kind)[id].called

    def _number(self, source: str) -> int:
        return self._numbers.setdefault(source, len(self._numbers) + 1)

    def _term(self, hole: TermHole) -> str:
        term = self._guide.terms[hole.id]
        words = hole.html or escape(term.term)
        link = f'<a class="term" href="{escape(self._addresses.link("term", hole.id))}">{words}</a>'
        if hole.id in self._explained:
            return link
        self._explained.add(hole.id)
        shown = f"<b>{words[:1].upper()}{words[1:]}:</b> {escape(_in_a_sentence(term.definition.prose.words))}."
        self._meanings.append(f'<span class="meaning">{shown}</span>')
        return link

    def _setting(self, hole: SettingHole) -> str:
        site = self._guide.site
        if hole.name == "feedback":
            href = feedback_href(site)
            shown = hole.html or escape(site.feedback.words)
            return f'<a href="{escape(href)}">{shown}</a>' if href else shown
        line = site.crisis if hole.name == "crisis" else site.emergency
        return f'<a class="call" href="tel:{escape(line.number)}">{hole.html or escape(line.words)}</a>'

    def _image(self, hole: ImageHole) -> str:
        title = f' title="{escape(hole.title)}"' if hole.title else ""
        source = escape(self._addresses.link("asset", hole.path))
        return f'<img src="{source}" alt="{escape(hole.alt)}"{title} loading="lazy">'

    def care(self, cards: Sequence[Reference], extra: Sequence[ExtraSign] = ()) -> tuple[Care, ...]:
        """The safety cards named and the signs special to the page, most urgent first; one box for each heading."""
        boxes: dict[tuple[int, str, str, str], list[SafetyCard | ExtraSign]] = {}
        for card in (self._guide.safety[reference.id] for reference in cards):
            boxes.setdefault((_LEVELS.index(card.level), card.action, card.number, card.heading), []).append(card)
        for sign in extra:
            boxes.setdefault((_LEVELS.index(sign.level), sign.action, Number.EMERGENCY, ""), []).append(sign)
        return tuple(self._care(box) for _, box in sorted(boxes.items(), key=lambda item: item[0][0]))

    def _care(self, box: Sequence[SafetyCard | ExtraSign]) -> Care:
        first = box[0]
        crisis = isinstance(first, SafetyCard) and first.number is Number.CRISIS
        line = self._guide.site.crisis if crisis else self._guide.site.emergency
        cards = [card for card in box if isinstance(card, SafetyCard)]
        groups = [CareGroup(self.all(card.signs), self.rich(card.why), self.all(card.also)) for card in cards]
        signs = self.all(sign.text for sign in box if isinstance(sign, ExtraSign))
        if signs:
            # What is special to this page comes first in its box.
            groups.insert(0, CareGroup(signs))
        return Care(first.level, first.action, line.number, getattr(first, "heading", ""), tuple(groups), crisis)

    def references(self, further: Iterable[str] = ()) -> tuple[SourceView, ...]:
        """The sources cited so far by number, then the `further` ones that stand behind the page."""
        for id in further:
            self._number(id)
        return tuple(self._source(id, number) for id, number in self._numbers.items())

    def _source(self, id: str, number: int) -> SourceView:
        return source_view(self._guide, id, number)


def split_at_heading(body: Passage) -> tuple[Passage, Passage]:
    """A body up to its first heading, and the rest: pages put other parts between the two."""
    segments = body.prose.segments
    for index, segment in enumerate(segments):
        if isinstance(segment, str) and "<h2" in segment:
            before, mark, after = segment.partition("<h2")
            return _with(body, (*segments[:index], before)), _with(body, (mark + after, *segments[index + 1 :]))
    return body, _with(body, ())


def _with(body: Passage, segments: Iterable[str | Hole]) -> Passage:
    return body.with_segments(segments)


def source_view(guide: Guide, id: str, number: int = 0) -> SourceView:
    """A source as readers see it; its DOI is preferred to its URL, because DOIs last."""
    source = guide.sources[id]
    href = f"https://doi.org/{source.doi}" if source.doi else source.url
    return SourceView(id, number, source.authors, source.title, source.publisher, source.year, href)


def feedback_href(site: Site) -> str:
    """Where a report of a mistake goes; empty when the site has set no address."""
    return f"mailto:{site.feedback.email}" if site.feedback.email else site.feedback.url


def words(passage: Passage | None) -> str:
    """The plain words of a passage, for titles and descriptions."""
    return passage.prose.words if passage else ""


def _in_a_sentence(definition: str) -> str:
    definition = definition.rstrip(".")
    # A definition that begins with an abbreviation or a name keeps its capital.
    return definition if definition[1:2].isupper() else definition[:1].lower() + definition[1:]


def _without_citations(segments: Iterable[str | Hole]) -> tuple[str | Hole, ...]:
    """The segments without citations and the space before each."""
    kept: list[str | Hole] = []
    for segment in segments:
        if not isinstance(segment, CitationHole):
            kept.append(segment)
        elif kept and isinstance(kept[-1], str):
            kept[-1] = kept[-1].rstrip()
    return tuple(kept)


def _joined(segments: Iterable[str | Piece]) -> Rich:
    joined: list[str | Piece] = []
    for segment in segments:
        if isinstance(segment, str) and joined and isinstance(joined[-1], str):
            joined[-1] += segment
        else:
            joined.append(segment)
    return tuple(joined)
