"""A table's text with one row more: all that stood there before stands there still, byte for byte."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from otpt_site.diagnostics import Diagnostic
from otpt_site.marked_yaml import Mapping, Scalar, parse_yaml
from otpt_site.marked_yaml import Sequence as YamlSequence

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BYTE_ORDER_MARK: Final = "\ufeff"


class CannotAdd(Exception):
    """The row can't be added; the message tells why, and what to do."""


class Longer(NamedTuple):
    """A table with a row more, and the line on which the row begins."""

    text: str
    line: int


def with_row(text: str, path: str, key: str, row: Sequence[str]) -> Longer:
    """The table `text` with the lines of `row` as the last row of its list `key`.

    The first line of the row begins with its dash; indentation and line ends are those of the table. `path` is how
    messages name the file. Raises CannotAdd for a table whose rows can't be added to.
    """
    lines: list[str] = _LINE.findall(text)
    plain = [line.rstrip("\r\n") for line in lines]
    fields = _fields(plain, path)
    indent = _indent(fields, key, path)
    at = _end(fields, key, plain)
    end = next((line[len(line.rstrip("\r\n")) :] for line in lines if line.endswith(("\r", "\n"))), "\n")
    space = _space(fields, key, plain)
    new = [*space, *(" " * indent + line for line in row)]
    if at and not lines[at - 1].endswith(("\r", "\n")):
        lines[at - 1] += end
    longer = "".join((*lines[:at], *(line + end for line in new), *lines[at:]))
    return Longer(longer, at + len(space) + 1)


def _fields(lines: Sequence[str], path: str) -> Mapping:
    found: list[Diagnostic] = []
    fields = parse_yaml("\n".join(lines).removeprefix(_BYTE_ORDER_MARK), path, 1, found.append)
    if fields is None or found:
        where = f"{path}:{found[0].place.line}" if found else path
        raise CannotAdd(f"{where} can't be read as it is. Run otpt check, and mend that first.")
    return fields


def _indent(fields: Mapping, key: str, path: str) -> int:
    """How far the dashes of the list are indented."""
    rows = fields.get(key)
    if isinstance(rows, YamlSequence) and not rows.flow:
        return rows.place.column - 1
    if isinstance(rows, Scalar) and not rows.text:
        return 0
    if rows is None:
        raise CannotAdd(f"{path} has no list {key}: yet. Add a line {key}: to its end.")
    raise CannotAdd(f"{path} holds {key}: in brackets. Write each row after a dash, on lines of its own.")


def _end(fields: Mapping, key: str, lines: Sequence[str]) -> int:
    """How many lines stand before the place of a new last row: those of the next key's comments do not."""
    keys = [entry.key for entry in fields.entries]
    later = fields.entries[keys.index(key) + 1 :]
    if not later:
        return len(lines)
    at = later[0].place.line - 1
    while not lines[at - 1].strip() or lines[at - 1].startswith("#"):
        at -= 1
    return at


def _space(fields: Mapping, key: str, lines: Sequence[str]) -> Sequence[str]:
    """A blank line, where rows are parted by one."""
    rows = fields.get(key)
    last = rows.items[-1].place.line if isinstance(rows, YamlSequence) and len(rows.items) > 1 else 0
    return [""] if last > 1 and not lines[last - 2].strip() else []
