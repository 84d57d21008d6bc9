"""A snippet of the catalogue to the whole file that it stands for, with all that it does not show as it should be."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Final

from otpt_site.rule_catalogue.entry import Part, Snippet
from tests.kit import SITE, article, comparison, condition, goals, plain_page, therapy

_PAGES: Final = {
    "articles": article(),
    "comparisons": comparison(),
    "conditions": condition(),
    "pages": plain_page(),
    "therapies": therapy(),
}


def whole_files(snippets: Iterable[Snippet]) -> Mapping[str, str]:
    """The files that the snippets stand for; two snippets may be of one file."""
    files: dict[str, str] = {}
    for snippet in snippets:
        files[snippet.path] = _whole(snippet, files.get(snippet.path) or _default(snippet.path))
    return files


def _default(path: str) -> str:
    return {"site.yaml": SITE, "goals.yaml": goals()}.get(path) or _PAGES.get(PurePosixPath(path).parts[0], "")


def _whole(snippet: Snippet, default: str) -> str:
    if snippet.part is Part.FILE:
        return snippet.text
    if snippet.part is Part.ROW:
        head, row = default.split("- id: climb-stairs\n")
        indented = "".join(f"  {line}\n" for line in snippet.text.splitlines())
        return f"{head}- id: climb-stairs\n{_without(row, indented)}{indented}"
    if snippet.path == "site.yaml":
        return f"{_without(default, snippet.text)}{snippet.text}\n"
    before, keys, text = default.split("---\n", 2)
    if snippet.part is Part.KEYS:
        return f"{before}---\n{_without(keys, snippet.text)}{snippet.text}\n---\n{text}"
    return f"{before}---\n{keys}---\n\n{snippet.text}\n"


def _without(keys: str, replaced: str) -> str:
    """The keys less those that the other text has too."""
    names = {line.split(":")[0] for line in replaced.splitlines()}
    return "".join(line for line in keys.splitlines(keepends=True) if line.split(":")[0] not in names)
