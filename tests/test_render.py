"""Pages to bytes: one faulty page hides no other."""

import datetime
import os
import shutil
import signal
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import pytest

from otpt_site.cache import Store
from otpt_site.diagnostics import Diagnostic, Place
from otpt_site.library import Calendar
from otpt_site.output_folder import Look
from otpt_site.pages.plan import Page, PlannedFile, SitePlan
from otpt_site.render import Edition, Renderer, _cost, rendered
from otpt_site.spool import Spool
from otpt_site.template_files import TemplateFolder
from otpt_site.texts import Texts
from otpt_site.theme import Theme
from tests.kit import TODAY


class _View(msgspec.Struct, frozen=True):
    name: str


class _Made(NamedTuple):
    """What came of some pages: files, problems and the steps that were told."""

    files: dict[str, bytes | None]
    found: list[Diagnostic]
    steps: list[tuple[int, int]]
    days: tuple[datetime.date | None, datetime.date | None]
    why: dict[str, str]


def _rendered(
    folder: Path,
    *pages: tuple[str, str, str],
    edition: str = "",
    out: Path | None = None,
    surroundings: bytes | None = None,
    common: bytes = b"",
    own: str = "",
    today: datetime.date = TODAY,
    engine: str = "",
) -> _Made:
    """The files of pages given by URL, template and name; None for the bytes of those that were not filled again."""
    (folder / "page.html").write_text("<p>{{ name }}</p>")
    (folder / "other.html").write_text("<i>{{ name }}</i>")
    (folder / "bad.html").write_text("\n{{ nothing }}")
    plan = SitePlan(
        "en",
        tuple(Page(url, template, partial(_View, name), Place("content/x.md", 4)) for url, template, name in pages),
        (PlannedFile("/assets/a.js", lambda: b"a", Place("a.js")),),
    )
    found: list[Diagnostic] = []
    steps: list[tuple[int, int]] = []
    theme = Theme([TemplateFolder(folder, "templates")], "en", engine)
    calendar = Calendar(today)
    calendar.turns_on(TODAY)
    made_of = Edition(
        edition, common, surroundings or os.urandom(8), {"content/x.md": own}, Texts((), (), ()), calendar
    )
    with Store(folder / ".cache", "") as store, Spool(folder) as spool:
        renderer = Renderer(theme, store, spool, Look(out) if out else None, made_of)
        files = renderer.files(plan, found.append, lambda done, total: steps.append((done, total)))
        renderer.keep(whole=True)
        made = {file.path: file.load() if file.load else None for file in files}
    why = {page.url: page.reason for page in renderer.rendered}
    return _Made(made, found, steps, (calendar.since, calendar.until), why)


def test_pages_and_files_get_their_paths(tmp_path: Path) -> None:
    files, found, steps, *_ = _rendered(
        tmp_path, ("/", "page.html", "é"), ("/a/", "page.html", "<"), ("/b.xml", "page.html", "")
    )
    assert files == {
        "index.html": "<p>é</p>".encode(),
        "a/index.html": b"<p>&lt;</p>",
        "b.xml": b"<p></p>",
        "assets/a.js": b"a",
    }
    assert not found
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_a_faulty_template_is_told_once_and_the_rest_goes_on(tmp_path: Path) -> None:
    files, found, steps, *_ = _rendered(
        tmp_path, ("/a/", "bad.html", ""), ("/b/", "bad.html", ""), ("/c/", "page.html", "")
    )
    assert list(files) == ["c/index.html", "assets/a.js"]
    assert [(one.rule, one.place) for one in found] == [("template-error", Place("templates/bad.html", 2))]
    assert found[0].message == "the template failed: 'nothing' is undefined (on the page /a/)"
    assert len(steps) == 3


def test_a_sign_that_no_file_can_hold_is_told(tmp_path: Path) -> None:
    files, found, *_ = _rendered(tmp_path, ("/a/", "page.html", "a\ud800"))
    assert list(files) == ["assets/a.js"]
    assert [(one.rule, one.place) for one in found] == [("template-error", Place("content/x.md", 4))]
    assert "U+D800" in found[0].message


A: Final = ("/a/", "page.html", "a")
B: Final = ("/b/", "page.html", "b")


def test_only_what_changed_is_filled_again(tmp_path: Path) -> None:
    assert _rendered(tmp_path, A, B).files == {
        "a/index.html": b"<p>a</p>", "b/index.html": b"<p>b</p>", "assets/a.js": b"a",
    }  # fmt: skip
    again = _rendered(tmp_path, A, ("/b/", "page.html", "new"))
    assert again.files == {"a/index.html": None, "b/index.html": b"<p>new</p>", "assets/a.js": b"a"}
    assert again.steps == [(1, 2), (2, 2)]


