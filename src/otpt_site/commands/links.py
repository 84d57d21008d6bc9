"""`otpt links`: asks other sites whether the guide's links to them still lead somewhere."""

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from otpt_site.library import Guide
    from otpt_site.link_check import Answer

_FINE: Final = 0
_BROKEN: Final = 1
_DAYS: Final = 7


@click.command()
@click.option(
    "--content",
    type=click.Path(path_type=Path),
    default="content",
    show_default=True,
    help="The folder with the guide's content.",
)
@click.option("--drafts", is_flag=True, help="Look at drafts and scheduled pages too.")
@click.option(
    "--max-age",
    type=click.IntRange(min=0),
    default=_DAYS,
    show_default=True,
    metavar="DAYS",
    help="Ask again for links that were fine so many days ago; 0 asks for all.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the answers are told.",
)
def links(content: Path, drafts: bool, max_age: int, format_: str) -> None:
    """Ask other sites whether the guide's links to them still lead somewhere.

    Sources, DOIs and links in texts are asked for, a few at a time and one a second for each site. A link is fine,
    broken, or nobody could tell: many sites refuse programs.

    No other command needs the network, and no build waits for this one. Links within the guide are checked by every
    build.

    Exit codes: 0 no link is broken, 1 some are, 2 the command was used wrongly.
    """
    from otpt_site.link_check import Outcome
    from otpt_site.outside_links import outside_links
    from otpt_site.reporters.links import links_json, links_text

    found = outside_links(_guide(content, drafts))
    answers = _answers({link.url for link in found}, _notes_file(content), max_age)
    if format_ == "json":
        click.echo(links_json(found, answers))
    else:
        for line in links_text(found, answers):
            click.echo(line)
    broken = any(answer.outcome is Outcome.BROKEN for answer in answers.values())
    raise SystemExit(_BROKEN if broken else _FINE)


def _guide(content: Path, drafts: bool) -> "Guide":
    from otpt_site.build import BuildRequest, survey

    guide = survey(BuildRequest(content=content, templates=Path("templates"), out=None, drafts=drafts)).guide
    if guide is None:
        raise click.ClickException("the guide's settings can't be read. Run otpt check: it says why.")
    return guide


def _notes_file(content: Path) -> Path:
    from otpt_site.cache import FOLDER
    from otpt_site.diagnostics import absolute
    from otpt_site.link_notes import FILE

    return absolute(content).parent / FOLDER / FILE


def _answers(urls: set[str], file: Path, max_age: int) -> dict[str, "Answer"]:
    """The answer for each address: known from the last days, or asked for now with a bar on a terminal."""
    from otpt_site.link_check import Answer, Manners, Outcome, ask
    from otpt_site.link_notes import LinkNotes

    today = datetime.datetime.now(datetime.UTC).date()
    notes = LinkNotes(file)
    since = today - datetime.timedelta(days=max_age - 1) if max_age else datetime.date.max
    answers = {url: Answer(Outcome.FINE, "it was fine lately") for url in urls if notes.fine_since(url, since)}
    asked = sorted(urls - answers.keys())
    with click.progressbar(length=len(asked), label="links", file=sys.stderr) as bar:

        def told(url: str, answer: Answer) -> None:
            answers[url] = answer
            if answer.outcome is Outcome.FINE:
                notes.note(url, today)
            bar.update(1)

        try:
            ask(asked, Manners(), told)
        finally:
            # What was found out is kept even when somebody stops this.
            notes.keep(urls)
    return answers
