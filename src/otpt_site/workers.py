"""Spreads work over the processor's cores, when there is enough of it to pay for starting processes.

The workers are copies of this process (`fork`), so that they know all that it knows and nothing need be handed to them.
Whoever is free takes the next chunk of the items, the dearest first, and hands what came of it back through a pipe.
Where processes can't be copied, or other threads are at work that a copy would lack, all is done here, one item after
the other.
"""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from typing import IO, TYPE_CHECKING, Final, Generic, TypeVar, cast

import msgspec

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")
_PIPE_BYTES: Final = 1 << 20
_LENGTH_BYTES: Final = 4
_CHUNKS: Final = 200
"""Into so many chunks work is cut: a number fits into a byte, and none is so long that others wait for its end."""


def _alike(_item: object) -> float:
    return 1


def spread(
    work: Callable[[T], R], items: Sequence[T], *, worth: float, cost: Callable[[T], float] = _alike
) -> Iterator[R | None]:
    """What `work` makes of each item, in the order of the items; None for an item that ended its process.

    When all items together `cost` what is `worth` it or more, several processes share them, and begin at once; `work`
    must then not depend on what it did before, and what it returns is pickled.
    """
    results = _spread(work, items, worth, [cost(item) for item in items])
    next(results)
    return results


def _spread(work: Callable[[T], R], items: Sequence[T], worth: float, costs: Sequence[float]) -> Iterator[R | None]:
    """First None, when the work has begun; then what `spread` gives."""
    if sum(costs) < worth:
        yield None
        yield from map(work, items)
    elif _cores() == 1 or not _can_copy():
        yield None
        yield from _one_by_one(work, items)
    else:
        crew = _Crew(work, items, _chunks(costs))
        try:
            yield None
            yield from crew.results()
        finally:
            crew.stop()


def _chunks(costs: Sequence[float]) -> list[list[int]]:
    """The numbers of the items in about equal parts. What is dear is a part of its own and comes first."""
    enough = sum(costs) / _CHUNKS
    dear = sorted((number for number, cost in enumerate(costs) if cost >= enough), key=lambda number: -costs[number])
    chunks = [[number] for number in dear]
    room = 0.0
    for number, cost in enumerate(costs):
        if cost < enough:
            if room <= 0:
                chunks.append([])
                room = enough
            chunks[-1].append(number)
            room -= cost
    return chunks


Result = list[str | None]


class Shared(Generic[T]):
    """Tasks that a copy of this process begins at once, and that this one joins in when it needs what came of them.

    There may be up to 256 tasks; `work` must only look at things. When nobody can help, all is done when it is asked
    for. To be ended when nobody will ask any more.
    """

    def __init__(self, work: Callable[[T], Result], tasks: Sequence[T]) -> None:
        self._work = work
        self._tasks = tasks
        self._helper = 0
        if _cores() == 1 or not _can_copy():
            return
        self._signs = _signs(len(tasks))
        self._helper, self._answer = _copied(self._help)

    def results(self) -> list[Result]:
        """What came of each task, in their order."""
        found: dict[int, Result] = {}
        if self._helper:
            found = {number: self._work(self._tasks[number]) for number in _taken(self._signs)}
            answer = b"".join(iter(partial(os.read, self._answer, _PIPE_BYTES), b""))
            # It may have ended early, over a task or because somebody ended it.
            found |= msgspec.msgpack.decode(answer, type=dict[int, Result]) if answer else {}
        return [found[number] if number in found else self._work(task) for number, task in enumerate(self._tasks)]

    def end(self) -> None:
        """Lets the other process go."""
        if self._helper:
            os.close(self._signs)
            _end(self._helper, self._answer)
            self._helper = 0

    def _help(self, answer: IO[bytes]) -> None:
        """Does tasks as long as there are any."""
        found = {number: self._work(self._tasks[number]) for number in _taken(self._signs)}
        answer.write(msgspec.msgpack.encode(found))


Tell = Callable[[bytes], None]
"""Hands a piece on as soon as it is made."""


class Ahead:
    """Pieces that a copy of this process makes while this one is at something else.

    `make` must only look at things. Where nobody can help there are none. To be ended when nobody will ask any more.
    """

    def __init__(self, make: Callable[[Tell], None]) -> None:
        self._make = make
        self._told = b""
        self._helper = 0
        if _cores() > 1 and _can_copy():
            self._helper, self._answer = _copied(self._help)

    def pieces(self, *, wait: bool) -> list[bytes]:
        """What was made and not asked for yet. With `wait` that is all; else what is not ready by now is given up."""
        if self._helper:
            os.set_blocking(self._answer, wait)
            with suppress(BlockingIOError):
                for some in iter(partial(os.read, self._answer, _PIPE_BYTES), b""):
                    self._told += some
            os.kill(self._helper, signal.SIGKILL)
        return [*self._whole_pieces()]

    def _whole_pieces(self) -> Iterator[bytes]:
        """Takes the pieces that have come to their end out of what was told."""
        start, told, self._told = 0, self._told, b""
        while start + _LENGTH_BYTES <= len(told):
            begin = start + _LENGTH_BYTES
            start = begin + int.from_bytes(told[start:begin], "big")
            if start <= len(told):
                yield told[begin:start]

    def end(self) -> None:
        """Lets the other process go, whatever it is at."""
        if self._helper:
            _end(self._helper, self._answer)
            self._helper = 0

    def _help(self, answer: IO[bytes]) -> None:
        _widen(answer.fileno())

        def tell(piece: bytes) -> None:
            answer.write(len(piece).to_bytes(_LENGTH_BYTES, "big") + piece)
            answer.flush()

        self._make(tell)


