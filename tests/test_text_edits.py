"""A rebuild after an edit of a text: it does not look at the whole guide, and gives what a first build would."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from otpt_site import pipeline
from otpt_site.cache import FILE
from otpt_site.output_folder import Look
from otpt_site.publish import Published
from otpt_site.request import BuildReport
from tests.kit import DEFAULTS, SITE, article, condition, digest_of, goals, plain_page
from tests.project import ONE_OF_EACH, Project, day, project, told

TEXT: Final = "Slow [walking](term:gait) [@trial-2020]."
OTHER: Final = "Slow and steady [walking](term:gait) [@trial-2020]."
LONG: Final = "Slow " + "and slow " * 20 + "[walking](term:gait) [@trial-2020]."
KNEE: Final = "conditions/knee.md"
HIP: Final = "conditions/hip.md"
REVIEWED: Final = f"[{{by: reviewer, on: 2026-11-01, digest: {digest_of(condition(TEXT, name='Knee'))}}}]"


class Runs:
    """Counts how often the whole guide was looked at."""

    def __init__(self) -> None:
        self.count = 0

    def of(self, run: Callable[..., BuildReport]) -> Callable[..., BuildReport]:
        def counted(*arguments: Any) -> BuildReport:
            self.count += 1
            return run(*arguments)

        return counted


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    counted = Runs()
    monkeypatch.setattr(pipeline, "run", counted.of(pipeline.run))
    return counted


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that is built already, to be copied."""
    files: dict[str, str | bytes] = {**ONE_OF_EACH, "media/cane.svg": b"<svg/>"}
    files |= {KNEE: condition(TEXT, name="Knee"), HIP: condition(TEXT, name="Hip")}
    made = project(tmp_path_factory.mktemp("built"), files)
    assert told(made.build()) == []
    return made.root


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Project:
    """A project that is built already."""
    return Project(Path(shutil.copytree(built_once, tmp_path / "project")))


def _is_as_a_first_build(made: Project, tmp_path: Path, report: BuildReport, **options: object) -> None:
    first = Project(tmp_path / "first")
    shutil.rmtree(first.root, ignore_errors=True)
    shutil.copytree(made.content, first.content)
    cold = first.build(**options)
    assert report.diagnostics == cold.diagnostics
    assert (report.pages, report.links, report.stopped) == (cold.pages, cold.links, cold.stopped)
    if not cold.stopped:
        assert made.all_files() == first.all_files()


ALONE: Final[Mapping[str, Mapping[str, str]]] = {
    "another word": {KNEE: condition(OTHER, name="Knee")},
    "two pages": {KNEE: condition(OTHER, name="Knee"), HIP: condition(LONG, name="Hip")},
    "a word that is told of": {KNEE: condition(f"{TEXT} It is teh best.", name="Knee")},
    "a word that is hard": {KNEE: condition(f"{TEXT} " + "Characteristically. " * 120, name="Knee")},
    "a link more to the same place": {KNEE: condition(f"{TEXT} Your [gait](term:gait).", name="Knee")},
    "a page about the guide": {"pages/about.md": plain_page("New words.")},
    "an article": {"articles/which-first.md": ONE_OF_EACH["articles/which-first.md"].replace("More.", "New words.")},
    "a remark in a table": {"goals.yaml": DEFAULTS["goals.yaml"] + "# Done.\n"},
}


@pytest.mark.parametrize("files", ALONE.values(), ids=ALONE.keys())
def test_an_edit_of_texts_alone_does_not_look_at_the_whole_guide(
    built: Project, tmp_path: Path, runs: Runs, files: Mapping[str, str]
) -> None:
    built.write(files)
    report = built.build()
    assert runs.count == 0
    # Their pages, and nothing else; a remark shows nowhere.
    assert len(report.rendered) == report.files.written == sum(path.endswith(".md") for path in files)
    _is_as_a_first_build(built, tmp_path, report)
    with built.untouched():
        again = built.build()
    assert (again.diagnostics, again.files.written) == (report.diagnostics, 0)


