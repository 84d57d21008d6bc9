"""Source files to documents: text with its front matter or table read, and the place of everything kept.

Knows that a Markdown file has front matter and a body and that a YAML file is one table; it does not know
what any key means.
"""

import re
from codecs import BOM_UTF8
from typing import Final

import msgspec

from otpt_site.diagnostics import Diagnostic, Place, Report, problem
from otpt_site.marked_yaml import Mapping, parse_yaml
from otpt_site.sources import SourceFile

_FENCE: Final = re.compile(r"---[ \t]*$", re.MULTILINE)
# Told with the line feed in front of it, because what begins with a letter is found quickly.
_CLOSING_FENCE: Final = re.compile(r"\n(---[ \t]*)$", re.MULTILINE)
# A line that was meant as one: some phones make a dash of two hyphens.
_NEARLY_FENCE: Final = re.compile(r"^(?:--|-{4,}|[-–—]*[–—][-–—]*)(?=[ \t]*$)", re.MULTILINE)  # noqa: RUF001


class Document(msgspec.Struct, frozen=True):
    """A text of the content: its keys, its body (empty for tables) and the line on which the body begins.

    `fields` is None when the keys could not be read; `body` is None when it is not known where it is.
    """

    path: str
    shown_path: str
    digest: str
    fields: Mapping | None
    body: str | None
    body_line: int

    @property
    def place(self) -> Place:
        """The file as a whole."""
        return Place(self.shown_path)


def read_document(source: SourceFile, report: Report) -> Document:
    """The document in `source`, a Markdown or YAML file. Reports what can't be read."""
    text = None if source.refused else _decoded(source, report)
    if text is None:
        return Document(source.path, source.shown_path, source.digest, None, None, 1)
    if source.path.endswith(".md"):
        return _page(source, text, report)
    fields = parse_yaml(text, source.shown_path, 1, report)
    return Document(source.path, source.shown_path, source.digest, fields, "", 1)


def _decoded(source: SourceFile, report: Report) -> str | None:
    data = source.data.removeprefix(BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _with_line_feeds(data[: error.start].decode("utf-8"))
        place = Place(source.shown_path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        report(problem("not-utf8", place, "the file is not stored as UTF-8: this sign can't be read"))
        return None
    return _with_line_feeds(text)


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _page(source: SourceFile, text: str, report: Report) -> Document:
    def page(fields: Mapping | None, body: str | None = None, line: int = 1) -> Document:
        return Document(source.path, source.shown_path, source.digest, fields, body, line)

    opening = _FENCE.match(text)
    if not opening:
        hint = "Take out what stands above the first line ---." if text.lstrip().startswith("---") else ""
        message = "the file does not begin with a line ---"
        report(problem("missing-front-matter", Place(source.shown_path, 1, 1), message, hint))
        return page(None, text if text.strip() else None)
    closing = _CLOSING_FENCE.search(text, opening.end())
    if not closing:
        report(_unclosed(text, source.shown_path))
        return page(None)
    fields = parse_yaml(text[opening.end() + 1 : closing.start(1)], source.shown_path, 2, report)
    body_line = text.count("\n", 0, closing.end()) + 2
    return page(fields, text[closing.end() + 1 :], body_line)


def _unclosed(text: str, path: str) -> Diagnostic:
    nearly = _NEARLY_FENCE.search(text.partition("\n\n")[0])
    if not nearly:
        return problem("unclosed-front-matter", Place(path, 1, 1, 3), "no second line --- ends the front matter")
    place = Place(path, text.count("\n", 0, nearly.start()) + 1, 1, len(nearly[0]))
    message = "a line of three hyphens ends the front matter, and this is none"
    return problem("unclosed-front-matter", place, message, "Write three hyphens here: ---")
