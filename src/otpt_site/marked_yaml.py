"""YAML text to values that know where they stand: the only user of PyYAML.

Works on PyYAML's events, so that no alias is ever followed and no tag ever builds an object. Scalars keep their
text; what it means (a date, a number, a trap such as `no`) is decided where the wanted type is known.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, Final

import msgspec
import yaml

from otpt_site.diagnostics import Diagnostic, Place, Report, problem

DEPTH_LIMIT: Final = 12
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAB_INDENT: Final = re.compile(r"^ *\t[ \t]*(?=\S)", re.MULTILINE)


class Scalar(msgspec.Struct, frozen=True):
    """A single value. `text` is what YAML makes of it; `written` is what stands in the file."""

    text: str
    plain: bool
    written: str
    place: Place


class Sequence(msgspec.Struct, frozen=True):
    """A list."""

    items: "tuple[Node, ...]"
    place: Place


class Entry(msgspec.Struct, frozen=True):
    """One key of a mapping with its value."""

    key: str
    place: Place
    value: "Node"


class Mapping(msgspec.Struct, frozen=True):
    """Keys and values, in the order written; no key stands twice."""

    entries: tuple[Entry, ...]
    place: Place

    def get(self, key: str) -> "Node | None":
        """The value of `key`, or None."""
        return next((entry.value for entry in self.entries if entry.key == key), None)


Node = Scalar | Sequence | Mapping


def parse_yaml(text: str, path: str, first_line: int, report: Report) -> Mapping | None:
    """The mapping that `text` holds, every part with its place in the file `path`.

    `first_line` is the line of the file on which `text` begins. Reports what is wrong; None when
    nothing can be made of the text.
    """
    try:
        return _Composer(text, path, first_line, report).document()
    except yaml.MarkedYAMLError as error:
        report(_explained(error, text, path, first_line))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position)
        place = Place(path, first_line + line)
        report(
            problem(
                "yaml-syntax",
                place,
                "there is a character here that can't be part of a text",
                "Delete it and type it again.",
            )
        )
    except _Refused as refusal:
        report(refusal.diagnostic)
    return None


class _Refused(Exception):
    def __init__(self, rule: str, place: Place, message: str) -> None:
        super().__init__(message)
        self.diagnostic = problem(rule, place, message)


class _Composer:
    def __init__(self, text: str, path: str, first_line: int, report: Report) -> None:
        self._text = text
        self._line_starts = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]
        self._path = path
        self._first_line = first_line
        self._report = report
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def document(self) -> Mapping | None:
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            return Mapping((), Place(self._path, self._first_line, 1))
        event = self._next()
        root = self._node(event, 0)
        self._next()
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise _Refused("yaml-feature", self._place(after), "a second document begins here")
        if isinstance(root, Scalar) and not root.text:
            return Mapping((), root.place)
        if not isinstance(root, Mapping):
            self._report(problem("wrong-type", root.place, "keys are needed here, each followed by a colon"))
            return None
        return root

    def _next(self) -> yaml.Event:
        return next(self._events)

    def _node(self, event: yaml.Event, depth: int) -> Node:
        place = self._place(event)
        if depth > DEPTH_LIMIT:
            raise _Refused("yaml-too-deep", place, f"more than {DEPTH_LIMIT} lists or tables inside each other")
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            raise _Refused("yaml-feature", place, f"*{anchor} points to another value")
        if anchor:
            raise _Refused("yaml-feature", place, f"&{anchor} names a value to point to")
        if tag:
            raise _Refused("yaml-feature", place, f"{tag} asks YAML to build something")
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, not event.style, self._written(event), place)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(depth)), place)
        return Mapping(tuple(self._entries(depth)), place)

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _entries(self, depth: int) -> Iterator[Entry]:
        first_places: dict[str, Place] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(self._next(), depth + 1)
            if not isinstance(key, Scalar):
                self._report(problem("wrong-type", key.place, "a key must be a single word"))
            elif key.text in first_places:
                line = first_places[key.text].line
                self._report(
                    problem("duplicate-key", key.place, f"'{key.text}' stands here again; it is on line {line} already")
                )
            else:
                first_places[key.text] = key.place
                yield Entry(key.text, key.place, value)

    def _place(self, event: yaml.Event) -> Place:
        start, end = _marks(event)
        one_line = start.line == end.line and end.column > start.column
        return Place(
            self._path, self._first_line + start.line, start.column + 1, end.column - start.column if one_line else 1
        )

    def _written(self, event: yaml.ScalarEvent) -> str:
        start, end = _marks(event)
        return self._text[self._line_starts[start.line] + start.column : self._line_starts[end.line] + end.column]


def _marks(event: yaml.Event) -> tuple[Any, Any]:
    # PyYAML's types allow events without marks; those of a parsed text always have both.
    start, end = event.start_mark, event.end_mark
    assert start is not None  # noqa: S101
    assert end is not None  # noqa: S101
    return start, end


def place_within(scalar: Scalar, offset: int, length: int) -> Place:
    """Where the piece `scalar.text[offset:offset + length]` stands in the file.

    Folding and escapes make a value differ from what was written, so the piece is looked for by its words;
    the scalar's own place is the answer when it can't be found.
    """
    piece = scalar.text[offset : offset + length]
    before = scalar.text.count(piece, 0, offset + len(piece) - 1) if piece else 0
    at = -1
    for _ in range(before + 1):
        at = scalar.written.find(piece, at + 1)
    if not piece or at < 0:
        return scalar.place
    lines = [0, *(match.end() for match in re.finditer("\n", scalar.written))]
    row = bisect_right(lines, at) - 1
    column = at - lines[row] + 1 + (scalar.place.column - 1 if row == 0 else 0)
    return Place(scalar.place.path, scalar.place.line + row, column, length)


# What PyYAML says of the commonest mistakes, in an editor's words: a part of its message, our rule, our message and hint.
_EXPLANATIONS: Final = (
    ("mapping values are not allowed", "yaml-colon", "there is a colon inside this text", ""),
    (
        "cannot start any token",
        "yaml-syntax",
        "a text can't begin with this sign",
        "Put the whole text in double quotes.",
    ),
    (
        "unexpected end of stream",
        "yaml-syntax",
        "a quote mark is opened and never closed",
        "Add the closing quote mark.",
    ),
    (
        "could not find expected ':'",
        "yaml-syntax",
        "this line is not a key with a colon, nor part of the text above",
        "Add the colon, or indent the line.",
    ),
    (
        "did not find expected key",
        "yaml-syntax",
        "this line does not fit those around it",
        "Check its indentation, and the quote marks on the line above.",
    ),
    (
        "did not find expected '-' indicator",
        "yaml-syntax",
        "this line does not fit the list above it",
        "Begin it with a dash, in the same column.",
    ),
    (
        "expected ',' or ",
        "yaml-syntax",
        "a bracket is opened and never closed",
        "Add the closing bracket, or put the text in double quotes.",
    ),
    ("undefined alias", "yaml-feature", "a text can't begin with *", "Put the whole text in double quotes."),
    (
        "unknown escape character",
        "yaml-syntax",
        "a backslash in double quotes begins a code that YAML does not know",
        "Use single quotes, or write two backslashes.",
    ),
)


def _explained(error: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    place = Place(path, first_line + mark.line, mark.column + 1) if mark else Place(path, first_line)
    tab = _TAB_INDENT.search(text)
    if tab:
        line = text.count("\n", 0, tab.start())
        column = text.index("\t", tab.start()) - (text.rfind("\n", 0, tab.start()) + 1) + 1
        return problem("yaml-tab", Place(path, first_line + line, column), "this line is indented with a tab")
    said = error.problem or ""
    for part, rule, message, hint in _EXPLANATIONS:
        if part in said:
            return problem(rule, place, message, hint)
    return problem("yaml-syntax", place, f"YAML can't read this: {said}")
