"""The blocks between `/// name` and `///`: found line by line before parsing, so that each problem has its place.

Blocks are one level deep and only what stands here decides where they begin and end. Each fence line becomes
a paragraph of hole characters; `engine.py` hands those through, and the Markdown between them parses as ever.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from otpt_site.markup.prose import (
    CardHole,
    CareClose,
    CareOpen,
    Hole,
    PairClose,
    PairOpen,
    SideClose,
    SideOpen,
    Spot,
)
from otpt_site.markup.sheet import Sheet
from otpt_site.markup.targets import did_you_mean

ACTIONS: Final = {
    "emergency": ("call", "emergency-department"),
    "urgent": ("same-day", "emergency-department"),
    "non-urgent": ("appointment",),
}
SIDES: Final = ("pt-does", "ot-does")
ADVICE: Final = ("do", "do-not")
NAMES: Final = (*ACTIONS, "safety", *SIDES, *ADVICE, "note")

_FENCE = re.compile(r"^ {0,3}(/{3,})(.*)$", re.MULTILINE)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


Span = tuple[int, int]


class Fence:
    """A line that begins with three slashes; the spans leave out the spaces around."""

    def __init__(self, line: re.Match[str]) -> None:
        name, bar, argument = line[2].partition("|")
        self.opens = bool(name.strip() or bar)
        self.line: Span = line.span()
        self.whole: Span = (line.start(1), line.start() + len(line[0].rstrip()))
        self.name, self.argument = name.strip(), argument.strip()
        start = line.start(2) + len(name) - len(name.lstrip())
        self.name_span: Span = (start, start + len(self.name)) if self.name else self.whole
        start = line.end() - len(argument.lstrip())
        self.argument_span: Span = (start, start + len(self.argument))


@dataclass
class Block:
    """One block as found: its fences, and what will stand in their place."""

    head: Fence
    body: Span = (0, 0)
    tail: Fence | None = None
    opens: list[Hole | str] = field(default_factory=list)
    closes: list[Hole | str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the block is called."""
        return self.head.name

    @property
    def argument(self) -> str:
        """What stands behind the bar of its first line."""
        return self.head.argument

    @property
    def known(self) -> bool:
        """Whether there is such a block."""
        return self.name in NAMES


Edit = tuple[int, int, str]
"""Replace text[start:end] by another text."""


def find_blocks(sheet: Sheet, masked: str) -> list[Edit]:
    """Read the blocks of a text whose code is masked; report what is wrong, and give the fences' replacements."""
    blocks, strays = _walk(sheet, masked)
    for block in blocks:
        _fill(sheet, masked, block)
    _pair(sheet, masked, blocks)
    edits = [edit for block in blocks for edit in _edits(sheet, block)]
    return [*edits, *((*fence.line, "") for fence in strays)]


def _walk(sheet: Sheet, masked: str) -> tuple[list[Block], list[Fence]]:
    """Match opening and closing fences. A missing end is reported once: the fence left over by it is let pass."""
    blocks: list[Block] = []
    strays: list[Fence] = []
    current: Block | None = None
    forgiven = False
    for fence in map(Fence, _FENCE.finditer(masked)):
        if fence.opens:
            forgiven = current is not None
            _leave_open(sheet, current, fence.line[0])
            current = Block(fence)
            blocks.append(current)
        elif current:
            current.body, current.tail = (current.head.line[1], fence.line[0]), fence
            current = None
        else:
            strays.append(fence)
            if not forgiven:
                sheet.trouble("stray-block-end", _whole(sheet, fence), "/// closes a block, but none is open")
            forgiven = False
    _leave_open(sheet, current, len(masked))
    return blocks, strays


def _leave_open(sheet: Sheet, block: Block | None, end: int) -> None:
    """End a block that has no closing fence. One with a wrong name is reported for that alone."""
    if block is None:
        return
    block.body = (block.head.line[1], end)
    if block.known:
        message = f"the block {block.name} has no line /// that ends it"
        sheet.trouble("unclosed-block", _whole(sheet, block.head), message)


def _fill(sheet: Sheet, masked: str, block: Block) -> None:
    """Decide what stands for the block's fences."""
    if not block.known:
        message, hint = f"there is no block {block.name!r}", did_you_mean(block.name, NAMES, "/// {}")
        sheet.trouble("unknown-block", sheet.spot(*block.head.name_span), message, hint)
    elif block.name == "safety":
        _safety(sheet, masked, block)
    else:
        _with_body(sheet, block)


