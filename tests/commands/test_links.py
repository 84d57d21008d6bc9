"""`otpt links` as an editor and a program meet it, with answers that a test decides on."""

import datetime
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from otpt_site.cli import main
from otpt_site.link_check import Answer, Manners, Outcome
from tests.kit import article
from tests.project import ONE_OF_EACH, Project, project

FINE = "https://fine.example/"
GONE = "https://gone.example/"
SHY = "https://shy.example/"
ANSWERS = {
    FINE: Answer(Outcome.FINE, "200 OK"),
    GONE: Answer(Outcome.BROKEN, "404 Not Found"),
    SHY: Answer(Outcome.UNKNOWN, "403 Forbidden"),
}


class _Asked:
    """In place of the network: answers, and what was asked."""

    def __init__(self) -> None:
        self.urls: list[str] = []

    def __call__(self, urls: Iterable[str], _manners: Manners, told: Callable[[str, Answer], None]) -> None:
        for url in urls:
            self.urls.append(url)
            told(url, ANSWERS[url])


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> _Asked:
    asked = _Asked()
    monkeypatch.setattr("otpt_site.link_check.ask", asked)
    return asked


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    return project(tmp_path)


def _with(site: Project, *urls: str) -> None:
    body = "\n\n".join(f"See [some page of theirs]({url})." for url in urls)
    site.write({"articles/x.md": article(body)})


def _run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["links", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_broken_links_are_told_last_with_their_places(site: Project, asked: _Asked) -> None:
    _with(site, GONE, FINE, SHY, GONE)
    result = _run()
    assert result.exit_code == 1
    assert result.stdout == (
        "content/articles/x.md:14:27 could not tell https://shy.example/\n"
        "   403 Forbidden. Open it in a browser. If it works there, nothing needs doing.\n"
        "\n"
        "content/articles/x.md:10:27 broken https://gone.example/\n"
        "   404 Not Found. Find where the page went and write its new address, or take the link out.\n"
        "\n"
        "content/articles/x.md:16:27 broken https://gone.example/\n"
        "   404 Not Found. Find where the page went and write its new address, or take the link out.\n"
        "\n"
        "3 links: 1 fine, 1 broken, 1 could not tell.\n"
    )
    assert sorted(asked.urls) == [FINE, GONE, SHY]


def test_what_nobody_could_tell_is_no_failure(site: Project, asked: _Asked) -> None:
    _with(site, FINE, SHY)
    result = _run()
    assert (result.exit_code, len(asked.urls)) == (0, 2)
    assert result.stdout.endswith("2 links: 1 fine, 1 could not tell.\n")


def test_a_guide_without_links_is_fine(site: Project, asked: _Asked) -> None:
    assert site.content.exists()
    result = _run()
    assert (result.exit_code, result.stdout, asked.urls) == (0, "No links to other sites.\n", [])


def test_json_holds_every_link(site: Project, asked: _Asked) -> None:
    _with(site, GONE, FINE)
    result = _run("--format", "json")
    assert result.exit_code == 1
    assert asked.urls
    rows = json.loads(result.stdout)["links"]
    assert rows == [
        {
            "url": GONE, "path": "content/articles/x.md", "line": 10, "column": 27,
            "outcome": "broken", "why": "404 Not Found",
        },
        {"url": FINE, "path": "content/articles/x.md", "line": 12, "column": 27, "outcome": "fine", "why": "200 OK"},
    ]  # fmt: skip


def test_fine_links_are_asked_for_again_after_some_days_and_others_at_once(
    site: Project, asked: _Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with(site, FINE, GONE, SHY)
    _run()
    for days, again in ((6, [GONE, SHY]), (7, [FINE, GONE, SHY])):
        asked.urls.clear()
        _on_day(monkeypatch, datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days))
        assert "1 fine" in _run().stdout
        assert sorted(asked.urls) == again
        monkeypatch.undo()
        monkeypatch.chdir(site.root)
        monkeypatch.setattr("otpt_site.link_check.ask", asked)


def _on_day(monkeypatch: pytest.MonkeyPatch, now: datetime.datetime) -> None:
    class _Later(datetime.datetime):
        @classmethod
        def now(cls, _tz: Any = None) -> Any:
            return now

    monkeypatch.setattr(datetime, "datetime", _Later)


def test_the_age_can_be_chosen(site: Project, asked: _Asked) -> None:
    _with(site, FINE)
    _run()
    _run("--max-age", "1")
    assert asked.urls == [FINE]
    _run("--max-age", "0")
    assert asked.urls == [FINE, FINE]


def test_what_was_found_out_is_kept_when_somebody_stops_it(
    site: Project, asked: _Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(urls: Iterable[str], manners: Manners, told: Callable[[str, Answer], None]) -> None:
        asked([FINE], manners, told)
        assert set(urls) == {FINE, GONE}
        raise KeyboardInterrupt

    _with(site, FINE, GONE)
    monkeypatch.setattr("otpt_site.link_check.ask", stopped)
    assert CliRunner().invoke(main, ["links"]).exit_code == 1
    assert FINE in (site.root / ".cache" / "links.json").read_text("utf-8")


def test_links_of_drafts_are_asked_for_when_wanted(site: Project, asked: _Asked) -> None:
    site.write({"articles/x.md": article(f"See [some page of theirs]({FINE}).", draft="true")})
    _run()
    assert asked.urls == []
    _run("--drafts")
    assert asked.urls == [FINE]


def test_a_guide_that_can_not_be_read_is_told(site: Project, asked: _Asked) -> None:
    (site.content / "site.yaml").unlink()
    result = _run()
    assert (result.exit_code, asked.urls) == (1, [])
    assert "Run otpt check" in result.stderr


@pytest.mark.parametrize("arguments", [["--max-age", "-1"], ["--max-age", "x"], ["--format", "github"], ["surplus"]])
def test_wrong_use_exits_with_two(site: Project, asked: _Asked, arguments: list[str]) -> None:
    assert site.content.exists()
    assert (_run(*arguments).exit_code, asked.urls) == (2, [])


def test_no_build_asks_other_sites(site: Project, asked: _Asked) -> None:
    _with(site, GONE)
    assert not site.build().stopped
    assert asked.urls == []
    assert set(ONE_OF_EACH) <= {path.relative_to(site.content).as_posix() for path in site.content.rglob("*")}
