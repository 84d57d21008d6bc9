"""A rebuild after an edit of a few texts: they are read, checked and filled, and all else is as in the last build.

What others can see of a page is its outline: all but the text below its keys. As long as that stays, an edit touches
the page's own problems, the grades of the guide as a whole and the page itself. To find these, a slice of the guide is
enough: the page and what it may show. Whatever is not as simple as that is left to the pipeline, and so is all that
is wrong: nothing is decided here that it would not decide alike.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, NoReturn

import msgspec

from otpt_site.cache import Store
from otpt_site.checks.balance import check_balance
from otpt_site.checks.language import GRADES, check_grades
from otpt_site.checks.texts import texts_of, traits_of
from otpt_site.checks.traits import Measures, Traits
from otpt_site.checks.trust import check_trust_in
from otpt_site.diagnostics import Diagnostic, Found, in_order
from otpt_site.guide.common import Page
from otpt_site.library import Calendar, Guide, slice_of_guide
from otpt_site.outcome import Last, Outcome
from otpt_site.output_folder import Look
from otpt_site.pages.plan import OutputFile, SitePlan
from otpt_site.parts import FileParts, is_content
from otpt_site.pipeline import (
    NET,
    edition_of,
    keep_last,
    kept_parts,
    parts_of_one,
    pictures_among,
    set_up,
    written,
)
from otpt_site.render import Renderer
from otpt_site.request import BuildReport, BuildRequest, Inputs, Progress, Today, stops
from otpt_site.sources import SourceFile
from otpt_site.spool import Spool
from otpt_site.template_files import digest_of_templates
from otpt_site.templates_ahead import TemplatesAhead
from otpt_site.texts import Net, Target
from otpt_site.timings import Timings

_MEASURES: Final = msgspec.msgpack.Decoder(list[Measures])


class _Version(NamedTuple):
    """The edited files as they were, or as they are, the guide around them, and what is known of them."""

    files: tuple[FileParts, ...]
    guide: Guide
    traits: dict[Target, Traits]

    @property
    def problems(self) -> Iterator[Diagnostic]:
        """What is wrong with the edited files, as far as it depends on their texts."""
        for file in self.files:
            yield from file.diagnostics
        for (kind, id), traits in self.traits.items():
            record = self.guide.shelf(kind)[id]
            yield from traits.problems
            if isinstance(record, Page):
                yield from check_trust_in(self.guide, record)
        yield from check_balance(self.guide, tuple(self.traits.values()))

    @property
    def links(self) -> int:
        """How many places in the edited files lead to something of the guide."""
        return sum(part.links for file in self.files for part in file.parts)


class _Edit(NamedTuple):
    """What an edit comes to: what is wrong with the guide now, and what is counted on all of its pages."""

    was: _Version
    now: _Version
    found: Found
    measures: list[Measures]


class _Overtaken(Exception):
    """Another build was at work in the output folder meanwhile."""


def rebuild_after_edits(
    request: BuildRequest,
    inputs: Inputs,
    last: Last,
    edited: Sequence[SourceFile],
    look: Look | None,
    today: Today,
    store: Store,
    ahead: TemplatesAhead,
    progress: Progress,
    timings: Timings,
) -> BuildReport | None:
    """Builds or checks the site of these inputs, of which only the `edited` files are others than those of the last.

    None when the pipeline must run: nothing was written then.
    """
    calendar = Calendar(today(last.outcome.timezone))
    edit = _looked_at(request, inputs, last, edited, calendar, store, timings)
    if edit is None:
        return None
    with Spool(None) as spool:
        renderer, made = _filled(request, inputs, edit, look, spool, store, ahead, progress, timings)
        # The output folder comes last: another process looks at it while this one works.
        if (
            stops(edit.found, strict=request.strict)
            or digest_of_templates(inputs.folders) != inputs.templates
            or (look and not look.holds_only(last.files))
        ):
            return None
        files = {path: OutputFile(path, digest) for path, digest in last.files.items()} | made
        outcome = _outcome(last.outcome, edit, {path: file.digest for path, file in files.items()}, calendar)
        with timings.stage("keep"):
            renderer.keep(whole=False)
            keep_last(store, inputs, outcome, last.surroundings, edit.measures)
        with timings.stage("publish"):
            try:
                report = written(request, outcome.pages, tuple(files.values()), look, edit.found, _overtaken)
            except _Overtaken:
                return None
        return msgspec.structs.replace(report, links=outcome.links, rendered=tuple(renderer.rendered))


def _looked_at(
    request: BuildRequest,
    inputs: Inputs,
    last: Last,
    edited: Sequence[SourceFile],
    calendar: Calendar,
    store: Store,
    timings: Timings,
) -> _Edit | None:
    """The edit, if it touches nothing but the texts edited."""
    if not all(is_content(source.path) for source in edited):
        return None
    with timings.stage("parse"):
        old_files = [*_as_they_were(edited, last, store)]
        new_files = [parts_of_one(source, store) for source in edited]
        net = store.load(NET, inputs.apart, Net)
    if net is None or net.surroundings != last.surroundings:
        return None
    if [file.outline for file in old_files] != [file.outline for file in new_files]:
        return None
    with timings.stage("resolve"):
        rest = tuple(_rest_of_slice(net, new_files, inputs.sources, store))
        pictures = pictures_among(inputs.sources)
        old_guide, new_guide = (
            slice_of_guide(_in_order(rest, files), pictures, calendar, request.drafts)
            for files in (old_files, new_files)
        )
    with timings.stage("check"):
        was, now = _version(old_files, old_guide, store), _version(new_files, new_guide, store)
        measured = _MEASURES.decode(last.measures)
        if not _leaves_others_alone(was, now, measured):
            return None
        counted = {target: traits.measures for target, traits in now.traits.items()}
        measures = [counted.get((one.kind, one.id), one) for one in measured]
        found = Found(_without(last.outcome.diagnostics, was.problems))
        found.weigh({setting.rule.id: setting.severity for setting in now.guide.site.rules})
        found.extend((*now.problems, *check_grades(now.guide, measures)))
    return _Edit(was, now, found, measures)


def _filled(
    request: BuildRequest,
    inputs: Inputs,
    edit: _Edit,
    look: Look | None,
    spool: Spool,
    store: Store,
    ahead: TemplatesAhead,
    progress: Progress,
    timings: Timings,
) -> tuple[Renderer, dict[str, OutputFile]]:
    """The pages of the edited texts, by path, and what made them."""
    guide, pictures = edit.now.guide, pictures_among(inputs.sources)
    with timings.stage("templates"):
        # What there is to say of templates was said by the last build: they are the same.
        workshop = set_up(request, inputs, guide, pictures, store, ahead, Found())
    with timings.stage("plan"):
        pages = workshop.plan(guide, request, Found()).pages
        plan = SitePlan(guide.site.language, tuple(page for page in pages if page.of in edit.now.traits), ())
    edition = edition_of(request, inputs, workshop.base, pictures, (), guide)
    renderer = Renderer(workshop.theme, store, spool, look, edition)
    with timings.stage("render"):
        made = renderer.files(plan, edit.found.append, progress)
    return renderer, {file.path: file for file in made}


def _as_they_were(edited: Iterable[SourceFile], last: Last, store: Store) -> Iterator[FileParts]:
    """The parts of the edited files in the last build, as far as they are still kept."""
    for source in edited:
        parts = kept_parts(msgspec.structs.replace(source, digest=last.sources[source.path]), store)
        if parts:
            yield parts


def _rest_of_slice(
    net: Net, edited: Iterable[FileParts], sources: Iterable[SourceFile], store: Store
) -> Iterator[FileParts]:
    """What the edited files may show of others."""
    seen = net.seen_from([part.name for file in edited for part in file.parts])
    own = {file.path for file in edited}
    for source in sources:
        if source.path in seen and source.path not in own:
            yield parts_of_one(source, store, seen[source.path])


def _in_order(rest: Iterable[FileParts], edited: Iterable[FileParts]) -> list[FileParts]:
    """The files in the order of the guide."""
    return sorted((*rest, *edited), key=lambda file: file.path)


def _version(files: Iterable[FileParts], guide: Guide, store: Store) -> _Version:
    texts = set(texts_of(guide))
    targets = [(part.kind, part.id) for file in files for part in file.parts if (part.kind, part.id) in texts]
    return _Version(tuple(files), guide, dict(zip(targets, traits_of(guide, targets, store), strict=True)))


def _leaves_others_alone(was: _Version, now: _Version, measures: Iterable[Measures]) -> bool:
    """Whether nothing that is told of other pages, or found by comparing pages, can be otherwise than before."""
    for old, new in zip(was.traits.values(), now.traits.values(), strict=True):
        if (old.levels, old.leads_to) != (new.levels, new.leads_to):
            return False
    return not _share_paragraphs(was, measures) and not _share_paragraphs(now, measures)


def _share_paragraphs(version: _Version, measures: Iterable[Measures]) -> bool:
    """Whether a long paragraph of an edited text stands in another one too."""
    edited = [set(one.paragraphs) for one in version.traits.values()]
    paragraphs = set().union(*edited)
    if len(paragraphs) < sum(map(len, edited)):
        return True
    others = (one for one in measures if (one.kind, one.id) not in version.traits)
    return not all(paragraphs.isdisjoint(one.paragraphs) for one in others)


def _without(diagnostics: Iterable[Diagnostic], gone: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The diagnostics but for those that are gone, and for grades; how serious they are makes no difference."""
    left_out = {(one.rule, one.place, one.message) for one in gone}
    for one in diagnostics:
        if one.rule not in GRADES and (one.rule, one.place, one.message) not in left_out:
            yield one


def _outcome(last: Outcome, edit: _Edit, files: dict[str, str], calendar: Calendar) -> Outcome:
    """What came of it. It holds on days on which neither what was left as it was is another, nor what is new."""
    return msgspec.structs.replace(
        last,
        files=files,
        diagnostics=in_order(edit.found),
        links=last.links - edit.was.links + edit.now.links,
        since=max(filter(None, (last.since, calendar.since)), default=None),
        until=min(filter(None, (last.until, calendar.until)), default=None),
    )


def _overtaken(_look: Look) -> NoReturn:
    raise _Overtaken
