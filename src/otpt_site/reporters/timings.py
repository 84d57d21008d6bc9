"""Where the time went: as a table for a person, as one line of JSON for the benchmark."""

import json
from collections.abc import Iterator, Mapping


def timing_lines(seconds: Mapping[str, float]) -> Iterator[str]:
    """A table of the stages, in seconds and in parts of all of it."""
    total = sum(seconds.values())
    width = max(map(len, (*seconds, "all")))
    yield f"{'stage':<{width}}  seconds  share"
    for name, spent in seconds.items():
        yield f"{name:<{width}}  {spent:7.3f}  {spent / (total or 1):5.0%}"
    yield f"{'all':<{width}}  {total:7.3f}"


def timing_json(seconds: Mapping[str, float]) -> str:
    """`{"stages": {name: seconds}, "seconds": all of them}`."""
    stages = {name: round(spent, 4) for name, spent in seconds.items()}
    return json.dumps({"stages": stages, "seconds": round(sum(seconds.values()), 4)})
