"""One address for each, on every system."""

import msgspec
import pytest

from otpt_site.diagnostics import Diagnostic, Place
from otpt_site.pages.plan import Page, PlannedFile, is_safe_path, make_plan, output_path


class _View(msgspec.Struct, frozen=True):
    pass


def _faults(*urls: str) -> list[Diagnostic]:
    """The problems of a plan; the last address is a file's, the others are pages'."""
    found: list[Diagnostic] = []
    pages = [Page(url, "x.html", _View, Place(f"content/{number}.md", 7)) for number, url in enumerate(urls[:-1])]
    make_plan("en", pages, [PlannedFile(urls[-1], bytes, Place("media/x.png"))], found.append)
    return found


@pytest.mark.parametrize(("url", "path"), [("/", "index.html"), ("/a/b/", "a/b/index.html"), ("/a.csv", "a.csv")])
def test_where_a_page_is_kept(url: str, path: str) -> None:
    assert output_path(url) == path


def test_only_pages_for_readers_are_counted() -> None:
    pages = [
        Page(url, "x.html", _View, Place("content/1.md")) for url in ("/", "/404.html", "/feed.xml", "/robots.txt")
    ]
    assert make_plan("en", pages, [], print).reader_pages == 2


def test_a_plan_without_faults() -> None:
    assert _faults("/", "/a/", "/a/b/", "/ab/", "/a.html", "/media/x.png") == []


@pytest.mark.parametrize(
    ("urls", "message"),
    [
        (("/a/", "/a/", "/x"), "the address /a/ is taken already, by content/0.md:7"),
        (("/a/", "/x/", "/a/index.html"), "/a/index.html is taken already, by content/0.md:7"),
        (("/a/", "/A/", "/x"), "/A/ differs only in small and capital letters from /a/ of content/0.md:7"),
        (("/straße/", "/STRASSE/", "/x"), "/STRASSE/ differs only in small and capital letters from /straße/"),
        (("/a/b/", "/x/", "/a"), "/a/b/ needs a folder where /a of media/x.png is a file"),
        (("/a.html", "/A.html/b/", "/x"), "/A.html/b/ needs a folder where /a.html of content/0.md:7 is a file"),
    ],
)
def test_two_that_want_one_path(urls: tuple[str, ...], message: str) -> None:
    found = _faults(*urls)
    assert [one.rule for one in found] == ["same-path"]
    assert message in found[0].message


@pytest.mark.parametrize(
    "path", ["index.html", "a/b/index.html", "_headers", "media/é b.1234.png", ".well-known/x", "a.b.c/~d"]
)
def test_safe_paths(path: str) -> None:
    assert is_safe_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "", ".", "..", "../a", "a/../b", "a/./b", "/a", "a//b", "a/", "a\\b", "c:a", "a?", "a*", 'a"', "a<b", "a|b",
        "a#b", "a%20b", "a\0", "a\nb", "a.", "a./b", "a /b", "\ud800", "a" * 241,
    ],
)  # fmt: skip
def test_unsafe_paths(path: str) -> None:
    assert not is_safe_path(path)


@pytest.mark.parametrize("url", ["/conditions/../../etc/", "/a?b/", "/a//b/", f"/{'a' * 300}/"])
def test_an_address_that_leaves_the_site_or_fits_no_disk_is_an_error(url: str) -> None:
    assert [(one.rule, one.place.path) for one in _faults(url, "/x")] == [("bad-address", "content/0.md")]
