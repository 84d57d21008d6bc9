"""Answers a browser: the files of the preview, decorated as they go out, and the stream of events that reloads them.

Only files that the build lists as its own are given out, so no address leads to anything else; and only to who asked
for this machine by its own name, so that no page of the web can read drafts through a name of its own (DNS rebinding).
"""

import asyncio
import contextlib
import ipaddress
import json
import re
import secrets
from collections.abc import AsyncIterator, Iterable
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from otpt_site.desk import desk_html, desk_of
from otpt_site.output_folder import read_whole
from otpt_site.pages.addresses import FIXED
from otpt_site.pages.plan import output_path
from otpt_site.serve.decoration import DESK, SCRIPT, Decorated, decorated, panel, waiting_page
from otpt_site.serve.rounds import Round
from otpt_site.serve.workshop import Workshop

_FOLDER: Final = Path(__file__).parent
_HTML: Final = "text/html"
# Not the system's list: on Windows any program may have changed it.
_TYPES: Final = {
    ".html": _HTML, ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".txt": "text/plain",
    ".csv": "text/csv", ".xml": "application/xml", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon",
    ".pdf": "application/pdf", ".wasm": "application/wasm", "": "text/plain",
}  # fmt: skip
# What every answer carries, as the published site does where its host allows.
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
# For what changes its address when it changes: a browser that loads a page again need not ask for it again.
_FOR_EVER: Final = {**_HEADERS, "Cache-Control": "max-age=31536000, immutable"}
_FINGERPRINTED: Final = re.compile(r"\.[0-9a-f]{8}\.\w+\Z")
# In seconds: after so long without news an empty line shows whether the browser still listens.
_PULSE: Final = 15.0


class Preview:
    """The answers of one run of the preview."""

    def __init__(self, workshop: Workshop, out: Path) -> None:
        self._workshop = workshop
        self._out = out
        # Tells this run from those before it, so that a page left open in a browser is loaded again.
        self._token = secrets.token_hex(4)
        self._streams: set[asyncio.Queue[Round | None]] = set()

    def close(self) -> None:
        """Ends all streams of events. To be called in the event loop's thread."""
        for stream in self._streams:
            stream.put_nowait(None)

    def file(self, request: Request) -> Response:
        """A file of the site, or the site's page for what is not there."""
        now = self._workshop.current
        asked = request.path_params["path"]
        path = output_path(f"/{asked}")
        if path not in now.files and f"{path}/index.html" in now.files:
            return RedirectResponse(quote(f"/{asked}/"), headers=_HEADERS)
        found = path in now.files
        data = self._read(path if found else output_path(FIXED["404"]), now)
        if data is None:
            return _page(waiting_page(now, self._token), 503)
        kind = _type(path) if found else _HTML
        if kind != _HTML:
            headers = _FOR_EVER if _FINGERPRINTED.search(path) else _HEADERS
            return Response(data, media_type=kind, headers=headers)
        facts = now.site.facts(path) if now.site else None
        return _page(decorated(data.decode(errors="replace"), now, facts, self._token), 200 if found else 404)

    def _read(self, path: str, now: Round) -> bytes | None:
        """The bytes of a file of the preview's folder; None when there is none to show yet."""
        if path not in now.files:
            return None
        # A link in the folder is not ours, and what it leads to is not looked at.
        data = read_whole(f"{self._out}/{path}") if _is_plain(self._out, path) else None
        if data is None:
            self._workshop.ask(anew=True)
        return data

    def panel(self, request: Request) -> Response:
        """What stands over a page, for a page that is open already."""
        now = self._workshop.current
        facts = now.site.facts(output_path(request.query_params.get("page", ""))) if now.site else None
        return Response(panel(now, facts), media_type=_HTML, headers=_HEADERS)

    def desk(self, _request: Request) -> Response:
        """The editors' desk of the site that readers get, as the files are now."""
        now, surveyed = self._workshop.current, self._workshop.survey_as_published()
        if surveyed.guide is None:
            return _page(waiting_page(now, self._token), 503)
        made = desk_of(surveyed.guide, surveyed.traits, surveyed.found, surveyed.base)
        return _page(decorated(desk_html(made, surveyed.theme, linked=True), now, None, self._token), 200)

    def to_desk(self, _request: Request) -> Response:
        """Leads to the desk who left its last stroke out."""
        return RedirectResponse(DESK, headers=_HEADERS)

    def failed(self, _request: Request, error: Exception) -> Response:
        """What is answered where this program made a mistake: the page comes by itself once it can be answered."""
        now = self._workshop.current._replace(failure=f"{type(error).__name__}: {error}")
        return _page(waiting_page(now, self._token), 500)

    def script(self, _request: Request) -> Response:
        """The script of the preview."""
        return Response((_FOLDER / "preview.js").read_bytes(), media_type=_TYPES[".js"], headers=_FOR_EVER)

    async def events(self, _request: Request) -> Response:
        """A stream that tells which round and which site there is, now and after each rebuild.

        Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
        """
        headers = {**_HEADERS, "Cache-Control": "no-store"}
        return StreamingResponse(self._told(), media_type="text/event-stream", headers=headers)

    async def _told(self) -> AsyncIterator[str]:
        news: asyncio.Queue[Round | None] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def listener(now: Round) -> None:
            # A loop that has just ended has no listeners.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(news.put_nowait, now)

        self._streams.add(news)
        self._workshop.listen(listener)
        try:
            now: Round | None = self._workshop.current
            yield "retry: 500\n\n"
            while now:
                token = self._token
                told = {"shown": f"{token}-{now.shown}", "round": f"{token}-{now.number}"}
                yield f"data: {json.dumps(told)}\n\n"
                now = await _next(news)
                while now is _NOTHING_NEW:
                    yield ":\n\n"
                    now = await _next(news)
        finally:
            self._workshop.leave(listener)
            self._streams.discard(news)


