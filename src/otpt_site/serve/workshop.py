"""Rebuilds the preview, one build after the other in a thread of its own, and tells whoever listens what came of it.

However many changes are told while a build is at work, they are one build afterwards. Nothing that goes wrong in a
build ends the thread.
"""

import datetime
import gc
import itertools
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import msgspec

from otpt_site.build import BuildReport, BuildRequest, Rebuilt, rebuild, survey, today_of
from otpt_site.diagnostics import in_order
from otpt_site.output_folder import read_manifest
from otpt_site.pipeline import Survey
from otpt_site.rules import Severity
from otpt_site.serve.rounds import Round, Site, shown_problems

Listener = Callable[[Round], None]
Tell = Callable[[BuildReport | str, float], None]
"""Told the report of each rebuild, or what failed that is no problem of the content, and the seconds that it took."""

# A file that is being saved may be empty or locked for a moment: so long it is waited for, so often it is looked at.
_PATIENCE: Final = 0.5
_PAUSE: Final = 0.02
# Saves that follow each other within so many seconds are one burst; no burst is waited out for longer than this.
_CALM: Final = 0.025
_LONGEST: Final = 1.0
# After so many seconds, in which the browser could load the page, comes what nobody waits for. Garbage is taken out
# after so many builds even if there is never as much time between two.
_BREATH: Final = 0.3
_AT_LATEST: Final = 10
# So often, in seconds, it is looked whether another day began. No time is counted until then: a computer may sleep.
_LOOK: Final = 30.0


class Workshop:
    """Builds what `request` asks for, again and again. `request` must name an output folder.

    `current` is what there is to show now; `tell` hears of each rebuild.
    """

    def __init__(self, request: BuildRequest, out: Path, tell: Tell) -> None:
        self._request = request
        self._published = msgspec.structs.replace(request, drafts=False, out=None)
        self._out = out
        self._tell = tell
        self._asked = threading.Event()
        self._changed: set[Path] = set()
        self._guard = threading.Lock()
        self._listeners: set[Listener] = set()
        self._key: bytes | None = None
        # The day that is shown, and where it is that day.
        self._timezone = "UTC"
        self._day = self._today()
        # What an earlier preview left can be looked at until the first build is done, or while it can't be.
        self.current = Round(files=read_manifest(out))

    def start(self) -> None:
        """Begins to work: builds once, then whenever it is asked to."""
        self.ask()
        # A daemon, so that Ctrl-C need not wait for it: what a build that is cut short leaves, the next one mends.
        threading.Thread(target=self._work, name="rebuilds", daemon=True).start()

    def ask(self, changed: Iterable[Path] = (), *, anew: bool = False) -> None:
        """Ask for a rebuild because these files changed; `anew` even when nothing it is made from did."""
        with self._guard:
            self._changed.update(changed)
            if anew:
                self._key = None
        self._asked.set()

    def listen(self, listener: Listener) -> None:
        """Have each further round told to `listener`, in the thread of the builds."""
        with self._guard:
            self._listeners.add(listener)

    def leave(self, listener: Listener) -> None:
        """Tell it nothing more."""
        with self._guard:
            self._listeners.discard(listener)

    def _work(self) -> None:
        # A build makes many values and hardly a circle of them: they are looked for between the builds.
        gc.disable()
        for number in itertools.count(1):
            self.wait()
            self.wait_for_calm()
            self.build()
            calm = not self._asked.wait(_BREATH)
            if calm:
                self.look_further()
            if calm or number % _AT_LATEST == 0:
                gc.collect()

    def wait(self) -> None:
        """Waits until a rebuild is asked for, or another day begins."""
        while not self._asked.wait(_LOOK) and self._day == self._today():
            pass

    def wait_for_calm(self) -> None:
        """Waits while one change follows the other: what an editor saves at once is one rebuild."""
        ends = time.monotonic() + _LONGEST
        while self._asked.is_set() and time.monotonic() < ends:
            self._asked.clear()
            self._asked.wait(_CALM)

    def build(self) -> None:
        """Builds once, if anything changed or another day began, and tells what came of it."""
        self._asked.clear()
        with self._guard:
            changed, self._changed = self._changed, set()
            before = self._key
        started = time.monotonic()
        done: Rebuilt | None = None
        # On another day pages come and go, and reviews fall due, though no file changed.
        day, self._day = self._day, self._today()
        try:
            _wait_for(changed)
            done = rebuild(self._request, before if day == self._day else None)
            if done is None:
                return
            now = self._after(done)
        except Exception as error:  # noqa: BLE001 - a preview that dies takes the editor's work place with it
            self._key = None
            failure = f"{type(error).__name__}: {error}"
            now = self.current._replace(number=self.current.number + 1, stopped=True, failure=failure)
        seconds = time.monotonic() - started
        # The browser first: somebody waits for it.
        self._show(now)
        self._tell(done.report if done else now.failure, seconds)

    def look_further(self) -> None:
        """Adds what would stop the site that readers get: drafts are not in it, and what leads to one leads nowhere."""
        now = self.current
        if now.stopped:
            return
        try:
            found = in_order(self.survey_as_published().found)
        except Exception:  # noqa: BLE001 - the next build tells what goes wrong
            return
        known = {problem.found for problem in now.problems}
        further = [one for one in found if one.severity is Severity.ERROR and one not in known]
        if further and not self._asked.is_set():
            problems = (*now.problems, *shown_problems(further, self._request.root))
            self._show(now._replace(number=now.number + 1, problems=problems))

    def survey_as_published(self) -> Survey:
        """What is known now of the site that readers get, in which no draft is. May be called in any thread."""
        return survey(self._published)

    def _today(self) -> datetime.date:
        return today_of(self._request)(self._timezone)

    def _show(self, now: Round) -> None:
        self.current = now
        with self._guard:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(now)

    def _after(self, done: Rebuilt) -> Round:
        report, surveyed = done.report, done.survey
        # A folder that another build held, or a full disk, may be otherwise the next time.
        self._key = None if report.stopped and surveyed.plan else done.key
        if surveyed.guide:
            self._timezone, self._day = surveyed.guide.site.timezone, surveyed.guide.calendar.today
        number = self.current.number + 1
        problems = tuple(shown_problems(report.diagnostics, self._request.root))
        if report.stopped or surveyed.guide is None or surveyed.plan is None:
            return self.current._replace(number=number, stopped=True, problems=problems, failure="")
        site = Site(surveyed.guide, surveyed.plan, surveyed.traits)
        return Round(number, number, site, read_manifest(self._out), problems=problems)


def _wait_for(changed: Iterable[Path]) -> None:
    """Waits a moment for files that are empty or can't be read: some editors empty a file before they write it."""
    waited = 0.0
    waiting = [path for path in changed if _is_being_saved(path)]
    while waiting and waited < _PATIENCE:
        time.sleep(_PAUSE)
        waited += _PAUSE
        waiting = [path for path in waiting if _is_being_saved(path)]


def _is_being_saved(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return not file.read(1)
    except PermissionError:
        return True
    except OSError:
        return False
