"""`otpt next-change`: the next day on which the site changes by itself, for the timer of a CI."""

import datetime
from pathlib import Path

import click

from otpt_site.commands.build import PROBLEMS
from otpt_site.commands.options import content_option, templates_option, today_option
from otpt_site.commands.terminal import tell_problems


@click.command("next-change")
@content_option
@templates_option
@today_option
def next_change(content: Path, templates: Path, today: datetime.datetime | None) -> None:
    """Print the next day on which the site changes by itself.

    A page appears or expires on that day, or a review becomes due. Prints "none" when no date will change anything.
    """
    from otpt_site.build import survey
    from otpt_site.diagnostics import in_order
    from otpt_site.request import BuildRequest

    request = BuildRequest(content=content, templates=templates, out=None, today=today.date() if today else None)
    surveyed = survey(request)
    errors = in_order(one for one in surveyed.found if one.severity == "error")
    if errors or surveyed.guide is None:
        # What can't be read may hold a date.
        tell_problems(errors, request.root)
        raise SystemExit(PROBLEMS)
    day = surveyed.guide.calendar.until
    click.echo(day.isoformat() if day else "none")
