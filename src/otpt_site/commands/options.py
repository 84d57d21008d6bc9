"""The options that commands on a whole guide share."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click


def _usable_base_url(_context: click.Context, _option: click.Parameter, text: str | None) -> str | None:
    if text is not None:
        from otpt_site.diagnostics import Diagnostic, Place
        from otpt_site.pages.addresses import parse_base_url

        found: list[Diagnostic] = []
        parse_base_url(text, Place(""), found.append)
        for diagnostic in found:
            raise click.BadParameter(f"{diagnostic.message}. {diagnostic.hint}")
    return text


class Day(click.DateTime):
    """A day, written as year-month-day."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.datetime:
        """The day; click's own words on one that is none are for programmers."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"'{value}' is no day. Write year, month and day, such as 2026-11-23.", param, ctx)


def _folder_that_is_there(context: click.Context, option: click.Parameter, folder: Path) -> Path:
    """A project need not have the usual folder; one that was named is meant to be there."""
    named = context.get_parameter_source(option.name or "") is not click.core.ParameterSource.DEFAULT
    if named and not folder.is_dir():
        raise click.BadParameter(f"there is no folder {folder.as_posix()}.")
    return folder


_FOLDER: Final = click.Path(path_type=Path)
content_option: Final = click.option(
    "--content", type=_FOLDER, default="content", show_default=True, help="The folder with the guide's content."
)
templates_option: Final = click.option(
    "--templates",
    type=_FOLDER,
    default="templates",
    show_default=True,
    callback=_folder_that_is_there,
    help="Your own templates; they win over those of the tool, file by file.",
)
today_option: Final = click.option(
    "--today",
    type=Day(),
    metavar="YYYY-MM-DD",
    help="Build as if it were this day. [default: now, in the site's time zone]",
)
base_url_option: Final = click.option(
    "--base-url",
    metavar="URL",
    callback=_usable_base_url,
    help="Where the site will be: /, /folder/ or https://example.org/folder/. [default: base_url in site.yaml]",
)


def shared_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds them to a command."""
    options = (
        content_option,
        templates_option,
        base_url_option,
        click.option("--strict", is_flag=True, help="Let warnings stop the build too."),
        click.option(
            "--drafts", is_flag=True, help="Show drafts and scheduled pages; search engines are asked to stay away."
        ),
        today_option,
        click.option(
            "--format",
            "format_",
            type=click.Choice(["text", "json", "github", "sarif"]),
            default="text",
            show_default=True,
            help="How problems are told.",
        ),
        click.option(
            "--timings",
            is_flag=False,
            flag_value="table",
            type=click.Choice(["table", "json"]),
            metavar="[table|json]",
            help="Say where the time went, as a table or as one line of JSON.",
        ),
        click.option(
            "--summary",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Add a summary in Markdown to this file, for the page of a CI run.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command