def test_each_page_that_is_filled_is_told_with_its_reason(tmp_path: Path) -> None:
    assert _rendered(tmp_path, A, B).why == dict.fromkeys(["/a/", "/b/"], "no earlier build made it")
    assert _rendered(tmp_path, A, ("/b/", "page.html", "new")).why == {
        "/b/": "what it shows of other files changed: name"
    }
    assert _rendered(tmp_path, A, B, own="new").why == {"/b/": "its own file changed: name"}
    assert _rendered(tmp_path, A, ("/b/", "other.html", "b")).why == {"/b/": "its templates changed"}
    (tmp_path / "out/a").mkdir(parents=True)
    (tmp_path / "out/a/index.html").write_text("tampered")
    stale = "the output folder did not hold it as it was written"
    assert _rendered(tmp_path, A, out=tmp_path / "out").why == {"/a/": stale}


def test_another_version_of_the_program_fills_all_pages(tmp_path: Path) -> None:
    _rendered(tmp_path, A)
    assert _rendered(tmp_path, A, engine="new").why == {"/a/": "this program or a library is another version"}


def _let_two_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("otpt_site.workers._cores", lambda: 2)
    # Other tests may have left a thread behind.
    monkeypatch.setattr("threading.active_count", lambda: 1)
    monkeypatch.setattr("otpt_site.render._PAY", 2)


@pytest.mark.filterwarnings("ignore:This process.*fork:DeprecationWarning")
def test_several_processes_fill_pages_as_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [(f"/{number}/", "bad.html" if number == 7 else "page.html", str(number)) for number in range(40)]
    one = _rendered(tmp_path, *pages)
    _let_two_work(monkeypatch)
    shutil.rmtree(tmp_path / ".cache")
    assert _rendered(tmp_path, *pages) == one


def test_a_page_about_no_one_thing_takes_more_in_a_large_site() -> None:
    one, list_ = (Page("/a/", "a.html", partial(_View, ""), Place("a"), of=of) for of in (("goal", "a"), None))
    assert [_cost(pages, one) for pages in (10, 10_000)] == [1, 1]
    assert [_cost(pages, list_) for pages in (10, 10_000)] == [1, 50]


@pytest.mark.filterwarnings("ignore:This process.*fork:DeprecationWarning")
def test_a_page_that_ends_its_process_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    this = os.getpid()

    def killed(page: Page, view: msgspec.Struct, theme: Theme) -> bytes:
        if page.url == "/3/" and os.getpid() != this:
            os.kill(os.getpid(), signal.SIGKILL)
        return rendered(page, view, theme)

    _let_two_work(monkeypatch)
    monkeypatch.setattr("otpt_site.render.rendered", killed)
    made = _rendered(tmp_path, *((f"/{number}/", "page.html", "x") for number in range(5)))
    [problem] = made.found
    assert (problem.rule, problem.place) == ("worker-crashed", Place("content/x.md", 4))
    assert problem.message.endswith("(on the page /3/)")
    assert len(made.files) == 5  # four pages and the script


def test_another_edition_has_pages_of_its_own(tmp_path: Path) -> None:
    _rendered(tmp_path, A)
    assert _rendered(tmp_path, A, edition="drafts").files["a/index.html"] == b"<p>a</p>"
    assert _rendered(tmp_path, A).files["a/index.html"] is None


def test_what_the_output_folder_does_not_hold_is_filled_again(tmp_path: Path) -> None:
    _rendered(tmp_path, A, B)
    out = tmp_path / "out"
    for name, text in (("a", "<p>a</p>"), ("b", "tampered")):
        (out / name).mkdir(parents=True)
        (out / name / "index.html").write_text(text)
    again = _rendered(tmp_path, A, B, out=out)
    assert again.files == {"a/index.html": None, "b/index.html": b"<p>b</p>", "assets/a.js": b"a"}


def test_two_pages_at_one_address_do_not_stand_in_for_each_other(tmp_path: Path) -> None:
    other = ("/a/", "page.html", "other")
    _rendered(tmp_path, A, other)
    assert _rendered(tmp_path, A).files["a/index.html"] == b"<p>a</p>"


def test_a_failure_is_told_again_each_time(tmp_path: Path) -> None:
    bad = ("/a/", "bad.html", "")
    assert _rendered(tmp_path, bad).found == _rendered(tmp_path, bad).found != []


def test_a_page_is_looked_at_when_a_text_that_it_may_show_changed(tmp_path: Path) -> None:
    _rendered(tmp_path, A, surroundings=b"1")
    # Another name shows which views are made.
    other = ("/a/", "page.html", "other")
    assert _rendered(tmp_path, other, surroundings=b"1").files["a/index.html"] is None
    assert _rendered(tmp_path, other, surroundings=b"2").files["a/index.html"] == b"<p>other</p>"
    assert _rendered(tmp_path, A, surroundings=b"2", common=b"2").files["a/index.html"] == b"<p>a</p>"


def test_surroundings_hold_for_the_days_that_are_alike(tmp_path: Path) -> None:
    other = ("/a/", "page.html", "other")
    assert _rendered(tmp_path, A, surroundings=b"1").days == (TODAY, None)
    day = datetime.timedelta(days=1)
    assert _rendered(tmp_path, other, surroundings=b"1", today=TODAY + day).files["a/index.html"] is None
    earlier = _rendered(tmp_path, other, surroundings=b"1", today=TODAY - day)
    assert earlier.files["a/index.html"] == b"<p>other</p>"
    assert earlier.days == (None, TODAY)
