"""Loose keys to strict records: walks a mapping beside a record's type and keeps every problem with its place.

A kind of content is a frozen type whose fields say by their types what an editor may write. This module
turns the one into the other; it knows types, not kinds.
"""

import datetime
import re
import types
import typing
from collections.abc import Callable, Collection
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar, Final, TypeVar

import msgspec

from otpt_site.diagnostics import Diagnostic, Place, Report, problem
from otpt_site.guide.keys import Key, field_names, keys_of
from otpt_site.guide.records import (
    ID,
    Address,
    Date,
    KeyPlaces,
    Passage,
    Record,
    Reference,
    Shape,
    To,
    kind_in_words,
)
from otpt_site.marked_yaml import Entry, Mapping, Node, Pieces, Scalar, Sequence
from otpt_site.markup import Prose, Spot, parse, parse_inline
from otpt_site.rules import RULES, Severity
from otpt_site.suggestions import nearest, suggestion

_ADDRESS: Final = re.compile(r"/(?:[\w.~-]+/)*(?:[\w~-]+\.html)?")
_SURPRISES: Final = re.compile(
    r"(?:y|n|yes|no|on|off|true|false|null|~)"  # truths and nothing
    r"|[-+]?[\d_]+(?::[0-5]?\d)+"  # 12:30 is a number to base 60
    r"|[-+]?(?:\d[\d_]*)?\.?\d+(?:e[-+]?\d+)?|0[xo][\da-f]+|[-+]?\.(?:inf|nan)"  # numbers
    r"|\d{4}-\d\d?-\d\d?",  # days
    re.IGNORECASE,
)
# Longer texts are never surprises: to look would take long.
_LONGEST_SURPRISE: Final = 40
_DATE: Final = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)")
_PREFIXED_ID: Final = re.compile(rf"(?:@|\w+: *)({ID.pattern})")
RecordType = TypeVar("RecordType", bound=Record)
StructType = TypeVar("StructType", bound=msgspec.Struct)

Named = Reference | Passage
"""What may name other content."""


def read_record(
    fields: Mapping,
    kind: type[RecordType],
    id: str,
    place: Place,
    named: list[Named],
    report: Report,
    *,
    ignored: frozenset[str] = frozenset(),
    **given: Any,
) -> RecordType | None:
    """The record of type `kind` that `fields` hold, or None when something in it is wrong. Every problem is reported.

    All that could be read and may name other content is added to `named`, so that one wrong key does not hide a
    wrong reference. `ignored` are keys to pass over; `given` are fields that are not keys, such as the body of a page.
    """
    reader = _Reader(named, report)
    key_places = KeyPlaces({entry.key: _pointed_at(entry) for entry in fields.entries})
    values = reader.values(fields, kind, ignored)
    return kind(id=id, place=place, key_places=key_places, **values, **given) if reader.fine else None


def _pointed_at(entry: Entry) -> Place:
    """Where a problem with a key points: at its value when that stands beside it, else at the key."""
    value = entry.value
    beside = isinstance(value, Scalar) and value.place.line == entry.place.line and value.written[:1] not in "|>"
    return value.place if beside else entry.place


def read_struct(fields: Mapping, kind: type[StructType], named: list[Named], report: Report) -> StructType:
    """The values under `fields` as a `kind` whose fields all have defaults; what is wrong is reported and left out."""
    return kind(**_Reader(named, report).values(fields, kind))


def body_passage(text: str, path: str, first_line: int, report: Report) -> Passage:
    """A page's body as a passage; what is wrong in it is reported."""
    passage = Passage(parse(text), path, first_line, written=text)
    _report_troubles(passage, report)
    return passage


def _report_troubles(passage: Passage, report: Report) -> None:
    for trouble in passage.prose.troubles:
        report(problem(trouble.rule, passage.place(trouble.spot), trouble.message, trouble.hint))


Way = tuple[Callable[["_Reader", Node, Any, str], object], Any]
"""How a value is read: the method of the reader, and what that must know of the type."""


class _Wrong(Exception):
    """A value can't be used; the problem is already reported."""