def _safety(sheet: Sheet, masked: str, block: Block) -> None:
    spot = _argument_spot(sheet, block)
    if not block.argument:
        message = "this block does not say which safety card it is"
        _wrong(sheet, _whole(sheet, block.head), message, "Write /// safety | and the card's id.")
    elif not _ID.fullmatch(block.argument):
        hint = "Use small letters, digits and hyphens only; the ids stand in safety.yaml."
        _wrong(sheet, spot, f"{block.argument!r} can't be the id of a safety card", hint)
    else:
        block.opens.append(CardHole(block.argument, spot))
    body = masked[slice(*block.body)]
    if block.tail and body.strip():
        start = block.body[0] + len(body) - len(body.lstrip())
        line_end = masked.find("\n", start)
        message = "a safety block is empty: what it shows comes from safety.yaml"
        _wrong(sheet, sheet.spot(start, line_end), message, "Take this text out, or put it below the line ///.")


def _with_body(sheet: Sheet, block: Block) -> None:
    if block.tail and not sheet.text[slice(*block.body)].strip():
        hint = "Write its text above the line ///, or take the block out."
        _wrong(sheet, _whole(sheet, block.head), f"the block {block.name} is empty", hint)
    if block.name in ACTIONS:
        block.opens.append(CareOpen(block.name, _action(sheet, block), _whole(sheet, block.head)))
        block.closes.append(CareClose())
        return
    if block.argument:
        message = f"the block {block.name} takes nothing after its name"
        _wrong(sheet, _argument_spot(sheet, block), message, f"Write /// {block.name} alone on this line.")
    if block.name in ADVICE:
        block.opens.append(SideOpen(block.name, _whole(sheet, block.head)))
        block.closes.append(SideClose())
    if block.name == "note":
        block.opens.append('<div class="note" role="note">')
        block.closes.append("</div>")


def _action(sheet: Sheet, block: Block) -> str:
    """The action asked for, or the usual one of the level."""
    allowed = ACTIONS[block.name]
    if block.argument and block.argument not in allowed:
        message = f"{block.argument!r} is not an action of the block {block.name}"
        _wrong(sheet, _argument_spot(sheet, block), message, did_you_mean(block.argument, allowed))
    return block.argument if block.argument in allowed else allowed[0]


def _pair(sheet: Sheet, masked: str, blocks: list[Block]) -> None:
    """Join `pt-does` and the `ot-does` right after it."""
    rest = iter([*blocks, None])
    block = next(rest)
    while block:
        following = next(rest)
        if block.name in SIDES and following and following.name in SIDES and _adjacent(masked, block, following):
            _join(sheet, block, following)
            following = next(rest)
        elif block.name in SIDES:
            _lone(sheet, block)
        block = following


def _adjacent(masked: str, first: Block, second: Block) -> bool:
    end = first.tail.line[1] if first.tail else first.body[1]
    return not masked[end : second.head.line[0]].strip()


def _join(sheet: Sheet, first: Block, second: Block) -> None:
    if first.name == SIDES[1]:
        _wrong(sheet, _whole(sheet, first.head), "pt-does comes first", "Write /// pt-does, then /// ot-does.")
    elif second.name == SIDES[0]:
        message = "two pt-does in a row: the second should be ot-does"
        _wrong(sheet, _whole(sheet, second.head), message, "Write /// ot-does here.")
    _side(sheet, first)
    _side(sheet, second)
    first.opens.insert(0, PairOpen())
    second.closes.append(PairClose())


def _lone(sheet: Sheet, block: Block) -> None:
    message = "an /// ot-does block must follow" if block.name == "pt-does" else "a /// pt-does block must come before"
    hint = "Write what both do, PT first: two blocks with nothing between them."
    _wrong(sheet, _whole(sheet, block.head), f"{block.name} stands alone: {message}", hint)
    _side(sheet, block)
    block.opens.insert(0, PairOpen())
    block.closes.append(PairClose())


def _side(sheet: Sheet, block: Block) -> None:
    block.opens.append(SideOpen(block.name[:2], _whole(sheet, block.head)))
    block.closes.append(SideClose())


def _edits(sheet: Sheet, block: Block) -> Iterator[Edit]:
    """The fences' replacements; the end of a block that was left open stands where the next one begins."""
    yield (*block.head.line, _paragraph(sheet, block.opens))
    yield (*(block.tail.line if block.tail else (block.body[1], block.body[1])), _paragraph(sheet, block.closes))


def _paragraph(sheet: Sheet, holes: Iterable[Hole | str]) -> str:
    return "\n\n" + "".join(map(sheet.hole, holes)) + "\n\n"


def _wrong(sheet: Sheet, spot: Spot, message: str, hint: str) -> None:
    sheet.trouble("bad-block", spot, message, hint)


def _whole(sheet: Sheet, fence: Fence) -> Spot:
    return sheet.spot(*fence.whole)


def _argument_spot(sheet: Sheet, block: Block) -> Spot:
    return sheet.spot(*block.head.argument_span)
