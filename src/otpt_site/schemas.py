"""JSON Schemas of all that editors write, made of the same types as the reader of it uses.

A schema never refuses what the tool accepts; ids, days and what stands inside a text are for `otpt check` to judge.
What each key is for stands in them too, so that an editor such as VS Code can tell it.
"""

import re
import types
import typing
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, Final, NamedTuple

import msgspec

from otpt_site.guide import LINKABLE, OPTIONAL_LISTS, PAGE_KINDS, TABLES, TableHead
from otpt_site.guide.keys import Key, keys_of
from otpt_site.guide.records import ID, Address, Date, Passage, Record, Reference, Shape, To, kind_in_words
from otpt_site.guide.site import Site
from otpt_site.parts import GOALS_FOLDER, SITE_FILE

Schema = dict[str, Any]

# The version of JSON Schema that VS Code's extension for YAML reads best.
_DIALECT: Final = "http://json-schema.org/draft-07/schema#"


def _text(pattern: str, hint: str) -> Schema:
    """A text of this shape. VS Code shows the hint where it has another."""
    return {"type": "string", "pattern": pattern, "patternErrorMessage": hint}


_ID: Final = _text(ID.pattern, "Use small letters, digits and hyphens.")
_SCALARS: Final[Mapping[type, Schema]] = {
    str: {"type": "string"},
    Passage: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 0},
    Date: _text(r"\d{4}-\d\d-\d\d", "Write year-month-day: 2026-11-23."),
    Address: _text(r"/(?:[^/\s]+/)*(?:[^/\s]+\.html)?", "Write it with slashes around: /old/address/."),
    Reference: _text(
        rf"(?:{'|'.join(LINKABLE)}):{ID.pattern}", "Write the kind, a colon and the id: condition:stroke."
    ),
}


class Described(NamedTuple):
    """A schema by its name, what it is for, and the files it is for, as VS Code is told them.

    Files are named within `content/`. Those of pages are of no use to VS Code: it does not look into Markdown.
    """

    name: str
    files: str
    schema: Schema


def schemas() -> dict[str, Described]:
    """All schemas, by name."""
    return {made.name: made for made in _all()}


def schema_text(schema: Schema) -> str:
    """The schema as it stands in a file."""
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"


def _all() -> Iterator[Described]:
    yield _described("site", SITE_FILE, _struct(Site))
    for file, lists in TABLES.items():
        yield _described(file.removesuffix(".yaml"), file, _table(lists, TableHead))
    goals = tuple(one for one in TABLES["goals.yaml"] if one[0] == "goals")
    yield _described("further-goals", f"{GOALS_FOLDER}/*.yaml", _table(goals, None))
    for folder, (kind, type_) in PAGE_KINDS.items():
        yield _described(kind, f"{folder}/*.md", _struct(type_))


def _described(name: str, files: str, schema: Schema) -> Described:
    head = {"$schema": _DIALECT, "title": f"content/{files}"}
    return Described(name, files, head | schema)


def _table(lists: tuple[tuple[str, str, type[Record]], ...], head: type[msgspec.Struct] | None) -> Schema:
    """A table: its lists of rows, and what may stand above them."""
    above = _properties(head) if head else {}
    rows = {key: _or_nothing({"type": "array", "items": _row(kind, type_)}) for key, kind, type_ in lists}
    return _closed(above | rows, [key for key, _, _ in lists if key not in OPTIONAL_LISTS])


def _row(kind: str, type_: type[Record]) -> Schema:
    says = f"What the {kind_in_words(kind)} is known by: small letters, digits and hyphens. It stays for ever."
    row = _struct(type_)
    id_ = {"description": says, **_filled(_ID)}
    return _closed({"id": id_, **row["properties"]}, ["id", *row["required"]])


def _struct(type_: type[msgspec.Struct]) -> Schema:
    """A group of keys."""
    return _closed(_properties(type_), [key.name for key in keys_of(type_) if key.required])


def _properties(type_: type[msgspec.Struct]) -> dict[str, Schema]:
    return {key.name: _property(key) for key in keys_of(type_)}


def _closed(properties: Mapping[str, Schema], required: list[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _property(key: Key) -> Schema:
    schema = _value(key.type)
    told = {"description": key.says} if key.says else {}
    return told | (_filled(schema) if key.required else _or_nothing(schema))


def _filled(schema: Schema) -> Schema:
    """A value that must be there."""
    if schema["type"] == "array":
        return schema | {"minItems": 1}
    if schema["type"] == "string" and "enum" not in schema:
        shape = f"^(?:{schema['pattern']})$" if "pattern" in schema else r"\S"
        return schema | {"pattern": shape, "patternErrorMessage": schema.get("patternErrorMessage", "Write something.")}
    return schema


def _or_nothing(schema: Schema) -> Schema:
    """A value that may be left empty."""
    empty = schema | {"type": [schema["type"], "null"]}
    if "enum" in schema:
        empty["enum"] = [*schema["enum"], None]
    if "pattern" in schema:
        empty["pattern"] = rf"^(?:\s*|{schema['pattern']})$"
    return empty


def _value(wanted: Any) -> Schema:
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin is Annotated:
        return _marked(arguments[1])
    if origin in (types.UnionType, typing.Union):
        return _value(next(part for part in arguments if part is not type(None)))
    if origin is tuple:
        return {"type": "array", "items": _filled(_value(arguments[0]))}
    if wanted in _SCALARS:
        return dict(_SCALARS[wanted])
    if issubclass(wanted, StrEnum):
        return {"type": "string", "enum": [member.value for member in wanted]}
    return _struct(wanted)


def _marked(mark: To | Shape) -> Schema:
    if isinstance(mark, To):
        return dict(_ID)
    # To a pattern of JSON Schema only the letters of English are letters; to the reader those of all languages are.
    return _text(re.sub(r"(?<=\[)\\w", r"\\w\\u0080-\\uffff", mark.pattern), mark.hint)
