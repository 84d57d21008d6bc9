"""The stages of a build and their seconds."""

import json
import re

import pytest

from otpt_site.reporters.timings import timing_json, timing_lines
from otpt_site.timings import Timings


def test_stages_are_added_up_in_their_order() -> None:
    timings = Timings()
    for name in ("read", "render", "read"):
        with timings.stage(name):
            pass
    assert list(timings.seconds) == ["read", "render"]
    assert all(seconds >= 0 for seconds in timings.seconds.values())


def test_a_stage_that_failed_counts() -> None:
    timings = Timings()
    with pytest.raises(KeyError), timings.stage("read"):
        raise KeyError
    assert "read" in timings.seconds


def test_the_table() -> None:
    assert list(timing_lines({"read": 0.25, "templates": 0.75})) == [
        "stage      seconds  share",
        "read         0.250    25%",
        "templates    0.750    75%",
        "all          1.000",
    ]


def test_no_time_at_all() -> None:
    assert re.search(r"read +0\.000 +0%", "\n".join(timing_lines({"read": 0.0})))


def test_the_line_of_json() -> None:
    found = json.loads(timing_json({"read": 0.25, "render": 0.5}))
    assert found == {"stages": {"read": 0.25, "render": 0.5}, "seconds": 0.75}
