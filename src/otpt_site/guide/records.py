"""Loose keys to strict records: walks a mapping beside a record's type and keeps every problem with its place.

A kind of content is a frozen type whose fields say by their types what an editor may write. This module
turns the one into the other; it knows types, not kinds.
"""

import datetime
import difflib
import re
import types
import typing
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Final, TypeVar

import msgspec

from otpt_site.diagnostics import Diagnostic, Place, Report, problem
from otpt_site.markup import Prose, Spot, parse, parse_inline
from otpt_site.marked_yaml import Mapping, Node, Scalar, Sequence, place_within

ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ADDRESS: Final = re.compile(r"/(?:[\w.~-]+/)*(?:[\w~-]+\.html)?")
_SURPRISES: Final = re.compile(
    r"(?:y|n|yes|no|on|off|true|false|null|~)|[-+]?[\d_]+(?::[0-5]?\d)+|[-+]?(?:\d[\d_]*)?\.?\d+(?:e[-+]?\d+)?|0[xo][\da-f]+|[-+]?\.(?:inf|nan)|\d{4}-\d\d?-\d\d?",
    re.IGNORECASE,
)
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")


class Passage(msgspec.Struct, frozen=True):
    """Prose that knows its file: where each spot in it stands."""

    prose: Prose
    path: str
    first_line: int
    # For texts in front matter, whose columns YAML may have shifted: the place of each spot.
    spots: tuple[tuple[Spot, Place], ...] = ()

    def place(self, spot: Spot) -> Place:
        """The place in the file of a spot in the prose."""
        for known, place in self.spots:
            if known == spot:
                return place
        return Place(self.path, self.first_line + spot.line - 1, spot.column, spot.length)


class Reference(msgspec.Struct, frozen=True):
    """`condition:stroke` as written somewhere; for keys of one kind only the id is written."""

    kind: str
    id: str
    place: Place


class To(msgspec.Struct, frozen=True):
    """Marks a Reference field whose kind is known, so that editors write the id alone."""

    kind: str


class Address(msgspec.Struct, frozen=True):
    """A path on the site, such as `/old/page/`."""

    path: str
    place: Place


class Date(msgspec.Struct, frozen=True):
    """A day, and where it was written."""

    day: datetime.date
    place: Place


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What all kinds share: an id, a place, and where each key stands."""

    id: str
    place: Place
    key_places: dict[str, Place]

    @property
    def called(self) -> str:
        """What other pages call it."""
        return self.id

    def place_of(self, key: str) -> Place:
        """Where `key` is written; the record's own place when it is not."""
        return self.key_places.get(key, self.place)


# Fields that no editor writes as a key of the record.
_GIVEN: Final = frozenset({"id", "place", "key_places", "body"})
RecordType = TypeVar("RecordType", bound=Record)
StructType = TypeVar("StructType", bound=msgspec.Struct)


def suggestion(word: str, choices: Iterable[str]) -> str:
    """A hint that names the choice nearest to `word`, or nothing when none is near."""
    near = difflib.get_close_matches(word, list(choices), n=1, cutoff=0.7)
    return f"Did you mean '{near[0]}'?" if near else ""


def read_record(
    fields: Mapping, kind: type[RecordType], id: str, place: Place, report: Report, **given: object
) -> RecordType | None:
    """The record of type `kind` that `fields` hold, or None when something in it is wrong.

    `given` are fields that are not keys, such as the body of a page. Every problem is reported.
    """
    reader = _Reader(report)
    key_places = {entry.key: entry.place for entry in fields.entries}
    values = reader.values(fields, kind, ignored=frozenset({"id"}))
    return kind(id=id, place=place, key_places=key_places, **values, **given) if reader.fine else None


def read_struct(fields: Mapping, kind: type[StructType], report: Report) -> StructType:
    """The values under `fields` as a `kind` all of whose fields have defaults; what is wrong is reported and left out."""
    return kind(**_Reader(report).values(fields, kind))


def body_passage(text: str, path: str, first_line: int, report: Report) -> Passage:
    """A page's body as a passage; what is wrong in it is reported."""
    passage = Passage(parse(text), path, first_line)
    _report_troubles(passage, report)
    return passage


def _report_troubles(passage: Passage, report: Report) -> None:
    for trouble in passage.prose.troubles:
        report(problem(trouble.rule, passage.place(trouble.spot), trouble.message, trouble.hint))


@cache
def _hints(kind: type[msgspec.Struct]) -> dict[str, Any]:
    return typing.get_type_hints(kind, include_extras=True)