FURTHER: Final[Mapping[str, Mapping[str, str]]] = {
    "a name": {KNEE: condition(TEXT, name="Knees")},
    "a summary": {KNEE: condition(TEXT, name="Knee", summary="Another sentence")},
    "a heading": {KNEE: condition(f"{TEXT}\n\n## Help\n\nMore.", name="Knee")},
    "a link to another page": {KNEE: condition(f"{TEXT} See [](condition:stroke).", name="Knee")},
    "a link less": {KNEE: condition("Slow [@trial-2020].", name="Knee")},
    "a mistake": {KNEE: condition(f"{TEXT} [gone](condition:nowhere)", name="Knee")},
    "a mistake in a key": {KNEE: condition(TEXT, name="Knee", lead="physio")},
    "how urgent a card is": {KNEE: condition(f"/// emergency\n- Slow\n///\n\n{TEXT}", name="Knee")},
    "a paragraph of another page": {KNEE: condition(LONG, name="Knee"), HIP: condition(LONG, name="Hip")},
    "a row of a table": {"goals.yaml": goals(goal="Climb and rest")},
    "a term": {"glossary.yaml": DEFAULTS["glossary.yaml"].replace("walk", "go")},
    "the settings": {"site.yaml": SITE.replace("PT or OT?", "Which one?")},
    "a picture": {"media/cane.svg": "<svg />"},
    "a page more": {"conditions/foot.md": condition(TEXT, name="Foot")},
}


@pytest.mark.parametrize("files", FURTHER.values(), ids=FURTHER.keys())
def test_an_edit_that_others_may_show_looks_at_the_whole_guide(
    built: Project, tmp_path: Path, runs: Runs, files: Mapping[str, str]
) -> None:
    built.write(files)
    report = built.build()
    assert runs.count == 1
    _is_as_a_first_build(built, tmp_path, report)


def test_a_page_less_looks_at_the_whole_guide(built: Project, tmp_path: Path, runs: Runs) -> None:
    (built.content / HIP).unlink()
    report = built.build()
    assert runs.count == 1
    _is_as_a_first_build(built, tmp_path, report)


def test_a_paragraph_that_stood_on_two_pages_looks_at_the_whole_guide(
    built: Project, tmp_path: Path, runs: Runs
) -> None:
    built.write({KNEE: condition(LONG, name="Knee"), HIP: condition(LONG, name="Hip")})
    assert [one.rule for one in built.build().diagnostics if "same paragraph" in one.message] == ["repeated-paragraph"]
    built.write({KNEE: condition(f"{LONG} So it is.", name="Knee")})
    report = built.build()
    assert runs.count == 2
    _is_as_a_first_build(built, tmp_path, report)


@pytest.mark.parametrize(("edited", "times"), [(20, 1), (21, 2)])
def test_an_edit_of_many_files_looks_at_the_whole_guide(tmp_path: Path, runs: Runs, edited: int, times: int) -> None:
    paths = [f"articles/one-{number}.md" for number in range(21)]
    made = project(tmp_path / "made", {**ONE_OF_EACH, **{path: article() for path in paths}})
    made.build()
    made.write({path: article("New words.") for path in paths[:edited]})
    report = made.build()
    assert runs.count == times
    _is_as_a_first_build(made, tmp_path, report)


def test_a_text_edited_since_its_review_is_told_of(built: Project, tmp_path: Path, runs: Runs) -> None:
    built.write({KNEE: condition(TEXT, name="Knee", reviews=REVIEWED)})
    built.build()
    for text, rules in ((OTHER, ["edited-since-review"]), (TEXT, [])):
        built.write({KNEE: condition(text, name="Knee", reviews=REVIEWED)})
        runs.count = 0
        report = built.build()
        assert runs.count == 0
        assert [one.rule for one in report.diagnostics if "knee" in one.place.path] == rules
        _is_as_a_first_build(built, tmp_path, report)


def test_a_day_that_changes_the_guide_looks_at_it_all(built: Project, tmp_path: Path, runs: Runs) -> None:
    built.write({KNEE: condition(TEXT, name="Knee", reviews=REVIEWED)})
    built.build()
    built.write({KNEE: condition(OTHER, name="Knee", reviews=REVIEWED)})
    # Its review was due when the text was as it was then.
    report = built.build(today=day("2029-01-01"))
    assert runs.count == 2
    _is_as_a_first_build(built, tmp_path, report, today=day("2029-01-01"))


def test_what_holds_until_a_day_holds_no_longer_after_an_edit(built: Project, tmp_path: Path, runs: Runs) -> None:
    built.write({HIP: condition(TEXT, name="Hip", reviews=REVIEWED)})
    built.build()
    built.write({KNEE: condition(OTHER, name="Knee")})
    built.build()
    report = built.build(today=day("2029-01-01"))
    assert runs.count == 2
    _is_as_a_first_build(built, tmp_path, report, today=day("2029-01-01"))


