"""The first view of every page arrives in one round trip, and scripts are light."""

import gzip

from tests.built import BuiltSite

ONE_ROUND_TRIP = 13_800
LONG_LIST = 30_000
LONG_LISTS = frozenset({"conditions/index.html", "goals/index.html", "cheat-sheet/index.html"})
SCRIPT = 8_192


def weight(site: BuiltSite, path: str) -> int:
    return len(gzip.compress((site.folder / path).read_bytes(), 9))


def test_first_view_of_every_page_fits_one_round_trip(built_site: BuiltSite) -> None:
    limits = {path: LONG_LIST if path in LONG_LISTS else ONE_ROUND_TRIP for path in built_site.pages}
    heavy = {path: weight(built_site, path) for path, limit in limits.items() if weight(built_site, path) > limit}
    assert heavy == {}


def test_scripts_are_light(built_site: BuiltSite) -> None:
    scripts = {path: weight(built_site, path) for path in built_site.files if path.endswith(".js")}
    assert scripts
    assert {path: size for path, size in scripts.items() if size > SCRIPT} == {}
