"""Prose to what one page shows: fills the holes with URLs, reference numbers and the meaning of words.

A typesetter belongs to one page, because numbers count from one on each page and a word is explained at its
first use there. Passages must be set in the order in which the page shows them.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

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

_LEVELS: Final = tuple(Level)


class Typesetter:
    """Sets the passages of one page."""

    def __init__(self, guide: Guide, addresses: Addresses) -> None:
        self._guide = guide
        self._addresses = addresses
        self._numbers: dict[str, int] = {}
        self._explained: set[str] = set()

    def rich(self, passage: Passage | None) -> Rich:
        """The passage with its holes filled; nothing for no passage."""
        if passage is None:
            return ()
        return _joined(
            segment if isinstance(segment, str) else self._fill(segment) for segment in passage.prose.segments
        )

    def all(self, passages: Iterable[Passage]) -> tuple[Rich, ...]:
        """Each passage with its holes filled."""
        return tuple(self.rich(passage) for passage in passages)

    def _fill(self, hole: object) -> str | Piece:
        match hole:
            case ReferenceHole():
                return self._reference(hole)
            case CitationHole():
                return Citation(tuple(self._number(id) for id in hole.ids))
            case TermHole():
                return self._term(hole)
            case SettingHole():
                return self._setting(hole)
            case ImageHole():
                return self._image(hole)
            case CardHole():
                return self._care([self._guide.safety[hole.id]])
            case CareOpen():
                return CareStart(hole.level, hole.action, self._guide.site.emergency.number)
            case SideOpen():
                return SideStart(hole.therapy)
            case CareClose():
                return CareEnd()
            case PairOpen():
                return PairStart()
            case PairClose():
                return PairEnd()
            case SideClose():
                return SideEnd()
        raise TypeError(f"a hole of an unknown kind: {hole!r}")

    def _reference(self, hole: ReferenceHole) -> str:
        if hole.kind == "self":
            return f'<a href="#{escape(hole.fragment)}">{hole.html}</a>'
        fragment = f"#{escape(hole.fragment)}" if hole.fragment else ""
        words = hole.html or escape(self.name(hole.kind, hole.id))
        return f'<a href="{escape(self._addresses.link(hole.kind, hole.id))}{fragment}">{words}</a>'

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
        return f'{link} <span class="meaning">({escape(_in_a_sentence(term.definition.prose.words))})</span>'

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
        return f'<img src="{escape(self._addresses.link("asset", hole.path))}" alt="{escape(hole.alt)}"{title} loading="lazy">'

    def care(self, cards: Sequence[Reference], extra: Sequence[ExtraSign] = ()) -> tuple[Care, ...]:
        """The safety cards named and the signs special to the page, most urgent first; those with one heading in one box."""
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


def split_at_heading(text: Rich) -> tuple[Rich, Rich]:
    """What stands before the first heading of a body, and the rest."""
    for index, piece in enumerate(text):
        if isinstance(piece, str) and "<h2" in piece:
            before, mark, after = piece.partition("<h2")
            return (*text[:index], before), (mark + after, *text[index + 1 :])
    return text, ()


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


def _joined(segments: Iterable[str | Piece]) -> Rich:
    joined: list[str | Piece] = []
    for segment in segments:
        if isinstance(segment, str) and joined and isinstance(joined[-1], str):
            joined[-1] += segment
        else:
            joined.append(segment)
    return tuple(joined)
