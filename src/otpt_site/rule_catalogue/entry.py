"""What the catalogue tells of a rule beside its meaning and cure: why it is held, and an example of bad and good."""

from enum import StrEnum
from typing import Final

import msgspec


class Part(StrEnum):
    """What a snippet is of the file that it stands for."""

    FILE = "file"
    KEYS = "keys"
    BODY = "body"
    ROW = "row"


class Snippet(msgspec.Struct, frozen=True):
    """A few lines of a file of content. What is not shown is as in any file that is well."""

    path: str
    text: str
    part: Part


class Standard(msgspec.Struct, frozen=True):
    """What others have written down that a rule follows."""

    name: str
    url: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """Why a rule is held, and its examples.

    The tests run the snippets: the bad ones break this rule and no other, the good ones break none. An example in words
    can't be run, and `unrun` says why.
    """

    why: str
    bad: tuple[Snippet, ...] | str
    good: tuple[Snippet, ...] | str
    follows: tuple[Standard, ...] = ()
    # A rule that every bad example must break beside this one.
    beside: str = ""
    unrun: str = ""


CONDITION: Final = "conditions/stroke.md"
ARTICLE: Final = "articles/which-first.md"


def keys(text: str, path: str = CONDITION) -> tuple[Snippet, ...]:
    """Some keys of a page, or of site.yaml."""
    return (Snippet(path, text, Part.KEYS),)


def body(text: str, path: str = ARTICLE) -> tuple[Snippet, ...]:
    """The text of a page."""
    return (Snippet(path, text, Part.BODY),)


def goal(text: str) -> tuple[Snippet, ...]:
    """Some keys of a goal."""
    return (Snippet("goals.yaml", text, Part.ROW),)


def file(path: str, text: str) -> tuple[Snippet, ...]:
    """A whole file."""
    return (Snippet(path, text, Part.FILE),)