class _Reader:
    """Converts nodes to values; `fine` turns false at the first error, but the walk goes on."""

    def __init__(self, named: list[Named], report: Report) -> None:
        self._named = named
        self._report = report
        self.fine = True

    def _fail(self, rule: str, place: Place, message: str, hint: str = "") -> _Wrong:
        self._note(problem(rule, place, message, hint))
        return _Wrong()

    def _note(self, diagnostic: Diagnostic) -> None:
        # A warning tells of something mended: the record is whole, and must not vanish from the site.
        self.fine = self.fine and diagnostic.severity is not Severity.ERROR
        self._report(diagnostic)

    def values(
        self, fields: Mapping, kind: type[msgspec.Struct], ignored: frozenset[str] = frozenset()
    ) -> dict[str, Any]:
        """The values of all keys of `kind`; keys that are wrong are left out and reported."""
        ways = self._ways(kind)
        misspelt = self._unknown_keys(fields, ways, ignored)
        found: dict[str, Any] = {}
        written = {entry.key: entry for entry in fields.entries}
        for key, way in ways.values():
            entry = written.get(key.name)
            if entry is None:
                continue
            if is_empty(entry.value) or (key.required and _hollow(entry.value)):
                if key.required:
                    self._note(problem("empty-value", entry.place, f"'{key.name}' is empty"))
                continue
            try:
                found[key.name] = self._value(entry.value, way, f"'{key.name}'")
            except _Wrong:
                continue
        missing = [name for name, (key, _) in ways.items() if key.required and name not in written]
        self._missing_keys(fields.place, [name for name in missing if name not in misspelt])
        return found

    @classmethod
    @cache
    def _ways(cls, kind: type[msgspec.Struct]) -> dict[str, tuple[Key, Way]]:
        """The keys of a type by their names, each with the way in which its value is read."""
        return {key.name: (key, cls._way(key.type)) for key in keys_of(kind)}

    @classmethod
    def _way(cls, wanted: Any) -> Way:
        """How a value of this type is read. To look into a type takes longer than to read the value."""
        origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
        if origin is Annotated:
            return cls._marked, arguments[1]
        if origin in (types.UnionType, typing.Union):
            return cls._way(next(part for part in arguments if part is not type(None)))
        if origin is tuple:
            return cls._list, cls._way(arguments[0])
        if isinstance(wanted, type) and issubclass(wanted, msgspec.Struct) and wanted not in _SCALARS:
            return cls._struct, wanted
        return cls._scalar, wanted

    def _unknown_keys(self, fields: Mapping, names: Collection[str], ignored: frozenset[str]) -> frozenset[str]:
        """Reports unknown keys; the keys that were probably meant by them, which are not missing as well."""
        meant = set()
        for entry in fields.entries:
            if entry.key not in names and entry.key not in ignored:
                near = nearest(entry.key, names)
                hint = f"Did you mean '{near}'?" if near else ""
                self._note(problem("unknown-key", entry.place, f"'{entry.key}' is not a key here", hint))
                meant.add(near)
        return frozenset(meant)

    def _missing_keys(self, place: Place, missing: list[str]) -> None:
        if len(missing) == 1:
            message, hint = f"the key '{missing[0]}' is missing", f"Add a line {missing[0]}: …"
            self._note(problem("missing-key", place, message, hint))
        elif missing:
            listed = ", ".join(f"'{name}'" for name in missing[:-1]) + f" and '{missing[-1]}'"
            self._note(problem("missing-key", place, f"the keys {listed} are missing", "Add a line for each."))

    def _value(self, node: Node, way: Way, called: str) -> object:
        if isinstance(node, Scalar) and node.doubt:
            self._note(node.doubt)
            raise _Wrong
        read, of = way
        return read(self, node, of, called)

    def _list(self, node: Node, of_item: Way, called: str) -> tuple[object, ...]:
        if not isinstance(node, Sequence):
            hint = "Write each item on a line of its own, after a dash."
            raise self._fail("wrong-type", node.place, f"{called} is a list", hint)
        values = []
        item_called = f"an item of {called}"
        for item in node.items:
            try:
                values.append(self._value(item, of_item, item_called))
            except _Wrong:
                continue
        return tuple(values)

    def _struct(self, node: Node, wanted: type[msgspec.Struct], called: str) -> msgspec.Struct:
        if not isinstance(node, Mapping):
            hint = f"Write these under it, indented: {', '.join(field_names(wanted))}."
            raise self._fail("wrong-type", node.place, f"{called} needs keys of its own", hint)
        before, self.fine = self.fine, True
        values = self.values(node, wanted)
        whole, self.fine = self.fine, self.fine and before
        if not whole:
            raise _Wrong
        return wanted(**values)

    def _scalar(self, node: Node, wanted: Any, called: str) -> object:
        text = self._single(node, called, to=wanted is Reference)
        if wanted in self._by_type:
            return self._by_type[wanted](self, text, called)
        if issubclass(wanted, StrEnum):
            return self._choice(text, wanted, called)
        self._no_surprise(text)
        return text.text if wanted is str else self._passage(text)

    def _marked(self, node: Node, mark: To | Shape, called: str) -> object:
        """The value of a field whose type carries a mark."""
        text = self._single(node, called, to=isinstance(mark, To))
        if isinstance(mark, To):
            return self._reference(text, mark.kind)
        if not re.fullmatch(mark.pattern, text.text):
            raise self._fail("bad-address", text.place, f"'{text.text}' can't be {mark.name}", mark.hint)
        return text.text

    def _single(self, node: Node, called: str, *, to: bool) -> Scalar:
        """The node when it is a single value; `to` tells that a reference is wanted."""
        if not isinstance(node, Scalar):
            raise self._not_single(node, called, to=to)
        if is_empty(node):
            raise self._fail("empty-value", node.place, f"{called} is empty")
        return node

    def _not_single(self, node: Mapping | Sequence, called: str, *, to: bool) -> _Wrong:
        if isinstance(node, Mapping) and len(node.entries) == 1 and not _in_braces(node):
            message = f"there is a colon inside this text, so YAML takes '{node.entries[0].key}' for a key"
            hint = "Write no space behind the colon: condition:stroke." if to else ""
            return self._fail("yaml-colon", node.entries[0].place, message, hint)
        if node.flow:
            this = "a list" if isinstance(node, Sequence) else "a group of keys"
            message = f"{called} is a text, and this is {this}"
            hint = "If the text begins with a bracket, put all of it in double quotes."
        elif isinstance(node, Sequence):
            message, hint = f"{called} is a text, not a list", "Write it on one line, with no dash."
        else:
            message, hint = f"{called} is a text, and has no keys of its own", "Write it on one line."
        return self._fail("wrong-type", node.place, message, hint)

    def _no_surprise(self, node: Scalar) -> None:
        if _surprising(node):
            message, hint = f"YAML does not read {node.text} as a text", f'Write "{node.text}" in double quotes.'
            raise self._fail("yaml-surprise", node.place, message, hint)

    def _boolean(self, node: Scalar, called: str) -> bool:
        if node.plain and node.text in ("true", "false"):
            return node.text == "true"
        rule = "yaml-surprise" if _surprising(node) else "wrong-type"
        message = f"{called} is either true or false, not {node.text}"
        raise self._fail(rule, node.place, message, "Write true or false, without quotes.")

    def _number(self, node: Scalar, called: str) -> int:
        if node.plain and re.fullmatch(r"0|[1-9]\d{0,8}", node.text, re.ASCII):
            return int(node.text)
        raise self._fail("wrong-type", node.place, f"{called} is a whole number", "Write digits only, without quotes.")

    def _date(self, node: Scalar, called: str) -> Date:
        parts = _DATE.fullmatch(node.text) if node.text.isascii() else None
        if not parts:
            raise self._fail("bad-date", node.place, f"{called} is a date, and '{node.text}' is none")
        try:
            day = datetime.date(*map(int, parts.groups()))
        except ValueError:
            raise self._fail("bad-date", node.place, f"there is no such day: {node.text}") from None
        if node.text != day.isoformat():
            raise self._fail("bad-date", node.place, f"'{node.text}' lacks a digit", f"Write {day.isoformat()}.")
        return Date(day, node.place)

    def _choice(self, node: Scalar, wanted: type[StrEnum], called: str) -> StrEnum:
        try:
            return wanted(node.text)
        except ValueError:
            choices = [member.value for member in wanted]
        listed = f"Write {', '.join(choices[:-1])} or {choices[-1]}."
        if node.text.lower() in choices:
            listed = f"Write it in small letters: {node.text.lower()}."
        if "pt" in choices and node.text != "both":
            raise self._fail("unknown-therapy", node.place, f"'{node.text}' is not a therapy", listed)
        rule = "unknown-therapy" if "pt" in choices else "unknown-choice"
        hint = listed if "pt" in choices else suggestion(node.text, choices) or listed
        raise self._fail(rule, node.place, f"{called} can't be '{node.text}'", hint)

    def _reference(self, node: Scalar, kind: str) -> Reference:
        if not ID.fullmatch(node.text):
            prefixed = _PREFIXED_ID.fullmatch(node.text)
            hint = f"Write the id alone: {prefixed[1]}." if prefixed else ""
            raise self._fail("bad-id", node.place, f"'{node.text}' can't be the id of a {kind_in_words(kind)}", hint)
        if kind == "rule":
            # The program's own: no content is named by it.
            return Reference(kind, self._rule(node), node.place)
        return self._naming(Reference(kind, node.text, node.place))

    def _rule(self, node: Scalar) -> str:
        if node.text not in RULES:
            message = f"there is no rule '{node.text}'"
            raise self._fail("unknown-rule", node.place, message, suggestion(node.text, RULES))
        return node.text

    def _any_reference(self, node: Scalar, called: str) -> Reference:
        kind, colon, id = node.text.partition(":")
        if not colon or not ID.fullmatch(id):
            message = f"{called} needs a reference, and '{node.text}' is none"
            raise self._fail("wrong-type", node.place, message, "Write the kind, a colon and the id: condition:stroke.")
        return self._naming(Reference(kind, id, node.place))

    def _naming(self, reference: Reference) -> Reference:
        self._named.append(reference)
        return reference

    def _address(self, node: Scalar, _called: str) -> Address:
        if not _ADDRESS.fullmatch(node.text) or "/.." in node.text or "/./" in node.text:
            message = f"'{node.text}' can't be an address on the site"
            raise self._fail("bad-address", node.place, message, "Write it with slashes around: /old/address/.")
        return Address(node.text, node.place)

    def _passage(self, node: Scalar) -> Passage:
        prose = parse_inline(node.text)
        start = node.place
        passage = Passage(prose, start.path, start.line, _spots(node, prose), node.written, start.column)
        _report_troubles(passage, self._note)
        self._named.append(passage)
        return passage

    _by_type: ClassVar[dict[type, Callable[["_Reader", Scalar, str], object]]] = {
        bool: _boolean,
        int: _number,
        Date: _date,
        Reference: _any_reference,
        Address: _address,
    }


