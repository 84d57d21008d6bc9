"""The pipeline: from content on disk to the site in the output folder. The only place where all stages meet."""

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

import msgspec

from otpt_site.assets import Asset, is_picture, media_assets, template_assets
from otpt_site.cache import Store
from otpt_site.checks import check_guide
from otpt_site.checks.traits import Measures, Traits
from otpt_site.diagnostics import Diagnostic, Found, Place, Report, absolute, in_order, problem, shown_path
from otpt_site.guide import PAGE_KINDS
from otpt_site.library import Calendar, Guide, build_guide, is_media, site_of
from otpt_site.lock import output_lock
from otpt_site.outcome import LAST, STOPPED, Last, Outcome
from otpt_site.output_folder import Look
from otpt_site.pages.addresses import BaseUrl, parse_base_url
from otpt_site.pages.plan import OutputFile, SitePlan
from otpt_site.pages.site import missing_assets, plan_site
from otpt_site.part_bytes import EncodedParts, decoded_parts, encoded_parts
from otpt_site.parts import FileParts, is_content, unread_parts
from otpt_site.publish import Published, foreign_files, publish
from otpt_site.render import Edition, Renderer
from otpt_site.request import BuildReport, BuildRequest, Inputs, Progress, Today, stops
from otpt_site.sources import SourceFile
from otpt_site.spool import Spool
from otpt_site.suggestions import nearest
from otpt_site.template_files import TemplateFolder, digest_of_templates
from otpt_site.templates_ahead import TemplatesAhead
from otpt_site.texts import Net
from otpt_site.theme import Findings, Theme, is_known_language
from otpt_site.timings import Timings
from otpt_site.workers import spread

NET: Final = "net"
"""The namespace of the net of the last whole site in the store; the keys are `Inputs.apart`."""
_PARTS: Final = "parts"
_DRAWERS: Final = "drawers"
_PAY: Final = 800_000
"""From so many bytes on, several processes read them faster than one."""


class Survey(NamedTuple):
    """All that is known of a site before a page of it is filled. `found` are the problems, in no order.

    `guide` is None when there are no settings to build with, `plan` when problems keep pages from being made.
    """

    theme: Theme
    files: tuple[FileParts, ...]
    media: tuple[SourceFile, ...]
    base: BaseUrl
    guide: Guide | None
    traits: tuple[Traits, ...]
    plan: SitePlan | None
    found: Found


def survey(
    request: BuildRequest, inputs: Inputs, today: Today, store: Store, ahead: TemplatesAhead, timings: Timings
) -> Survey:
    """Reads, resolves, checks and plans the site; fills and writes nothing."""
    found = Found(inputs.diagnostics)
    media = pictures_among(inputs.sources)
    with timings.stage("parse"):
        files = tuple(_parts([source for source in inputs.sources if is_content(source.path)], store))
    with timings.stage("resolve"):
        guide = _guide(request, inputs.sources, files, media, today, found)
    with timings.stage("check"):
        traits = check_guide(guide, found.append, store) if guide else ()
    with timings.stage("templates"):
        workshop = set_up(request, inputs, guide, media, store, ahead, found)
    plan = None
    # Pages of a broken guide can't be made whole; what filling templates would tell waits until it is mended.
    if guide and not stops(found, strict=request.strict):
        with timings.stage("plan"):
            plan = workshop.plan(guide, request, found)
    return Survey(workshop.theme, files, media, workshop.base, guide, traits, plan, found)


class Workshop(NamedTuple):
    """What pages are made with, beside the guide."""

    theme: Theme
    base: BaseUrl
    assets: tuple[Asset, ...]
    pictures: tuple[Asset, ...]

    def plan(self, guide: Guide, request: BuildRequest, found: Found) -> SitePlan:
        """The plan of the site of this guide."""
        return plan_site(guide, self.base, self.assets, self.pictures, request.drafts, found.append)


def set_up(
    request: BuildRequest,
    inputs: Inputs,
    guide: Guide | None,
    media: Sequence[SourceFile],
    store: Store,
    ahead: TemplatesAhead,
    found: Found,
) -> Workshop:
    """Makes ready what pages are made with."""
    language = _language(guide)
    theme = Theme(inputs.folders, language, store.engine)
    found.extend(_look_through(theme, language, inputs, store, ahead).problems)
    pictures = media_assets(media, found.append)
    base = _base_url(request, guide, found.append)
    return Workshop(theme, base, _template_assets(inputs.folders, found.append), pictures)


def pictures_among(sources: Iterable[SourceFile]) -> tuple[SourceFile, ...]:
    """The pictures of the content."""
    return tuple(source for source in sources if is_media(source.path) and is_picture(source.path))