def _copied(work: Callable[[IO[bytes]], None]) -> tuple[int, int]:
    """A copy of this process that does this work and no more: its number, and the end of a pipe where it answers."""
    answer, other_end = os.pipe()
    helper = os.fork()
    if helper == 0:
        try:
            os.close(answer)
            with os.fdopen(other_end, "wb") as pipe:
                work(pipe)
        finally:
            # Nothing else of the program that it is a copy of may run here, nor tell of what happened.
            os._exit(0)
    os.close(other_end)
    return helper, answer


def _end(helper: int, answer: int) -> None:
    os.close(answer)
    # It may wait for ever to answer: later copies of this process hold that end of the pipe as well.
    os.kill(helper, signal.SIGKILL)
    os.waitpid(helper, 0)


def _signs(count: int) -> int:
    """A pipe with a sign for each of up to 256 tasks: whoever takes one out does the task of that number."""
    signs, begin = os.pipe()
    os.write(begin, bytes(range(count)))
    os.close(begin)
    return signs


def _taken(signs: int) -> Iterator[int]:
    while number := os.read(signs, 1):
        yield number[0]


def _one_by_one(work: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
    # Reading and filling leave circles behind, and much work leaves many. A build does not look for them elsewhere.
    looks_for_circles = gc.isenabled()
    gc.enable()
    try:
        yield from map(work, items)
    finally:
        if not looks_for_circles:
            gc.disable()


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _can_copy() -> bool:
    return hasattr(os, "fork") and hasattr(os, "sched_getaffinity") and threading.active_count() == 1


class _Crew(Generic[T, R]):
    """As many workers as there are cores, which share the chunks of some items."""

    def __init__(self, work: Callable[[T], R], items: Sequence[T], chunks: Sequence[Sequence[int]]) -> None:
        self._work = work
        self._items = items
        self._chunks = chunks
        self._signs = _signs(len(chunks))
        self._workers: dict[Connection, _Worker[T, R]] = {}
        for _ in range(_cores()):
            self._hire()

    def _hire(self) -> None:
        worker = _Worker(self._work, self._items, self._chunks, self._signs)
        self._workers[worker.pipe] = worker

    def results(self) -> Iterator[R | None]:
        """What came of each item, in their order."""
        done: dict[int, R | None] = {}
        for number, item in enumerate(self._items):
            while number not in done and self._workers:
                done.update(self._news())
            # Nobody is left who could bring it when a worker ended before it told what it had taken.
            yield done.pop(number) if number in done else _alone(self._work, item)

    def _news(self) -> Iterator[tuple[int, R | None]]:
        """Waits until a worker has something to tell. The numbers of items that are done, with what came of them."""
        from multiprocessing.connection import wait  # noqa: PLC0415 - not needed by a build with nothing to do

        for pipe in wait(list(self._workers)):
            worker = self._workers[cast("Connection", pipe)]
            done = worker.news()
            yield from self._left_by(worker) if done is None else done

    def _left_by(self, worker: "_Worker[T, R]") -> Iterator[tuple[int, R | None]]:
        """Does what a worker died over. One process for each item finds out which one it was; a new worker goes on."""
        del self._workers[worker.pipe]
        worker.stop()
        if worker.busy_with:
            self._hire()
        for number in worker.busy_with:
            yield number, _alone(self._work, self._items[number])

    def stop(self) -> None:
        """Ends all workers, whatever they are at."""
        for worker in self._workers.values():
            worker.stop()
        os.close(self._signs)


class _Worker(Generic[T, R]):
    """A copy of this process that takes chunks of the items, as long as there are any.

    `busy_with` are the numbers of the items that it was last heard to have taken.
    """

    def __init__(self, work: Callable[[T], R], items: Sequence[T], chunks: Sequence[Sequence[int]], signs: int) -> None:
        import multiprocessing  # noqa: PLC0415 - not needed by a build with nothing to do

        context = multiprocessing.get_context("fork")
        self._chunks = chunks
        self.busy_with: Sequence[int] = ()
        self.pipe, other_end = context.Pipe(duplex=False)
        _widen(other_end.fileno())
        self._process = context.Process(target=_labour, args=(work, items, chunks, signs, other_end), daemon=True)
        self._process.start()
        other_end.close()

    def news(self) -> Iterable[tuple[int, R]] | None:
        """What it tells next: that it took a chunk, or what came of its items; None when it has ended."""
        try:
            told: int | list[R] = self.pipe.recv()
        except (EOFError, OSError):
            return None
        done = self.busy_with
        if isinstance(told, int):
            self.busy_with = self._chunks[told]
            return ()
        self.busy_with = ()
        return zip(done, told, strict=True)

    def stop(self) -> None:
        """Ends it, whatever it is at."""
        self.pipe.close()
        self._process.kill()
        self._process.join()


def _widen(pipe: int) -> None:
    """Lets another process go on while the first process is at something else, where the system knows how."""
    if sys.platform == "linux":
        import fcntl  # noqa: PLC0415 - there is none on Windows

        # A user may have so many wide pipes and no more.
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _labour(
    work: Callable[[T], R], items: Sequence[T], chunks: Sequence[Sequence[int]], signs: int, pipe: "Connection"
) -> None:
    # Ctrl-C reaches all processes of a terminal; the first one alone says so, and ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is copied lives on: to look through it for circles would copy its memory too.
    gc.freeze()
    gc.enable()
    for number in _taken(signs):
        pipe.send(number)
        pipe.send([work(items[item]) for item in chunks[number]])


def _alone(work: Callable[[T], R], item: T) -> R | None:
    """What comes of one item in a process of its own; None when that ends over it."""
    signs = _signs(1)
    worker = _Worker(work, [item], [[0]], signs)
    try:
        told = [worker.news(), worker.news()]
    finally:
        worker.stop()
        os.close(signs)
    return dict(chain.from_iterable(filter(None, told))).get(0)
