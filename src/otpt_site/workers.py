"""Spreads work over the processor's cores, when there is enough of it to pay for starting processes.

The workers are copies of this process (`fork`), so that they know all that it knows and nothing need be handed to them.
Each takes every n-th chunk of the items and hands its results back through a pipe, chunk by chunk. A pipe holds little:
a worker that is ahead waits, so results never pile up. Where processes can't be copied, or other threads are at work
that a copy would lack, all is done here, one item after the other.
"""

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, Generic, NoReturn, TypeVar

import msgspec

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")
_PIPE_BYTES: Final = 1 << 20
CHUNK: Final = 16
"""How many items a worker does before it hands on what came of them."""


def spread(work: Callable[[T], R], items: Sequence[T], *, worth: int) -> Iterator[R | None]:
    """What `work` makes of each item, in the order of the items; None for an item that ended its process.

    With `worth` items or more, several processes share them; `work` must then neither write nor depend on what it did
    before, and what it returns is pickled.
    """
    workers = _cores() if len(items) >= worth and _can_copy() else 1
    if workers == 1:
        yield from map(work, items) if len(items) < worth else _one_by_one(work, items)
        return
    chunks = [items[start : start + CHUNK] for start in range(0, len(items), CHUNK)]
    crew = [_Worker(work, chunks[start::workers]) for start in range(workers)]
    try:
        for number, chunk in enumerate(chunks):
            results: Sequence[R | None] | None = crew[number % workers].next_results()
            if results is None:
                # It died over this chunk. One process for each item finds out which one it was; a new worker goes on.
                crew[number % workers] = _Worker(work, chunks[number + workers :: workers])
                results = [_alone(work, item) for item in chunk]
            yield from results
    finally:
        for worker in crew:
            worker.stop()


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
        # Whoever takes a sign out of this pipe does the task of that number.
        self._waiting, begin = os.pipe()
        os.write(begin, bytes(range(len(tasks))))
        os.close(begin)
        self._answer, answer = os.pipe()
        self._helper = os.fork()
        if self._helper == 0:
            os.close(self._answer)
            self._help(answer)
        os.close(answer)

    def results(self) -> list[Result]:
        """What came of each task, in their order."""
        found: dict[int, Result] = {}
        if self._helper:
            found = {number: self._work(self._tasks[number]) for number in self._taken()}
            answer = b"".join(iter(partial(os.read, self._answer, _PIPE_BYTES), b""))
            # It may have ended early, over a task or because somebody ended it.
            found |= msgspec.msgpack.decode(answer, type=dict[int, Result]) if answer else {}
        return [found[number] if number in found else self._work(task) for number, task in enumerate(self._tasks)]

    def end(self) -> None:
        """Lets the other process go."""
        if self._helper:
            os.close(self._waiting)
            os.close(self._answer)
            os.waitpid(self._helper, 0)
            self._helper = 0

    def _help(self, answer: int) -> NoReturn:
        """Does tasks as long as there are any, and ends this process."""
        try:
            found = {number: self._work(self._tasks[number]) for number in self._taken()}
            with os.fdopen(answer, "wb") as pipe:
                pipe.write(msgspec.msgpack.encode(found))
        finally:
            # Nothing else of the program that it is a copy of may run here, nor tell of what happened.
            os._exit(0)

    def _taken(self) -> Iterator[int]:
        while number := os.read(self._waiting, 1):
            yield number[0]


def _one_by_one(work: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
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


class _Worker(Generic[T, R]):
    """A copy of this process that does the chunks given, one after the other."""

    def __init__(self, work: Callable[[T], R], chunks: Sequence[Sequence[T]]) -> None:
        import multiprocessing  # noqa: PLC0415 - not needed by a build with nothing to do

        context = multiprocessing.get_context("fork")
        self._results, other_end = context.Pipe(duplex=False)
        self._process = context.Process(target=_labour, args=(work, chunks, other_end), daemon=True)
        self._process.start()
        other_end.close()

    def next_results(self) -> list[R] | None:
        """What came of the next chunk; None when the process ended without it."""
        try:
            results: list[R] = self._results.recv()
        except EOFError:
            return None
        return results

    def stop(self) -> None:
        self._results.close()
        self._process.kill()
        self._process.join()


def _labour(work: Callable[[T], R], chunks: Sequence[Sequence[T]], results: "Connection") -> None:
    # Ctrl-C reaches all processes of a terminal; the first one alone says so, and ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is copied lives on: to look through it for circles would copy its memory too.
    gc.freeze()
    gc.enable()
    for chunk in chunks:
        results.send([work(item) for item in chunk])


def _alone(work: Callable[[T], R], item: T) -> R | None:
    worker = _Worker(work, [[item]])
    try:
        results = worker.next_results()
    finally:
        worker.stop()
    return None if results is None else results[0]