def run(
    request: BuildRequest,
    inputs: Inputs,
    of_output: tuple[Diagnostic, ...],
    look: Look | None,
    today: Today,
    store: Store,
    ahead: TemplatesAhead,
    progress: Progress,
    timings: Timings,
) -> BuildReport:
    """Builds or checks the site. `of_output` are the problems with the output folder, `look` is one at it."""
    surveyed = survey(request, inputs, today, store, ahead, timings)
    return run_surveyed(request, inputs, surveyed, of_output, look, store, progress, timings)


def run_surveyed(
    request: BuildRequest,
    inputs: Inputs,
    surveyed: Survey,
    of_output: tuple[Diagnostic, ...],
    look: Look | None,
    store: Store,
    progress: Progress,
    timings: Timings,
) -> BuildReport:
    """Builds or checks a site that was looked at already."""
    found, guide, plan = surveyed.found, surveyed.guide, surveyed.plan
    # What was changed while it was read is not kept: it would stand for what it was before.
    steady = digest_of_templates(inputs.folders) == inputs.templates
    if guide is None or plan is None or of_output:
        if not of_output and inputs.sources and steady:
            store.save(STOPPED, inputs.key, _outcome(0, None, found, guide))
        links = guide.links if guide else 0
        return BuildReport(0, Published(), in_order((*found, *of_output)), stopped=True, links=links)
    with Spool(store.folder) as spool:
        edition = edition_of(request, inputs, surveyed.base, surveyed.media, surveyed.files, guide)
        renderer = Renderer(surveyed.theme, store, spool, look, edition)
        with timings.stage("render"):
            made = renderer.files(plan, found.append, progress)
        with timings.stage("keep"):
            if digest_of_templates(inputs.folders) == inputs.templates:
                whole = not stops(found, strict=request.strict)
                renderer.keep(whole=whole)
                if whole:
                    store.save(NET, inputs.apart, Net.of(edition.surroundings, surveyed.files))
                    files = {file.path: file.digest for file in made}
                    outcome = _outcome(plan.reader_pages, files, found, guide)
                    measures = [page.measures for page in surveyed.traits]
                    keep_last(store, inputs, outcome, edition.surroundings, measures)
            store.forget_unused()
        with timings.stage("publish"):

            def complete(look_again: Look) -> tuple[OutputFile, ...]:
                return renderer.completed(plan, made, look_again, found.append)

            report = written(request, plan.reader_pages, made, look, found, complete)
        return msgspec.structs.replace(report, links=guide.links, rendered=tuple(renderer.rendered))


def edition_of(
    request: BuildRequest,
    inputs: Inputs,
    base: BaseUrl,
    media: Iterable[SourceFile],
    files: Iterable[FileParts],
    guide: Guide,
) -> Edition:
    """Which site is made: that of this guide, in which pages see these files and pictures."""
    name = repr((base, request.drafts, absolute(request.content).name))
    common = hashlib.sha256(f"{inputs.engine} {inputs.templates} {name}".encode())
    for picture in media:
        common.update(f"{picture.path}\0{picture.digest}".encode(errors="surrogateescape"))
    surroundings = common.copy()
    for file in files:
        surroundings.update(file.path.encode() + b"\0" + file.outline)
    own = {source.shown_path: source.digest for source in inputs.sources}
    return Edition(name, common.digest(), surroundings.digest(), own, guide.texts, guide.calendar)


def _look_through(theme: Theme, language: str, inputs: Inputs, store: Store, ahead: TemplatesAhead) -> Findings:
    """What is to be said of the templates, found now or when they were the same."""
    key = f"{inputs.engine} {inputs.templates}".encode()
    findings = store.load("templates", key, Findings)
    found = ahead.take(language, wait=findings is None)
    if findings is None:
        findings = found or theme.look_through()
        # Without content there is nothing to keep it for: a folder that is no project stays as it is.
        if inputs.sources and digest_of_templates(inputs.folders) == inputs.templates:
            store.save("templates", key, findings)
    theme.trust(findings)
    return findings


def _outcome(pages: int, files: dict[str, str] | None, found: Iterable[Diagnostic], guide: Guide | None) -> Outcome:
    timezone = guide.site.timezone if guide else "UTC"
    links = guide.links if guide else 0
    since, until = (guide.calendar.since, guide.calendar.until) if guide else (None, None)
    return Outcome(pages, files, in_order(found), links, timezone, since, until)


def keep_last(
    store: Store, inputs: Inputs, outcome: Outcome, surroundings: bytes, measures: Sequence[Measures]
) -> None:
    """Keeps what a whole site was made from, and what came of it."""
    sources = {source.path: source.digest for source in inputs.sources}
    counted = msgspec.Raw(msgspec.msgpack.encode(measures))
    store.save(LAST, inputs.apart, Last(inputs.key, outcome, sources, surroundings, counted))


