"""The pipeline: from content on disk to the site in the output folder. The only place where all stages meet."""

import datetime
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from otpt_site.assets import media_assets, template_assets
from otpt_site.checks import check_guide
from otpt_site.diagnostics import Diagnostic, Place, Report, in_order, problem
from otpt_site.documents import Document, read_document
from otpt_site.guide.site import Site
from otpt_site.library import build_guide, is_content, is_media, read_site
from otpt_site.pages.addresses import parse_base_url
from otpt_site.pages.site import plan_site
from otpt_site.publish import Published, check_output, foreign_files, publish
from otpt_site.render import render_site
from otpt_site.rules import RULES, Severity
from otpt_site.sources import SourceFile, read_sources
from otpt_site.theme import Theme, template_folders


class BuildRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What to build, and how. `out` is None to check only; `today` None for now in the site's time zone."""

    content: Path
    templates: Path
    out: Path | None
    base_url: str | None = None
    strict: bool = False
    drafts: bool = False
    today: datetime.date | None = None


class BuildReport(msgspec.Struct, frozen=True):
    """What came of it. `pages` counts the pages of the site, `stopped` says that nothing was written because of problems."""

    pages: int
    files: Published
    diagnostics: tuple[Diagnostic, ...]
    stopped: bool


def build(request: BuildRequest, progress: Callable[[int, int], None] = lambda done, total: None) -> BuildReport:
    """Builds the site, or checks it when the request has no output folder."""
    found: list[Diagnostic] = []
    report = found.append
    if request.out:
        check_output(request.out, request.content, report)
    sources = read_sources(request.content, report)
    documents, media = _sorted_out(sources, found)
    site = read_site(documents, request.content.name, report)
    today = request.today or _today(site, report)
    guide = build_guide(documents, media, site, today, request.drafts, report)
    if guide is None:
        return _finished(0, Published(), found, stopped=True)
    check_guide(guide, report)
    base = parse_base_url(request.base_url or guide.site.base_url, guide.site.place_of("base_url"), report)
    folders = template_folders(request.templates)
    pictures = media_assets(media, report)
    if _stops(found, request):
        # Pages of a broken guide can't be made whole; what their templates would say is told once the content is mended.
        return _finished(0, Published(), found, stopped=True)
    plan = plan_site(guide, base, template_assets(folders), pictures, request.drafts, report)
    files = render_site(plan, Theme(folders, guide.site.language), report, progress)
    published = Published()
    if request.out:
        foreign_files(request.out, files, report)
    stopped = _stops(found, request)
    if request.out and not stopped:
        published = publish(files, request.out, report)
    return _finished(len(plan.pages), published, found, stopped=stopped)


def _sorted_out(sources: tuple[SourceFile, ...], found: list[Diagnostic]) -> tuple[list[Document], list[SourceFile]]:
    """The documents and the pictures among the sources; what is neither is reported."""
    documents, media = [], []
    for source in sources:
        if is_content(source.path):
            documents.append(read_document(source, found.append))
        elif is_media(source.path):
            media.append(source)
        else:
            found.append(problem("misplaced-file", Place(source.shown_path), "no kind of content is kept here"))
    return documents, media


def _today(site: Site | None, report: Report) -> datetime.date:
    """Today in the site's time zone; the only reading of a clock."""
    name = site.timezone if site else "UTC"
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        place = site.place_of("timezone") if site else Place("")
        report(problem("unknown-timezone", place, f"there is no time zone '{name}'"))
        zone = ZoneInfo("UTC")
    return datetime.datetime.now(zone).date()


def _stops(found: list[Diagnostic], request: BuildRequest) -> bool:
    return any(
        diagnostic.severity is Severity.ERROR
        or (request.strict and diagnostic.severity is Severity.WARNING and RULES[diagnostic.rule].stops_strict_builds)
        for diagnostic in found
    )


def _finished(pages: int, files: Published, found: list[Diagnostic], *, stopped: bool) -> BuildReport:
    return BuildReport(pages, files, in_order(found), stopped)
