"""Records a review: who read a page or row, on which day, and the digest of what they read.

It is refused when it can't be true: a person nobody knows, a page with errors, a day to come, or a day before the text
last changed.
"""

import datetime
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from otpt_site.diagnostics import Place, Report, absolute, in_order, problem
from otpt_site.documents import Document, read_document
from otpt_site.guide import PAGE_KINDS, TABLES
from otpt_site.guide.common import Page
from otpt_site.guide.goals import Goal
from otpt_site.guide.records import kind_in_words
from otpt_site.guide.references import PersonKind
from otpt_site.guide.safety import SafetyCard
from otpt_site.library import Guide, Reviewed
from otpt_site.marked_yaml import Mapping, Scalar
from otpt_site.marked_yaml import Sequence as YamlSequence
from otpt_site.part_bytes import parts_of
from otpt_site.parts import FileParts, Part
from otpt_site.pipeline import Survey
from otpt_site.review_entry import NewReview, NoPlace, with_review
from otpt_site.sources import SourceFile
from otpt_site.suggestions import suggestion
from otpt_site.whole_file import write_whole

_PAGES: Final = tuple(kind for kind, _ in PAGE_KINDS.values())
_REVIEWED: Final = (*_PAGES, "goal", "safety")
# The list of its table that a row stands in.
_LISTS: Final = {kind: key for lists in TABLES.values() for key, kind, _ in lists}
_ALL_KINDS: Final = (*_PAGES, *_LISTS)
_PEOPLE: Final = "people.yaml"
_ENCODING: Final = "utf-8"
_BOM: Final = "\ufeff"


class Recorded(NamedTuple):
    """A review that stands in its file; `new` is False when it stood there before."""

    kind: str
    id: str
    path: str
    review: NewReview
    new: bool


def record_review(
    surveyed: Survey, content: Path, page: str, by: str, on: datetime.date | None, report: Report
) -> Recorded | None:
    """Writes into the file of `page` that the person `by` reviewed it `on` a day, or today.

    `page` is a reference (`condition:stroke`) or the path of its file; `content` the folder with the content. None when
    that can't be true or can't be done, which is reported.
    """
    guide = surveyed.guide
    if guide is None:
        _tell_errors(surveyed, (), report)
        return None
    found = _Finder(surveyed.files, absolute(content)).find(page, report)
    fine = found is not None and _tell_errors(surveyed, (_shown(content, found[0].path),), report)
    fine = _is_reviewer(surveyed, guide, content, by, report) and fine
    day = on or guide.calendar.today
    if day > guide.calendar.today:
        report(problem("bad-date", Place("--on"), f"{day} is yet to come", "Write the day on which the page was read."))
        fine = False
    return _recorded(content, *found, by, day, report) if found and fine else None


def _shown(content: Path, path: str) -> str:
    return f"{absolute(content).name}/{path}"


def _tell_errors(surveyed: Survey, paths: Sequence[str], report: Report) -> bool:
    """Reports the errors in the files at `paths`, all when there is no guide. Whether there are none."""
    errors = [
        one
        for one in in_order(surveyed.found)
        if one.severity == "error" and (one.place.path in paths or surveyed.guide is None)
    ]
    for one in errors:
        report(one)
    return not errors


def _is_reviewer(surveyed: Survey, guide: Guide, content: Path, by: str, report: Report) -> bool:
    """Whether this is a person of the guide. When people.yaml can't be read, that is what is reported."""
    person = guide.people.get(by)
    if person is None:
        if _tell_errors(surveyed, (_shown(content, _PEOPLE),), report):
            hint = suggestion(by, guide.people) or f"Add them to {_PEOPLE} first, with their consent."
            report(problem("unknown-reference", Place("--by"), f"there is no person '{by}' in {_PEOPLE}", hint))
        return False
    if person.kind is PersonKind.ORGANIZATION:
        message = f"'{by}' is an organization, which can't read a page"
        report(problem("review-by-organization", Place("--by"), message, "Name the person who read it."))
        return False
    return True


class _Finder:
    """Finds what is named on the command line among the files of the content."""

    def __init__(self, files: Sequence[FileParts], content: Path) -> None:
        self._files = {file.path: file for file in files}
        self._content = content

    def find(self, page: str, report: Report) -> tuple[FileParts, Part] | None:
        """The page or row, and the file that it stands in; None when there is none, which is reported."""
        kind, colon, id = page.partition(":")
        if colon and kind in _ALL_KINDS:
            return self._by_reference(page, kind, id, report)
        return self._by_path(page, report)

    def _by_reference(self, page: str, kind: str, id: str, report: Report) -> tuple[FileParts, Part] | None:
        if kind not in _REVIEWED:
            message = f"a {kind} is not reviewed"
            report(problem("unknown-kind", Place(page), message, f"These are: {', '.join(_REVIEWED)}."))
            return None
        known = {part.id: (file, part) for file in self._files.values() for part in file.parts if part.kind == kind}
        if id not in known:
            message = f"there is no {kind_in_words(kind)} '{id}'"
            report(problem("unknown-reference", Place(page), message, suggestion(id, known)))
            return None
        return known[id]

    def _by_path(self, page: str, report: Report) -> tuple[FileParts, Part] | None:
        path = self._path_of(page)
        file = self._files.get(path)
        if file and len(file.parts) == 1 and file.parts[0].kind in _PAGES:
            return file, file.parts[0]
        rows = [part for part in file.parts if part.kind in _REVIEWED] if file else []
        if rows:
            hint = f"Name the row, such as {rows[0].kind}:{rows[0].id}."
            report(problem("unknown-reference", Place(page), "this table holds many rows", hint))
        elif file:
            message, hint = "this file is not reviewed", "Pages are, and the rows of goals.yaml and safety.yaml."
            report(problem("unknown-kind", Place(page), message, hint))
        else:
            near = self._near(path) or "Write its path, or a reference such as condition:stroke."
            report(problem("unknown-reference", Place(page), "there is no such page", near))
        return None

    def _near(self, path: str) -> str:
        """A hint that names what may have been meant: by its id alone, by its address, or by a path mistyped."""
        name = PurePosixPath(path).name.removesuffix(".md")
        parts = {part.id: part for file in self._files.values() for part in file.parts if part.kind in _REVIEWED}
        if name in parts:
            return f"Did you mean {parts[name].kind}:{name}?"
        pages = [file.path for file in self._files.values() if any(part.kind in _PAGES for part in file.parts)]
        return suggestion(path, pages)

    def _path_of(self, page: str) -> str:
        """The path under the content folder, whether it was written from there, from the project or from here."""
        for whole in (absolute(Path(page)), absolute(self._content.parent / page), absolute(self._content / page)):
            if whole.is_relative_to(self._content):
                path = whole.relative_to(self._content).as_posix()
                if path in self._files:
                    return path
        return Path(page).as_posix()


