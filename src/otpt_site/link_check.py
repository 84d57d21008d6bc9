"""Asks other sites whether links still lead somewhere. The only user of httpx, and the only module that goes out.

An answer may be no answer: many sites refuse programs, and a site that is down today is not gone. So there are three
outcomes, and only what surely leads nowhere is called broken.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Final

import httpx
import msgspec

_GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_WAIT: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_AGENT: Final = "otpt-links (checks the links of a guide; asks each address once a week at most)"
_MOST_REDIRECTS: Final = 10
_DOI_HOST: Final = "doi.org"


class Outcome(StrEnum):
    """What came of asking."""

    FINE = "fine"
    BROKEN = "broken"
    UNKNOWN = "could not tell"


class Answer(msgspec.Struct, frozen=True):
    """What came of asking for one address, and why."""

    outcome: Outcome
    why: str


class Manners(msgspec.Struct, frozen=True):
    """How to ask: so many at once, but one at a time and with a pause for each host, and never for long.

    What fails in passing is asked `tries` times, with a wait that doubles. A site may ask to wait, at most
    `longest_wait` seconds: one that wants to be left alone for longer is. So is a host that did not answer about
    `patience` addresses in a row.
    """

    at_once: int = 8
    pause: float = 1.0
    seconds: float = 20.0
    tries: int = 3
    wait: float = 2.0
    longest_wait: float = 30.0
    patience: int = 3


class _Passing(Exception):
    """It may go better another time; `wait` is how long the site asks to wait, `silent` that it said nothing at all."""

    def __init__(self, why: str, wait: float = 0.0, *, silent: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.wait = wait
        self.silent = silent


def ask(urls: Iterable[str], manners: Manners, told: Callable[[str, Answer], None]) -> None:
    """Asks for each address; `told` gets each answer as it comes. Parts of a page (`#part`) are not looked for."""
    asyncio.run(_ask_all(tuple(dict.fromkeys(urls)), manners, told))


async def _ask_all(urls: Iterable[str], manners: Manners, told: Callable[[str, Answer], None]) -> None:
    async with httpx.AsyncClient(
        follow_redirects=True,
        max_redirects=_MOST_REDIRECTS,
        timeout=manners.seconds,
        headers={"User-Agent": _AGENT, "Accept": "*/*"},
    ) as client:
        asker = _Asker(client, manners)
        async with asyncio.TaskGroup() as group:
            for url in urls:
                group.create_task(asker.tell(url, told))


class _Asker:
    def __init__(self, client: httpx.AsyncClient, manners: Manners) -> None:
        self._client = client
        self._manners = manners
        self._room = asyncio.Semaphore(manners.at_once)
        self._hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        # How many addresses of a host in a row it did not answer about.
        self._silent: Counter[str] = Counter()
        # What hosts said that asked to be left alone.
        self._alone: dict[str, str] = {}

    async def tell(self, url: str, told: Callable[[str, Answer], None]) -> None:
        try:
            host = httpx.URL(url).host
        except httpx.InvalidURL as error:
            told(url, Answer(Outcome.BROKEN, f"this is no address: {error}"))
            return
        # A host that answers slowly must not take up the room of others: its own turn comes first.
        async with self._hosts[host]:
            if host in self._alone or self._silent[host] >= self._manners.patience:
                why = self._alone.get(host, f"{host} does not answer")
                told(url, Answer(Outcome.UNKNOWN, why))
                return
            async with self._room:
                answer = await self._patiently(url, host)
            told(url, answer)
            await asyncio.sleep(self._manners.pause)

    async def _patiently(self, url: str, host: str) -> Answer:
        why, wait, silent = "", self._manners.wait, False
        for attempt in range(self._manners.tries):
            try:
                answer = await self._answer(url)
            except _Passing as passing:
                why, silent = passing.why, passing.silent
                if passing.wait > self._manners.longest_wait:
                    self._alone[host] = f"{host} asks to be left alone for now"
                    break
                if attempt == self._manners.tries - 1:
                    break
                await asyncio.sleep(max(wait, passing.wait))
                wait *= 2
            else:
                self._silent[host] = 0
                return answer
        self._silent[host] = self._silent[host] + 1 if silent else 0
        return Answer(Outcome.UNKNOWN, why)

    async def _answer(self, url: str) -> Answer:
        """What the site says now. Raises _Passing."""
        try:
            response = await self._request("HEAD", url)
            # Some sites refuse to be asked for the head alone, in all kinds of ways.
            if response.is_error and response.status_code not in _WAIT:
                response = await self._request("GET", url)
        except httpx.TooManyRedirects:
            return Answer(Outcome.BROKEN, "it leads on and on, and never to a page")
        except httpx.UnsupportedProtocol:
            return Answer(Outcome.BROKEN, "it leads to an address that no browser opens")
        except TimeoutError:
            raise _Passing(f"no answer within {self._manners.seconds:g} seconds", silent=True) from None
        except httpx.HTTPError as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                return Answer(Outcome.UNKNOWN, "the site's certificate can't be trusted")
            raise _Passing(f"no connection: {str(error) or type(error).__name__}", silent=True) from None
        return self._read(response)

    async def _request(self, method: str, url: str) -> httpx.Response:
        """The answer without its body."""
        async with asyncio.timeout(self._manners.seconds), self._client.stream(method, url) as response:
            return response

    def _read(self, response: httpx.Response) -> Answer:
        status = response.status_code
        said = f"{status} {response.reason_phrase}".strip()
        if response.is_success:
            return _arrived(response, said)
        if status in _GONE:
            return Answer(Outcome.BROKEN, said)
        if status in _WAIT or response.is_server_error:
            raise _Passing(said, _seconds_asked(response))
        if response.history and response.history[0].url.host == _DOI_HOST:
            # The resolver knows the DOI, and finds its page wherever that goes. Publishers often refuse programs.
            return Answer(Outcome.FINE, f"the DOI is known; its publisher says {said}")
        return Answer(Outcome.UNKNOWN, said)


def _arrived(response: httpx.Response, said: str) -> Answer:
    """What to say of a page that came. Sites lead to their front page from much that is gone."""
    asked = response.history[0].url if response.history else response.url
    if asked.path != "/" and response.url.path == "/" and not response.url.query:
        return Answer(Outcome.UNKNOWN, f"it leads to the front page of {response.url.host}")
    moved = any(step.status_code in (301, 308) for step in response.history)
    return Answer(Outcome.FINE, f"moved to {response.url}" if moved else said)


def _seconds_asked(response: httpx.Response) -> float:
    """How long the site asks to wait: in seconds, or from its own hour to another one; 0 when it does not say.

    Source: RFC 9110, section 10.2.3, https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
    """
    asked = response.headers.get("Retry-After", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked)
    try:
        until, now = (parsedate_to_datetime(hour) for hour in (asked, response.headers.get("Date", "")))
        return (until - now).total_seconds()
    except (ValueError, TypeError):
        return 0.0  # an hour is missing, can't be read, or has no time zone
