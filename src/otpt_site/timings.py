"""Where the time of a build went, stage by stage. What it measures is told to people and to the benchmark only."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Timings:
    """Adds up the seconds of each stage, in the order in which the stages began. Stages do not overlap."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Counts the time until the end of the context as this stage's."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started
