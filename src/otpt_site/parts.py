"""One file of the content to its parts: records, what they name and what can be named in them.

What comes out depends on the file alone, so that it can be kept by the file's digest. It leaves here as bytes, and is
read from bytes whether it was made now or long ago: a rebuild can't differ from a first build.
"""

import hashlib
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final

import msgspec

from otpt_site.diagnostics import Diagnostic, Place, Report, problem
from otpt_site.documents import Document, read_document
from otpt_site.guide import OPTIONAL_LISTS, PAGE_KINDS, TABLES, TableHead
from otpt_site.guide.common import Page
from otpt_site.guide.reading import Named, RecordType, StructType, body_passage, read_record, read_struct
from otpt_site.guide.records import ID, Passage, Record, Reference, kind_in_words
from otpt_site.guide.reviewed_text import text_digest
from otpt_site.guide.site import Site
from otpt_site.marked_yaml import Mapping, Node, Scalar
from otpt_site.marked_yaml import Sequence as YamlSequence
from otpt_site.markup import CardHole, CitationHole, ImageHole, Prose, ReferenceHole, TermHole
from otpt_site.sources import SourceFile

SITE_FILE: Final = "site.yaml"
GOALS_FOLDER: Final = "goals"

Lists = tuple[tuple[str, str, type[Record]], ...]
"""The lists of a table: key, kind of the rows, their type."""

# The lists of a further file of goals.
_GOALS_ALONE: Final = tuple(one for one in TABLES["goals.yaml"] if one[0] == "goals")


class To(StrEnum):
    """What a mention leads to."""

    CONTENT = "content"
    OWN_HEADING = "own-heading"
    PICTURE = "picture"


class Mention(msgspec.Struct, frozen=True):
    """One place in the content that names something else: content by kind and id, a heading, or a picture by path."""

    to: To
    kind: str
    id: str
    fragment: str
    place: Place


class Part(msgspec.Struct, frozen=True):
    """A page, a row, the head of a table or the settings: its record, and what it names.

    `record` is read by `record_of`; it is empty when something in it is wrong. `claims` tells that the id is taken all
    the same. `headings` are those of a page; None when its text could not be found in its file. `digest` is that of the
    record, `outline` of what others can see of it: all but the text below a page's keys.
    """

    kind: str
    id: str
    place: Place
    claims: bool
    record: bytes
    mentions: tuple[Mention, ...]
    headings: tuple[str, ...] | None = ()
    digest: bytes = b""
    outline: bytes = b""


class FileParts(msgspec.Struct, frozen=True):
    """All that the file at `path` holds, in signs that every file can hold.

    `outline` is the digest of all that others can see of it: all but the text below a page's keys. `unread` are the
    kinds whose rows could not be read; `head` is that of a table.
    """

    path: str
    outline: bytes
    parts: tuple[Part, ...]
    diagnostics: tuple[Diagnostic, ...]
    unread: tuple[str, ...] = ()
    head: TableHead | None = None


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(FileParts)
_TYPES: Final[dict[str, type[Record]]] = {
    **dict(PAGE_KINDS.values()),
    **{kind: type_ for lists in TABLES.values() for _, kind, type_ in lists},
    "site": Site,
}
_RECORDS: Final = {kind: msgspec.msgpack.Decoder(type_) for kind, type_ in _TYPES.items()}


_NO_BODY: Final = Passage(Prose(), "", 1)


class _NoHead(msgspec.Struct, frozen=True):
    """A further file of goals holds goals alone: what stands above them in goals.yaml is said there for all."""


def is_content(path: str) -> bool:
    """Whether a file of content/ with this path is a document that the library reads."""
    folder, _, name = path.partition("/")
    is_page = folder in PAGE_KINDS and "/" not in name and name.endswith(".md")
    return is_page or path == SITE_FILE or path in TABLES or _is_further_goals(path)


def _is_further_goals(path: str) -> bool:
    """Whether this file of content/ adds goals to those of goals.yaml, such as `goals/moving.yaml`."""
    folder, _, name = path.partition("/")
    return folder == GOALS_FOLDER and "/" not in name and name.endswith(".yaml")


