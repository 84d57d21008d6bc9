"""Asking for links: against a server on this machine that plays what sites do."""

import datetime
import email.utils
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

import msgspec
import pytest

from otpt_site import link_check
from otpt_site.link_check import Answer, Manners, Outcome, ask

QUICK: Final = Manners(pause=0, seconds=5, tries=3, wait=0.01, longest_wait=1)


class _Record:
    """What one server was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.times: list[float] = []
        self.now = 0
        self.at_once = 0
        self.lock = threading.Lock()

    def begin(self, method: str, path: str) -> None:
        with self.lock:
            self.asked.append((method, path))
            self.times.append(time.monotonic())
            self.now += 1
            self.at_once = max(self.at_once, self.now)

    def end(self) -> None:
        with self.lock:
            self.now -= 1


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Site)
        self.record = _Record()

    def handle_error(self, *_: Any) -> None:
        """Says nothing: it is played that connections break."""


class _Site(BaseHTTPRequestHandler):
    """Plays a site; the path says what."""

    server: _Server

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.server.record.begin(self.command, self.path)
        name, _, argument = unquote(self.path).strip("/").partition("/")
        try:
            getattr(self, f"_play_{name.replace('-', '_')}")(argument)
        finally:
            self.server.record.end()

    def _say(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for header, value in headers.items():
            self.send_header(header.replace("_", "-"), value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _times_asked(self) -> int:
        return sum(path == self.path for _, path in self.server.record.asked)

    def _play_status(self, argument: str) -> None:
        self._say(int(argument))

    def _play_moved(self, argument: str) -> None:
        self._say(int(argument), Location="/status/200")

    def _play_front(self, argument: str) -> None:
        self._say(int(argument), Location="/")

    def _play_(self, _argument: str) -> None:
        self._say(200)

    def _play_refused(self, _argument: str) -> None:
        self._say(302, Location="/status/403")

    def _play_gone(self, _argument: str) -> None:
        self._say(302, Location="/status/404")

    def _play_circle(self, _argument: str) -> None:
        self._say(302, Location="/circle")

    def _play_away(self, _argument: str) -> None:
        self._say(302, Location="ftp://example.org/file")

    def _play_no_head(self, argument: str) -> None:
        self._say(200 if self.command == "GET" else int(argument))

    def _play_later(self, argument: str) -> None:
        """Asks to wait at the first time."""
        if self._times_asked() == 1:
            self._say(429, Retry_After=argument)
        else:
            self._say(200)

    def _play_busy(self, argument: str) -> None:
        self._say(429, Retry_After=argument)

    def _play_shaky(self, _argument: str) -> None:
        self._say(500 if self._times_asked() <= 2 else 200)

    def _play_slow(self, argument: str) -> None:
        time.sleep(float(argument))
        self._say(200)

    def _play_drip(self, _argument: str) -> None:
        """Sends a line now and then, so that the wait for each is short and the wait for all has no end."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(40):
            time.sleep(0.05)
            try:
                self.wfile.write(f"X-{number}: x\r\n".encode())
            except OSError:
                return

    def _play_closed(self, _argument: str) -> None:
        self.close_connection = True

    def _play_rubbish(self, _argument: str) -> None:
        self.wfile.write(b"This is not the protocol.\r\n\r\n")
        self.close_connection = True

    def _play_endless(self, _argument: str) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while self.command == "GET":
                self.wfile.write(b"x" * 65536)
        except OSError:
            return

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@contextmanager
def _served(server: _Server) -> Iterator[str]:
    """Serves while the context lasts; its value is the server's host and port."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


class Site(NamedTuple):
    """A site that is played: its address, and what it was asked."""

    url: str
    record: _Record


@pytest.fixture
def site() -> Iterator[Site]:
    server = _Server()
    with _served(server) as host:
        yield Site(f"http://{host}", server.record)


def _ask(urls: Iterable[str], manners: Manners, told: Callable[[str, Answer], None]) -> None:
    """Asks from a thread of its own: the browser of other tests keeps an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(ask, urls, manners, told).result()


def _answers(*urls: str, manners: Manners = QUICK) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    _ask(urls, manners, lambda url, answer: answers.update({url: answer}))
    assert answers.keys() == set(urls)
    return answers


def _answer(url: str, manners: Manners = QUICK) -> tuple[Outcome, str]:
    answer = _answers(url, manners=manners)[url]
    return answer.outcome, answer.why


