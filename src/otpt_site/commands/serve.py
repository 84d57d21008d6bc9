"""`otpt serve`: a preview in the browser that keeps up with what is written."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from otpt_site.commands.options import content_option, templates_option, today_option
from otpt_site.commands.terminal import colour

if TYPE_CHECKING:
    import socket

    from otpt_site.build import BuildReport

_LOOPBACK: Final = "127.0.0.1"
_LAST_PORT: Final = 65535
_HOSTS: Final = (
    "Write an address of this computer without http:// and without a port (there is --port), or leave out --host: then "
    "only you see the preview."
)
# So many problems are told in the terminal at each save; the browser tells those of the page looked at.
_MOST: Final = 10


def _usable_port(_context: click.Context, _option: click.Parameter, text: str | None) -> int | None:
    """The port's number; click's own words on what is none are for programmers."""
    if text is None:
        return None
    if not (text.isdecimal() and 0 < int(text) <= _LAST_PORT):
        raise click.BadParameter(f"'{text}' is no port. Write a number from 1024 to {_LAST_PORT}, such as 8900.")
    return int(text)


@click.command()
@content_option
@templates_option
@today_option
@click.option(
    "--host", default=_LOOPBACK, show_default=True, help="The address to serve at. Others may see drafts there."
)
@click.option(
    "--port",
    metavar="NUMBER",
    callback=_usable_port,
    help="The port to serve at. [default: the first from 8000 on that is free]",
)
def serve(content: Path, templates: Path, today: datetime.datetime | None, host: str, port: int | None) -> None:
    """Show the guide in your browser while you write it.

    Each time you save, the page you look at is loaded again. Drafts and scheduled pages are shown, with a ribbon. What
    is wrong stands over the page, and goes when it is mended. build/ is never touched.
    """
    from otpt_site.build import BuildRequest
    from otpt_site.serve.server import FIRST_PORT, is_loopback
    from otpt_site.serve.server import serve as run

    request = BuildRequest(content=content, templates=templates, out=None, today=today.date() if today else None)
    listening = _listening(host, port)
    if not is_loopback(host):
        told = f"Warning: whoever can reach this computer at {host} can read the guide, drafts too."
        click.echo(click.style(told, fg="yellow"), err=True, color=colour())
    address = _address(host, listening)

    def ready() -> None:
        if port is None and listening.getsockname()[1] != FIRST_PORT:
            click.echo(f"Another program has port {FIRST_PORT}, perhaps another preview; so this one took the next.")
        click.echo(f"The guide is at {click.style(address, bold=True)}", color=colour())
        click.echo(f"What waits for editors and reviewers is at {address}_desk/")
        click.echo("Both follow what you save. Press Ctrl-C to end.")

    def tell(report: "BuildReport | str", seconds: float) -> None:
        import msgspec

        from otpt_site.reporters.text import text_lines
        from otpt_site.rules import Severity

        if isinstance(report, str):
            click.echo(f"The preview could not be rebuilt: {report}", err=True)
            return
        # Notes stand beside their pages; told at each save they would hide what matters.
        loud = [one for one in report.diagnostics if one.severity is not Severity.NOTE]
        report = msgspec.structs.replace(report, diagnostics=tuple(loud))
        for line in text_lines(report, request.root, seconds, checking=False, most=_MOST):
            click.echo(line, color=colour())

    run(request, host, listening, ready, tell)


def _listening(host: str, port: int | None) -> "socket.socket":
    """A socket at the port. Raises click.ClickException, with words on who can change it."""
    from otpt_site.serve.server import FIRST_PORT, HostUnknown, PortTaken, listening_socket

    try:
        return listening_socket(host, port)
    except HostUnknown as error:
        told = f"this computer can't serve at '{host}': {error}. {_HOSTS}"
        raise click.BadParameter(told, param_hint="--host") from None
    except PortTaken:
        if port:
            told = f"another program has port {port}, or the system keeps it"
            hint = "Close that program (it may be another preview), or leave out --port: then a free one is found."
        else:
            told = f"other programs have all ports from {FIRST_PORT} on that were tried"
            hint = "Close a preview that you no longer need, or choose another port: otpt serve --port 8900"
        raise click.UsageError(f"{told}. {hint}") from None


def _address(host: str, listening: "socket.socket") -> str:
    port = listening.getsockname()[1]
    shown = {"0.0.0.0": _LOOPBACK, "::": "::1"}.get(host, host)  # noqa: S104 - what was asked for, shown otherwise
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"
