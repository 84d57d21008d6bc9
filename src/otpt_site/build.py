"""The way in: answers from the last build when nothing changed since, and runs the pipeline when something did.

What a build in which nothing changed does not need is not imported here, so that it takes hardly longer than reading
the files does.
"""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from otpt_site.cache import FOLDER, Store, engine_digest
from otpt_site.diagnostics import Diagnostic, Place, absolute, in_order, problem, shown_path
from otpt_site.outcome import LAST, STOPPED, Last, Outcome
from otpt_site.output_folder import Look
from otpt_site.publish import Published, check_output
from otpt_site.request import BuildReport, BuildRequest, Inputs, Progress, Today, stops
from otpt_site.sources import SourceFile, read_sources, with_planned
from otpt_site.template_files import digest_of_templates, template_folders
from otpt_site.timings import Timings

if TYPE_CHECKING:
    from otpt_site.pipeline import Survey

_MOST_EDITS: Final = 20
"""After an edit of more files than this, the whole guide is looked at."""

__all__ = ["BuildReport", "BuildRequest", "build", "rebuild", "survey", "today_in", "today_of"]


def _no_progress(_done: int, _total: int) -> None:
    """Tells nobody."""


def build(request: BuildRequest, progress: Progress = _no_progress, timings: Timings | None = None) -> BuildReport:
    """Builds the site, or checks it when the request has no output folder. The `timings` are added to."""
    timings = timings or Timings()
    of_output = _faults_of_output(request)
    with _look(request, of_output) as look:
        return _build(request, of_output, look, progress, timings)


def _build(
    request: BuildRequest,
    of_output: tuple[Diagnostic, ...],
    look: Look | None,
    progress: Progress,
    timings: Timings,
) -> BuildReport:
    with timings.stage("read"):
        inputs = _inputs(request)
    today = today_of(request)
    with Store(request.root / FOLDER, inputs.engine) as store:
        with timings.stage("compare"):
            last = None if of_output else store.load(LAST, inputs.apart, Last)
            report = None if of_output else _as_before(request, inputs, last, look, today, store)
        if report is None:
            report = _made(request, inputs, of_output, last, look, today, store, progress, timings)
    return _with_note_on(store, report)


def _as_before(
    request: BuildRequest, inputs: Inputs, last: Last | None, look: Look | None, today: Today, store: Store
) -> BuildReport | None:
    """What these inputs came to before, if that still holds and nothing is left to be done."""
    outcome = last.outcome if last and last.key == inputs.key else store.load(STOPPED, inputs.key, Outcome)
    if outcome is None or not outcome.holds_on(today(outcome.timezone)) or not _is_published(outcome, look):
        return None
    unchanged = len(outcome.files) if outcome.files and request.out else 0
    stopped = stops(outcome.diagnostics, strict=request.strict)
    return BuildReport(outcome.pages, Published(unchanged=unchanged), outcome.diagnostics, stopped, links=outcome.links)


def _made(
    request: BuildRequest,
    inputs: Inputs,
    of_output: tuple[Diagnostic, ...],
    last: Last | None,
    look: Look | None,
    today: Today,
    store: Store,
    progress: Progress,
    timings: Timings,
) -> BuildReport:
    """What comes of these inputs: as much as can be is taken over from the last build."""
    from otpt_site.templates_ahead import TemplatesAhead

    edited = _edited(inputs, last, today)
    with TemplatesAhead(inputs, edited) as ahead:
        report = None
        if last and edited:
            with timings.stage("start"):
                from otpt_site.text_edits import rebuild_after_edits

            report = rebuild_after_edits(request, inputs, last, edited, look, today, store, ahead, progress, timings)
        if report is None:
            with timings.stage("start"):
                from otpt_site.pipeline import run

            report = run(request, inputs, of_output, look, today, store, ahead, progress, timings)
    return report


def _edited(inputs: Inputs, last: Last | None, today: Today) -> tuple[SourceFile, ...]:
    """The files edited since the last build, if there are few and all else is as it was."""
    if last is None or not last.outcome.holds_on(today(last.outcome.timezone)):
        return ()
    edited = last.edited(inputs.sources) or ()
    return edited if len(edited) <= _MOST_EDITS else ()


