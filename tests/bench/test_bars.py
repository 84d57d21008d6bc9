"""The bars: a ratio at its bar passes, one just above it fails, and what was not measured is said not to be."""

import pytest

from bench.bars import MIB, Bar, bars
from bench.scenarios import BODY, NOTHING, TITLE


def _bar(begin: str, found: list[Bar]) -> Bar:
    return next(bar for bar in found if bar.says.startswith(begin))


@pytest.mark.parametrize(("ours", "verdict"), [(1.0, "pass"), (1.01, "**fail**")])
def test_a_bar_is_passed_up_to_its_ratio(ours: float, verdict: str) -> None:
    found = list(bars({(2000, "otpt", NOTHING): ours, (2000, "hugo", NOTHING): 8.0}, {}, None))
    assert _bar("nothing changed, 2,000", found).verdict == verdict
    assert _bar("nothing changed, 10,000", found).verdict == "not measured"


def test_a_title_is_held_against_hugo_after_any_edit() -> None:
    found = list(bars({(2000, "otpt", TITLE): 1.0, (2000, "hugo", BODY): 4.0}, {}, None))
    assert _bar("one title edited, 2,000", found).measured == 0.25


@pytest.mark.parametrize(("mebibytes", "verdict"), [(300, "pass"), (301, "**fail**")])
def test_the_largest_process_of_any_scenario_counts(mebibytes: int, verdict: str) -> None:
    peaks = {(10_000, "otpt", NOTHING): 10.0 * MIB, (10_000, "otpt", BODY): float(mebibytes * MIB)}
    assert _bar("peak", list(bars({}, peaks, None))).verdict == verdict


@pytest.mark.parametrize(("seconds", "verdict"), [(0.5, "pass"), (0.51, "**fail**"), (None, "not measured")])
def test_the_shipped_site_is_measured_in_seconds(seconds: float | None, verdict: str) -> None:
    assert _bar("shipped site", list(bars({}, {}, seconds))).verdict == verdict
