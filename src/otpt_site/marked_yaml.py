"""YAML text to values that know where they stand: the only user of PyYAML.

Works on PyYAML's events, so that no alias is ever followed and no tag ever builds an object. Scalars keep their
text; what it means (a date, a number, a trap such as `no`) is decided where the wanted type is known.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any, Final

import msgspec
import yaml
from yaml.reader import Reader, ReaderError

from otpt_site.diagnostics import Diagnostic, Place, Report, problem
from otpt_site.yaml_faults import Complaint, Fault, Spot, explained, first_sign

DEPTH_LIMIT: Final = 12
# The reader written in C, which every wheel of PyYAML holds. The one in Python accepts other texts ([How often?] is
# none to it): falling back on it, the same content would build on one machine and not on the next.
_LOADER: Final = yaml.CSafeLoader
# YAML ends a line at these, editors do not: as spaces they do no harm, and every column stays.
_NO_LINE_ENDS: Final = str.maketrans("\x85\u2028\u2029", "   ")
_CUT: Final = re.compile(r"[ \t]+(#(?=[^\s#!])[^\n]*)")
_SWALLOWED_DASH: Final = re.compile(r"\n *(- +\S)")


class Scalar(msgspec.Struct, frozen=True):
    """A single value. `text` is what YAML makes of it; `written` is what stands in the file.

    `doubt` is a problem to report where the value is used: YAML dropped or joined what was hardly meant so.
    """

    text: str
    plain: bool
    written: str
    place: Place
    doubt: Diagnostic | None = None


class Sequence(msgspec.Struct, frozen=True):
    """A list; `flow` tells one in brackets from one with dashes. The `end` of one in brackets is its last bracket."""

    items: "tuple[Node, ...]"
    place: Place
    flow: bool = False
    end: Place | None = None


class Entry(msgspec.Struct, frozen=True):
    """One key of a mapping with its value."""

    key: str
    place: Place
    value: "Node"


class Mapping(msgspec.Struct, frozen=True):
    """Keys and values, in the order written; no key stands twice. `flow` and `end` are as for a list."""

    entries: tuple[Entry, ...]
    place: Place
    flow: bool = False
    end: Place | None = None

    def get(self, key: str) -> "Node | None":
        """The value of `key`, or None."""
        return next((entry.value for entry in self.entries if entry.key == key), None)


Node = Scalar | Sequence | Mapping


def parse_yaml(text: str, path: str, first_line: int, report: Report) -> Mapping | None:
    """The mapping that `text` holds, every part with its place in the file `path`.

    `first_line` is the line of the file on which `text` begins. Reports what is wrong; None when
    nothing can be made of the text.
    """
    text = text.translate(_NO_LINE_ENDS)
    composer = _Composer(text, path, first_line, report)
    try:
        return composer.document()
    except yaml.MarkedYAMLError as error:
        report(composer.diagnostic(explained(composer.complaint(error), text, in_page=path.endswith(".md"))))
    except ReaderError:
        report(composer.diagnostic(_invisible(text)))
    except _Refused as refusal:
        report(composer.diagnostic(refusal.fault))
    return None


class _Refused(Exception):
    """Nothing more can be read; holds the reason."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def _invisible(text: str) -> Fault:
    """The first character that YAML does not allow in any text."""
    found = Reader.NON_PRINTABLE.search(text)
    at = found.start() if found else 0
    spot = (text.count("\n", 0, at), at - text.rfind("\n", 0, at) - 1)
    return Fault(spot, "an invisible sign stands here that no text can hold", "Delete it, or type the words anew.")


