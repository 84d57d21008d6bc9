"""The preview as a program: its port, its warnings, and how it ends."""

import http.client
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from otpt_site.cli import main
from otpt_site.serve.server import HostUnknown, PortTaken, aside, is_loopback, listening_socket
from tests.kit import condition
from tests.project import project
from tests.serve.running import PATIENCE

OTPT = (sys.executable, "-c", "from otpt_site.cli import main; main()", "serve", "--today", "2026-11-23")
ADDRESS = re.compile(r"The guide is at http://127\.0\.0\.1:(\d+)/")


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104 - the address that others can reach
        ("::", False),
        ("192.168.1.2", False),
        ("clinic-pc", False),
    ],
)
def test_who_can_reach_a_host(host: str, own: bool) -> None:
    assert is_loopback(host) == own


def test_the_next_free_port_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening_socket("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        monkeypatch.setattr("otpt_site.serve.server.FIRST_PORT", port)
        with listening_socket("127.0.0.1", None) as second:
            assert port < second.getsockname()[1] < port + 20
        monkeypatch.setattr("otpt_site.serve.server._TRIED", 1)
        with pytest.raises(PortTaken):
            listening_socket("127.0.0.1", None)
        with pytest.raises(PortTaken):
            listening_socket("127.0.0.1", port)


@pytest.mark.parametrize("host", ["203.0.113.7", "a..b", "256.1.1.1.1.1:80"])
def test_a_host_that_is_not_this_machine(host: str) -> None:
    with pytest.raises(HostUnknown):
        listening_socket(host, 0)


def test_builds_do_not_wait_for_a_terminal() -> None:
    go_on, told = threading.Event(), queue.SimpleQueue[object]()

    def tell(what: object, _seconds: float) -> None:
        assert go_on.wait(PATIENCE)
        told.put(what)
        if what == "one":
            raise BrokenPipeError

    put = aside(tell)
    put("one", 0)
    put("two", 0)
    assert told.empty()
    go_on.set()
    assert [told.get(timeout=PATIENCE) for _ in range(2)] == ["one", "two"]


def _run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["serve", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_port_that_is_taken_is_told_with_what_to_do() -> None:
    with listening_socket("127.0.0.1", 0) as taken:
        result = _run("--port", str(taken.getsockname()[1]))
    assert result.exit_code == 2
    assert "another program has port" in result.output
    assert "leave out --port" in result.output


@pytest.mark.parametrize("port", ["0", "99999", "abc", "-1", "8000.5", ""])
def test_what_is_no_port_is_told(port: str) -> None:
    result = _run("--port", port)
    assert result.exit_code == 2
    assert f"'{port}' is no port. Write a number from 1024 to 65535, such as 8900." in result.output


def test_when_all_ports_are_taken_another_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("otpt_site.serve.server._TRIED", 0)
    result = _run()
    assert result.exit_code == 2
    assert "all ports from 8000 on" in result.output
    assert "otpt serve --port 8900" in result.output


@pytest.mark.parametrize("host", ["203.0.113.7", "", "http://127.0.0.1", "127.0.0.1:8000"])
def test_a_host_that_can_not_be_served_at_is_told(host: str) -> None:
    result = _run("--host", host)
    assert result.exit_code == 2
    assert f"this computer can't serve at '{host}'" in result.output
    assert "without http:// and without a port" in result.output


def _without_serving(monkeypatch: pytest.MonkeyPatch) -> None:
    def serve(_request: object, _host: str, listening: socket.socket, *_: object) -> None:
        listening.close()

    monkeypatch.setattr("otpt_site.serve.server.serve", serve)


def test_another_host_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    _without_serving(monkeypatch)
    assert "can read the guide, drafts too" in _run("--host", "0.0.0.0").output  # noqa: S104 - what is warned of
    assert _run().output == ""


@contextmanager
def _started(folder: Path) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """The command at work in a folder, and its port."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        OTPT, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            assert process.stdout
            port = next(found[1] for line in process.stdout if (found := ADDRESS.match(line)))
            yield process, int(port)
        finally:
            process.kill()


def _built(process: "subprocess.Popen[str]") -> str:
    """The next line on a build."""
    assert process.stdout
    return next(line for line in process.stdout if "pages built" in line or "Not built" in line)


def test_ctrl_c_ends_it_at_once_and_quietly_while_a_browser_listens(tmp_path: Path) -> None:
    project(tmp_path)
    with _started(tmp_path) as (process, port):
        _built(process)
        browser = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        browser.request("GET", "/_preview/events")
        answer = browser.getresponse()
        assert answer.readline() == b"retry: 500\n"
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=PATIENCE)
        browser.close()
    assert (process.returncode, error) == (0, "")
    assert "Aborted" not in out


def test_ctrl_c_during_the_first_build(tmp_path: Path) -> None:
    project(tmp_path)
    with _started(tmp_path) as (process, _):
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=PATIENCE)
    assert (process.returncode, error) == (0, "")


def test_problems_are_told_in_the_terminal_too_and_end_nothing(tmp_path: Path) -> None:
    made = project(tmp_path)
    with _started(tmp_path) as (process, _):
        assert "pages built" in _built(process)
        made.write({"conditions/stroke.md": condition(lead="physio")})
        assert process.stdout
        assert "content/conditions/stroke.md:8:7 error[unknown-therapy]" in next(process.stdout)
        assert "Not built; what was built before is as it was." in _built(process)
        made.write({"conditions/stroke.md": condition()})
        assert "pages built" in _built(process)
    assert not made.out.exists()


def test_a_folder_that_is_no_project_stays_as_it_is(tmp_path: Path) -> None:
    with _started(tmp_path) as (process, _):
        assert "Not built" in _built(process)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
    assert list(tmp_path.iterdir()) == []
