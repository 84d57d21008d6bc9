"""Every URL of the site, for every place where a site may be."""

import pytest

from otpt_site.diagnostics import Diagnostic, Place
from otpt_site.pages.addresses import Addresses, BaseUrl, parse_base_url
from tests.kit import condition, guide_of, plain_page, therapy


def _parsed(text: str) -> tuple[BaseUrl, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return parse_base_url(text, Place("content/site.yaml", 3), found.append), found


@pytest.mark.parametrize(
    ("text", "origin", "prefix"),
    [
        ("/", "", "/"),
        ("/sub", "", "/sub/"),
        ("/sub/", "", "/sub/"),
        ("/a/b.c/~d/", "", "/a/b.c/~d/"),
        ("/é/%41", "", "/%C3%A9/%41/"),
        ("https://example.org", "https://example.org", "/"),
        ("HTTPS://Example.ORG/Sub", "https://example.org", "/Sub/"),
        ("https://example.org/a/b/", "https://example.org", "/a/b/"),
        ("http://localhost:8000/guide", "http://localhost:8000", "/guide/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example", "/"),
        ("http://[::1]:80/", "http://[::1]:80", "/"),
    ],
)
def test_addresses_that_a_site_may_have(text: str, origin: str, prefix: str) -> None:
    assert _parsed(text) == (BaseUrl(origin, prefix), [])


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "sub", "example.org", "//example.org/", "ftp://example.org/", "https://", "https:///x", "https:",
        "https://me@example.org/", "https://me:secret@example.org/", "https://exa mple.org/", "https://example.org\n",
        "https://example.org:0/", "https://example.org:99999/", "https://example.org:x/", "https://.example/",
        "/?a", "/#a", "/a b/", "/a//b/", "/../", "/a/../b/", "/./", "/%zz/", '/"/', "/<b>/", "/a\\b/", "/{x}/",
        "javascript:alert(1)", "https://example.org/?q", "https://" + "a" * 70 + ".org/",
    ],
)  # fmt: skip
def test_addresses_that_no_site_can_have(text: str) -> None:
    base, found = _parsed(text)
    assert base == BaseUrl("", "/")
    assert [(one.rule, one.place) for one in found] == [("bad-base-url", Place("content/site.yaml", 3))]


def _addresses(base: BaseUrl) -> Addresses:
    files = {
        "conditions/stroke.md": condition(slug="after-a-stroke"),
        "therapies/pt.md": therapy(slug="physio"),
        "pages/about.md": plain_page(slug="about-us"),
    }
    return Addresses(guide_of(files).whole, base, {"media/é b.png": "/media/é b.1.png"})


def test_things_of_the_content_have_their_urls() -> None:
    addresses = _addresses(BaseUrl("", "/"))
    assert [
        addresses.url(*thing)
        for thing in (
            ("condition", "stroke"), ("therapy", "pt"), ("page", "about"), ("goal", "climb-stairs"),
            ("person", "reviewer"), ("term", "gait"), ("source", "trial-2020"), ("area", "moving"),
        )
    ] == [
        "/conditions/after-a-stroke/", "/therapies/physio/", "/about-us/", "/goals/climb-stairs/",
        "/people/reviewer/", "/glossary/#gait", "/sources/", "/goals/#moving",
    ]  # fmt: skip
    assert addresses.has("page", "about")
    assert not addresses.has("page", "contact")


@pytest.mark.parametrize(
    ("base", "href", "absolute"),
    [
        (BaseUrl("", "/"), "/goals/#moving", "/goals/#moving"),
        (BaseUrl("", "/sub/"), "/sub/goals/#moving", "/sub/goals/#moving"),
        (BaseUrl("https://example.org", "/"), "/goals/#moving", "https://example.org/goals/#moving"),
        (BaseUrl("https://example.org:8", "/a/b/"), "/a/b/goals/#moving", "https://example.org:8/a/b/goals/#moving"),
    ],
)
def test_links_have_the_prefix_and_whole_addresses_the_origin(base: BaseUrl, href: str, absolute: str) -> None:
    addresses = _addresses(base)
    assert addresses.link("area", "moving") == href
    assert addresses.absolute("/goals/#moving") == absolute


def test_links_hold_no_sign_that_an_address_can_not() -> None:
    assert _addresses(BaseUrl("", "/sub/")).link("asset", "media/é b.png") == "/sub/media/%C3%A9%20b.1.png"