def _guide(
    request: BuildRequest,
    sources: Sequence[SourceFile],
    files: Sequence[FileParts],
    media: Sequence[SourceFile],
    today: Today,
    found: Found,
) -> Guide | None:
    """The guide in the content folder."""
    if not sources:
        return None
    found.extend(_misplaced(sources))
    site = site_of(files, absolute(request.content).name, found.append)
    calendar = Calendar(today(site.timezone if site else "UTC"))
    guide = build_guide(files, media, site, calendar, request.drafts, found.append)
    if guide:
        found.weigh({setting.rule.id: setting.severity for setting in guide.site.rules})
    return guide


def _misplaced(sources: Sequence[SourceFile]) -> Iterator[Diagnostic]:
    """What is neither content nor a picture."""
    for source in sources:
        if is_media(source.path) and not is_picture(source.path):
            message = "only pictures are published from here, and this file is none"
            yield problem("misplaced-file", Place(source.shown_path), message, "Take it out of content/.")
        elif not is_media(source.path) and not is_content(source.path) and not source.refused:
            folder = source.path.rpartition("/")[0]
            near = "" if folder in PAGE_KINDS else nearest(folder, PAGE_KINDS)
            hint = f"Did you mean the folder {near}/?" if near else ""
            yield problem("misplaced-file", Place(source.shown_path), "no kind of content is kept here", hint)


def _parts(sources: Sequence[SourceFile], store: Store) -> Iterator[FileParts]:
    """The parts of each file, read from it or kept from when its bytes were the same."""
    keys = [_key_of_parts(store, source) for source in sources]
    known = store.get_all(_PARTS, keys)
    new = [source for source, data in zip(sources, known, strict=True) if data is None]
    found = spread(encoded_parts, new, worth=_PAY, cost=lambda source: len(source.data))
    for source, key, data in zip(sources, keys, known, strict=True):
        read = EncodedParts(data, b"") if data else next(found)
        if read is None:
            yield unread_parts(source)
            continue
        if not data:
            _keep_parts(store, key, read)
        store.touch(_DRAWERS, key)
        yield decoded_parts(read.parts, partial(_drawers, store, key, source))


def parts_of_one(source: SourceFile, store: Store, only: Container[str] | None = None) -> FileParts:
    """The parts of one file, read from it or kept from when its bytes were the same; `only` those named, if given."""
    key = _key_of_parts(store, source)
    parts = store.get(_PARTS, key)
    if parts is None:
        read = encoded_parts(source)
        parts = read.parts
        _keep_parts(store, key, read)
    return decoded_parts(parts, partial(_drawers, store, key, source), only)


def kept_parts(source: SourceFile, store: Store) -> FileParts | None:
    """The parts of a file that had this digest once, whatever it holds now; None when they are kept no more."""
    key = _key_of_parts(store, source)
    parts, drawers = store.get(_PARTS, key), store.get(_DRAWERS, key)
    return decoded_parts(parts, lambda: drawers) if parts and drawers else None


def _key_of_parts(store: Store, source: SourceFile) -> bytes:
    key = f"{store.engine} {source.shown_path} {source.path} {source.refused} {source.digest}"
    return key.encode(errors="surrogateescape")


def _keep_parts(store: Store, key: bytes, read: EncodedParts) -> None:
    store.put(_PARTS, key, read.parts)
    store.put(_DRAWERS, key, read.drawers)


def _drawers(store: Store, key: bytes, source: SourceFile) -> bytes:
    """What was left in the drawers of a file; the file is read again when the store can't tell."""
    return store.later(_DRAWERS, key) or encoded_parts(source).drawers


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


def written(
    request: BuildRequest,
    pages: int,
    files: tuple[OutputFile, ...],
    look: Look | None,
    found: Found,
    complete: Callable[[Look], tuple[OutputFile, ...]],
) -> BuildReport:
    """Puts the files into the output folder, if there is one and nothing forbids it.

    `complete` gives the files anew after another look, when another build was at work in the folder meanwhile.
    """
    published: Published | None = Published()
    if look:
        shown = shown_path(look.out, request.root)
        with output_lock(look.out, shown, found.append) as held:
            output = None
            if held and look.is_old():
                # What the other build left is looked at again, and made anew where need be.
                with Look(look.out) as look_again:
                    files = complete(look_again)
                    output = look_again.output(shown, found.append)
            elif held:
                output = look.output(shown, found.append)
            if output:
                foreign_files(output, files, found.append)
            if output and not stops(found, strict=request.strict):
                published = publish(output, files, found.append)
    return BuildReport(
        pages,
        published or Published(),
        in_order(found),
        stops(found, strict=request.strict),
        cut_short=published is None,
    )
