"""Rebuilds: one after the other, one for a burst, and none that ends the preview."""

import datetime
import itertools
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from otpt_site.build import BuildReport, BuildRequest, Rebuilt
from otpt_site.serve.rounds import Round
from otpt_site.serve.workshop import Workshop
from tests.kit import TODAY, article, condition
from tests.project import Project, day, project
from tests.serve.running import PATIENCE, errors, found

BASE = "{% extends 'base.html' %}"


@pytest.fixture
def made(tmp_path: Path) -> Project:
    return project(tmp_path)


def _workshop(
    made: Project, tell: Callable[[object, float], None] = lambda *_: None, today: datetime.date | None = TODAY
) -> Workshop:
    out = made.root / ".cache/preview"
    return Workshop(made.request(out=out, drafts=True, base_url="/", today=today), out, tell)


def _round(workshop: Workshop, *changed: Path) -> Round:
    workshop.ask(changed)
    workshop.build()
    return workshop.current


def test_a_good_build_is_shown(made: Project) -> None:
    now = _round(_workshop(made))
    assert (now.number, now.shown, now.errors) == (1, 1, [])
    assert now.site
    assert "conditions/stroke/index.html" in now.files


def test_nothing_changed_is_no_round(made: Project) -> None:
    workshop = _workshop(made)
    _round(workshop)
    os.utime(made.content / "site.yaml")
    made.write({".site.yaml.swp": "x", "conditions/stroke.md~": "x"})
    assert _round(workshop).number == 1
    workshop.ask(anew=True)
    workshop.build()
    assert workshop.current.number == 2


@pytest.mark.parametrize(
    ("folder", "files", "rule"),
    [
        ("content", {"conditions/stroke.md": condition(lead="physio")}, "unknown-therapy"),
        ("content", {"goals.yaml": "areas: [\n"}, "yaml-syntax"),
        ("content", {"site.yaml": "title: 1.10\n"}, "missing-key"),
        ("templates", {"pages/condition.html": BASE + "{% block main %}{{ no_such }}{% endblock %}"}, "template-error"),
        ("templates", {"pages/condition.html": "{% if %}"}, "template-syntax"),
        ("templates", {"pages/condition.html": "{% extends 'nowhere.html' %}"}, "template-missing"),
    ],
)
def test_a_problem_keeps_the_last_good_site_and_goes_when_it_is_mended(
    made: Project, folder: str, files: dict[str, str], rule: str
) -> None:
    workshop = _workshop(made)
    before = _round(workshop)
    kept = {path: (made.root / folder / path) for path in files}
    good = {path: file.read_bytes() for path, file in kept.items() if file.exists()}
    made.write(files, folder)
    broken = _round(workshop)
    assert (broken.number, broken.shown, broken.site) == (2, 1, before.site)
    assert rule in errors(broken)
    assert broken.files == before.files
    for path, file in kept.items():
        file.write_bytes(good[path]) if path in good else file.unlink()
    mended = _round(workshop)
    assert (mended.number, mended.shown, mended.errors) == (3, 3, [])


def test_a_problem_is_kept_with_its_line_as_it_was(made: Project) -> None:
    workshop = _workshop(made)
    made.write({"conditions/stroke.md": condition(lead="physio")})
    now = _round(workshop)
    made.write({"conditions/stroke.md": "something else"})
    (problem,) = now.errors
    assert problem.line == "lead: physio"
    assert problem.found is found("unknown-therapy", now)


def test_a_deleted_content_folder_is_a_problem_until_it_is_back(made: Project) -> None:
    workshop = _workshop(made)
    before = _round(workshop)
    made.content.rename(made.root / "aside")
    gone = _round(workshop)
    assert errors(gone) == ["content-missing"]
    assert gone.files == before.files
    (made.root / "aside").rename(made.content)
    assert _round(workshop).errors == []


