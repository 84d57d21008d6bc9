"""What the rules work out once for a guide, and not again for each of its pages."""

from collections.abc import Callable
from typing import TypeVar

from otpt_site.library import Guide

R = TypeVar("R")


def once_a_guide(work: Callable[[Guide], R]) -> Callable[[Guide], R]:
    """The same function, which keeps its answer as long as it is asked about the same guide."""
    kept: list[tuple[Guide, R]] = []

    def known(guide: Guide) -> R:
        if not kept or kept[0][0] is not guide:
            kept[:] = [(guide, work(guide))]
        return kept[0][1]

    return known
