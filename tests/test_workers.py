"""Work spread over processes: the same results in the same order, whatever becomes of a worker."""

import os
import signal
import threading
import time
from pathlib import Path
from typing import Final

import pytest

from otpt_site import workers
from otpt_site.workers import Ahead, Shared, Tell, spread

# More items than there are chunks, so that some chunks hold several.
MANY: Final = 450
# Other tests may have left a thread behind; newer Pythons warn of copying a process that has one.
pytestmark = pytest.mark.filterwarnings("ignore:This process.*fork:DeprecationWarning")


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_cores", lambda: 2)
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def _process_of(_item: int) -> int:
    # Long enough for the other worker to take its share.
    time.sleep(0.005)
    return os.getpid()


@pytest.mark.parametrize("count", [0, 1, 2, 199, 200, 201, MANY])
def test_results_come_in_order(count: int) -> None:
    assert list(spread(lambda item: item * item, range(count), worth=1)) == [item * item for item in range(count)]


def test_little_work_stays_in_this_process() -> None:
    assert set(spread(_process_of, range(99), worth=100)) == {os.getpid()}
    others = set(spread(_process_of, range(100), worth=100))
    assert len(others) == 2
    assert os.getpid() not in others


def test_other_threads_keep_all_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert set(spread(_process_of, range(100), worth=1)) == {os.getpid()}


@pytest.mark.parametrize("bad", [{0}, {5}, {100}, {3, 4, 70}, {MANY - 1}, set(range(20))])
def test_what_ends_its_process_is_told_and_the_rest_is_done(bad: set[int]) -> None:
    this = os.getpid()

    def work(item: int) -> int:
        if item in bad and os.getpid() != this:
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    items = range(MANY)
    wanted = [None if item in bad else item for item in items]
    assert list(spread(work, items, worth=1)) == wanted


def test_dear_work_is_shared_however_few_items_it_is() -> None:
    assert set(spread(_process_of, range(9), worth=100, cost=lambda _: 11)) == {os.getpid()}
    assert os.getpid() not in set(spread(_process_of, range(9), worth=100, cost=lambda _: 12))


def test_the_dearest_is_taken_first_and_results_keep_their_order(tmp_path: Path) -> None:
    def work(item: int) -> int:
        with (tmp_path / str(os.getpid())).open("a") as file:
            file.write(f"{item}\n")
        time.sleep(0.001)
        return item

    dear = {MANY - 1: 90, 3: 70, 200: 80}
    assert list(spread(work, range(MANY), worth=1, cost=lambda item: dear.get(item, 1))) == list(range(MANY))
    taken = [[int(line) for line in path.read_text().splitlines()] for path in tmp_path.iterdir()]
    first = min((items[:3] for items in taken), key=lambda items: MANY - 1 not in items)
    assert first[0] == MANY - 1
    assert {200, 3} <= {item for items in taken for item in items[:3]}


def test_work_begins_before_anybody_asks(tmp_path: Path) -> None:
    results = spread(lambda item: (tmp_path / str(item)).touch(), range(2), worth=1)
    while len(list(tmp_path.iterdir())) < 2:
        time.sleep(0.01)
    assert list(results) == [None, None]


def test_a_worker_that_dies_while_it_tells_is_made_up_for() -> None:
    this = os.getpid()

    class Fatal:
        def __reduce__(self) -> tuple[type[int], tuple[()]]:
            if os.getpid() != this:
                os.kill(os.getpid(), signal.SIGKILL)
            return int, ()

    def work(item: int) -> object:
        return Fatal() if item == 7 else item

    assert list(spread(work, range(20), worth=1)) == [None if item == 7 else item for item in range(20)]


def test_a_result_may_be_larger_than_a_pipe() -> None:
    assert [len(found or b"") for found in spread(lambda _: bytes(1_000_000), range(40), worth=1)] == [1_000_000] * 40


def test_who_stops_listening_leaves_no_process_behind(tmp_path: Path) -> None:
    def work(item: int) -> int:
        (tmp_path / str(os.getpid())).touch()
        time.sleep(0.001)
        return item

    results = spread(work, range(1000), worth=1)
    next(results)
    results.close()  # type: ignore[attr-defined]
    for number in [int(path.name) for path in tmp_path.iterdir()]:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)


