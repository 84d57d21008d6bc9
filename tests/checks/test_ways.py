"""Pages that lead nowhere, and pages that nothing leads to."""

from collections.abc import Mapping

import pytest

from otpt_site.checks.ways import FEW
from otpt_site.diagnostics import Place
from otpt_site.rules import Severity
from tests.kit import article, comparison, condition, goals, guide_of, plain_page


def _ring(count: int) -> dict[str, str]:
    """Conditions that lead to each other in a ring, and the goal c0 as well."""
    pages = {
        f"conditions/c{number}.md": condition(name=f"C{number}", see_also=f"[condition:c{(number + 1) % count}]")
        for number in range(count)
    }
    return {**pages, "goals.yaml": goals(conditions="[c0]")}


_RING = _ring(FEW - 1)


def _ways(files: Mapping[str, str]) -> list[tuple[str, str]]:
    """The rules broken, and the names of the pages that break them."""
    made = guide_of({**_RING, **files})
    assert made.guide is not None, made.diagnostics
    found = [one for one in made.diagnostics if one.rule in ("dead-end", "orphan")]
    assert all(one.severity is Severity.NOTE for one in found)
    return [(one.rule, one.message.split("'")[1]) for one in found]


def test_pages_that_name_each_other_are_fine() -> None:
    assert _ways({}) == []


_BOTH = [("dead-end", "X"), ("orphan", "X")]
_DEAD = [("dead-end", "X")]
_ORPHAN = [("orphan", "X")]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"conditions/x.md": condition(name="X")}, _BOTH),
        ({"articles/x.md": article(title="X")}, _BOTH),
        ({"comparisons/x.md": comparison(title="X")}, _BOTH),
        ({"pages/x.md": plain_page(title="X")}, []),
        # Ways on
        ({"conditions/x.md": condition(name="X", see_also="[condition:c0]")}, _ORPHAN),
        ({"conditions/x.md": condition("See [this](condition:c0) [@trial-2020].", name="X")}, _ORPHAN),
        ({"conditions/x.md": condition(name="X", why="See [this](condition:c0)")}, _ORPHAN),
        ({"conditions/x.md": condition("See [this](#part) [@trial-2020].\n\n## Part", name="X")}, _BOTH),
        ({"articles/x.md": article(title="X", conditions="[c0]")}, []),
        ({"comparisons/x.md": comparison(title="X", conditions="[c0]")}, []),
        # Ways in
        ({"articles/x.md": article(title="X"), "pages/a.md": plain_page("See [it](article:x).")}, _DEAD),
        ({"conditions/x.md": condition(name="X"), "pages/a.md": plain_page(see_also="[condition:x]")}, []),
        ({"articles/x.md": article(title="X", see_also="[article:x]")}, []),
    ],
)  # fmt: skip
def test_ways(files: Mapping[str, str], found: list[tuple[str, str]]) -> None:
    assert _ways(files) == found


def test_a_goal_counts_as_a_page() -> None:
    assert _ways({"goals.yaml": goals()}) == [("dead-end", "Climb the stairs"), ("orphan", "Climb the stairs")]


def test_a_condition_shows_what_names_it() -> None:
    lone = {"conditions/x.md": condition(name="X")}
    assert _ways({**lone, "comparisons/a.md": comparison(title="A", conditions="[x]")}) == []
    assert _ways({**lone, "articles/a.md": article(title="A", see_also="[condition:c0]")}) == [("orphan", "A"), *_BOTH]


def test_the_place_is_that_of_the_page() -> None:
    made = guide_of({**_RING, "conditions/x.md": condition(name="X")})
    assert {found.place for found in (*made.of("dead-end"), *made.of("orphan"))} == {Place("content/conditions/x.md")}


def test_in_a_small_guide_the_lists_lead_everywhere() -> None:
    for count, found in ((FEW - 2, 0), (FEW - 1, 1)):
        made = guide_of({**_ring(count), "goals.yaml": goals()})
        assert (len(made.of("dead-end")), len(made.of("orphan"))) == (found, found)