def test_a_draft_edited_is_read_and_shown_nowhere(built: Project, tmp_path: Path, runs: Runs) -> None:
    built.write({KNEE: condition(TEXT, name="Knee", draft="true")})
    built.build()
    built.write({KNEE: condition(OTHER, name="Knee", draft="true")})
    report = built.build()
    assert (runs.count, report.rendered) == (1, ())
    _is_as_a_first_build(built, tmp_path, report)


@pytest.mark.parametrize("spoil", ["a page gone", "a page altered", "all gone", "a file of somebody"])
def test_a_site_that_is_not_as_it_was_left_is_made_whole(
    built: Project, tmp_path: Path, runs: Runs, spoil: str
) -> None:
    if spoil == "a page gone":
        (built.out / "index.html").unlink()
    elif spoil == "a page altered":
        (built.out / "index.html").write_text("altered")
    elif spoil == "all gone":
        shutil.rmtree(built.out)
    else:
        (built.out / "CNAME").write_text("example.org")
    built.write({KNEE: condition(OTHER, name="Knee")})
    report = built.build()
    assert runs.count == 1
    if spoil == "a file of somebody":
        assert told(report) == ["build/CNAME foreign-file: this was not made by this tool; it was left alone"]
        (built.out / "CNAME").unlink()
    else:
        _is_as_a_first_build(built, tmp_path, report)


@pytest.mark.parametrize("damage", ["gone", "cut"])
def test_a_store_that_was_lost_looks_at_the_whole_guide(built: Project, runs: Runs, damage: str) -> None:
    store = built.root / ".cache" / FILE
    if damage == "gone":
        store.unlink()
    else:
        store.write_bytes(store.read_bytes()[:5000])
    built.write({KNEE: condition(OTHER, name="Knee")})
    report = built.build()
    assert runs.count == 1
    assert [one.rule for one in report.diagnostics if one.rule == "cache-discarded"] == ["cache-discarded"] * (
        damage == "cut"
    )


def test_a_net_of_another_site_looks_at_the_whole_guide(
    built: Project, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As when a kill came between the two.
    monkeypatch.setattr(pipeline, "NET", "elsewhere")
    built.write({KNEE: condition(TEXT, name="Knees")})
    built.build()
    built.write({KNEE: condition(OTHER, name="Knees")})
    built.build()
    assert runs.count == 2


def test_another_template_looks_at_the_whole_guide(built: Project, runs: Runs) -> None:
    built.write({"pages/condition.html": "{{ name }} {{ body }}"}, "templates")
    built.write({KNEE: condition(OTHER, name="Knee")})
    built.build()
    assert runs.count == 1
    assert built.page("conditions/knee/index.html").startswith("Knee ")


def test_a_template_that_fails_on_the_new_text_is_told_and_nothing_is_written(built: Project, runs: Runs) -> None:
    built.write({"pages/condition.html": "{{ name }}{{ body if 'steady' not in body[0] else oops }}"}, "templates")
    built.build()
    built.write({KNEE: condition(OTHER, name="Knee")})
    with built.untouched():
        report = built.build()
    assert [one.rule for one in report.diagnostics if one.severity == "error"] == ["template-error"]
    assert runs.count == 2


def test_a_check_looks_at_the_edit_alone_too(built: Project, runs: Runs) -> None:
    built.write({KNEE: condition(f"{TEXT} It is teh best.", name="Knee")})
    with built.untouched():
        report = built.build(out=None)
    assert runs.count == 0
    assert report.files == Published()
    assert [one.place.line for one in report.diagnostics if one.rule == "misspelt-word"] == [16]


def test_another_build_at_work_meanwhile_makes_it_look_again(
    built: Project, tmp_path: Path, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.write({KNEE: condition(OTHER, name="Knee")})
    monkeypatch.setattr(Look, "is_old", lambda _: True)
    report = built.build()
    assert runs.count == 1
    monkeypatch.undo()
    _is_as_a_first_build(built, tmp_path, report)


def test_a_text_put_back_is_the_page_that_it_was(built: Project, tmp_path: Path, runs: Runs) -> None:
    for text in (OTHER, TEXT, OTHER):
        built.write({KNEE: condition(text, name="Knee")})
        report = built.build()
        assert report.files.written == 1
    assert runs.count == 0
    _is_as_a_first_build(built, tmp_path, report)
