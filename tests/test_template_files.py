"""Where templates are looked for, and what changes their digest."""

from pathlib import Path

import pytest

from otpt_site.template_files import TemplateFolder, digest_of_templates, template_folders


def test_templates_are_looked_for_in_the_project_and_then_in_the_tool(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    shown = [folder.shown for folder in template_folders(tmp_path / "mine", tmp_path)]
    assert shown == ["mine", "otpt_site/templates"]
    assert [folder.shown for folder in template_folders(tmp_path / "none", tmp_path)] == ["otpt_site/templates"]


@pytest.fixture
def folder(tmp_path: Path) -> TemplateFolder:
    """A folder with two files in it."""
    (tmp_path / "t/pages").mkdir(parents=True)
    (tmp_path / "t/pages/a.html").write_text("a")
    (tmp_path / "t/b.css").write_text("b")
    return TemplateFolder(tmp_path / "t", "t")


def test_the_digest_is_that_of_the_bytes_and_names_alone(folder: TemplateFolder, tmp_path: Path) -> None:
    before = digest_of_templates([folder])
    (folder.path / "b.css").touch()
    moved = folder.path.rename(tmp_path / "elsewhere")
    assert digest_of_templates([TemplateFolder(moved, "t")]) == before
    assert digest_of_templates([TemplateFolder(moved, "other")]) != before
    assert digest_of_templates([]) != before


@pytest.mark.parametrize("change", ["bytes", "name", "new", "gone", "link to nothing"])
def test_every_change_of_a_file_changes_the_digest(folder: TemplateFolder, change: str) -> None:
    before = digest_of_templates([folder])
    if change == "bytes":
        (folder.path / "b.css").write_text("c")
    elif change == "name":
        (folder.path / "b.css").rename(folder.path / "c.css")
    elif change == "new":
        (folder.path / "c.css").write_text("")
    elif change == "gone":
        (folder.path / "pages/a.html").unlink()
    else:
        (folder.path / "c.css").symlink_to("nowhere")
    assert digest_of_templates([folder]) != before