def encoded_parts(source: SourceFile) -> bytes:
    """The parts of a file for which `is_content` holds, as `decoded_parts` reads them."""
    found: list[Diagnostic] = []
    # A name that is not Unicode (Linux allows any bytes) can't be kept as it is; as an id it is refused in any case.
    path = source.path.encode(errors="replace").decode()
    document = read_document(msgspec.structs.replace(source, path=path), found.append)
    if path == SITE_FILE:
        parts = FileParts(path, b"", tuple(_settings(document, found.append)), tuple(found))
    elif path in TABLES:
        parts = _table(document, TABLES[path], TableHead, found)
    elif _is_further_goals(path):
        parts = _table(document, _GOALS_ALONE, _NoHead, found)
    else:
        parts = FileParts(path, b"", (_page(document, found.append),), tuple(found))
    digested = tuple(map(_digested, parts.parts))
    return _ENCODER.encode(msgspec.structs.replace(parts, parts=digested, outline=_outline(parts, digested)))


def unread_parts(source: SourceFile) -> FileParts:
    """What stands for the parts of a file over which the process that read it ended."""
    message = "the process that read this file ended before it was done"
    return FileParts(source.path, b"", (), (problem("worker-crashed", Place(source.shown_path), message),))


def _digested(part: Part) -> Part:
    digest = hashlib.sha256(part.record).digest()
    record = record_of(part)
    if not isinstance(record, Page):
        return msgspec.structs.replace(part, digest=digest, outline=digest)
    seen = _ENCODER.encode(msgspec.structs.replace(record, body=_NO_BODY, text_digest=""))
    return msgspec.structs.replace(part, digest=digest, outline=hashlib.sha256(seen).digest())


def _outline(parts: FileParts, digested: Sequence[Part]) -> bytes:
    seen = [(msgspec.structs.replace(part, record=b"", digest=b"", mentions=()), _named(part)) for part in digested]
    return hashlib.sha256(_ENCODER.encode((seen, parts.unread, parts.head))).digest()


def _named(part: Part) -> list[tuple[str, ...]]:
    """What a part names, wherever it does."""
    return sorted({(mention.to, mention.kind, mention.id, mention.fragment) for mention in part.mentions})


def decoded_parts(data: bytes) -> FileParts:
    """What `encoded_parts` made. Raises msgspec.DecodeError for anything else."""
    return _DECODER.decode(data)


def record_of(part: Part) -> Record | None:
    """The record of a part; None when something in it is wrong."""
    return _RECORDS[part.kind].decode(part.record) if part.record else None


def _encoded(record: Record | None) -> bytes:
    return _ENCODER.encode(record) if record else b""


def _with_digest(record: RecordType | None, fields: Mapping, body: str = "") -> RecordType | None:
    """The record with the digest of its text, if it is one that can be reviewed."""
    if record is None or "reviews" not in record.__struct_fields__:
        return record
    return msgspec.structs.replace(record, text_digest=text_digest(fields, record, body))


def _settings(document: Document, report: Report) -> Iterator[Part]:
    named: list[Named] = []
    if document.fields:
        record = read_record(document.fields, Site, "site", document.place, named, report)
        yield Part("site", "site", document.place, False, _encoded(record), _mentions(named))


def _page(document: Document, report: Report) -> Part:
    folder, name = document.path.split("/")
    kind, type_ = PAGE_KINDS[folder]
    stem = PurePosixPath(name).stem
    if not ID.fullmatch(stem):
        report(problem("bad-file-name", document.place, f"'{stem}' can't be the id of a {kind}"))
    # The body is read even when the keys are wrong: all problems in one run.
    body = body_passage(document.body or "", document.shown_path, document.body_line, report)
    named: list[Named] = [body]
    record = None
    if document.fields:
        _no_id(document.fields, report)
        record = read_record(
            document.fields, type_, stem, document.place, named, report, ignored=frozenset({"id"}), body=body
        )
        record = _with_digest(record, document.fields, document.body or "")
    headings = None if document.body is None else tuple(heading.id for heading in body.prose.headings)
    kept = _encoded(record) if ID.fullmatch(stem) else b""
    return Part(kind, stem, document.place, True, kept, _mentions(named), headings)


def _no_id(fields: Mapping, report: Report) -> None:
    for entry in fields.entries:
        if entry.key == "id":
            report(problem("unknown-key", entry.place, "the id of a page is its file name", "Take this line out."))