def test_a_burst_is_one_build(made: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    at_work, go_on = threading.Event(), threading.Event()
    asked: list[bytes | None] = []

    def slowly(_request: BuildRequest, before: bytes | None) -> Rebuilt | None:
        asked.append(before)
        at_work.set()
        assert go_on.wait(PATIENCE)
        return None

    monkeypatch.setattr("otpt_site.serve.workshop.rebuild", slowly)
    workshop = _workshop(made)
    workshop.start()
    assert at_work.wait(PATIENCE)
    at_work.clear()
    for number in range(1000):
        workshop.ask([made.content / f"{number}.md"])
    go_on.set()
    assert at_work.wait(PATIENCE)
    assert not workshop._asked.wait(0.2)
    assert len(asked) == 2


class Saves:
    """In place of the event that a rebuild is asked for: so many saves follow each other closely."""

    def __init__(self, follow: int) -> None:
        self.follow = follow
        self.asked = True

    def is_set(self) -> bool:
        return self.asked

    def clear(self) -> None:
        self.asked = False

    def wait(self, _seconds: float) -> None:
        self.asked = self.follow > 0
        self.follow -= 1


def test_saves_that_follow_each_other_closely_are_waited_for(made: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    workshop = _workshop(made)
    saves = Saves(20)
    monkeypatch.setattr(workshop, "_asked", saves)
    workshop.wait_for_calm()
    assert (saves.follow, saves.asked) == (-1, False)


def test_saves_that_never_end_are_not_waited_for_for_ever(made: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    workshop = _workshop(made)
    seconds = itertools.count()
    monkeypatch.setattr("otpt_site.serve.workshop.time.monotonic", lambda: next(seconds))
    monkeypatch.setattr(workshop, "_asked", Saves(1_000_000))
    workshop.wait_for_calm()


def test_a_file_that_is_empty_for_a_moment_is_waited_for(made: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    workshop = _workshop(made)
    _round(workshop)
    saved = made.content / "conditions/stroke.md"
    saved.write_text("")

    def go_on_saving(_seconds: float) -> None:
        saved.write_text(condition("New words."))

    monkeypatch.setattr("otpt_site.serve.workshop.time.sleep", go_on_saving)
    assert _round(workshop, saved).errors == []


def test_a_file_that_is_locked_for_a_moment_is_waited_for(made: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    workshop = _workshop(made)
    locked = made.content / "conditions/stroke.md"
    whole_open = Path.open
    tries: list[Path] = []

    def open_(path: Path, *arguments: object, **options: object) -> object:
        if path == locked and len(tries) < 3:
            tries.append(path)
            raise PermissionError
        return whole_open(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", open_)
    now = _round(workshop, locked)
    assert len(tries) == 3
    assert now.errors == []


@pytest.mark.parametrize("left", ["empty", "gone", "folder"])
def test_nothing_is_waited_for_in_vain(made: Project, monkeypatch: pytest.MonkeyPatch, left: str) -> None:
    changed = made.content / "conditions/stroke.md"
    if left == "empty":
        changed.write_text("")
    else:
        changed.unlink()
    if left == "folder":
        changed.mkdir()
    slept: list[float] = []
    monkeypatch.setattr("otpt_site.serve.workshop.time.sleep", slept.append)
    assert _round(_workshop(made), changed).number == 1
    assert sum(slept) <= (1 if left == "empty" else 0)


def test_what_nobody_foresaw_is_told_and_survived(made: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    workshop = _workshop(made, lambda what, _seconds: told.append(what))
    before = _round(workshop)

    def failing(*_: object) -> Rebuilt | None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("otpt_site.serve.workshop.rebuild", failing)
    failed = _round(workshop)
    assert "No space left" in failed.failure
    assert failed.files == before.files
    assert isinstance(told[0], BuildReport)
    assert told[1] == failed.failure
    monkeypatch.undo()
    assert _round(workshop).failure == ""


def test_a_folder_that_could_not_be_written_to_is_tried_again(made: Project) -> None:
    workshop = _workshop(made)
    out = made.root / ".cache/preview"
    out.parent.mkdir(exist_ok=True)
    out.write_text("in the way")
    stopped = _round(workshop)
    assert errors(stopped) == ["bad-output"]
    assert found("bad-output", stopped).hint.startswith("Move that file away")
    out.unlink()
    assert _round(workshop).errors == []


class Clock:
    """What the preview takes for the day, in whatever time zone."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.day = TODAY
        self.then: list[datetime.date] = []
        self.asked: set[str] = set()
        monkeypatch.setattr("otpt_site.build.today_in", self._today)

    def _today(self, timezone: str) -> datetime.date:
        self.asked.add(timezone)
        if self.then:
            self.day = self.then.pop(0)
        return self.day


DATED = {
    "articles/later.md": article(publish_on="2026-11-25"),
    "articles/going.md": article(expires_on="2026-11-25", title="Going"),
}


def test_another_day_is_another_site_though_no_file_changed(made: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    made.write(DATED)
    workshop = _workshop(made, today=None)
    first = _round(workshop)
    assert _round(workshop) is first
    clock.day = day("2026-11-25")
    second = _round(workshop)
    assert (second.number, second.shown) == (2, 2)
    assert "articles/going/index.html" in first.files
    assert "articles/going/index.html" not in second.files
    assert [_state(one, "articles/later/index.html") for one in (first, second)] == ["scheduled", "published"]
    assert _round(workshop) is second
    assert "America/Toronto" in clock.asked


def _state(now: Round, path: str) -> str:
    facts = now.site.facts(path) if now.site else None
    assert facts
    return facts.state.value


def test_another_day_is_waited_for_as_changes_are(made: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    monkeypatch.setattr("otpt_site.serve.workshop._LOOK", 0.001)
    workshop = _workshop(made, today=None)
    assert _round(workshop).number == 1
    # The last one is that of a computer whose clock was set back.
    for number, next_day in enumerate(("2026-11-24", "2026-12-24", "2026-11-23"), 2):
        clock.then = [clock.day, clock.day, day(next_day)]
        workshop.wait()
        assert clock.then == []
        workshop.build()
        assert workshop.current.number == number
    workshop.ask()
    workshop.wait()


def test_a_day_that_was_asked_for_stays(made: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    workshop = _workshop(made)
    first = _round(workshop)
    clock.day = day("2027-01-01")
    assert _round(workshop) is first


def test_listeners_hear_of_rounds_until_they_leave(made: Project) -> None:
    workshop = _workshop(made)
    heard: list[int] = []

    def listener(now: Round) -> None:
        heard.append(now.number)

    workshop.listen(listener)
    _round(workshop)
    _round(workshop)
    made.write({"conditions/stroke.md": condition("New words.")})
    _round(workshop)
    workshop.leave(listener)
    workshop.leave(listener)
    made.write({"conditions/stroke.md": condition("Newer words.")})
    assert _round(workshop).number == 3
    assert heard == [1, 2]


def test_what_only_the_published_site_lacks_is_found_too(made: Project) -> None:
    workshop = _workshop(made)
    made.write({"articles/next.md": article(draft="true")})
    made.write({"conditions/stroke.md": condition("See the [next](article:next) one.")})
    good = _round(workshop)
    assert good.errors == []
    workshop.look_further()
    now = workshop.current
    assert (now.number, now.shown, now.stopped) == (2, 1, False)
    assert errors(now) == ["hidden-reference"]
    workshop.look_further()
    assert workshop.current is now
    made.write({"articles/next.md": article()})
    assert _round(workshop).errors == []
    workshop.look_further()
    assert workshop.current.number == 3


def test_nothing_further_is_looked_for_while_there_is_something_to_mend(made: Project) -> None:
    workshop = _workshop(made)
    made.write({"conditions/stroke.md": condition(lead="physio")})
    now = _round(workshop)
    workshop.look_further()
    assert workshop.current is now


def test_looking_further_ends_nothing(made: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise OSError

    workshop = _workshop(made)
    now = _round(workshop)
    monkeypatch.setattr("otpt_site.serve.workshop.survey", failing)
    workshop.look_further()
    assert workshop.current is now
