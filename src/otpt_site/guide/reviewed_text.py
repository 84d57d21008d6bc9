"""The reviewed text of a page or row: what a reviewer read and stands by, and the digest by which a change is seen.

It is all that its author wrote for readers, whatever the layout of the file. Two files that say the same to a reader
have the same digest: line ends, the order of keys, quotation marks and folded lines make no difference.
`docs/content-format.md` tells editors what counts.
"""

import hashlib
import re
import unicodedata
from functools import cache
from typing import Any, Final

import msgspec

from otpt_site.guide.keys import field_names
from otpt_site.guide.reading import is_empty
from otpt_site.guide.records import Record
from otpt_site.marked_yaml import Mapping, Node, Scalar

# What says nothing of the matter itself: who wrote or read it and when, when and where it is shown, how it is found.
BOOKKEEPING: Final = frozenset(
    {
        "reviews", "author", "updated_on", "draft", "publish_on", "expires_on", "position", "slug", "aliases",
        "see_also", "search_words", "also_asked", "note", "effect_claims",
    }
)  # fmt: skip
_VERSION: Final = "v1"
_LENGTH: Final = 20
_LINE_END: Final = re.compile(r"[ \t]+$", re.MULTILINE)
# Two spaces or more at the end of a line part it from the next: https://spec.commonmark.org/0.31.2/#hard-line-breaks
_BREAK: Final = "  "


def text_digest(fields: Mapping, record: Record, body: str = "") -> str:
    """The digest of the reviewed text of `record`, which was read from `fields` and, on a page, the `body`.

    It begins with the version of what it is made of, so that it can never be taken for a number.
    """
    said = {"keys": _said(fields, record), "body": _canonical_body(body)}
    data = msgspec.json.encode(said, order="sorted")
    return f"{_VERSION}-{hashlib.sha256(data).hexdigest()[:_LENGTH]}"


def _said(fields: Mapping, record: Record) -> dict[str, Any]:
    """What the keys say to a reader. One that says what would hold without it says nothing."""
    usual = _usual(type(record))
    return {
        entry.key: _canonical(entry.value)
        for entry in fields.entries
        if entry.key in usual and getattr(record, entry.key) != usual[entry.key]
    }


@cache
def _usual(kind: type[Record]) -> dict[str, Any]:
    """The keys that count, each with what holds where it is not written."""
    counted = set(field_names(kind)) - BOOKKEEPING
    return {field.name: field.default for field in msgspec.structs.fields(kind) if field.name in counted}


def _canonical(node: Node) -> Any:
    if isinstance(node, Scalar):
        return " ".join(_composed(node.text).split())
    if isinstance(node, Mapping):
        return {entry.key: _canonical(entry.value) for entry in node.entries if not is_empty(entry.value)}
    return [_canonical(item) for item in node.items]


def _canonical_body(body: str) -> str:
    lines = _composed(body)
    if " \n" in lines or "\t\n" in lines or lines.endswith((" ", "\t")):
        # Rare, and looking for the end of a line behind each space takes six times as long as reading the text.
        lines = _LINE_END.sub(lambda found: _BREAK if found[0].startswith(_BREAK) else "", lines)
    return lines.strip("\n")


def _composed(text: str) -> str:
    """The text with each accented letter as one sign: some systems store a letter and its accent as two."""
    return unicodedata.normalize("NFC", text)