def _recorded(
    content: Path, file: FileParts, part: Part, by: str, day: datetime.date, report: Report
) -> Recorded | None:
    path = absolute(content) / file.path
    shown = _shown(content, file.path)
    try:
        # Read again, so that the digest is that of the very text to which the review is added.
        source = SourceFile(file.path, shown, path.read_bytes(), "")
    except OSError as error:
        report(problem("file-unreadable", Place(shown), f"the file can't be read: {error.strerror or error}"))
        return None
    text = _text_of(source, part)
    if text is None or not _was_read_after_its_change(text, day, report):
        return None
    review = NewReview(by, day.isoformat(), text.text_digest)
    recorded = Recorded(part.kind, part.id, shown, review, new=True)
    if review in _reviews_of(text):
        return recorded._replace(new=False)
    data = _with_review(source, part, review)
    if data is None:
        message, hint = (
            "a review can't be added here without changing other lines",
            f"Add it yourself: {review.in_braces}",
        )
        report(problem("wrong-type", text.place_of("reviews"), message, hint))
        return None
    try:
        write_whole(path, data)
    except OSError as error:
        message, hint = f"the file can't be written: {error.strerror or error}", "Check that you may change it."
        report(problem("file-unreadable", Place(shown), message, hint))
        return None
    return recorded


def _text_of(source: SourceFile, part: Part) -> Reviewed | None:
    """What is reviewed, as it stands in the file; None when it can't be read."""
    for one in parts_of(source).parts:
        record = one.record if (one.kind, one.id) == (part.kind, part.id) else None
        if isinstance(record, Page | Goal | SafetyCard):
            return record
    return None


def _was_read_after_its_change(text: Reviewed, day: datetime.date, report: Report) -> bool:
    changed = None if isinstance(text, SafetyCard) else text.updated_on
    if changed is None or changed.day <= day:
        return True
    message = f"the text changed on {changed.day}, so what was read on {day} was another one"
    hint = "Ask the reviewer to read it again, or mend the day if only that is wrong."
    report(problem("contradiction", changed.place, message, hint))
    return False


def _reviews_of(text: Reviewed) -> list[NewReview]:
    return [NewReview(one.by.id, one.on.day.isoformat(), one.digest) for one in text.reviews]


def _with_review(source: SourceFile, part: Part, review: NewReview) -> bytes | None:
    """The bytes of the file with the review in it; None when that would change anything else."""
    document = read_document(source, lambda _: None)
    fields = _fields_of(document, part)
    written = source.data.decode(_ENCODING)
    mark = _BOM if written.startswith(_BOM) else ""
    try:
        new = with_review(written.removeprefix(_BOM), document, fields, review) if fields else None
    except NoPlace:
        return None
    if new is None:
        return None
    data = f"{mark}{new}".encode(_ENCODING)
    changed = SourceFile(source.path, source.shown_path, data, "")
    return data if _texts(changed) == _texts(source, part, review) else None


def _texts(source: SourceFile, part: Part | None = None, review: NewReview | None = None) -> list[object]:
    """All that a file holds, but for where it stands; with one review more of a part, where one is given."""
    held: list[object] = []
    for one in parts_of(source).parts:
        record = one.record
        reviews = _reviews_of(record) if isinstance(record, Page | Goal | SafetyCard) else []
        named = [(mention.kind, mention.id) for mention in one.mentions.value]
        if part and review and (one.kind, one.id) == (part.kind, part.id):
            reviews.append(review)
            named.append(("person", review.by))
        digest = record.text_digest if record else None
        held.append((one.kind, one.id, digest, sorted(reviews), sorted(named)))
    return held


def _fields_of(document: Document, part: Part) -> Mapping | None:
    """The keys of the page or row."""
    if document.fields is None or part.kind in _PAGES:
        return document.fields
    rows = document.fields.get(_LISTS[part.kind])
    items = rows.items if isinstance(rows, YamlSequence) else ()
    return next((row for row in items if isinstance(row, Mapping) and _id_of(row) == part.id), None)


def _id_of(row: Mapping) -> str:
    id = row.get("id")
    return id.text if isinstance(id, Scalar) else ""
