"""A crawl over the built site finds no broken link, whatever the address it was built for."""

import json
import re
from collections.abc import Iterator
from urllib.parse import urljoin
from xml.etree import ElementTree

from tests.built import BuiltSite

SITE_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_every_reference_leads_somewhere(any_site: BuiltSite) -> None:
    broken = [fault for path in any_site.pages for fault in any_site.broken(path)]
    assert not broken, "\n".join(broken)


def test_the_crawl_sees_the_site(any_site: BuiltSite) -> None:
    assert len(any_site.pages) > 150
    assert sum(len(page.references) for page in any_site.pages.values()) > 3000


def test_every_page_is_reached_from_the_first(any_site: BuiltSite) -> None:
    seen, ahead = {"index.html"}, ["index.html"]
    while ahead:
        new = set(_linked(any_site, ahead.pop())) - seen
        seen |= new
        ahead += sorted(new)
    meant = {path for path, page in any_site.pages.items() if path != "404.html" and not page.redirects}
    assert not meant - seen, "no page leads to these"


def _linked(site: BuiltSite, path: str) -> Iterator[str]:
    for reference in site.pages[path].references:
        if reference.tag in {"a", "area"}:
            target = site.path_at(urljoin(site.address(path), reference.target))
            if target in site.pages:
                yield target


def test_styles_name_only_files_that_are_there(any_site: BuiltSite) -> None:
    broken = [
        f"{path}: url({target})"
        for path in sorted(any_site.files)
        if path.endswith((".css", ".html", ".svg"))
        for target in re.findall(r"""url\(\s*["']?([^"')]+)""", any_site.text(path))
        if not target.startswith(("#", "data:")) and any_site.fault(any_site.address(path), target)
    ]
    assert not broken


def test_canonical_addresses_are_the_pages_own(any_site: BuiltSite) -> None:
    wrong = []
    for path, page in any_site.pages.items():
        if page.redirects:
            fine = any_site.path_at(page.canonical) in any_site.files
        else:
            fine = path == "404.html" or page.canonical == any_site.address(path)
        if not fine:
            wrong.append(f"{path}: {page.canonical!r}")
    assert not wrong


def test_the_site_map_lists_every_page_once(any_site: BuiltSite) -> None:
    tree = ElementTree.fromstring(any_site.text("sitemap.xml"))
    listed = [node.text or "" for node in tree.iter(f"{SITE_MAP}loc")]
    meant = [any_site.address(p) for p, page in any_site.pages.items() if p != "404.html" and not page.redirects]
    assert sorted(listed) == sorted(meant)


def test_robots_name_the_site_map(any_site: BuiltSite) -> None:
    assert f"Sitemap: {any_site.base_url}sitemap.xml" in any_site.text("robots.txt").splitlines()


def test_the_feed_names_pages_that_are_there(any_site: BuiltSite) -> None:
    tree = ElementTree.fromstring(any_site.text("feed.xml"))
    links = [node.get("href", "") for node in tree.iter(f"{ATOM}link")]
    faults = [(link, any_site.fault(any_site.base_url, link)) for link in links]
    assert len(links) > 10
    assert all(link.startswith(any_site.base_url) and not fault for link, fault in faults), faults
    ids = [node.text for entry in tree.iter(f"{ATOM}entry") for node in entry.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))


def test_the_data_name_pages_that_are_there(any_site: BuiltSite) -> None:
    for name in ("goals", "conditions"):
        rows = json.loads(any_site.text(f"data/{name}.json"))[name]
        assert rows
        assert all(any_site.path_at(row["url"]) in any_site.files for row in rows)