class TestSharedTasks:
    """Another process begins, and this one joins in."""

    def test_all_results_come_in_order_whoever_did_them(self) -> None:
        tasks = Shared(lambda task: [f"{task}", None], range(200))
        assert tasks.results() == [[f"{number}", None] for number in range(200)]
        tasks.end()

    def test_the_other_process_begins_at_once_and_does_all_if_nobody_asks(self, tmp_path: Path) -> None:
        def leave_a_mark(task: int) -> list[str | None]:
            (tmp_path / str(task)).touch()
            return [str(os.getpid())]

        tasks = Shared(leave_a_mark, range(5))
        while len(list(tmp_path.iterdir())) < 5:
            time.sleep(0.01)
        [[process]] = {tuple(result) for result in tasks.results()}
        assert process != str(os.getpid())
        tasks.end()

    def test_this_process_does_what_the_other_did_not(self) -> None:
        this = os.getpid()

        def work(task: int) -> list[str | None]:
            if os.getpid() != this:
                os.kill(os.getpid(), signal.SIGKILL)
            return [str(task)]

        tasks = Shared(work, range(9))
        assert tasks.results() == [[str(number)] for number in range(9)]
        tasks.end()

    def test_what_fails_there_fails_here(self) -> None:
        def work(_: int) -> list[str | None]:
            raise PermissionError

        tasks = Shared(work, range(3))
        with pytest.raises(PermissionError):
            tasks.results()
        tasks.end()

    def test_nobody_need_ask(self) -> None:
        tasks = Shared(lambda _: ["x" * 1_000_000], range(3))
        tasks.end()
        tasks.end()

    @pytest.mark.parametrize(("cores", "threads"), [(1, 1), (2, 2)])
    def test_without_help_all_is_done_here(self, cores: int, threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(workers, "_cores", lambda: cores)
        monkeypatch.setattr(threading, "active_count", lambda: threads)
        tasks = Shared(lambda _: [str(os.getpid())], range(3))
        assert tasks.results() == [[str(os.getpid())]] * 3
        tasks.end()


class TestWhatIsMadeAhead:
    """Another process makes pieces, and this one takes those that are ready."""

    def test_who_waits_has_all_pieces_in_order_each_once(self) -> None:
        def make(tell: Tell) -> None:
            for number in range(300):
                tell(bytes(number * 40))

        made = Ahead(make)
        assert [len(piece) for piece in made.pieces(wait=True)] == [number * 40 for number in range(300)]
        assert made.pieces(wait=True) == []
        made.end()

    def test_who_does_not_wait_has_those_that_are_ready_and_no_others(self, tmp_path: Path) -> None:
        def make(tell: Tell) -> None:
            tell(str(os.getpid()).encode())
            (tmp_path / "told").touch()
            # No pipe takes it all at once: a part of it is on its way.
            tell(bytes(3_000_000))
            (tmp_path / "told more").touch()

        made = Ahead(make)
        while not (tmp_path / "told").exists():
            time.sleep(0.001)
        [process] = made.pieces(wait=False)
        assert int(process) != os.getpid()
        assert made.pieces(wait=True) == []
        made.end()
        assert not (tmp_path / "told more").exists()

    def test_a_piece_may_be_larger_than_a_pipe(self) -> None:
        made = Ahead(lambda tell: tell(bytes(3_000_000)))
        assert [len(piece) for piece in made.pieces(wait=True)] == [3_000_000]
        made.end()

    def test_one_that_fails_leaves_what_it_told_and_says_nothing(self, capfd: pytest.CaptureFixture[str]) -> None:
        def make(tell: Tell) -> None:
            tell(b"first")
            raise ValueError

        made = Ahead(make)
        assert made.pieces(wait=True) == [b"first"]
        made.end()
        assert capfd.readouterr() == ("", "")

    def test_its_end_does_not_wait_for_it(self) -> None:
        made = Ahead(lambda tell: tell(bytes(50_000_000)))
        # A later copy of this process holds the pipe open: the other one waits for room in it for ever.
        other = Ahead(lambda _: time.sleep(60))
        processes = (made._helper, other._helper)
        made.end()
        other.end()
        for process in processes:
            with pytest.raises(ProcessLookupError):
                os.kill(process, 0)

    def test_without_a_second_core_there_is_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(workers, "_cores", lambda: 1)
        made = Ahead(lambda tell: tell(b"piece"))
        assert made.pieces(wait=True) == []
        made.end()
