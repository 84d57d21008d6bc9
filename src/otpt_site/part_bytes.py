"""The parts of a file as bytes, and back.

They are read from bytes whether they were made now or long ago: a rebuild can't differ from a first build. The texts
are bytes of their own, which are read when one of the texts is asked for.
"""

import hashlib
from collections.abc import Container, Iterable
from typing import Final, NamedTuple

import msgspec

from otpt_site.diagnostics import Diagnostic, Place
from otpt_site.guide import PAGE_KINDS, TABLES, TableHead
from otpt_site.guide.common import Page
from otpt_site.guide.drawers import Drawer, Left, Load, Sheets, encoded_drawers, in_drawer
from otpt_site.guide.records import Passage, Record
from otpt_site.guide.site import Site
from otpt_site.markup import Prose
from otpt_site.parts import FileParts, Mentions, Part, file_parts
from otpt_site.sources import SourceFile


class EncodedParts(NamedTuple):
    """What is kept of a file: its parts, and apart from them the texts and places that they left in drawers."""

    parts: bytes
    drawers: bytes


class _KeptPart(msgspec.Struct, frozen=True, array_like=True):
    """A part without its drawer; `record` and `mentions` are what the encoder made of them."""

    kind: str
    id: str
    place: Place
    claims: bool
    record: bytes
    mentions: int
    names: tuple[str, ...]
    fragments: tuple[str, ...]
    links: int
    headings: tuple[str, ...] | None
    digest: bytes
    outline: bytes


class _KeptFile(msgspec.Struct, frozen=True, array_like=True):
    """A file without its drawers."""

    path: str
    outline: bytes
    parts: tuple[_KeptPart, ...]
    diagnostics: tuple[Diagnostic, ...]
    unread: tuple[str, ...]
    head: TableHead | None


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(_KeptFile)
_TYPES: Final[dict[str, type[Record]]] = {
    **dict(PAGE_KINDS.values()),
    **{kind: type_ for lists in TABLES.values() for _, kind, type_ in lists},
    "site": Site,
}
_NO_BODY: Final = Passage(Prose(), "", 1)


def encoded_parts(source: SourceFile) -> EncodedParts:
    """The parts of a file for which `is_content` holds, as `decoded_parts` reads them."""
    parts = file_parts(source)
    drawers: list[list[bytes]] = []
    kept = tuple(_kept(part, drawers) for part in parts.parts)
    file = _KeptFile(parts.path, _outline(parts, kept), kept, parts.diagnostics, parts.unread, parts.head)
    return EncodedParts(_ENCODER.encode(file), encoded_drawers(drawers))


def _kept(part: Part, drawers: list[list[bytes]]) -> _KeptPart:
    """The part to be kept; what it leaves in a drawer is added to `drawers`."""
    sheets = Sheets()
    record = _encoded(part.record, sheets)
    digest = outline = _digest(record, sheets)
    if isinstance(part.record, Page):
        seen = Sheets()
        without_text = msgspec.structs.replace(part.record, body=_NO_BODY, text_digest="")
        outline = _digest(_encoded(without_text, seen), seen)
    mentions = sheets.put(part.mentions.value)
    drawers.append(sheets.all)
    return _KeptPart(
        part.kind, part.id, part.place, part.claims, record, mentions, part.names, part.fragments, part.links,
        part.headings, digest, outline,
    )  # fmt: skip


def _digest(record: bytes, sheets: Sheets) -> bytes:
    return hashlib.sha256(b"".join((record, *sheets.all))).digest()


def _encoded(record: Record | None, sheets: Sheets) -> bytes:
    """The record; what it leaves in its drawer goes to the `sheets`."""

    def leave(value: object) -> int:
        if isinstance(value, Left):
            return sheets.put(value.value)
        raise NotImplementedError  # how msgspec wants to hear of a type that this hook does not know

    return msgspec.msgpack.Encoder(enc_hook=leave).encode(record) if record else b""


def _outline(parts: FileParts, kept: Iterable[_KeptPart]) -> bytes:
    seen = [
        (part.kind, part.id, part.place, part.claims, sorted(part.names), sorted(part.fragments), part.headings,
         part.outline)
        for part in kept
    ]  # fmt: skip
    return hashlib.sha256(_ENCODER.encode((seen, parts.unread, parts.head))).digest()


def decoded_parts(data: bytes, load: Load, only: Container[str] | None = None) -> FileParts:
    """What `encoded_parts` made; `load` gives the drawers. Of the parts, `only` those named when there are names.

    Raises msgspec.DecodeError for anything else.
    """
    file = _DECODER.decode(data)
    parts = tuple(
        _decoded(part, Drawer(part.place.path, load, number))
        for number, part in enumerate(file.parts)
        if only is None or f"{part.kind}:{part.id}" in only
    )
    return FileParts(file.path, file.outline, parts, file.diagnostics, file.unread, file.head)


def _decoded(part: _KeptPart, drawer: Drawer) -> Part:
    left_there = in_drawer(drawer)
    record = None
    if part.record:
        record = msgspec.msgpack.Decoder(_TYPES[part.kind], dec_hook=left_there).decode(part.record)
    mentions = left_there(Mentions, part.mentions)
    return Part(
        part.kind, part.id, part.place, part.claims, record, mentions, part.names, part.fragments, part.links,
        part.headings, part.digest, part.outline,
    )  # fmt: skip


def parts_of(source: SourceFile) -> FileParts:
    """The parts of a file for which `is_content` holds, with all that they hold."""
    encoded = encoded_parts(source)
    return decoded_parts(encoded.parts, lambda: encoded.drawers)