class _Composer:
    def __init__(self, text: str, path: str, first_line: int, report: Report) -> None:
        self._text = text
        self._line_starts = _line_starts(text)
        self._path = path
        self._first_line = first_line
        self._report = report
        self._last: yaml.Event | None = None
        self._open: list[Spot] = []

    def document(self) -> Mapping | None:
        """What the text holds. Raises what PyYAML raises, and _Refused."""
        self._events = _LOADER(self._text)
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            return Mapping((), Place(self._path, self._first_line, 1))
        root = self._node(self._next(), 0)
        self._next()
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._refused("yaml-feature", after, "a second table begins here", "Take this line out.")
        if isinstance(root, Scalar) and not root.text:
            return Mapping((), root.place)
        if not isinstance(root, Mapping):
            hint = "Write lines such as  name: Stroke  with a space behind the colon."
            self._report(problem("wrong-type", root.place, "keys are needed here, each with a colon", hint))
            return None
        return root

    def diagnostic(self, fault: Fault) -> Diagnostic:
        """The fault with its place in the file."""
        line, column = fault.spot
        return problem(
            fault.rule, Place(self._path, self._first_line + line, column + 1, fault.length), fault.message, fault.hint
        )

    def complaint(self, error: yaml.MarkedYAMLError) -> Complaint:
        """What PyYAML says, and what it had read before."""
        begun, at = error.context_mark, error.problem_mark or error.context_mark
        quoted = None
        if isinstance(self._last, yaml.ScalarEvent) and self._last.style in {"'", '"'}:
            start, end = _marks(self._last)
            quoted = ((start.line, start.column), (end.line, end.column))
        return Complaint(
            said=error.problem or "",
            at=(at.line, at.column) if at else (0, 0),
            begun=(begun.line, begun.column) if begun else None,
            inside=self._open[-1] if self._open else None,
            quoted=quoted,
        )

    def _next(self) -> yaml.Event:
        event = self._events.get_event()
        assert event is not None  # noqa: S101 - nothing is asked for behind the end
        self._last = event
        return event

    def _refused(self, rule: str, event: yaml.Event, message: str, hint: str) -> _Refused:
        start, _ = _marks(event)
        return _Refused(Fault((start.line, start.column), message, hint, rule))

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if depth > DEPTH_LIMIT:
            message = f"more than {DEPTH_LIMIT} lists or groups of keys inside each other"
            raise self._refused("yaml-too-deep", event, message, "Check the indentation and the brackets.")
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise self._feature(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        place = self._place(*_marks(event))
        if isinstance(event, yaml.SequenceStartEvent):
            self._open_bracket(event)
            items = tuple(self._items(depth))
            return Sequence(items, place, bool(event.flow_style), self._end(event))
        assert isinstance(event, yaml.MappingStartEvent)  # noqa: S101 - aliases are refused, and there is nothing else
        self._open_bracket(event)
        entries = tuple(self._entries(depth))
        return Mapping(entries, place, bool(event.flow_style), self._end(event))

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        start, end = _marks(event)
        written = self._text[start.index : end.index]
        plain = not event.style
        doubt = self._doubt(start, end, written) if plain else None
        return Scalar(event.value, plain, written, self._place(start, end), doubt)

    def _open_bracket(self, event: yaml.CollectionStartEvent) -> None:
        """Notes that a list or group in brackets is open. It stays so when reading stops in it."""
        if event.flow_style:
            start, _ = _marks(event)
            self._open.append((start.line, start.column))

    def _end(self, begun: yaml.CollectionStartEvent) -> Place | None:
        """Where the last bracket stands of the list or group that was just read; it is no longer open."""
        if not (begun.flow_style and self._last):
            return None
        self._open.pop()
        return self._place(*_marks(self._last))

    def _feature(self, event: yaml.Event) -> _Refused:
        """Anchors, aliases and tags: an editor who writes one did not mean to."""
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&" if getattr(event, "anchor", None) else "!"
        start, _ = _marks(event)
        fault = first_sign(sign, (start.line, start.column))
        return _Refused(msgspec.structs.replace(fault, rule="yaml-feature"))

    def _refuse_question_mark(self, key: yaml.Event) -> None:
        """YAML takes a question mark in front of a text for the sign of a key."""
        start, _ = _marks(key)
        before = self._text[self._line_starts[start.line] : start.index] if start.column else ""
        if before.rstrip(" ").endswith("?"):
            raise _Refused(first_sign("?", (start.line, before.rindex("?"))))

    def _doubt(self, start: Any, end: Any, written: str) -> Diagnostic | None:
        """A text whose rest became a comment, or a list item that became part of the text above."""
        # Nearly every text ends with its line.
        goes_on = not self._text.startswith("\n", end.index)
        cut = _CUT.match(self._text, end.index) if goes_on else None
        if cut:
            column = cut.start(1) - self._line_starts[end.line]
            message = "what stands from # on is left out: YAML takes it for a comment"
            hint = "Put the whole text in double quotes."
            return self.diagnostic(Fault((end.line, column), message, hint, "yaml-surprise", len(cut[1])))
        swallowed = _SWALLOWED_DASH.search(written) if "\n" in written else None
        if swallowed:
            line = start.line + written.count("\n", 0, swallowed.start(1))
            column = swallowed.start(1) - written.rfind("\n", 0, swallowed.start(1)) - 1
            message = "this dash is read as part of the text above"
            hint = "Begin it in the column of the dash above. If it is part of the text, put that in double quotes."
            return self.diagnostic(Fault((line, column), message, hint, "yaml-surprise"))
        return None

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _entries(self, depth: int) -> Iterator[Entry]:
        first_places: dict[str, Place] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            self._refuse_question_mark(event)
            key = self._node(event, depth + 1)
            value = self._node(self._next(), depth + 1)
            if not isinstance(key, Scalar):
                self._report(problem("wrong-type", key.place, "a key is needed here", "Put a text in double quotes."))
            elif key.text in first_places:
                line = first_places[key.text].line
                self._report(
                    problem("duplicate-key", key.place, f"'{key.text}' stands here again; it is on line {line} already")
                )
            else:
                first_places[key.text] = key.place
                yield Entry(key.text, key.place, value)

    def _place(self, start: Any, end: Any) -> Place:
        if start.line >= len(self._line_starts):
            last = len(self._line_starts) - 1
            return Place(self._path, self._first_line + last, len(self._text) - self._line_starts[last] + 1)
        one_line = start.line == end.line and end.column > start.column
        return Place(
            self._path, self._first_line + start.line, start.column + 1, end.column - start.column if one_line else 1
        )


def _marks(event: yaml.Event) -> tuple[Any, Any]:
    # PyYAML's types allow events without marks; those of a parsed text always have both.
    start, end = event.start_mark, event.end_mark
    assert start is not None  # noqa: S101
    assert end is not None  # noqa: S101
    return start, end


class Pieces:
    """Tells where pieces of a scalar's text stand in the file.

    Folding and escapes make a value differ from what was written, so a piece is looked for by its words, among those
    alike the one that comes as often before; the scalar's own place is the answer when it can't be found. What was
    looked up is kept: a text may hold the same piece a thousand times.
    """

    def __init__(self, scalar: Scalar) -> None:
        self._scalar = scalar
        self._lines = _line_starts(scalar.written)
        self._starts: dict[str, tuple[list[int], list[int]]] = {}

    def place(self, offset: int, length: int) -> Place:
        """The place of `scalar.text[offset:offset + length]`."""
        scalar = self._scalar
        piece = scalar.text[offset : offset + length]
        if not piece:
            return scalar.place
        if piece not in self._starts:
            self._starts[piece] = (_all_starts(piece, scalar.text), _all_starts(piece, scalar.written))
        in_text, in_written = self._starts[piece]
        before = bisect_left(in_text, offset)
        if before >= len(in_written):
            return scalar.place
        at = in_written[before]
        row = bisect_right(self._lines, at) - 1
        column = at - self._lines[row] + 1 + (scalar.place.column - 1 if row == 0 else 0)
        return Place(scalar.place.path, scalar.place.line + row, column, length)


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _all_starts(piece: str, text: str) -> list[int]:
    starts = []
    at = text.find(piece)
    while at >= 0:
        starts.append(at)
        at = text.find(piece, at + len(piece))
    return starts