@cache
def field_names(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The keys that an editor may write for this type."""
    return tuple(field.name for field in msgspec.structs.fields(kind) if field.name not in _GIVEN)


class _Wrong(Exception):
    """A value can't be used; the problem is already reported."""


class _Reader:
    """Converts nodes to values; `fine` turns false at the first problem, but the walk goes on."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.fine = True

    def _fail(self, rule: str, place: Place, message: str, hint: str = "") -> _Wrong:
        self._note(problem(rule, place, message, hint))
        return _Wrong()

    def _note(self, diagnostic: Diagnostic) -> None:
        self.fine = False
        self._report(diagnostic)

    def values(
        self, fields: Mapping, kind: type[msgspec.Struct], ignored: frozenset[str] = frozenset()
    ) -> dict[str, object]:
        """The values of all keys of `kind`; keys that are wrong are left out and reported."""
        names = field_names(kind)
        for entry in fields.entries:
            if entry.key not in names and entry.key not in ignored:
                self._note(
                    problem(
                        "unknown-key",
                        _spanning(entry.place, entry.key),
                        f"'{entry.key}' is not a key here",
                        suggestion(entry.key, names),
                    )
                )
        found: dict[str, object] = {}
        for field in msgspec.structs.fields(kind):
            if field.name in _GIVEN:
                continue
            node = fields.get(field.name)
            if node is None or (_empty(node) and not field.required):
                if field.required:
                    self._note(
                        problem(
                            "missing-key",
                            fields.place,
                            f"the key '{field.name}' is missing",
                            f"Add a line {field.name}: …",
                        )
                    )
                continue
            try:
                found[field.name] = self._value(node, _hints(kind)[field.name], field.name)
            except _Wrong:
                continue
        return found

    def _value(self, node: Node, wanted: Any, name: str) -> object:
        origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
        if origin is Annotated:
            return self._reference(node, arguments[1].kind, name)
        if origin in (types.UnionType, typing.Union):
            return self._value(node, next(part for part in arguments if part is not type(None)), name)
        if origin is tuple:
            return self._list(node, arguments[0], name)
        if isinstance(wanted, type) and issubclass(wanted, msgspec.Struct) and wanted not in _SCALARS:
            return self._struct(node, wanted, name)
        return self._scalar(node, wanted, name)

    def _list(self, node: Node, wanted: Any, name: str) -> tuple[object, ...]:
        if not isinstance(node, Sequence):
            raise self._fail(
                "wrong-type", node.place, f"'{name}' is a list", "Write each item on a line of its own, after a dash."
            )
        values = []
        for item in node.items:
            try:
                values.append(self._value(item, wanted, name))
            except _Wrong:
                continue
        return tuple(values)

    def _struct(self, node: Node, wanted: type[msgspec.Struct], name: str) -> msgspec.Struct:
        if not isinstance(node, Mapping):
            keys = ", ".join(field_names(wanted))
            raise self._fail(
                "wrong-type", node.place, f"'{name}' needs keys of its own", f"Write these under it, indented: {keys}."
            )
        before, self.fine = self.fine, True
        values = self.values(node, wanted)
        whole, self.fine = self.fine, self.fine and before
        if not whole:
            raise _Wrong
        return wanted(**values)

    def _scalar(self, node: Node, wanted: Any, name: str) -> object:
        if not isinstance(node, Scalar):
            raise self._not_scalar(node, name)
        if _empty(node):
            raise self._fail("empty-value", node.place, f"'{name}' is empty")
        if wanted is bool:
            return self._boolean(node, name)
        if wanted is int:
            return self._number(node, name)
        if wanted is Date:
            return self._date(node, name)
        if isinstance(wanted, type) and issubclass(wanted, StrEnum):
            return self._choice(node, wanted, name)
        if wanted is Reference:
            return self._any_reference(node, name)
        if wanted is Address:
            return self._address(node, name)
        self._no_surprise(node, name)
        return node.text if wanted is str else self._passage(node)

    def _not_scalar(self, node: Node, name: str) -> _Wrong:
        if isinstance(node, Mapping) and len(node.entries) == 1 and " " in node.entries[0].key:
            return self._fail(
                "yaml-colon",
                node.place,
                f"there is a colon inside this text, so YAML takes '{node.entries[0].key}' for a key",
            )
        if isinstance(node, Sequence) and node.place.length > 1 or isinstance(node, Mapping):
            return self._fail(
                "wrong-type", node.place, f"'{name}' is a text", "If it begins with a bracket, put it in double quotes."
            )
        return self._fail(
            "wrong-type", node.place, f"'{name}' is a text, not a list", "Write it on one line, with no dash."
        )

    def _no_surprise(self, node: Scalar, name: str) -> None:
        if node.plain and _SURPRISES.fullmatch(node.text):
            raise self._fail(
                "yaml-surprise",
                node.place,
                f"YAML does not read {node.text} as a text",
                f'Write "{node.text}" in double quotes.',
            )

    def _boolean(self, node: Scalar, name: str) -> bool:
        if node.plain and node.text in ("true", "false"):
            return node.text == "true"
        rule = "yaml-surprise" if node.plain and _SURPRISES.fullmatch(node.text) else "wrong-type"
        raise self._fail(rule, node.place, f"'{name}' is either true or false, not {node.text}", "Write true or false.")

    def _number(self, node: Scalar, name: str) -> int:
        if node.plain and re.fullmatch(r"0|[1-9]\d{0,8}", node.text):
            return int(node.text)
        raise self._fail("wrong-type", node.place, f"'{name}' is a whole number", "Write digits only, without quotes.")

    def _date(self, node: Scalar, name: str) -> Date:
        try:
            if not _DATE.fullmatch(node.text):
                raise ValueError
            return Date(datetime.date.fromisoformat(node.text), node.place)
        except ValueError:
            raise self._fail("bad-date", node.place, f"'{name}' is not a date: {node.text}") from None

    def _choice(self, node: Scalar, wanted: type[StrEnum], name: str) -> StrEnum:
        choices = [member.value for member in wanted]
        if node.text in choices:
            return wanted(node.text)
        listed = f"write {', '.join(choices[:-1])} or {choices[-1]}"
        if "pt" in choices:
            raise self._fail("unknown-therapy", node.place, f"'{node.text}' is not a therapy", listed)
        raise self._fail(
            "unknown-choice",
            node.place,
            f"'{node.text}' can't be the '{name}'",
            suggestion(node.text, choices) or listed,
        )

    def _reference(self, node: Node, kind: str, name: str) -> Reference:
        if not isinstance(node, Scalar):
            raise self._not_scalar(node, name)
        if _empty(node):
            raise self._fail("empty-value", node.place, f"an id in '{name}' is empty")
        if not ID.fullmatch(node.text):
            raise self._fail("bad-id", node.place, f"'{node.text}' can't be the id of a {kind}")
        return Reference(kind, node.text, node.place)

    def _any_reference(self, node: Scalar, name: str) -> Reference:
        kind, colon, id = node.text.partition(":")
        if not colon or not ID.fullmatch(id):
            raise self._fail(
                "wrong-type",
                node.place,
                f"'{name}' needs references, and '{node.text}' is none",
                "Write the kind, a colon and the id: condition:stroke.",
            )
        return Reference(kind, id, node.place)

    def _address(self, node: Scalar, name: str) -> Address:
        if not _ADDRESS.fullmatch(node.text) or "/.." in node.text or "/./" in node.text:
            raise self._fail("bad-address", node.place, f"'{node.text}' can't be an address")
        return Address(node.text, node.place)

    def _passage(self, node: Scalar) -> Passage:
        prose = parse_inline(node.text)
        marks = [getattr(segment, "spot", None) for segment in prose.segments] + [
            trouble.spot for trouble in prose.troubles
        ]
        marks += [spot for segment in prose.segments for spot in getattr(segment, "spots", ())]
        lines = [0, *(match.end() for match in re.finditer("\n", node.text))]
        located = tuple(
            (spot, place_within(node, lines[spot.line - 1] + spot.column - 1, spot.length))
            for spot in dict.fromkeys(marks)
            if spot
        )
        passage = Passage(prose, node.place.path, node.place.line, located)
        _report_troubles(passage, self._note)
        return passage


_SCALARS: Final = (Passage, Reference, Address, Date)


def _empty(node: Node) -> bool:
    return isinstance(node, Scalar) and (not node.text.strip() or (node.plain and node.text in ("~", "null")))


def _spanning(place: Place, word: str) -> Place:
    return msgspec.structs.replace(place, length=len(word))


def values_in(record: msgspec.Struct) -> Iterator[object]:
    """Every passage, reference and date in a record, those within lists and groups of keys included."""
    for name in record.__struct_fields__:
        yield from _parts(getattr(record, name))


def _parts(value: object) -> Iterator[object]:
    if isinstance(value, Passage | Reference | Date):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _parts(item)
    elif isinstance(value, msgspec.Struct) and not isinstance(value, Place):
        yield from values_in(value)