def _table(document: Document, lists: Lists, head_type: type[StructType], found: list[Diagnostic]) -> FileParts:
    """The rows of the `lists` of a table, and what stands above them."""
    if document.fields is None:
        return FileParts(document.path, b"", (), tuple(found), tuple(kind for _, kind, _ in lists))
    parts: list[Part] = []
    unread: list[str] = []
    for key, kind, type_ in lists:
        parts += (_row(row, kind, type_, found.append) for row in _rows(document, key, kind, unread, found.append))
    names = {key for key, _, _ in lists}
    rest = [entry for entry in document.fields.entries if entry.key not in names]
    named: list[Named] = []
    head = read_struct(Mapping(tuple(rest), document.fields.place), head_type, named, found.append)
    parts.append(Part("table", document.path, document.place, False, b"", _mentions(named)))
    kept = head if isinstance(head, TableHead) else None
    return FileParts(document.path, b"", tuple(parts), tuple(found), tuple(unread), kept)


def _rows(document: Document, key: str, kind: str, unread: list[str], report: Report) -> Sequence[Node]:
    """The rows of one list of a table; none when it is missing or is no list."""
    rows = document.fields.get(key) if document.fields else None
    if isinstance(rows, YamlSequence):
        return rows.items
    if isinstance(rows, Scalar) and not rows.text:
        return ()  # an empty list has no rows, and nothing is wrong with that
    if rows is None and key in OPTIONAL_LISTS:
        return ()
    unread.append(kind)
    if rows is None:
        message, hint = f"the list '{key}' is missing", f"Add a line {key}: and the rows below it."
        report(problem("missing-key", Place(document.shown_path, 1, 1), message, hint))
    else:
        hint = "Begin each row with a dash and its id."
        report(problem("wrong-type", rows.place, f"'{key}' is a list of rows", hint))
    return ()


def _row(row: Node, kind: str, type_: type[Record], report: Report) -> Part:
    if not isinstance(row, Mapping):
        hint = "Write a dash, then id: and the other keys below it."
        report(problem("wrong-type", row.place, f"each {kind_in_words(kind)} is a row of keys", hint))
        return Part(kind, "", row.place, False, b"", ())
    id = row.get("id")
    name = id.text if isinstance(id, Scalar) else ""
    if id is None:
        report(problem("missing-key", row.place, f"this {kind_in_words(kind)} has no id", "Add a line id: …"))
    elif not ID.fullmatch(name):
        written = f"'{name}'" if name else "this"
        report(problem("bad-id", id.place, f"{written} can't be the id of a {kind_in_words(kind)}"))
    named: list[Named] = []
    place = id.place if id else row.place
    record = read_record(row, type_, name, place, named, report, ignored=frozenset({"id"}))
    record = _with_digest(record, row)
    claims = ID.fullmatch(name) is not None
    return Part(kind, name, place, claims, _encoded(record) if claims else b"", _mentions(named))


def _mentions(named: Sequence[Named]) -> tuple[Mention, ...]:
    return tuple(mention for value in named for mention in _mentions_of(value))


def _mentions_of(value: Named) -> Iterator[Mention]:
    if isinstance(value, Reference):
        yield Mention(To.CONTENT, value.kind, value.id, "", value.place)
        return
    for hole in value.prose.segments:
        yield from _mentions_in(hole, value)


def _mentions_in(hole: object, passage: Passage) -> Iterator[Mention]:
    if isinstance(hole, ImageHole):
        yield Mention(To.PICTURE, "", hole.path, "", passage.place(hole.spot))
    elif isinstance(hole, ReferenceHole):
        to = To.OWN_HEADING if hole.kind == "self" else To.CONTENT
        yield Mention(to, hole.kind, hole.id, hole.fragment, passage.place(hole.spot))
    elif isinstance(hole, TermHole):
        yield Mention(To.CONTENT, "term", hole.id, "", passage.place(hole.spot))
    elif isinstance(hole, CardHole):
        yield Mention(To.CONTENT, "safety", hole.id, "", passage.place(hole.spot))
    elif isinstance(hole, CitationHole):
        for id, spot in zip(hole.ids, hole.spots, strict=True):
            yield Mention(To.CONTENT, "source", id, "", passage.place(spot))
