"""What a text becomes: clean HTML in segments, with typed holes for all that depends on the site."""

from collections.abc import Iterator
from typing import TypeVar

from msgspec import Struct


class Spot(Struct, frozen=True, array_like=True):
    """A stretch of one line. Lines and columns count from 1 and are relative to the text given."""

    line: int
    column: int
    length: int


class ReferenceHole(Struct, frozen=True, tag=True, array_like=True):
    """A link to a page or a heading: `[words](condition:stroke#heading)`; `[words](#heading)` has the kind `self`.

    `html` holds the words; it is empty when the editor left them to the page's own name.
    """

    kind: str
    id: str
    fragment: str
    html: str
    spot: Spot


class CitationHole(Struct, frozen=True, tag=True, array_like=True):
    """`[@one; @two]`, with a spot for each id."""

    ids: tuple[str, ...]
    spots: tuple[Spot, ...]


class TermHole(Struct, frozen=True, tag=True, array_like=True):
    """A word from the glossary: `[gait](term:gait)`."""

    id: str
    html: str
    spot: Spot


class ImageHole(Struct, frozen=True, tag=True, array_like=True):
    """A picture from `content/media/`; the path begins with `media/`."""

    path: str
    alt: str
    title: str
    spot: Spot


class CardHole(Struct, frozen=True, tag=True, array_like=True):
    """A shared safety card: `/// safety | id`."""

    id: str
    spot: Spot


class SettingHole(Struct, frozen=True, tag=True, array_like=True):
    """A site setting in words: `[](site:emergency)`."""

    name: str
    html: str
    spot: Spot


class CareOpen(Struct, frozen=True, tag=True, array_like=True):
    """The beginning of a care card; its body stands between this and `CareClose`."""

    level: str
    action: str
    spot: Spot


class CareClose(Struct, frozen=True, tag=True, array_like=True):
    """The end of a care card."""


class PairOpen(Struct, frozen=True, tag=True, array_like=True):
    """The beginning of what each therapist does, side by side: two sides follow, then `PairClose`."""


class PairClose(Struct, frozen=True, tag=True, array_like=True):
    """The end of a pair."""


class SideOpen(Struct, frozen=True, tag=True, array_like=True):
    """The beginning of one half of a pair, where `therapy` is `pt` or `ot`, or of advice: `do` or `do-not`."""

    therapy: str
    spot: Spot


class SideClose(Struct, frozen=True, tag=True, array_like=True):
    """The end of one half of a pair."""


Hole = (
    ReferenceHole
    | CitationHole
    | TermHole
    | ImageHole
    | CardHole
    | SettingHole
    | CareOpen
    | CareClose
    | PairOpen
    | PairClose
    | SideOpen
    | SideClose
)


class Heading(Struct, frozen=True, array_like=True):
    """A heading of the text: `html` is what stands in it without its links, `words` the same as plain words."""

    level: int
    id: str
    html: str
    words: str
    spot: Spot


class Trouble(Struct, frozen=True, array_like=True):
    """A problem in the text; `documents.py` makes a diagnostic of it, once the file is known."""

    rule: str
    spot: Spot
    message: str
    hint: str = ""


H = TypeVar("H", bound=Hole)


class Prose(Struct, frozen=True, array_like=True):
    """A text turned into HTML. Segments joined, with each hole filled by balanced HTML, are balanced HTML."""

    segments: tuple[str | Hole, ...] = ()
    headings: tuple[Heading, ...] = ()
    words: str = ""
    troubles: tuple[Trouble, ...] = ()

    def holes(self, kind: type[H]) -> Iterator[H]:
        """The holes of one type, in the order of the text."""
        return (segment for segment in self.segments if isinstance(segment, kind))
