"""A preview in threads of the test's own process, and how to ask it as a browser or a stranger would."""

import contextlib
import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from otpt_site.diagnostics import Diagnostic
from otpt_site.serve.rounds import Round
from otpt_site.serve.server import FOLDER, listening_socket, preview_server
from otpt_site.serve.workshop import Workshop
from tests.project import Project

PATIENCE = 30.0


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: str


class Running:
    """A running preview of a project."""

    def __init__(self, project: Project, workshop: Workshop, port: int) -> None:
        self.project = project
        self.workshop = workshop
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self.out = project.root / FOLDER

    @property
    def now(self) -> Round:
        return self.workshop.current

    def until(self, holds: Callable[[Round], bool]) -> Round:
        """The first round of which this holds."""
        ends = time.monotonic() + PATIENCE
        while not holds(now := self.now):
            assert time.monotonic() < ends, f"it never came to that: {now}"
            time.sleep(0.01)
        return now

    def after(self, files: Mapping[str, str | bytes], folder: str = "content") -> Round:
        """The round that comes of saving these files."""
        number = self.now.number
        self.project.write(files, folder)
        return self.until(lambda now: now.number > number)

    def ask(self, target: str, *, method: str = "GET", host: str | None = None) -> Answer:
        """The answer to exactly this target; nothing in it is made tidy first."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.putrequest(method, target, skip_host=host is not None)
            if host:
                connection.putheader("Host", host)
            connection.endheaders()
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, headers, answer.read().decode(errors="replace"))

    @contextlib.contextmanager
    def events(self) -> Iterator[Iterator[dict[str, str]]]:
        """What the stream of events tells, one after the other."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request("GET", "/_preview/events")
            answer = connection.getresponse()
            assert answer.getheader("Content-Type", "").startswith("text/event-stream")
            lines = iter(answer.readline, b"")
            yield (json.loads(line[len(b"data: ") :]) for line in lines if line.startswith(b"data: "))


@contextlib.contextmanager
def running(project: Project) -> Iterator[Running]:
    """The preview of a project while the context lasts."""
    ready = threading.Event()
    with listening_socket("127.0.0.1", 0) as listening:
        request = project.request(out=None)
        server, workshop, watcher = preview_server(request, "127.0.0.1", ready.set, lambda *_: None)
        thread = threading.Thread(target=server.run, args=([listening],))
        port = listening.getsockname()[1]
        workshop.start()
        watcher.start()
        thread.start()
        assert ready.wait(PATIENCE)
        try:
            yield Running(project, workshop, port)
        finally:
            watcher.stop()
            server.handle_exit(0, None)
            thread.join()


def errors(now: Round) -> list[str]:
    """The rules of what keeps the site from being published."""
    return [problem.found.rule for problem in now.errors]


def found(rule: str, now: Round) -> Diagnostic:
    """The one problem of this rule."""
    (problem,) = (one.found for one in now.problems if one.found.rule == rule)
    return problem
