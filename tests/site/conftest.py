"""The real guide, built once for all the tests of the built site."""

from collections.abc import Iterator

import pytest

from tests.built import GUIDE, ORIGIN, BuiltSite, build_guide, serving


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The guide at an address with a folder. It lies in a folder of that name, so that a server can give it out."""
    out = tmp_path_factory.mktemp("served") / "guide"
    build_guide(out, GUIDE)
    return BuiltSite(out, GUIDE)


@pytest.fixture(scope="session")
def site_at_origin(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The guide at the root of a host."""
    out = tmp_path_factory.mktemp("origin")
    build_guide(out, ORIGIN)
    return BuiltSite(out, ORIGIN)


@pytest.fixture(scope="session", params=["built_site", "site_at_origin"], ids=["in a folder", "at the root"])
def any_site(request: pytest.FixtureRequest) -> BuiltSite:
    """The guide at both kinds of address."""
    site = request.getfixturevalue(request.param)
    assert isinstance(site, BuiltSite)
    return site


@pytest.fixture(scope="session")
def served(built_site: BuiltSite) -> Iterator[str]:
    """The address at which the built site can be seen for the time of the tests."""
    with serving(built_site) as address:
        yield address