@pytest.mark.parametrize(
    ("path", "outcome", "why"),
    [
        ("status/200", Outcome.FINE, "200 OK"),
        ("status/204", Outcome.FINE, "204 No Content"),
        ("moved/302", Outcome.FINE, "200 OK"),
        ("status/404", Outcome.BROKEN, "404 Not Found"),
        ("status/410", Outcome.BROKEN, "410 Gone"),
        ("status/401", Outcome.UNKNOWN, "401 Unauthorized"),
        ("status/403", Outcome.UNKNOWN, "403 Forbidden"),
        ("status/400", Outcome.UNKNOWN, "400 Bad Request"),
        ("status/500", Outcome.UNKNOWN, "500 Internal Server Error"),
        ("status/503", Outcome.UNKNOWN, "503 Service Unavailable"),
        ("circle", Outcome.BROKEN, "it leads on and on, and never to a page"),
        ("away", Outcome.BROKEN, "it leads to an address that no browser opens"),
        ("endless", Outcome.FINE, "200 OK"),
    ],
)
def test_what_a_site_says_is_understood(site: Site, path: str, outcome: Outcome, why: str) -> None:
    assert _answer(f"{site.url}/{path}") == (outcome, why)


@pytest.mark.parametrize("status", [301, 308])
def test_a_page_that_moved_for_good_is_fine_and_its_address_told(site: Site, status: int) -> None:
    assert _answer(f"{site.url}/moved/{status}") == (Outcome.FINE, f"moved to {site.url}/status/200")


@pytest.mark.parametrize("status", [403, 404, 405, 500, 501])
def test_a_site_that_refuses_to_give_the_head_alone_is_asked_for_the_page(site: Site, status: int) -> None:
    assert _answer(f"{site.url}/no-head/{status}") == (Outcome.FINE, "200 OK")
    assert [method for method, _ in site.record.asked] == ["HEAD", "GET"]


def test_what_is_surely_gone_is_asked_for_once(site: Site) -> None:
    _answer(f"{site.url}/status/404")
    assert [method for method, _ in site.record.asked] == ["HEAD", "GET"]


def test_a_site_that_fails_in_passing_is_asked_again(site: Site) -> None:
    assert _answer(f"{site.url}/shaky") == (Outcome.FINE, "200 OK")
    assert len(site.record.asked) == 3


def test_a_site_that_keeps_failing_is_asked_a_few_times_only(site: Site) -> None:
    _answer(f"{site.url}/status/503")
    assert len(site.record.asked) == QUICK.tries


def test_a_site_that_asks_to_wait_is_waited_for(site: Site) -> None:
    assert _answer(f"{site.url}/later/1") == (Outcome.FINE, "200 OK")
    assert len(site.record.asked) == 2
    assert site.record.times[1] - site.record.times[0] > 0.9


@pytest.mark.parametrize("asked", ["3600", "Wed, 21 Oct 2037 07:28:00 GMT"])
def test_a_site_that_asks_to_wait_long_is_let_be(site: Site, asked: str) -> None:
    assert _answer(f"{site.url}/busy/{asked.replace(' ', '%20')}") == (Outcome.UNKNOWN, "429 Too Many Requests")
    assert len(site.record.asked) == 1


def test_a_site_may_name_the_hour_until_which_to_wait(site: Site) -> None:
    soon = email.utils.format_datetime(datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=2), usegmt=True)
    manners = msgspec.structs.replace(QUICK, longest_wait=3)
    assert _answer(f"{site.url}/later/{soon.replace(' ', '%20')}", manners) == (Outcome.FINE, "200 OK")
    assert site.record.times[1] - site.record.times[0] > 0.5


@pytest.mark.parametrize("asked", ["soon", "Wed, 21 Oct 2037 07:28:00 -0000", "-5"])
def test_a_wait_that_can_not_be_read_is_none(site: Site, asked: str) -> None:
    assert _answer(f"{site.url}/later/{asked.replace(' ', '%20')}") == (Outcome.FINE, "200 OK")


def test_a_host_that_asks_to_wait_long_is_not_asked_for_more(site: Site) -> None:
    first, second = f"{site.url}/busy/3600", f"{site.url}/status/200"
    assert [answer.why for answer in _answers(first, second).values()] == [
        "429 Too Many Requests",
        "127.0.0.1 asks to be left alone for now",
    ]
    assert site.record.asked == [("HEAD", "/busy/3600")]


@pytest.mark.parametrize(
    ("path", "outcome", "why"),
    [
        ("front/301", Outcome.UNKNOWN, "it leads to the front page of 127.0.0.1"),
        ("front/302", Outcome.UNKNOWN, "it leads to the front page of 127.0.0.1"),
        ("", Outcome.FINE, "200 OK"),
    ],
)
def test_a_page_that_leads_to_the_front_page_may_be_gone(site: Site, path: str, outcome: Outcome, why: str) -> None:
    assert _answer(f"{site.url}/{path}") == (outcome, why)


