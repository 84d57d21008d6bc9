"""Puts one review into the text of a page or table, and leaves all else in it as it is, byte for byte.

Where it goes is known from the values that `marked_yaml` reads with their places. A library that reads YAML and writes
it again would set comments, quotation marks and the breaks of long lines anew.
"""

import re
from typing import Final, NamedTuple

from otpt_site.diagnostics import Place
from otpt_site.documents import Document
from otpt_site.guide.reading import is_empty
from otpt_site.marked_yaml import Entry, Mapping, Node, Scalar, Sequence

_KEY: Final = "reviews"
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


class NoPlace(Exception):
    """The file is written in a way that leaves no place to put a review in without changing more."""


class NewReview(NamedTuple):
    """A review to be written: who, the day, and the digest of what was read."""

    by: str
    on: str
    digest: str

    @property
    def keys(self) -> tuple[str, ...]:
        """Each key with its value."""
        return tuple(f"{name}: {value}" for name, value in zip(self._fields, self, strict=True))

    @property
    def in_braces(self) -> str:
        """All on one line."""
        return f"{{{', '.join(self.keys)}}}"


def with_review(text: str, document: Document, fields: Mapping, review: NewReview) -> str:
    """The text with the review added to the `fields` of it: the keys of the page that it is, or of a row.

    `document` is what was read from the text. Raises NoPlace.
    """
    return _Text(text).with_entry(document, fields, review)


class _Text:
    """A text whose spots are named by line and column, as editors do."""

    def __init__(self, text: str) -> None:
        self._text = text
        found = list(_LINE_END.finditer(text))
        self._starts = [0, *(end.end() for end in found)]
        self._ends = [*(end.start() for end in found), len(text)]
        self._line_end = found[0][0] if found else "\n"

    def with_entry(self, document: Document, fields: Mapping, review: NewReview) -> str:
        entry = next((entry for entry in fields.entries if entry.key == _KEY), None)
        if entry is None:
            return self._with_key(document, fields, review)
        if isinstance(entry.value, Sequence):
            return self._with_item(entry.value, review)
        return self._with_list(entry, review, in_braces=fields.flow)

    def _with_key(self, document: Document, fields: Mapping, review: NewReview) -> str:
        """The key is not there: it becomes the last one."""
        if fields.end:
            at = self._offset(fields.end)
            comma = "" if self._text[:at].rstrip().endswith((",", "{")) else ", "
            return self._inserted(at, f"{comma}{_KEY}: [{review.in_braces}]")
        is_page = document.path.endswith(".md")
        # The line above the one that closes the front matter.
        line = document.body_line - 2 if is_page else _last_line(fields)
        indent = " " * _indent_of_lists(fields)
        lines = [f"{_KEY}:", *(f"{indent}{line}" for line in _in_lines(review))]
        return self._with_lines(line, fields.entries[0].place.column, lines)

    def _with_item(self, reviews: Sequence, review: NewReview) -> str:
        if reviews.flow:
            # In front, because behind the last item a comma or a comment may stand.
            more = ", " if reviews.items else ""
            return self._inserted(self._offset(reviews.place) + 1, f"{review.in_braces}{more}")
        last = reviews.items[-1]
        lines = [f"- {review.in_braces}"] if isinstance(last, Mapping) and last.flow else _in_lines(review)
        return self._with_lines(_last_line(reviews), reviews.place.column, lines)

    def _with_list(self, entry: Entry, review: NewReview, *, in_braces: bool) -> str:
        """The key is there, and nothing or as good as nothing behind it."""
        value = entry.value
        if not isinstance(value, Scalar) or not is_empty(value) or in_braces or "\n" in value.written:
            raise NoPlace
        if not value.written:
            return self._with_lines(entry.place.line, entry.place.column, _in_lines(review))
        at = self._offset(value.place)
        return f"{self._text[:at]}[{review.in_braces}]{self._text[at + len(value.written) :]}"

    def _with_lines(self, after: int, column: int, lines: list[str]) -> str:
        indent = " " * (column - 1)
        return self._inserted(self._ends[after - 1], "".join(f"{self._line_end}{indent}{line}" for line in lines))

    def _inserted(self, at: int, more: str) -> str:
        return self._text[:at] + more + self._text[at:]

    def _offset(self, place: Place) -> int:
        return self._starts[place.line - 1] + place.column - 1


def _indent_of_lists(fields: Mapping) -> int:
    """How far the dashes of lists stand in from their keys, as the editor writes them."""
    lists = ((entry.place, entry.value) for entry in fields.entries if isinstance(entry.value, Sequence))
    return next((value.place.column - key.column for key, value in lists if not value.flow), 0)


def _in_lines(review: NewReview) -> list[str]:
    first, *rest = review.keys
    return [f"- {first}", *(f"  {key}" for key in rest)]


def _last_line(node: Node) -> int:
    """The last line on which something of this value is written."""
    if isinstance(node, Scalar):
        return node.place.line + node.written.rstrip().count("\n")
    if node.end:
        return node.end.line
    if isinstance(node, Sequence):
        return _last_line(node.items[-1])
    last = node.entries[-1]
    return max(last.place.line, _last_line(last.value))
