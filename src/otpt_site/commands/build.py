"""`otpt build` and `otpt check`: arguments to a request, a report to text and an exit code."""

import datetime
import gc
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from otpt_site.commands.options import shared_options
from otpt_site.commands.terminal import colour

if TYPE_CHECKING:
    from otpt_site.build import BuildReport, BuildRequest
    from otpt_site.timings import Timings

FINE: Final = 0
PROBLEMS: Final = 1
_PROGRESS_AFTER: Final = 1.0


@click.command()
@shared_options
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="build",
    show_default=True,
    help="The folder to write the site to.",
)
@click.option("--explain", is_flag=True, help="Say of each page that was filled anew why it was.")
def build(out: Path, **options: Any) -> None:
    """Build the site.

    Only files that changed are written. What is no longer part of the site is removed; files in the output folder that
    this tool did not make are left alone.
    """
    _run(out, **options)


@click.command()
@shared_options
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(files: tuple[Path, ...], **options: Any) -> None:
    """Look for problems; write nothing.

    With FILES, only the problems of those files are told, and decide on the exit code. The whole guide is read all the
    same: a link in one file leads to others.
    """
    _run(None, files, **options)


def _run(
    out: Path | None,
    files: tuple[Path, ...] = (),
    *,
    format_: str,
    summary: Path | None,
    today: datetime.datetime | None,
    timings: str | None,
    explain: bool = False,
    **options: Any,
) -> None:
    from otpt_site.build import BuildRequest
    from otpt_site.timings import Timings

    # A build makes millions of values that live to its end. To look through them for circles would take a fifth of a
    # rebuild's time; `workers.spread` looks where there are any.
    gc.disable()
    request = BuildRequest(out=out, today=today.date() if today else None, **options)
    paths = {_shown(file, request) for file in files}
    started = time.monotonic()
    spent = Timings()
    report = _with_progress(request, spent, quiet=format_ != "text")
    if paths:
        report = report.about(paths, strict=request.strict)
    seconds = time.monotonic() - started
    _tell(report, request, format_, seconds, len(paths))
    if explain:
        _explain(report)
    if timings:
        _tell_timings(spent, timings)
    if summary:
        _summarize(report, seconds, summary)
    # Nor when Python ends, which would look through all that is left.
    gc.freeze()
    raise SystemExit(PROBLEMS if report.stopped else FINE)


def _explain(report: "BuildReport") -> None:
    if not report.rendered:
        click.echo("No page was filled anew.", err=True)
    for page in report.rendered:
        click.echo(f"{page.url}  {page.reason}", err=True)


def _tell_timings(spent: "Timings", form: str) -> None:
    from otpt_site.reporters.timings import timing_json, timing_lines

    for line in (timing_json(spent.seconds),) if form == "json" else timing_lines(spent.seconds):
        click.echo(line, err=True)


def _with_progress(request: "BuildRequest", spent: "Timings", *, quiet: bool) -> "BuildReport":
    """Runs the build; on a terminal, a bar appears once it takes longer than a second."""
    from otpt_site.build import build as run

    if quiet or not sys.stderr.isatty():
        return run(request, timings=spent)
    from rich.console import Console
    from rich.progress import Progress

    # Not used as a context: that would draw at once.
    bars = Progress(console=Console(stderr=True), transient=True)
    task = bars.add_task("pages")
    started = time.monotonic()

    def progress(done: int, total: int) -> None:
        if time.monotonic() - started > _PROGRESS_AFTER:
            bars.start()
            bars.update(task, completed=done, total=total)

    try:
        return run(request, progress, spent)
    finally:
        bars.stop()


def _shown(file: Path, request: "BuildRequest") -> str:
    """How problems name a file. One that is no part of the guide is a mistake of whoever named it."""
    from otpt_site.diagnostics import absolute, shown_path

    folders = (request.content, request.templates)
    if not any(absolute(file).is_relative_to(absolute(folder)) for folder in folders):
        listed = " nor in ".join(f"{folder.as_posix()}/" for folder in folders)
        raise click.BadParameter(f"{file.as_posix()} is neither in {listed}.", param_hint="FILES")
    return shown_path(file, request.root)


def _summarize(report: "BuildReport", seconds: float, file: Path) -> None:
    from otpt_site.reporters.summary import summary_markdown

    try:
        with file.open("a", encoding="utf-8", newline="\n") as opened:
            opened.write(summary_markdown(report, seconds, _address_of_sources(os.environ)))
    except OSError as error:
        raise click.BadParameter(f"{file}: {error.strerror}", param_hint="--summary") from None


def _address_of_sources(environment: Mapping[str, str]) -> str:
    """Where the files of this commit can be read, as the CI of GitHub or GitLab tells; empty elsewhere.

    Sources: https://docs.github.com/actions/reference/variables-reference,
    https://docs.gitlab.com/ci/variables/predefined_variables/
    """
    for address, commit, between in (
        ("{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}", "GITHUB_SHA", "blob"),
        ("{CI_PROJECT_URL}", "CI_COMMIT_SHA", "-/blob"),
    ):
        if commit in environment:
            return f"{address.format_map(environment)}/{between}/{environment[commit]}"
    return ""


def _tell(report: "BuildReport", request: "BuildRequest", format_: str, seconds: float, files: int) -> None:
    if format_ == "json":
        from otpt_site.reporters.json import json_report

        click.echo(json_report(report, seconds))
    elif format_ == "sarif":
        from otpt_site.reporters.sarif import sarif_report

        click.echo(sarif_report(report.diagnostics))
    elif format_ == "github":
        from otpt_site.reporters.github import github_lines

        for line in github_lines(report.diagnostics):
            click.echo(line)
    else:
        from otpt_site.reporters.text import text_lines

        for line in text_lines(report, request.root, seconds, checking=request.out is None, files=files):
            click.echo(line, color=colour())