@pytest.mark.parametrize(
    ("path", "outcome"),
    [("refused", Outcome.FINE), ("status/403", Outcome.UNKNOWN), ("gone", Outcome.BROKEN)],
)
def test_a_doi_that_is_known_is_fine_where_its_publisher_refuses_programs(
    site: Site, monkeypatch: pytest.MonkeyPatch, path: str, outcome: Outcome
) -> None:
    monkeypatch.setattr(link_check, "_DOI_HOST", "127.0.0.1")
    assert _answer(f"{site.url}/{path}")[0] is outcome


@pytest.mark.parametrize("path", ["slow/3", "drip"])
def test_a_slow_site_is_given_up(site: Site, path: str) -> None:
    manners = Manners(pause=0, seconds=0.3, tries=2, wait=0)
    assert _answer(f"{site.url}/{path}", manners) == (Outcome.UNKNOWN, "no answer within 0.3 seconds")


@pytest.mark.parametrize("path", ["closed", "rubbish"])
def test_a_broken_connection_tells_nothing(site: Site, path: str) -> None:
    outcome, why = _answer(f"{site.url}/{path}")
    assert outcome is Outcome.UNKNOWN
    assert why.startswith("no connection: ")
    assert len(site.record.asked) == QUICK.tries


def test_a_host_that_never_answers_is_left_alone(site: Site) -> None:
    answers = _answers(*(f"{site.url}/closed/{number}" for number in range(6)))
    assert len(site.record.asked) == QUICK.patience * QUICK.tries
    assert [answer.why for answer in answers.values()][QUICK.patience :] == ["127.0.0.1 does not answer"] * 3


def test_a_host_that_answers_now_and_then_is_asked_on(site: Site) -> None:
    paths = ("closed/1", "closed/2", "status/200", "closed/3", "closed/4", "status/404")
    answers = _answers(*(f"{site.url}/{path}" for path in paths))
    assert [answer.outcome for answer in answers.values()].count(Outcome.UNKNOWN) == 4
    assert answers[f"{site.url}/status/404"].outcome is Outcome.BROKEN


def test_nobody_at_home_tells_nothing() -> None:
    outcome, why = _answer("http://127.0.0.1:1/")
    assert (outcome, why.startswith("no connection: ")) == (Outcome.UNKNOWN, True)


def test_a_host_that_is_not_known_tells_nothing() -> None:
    outcome, why = _answer("http://no-such-host.invalid/")
    assert (outcome, why.startswith("no connection: ")) == (Outcome.UNKNOWN, True)


@pytest.mark.parametrize("url", ["http://[::1/", "http://example.org:port/", f"http://example.org/{'a' * 70_000}"])
def test_an_address_that_is_none_is_broken(url: str) -> None:
    outcome, why = _answer(url)
    assert (outcome, why.startswith("this is no address: ")) == (Outcome.BROKEN, True)


def test_a_certificate_that_can_not_be_trusted_tells_nothing(tmp_path: Path) -> None:
    if not shutil.which("openssl"):
        pytest.skip("openssl makes the certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    server = _Server()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with _served(server) as host:
        assert _answer(f"https://{host}/status/200") == (Outcome.UNKNOWN, "the site's certificate can't be trusted")


def test_a_site_without_encryption_where_some_is_asked_for_tells_nothing(site: Site) -> None:
    outcome, why = _answer(site.url.replace("http:", "https:") + "/status/200")
    assert (outcome, why.startswith("no connection: ")) == (Outcome.UNKNOWN, True)


def test_one_host_is_asked_for_one_thing_at_a_time_with_a_pause(site: Site) -> None:
    _answers(*(f"{site.url}/slow/0.0{number}" for number in range(4)), manners=Manners(pause=0.2))
    assert site.record.at_once == 1
    assert all(later - before > 0.2 for before, later in zip(site.record.times, site.record.times[1:], strict=False))


def test_several_hosts_are_asked_at_once_but_not_too_many(site: Site) -> None:
    port = site.url.rpartition(":")[2]
    urls = [f"http://{host}:{port}/slow/0.3" for host in ("127.0.0.1", "localhost")]
    _answers(*urls)
    assert site.record.at_once == 2
    site.record.at_once = 0
    _answers(*urls, manners=Manners(at_once=1, pause=0))
    assert site.record.at_once == 1


def test_each_address_is_asked_for_once(site: Site) -> None:
    url = f"{site.url}/status/200"
    told: list[str] = []
    _ask([url, url], QUICK, lambda url, _: told.append(url))
    assert told == [url]
    assert len(site.record.asked) == 1


def test_nothing_is_asked_when_there_are_no_links() -> None:
    assert _answers() == {}
