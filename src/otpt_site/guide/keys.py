"""The keys that an editor may write for a type of record, from its fields."""

import typing
from functools import cache
from typing import Annotated, Any, Final, NamedTuple

import msgspec

from otpt_site.guide.records import Says

# Fields that no editor writes as a key of the record.
_GIVEN: Final = frozenset({"id", "place", "key_places", "text_digest", "body"})


class Key(NamedTuple):
    """A key that an editor may write: its name, whether it must be there, the type of its value, what it is for."""

    name: str
    required: bool
    type: Any
    says: str


@cache
def keys_of(kind: type[msgspec.Struct]) -> tuple[Key, ...]:
    """The keys that an editor may write for this type."""
    hints = typing.get_type_hints(kind, include_extras=True)
    fields = (field for field in msgspec.structs.fields(kind) if field.name not in _GIVEN)
    return tuple(Key(field.name, field.required, *_parted(hints[field.name])) for field in fields)


def _parted(hint: Any) -> tuple[Any, str]:
    """The type of a field, and the words on what it is for. Marks of the type itself stand before those words."""
    marks = getattr(hint, "__metadata__", ())
    if not marks or not isinstance(marks[-1], Says):
        return hint, ""
    bare = hint.__origin__
    return (Annotated[(bare, *marks[:-1])] if marks[:-1] else bare), marks[-1].text


def field_names(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The names of the keys that an editor may write for this type."""
    return tuple(key.name for key in keys_of(kind))
