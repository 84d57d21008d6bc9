"""`otpt desk`: what waits for editors and reviewers, in the terminal, as a page or for a program."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from otpt_site.commands.build import FINE, PROBLEMS
from otpt_site.commands.options import base_url_option, content_option, templates_option, today_option
from otpt_site.commands.terminal import tell_problems

if TYPE_CHECKING:
    from otpt_site.desk import Desk
    from otpt_site.diagnostics import Diagnostic
    from otpt_site.pipeline import Survey


@click.command()
@content_option
@templates_option
@base_url_option
@today_option
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the desk as one page to this file.")
@click.option("--json", "as_json", is_flag=True, help="Print the desk as one JSON object.")
def desk(
    content: Path,
    templates: Path,
    base_url: str | None,
    today: datetime.datetime | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """See what waits for editors and reviewers.

    Reviews that are due, texts changed since their review, pages never reviewed, reading grades, parts that cite
    nothing, balance of PT and OT, orphans, rows that no page uses, drafts and dates. Names in the page that --out
    writes are links when the site's whole address is known.
    """
    from otpt_site.build import survey
    from otpt_site.desk import desk_of
    from otpt_site.request import BuildRequest

    request = BuildRequest(
        content=content, templates=templates, out=None, base_url=base_url, today=today.date() if today else None
    )
    surveyed = survey(request)
    if surveyed.guide is None:
        tell_problems(_errors(surveyed), request.root)
        raise SystemExit(PROBLEMS)
    made = desk_of(surveyed.guide, surveyed.traits, surveyed.found, surveyed.base)
    fine = _tell(made, surveyed, request.root, out, as_json=as_json)
    raise SystemExit(FINE if fine and not made.errors else PROBLEMS)


def _tell(made: "Desk", surveyed: "Survey", root: Path, out: Path | None, *, as_json: bool) -> bool:
    """Tells the desk in the ways asked for. Whether that could be done."""
    from otpt_site.reporters.desk import desk_json, desk_lines

    if made.errors and (out or as_json):
        click.echo("The content has errors, so pages may be missing on the desk: run otpt check first.", err=True)
    if as_json:
        click.echo(desk_json(made))
    elif out is None:
        for line in desk_lines(made):
            click.echo(line)
    return out is None or _write(made, surveyed, root, out)


def _write(made: "Desk", surveyed: "Survey", root: Path, out: Path) -> bool:
    from otpt_site.desk import desk_html
    from otpt_site.diagnostics import Place, problem, shown_path
    from otpt_site.theme import TemplateFailure
    from otpt_site.whole_file import write_whole

    try:
        write_whole(out, desk_html(made, surveyed.theme, linked=bool(surveyed.base.origin)).encode())
    except TemplateFailure as failure:
        tell_problems([failure.diagnostic], root)
    except OSError as error:
        shown = shown_path(out, root)
        message = f"the file can't be written: {error.strerror or error}"
        tell_problems([problem("bad-output", Place(shown), message, "Choose another file with --out.")], root)
    else:
        return True
    return False


def _errors(surveyed: "Survey") -> "tuple[Diagnostic, ...]":
    from otpt_site.diagnostics import in_order

    return in_order(one for one in surveyed.found if one.severity == "error")
