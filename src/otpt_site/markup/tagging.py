"""The text before parsing: comments and scripts cut out, blocks read, and a tag at each spot that may matter."""

import re
from collections.abc import Iterator
from typing import Final

from markdown.extensions.fenced_code import FencedBlockPreprocessor

from otpt_site.markup.blocks import Edit, find_blocks
from otpt_site.markup.captions import parted_captions
from otpt_site.markup.left_links import SPACED
from otpt_site.markup.plain_marks import plain_marks
from otpt_site.markup.sheet import TAB, Sheet

_FENCED: Final = FencedBlockPreprocessor.FENCED_BLOCK_RE
_CODE_SPAN: Final = re.compile(r"(?<![\\`])(`++)((?:(?!\n *\n|\n *(?:[-*+]|\d+\.) ).)+?)(?<!`)\1(?!`)", re.DOTALL)
_LIST: Final = re.compile(r" {0,3}([-*+] |\d+\. |:  |\[\^)")
_CUT: Final = re.compile(r"<(?:!--|(script|style)\b[^<>]*>)", re.IGNORECASE)
_SPOTS: Final = re.compile(
    r"\](?=\()"  # a link's target
    rf"|{SPACED}"
    r"|\[(?=@)"  # a citation
    r"|\[(?=\^[^\]\n]*\](?!:))"  # a footnote's number
    r"|<(?=[a-zA-Z/!?])"  # HTML or an automatic link
)
_LINE_SPOTS: Final = re.compile(
    r"^(?:[ >]++|[-+*:] |\d+\. )*+(?:"  # at the start of a line:
    r"(?=#)"  # a heading
    r"|\[(?!\^)[^\[\]\n]*\](?=: *(?:\n *)?<*[^\s<]))",  # a definition's target
    re.MULTILINE,
)

Span = tuple[int, int]


def tagged(sheet: Sheet, inline: bool) -> str:
    """The text of the sheet as Markdown is to read it."""
    fenced = [] if inline else list(_fenced(sheet.text))
    cuts = list(_cuts(sheet, fenced, inline))
    edits = [(start, end, "") for start, end in cuts]
    if not inline:
        edits += _parted(sheet.text, fenced)
    if not inline and "///" in sheet.text:
        edits += find_blocks(sheet, _masked(sheet.text, [*cuts, *fenced]))
    edits += plain_marks(sheet, inline)
    text = _edited(sheet.text, [*edits, *_tags(sheet, edits)])
    return text.replace("\n", " ") if inline else text


def _fenced(text: str) -> Iterator[Span]:
    if "```" in text or "~~~" in text:
        yield from (match.span() for match in _FENCED.finditer(text))


def _parted(text: str, fenced: list[Span]) -> Iterator[Edit]:
    for place in parted_captions(text):
        if not any(start < place < end for start, end in fenced):
            yield place, place, "\n"


def _cuts(sheet: Sheet, fenced: list[Span], inline: bool) -> Iterator[Span]:
    """The comments and scripts outside code, each reported. Other HTML waits for `engine.py`, which knows more."""
    if not _CUT.search(sheet.text):
        return
    indented = [] if inline else _indented(sheet.text)
    code = sorted([*fenced, *indented, *_code_spans(sheet.text)], reverse=True)
    done, endless = 0, set()
    for begin in _CUT.finditer(sheet.text):
        while code and code[-1][1] <= begin.start():
            code.pop()
        if begin.start() < done or begin[1] in endless or (code and code[-1][0] <= begin.start()):
            continue
        end = _end(sheet.text, begin)
        if end is None:
            endless.add(begin[1])
            continue
        done = end
        name = f"<{begin[1].lower()}>" if begin[1] else "an HTML comment"
        sheet.trouble("raw-html", sheet.spot(begin.start(), end), f"{name} is not allowed", "Take it out.")
        yield _whole_lines(sheet.text, begin.start(), end)


def _end(text: str, begin: re.Match[str]) -> int | None:
    """Where a comment or script ends. One without an end is left to be shown, so that no text gets lost."""
    closing = re.compile(rf"</{begin[1]}\s*>" if begin[1] else "-->", re.IGNORECASE)
    found = closing.search(text, begin.end())
    return found.end() if found else None


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
            code = (blank or code) and indent >= (2 * TAB if in_list else TAB)
            if code:
                yield start, start + len(line)
            elif indent < TAB:
                in_list = _LIST.match(line) is not None or (in_list and not blank)
        blank = not line.strip()
        start += len(line) + 1


def _tags(sheet: Sheet, edits: list[Edit]) -> Iterator[Edit]:
    """A tag for each spot that is left after the other edits."""
    gone = sorted((start, end) for start, end, _ in edits)
    index = 0
    for place in _spots(sheet.text):
        while index < len(gone) and gone[index][1] <= place:
            index += 1
        if index == len(gone) or place < gone[index][0]:
            yield place, place, sheet.tag(place)


def _spots(text: str) -> Iterator[int]:
    """Where tags belong, in the order of the text. The label of a definition is but a name: nothing in it has a tag."""
    spots = [(match.end(), match.end()) for match in _SPOTS.finditer(text)]
    if "#" in text or "]:" in text:
        spots = sorted([*spots, *(match.span() for match in _LINE_SPOTS.finditer(text))])
    done = 0
    for start, end in spots:
        if start >= done:
            yield end
            done = end


def _masked(text: str, spans: list[Span]) -> str:
    """The text with other letters in the spans, its lines as long as before."""
    return _edited(text, [(start, end, re.sub(r"[^\n]", "x", text[start:end])) for start, end in spans])


def _edited(text: str, edits: list[Edit]) -> str:
    pieces = []
    done = 0
    for start, end, instead in sorted(edits, key=lambda edit: edit[:2]):
        if start >= done:
            pieces += [text[done:start], instead]
            done = end
    return "".join([*pieces, text[done:]])
