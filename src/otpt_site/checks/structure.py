"""Structure: headings in steps, tables with captions and headers, pictures with words and of a bearable weight."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from io import BytesIO
from typing import Final

import msgspec

from otpt_site.assets import is_picture
from otpt_site.checks.findings import Finding
from otpt_site.diagnostics import Diagnostic, Place, problem
from otpt_site.guide.records import Passage, Record
from otpt_site.library import Guide
from otpt_site.markup import Heading, ImageHole
from otpt_site.sources import SourceFile
from otpt_site.wording import READING_ORDER, PageText, passages

LONGEST_ALT: Final = 150
HEAVIEST: Final = 200_000
"""The bytes that a picture may have: at 1.6 Mbit/s, a slow phone's, it takes a second."""
WIDEST: Final = 1_600
"""Twice the pixels of the widest column of text, for screens that show two of them where others show one."""

_SAYS_PICTURE: Final = re.compile(
    r"(?:an? |the )?(?:image|picture|photo|photograph|drawing|graphic|icon)s? (?:of|showing|that shows)\b",
    re.IGNORECASE,
)
_FILE_NAME: Final = re.compile(
    r"\S+\.(?:png|jpe?g|gif|svg|webp|avif)|(?:img|dsc|image|screenshot)[ _-]?\d+", re.IGNORECASE
)
_TABLE: Final = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_HEAD_CELL: Final = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")
# What stands for a hole of a text: it will be filled with words.
_HOLE: Final = "\ufffc"


def check_structure(_guide: Guide, text: PageText) -> Iterator[Finding]:
    """Headings, tables and words for pictures of one page."""
    for passage in filter(_has_structure, _passages(text)):
        yield from _headings(passage)
        yield from _tables(passage)
        yield from _alt_texts(passage)


def check_pictures(guide: Guide) -> Iterator[Diagnostic]:
    """Pictures that cost readers more than they give."""
    for file in guide.media.values():
        yield from _picture(file)


def _passages(text: PageText) -> Iterator[Passage]:
    record = text.record
    for name in _holders(type(record)):
        yield from passages(getattr(record, name))


@cache
def _holders(kind: type[Record]) -> tuple[str, ...]:
    """The keys of a kind that hold passages, in the order in which the kind lists them."""
    holders = {"summary", *READING_ORDER[kind]}
    return tuple(name for name in kind.__struct_fields__ if name in holders)


def _has_structure(passage: Passage) -> bool:
    """Whether there is anything but words in a text; in most keys there is not."""
    prose = passage.prose
    return bool(prose.headings) or any(not isinstance(segment, str) or "<" in segment for segment in prose.segments)


def _headings(passage: Passage) -> Iterator[Finding]:
    lines = passage.written.splitlines()
    level = 1
    for heading in passage.prose.headings:
        place = partial(passage.place, heading.spot)
        if _is_title(lines[heading.spot.line - 1 : heading.spot.line + 1]):
            message = "the title of a page is its first heading, and this is another one of that rank"
            yield Finding("second-title", place, message)
        elif heading.level > level + 1:
            yield Finding("skipped-heading", place, _skipped(heading, level))
        if not heading.words and _is_bare(heading, passage):
            yield Finding("empty-heading", place, "this heading has no words")
        level = heading.level


def _is_bare(heading: Heading, passage: Passage) -> bool:
    """Whether nothing will be put into the heading: the name of a page that it refers to, for example."""
    nothing = f' id="{heading.id}"></h{heading.level}>'
    return any(nothing in segment for segment in passage.prose.segments if isinstance(segment, str))


def _is_title(lines: Sequence[str]) -> bool:
    """Whether a heading is written as one of the first rank: `# …`, or underlined with `===`."""
    return re.match(r" {0,3}#(?!#)", lines[0]) is not None or (
        len(lines) > 1 and re.fullmatch(r" {0,3}=+\s*", lines[1]) is not None
    )


def _skipped(heading: Heading, level: int) -> str:
    signs = "#" * (level + 1)
    above = "the page's title" if level == 1 else f"a heading of rank {level}"
    return f"a heading of rank {heading.level} follows {above}: {signs} would be the next step"


def _tables(passage: Passage) -> Iterator[Finding]:
    if not any(isinstance(segment, str) and "<table>" in segment for segment in passage.prose.segments):
        return
    html = "".join(segment if isinstance(segment, str) else _HOLE for segment in passage.prose.segments)
    for table in _TABLE.finditer(html):
        cells = [_words(cell) for cell in _HEAD_CELL.findall(table[1])]
        place = partial(passage.place_of_words, " ".join(cells))
        if not all(cells):
            yield Finding("empty-table-header", place, f"column {cells.index('') + 1} of this table has no header")
        if "<caption>" not in table[1]:
            yield Finding("missing-caption", place, "this table has no caption")


def _words(html: str) -> str:
    return _TAG.sub("", html).strip()


def _alt_texts(passage: Passage) -> Iterator[Finding]:
    for hole in passage.prose.holes(ImageHole):
        alt = hole.alt.strip()
        place = partial(_place_of_alt, passage, hole)
        if found := _SAYS_PICTURE.match(alt):
            message = f"screen readers say that it is a picture, so '{found[0]}' is said twice"
            yield Finding("poor-alt", place, message, "Begin with what it shows.")
        elif _FILE_NAME.fullmatch(alt):
            yield Finding("poor-alt", place, f"'{alt}' is the name of a file, and tells nothing")
        elif len(alt) > LONGEST_ALT:
            message = f"the words for this picture have {len(alt)} characters, of at most {LONGEST_ALT}"
            yield Finding("poor-alt", place, message, "Say what matters here, and tell the rest in the text.")


def _place_of_alt(passage: Passage, hole: ImageHole) -> Place:
    """Where the words for a picture stand: in front of its address, which is the answer when they can't be found there.

    A text in front matter knows the place of the address alone.
    """
    place = passage.place(hole.spot)
    if passage.value.spots:
        return place
    before = passage.written.split("\n")[hole.spot.line - 1][: hole.spot.column - 1]
    if not before.endswith(f"[{hole.alt}]("):
        return place
    return msgspec.structs.replace(place, column=place.column - len(hole.alt) - 2, length=len(hole.alt))


def _picture(file: SourceFile) -> Iterator[Diagnostic]:
    if file.refused or not is_picture(file.path):
        return
    place = Place(file.shown_path)
    if len(file.data) > HEAVIEST:
        message = f"this picture has {len(file.data) // 1000} KB, of at most {HEAVIEST // 1000}"
        yield problem("heavy-picture", place, message)
    if file.path.lower().endswith(".svg"):
        return
    import imagesize

    width, _ = imagesize.get(BytesIO(file.data))
    if width <= 0:
        yield problem("unreadable-picture", place, "this file can't be read as a picture")
    elif width > WIDEST:
        yield problem("wide-picture", place, f"this picture is {width} pixels wide, of at most {WIDEST}")