# Stands for no news, in place of a round.
_NOTHING_NEW: Final = Round(number=-1)


async def _next(news: asyncio.Queue[Round | None]) -> Round | None:
    try:
        return await asyncio.wait_for(news.get(), _PULSE)
    except TimeoutError:
        return _NOTHING_NEW


def _page(page: Decorated, status: int) -> Response:
    headers = {**_HEADERS, "Content-Security-Policy": page.policy}
    return Response(page.html, status, headers, media_type=_HTML)


def _type(path: str) -> str:
    return _TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")


def _is_plain(out: Path, path: str) -> bool:
    """Whether no folder on the way to the file is a link."""
    return not any((out / folder).is_symlink() for folder in PurePosixPath(path).parents)


class OwnHosts:
    """Refuses requests that name another host than this machine.

    An address in numbers is no name that somebody else could have pointed here; nor is `localhost`, nor are the names
    that the preview was told to serve at.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self._app = app
        self._names = frozenset(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or refuses it."""
        if scope["type"] == "http" and not self._is_own(_host(scope)):
            told = "This preview answers at http://127.0.0.1 or http://localhost only.\n"
            await PlainTextResponse(told, 421, _HEADERS)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _is_own(self, host: str) -> bool:
        name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
        if name.lower() in {"localhost", *self._names}:
            return True
        try:
            ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
        except ValueError:
            return False
        return True


def _host(scope: Scope) -> str:
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return hosts[0].decode("latin-1") if len(hosts) == 1 else ""


def application(preview: Preview, names: Iterable[str] = ()) -> Starlette:
    """The web application; `names` are further names of this machine that may be asked for."""
    routes = [
        Route("/_preview/events", preview.events),
        Route("/_preview/panel", preview.panel),
        Route(SCRIPT, preview.script),
        Route(DESK, preview.desk),
        Route(DESK.rstrip("/"), preview.to_desk),
        Route("/{path:path}", preview.file),
    ]
    own_hosts = Middleware(OwnHosts, names=tuple(names))
    return Starlette(routes=routes, middleware=[own_hosts], exception_handlers={Exception: preview.failed})