def _spots(node: Scalar, prose: Prose) -> dict[Spot, Place]:
    """The place of each spot in the prose that was made of this value."""
    marks = [getattr(segment, "spot", None) for segment in prose.segments if not isinstance(segment, str)]
    marks += [spot for segment in prose.segments for spot in getattr(segment, "spots", ())]
    marks += [trouble.spot for trouble in prose.troubles]
    if not marks:
        return {}
    lines = [0, *(match.end() for match in re.finditer("\n", node.text))]
    pieces = Pieces(node)
    return {
        spot: pieces.place(lines[spot.line - 1] + spot.column - 1, spot.length) for spot in dict.fromkeys(marks) if spot
    }


_SCALARS: Final = (Passage, Reference, Address, Date)


def _in_braces(node: Mapping) -> bool:
    """Whether braces stand around the keys; within brackets a colon alone makes a key too."""
    key, whole = node.entries[0].place, node.place
    return node.flow and (key.line, key.column) != (whole.line, whole.column)


def _surprising(node: Scalar) -> bool:
    return node.plain and len(node.text) <= _LONGEST_SURPRISE and _SURPRISES.fullmatch(node.text) is not None


def is_empty(node: Node) -> bool:
    """Whether nothing is written where a value belongs; what YAML left out by mistake is not nothing."""
    if not isinstance(node, Scalar) or node.doubt:
        return False
    return not node.text.strip() or (node.plain and node.text in ("~", "null"))


def _hollow(node: Node) -> bool:
    """A list or a group of keys with nothing in it."""
    return (isinstance(node, Sequence) and not node.items) or (isinstance(node, Mapping) and not node.entries)
