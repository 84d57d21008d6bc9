"""The values that all kinds of content are made of: prose, references, dates, and the record that holds them.

Each knows where it was written, so that a later stage can point at it. How keys become such values stands in
`reading.py`.
"""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Final

import msgspec

from otpt_site.diagnostics import Place
from otpt_site.guide.drawers import Left
from otpt_site.markup import Hole, Prose, Spot

ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


_TOKEN: Final = re.compile(r"[^\W_]+")
# What stands in a text but is not read: targets of links, citations, marks of footnotes, and the first line of a block.
_UNREAD: Final = re.compile(r"\]\([^)\n]*\)|\[[@^][^\]]*\]|^///.*$", re.MULTILINE)
_NO_LINE_END: Final = re.compile(r"[^\n]")
# So many words tell a sentence from all others around it.
_ENOUGH_WORDS: Final = 8


class Text(msgspec.Struct, frozen=True, array_like=True):
    """What a passage holds. `spots` are the places of marks in front matter, whose columns YAML may have shifted."""

    prose: Prose
    first_line: int
    spots: dict[Spot, Place] = {}
    written: str = ""
    first_column: int = 1


class Passage(Left[Text]):
    """Prose that knows its file: where each spot in it stands, and how it is written there."""

    __slots__ = ("_path",)
    kind = Text

    def __init__(
        self,
        prose: Prose,
        path: str,
        first_line: int,
        spots: Mapping[Spot, Place] = MappingProxyType({}),
        written: str = "",
        first_column: int = 1,
    ) -> None:
        super().__init__(Text(prose, first_line, dict(spots), written, first_column))
        self._path = path

    @property
    def path(self) -> str:
        """The file that it stands in, as problems name it."""
        return self.drawer.path if self.held is None else self._path

    @property
    def prose(self) -> Prose:
        """What it says."""
        return self.value.prose

    @property
    def first_line(self) -> int:
        """The line of the file that it begins on."""
        return self.value.first_line

    @property
    def written(self) -> str:
        """How it is written."""
        return self.value.written

    def with_segments(self, segments: Iterable[str | Hole]) -> "Passage":
        """The same passage with these segments alone."""
        text = self.value
        prose = msgspec.structs.replace(text.prose, segments=tuple(segments))
        return Passage(prose, self.path, text.first_line, text.spots, text.written, text.first_column)

    def place(self, spot: Spot) -> Place:
        """The place in the file of a spot in the prose."""
        written = Place(self.path, self.first_line + spot.line - 1, spot.column, spot.length)
        return self.value.spots.get(spot, written)

    def place_of_words(self, words: str) -> Place:
        """The place where these plain words begin; where the passage begins when they can't be found.

        Looked up only when there is a problem to point at: Markdown keeps no places of words.
        """
        tokens = _TOKEN.findall(words)[:_ENOUGH_WORDS]
        bare = self._bare()
        found = _spaced((), tokens, ()).search(bare) if tokens else None
        return self._place_within(bare, *(found.span(1) if found else (0, 1)))

    def place_of_part(self, words: str, start: int, end: int) -> Place:
        """The place of a part of these plain words, told from others like it by the words around it."""
        before, part, after = map(_TOKEN.findall, (words[:start], words[start:end], words[end:]))
        bare = self._bare()
        for around in (_ENOUGH_WORDS, 2, 0) if part else ():
            found = _spaced(before[max(0, len(before) - around) :], part, after[:around]).search(bare)
            if found:
                return self._place_within(bare, *found.span(1))
        return self._place_within(bare, 0, 1)

    def _bare(self) -> str:
        """What is written, with blanks for what is not read."""
        return _UNREAD.sub(lambda mark: _NO_LINE_END.sub(" ", mark[0]), self.written)

    def _place_within(self, bare: str, start: int, end: int) -> Place:
        line = bare.count("\n", 0, start)
        before = bare[bare.rfind("\n", 0, start) + 1 : start]
        on_its_line = bare[start:].split("\n", 1)[0]
        column = len(before) + (self.value.first_column if line == 0 else 1)
        return Place(self.path, self.first_line + line, column, max(1, min(end - start, len(on_its_line))))


def _spaced(before: Sequence[str], part: Sequence[str], after: Sequence[str]) -> re.Pattern[str]:
    """Finds these words in a row, whatever stands between them; its group is the part."""
    between = r"[\W_]+"
    pieces = (between.join(before), f"({between.join(part)})", between.join(after))
    return re.compile(r"(?<![^\W_])" + between.join(filter(None, pieces)) + r"(?![^\W_])")


class Reference(msgspec.Struct, frozen=True, array_like=True):
    """`condition:stroke` as written somewhere; for keys of one kind only the id is written."""

    kind: str
    id: str
    place: Place


def kind_in_words(kind: str) -> str:
    """What messages call a kind of content."""
    return "safety card" if kind == "safety" else kind


class To(msgspec.Struct, frozen=True):
    """Marks a Reference field whose kind is known, so that editors write the id alone."""

    kind: str


class Shape(msgspec.Struct, frozen=True):
    """Marks a text field that must match `pattern` from end to end; `name` and `hint` tell an editor what that is."""

    pattern: str
    name: str
    hint: str


class Says(msgspec.Struct, frozen=True):
    """Marks a key with what it is for, in words for an editor.

    The schemas that VS Code reads and the files that `otpt new` begins tell it.
    """

    text: str


Slug = Annotated[
    str, Shape(ID.pattern, "the last part of an address", "Use small letters, digits and hyphens: after-a-stroke.")
]
WebAddress = Annotated[
    str,
    Shape(
        r'https?://[\w.-]+(?::\d+)?(?:[/?#][^\s"<>\\]*)?',
        "a web address",
        "Write it whole, with https:// in front: https://example.org/page.",
    ),
]
MailAddress = Annotated[
    str, Shape(r'[^\s@<>"?&,;:]+@[\w-]+(?:\.[\w-]+)+', "an e-mail address", "Write it as guide@example.org.")
]
PhoneNumber = Annotated[str, Shape(r"[+(]?\d[\d ()./-]*", "a phone number", "Use digits and spaces: +1 555 0100.")]
Doi = Annotated[
    str, Shape(r'10\.\d{4,9}/[^\s"<>]+', "a DOI", "Write it without https://doi.org/: 10.1093/ptj/pzaa099.")
]


class Address(msgspec.Struct, frozen=True, array_like=True):
    """A path on the site, such as `/old/page/`."""

    path: str
    place: Place


class Date(msgspec.Struct, frozen=True, array_like=True):
    """A day, and where it was written."""

    day: datetime.date
    place: Place


class KeyPlaces(Left[dict[str, Place]]):
    """Where each key of a record stands."""

    __slots__ = ()
    kind = dict[str, Place]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What all kinds share: an id, a place, where each key stands, and the digest of its text if that is reviewed."""

    id: str
    place: Place
    key_places: KeyPlaces
    text_digest: str = ""

    @property
    def called(self) -> str:
        """What other pages call it."""
        return self.id

    def place_of(self, key: str) -> Place:
        """Where the value of `key` is written, or `key` itself; the record's own place when neither is."""
        return self.key_places.value.get(key, self.place)
