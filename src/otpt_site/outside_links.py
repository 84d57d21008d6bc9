"""The links of the guide that lead to other sites, each with the place where it is written."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

import msgspec

from otpt_site.diagnostics import Place
from otpt_site.guide import LINKABLE
from otpt_site.guide.records import Passage, Record
from otpt_site.library import Guide

DOI_RESOLVER: Final = "https://doi.org/"
"""Where a DOI leads, whoever publishes what it names: https://www.doi.org/the-identifier/resources/handbook/"""

_HREF: Final = re.compile(r'\shref="(https?://[^"]+)"')
_OTHER_KINDS: Final = ("area", "safety")


class OutsideLink(NamedTuple):
    """An address elsewhere, and where it is written."""

    url: str
    place: Place


def outside_links(guide: Guide) -> tuple[OutsideLink, ...]:
    """All links of the guide to other sites, in the order of their places."""
    found = {link for record in _records(guide) for link in _of_record(record)}
    return tuple(sorted(found, key=lambda link: (link.place, link.url)))


def _records(guide: Guide) -> Iterator[Record]:
    yield guide.site
    for kind in (*LINKABLE, *_OTHER_KINDS):
        yield from guide.shelf(kind).values()


def _of_record(record: Record) -> Iterator[OutsideLink]:
    for name in record.__struct_fields__:
        if name != "key_places":
            yield from _of_value(getattr(record, name), name, record.place_of(name))


def _of_value(value: object, name: str, place: Place) -> Iterator[OutsideLink]:
    """The links in the value of a field; `place` is that of the key it stands under."""
    if isinstance(value, str) and name == "doi" and value:
        yield OutsideLink(DOI_RESOLVER + value, place)
    elif isinstance(value, str) and value.startswith(("https://", "http://")):
        yield OutsideLink(value, place)
    elif isinstance(value, Passage):
        yield from _of_passage(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _of_value(item, name, place)
    elif isinstance(value, msgspec.Struct):
        for inner in value.__struct_fields__:
            yield from _of_value(getattr(value, inner), inner, place)


def _of_passage(passage: Passage) -> Iterator[OutsideLink]:
    searched: dict[str, int] = {}
    for segment in passage.prose.segments:
        for found in _HREF.finditer(segment if isinstance(segment, str) else getattr(segment, "html", "")):
            url = unescape(found[1])
            at = passage.written.find(url, searched.get(url, 0))
            searched[url] = at + 1
            yield OutsideLink(url, _place(passage, at, len(url)))


def _place(passage: Passage, at: int, length: int) -> Place:
    """The place of what is written at this index of the passage; its beginning when it is written some other way."""
    start = max(0, at)
    line = passage.written.count("\n", 0, start)
    column = start - (passage.written.rfind("\n", 0, start) + 1) + (passage.value.first_column if line == 0 else 1)
    return Place(passage.path, passage.first_line + line, column, length if at >= 0 else 1)
