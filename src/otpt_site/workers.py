"""Spreads work over the processor's cores, when there is enough of it to pay for starting processes.

The workers are copies of this process (`fork`), so that they know all that it knows and nothing need be handed to them.
Each takes every n-th chunk of the items and hands its results back through a pipe, chunk by chunk. A pipe holds little:
a worker that is ahead waits, so results never pile up. Where processes can't be copied, or other threads are at work
that a copy would lack, all is done here, one item after the other.
"""

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Final, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
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


def _labour(work: Callable[[T], R], chunks: Sequence[Sequence[T]], results: Connection) -> None:
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
