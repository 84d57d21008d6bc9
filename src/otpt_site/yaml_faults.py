"""What a YAML reader's complaint means, in the words of someone who writes texts: the fault, its place and its cure.

A YAML reader says where it got stuck, which is often a line below the mistake, and names things no editor has heard
of. Here the lines around that spot are looked at again for the commonest mistakes. Knows no YAML library.
"""

import re
from typing import Final

import msgspec

Spot = tuple[int, int]
"""Line and column in the text, both from 0."""

_VALUE: Final = re.compile(r" *(?:- +)*(?:[\w-]+ *: +)?(?=\S)")
# A text that begins with something in brackets; a list ends with them.
_GOES_ON: Final = re.compile(r"\[[^\]]*\] *[^\s#]")
_NO_SPACE: Final = re.compile(r" *(?:- +)*[\w-]+(:)(?!//)\S")
_FALSE_SPACE: Final = re.compile(r"(?:^ *(?:- +)*|(?<=[:-]))([\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff])")
_KEY: Final = re.compile(r" *(?:- +)*[\w-]+ *:(?: |$)")
_KEY_WITH_TEXT: Final = re.compile(r" *(?:- +)*[\w-]+ *: +[^\s|>]")
_CLOSING: Final = {"[": "]", "{": "}"}
_SIGNS: Final = frozenset("@`%*&!|>[]{},?-")
_QUOTE_IT: Final = "Put the whole text in double quotes."


class Complaint(msgspec.Struct, frozen=True):
    """What the reader said and where it got stuck.

    Beside it: where the thing begins that it was reading, where the bracket stands that is still open, and
    what it had just read if that was a text in quotes.
    """

    said: str
    at: Spot
    begun: Spot | None = None
    inside: Spot | None = None
    quoted: tuple[Spot, Spot] | None = None


class Fault(msgspec.Struct, frozen=True):
    """The mistake that is behind a complaint."""

    spot: Spot
    message: str
    hint: str
    rule: str = "yaml-syntax"
    length: int = 1


def explained(complaint: Complaint, text: str, *, in_page: bool) -> Fault:
    """The mistake that is most likely behind `complaint` about `text`; `in_page` when a page's own text follows it."""
    lines = [*text.split("\n"), ""]
    found = (explain(complaint, lines) for explain in _EXPLANATIONS)
    fault = next((fault for fault in found if fault), None) or _unknown(complaint)
    return _with_page_hint(fault, lines) if in_page else _within(fault, lines[:-1])


def first_sign(sign: str, spot: Spot) -> Fault:
    """A text begins with a sign that means something else to YAML."""
    hint = _QUOTE_IT
    if sign == "-":
        hint = "Put the text in double quotes, or begin the list on the next line."
    elif sign in _CLOSING:
        meant = "it is a list" if sign == "[" else "these are keys"
        hint = f"Put the whole text in double quotes. If {meant}, end the line behind the {_CLOSING[sign]}."
    return Fault(spot, f"a text can't begin with {sign}", hint)


def _unknown(complaint: Complaint) -> Fault:
    return Fault(complaint.at, f"this can't be read: {complaint.said}", "Look at the line named and the one above it.")


def _with_page_hint(fault: Fault, lines: list[str]) -> Fault:
    """Texts have blank lines between their parts and keys have not: behind one, the closing line may be missing."""
    line = fault.spot[0]
    if line and not lines[line - 1].strip() and not _KEY.match(lines[line]):
        return msgspec.structs.replace(fault, hint="If the text of the page begins here, put a line --- above it.")
    return fault


def _within(fault: Fault, lines: list[str]) -> Fault:
    """The reader may get stuck behind the last line of a table: that is told at its end."""
    if fault.spot[0] < len(lines):
        return fault
    return msgspec.structs.replace(fault, spot=(len(lines) - 1, len(lines[-1])))


def _tab(complaint: Complaint, lines: list[str]) -> Fault | None:
    line, column = complaint.at
    if lines[line][column : column + 1] != "\t":
        return None
    return Fault(complaint.at, "this line is indented with a tab", "Use spaces instead.", "yaml-tab")


def _false_space(complaint: Complaint, lines: list[str]) -> Fault | None:
    for line in {complaint.begun[0] if complaint.begun else complaint.at[0], complaint.at[0]}:
        found = _FALSE_SPACE.search(lines[line])
        if found:
            message = "this looks like a space, but is another character"
            return Fault((line, found.start(1)), message, "Delete it and type a space.")
    return None


def _endless_quote(complaint: Complaint, _: list[str]) -> Fault | None:
    if not complaint.begun or "end of stream" not in complaint.said:
        return None
    return Fault(complaint.begun, "this quote mark has no partner", "Add one like it at the end of the text.")


