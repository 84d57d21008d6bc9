"""The pipeline: from content on disk to the site in the output folder. The only place where all stages meet."""

import datetime
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from otpt_site.assets import Asset, TemplateFolder, is_picture, media_assets, template_assets
from otpt_site.checks import check_guide
from otpt_site.diagnostics import Diagnostic, Place, Report, absolute, in_order, problem, shown_path
from otpt_site.documents import Document, read_document
from otpt_site.guide.site import Site
from otpt_site.library import Guide, build_guide, is_content, is_media, read_site
from otpt_site.lock import output_lock
from otpt_site.output_folder import read_output
from otpt_site.pages.addresses import BaseUrl, parse_base_url
from otpt_site.pages.plan import SitePlan
from otpt_site.pages.site import missing_assets, plan_site
from otpt_site.publish import Published, check_output, foreign_files, publish
from otpt_site.render import OutputFile, render_site
from otpt_site.rules import RULES, Severity
from otpt_site.sources import SourceFile, read_sources
from otpt_site.theme import Theme, is_known_language, template_folders

Progress = Callable[[int, int], None]


class BuildRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What to build, and how. `out` is None to check only; `today` None for now in the site's time zone."""

    content: Path
    templates: Path
    out: Path | None
    base_url: str | None = None
    strict: bool = False
    drafts: bool = False
    today: datetime.date | None = None

    @property
    def root(self) -> Path:
        """The project's folder: the paths in problems are relative to it."""
        return absolute(self.content).parent


class BuildReport(msgspec.Struct, frozen=True):
    """What came of it. `pages` counts the pages of the site.

    `stopped` says that problems kept the site from being built; `cut_short` that this happened while it was written.
    """

    pages: int
    files: Published
    diagnostics: tuple[Diagnostic, ...]
    stopped: bool
    cut_short: bool = False


def build(request: BuildRequest, progress: Progress = lambda _done, _total: None) -> BuildReport:
    """Builds the site, or checks it when the request has no output folder."""
    found: list[Diagnostic] = []
    folders = template_folders(request.templates, request.root)
    if request.out:
        inputs = (request.content, request.templates)
        check_output(request.out, inputs, shown_path(request.out, request.root), found.append)
    guide, media = _read(request, found)
    theme = Theme(folders, _language(guide))
    found += theme.problems()
    pictures = media_assets(media, found.append)
    base = _base_url(request, guide, found.append)
    assets = _template_assets(folders, found.append)
    if guide is None or _stops(found, request):
        # Pages of a broken guide can't be made whole; what filling templates would tell waits until it is mended.
        return _finished(0, found, stopped=True)
    plan = plan_site(guide, base, assets, pictures, request.drafts, found.append)
    files = render_site(plan, theme, found.append, progress)
    return _written(request, plan, files, found)


def _read(request: BuildRequest, found: list[Diagnostic]) -> tuple[Guide | None, list[SourceFile]]:
    """The guide in the content folder, checked, and its pictures."""
    content = absolute(request.content)
    sources = read_sources(content, found.append)
    if not sources:
        return None, []
    documents, media = _sorted_out(sources, found)
    site = read_site(documents, content.name, found.append)
    today = request.today or _today(site)
    guide = build_guide(documents, media, site, today, request.drafts, found.append)
    if guide:
        check_guide(guide, found.append)
    return guide, media


def _sorted_out(sources: tuple[SourceFile, ...], found: list[Diagnostic]) -> tuple[list[Document], list[SourceFile]]:
    """The documents and the pictures among the sources; what is neither is reported."""
    documents, media = [], []
    for source in sources:
        if is_content(source.path):
            documents.append(read_document(source, found.append))
        elif is_media(source.path) and is_picture(source.path):
            media.append(source)
        elif is_media(source.path):
            message = "only pictures are published from here, and this file is none"
            found.append(problem("misplaced-file", Place(source.shown_path), message, "Take it out of content/."))
        elif not source.refused:
            found.append(problem("misplaced-file", Place(source.shown_path), "no kind of content is kept here"))
    return documents, media


def _today(site: Site | None) -> datetime.date:
    """Today in the site's time zone; the only reading of a clock. A zone that does not exist is reported elsewhere."""
    try:
        zone = ZoneInfo(site.timezone if site else "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = ZoneInfo("UTC")
    return datetime.datetime.now(zone).date()


def _language(guide: Guide | None) -> str:
    """The site's language; English to look through the templates with when there is none that can be used."""
    return guide.site.language if guide and is_known_language(guide.site.language) else "en"


def _base_url(request: BuildRequest, guide: Guide | None, report: Report) -> BaseUrl:
    if request.base_url is not None:
        return parse_base_url(request.base_url, Place("--base-url"), report)
    if guide is None:
        return BaseUrl("", "/")
    return parse_base_url(guide.site.base_url, guide.site.place_of("base_url"), report)


def _template_assets(folders: tuple[TemplateFolder, ...], report: Report) -> tuple[Asset, ...]:
    assets = template_assets(folders, report)
    folder = folders[0].shown if folders else "templates"
    for name in missing_assets(assets):
        report(problem("template-missing", Place(f"{folder}/assets/{name}"), f"there is no {name} in assets/"))
    return assets


def _written(
    request: BuildRequest, plan: SitePlan, files: tuple[OutputFile, ...], found: list[Diagnostic]
) -> BuildReport:
    """Puts the files into the output folder, if there is one and nothing forbids it."""
    published: Published | None = Published()
    if request.out:
        shown = shown_path(request.out, request.root)
        with output_lock(request.out, shown, found.append) as held:
            output = read_output(request.out, shown, found.append) if held else None
            if output:
                foreign_files(output, files, found.append)
            if output and not _stops(found, request):
                published = publish(output, files, found.append)
    return msgspec.structs.replace(
        _finished(plan.reader_pages, found, stopped=_stops(found, request)),
        files=published or Published(),
        cut_short=published is None,
    )


def _stops(found: list[Diagnostic], request: BuildRequest) -> bool:
    return any(
        diagnostic.severity is Severity.ERROR
        or (request.strict and diagnostic.severity is Severity.WARNING and RULES[diagnostic.rule].stops_strict_builds)
        for diagnostic in found
    )


def _finished(pages: int, found: list[Diagnostic], *, stopped: bool) -> BuildReport:
    return BuildReport(pages, Published(), in_order(found), stopped)
