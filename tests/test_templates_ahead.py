"""Templates compiled by another process: what this one would have made of them, and never more than a help."""

import hashlib
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import jinja2
import msgspec
import pytest

from otpt_site import templates_ahead, workers
from otpt_site.cache import FOLDER
from otpt_site.request import Inputs
from otpt_site.sources import SourceFile
from otpt_site.template_files import TemplateFolder
from otpt_site.templates_ahead import TemplatesAhead
from otpt_site.theme import Findings, Theme, compiled_in
from tests.project import ONE_OF_EACH, project

TEMPLATES = {
    "base.html": "<p>{{ _('Main') }}{% block main %}{% endblock %}</p>",
    "pages/article.html": "{% extends 'base.html' %}{% block main %}{{ name }}{% endblock %}",
    "pages/condition.html": "{% extends 'base.html' %}{% block main %}<b>{{ name }}</b>{% endblock %}",
}
# Other tests may have left a thread behind; newer Pythons warn of copying a process that has one.
pytestmark = pytest.mark.filterwarnings("ignore:This process.*fork:DeprecationWarning")


class _View(msgspec.Struct, frozen=True):
    name: str = "Stroke"


@pytest.fixture(autouse=True)
def new_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if this process had just begun, on two cores."""
    monkeypatch.setattr(workers, "_cores", lambda: 2)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(templates_ahead, "_THEME", "not loaded")
    compiled_in.cache_clear()
    yield
    compiled_in.cache_clear()


def _source(path: str, text: str) -> SourceFile:
    return SourceFile(path, f"content/{path}", text.encode(), hashlib.sha256(text.encode()).hexdigest())


def _inputs(folder: Path, settings: str = "language: en-US\n", templates: Mapping[str, str] = TEMPLATES) -> Inputs:
    for name, text in templates.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return Inputs("engine", (TemplateFolder(folder, "templates"),), "", (_source("site.yaml", settings),), (), b"", b"")


def _theme(inputs: Inputs, language: str = "en-US") -> Theme:
    return Theme(inputs.folders, language, inputs.engine)


def _compile_nothing(*_: object, **__: object) -> str:
    pytest.fail("a template was compiled here")


def test_what_was_compiled_is_not_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = _inputs(tmp_path)
    with TemplatesAhead(inputs) as ahead:
        found = ahead.take("en-US", wait=True)
    monkeypatch.setattr(jinja2.Environment, "_generate", _compile_nothing)
    assert _theme(inputs).render("pages/condition.html", _View()) == "<p>Main<b>Stroke</b></p>"
    assert found == _theme(inputs).look_through()


def test_a_template_that_is_another_by_now_is_compiled_here(tmp_path: Path) -> None:
    inputs = _inputs(tmp_path)
    with TemplatesAhead(inputs) as ahead:
        ahead.take("en-US", wait=True)
    (tmp_path / "base.html").write_text("{% block main %}{% endblock %}!")
    assert _theme(inputs).render("pages/condition.html", _View()) == "<b>Stroke</b>!"


def test_faults_are_those_that_are_found_here(tmp_path: Path) -> None:
    inputs = _inputs(tmp_path, templates=TEMPLATES | {"pages/article.html": "{% extends 'none.html' %}{% if %}"})
    with TemplatesAhead(inputs) as ahead:
        found = ahead.take("en-US", wait=True)
    assert found
    assert [(fault.rule, fault.place.path) for fault in found.problems] == [
        ("template-syntax", "templates/pages/article.html")
    ]
    assert found == _theme(inputs).look_through()


def test_another_language_than_was_thought_takes_nothing(tmp_path: Path) -> None:
    inputs = _inputs(tmp_path)
    with TemplatesAhead(inputs) as ahead:
        assert ahead.take("de", wait=True) is None
        assert ahead.take("en-US", wait=True) is not None


@pytest.mark.parametrize(
    ("settings", "language"),
    [
        ("title: A\nlanguage: de\n", "de"),
        ("language: 'fr-CA'  # French\n", "fr-CA"),
        ('language: "nl"', "nl"),
        ("title: A\n", "en-US"),
        ("title: language: de\n", "en-US"),
        ("words:\n  language: de\n", "en-US"),
    ],
)
def test_the_language_is_that_of_the_settings(tmp_path: Path, settings: str, language: str) -> None:
    with TemplatesAhead(_inputs(tmp_path, settings)) as ahead:
        assert ahead.take(language, wait=True) is not None


def test_a_language_that_is_none_fails_nothing(tmp_path: Path) -> None:
    with TemplatesAhead(_inputs(tmp_path, "language: zz-zz-zz\n")) as ahead:
        assert ahead.take("zz-zz-zz", wait=True) is None


def _order(inputs: Inputs, edited: SourceFile) -> list[str]:
    """The names of the templates, in the order in which they are compiled."""
    names = {compiled_in("").get_cache_key(name, str(inputs.folders[0].path / name)): name for name in TEMPLATES}
    told: list[bytes] = []
    with TemplatesAhead(inputs, [edited]) as ahead:
        ahead._compile(told.append)
    pieces = [msgspec.msgpack.decode(piece, type=tuple[str, bytes] | Findings) for piece in told]
    return [names[piece[0]] for piece in pieces if isinstance(piece, tuple)]


def test_what_edited_pages_need_comes_first(tmp_path: Path) -> None:
    order = _order(_inputs(tmp_path), _source("conditions/knee.md", ""))
    assert order == ["base.html", "pages/condition.html", "pages/article.html"]


def test_who_does_not_wait_is_not_told_of_faults_before_all_is_looked_through(tmp_path: Path) -> None:
    slow = {f"pages/{number}.html": "{{ name }}" * 3000 for number in range(20)}
    with TemplatesAhead(_inputs(tmp_path, templates=TEMPLATES | slow)) as ahead:
        assert ahead.take("en-US", wait=False) is None


def test_a_process_that_lives_on_begins_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates_ahead, "_THEME", "otpt_site.theme")
    with TemplatesAhead(_inputs(tmp_path)) as ahead:
        assert ahead.take("en-US", wait=True) is None


def test_the_site_is_the_same_with_help_and_without(tmp_path: Path) -> None:
    made = project(tmp_path, ONE_OF_EACH)
    assert made.build().pages > 0
    without = made.all_files()
    shutil.rmtree(made.out)
    shutil.rmtree(made.root / FOLDER)
    command = [sys.executable, "-c", "from otpt_site.cli import main; main()", "build", "--today", "2026-11-23"]
    subprocess.run(command, cwd=made.root, check=True, capture_output=True)
    assert made.all_files() == without