def _early_quote(complaint: Complaint, lines: list[str]) -> Fault | None:
    """Something stands behind a closing quote mark."""
    if not complaint.quoted:
        return None
    start, end = complaint.quoted
    if end[0] != complaint.at[0] or lines[end[0]][end[1] : complaint.at[1]].strip(" "):
        return None
    if any(_KEY.match(line) for line in lines[start[0] + 1 : end[0] + 1]):
        return _endless_quote(msgspec.structs.replace(complaint, begun=start, said="end of stream"), lines)
    if complaint.inside:
        hint = "Put a comma between two texts. If it is one text, put other quotes around all of it."
        return Fault(complaint.at, "something stands behind a closing quote mark", hint)
    other = "double" if lines[start[0]][start[1]] == "'" else "single"
    message = "the text goes on behind its closing quote mark"
    return Fault(complaint.at, message, f"Put {other} quotes around the whole text, from its first sign to its last.")


def _colon_in_brackets(complaint: Complaint, _: list[str]) -> Fault | None:
    if "found unexpected ':'" not in complaint.said:
        return None
    return Fault(complaint.at, "there is a colon inside this text", _QUOTE_IT, "yaml-colon")


def _first_sign(complaint: Complaint, lines: list[str]) -> Fault | None:
    line, column = complaint.at
    found = _VALUE.match(lines[line])
    start = found.end() if found else column
    if "cannot start any token" in complaint.said and not _GOES_ON.match(lines[line], start):
        # It stands in a list, and begins an item of it.
        start = column
    sign = lines[line][start : start + 1]
    if sign not in _SIGNS or start > column or "expected ',' or" in complaint.said:
        return None
    if sign == "-" and "not allowed" not in complaint.said:
        return None
    return first_sign(sign, (line, start))


def _bracket(complaint: Complaint, lines: list[str]) -> Fault | None:
    begun = complaint.inside
    if not begun or not re.search(r"expected (?:',' or|node content)", complaint.said):
        return None
    if begun[0] == complaint.at[0]:
        hint = "Put each text in double quotes, or write one on a line, each after a dash."
        return Fault(complaint.at, "the list in brackets can't be read from here on", hint)
    sign = lines[begun[0]][begun[1]]
    close = "]" if sign == "[" else "}"
    hint = f"Add {close} at its end. If this is a text and no list, put it in double quotes."
    return Fault(begun, f"this {sign} has no partner", hint)


def _no_key(complaint: Complaint, lines: list[str]) -> Fault | None:
    """A line that should be a key with a colon."""
    if not complaint.begun or "could not find expected ':'" not in complaint.said:
        return None
    row, column = complaint.begun
    line = lines[row]
    if re.match(r" *-[^\s-]", line):
        return Fault((row, line.index("-")), "a space is missing behind this dash", "Put a space between the two.")
    glued = _NO_SPACE.match(line)
    if glued:
        return Fault((row, glued.start(1)), "a space is missing behind this colon", "Put a space behind it.")
    message = "this line is neither a key with a colon nor part of the text above"
    length = max(1, len(line.rstrip()) - column)
    return Fault((row, column), message, "Add the colon, or indent the line.", length=length)


def _colon(complaint: Complaint, lines: list[str]) -> Fault | None:
    if "mapping values are not allowed" not in complaint.said:
        return None
    row, column = complaint.at
    before = lines[row][:column]
    if re.fullmatch(r" +(?:- +)*[\w-]+ *", before):
        hint = "Begin it in the column of the key above. If it belongs to the text above, put that in double quotes."
        message = "this key is indented deeper than those above it"
        return Fault((row, len(before) - len(before.lstrip())), message, hint, length=len(before.strip()))
    return Fault(complaint.at, "there is a colon inside this text", _QUOTE_IT, "yaml-colon")


def _columns(complaint: Complaint, lines: list[str]) -> Fault | None:
    """A line does not stand in the column of those it belongs to."""
    if not re.search(r"did not find expected (?:key|'-' indicator|<document start>)", complaint.said):
        return None
    row, column = complaint.at
    line = lines[row]
    if line.lstrip().startswith(":"):
        return Fault((row, line.index(":")), "there is no key in front of this colon", "Write the key.")
    if line.lstrip().startswith("-"):
        return _dash((row, line.index("-")), lines)
    hint = "Begin all keys that belong together in one column."
    return Fault((row, column), "this line does not stand in the column of those above it", hint)


def _dash(spot: Spot, lines: list[str]) -> Fault:
    above = next((line for line in reversed(lines[: spot[0]]) if line.strip()), "")
    if _KEY_WITH_TEXT.match(above) and not above.lstrip().startswith("-"):
        hint = "Write the key alone on its line and the list below, or join this to the text."
        return Fault(spot, "a list begins here, but the key above it has a text already", hint)
    hint = "Begin all dashes of a list in one column."
    return Fault(spot, "this dash does not stand in the column of those above it", hint)


def _backslash(complaint: Complaint, _: list[str]) -> Fault | None:
    if "escape" not in complaint.said and "hexdecimal" not in complaint.said:
        return None
    message = "a backslash in double quotes begins a code, and this is none"
    return Fault(complaint.at, message, "Put the text in single quotes, or write two backslashes.")


_EXPLANATIONS: Final = (
    _tab,
    _false_space,
    _endless_quote,
    _early_quote,
    _colon_in_brackets,
    _first_sign,
    _bracket,
    _no_key,
    _colon,
    _columns,
    _backslash,
)
