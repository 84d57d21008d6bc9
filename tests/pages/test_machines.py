"""Site map, feed, robots, redirects and open data."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from otpt_site.pages.machines import FEED_LENGTH
from tests.kit import SITE, condition, goals, plain_page
from tests.pages.press import planned
from tests.project import ONE_OF_EACH, Project, project, told

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_open_data_hold_the_tables_with_a_version() -> None:
    files = {
        "conditions/stroke.md": condition(also_called="[brain attack, CVA]", joins="ot"),
        "goals.yaml": goals(conditions="[stroke]", why="A *plain* why [@trial-2020]"),
    }
    plan = planned(files, "https://example.org/g/")
    data = json.loads(plan.file("/data/conditions.json"))
    assert (data["version"], data["language"]) == (1, "en-US")
    assert data["conditions"] == [
        {
            "version": 1, "id": "stroke", "name": "Stroke", "also_called": ["brain attack", "CVA"], "lead": "pt",
            "joins": "ot", "order": [], "why": "It works on walking", "url": "https://example.org/g/conditions/stroke/",
        }
    ]  # fmt: skip
    row = _rows(plan.file("/data/conditions.csv"))[0]
    assert (row["version"], row["also_called"], row["joins"]) == ("1", "brain attack; CVA", "ot")
    goal = _rows(plan.file("/data/goals.csv"))[0]
    assert (goal["conditions"], goal["joins"], goal["area"]) == ("stroke", "", "moving")
    assert json.loads(plan.file("/data/goals.json"))["goals"][0]["joins"] is None


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_is_taken_for_a_formula(start: str) -> None:
    name = f'{start}HYPERLINK("https://evil.example","x")'
    plan = planned({"conditions/stroke.md": condition(name=f"'{name}'", also_called=f"['{start}1', b]")})
    row = _rows(plan.file("/data/conditions.csv"))[0]
    assert (row["name"], row["also_called"]) == (f"'{name}", f"'{start}1; b")
    assert json.loads(plan.file("/data/conditions.json"))["conditions"][0]["name"] == name


def test_cells_hold_commas_quotes_and_any_script() -> None:
    name = 'A, "b" · 中文'
    plan = planned({"conditions/stroke.md": condition(name=f"'{name}'")})
    assert _rows(plan.file("/data/conditions.csv"))[0]["name"] == name
    assert plan.file("/data/conditions.csv").count("\r\n") == 2


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A guide full of signs that markup must escape, at an address with a folder."""
    odd = condition(
        name="'A & <b> \"c\" ''d'' ]]>'",
        summary='"`<script>` & \\u0007 😀 ]]>"',
        updated_on="2026-11-20",
        aliases="[/old/, /old.html]",
    )
    site = SITE.replace("title: PT or OT?", 'title: "PT & <OT>"').replace("Find the right", "Find & the")
    made = project(tmp_path_factory.mktemp("odd"), {**ONE_OF_EACH, "conditions/odd.md": odd, "site.yaml": site})
    assert told(made.build(base_url="https://example.org/guide/")) == []
    return made


def test_the_feed_is_sound(built: Project) -> None:
    feed = ElementTree.fromstring(built.page("feed.xml"))
    entries = feed.findall(f"{ATOM}entry")
    newest = entries[0]
    assert feed.findtext(f"{ATOM}title") == "PT & <OT>"
    assert feed.findtext(f"{ATOM}updated") == "2026-11-20T00:00:00Z"
    assert newest.findtext(f"{ATOM}title") == "A & <b> \"c\" 'd' ]]>"
    assert newest.findtext(f"{ATOM}id") == "https://example.org/guide/conditions/odd/"
    assert 1 < len(entries) <= FEED_LENGTH
    dates = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert dates == sorted(dates, reverse=True)
    links = [link.get("href", "") for link in feed.iter(f"{ATOM}link")]
    assert all(link.startswith("https://example.org/guide/") for link in links)


def test_the_site_map_is_sound_and_leaves_out_what_is_no_page(built: Project) -> None:
    found = ElementTree.fromstring(built.page("sitemap.xml"))
    addresses = [loc.text or "" for loc in found.iter(f"{MAP}loc")]
    pages = {path for path in built.files() if path.endswith(".html")}
    expected = {f"https://example.org/guide/{path.removesuffix('index.html')}" for path in pages}
    redirects = {f"https://example.org/guide/{path}" for path in ("404.html", "old/", "old.html", "old-stroke/")}
    assert set(addresses) == expected - redirects
    assert addresses == sorted(addresses)


def test_robots_are_told_where_the_site_map_is(built: Project) -> None:
    assert built.page("robots.txt") == ("User-agent: *\nAllow: /\nSitemap: https://example.org/guide/sitemap.xml\n")
    assert planned({}, noindex=True).view("/robots.txt").noindex
    assert planned({}).view("/robots.txt").site_map == ""


def test_an_old_address_leads_on_without_a_script(built: Project) -> None:
    for path in ("old/index.html", "old.html"):
        page = built.page(path)
        assert '<meta http-equiv="refresh" content="0; url=/guide/conditions/odd/">' in page
        assert '<a href="/guide/conditions/odd/">A &amp; &lt;b&gt;' in page
        assert '<link rel="canonical" href="https://example.org/guide/conditions/odd/">' in page
        assert '<meta name="robots" content="noindex">' in page
        script = page.partition('<script src="/guide/')[2].partition('"')[0]
        assert script in built.files()


def test_a_redirect_names_no_canonical_address_that_nobody_knows() -> None:
    plan = planned({"pages/about.md": plain_page(aliases="[/old/]")}, "/sub/")
    view = plan.view("/old/")
    assert (view.canonical, view.target.href, view.script) == ("", "/sub/about/", "/sub/assets/redirect.js")


def test_the_feed_of_a_guide_with_no_dated_page_has_a_date() -> None:
    plan = planned({}, without=("therapies/pt.md", "goals.yaml"))
    assert str(plan.view("/feed.xml").updated_on) == "2026-11-23"


def test_the_finders_list_is_sound(built: Project) -> None:
    data = json.loads(built.page("data/finder.json"))
    assert [goal["href"] for goal in data["goals"]] == ["/guide/goals/climb-stairs/"]
    assert {entry["label"] for entry in data["conditions"]} >= {"Stroke", "A & <b> \"c\" 'd' ]]>"}
    assert data["cards"]
