"""Recording a review: what is written, and what is refused because it can't be true."""

import errno
import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from otpt_site.cli import main
from otpt_site.library import ReviewState
from tests.kit import DEFAULTS, article, condition, digest_of, goals
from tests.project import ONE_OF_EACH, Project, project

STROKE = "content/conditions/stroke.md"
UNREAD = {"conditions/stroke.md": condition(reviews=None)}


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with a page that nobody has reviewed; commands run in its folder."""
    made = project(tmp_path / "project", {**ONE_OF_EACH, **UNREAD})
    monkeypatch.chdir(made.root)
    return made


def _review(*arguments: str, today: str = "2026-11-23") -> Result:
    result = CliRunner().invoke(main, ["review", *arguments, "--today", today])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def _refused(made: Project, *arguments: str) -> str:
    """What is said when a review is refused, after proof that nothing was written."""
    before = {path: path.read_bytes() for path in made.content.rglob("*") if path.is_file()}
    result = _review(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert {path: path.read_bytes() for path in made.content.rglob("*") if path.is_file()} == before
    return result.stderr


def test_a_review_is_written_into_the_page(made: Project) -> None:
    result = _review(STROKE, "--by", "reviewer")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{STROKE}: reviewer reviewed condition:stroke on 2026-11-23.\n"
    digest = digest_of(UNREAD["conditions/stroke.md"])
    written = (made.root / STROKE).read_text()
    assert f"reviews:\n- by: reviewer\n  on: 2026-11-23\n  digest: {digest}\n---\n" in written
    assert "Reviewed by" in _page(made)
    assert "The text has changed since." not in _page(made)


def _page(made: Project) -> str:
    assert not made.build().stopped
    return made.page("conditions/stroke/index.html")


def test_a_change_after_it_is_told_to_readers_until_it_is_reviewed(made: Project) -> None:
    _review(STROKE, "--by", "reviewer")
    file = made.root / STROKE
    file.write_text(file.read_text().replace("Slow", "Quick"))
    assert "The text has changed since." in _page(made)
    assert _review(STROKE, "--by", "reviewer").exit_code == 0
    assert "The text has changed since." not in _page(made)
    assert file.read_text().count("by: reviewer") == 2, "the review before it stays"


def test_a_review_is_recorded_once(made: Project) -> None:
    _review(STROKE, "--by", "reviewer")
    before = (made.root / STROKE).read_bytes()
    result = _review("condition:stroke", "--by", "reviewer")
    assert (result.exit_code, (made.root / STROKE).read_bytes()) == (0, before)
    assert "was already recorded" in result.stdout


@pytest.mark.parametrize(
    "page",
    [
        STROKE,
        "condition:stroke",
        "conditions/stroke.md",
        "content/goals/../conditions/stroke.md",
        "goal:climb-stairs",
        "safety:calf-clot",
        "therapy:pt",
        "page:about",
        "comparison:fall",
        "article:which-first",
    ],
)
def test_ways_to_name_a_page(made: Project, page: str) -> None:
    assert _review(page, "--by", "reviewer").exit_code == 0
    assert not made.build().stopped


def test_a_page_is_found_from_elsewhere(made: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for page in (str(made.root / STROKE), STROKE):
        assert _review(page, "--by", "reviewer", "--content", "project/content").exit_code == 0


def test_drafts_and_expired_pages_can_be_reviewed(made: Project) -> None:
    made.write({"articles/a.md": article(draft="true"), "articles/b.md": article(expires_on="2026-11-02")})
    assert _review("article:a", "--by", "reviewer").exit_code == 0
    assert _review("article:b", "--by", "reviewer").exit_code == 0


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("condition:strok", "condition:strok error[unknown-reference] there is no condition 'strok'\n   Did you mean"),
        ("safety:x", "there is no safety card 'x'"),
        ("term:gait", "error[unknown-kind] a term is not reviewed\n   These are: therapy, condition,"),
        ("content/conditions/strok.md", "there is no such page\n   Did you mean 'conditions/stroke.md'?"),
        ("content/goals.yaml", "this table holds many rows\n   Name the row, such as goal:climb-stairs."),
        ("content/people.yaml", "error[unknown-kind] this file is not reviewed\n   Pages are, and"),
        ("site.yaml", "this file is not reviewed"),
        ("people.yam", "there is no such page\n   Write its path"),
        ("stroke", "there is no such page\n   Did you mean condition:stroke?"),
        ("stroke.md", "Did you mean condition:stroke?"),
        ("/conditions/stroke/", "Did you mean condition:stroke?"),
        ("http://127.0.0.1:8000/goals/climb-stairs/", "Did you mean goal:climb-stairs?"),
        ("nothing", "there is no such page\n   Write its path, or a reference such as condition:stroke."),
        ("C:\\content\\x.md", "there is no such page"),
        ("", "there is no such page"),
    ],
)  # fmt: skip
def test_a_page_that_nobody_knows(made: Project, page: str, says: str) -> None:
    assert says in _refused(made, page, "--by", "reviewer")


def test_a_person_that_nobody_knows(made: Project) -> None:
    said = _refused(made, STROKE, "--by", "reviewr")
    assert said == (
        "--by error[unknown-reference] there is no person 'reviewr' in people.yaml\n   Did you mean 'reviewer'?\n"
    )
    assert "with their consent" in _refused(made, STROKE, "--by", "someone")
    made.write({"people.yaml": "people: x\n"})
    said = _refused(made, STROKE, "--by", "reviewer")
    assert "content/people.yaml:1:9 error[wrong-type]" in said
    assert "there is no person" not in said


def test_all_that_is_wrong_with_the_command_is_told_at_once(made: Project) -> None:
    said = _refused(made, "condition:strok", "--by", "reviewr", "--on", "2030-01-01")
    for words in ("there is no condition 'strok'", "there is no person 'reviewr'", "2030-01-01 is yet to come"):
        assert words in said


def test_a_folder_that_is_no_project_is_all_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = _review(STROKE, "--by", "reviewer")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("content error[content-missing] there is no such folder\n")
    assert "such page" not in result.stderr


def test_an_organization_reads_nothing(made: Project) -> None:
    said = _refused(made, STROKE, "--by", "guide-project")
    assert "'guide-project' is an organization, which can't read a page" in said


def test_days_that_can_not_be(made: Project) -> None:
    assert "2026-11-24 is yet to come" in _refused(made, STROKE, "--by", "reviewer", "--on", "2026-11-24")
    said = _refused(made, STROKE, "--by", "reviewer", "--on", "2026-10-31")
    assert "content/conditions/stroke.md:4:13 error[contradiction] the text changed on 2026-11-01, so" in said
    assert _review(STROKE, "--by", "reviewer", "--on", "2026-11-01").exit_code == 0
    assert CliRunner().invoke(main, ["review", STROKE, "--by", "reviewer", "--on", "yesterday"]).exit_code == 2
    assert CliRunner().invoke(main, ["review", STROKE]).exit_code == 2


def test_a_card_has_no_day_of_its_own(made: Project) -> None:
    assert _review("safety:calf-clot", "--by", "reviewer", "--on", "2020-01-01").exit_code == 0
    assert _review("goal:climb-stairs", "--by", "reviewer", "--on", "2020-01-01").exit_code == 0
    made.write({"goals.yaml": goals(updated_on="2026-11-20")})
    assert "the text changed on" in _refused(made, "goal:climb-stairs", "--by", "reviewer", "--on", "2026-11-19")


def test_errors_in_the_page_are_told_and_those_of_others_are_not(made: Project) -> None:
    made.write({"conditions/other.md": condition(lead="physio")})
    assert _review(STROKE, "--by", "reviewer").exit_code == 0
    said = _refused(made, "condition:other", "--by", "reviewer", "--on", "2030-01-01")
    assert "content/conditions/other.md:8:7 error[unknown-therapy]" in said
    assert "yet to come" in said, "all that is wrong is told at once"
    made.write({"conditions/other.md": "no keys"})
    assert "missing-front-matter" in _refused(made, "condition:other", "--by", "reviewer")
    made.write({"conditions/other.md": condition("[x](condition:nowhere)")})
    assert "unknown-reference" in _refused(made, "condition:other", "--by", "reviewer")


def test_without_settings_there_is_no_guide_to_review(made: Project) -> None:
    (made.content / "site.yaml").unlink()
    assert "there is no site.yaml" in _refused(made, STROKE, "--by", "reviewer")
    made.write({"site.yaml": DEFAULTS["site.yaml"]})
    assert _review(STROKE, "--by", "reviewer").exit_code == 0


def test_where_a_review_can_not_be_added_the_lines_to_add_are_told(made: Project) -> None:
    made.write({"safety.yaml": DEFAULTS["safety.yaml"].replace("[{by: reviewer, on: 2026-11-01}]", "", 1)})
    said = _refused(made, "safety:stroke-signs", "--by", "reviewer")
    assert "a review can't be added here without changing other lines" in said
    assert "Add it yourself: {by: reviewer, on: 2026-11-23, digest: v1-" in said


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_file_keeps_its_mode_and_a_link_stays_a_link(made: Project) -> None:
    real = made.content / "conditions/stroke.md"
    real.chmod(0o640)
    link = made.content / "conditions/linked.md"
    link.symlink_to("stroke.md")
    assert _review("condition:linked", "--by", "reviewer").exit_code == 0
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert "by: reviewer" in real.read_text()


def test_a_file_that_can_not_be_written_stays_as_it_was(made: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, _: Path) -> Path:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "replace", refuse)
    said = _refused(made, STROKE, "--by", "reviewer")
    assert "content/conditions/stroke.md error[file-unreadable] the file can't be written: Permission denied" in said


def test_a_file_that_is_gone_when_it_is_read_again(made: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from otpt_site import build

    surveyed = build.survey(made.request(out=None, drafts=True))
    (made.root / STROKE).unlink()
    monkeypatch.setattr(build, "survey", lambda _: surveyed)
    result = _review(STROKE, "--by", "reviewer")
    assert (result.exit_code, "the file can't be read" in result.stderr) == (1, True)


def test_the_day_is_that_of_the_site(made: Project) -> None:
    """Without --today, the day is today's in the site's time zone."""
    result = CliRunner().invoke(main, ["review", STROKE, "--by", "reviewer"])
    assert result.exit_code == 0
    guide = made.request(out=None, today=None)
    from otpt_site.build import survey

    surveyed = survey(guide).guide
    assert surveyed
    assert surveyed.standing(surveyed.conditions["stroke"]).state is ReviewState.CURRENT
