"""Runs the preview: finds a port, starts the builds and the watching, and serves until Ctrl-C."""

import contextlib
import errno
import ipaddress
import queue
import socket
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Final

import uvicorn

from otpt_site.build import BuildReport, BuildRequest
from otpt_site.diagnostics import absolute
from otpt_site.serve.application import Preview, application
from otpt_site.serve.watching import Watcher
from otpt_site.serve.workshop import Tell, Workshop
from otpt_site.template_files import template_folders

FOLDER: Final = ".cache/preview"
FIRST_PORT: Final = 8000
_TRIED: Final = 20
# An address that is in use, or that the system keeps for itself.
_TAKEN: Final = (errno.EADDRINUSE, errno.EACCES, getattr(errno, "WSAEADDRINUSE", -1), getattr(errno, "WSAEACCES", -1))


class PortTaken(Exception):
    """No port could be had: another program listens there, or the system keeps it."""


class HostUnknown(Exception):
    """The host is no address of this machine."""


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def listening_socket(host: str, port: int | None) -> socket.socket:
    """A socket at this port; without one, at the first from 8000 on that is free.

    Raises PortTaken when the port is taken, HostUnknown when this machine has no such address.
    """
    ports = range(FIRST_PORT, FIRST_PORT + _TRIED) if port is None else (port,)
    for wanted in ports:
        try:
            return _bound(host, wanted)
        except (OSError, UnicodeError) as error:
            # UnicodeError: text that can't be a host's name.
            if getattr(error, "errno", None) not in _TAKEN:
                raise HostUnknown(getattr(error, "strerror", None) or "it can't be a name") from None
    raise PortTaken


def _bound(host: str, port: int) -> socket.socket:
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind)
    try:
        if sys.platform == "win32":
            # Windows would let two programs have one port, and give the answers of either.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # So that a preview that was just ended can be started again.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening


class _Server(uvicorn.Server):
    """Ends at once when it is told to: open streams of events would keep it for ever."""

    def __init__(self, config: uvicorn.Config, preview: Preview, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._preview = preview
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts to listen, and says so."""
        await super().startup(sockets)
        self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """What a signal brings about."""
        self._preview.close()
        super().handle_exit(sig, frame)


def aside(tell: Tell) -> Tell:
    """Tells in a thread of its own, one after the other.

    A terminal may stop taking what is written, because somebody pressed Ctrl-S or marks text in a Windows console. The
    builds must not wait for that.
    """
    told: queue.SimpleQueue[tuple[BuildReport | str, float]] = queue.SimpleQueue()

    def work() -> None:
        while True:
            what, seconds = told.get()
            # Where nobody reads the terminal any more, the browser still shows all of it.
            with contextlib.suppress(OSError):
                tell(what, seconds)

    threading.Thread(target=work, name="terminal", daemon=True).start()
    return lambda what, seconds: told.put((what, seconds))


def serve(request: BuildRequest, host: str, listening: socket.socket, ready: Callable[[], None], tell: Tell) -> None:
    """Serves the preview of `request` until the process is told to end; the request's output folder is not used.

    `ready` is called once the browser may ask, `tell` with what came of each rebuild.
    """
    server, workshop, watcher = preview_server(request, host, ready, aside(tell))
    workshop.start()
    watcher.start()
    # Uvicorn ends in order, and then raises once more what it was told to end with.
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    watcher.stop()


def preview_server(
    request: BuildRequest, host: str, ready: Callable[[], None], tell: Tell
) -> tuple[uvicorn.Server, Workshop, Watcher]:
    """What makes up a preview, not yet started."""
    out = request.root / FOLDER
    own = BuildRequest(
        content=absolute(request.content),
        templates=absolute(request.templates),
        out=out,
        base_url="/",
        drafts=True,
        today=request.today,
    )
    workshop = Workshop(own, out, tell)
    folders = (own.content, own.templates, *(folder.path for folder in template_folders(own.templates, own.root)))
    watcher = Watcher(dict.fromkeys(folders), workshop.ask)
    preview = Preview(workshop, out)
    config = uvicorn.Config(
        application(preview, [host, socket.gethostname()]),
        log_config=None,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    return _Server(config, preview, ready), workshop, watcher