def rebuild(request: BuildRequest, before: bytes | None = None) -> "Rebuilt | None":
    """Builds the site and tells all that was found out on the way: for a process that lives on and shows it.

    None when nothing to build from has changed since the build whose `key` was `before`.
    """
    from otpt_site.templates_ahead import TemplatesAhead

    of_output = _faults_of_output(request)
    inputs = _inputs(request)
    if inputs.key == before:
        return None
    with Store(request.root / FOLDER, inputs.engine) as store, TemplatesAhead(inputs) as ahead:
        from otpt_site import pipeline

        timings = Timings()
        surveyed = pipeline.survey(request, inputs, today_of(request), store, ahead, timings)
        with _look(request, of_output) as look:
            report = pipeline.run_surveyed(request, inputs, surveyed, of_output, look, store, _no_progress, timings)
    return Rebuilt(inputs.key, _with_note_on(store, report), surveyed)


class Rebuilt(NamedTuple):
    """What came of a rebuild: the digest of all it was made from, its report, and what it knows of the site."""

    key: bytes
    report: BuildReport
    survey: "Survey"


def survey(request: BuildRequest, planned: Mapping[str, bytes] = MappingProxyType({})) -> "Survey":
    """What is known of the site of a request before a page of it is filled; nothing is written but the cache.

    `planned` are files of the content, by path, that are taken to be there and to hold these bytes.
    """
    from otpt_site.templates_ahead import TemplatesAhead

    inputs = _inputs(request, planned)
    with Store(request.root / FOLDER, inputs.engine) as store, TemplatesAhead(inputs) as ahead:
        from otpt_site import pipeline

        return pipeline.survey(request, inputs, today_of(request), store, ahead, Timings())


def _faults_of_output(request: BuildRequest) -> tuple[Diagnostic, ...]:
    found: list[Diagnostic] = []
    if request.out:
        sources = (request.content, request.templates)
        check_output(request.out, sources, shown_path(request.out, request.root), found.append)
    return tuple(found)


def _with_note_on(store: Store, report: BuildReport) -> BuildReport:
    """The report, with a note when what earlier builds had kept was thrown away."""
    if not store.discarded:
        return report
    note = problem("cache-discarded", Place(FOLDER), "what earlier builds had kept here was no good")
    return msgspec.structs.replace(report, diagnostics=in_order((*report.diagnostics, note)))


def today_in(timezone: str) -> datetime.date:
    """Today in this time zone; the only reading of a clock. A zone that does not exist is reported elsewhere."""
    try:
        zone = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = ZoneInfo("UTC")
    return datetime.datetime.now(zone).date()


def _inputs(request: BuildRequest, planned: Mapping[str, bytes] = MappingProxyType({})) -> Inputs:
    found: list[Diagnostic] = []
    folders = template_folders(request.templates, request.root)
    content = absolute(request.content)
    sources = with_planned(read_sources(content, found.append), planned, content.name)
    engine, templates = engine_digest(), digest_of_templates(folders)
    options = (request.base_url, request.strict, request.drafts, absolute(request.content).name)
    key = hashlib.sha256(f"{engine} {templates} {options} {found}".encode(errors="surrogateescape"))
    apart = key.digest()
    key.update(_listed(sources))
    return Inputs(engine, folders, templates, sources, tuple(found), apart, key.digest())


def _listed(sources: Sequence[SourceFile]) -> bytes:
    return "\0".join(f"{one.path}\0{one.refused}\0{one.digest}" for one in sources).encode(errors="surrogateescape")


def today_of(request: BuildRequest) -> Today:
    """The day for which a request builds, as it is now."""

    @lru_cache(maxsize=1)
    def today(timezone: str) -> datetime.date:
        return request.today or today_in(timezone)

    return today


def _look(request: BuildRequest, of_output: Sequence[Diagnostic]) -> AbstractContextManager[Look | None]:
    """A look at the output folder, if there is one that can be used."""
    return Look(request.out) if request.out and not of_output else nullcontext()


def _is_published(outcome: Outcome, look: Look | None) -> bool:
    """Whether nothing is left to be written, and nothing foreign to be told of."""
    return look is None or outcome.files is None or look.holds_only(outcome.files)
