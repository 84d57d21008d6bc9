"""The command line: arguments to a request, a report to text and an exit code."""

import datetime
import gc
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from otpt_site.build import BuildReport, BuildRequest

FINE: Final = 0
PROBLEMS: Final = 1
_PROGRESS_AFTER: Final = 1.0
_LOOK_FOR_CIRCLES: Final = (50_000, 20, 1_000_000)

_EXAMPLES: Final = """
\b
Examples:
  otpt build                      build content/ into build/
  otpt check                      look for problems, write nothing
  otpt build --base-url https://example.org/guide/
                                  build for that address
  otpt build --drafts --out draft-site
                                  see drafts and scheduled pages too
"""


@click.group(epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="otpt-site", prog_name="otpt")
def main() -> None:
    """Builds the therapy guide: Markdown and tables in, a web site out.

    Run it in the folder that holds content/. Every problem is told with its file, its line and what to do; while
    there is one, the site that was built before stays as it is.

    Exit codes: 0 all is well, 1 the content has problems, 2 the command was used wrongly.
    """
    # Windows consoles may use an old code page: what it can't show must not stop the report.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", newline="\n" if not stream.isatty() else None)


def _usable_base_url(_context: click.Context, _option: click.Parameter, text: str | None) -> str | None:
    if text is not None:
        from otpt_site.diagnostics import Diagnostic, Place
        from otpt_site.pages.addresses import parse_base_url

        found: list[Diagnostic] = []
        parse_base_url(text, Place(""), found.append)
        for diagnostic in found:
            raise click.BadParameter(f"{diagnostic.message}. {diagnostic.hint}")
    return text


def _shared_options(command: Callable[..., None]) -> Callable[..., None]:
    folder = click.Path(path_type=Path)
    options = (
        click.option(
            "--content", type=folder, default="content", show_default=True, help="The folder with the guide's content."
        ),
        click.option(
            "--templates",
            type=folder,
            default="templates",
            show_default=True,
            help="Your own templates; they win over those of the tool, file by file.",
        ),
        click.option(
            "--base-url",
            metavar="URL",
            callback=_usable_base_url,
            help="Where the site will be: /, /folder/ or https://example.org/folder/. [default: base_url in site.yaml]",
        ),
        click.option("--strict", is_flag=True, help="Let warnings stop the build too."),
        click.option(
            "--drafts", is_flag=True, help="Show drafts and scheduled pages; search engines are asked to stay away."
        ),
        click.option(
            "--today",
            type=click.DateTime(["%Y-%m-%d"]),
            metavar="YYYY-MM-DD",
            help="Build as if it were this day. [default: now, in the site's time zone]",
        ),
        click.option(
            "--format",
            "format_",
            type=click.Choice(["text", "json", "github"]),
            default="text",
            show_default=True,
            help="How problems are told.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@main.command()
@_shared_options
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="build",
    show_default=True,
    help="The folder to write the site to.",
)
def build(out: Path, **options: Any) -> None:
    """Build the site.

    Only files that changed are written. What is no longer part of the site is removed; files in the output folder that
    this tool did not make are left alone.
    """
    _run(out, **options)


@main.command()
@_shared_options
def check(**options: Any) -> None:
    """Look for problems; write nothing."""
    _run(None, **options)


def _run(out: Path | None, *, format_: str, today: datetime.datetime | None, **options: Any) -> None:
    # Imported here, so that `otpt --help` starts fast.
    from otpt_site.build import BuildRequest

    # A build makes hundreds of thousands of values that live to its end. To look through them all for circles, over and
    # over, would take a third of a rebuild's time: only what is new is looked through.
    gc.set_threshold(*_LOOK_FOR_CIRCLES)
    request = BuildRequest(out=out, today=today.date() if today else None, **options)
    started = time.monotonic()
    report = _with_progress(request, quiet=format_ != "text")
    _tell(report, request, format_, time.monotonic() - started)
    raise SystemExit(PROBLEMS if report.stopped else FINE)


def _with_progress(request: "BuildRequest", *, quiet: bool) -> "BuildReport":
    """Runs the build; on a terminal, a bar appears once it takes longer than a second."""
    from otpt_site.build import build as run

    if quiet or not sys.stderr.isatty():
        return run(request)
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
        return run(request, progress)
    finally:
        bars.stop()


def _tell(report: "BuildReport", request: "BuildRequest", format_: str, seconds: float) -> None:
    if format_ == "json":
        from otpt_site.reporters.json import json_report

        click.echo(json_report(report, seconds))
    elif format_ == "github":
        from otpt_site.reporters.github import github_lines

        for line in github_lines(report.diagnostics):
            click.echo(line)
    else:
        from otpt_site.reporters.text import text_lines

        # NO_COLOR asks for no colour; bold and dim signs are left out with it: https://no-color.org
        colour = False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None
        for line in text_lines(report, request.root, seconds, checking=request.out is None):
            click.echo(line, color=colour)
