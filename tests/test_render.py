"""Pages to bytes: one faulty page hides no other."""

from pathlib import Path

import msgspec

from otpt_site.assets import TemplateFolder
from otpt_site.diagnostics import Diagnostic, Place
from otpt_site.pages.plan import Page, PlannedFile, SitePlan
from otpt_site.render import OutputFile, render_site
from otpt_site.theme import Theme


class _View(msgspec.Struct, frozen=True):
    name: str


def _rendered(folder: Path, *pages: tuple[str, str, str]) -> tuple[list[OutputFile], list[Diagnostic], list[object]]:
    (folder / "page.html").write_text("<p>{{ name }}</p>")
    (folder / "bad.html").write_text("\n{{ nothing }}")
    plan = SitePlan(
        "en",
        tuple(Page(url, template, _View(name), Place("content/x.md", 4)) for url, template, name in pages),
        (PlannedFile("/assets/a.js", b"a", Place("a.js")),),
    )
    found: list[Diagnostic] = []
    steps: list[object] = []
    theme = Theme([TemplateFolder(folder, "templates")], "en")
    files = render_site(plan, theme, found.append, lambda done, total: steps.append((done, total)))
    return list(files), found, steps


def test_pages_and_files_get_their_paths(tmp_path: Path) -> None:
    files, found, steps = _rendered(
        tmp_path, ("/", "page.html", "é"), ("/a/", "page.html", "<"), ("/b.xml", "page.html", "")
    )
    assert files == [
        OutputFile("index.html", "<p>é</p>".encode()),
        OutputFile("a/index.html", b"<p>&lt;</p>"),
        OutputFile("b.xml", b"<p></p>"),
        OutputFile("assets/a.js", b"a"),
    ]
    assert not found
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_a_faulty_template_is_told_once_and_the_rest_goes_on(tmp_path: Path) -> None:
    files, found, steps = _rendered(
        tmp_path, ("/a/", "bad.html", ""), ("/b/", "bad.html", ""), ("/c/", "page.html", "")
    )
    assert [file.path for file in files] == ["c/index.html", "assets/a.js"]
    assert [(one.rule, one.place) for one in found] == [("template-error", Place("templates/bad.html", 2))]
    assert found[0].message == "the template failed: 'nothing' is undefined (on the page /a/)"
    assert len(steps) == 3


def test_a_sign_that_no_file_can_hold_is_told(tmp_path: Path) -> None:
    files, found, _ = _rendered(tmp_path, ("/a/", "page.html", "a\ud800"))
    assert [file.path for file in files] == ["assets/a.js"]
    assert [(one.rule, one.place) for one in found] == [("template-error", Place("content/x.md", 4))]
    assert "U+D800" in found[0].message
