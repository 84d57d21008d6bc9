"""One file of the content to its parts: records, what they name and what can be named in them.

What comes out depends on the file alone, so that it can be kept by the file's digest: `part_bytes.py` does.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final

import msgspec

from otpt_site.diagnostics import Diagnostic, Place, Report, problem
from otpt_site.documents import Document, read_document
from otpt_site.guide import OPTIONAL_LISTS, PAGE_KINDS, TABLES, TableHead
from otpt_site.guide.drawers import Left
from otpt_site.guide.reading import Named, RecordType, StructType, body_passage, read_record, read_struct
from otpt_site.guide.records import ID, Passage, Record, Reference, kind_in_words
from otpt_site.guide.reviewed_text import text_digest
from otpt_site.guide.site import Site
from otpt_site.marked_yaml import Mapping, Node, Scalar
from otpt_site.marked_yaml import Sequence as YamlSequence
from otpt_site.markup import CardHole, CitationHole, Hole, ImageHole, ReferenceHole, TermHole
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


class Mention(msgspec.Struct, frozen=True, array_like=True):
    """One place in the content that names something else: content by kind and id, a heading, or a picture by path."""

    to: To
    kind: str
    id: str
    fragment: str
    place: Place

    @property
    def name(self) -> str:
        """What is named, in one word: `condition:stroke`, `self:`, `picture:media/a.png`."""
        return f"{'picture' if self.to is To.PICTURE else self.kind}:{self.id}"


class Mentions(Left[tuple[Mention, ...]]):
    """All that a part names, place by place."""

    __slots__ = ()
    kind = tuple[Mention, ...]


class Part(msgspec.Struct, frozen=True):
    """A page, a row, the head of a table or the settings: its record, and what it names.

    The record is None when something in it is wrong; `claims` tells that the id is taken all the same. `names` are what
    its `mentions` name, each once; `fragments` are the headings among it, such as `condition:stroke#help`, and `links`
    tells how many mentions there are. `headings` are those of a page; None when
    its text could not be found in its file. `digest` is that of the record, `outline` of what others can see of it: all
    but the text below a page's keys.
    """

    kind: str
    id: str
    place: Place
    claims: bool
    record: Record | None
    mentions: Mentions
    names: tuple[str, ...]
    fragments: tuple[str, ...]
    links: int
    headings: tuple[str, ...] | None = ()
    digest: bytes = b""
    outline: bytes = b""

    @property
    def name(self) -> str:
        """What names it: `condition:stroke`."""
        return f"{self.kind}:{self.id}"


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


def file_parts(source: SourceFile) -> FileParts:
    """The parts of a file for which `is_content` holds, all but their digests."""
    found: list[Diagnostic] = []
    # A name that is not Unicode (Linux allows any bytes) can't be kept as it is; as an id it is refused in any case.
    path = source.path.encode(errors="replace").decode()
    document = read_document(msgspec.structs.replace(source, path=path), found.append)
    if path == SITE_FILE:
        return FileParts(path, b"", tuple(_settings(document, found.append)), tuple(found))
    if path in TABLES:
        return _table(document, TABLES[path], TableHead, found)
    if _is_further_goals(path):
        return _table(document, _GOALS_ALONE, _NoHead, found)
    return FileParts(path, b"", (_page(document, found.append),), tuple(found))


def unread_parts(source: SourceFile) -> FileParts:
    """What stands for the parts of a file over which the process that read it ended."""
    message = "the process that read this file ended before it was done"
    return FileParts(source.path, b"", (), (problem("worker-crashed", Place(source.shown_path), message),))


def _with_digest(record: RecordType | None, fields: Mapping, body: str = "") -> RecordType | None:
    """The record with the digest of its text, if it is one that can be reviewed."""
    if record is None or "reviews" not in record.__struct_fields__:
        return record
    return msgspec.structs.replace(record, text_digest=text_digest(fields, record, body))


def _settings(document: Document, report: Report) -> Iterator[Part]:
    named: list[Named] = []
    if document.fields:
        record = read_record(document.fields, Site, "site", document.place, named, report)
        yield _part("site", "site", document.place, False, record, named)


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
    return _part(kind, stem, document.place, True, record if ID.fullmatch(stem) else None, named, headings)


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
    parts.append(_part("table", document.path, document.place, False, None, named))
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
        return _part(kind, "", row.place, False, None, ())
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
    return _part(kind, name, place, claims, record if claims else None, named)


def _part(
    kind: str,
    id: str,
    place: Place,
    claims: bool,
    record: Record | None,
    named: Sequence[Named],
    headings: tuple[str, ...] | None = (),
) -> Part:
    mentions = tuple(mention for value in named for mention in _mentions_of(value))
    names = tuple(dict.fromkeys(mention.name for mention in mentions))
    fragments = tuple(dict.fromkeys(f"{one.name}#{one.fragment}" for one in mentions if one.fragment))
    return Part(kind, id, place, claims, record, Mentions(mentions), names, fragments, len(mentions), headings)


def _mentions_of(value: Named) -> Iterator[Mention]:
    if isinstance(value, Reference):
        yield Mention(To.CONTENT, value.kind, value.id, "", value.place)
        return
    for segment in value.prose.segments:
        if not isinstance(segment, str):
            yield from _mentions_in(segment, value)


def _mentions_in(hole: Hole, passage: Passage) -> Iterator[Mention]:
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
