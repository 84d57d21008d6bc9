"""What a content folder holds, by id, for a command that adds to it: read quickly, and also when it is broken."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from otpt_site.diagnostics import Diagnostic, absolute, in_order
from otpt_site.guide import PAGE_KINDS, TABLES
from otpt_site.guide.records import Record
from otpt_site.guide.site import Site
from otpt_site.part_bytes import parts_of
from otpt_site.parts import SITE_FILE, is_content
from otpt_site.rules import Severity
from otpt_site.sources import SourceFile, read_sources


class Holdings(NamedTuple):
    """The records of all tables by kind and id, None for one with a mistake in it; of pages the ids alone.

    `files` are the bytes of each file by path; `site` are the settings, None when they can't be used; `problems` are
    the errors in the tables and the settings.
    """

    records: Mapping[str, Mapping[str, Record | None]]
    files: Mapping[str, bytes]
    site: Site | None
    problems: tuple[Diagnostic, ...]


def holdings_of(content: Path) -> Holdings:
    """What the folder `content` holds."""
    found: list[Diagnostic] = []
    records: dict[str, dict[str, Record | None]] = {kind: {} for kind, _ in PAGE_KINDS.values()}
    records |= {kind: {} for lists in TABLES.values() for _, kind, _ in lists}
    sources = read_sources(absolute(content), found.append)
    site = None
    for source in sources:
        folder, _, name = source.path.partition("/")
        if not is_content(source.path):
            continue
        if folder in PAGE_KINDS:
            records[PAGE_KINDS[folder][0]][PurePosixPath(name).stem] = None
            continue
        site = _add_rows(records, source, found) or site
    errors = (one for one in found if one.severity is Severity.ERROR)
    return Holdings(records, {source.path: source.data for source in sources}, site, in_order(errors))


def _add_rows(
    records: Mapping[str, dict[str, Record | None]], source: SourceFile, found: list[Diagnostic]
) -> Site | None:
    """Adds the rows of a table; the settings, when the file holds those."""
    file = parts_of(source)
    found += file.diagnostics
    for part in file.parts:
        if part.claims:
            records[part.kind].setdefault(part.id, part.record)
    settings = next((part.record for part in file.parts), None) if source.path == SITE_FILE else None
    return settings if isinstance(settings, Site) else None
