"""The pipeline: all problems in one run, an untouched site while there are any, the same bytes from the same input."""

import datetime
import errno
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import pytest

from otpt_site.cache import Store
from otpt_site.publish import Published
from tests.kit import DEFAULTS, REVIEWS, SITE, condition, goals, plain_page
from tests.project import ONE_OF_EACH, Project, day, project, told

SHIPPED = Path(__file__).parents[1] / "templates"


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that is built already, to be copied."""
    made = project(tmp_path_factory.mktemp("built"))
    assert told(made.build()) == []
    return made.root


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Project:
    """A project that is built already."""
    return Project(Path(shutil.copytree(built_once, tmp_path / "project")))


def test_builds_without_a_word_and_then_touches_nothing(built: Project) -> None:
    with built.untouched():
        report = built.build(strict=True)
    assert report.files == Published(0, len(built.files()), 0)
    assert not report.stopped


def test_checking_writes_nothing_but_what_it_keeps(tmp_path: Path) -> None:
    made = project(tmp_path)
    report = made.build(out=None)
    assert (report.stopped, report.files) == (False, Published())
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cache", "content"]


BROKEN: Mapping[str, str] = {
    "conditions/stroke.md": condition(lead="physio"),
    "articles/which-first.md": "no front matter",
    "media/evil.svg": "<svg><script/></svg>",
}


def test_all_kinds_of_problems_are_found_in_one_run(built: Project) -> None:
    built.write(BROKEN)
    built.write({"site.yaml": SITE + "base_url: ftp://x/\nlanguage: klingon\n"})
    built.write({"pages/goal.html": "\n{{ goal", "pages/article.html": "{% include title %}"}, "templates")
    (built.root / "file").write_text("")
    with built.untouched():
        report = built.build(out=built.root / "file")
    rules = {one.rule for one in report.diagnostics}
    assert rules >= {
        "unknown-therapy", "missing-front-matter", "unsafe-svg", "bad-base-url", "unknown-language",
        "template-syntax", "dynamic-template", "bad-output",
    }  # fmt: skip
    assert report.stopped
    assert list(report.diagnostics) == sorted(report.diagnostics, key=lambda one: one.sort_key())


@pytest.mark.parametrize(("path", "text"), BROKEN.items())
def test_any_error_leaves_the_site_as_it_was(built: Project, path: str, text: str) -> None:
    built.write({path: text})
    with built.untouched():
        assert built.build().stopped


def test_a_template_that_fails_on_one_page_leaves_the_site_as_it_was(built: Project) -> None:
    built.write({"pages/goal.html": "\n{{ oops }}"}, "templates")
    with built.untouched():
        report = built.build()
    message = "the template failed: 'oops' is undefined (on the page /goals/climb-stairs/)"
    assert told(report) == [f"templates/pages/goal.html:2 template-error: {message}"]


SAME_PATH = {
    "two pages": ({"conditions/other.md": condition(slug="stroke", name="Other")}, "content/conditions/stroke.md"),
    "an alias of another page": (
        {"conditions/other.md": condition(aliases="[/conditions/stroke/]", name="Other")},
        "content/conditions/stroke.md",
    ),
    "two aliases": (
        {"conditions/other.md": condition(aliases="[/old-stroke/]", name="Other")},
        "content/conditions/stroke.md",
    ),
    "an alias of the page itself": ({"pages/about.md": plain_page(aliases="[/about/]")}, "content/pages/about.md"),
    "a fixed page": ({"pages/goals.md": plain_page()}, "content/goals.yaml"),
    "case alone": (
        {"pages/about.md": plain_page(aliases="[/Conditions/Stroke/]")},
        "content/conditions/stroke.md",
    ),
    "a file in the place of a folder": (
        {"pages/about.md": plain_page(aliases="[/a.html, /a.html/b/]")},
        "content/pages/about.md",
    ),
    "a static file": (
        {"media/a.png": "x", "pages/about.md": plain_page(aliases="[/media/a.2d711642.png/]")},
        "content/media/a.png",
    ),
    "two ways to store a sign": (
        {"pages/about.md": plain_page(aliases='["/\\uac00/", "/\\u1100\\u1161/"]')},
        "content/pages/about.md",
    ),
}


@pytest.mark.parametrize(("files", "other"), SAME_PATH.values(), ids=SAME_PATH.keys())
def test_two_that_want_one_path_are_an_error_that_names_both(built: Project, files: dict[str, str], other: str) -> None:
    built.write(files)
    with built.untouched():
        report = built.build()
    clashes = [one for one in report.diagnostics if one.rule == "same-path"]
    assert clashes, told(report)
    told_of = " ".join(f"{clash.place.path} {clash.message}" for clash in clashes)
    assert {other, *(f"content/{path}" for path in files)} <= set(re.findall(r"content/[\w./-]+\w", told_of))


def test_a_name_that_not_every_system_can_hold_is_an_error(built: Project) -> None:
    built.write(
        {"media/what?.svg": "<svg/>", f"media/{'a' * 236}.svg": "<svg/>", os.fsdecode(b"media/\xff.svg"): "<svg/>"}
    )
    with built.untouched():
        report = built.build()
    assert [one.rule for one in report.diagnostics] == ["bad-address"] * 3


def test_media_hold_pictures_and_nothing_else(built: Project) -> None:
    built.write({"media/page.html": "<script>", "pages/about.md": plain_page("![words](media/page.html)")})
    report = built.build()
    assert [one.rule for one in report.diagnostics if one.severity != "note"] == ["misplaced-file", "missing-image"]


def test_a_picture_is_published_and_linked_whatever_its_name(built: Project) -> None:
    built.write({"media/é cane.SVG": "<svg/>", "pages/about.md": plain_page("![a cane](<media/é cane.SVG>)")})
    report = built.build(base_url="/sub/")
    path = next(path for path in built.files() if path.startswith("media/"))
    assert told(report) == []
    assert path == "media/é cane.d4dc5666.SVG"
    assert 'src="/sub/media/%C3%A9%20cane.d4dc5666.SVG"' in built.page("about/index.html")


@pytest.mark.parametrize("name", ["icon.svg", "site.js", "redirect.js"])
def test_a_missing_asset_is_a_problem_and_no_traceback(
    built: Project, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    shutil.copytree(SHIPPED, built.root / "templates")
    (built.root / "templates/assets" / name).unlink()
    monkeypatch.setattr("otpt_site.template_files._PACKAGE", built.root / "nowhere" / "at" / "all")
    with built.untouched():
        report = built.build()
    assert told(report) == [f"templates/assets/{name} template-missing: there is no {name} in assets/"]


def test_a_tool_without_its_templates_says_so(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("otpt_site.template_files._PACKAGE", built.root / "nowhere" / "at" / "all")
    with built.untouched():
        report = built.build()
    assert {one.rule for one in report.diagnostics} == {"template-missing"}


@pytest.mark.parametrize("missing", sorted(set(DEFAULTS) - {"site.yaml"}))
def test_a_guide_with_something_missing_builds_or_says_what_is(tmp_path: Path, missing: str) -> None:
    made = project(tmp_path, {path: text for path, text in DEFAULTS.items() if path != missing})
    report = made.build()
    assert report.stopped == any(one.severity == "error" for one in report.diagnostics)
    assert report.stopped != (made.out / "index.html").exists()


def test_a_guide_of_next_to_nothing_builds(tmp_path: Path) -> None:
    made = project(tmp_path, {path: DEFAULTS[path] for path in ("site.yaml", "people.yaml")})
    assert told(made.build()) == []
    assert made.page("data/goals.csv").startswith("version,id,goal,")
    assert made.page("data/conditions.json").strip().endswith("}")


def test_site_settings_alone_say_what_is_missing(tmp_path: Path) -> None:
    assert told(project(tmp_path, {"site.yaml": SITE}).build()) == [
        "content/site.yaml:5 unknown-reference: there is no person 'guide-project'"
    ]


@pytest.mark.parametrize("make", [False, True])
def test_missing_or_empty_content_is_told_once(tmp_path: Path, *, make: bool) -> None:
    if make:
        (tmp_path / "content").mkdir()
    report = project(tmp_path, {}).build()
    assert report.stopped
    assert [(one.rule, one.place.path) for one in report.diagnostics] == [("content-missing", "content")]


def test_content_with_no_settings_is_told(tmp_path: Path) -> None:
    report = project(tmp_path, {"conditions/stroke.md": condition()}).build()
    assert "content/site.yaml" in {one.place.path for one in report.diagnostics if one.rule == "content-missing"}


# Warnings, notes and dates


def test_strict_stops_on_warnings(built: Project) -> None:
    (built.out / "CNAME").write_text("example.org")
    built.write({"conditions/other.md": condition(name="Other")})
    with built.untouched():
        assert built.build(strict=True).stopped
    assert not built.build().stopped
    assert "conditions/other/index.html" in built.files()


OVERDUE = condition(reviews="[{by: reviewer, on: 2020-01-01}]")


def test_an_overdue_review_lets_a_strict_build_pass(built: Project) -> None:
    built.write({"conditions/stroke.md": OVERDUE})
    report = built.build(strict=True)
    assert [one.rule for one in report.diagnostics] == ["review-overdue"]
    assert not report.stopped


def test_an_overdue_review_stops_when_the_settings_say_so(built: Project) -> None:
    built.write({"conditions/stroke.md": OVERDUE, "site.yaml": SITE + "review: {overdue: error}\n"})
    with built.untouched():
        report = built.build()
    assert [one.rule for one in report.diagnostics] == ["review-overdue"]
    assert report.stopped


DRAFTS = {
    "conditions/draft.md": condition(name="A draft", draft="true"),
    "conditions/later.md": condition(name="For later", publish_on="2026-12-01"),
    "conditions/over.md": condition(name="Over", expires_on="2026-11-23"),
}


def test_drafts_scheduled_and_expired_pages_are_left_out(built: Project) -> None:
    built.write(DRAFTS)
    assert not built.build().stopped
    assert not [path for path in built.files() if "draft" in path or "later" in path or "over/" in path]
    assert "noindex" not in built.page("index.html")
    assert "Allow: /" in built.page("robots.txt")


def test_drafts_are_shown_to_those_who_ask_and_hidden_from_search_engines(built: Project) -> None:
    built.write(DRAFTS)
    assert not built.build(drafts=True).stopped
    shown = {path for path in built.files() if path.startswith("conditions/") and "therapy" not in path}
    assert shown >= {"conditions/draft/index.html", "conditions/later/index.html"}
    assert "conditions/over/index.html" not in shown
    html = [data for path, data in built.files().items() if path.endswith(".html")]
    assert all(b'<meta name="robots" content="noindex">' in data for data in html)
    assert "Disallow: /" in built.page("robots.txt")


def test_a_day_later_the_scheduled_page_is_there(built: Project) -> None:
    built.write(DRAFTS)
    built.build(today=day("2026-12-01"))
    assert "conditions/later/index.html" in built.files()


def test_today_is_the_day_where_the_site_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class _Clock(datetime.datetime):
        reads = 0

        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> "_Clock":
            cls.reads += 1
            return cls(2026, 11, 30, 23, 30, tzinfo=datetime.UTC).astimezone(tz)

    monkeypatch.setattr(datetime, "datetime", _Clock)
    later = {"conditions/later.md": condition(name="For later", publish_on="2026-12-01")}
    for zone, shown in (("America/Toronto", False), ("UTC", False), ("Asia/Tokyo", True)):
        made = project(tmp_path / zone, {**DEFAULTS, **later, "site.yaml": SITE.replace("America/Toronto", zone)})
        assert told(made.build(today=None)) == []
        assert ("conditions/later/index.html" in made.files()) == shown
    assert _Clock.reads == 3


def test_a_zone_that_does_not_exist_is_a_problem(tmp_path: Path) -> None:
    made = project(tmp_path, {**DEFAULTS, "site.yaml": SITE.replace("America/Toronto", "Mars/Olympus")})
    assert [one.rule for one in made.build(today=None).diagnostics] == ["unknown-timezone"]


# The output folder


@pytest.mark.parametrize("out", ["content", "content/build", ".", "templates", "templates/build"])
def test_the_output_must_lie_beside_content_and_templates(built: Project, out: str) -> None:
    (built.root / "templates").mkdir()
    report = built.build(out=built.root / out)
    assert report.stopped
    assert {one.rule for one in report.diagnostics} == {"bad-output"}
    assert {one.place.path for one in report.diagnostics} == {out}


def test_what_stands_in_the_way_is_told_before_anything_is_written(built: Project) -> None:
    built.write({"conditions/other.md": condition(name="Other"), "pages/about.md": plain_page("New words")})
    (built.out / "conditions/other").write_text("someone's")
    with built.untouched():
        report = built.build()
    assert [(one.rule, one.place.path) for one in report.diagnostics] == [("bad-output", "build/conditions/other")]


def test_a_build_cut_short_says_so(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    built.write({"pages/about.md": plain_page("New words")})
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", full)
        report = built.build()
    assert (report.stopped, report.cut_short, report.files) == (True, True, Published())
    assert [one.rule for one in report.diagnostics] == ["bad-output"]
    assert told(built.build()) == []
    assert "New words" in built.page("about/index.html")


def test_the_same_input_gives_the_same_bytes_elsewhere(built: Project, tmp_path: Path) -> None:
    other = project(tmp_path / "other")
    other.build()
    assert other.all_files() == built.all_files()


def test_paths_are_relative_to_the_project_from_anywhere(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    built.write({"conditions/stroke.md": condition(lead="physio")})
    expected = told(built.build())
    assert expected[0].startswith("content/conditions/stroke.md:")
    monkeypatch.chdir(built.content)
    for content in (Path(), Path("../content"), built.content):
        assert told(built.build(content=content)) == expected
    (built.root / "elsewhere").mkdir()
    built.content.rename(built.root / "elsewhere/words")
    built.content.symlink_to(built.root / "elsewhere/words")
    assert told(built.build()) == expected


def test_changed_keys_reach_the_page(built: Project) -> None:
    built.write({"goals.yaml": goals(goal="Climb & rest", reviews=REVIEWS)})
    built.build()
    assert "Climb &amp; rest" in built.page("goals/climb-stairs/index.html")
    assert "goals/climb-stairs/index.html" in ONE_OF_EACH or built.build().files.written == 0


def test_texts_that_the_store_lost_are_read_again(
    built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "later", lambda *_: None)
    renamed = {"site.yaml": SITE.replace("PT or OT?", "OT or PT?")}
    built.write(renamed)
    report = built.build()
    assert (told(report), report.files.written > 5) == ([], True)
    clean = project(tmp_path / "clean")
    clean.write(renamed)
    assert told(clean.build()) == []
    assert built.files() == clean.files()
