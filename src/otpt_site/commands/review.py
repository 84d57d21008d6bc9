"""`otpt review`: records in a page that a person has reviewed it."""

import datetime
from pathlib import Path

import click

from otpt_site.commands.build import PROBLEMS
from otpt_site.commands.options import Day, content_option, templates_option, today_option
from otpt_site.commands.terminal import tell_problems


@click.command()
@click.argument("page")
@click.option("--by", required=True, metavar="PERSON", help="Who reviewed it: their id in people.yaml.")
@click.option(
    "--on",
    type=Day(),
    metavar="YYYY-MM-DD",
    help="The day on which they read it. [default: today, in the site's time zone]",
)
@content_option
@templates_option
@today_option
def review(
    page: str,
    by: str,
    on: datetime.datetime | None,
    content: Path,
    templates: Path,
    today: datetime.datetime | None,
) -> None:
    """Record that a person has reviewed a page.

    PAGE is the path of its file, such as content/conditions/stroke.md, or a reference: condition:stroke. Rows of tables
    have references only: goal:climb-stairs, safety:stroke-signs.

    The person, the day and a digest of the text go into the page's reviews; nothing else in the file changes. When the
    text is changed later, the page and otpt desk say so. Record a review only for the one who made it.
    """
    from otpt_site.build import survey
    from otpt_site.diagnostics import Diagnostic, in_order
    from otpt_site.request import BuildRequest
    from otpt_site.review import record_review

    day = today.date() if today else None
    request = BuildRequest(content=content, templates=templates, out=None, drafts=True, today=day)
    found: list[Diagnostic] = []
    recorded = record_review(survey(request), content, page, by, on.date() if on else None, found.append)
    if recorded is None:
        tell_problems(in_order(found), request.root)
        raise SystemExit(PROBLEMS)
    known = "" if recorded.new else "was already recorded: "
    who = f"{recorded.review.by} reviewed {recorded.kind}:{recorded.id} on {recorded.review.on}"
    click.echo(f"{recorded.path}: {known}{who}.")
