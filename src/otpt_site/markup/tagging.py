"""The text before parsing: comments and scripts cut out, blocks read, and a tag at each spot that may matter."""

import re
from collections.abc import Iterator
from typing import Final

from markdown.extensions.fenced_code import FencedBlockPreprocessor

from otpt_site.markup.blocks import Edit, find_blocks
from otpt_site.markup.sheet import Sheet

_FENCED: Final = FencedBlockPreprocessor.FENCED_BLOCK_RE
_CODE_SPAN: Final = re.compile(r"(?<![\\`])(`++)((?:(?!\n *\n|\n *(?:[-*+]|\d+\.) ).)+?)(?<!`)\1(?!`)", re.S)
_LIST: Final = re.compile(r" {0,3}([-*+] |\d+\. |:  |\[\^)")
_CUT: Final = re.compile(r"<(?:!--.*?--|(script|style)\b[^<>]*>.*?</\1\s*)>", re.S | re.I)
_SPOTS: Final = re.compile(
    r"(?<=\])(?=\()"  # a link's target
    r"|(?<=\[)(?=@)"  # a citation
    r"|(?<=\[)(?=\^[^\]\n]*\](?!:))"  # a footnote's number
    r"|(?<=<)(?=[a-zA-Z/!?])"  # HTML or an automatic link
    r"|^(?=#)|(?<=[ >])(?=#)"  # a heading
    r"|^[ >]*(?:[-+*] +|\d+\. +)?\[(?!\^)[^\[\]\n]*\](?=: *(?:\n *)?<*[^\s<])",  # a definition's target
    re.M,
)

Span = tuple[int, int]


def tagged(sheet: Sheet, inline: bool) -> str:
    """The text of the sheet as Markdown is to read it."""
    fenced = [] if inline else [match.span() for match in _FENCED.finditer(sheet.text)]
    cuts = list(_cuts(sheet, fenced, inline))
    edits = [(start, end, "") for start, end in cuts]
    if not inline:
        edits += find_blocks(sheet, _masked(sheet.text, [*cuts, *fenced]))
    text = _edited(sheet.text, [*edits, *_tags(sheet, edits)])
    return text.replace("\n", " ") if inline else text


def _cuts(sheet: Sheet, fenced: list[Span], inline: bool) -> Iterator[Span]:
    """The comments and scripts outside code, each reported. Other HTML waits for `engine.py`, which knows more."""
    found = _CUT.search(sheet.text)
    if not found:
        return
    code = sorted([*fenced, *([] if inline else _indented(sheet.text)), *_code_spans(sheet.text)])
    while found:
        around = next((end for start, end in code if start <= found.start() < end), None)
        if around is None:
            name = f"<{found[1].lower()}>" if found[1] else "An HTML comment"
            sheet.trouble("raw-html", sheet.spot(*found.span()), f"{name} is not allowed")
            yield _whole_lines(sheet.text, *found.span())
        found = _CUT.search(sheet.text, found.end() if around is None else around)


def _whole_lines(text: str, start: int, end: int) -> Span:
    """The span with its line feed, when nothing else stands on its lines; a blank line would part what is around."""
    alone = text[text.rfind("\n", 0, start) + 1 : start].strip() == "" and text.startswith("\n", end)
    return (start, end + 1) if alone else (start, end)


def _code_spans(text: str) -> Iterator[Span]:
    return (match.span() for match in _CODE_SPAN.finditer(text))


def _indented(text: str) -> Iterator[Span]:
    """Lines of code that are told by their indentation; inside a list it takes twice as much."""
    start, blank, code, in_list = 0, True, False, False
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if line.strip():
            code = (blank or code) and indent >= (8 if in_list else 4)
            if code:
                yield start, start + len(line)
            elif indent < 4:
                in_list = _LIST.match(line) is not None or (in_list and not blank)
        blank = not line.strip()
        start += len(line) + 1


def _tags(sheet: Sheet, edits: list[Edit]) -> Iterator[Edit]:
    """A tag for each spot that is left after the other edits."""
    gone = sorted((start, end) for start, end, _ in edits)
    index = 0
    for match in _SPOTS.finditer(sheet.text):
        place = match.end()
        while index < len(gone) and gone[index][1] <= place:
            index += 1
        if index == len(gone) or place < gone[index][0]:
            yield place, place, sheet.tag(place)


def _masked(text: str, spans: list[Span]) -> str:
    """The text with other letters in the spans, its lines as long as before."""
    for start, end in spans:
        text = text[:start] + re.sub(r"[^\n]", "x", text[start:end]) + text[end:]
    return text


def _edited(text: str, edits: list[Edit]) -> str:
    pieces = []
    done = 0
    for start, end, instead in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [text[done:start], instead]
        done = max(done, end)
    return "".join([*pieces, text[done:]])
