"""Templates: closed, pure, escaped; and every fault is told with its template and line."""

import datetime
import errno
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn
from unittest.mock import patch

import msgspec
import pytest
from babel import support

from otpt_site.diagnostics import Diagnostic
from otpt_site.template_files import TemplateFolder
from otpt_site.theme import TemplateFailure, Theme, is_known_language


class _View(msgspec.Struct, frozen=True):
    """What the templates of these tests see."""

    name: str = "Stroke"
    day: datetime.date = datetime.date(2026, 11, 3)
    items: tuple[str, ...] = ("a", "b")


def _theme(folder: Path, templates: Mapping[str, str | bytes], language: str = "en-US") -> Theme:
    for name, text in templates.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return Theme([TemplateFolder(folder, "templates")], language)


def _render(folder: Path, text: str, view: msgspec.Struct | None = None, language: str = "en-US") -> str:
    return _theme(folder, {"page.html": text}, language).render("page.html", view or _View())


def _failure(theme: Theme, name: str = "page.html") -> Diagnostic:
    try:
        theme.closure_digest(name)
        theme.render(name, _View())
    except TemplateFailure as failure:
        return failure.diagnostic
    pytest.fail("nothing failed")


def _told(problem: Diagnostic) -> tuple[str, str, int]:
    return (problem.rule, problem.place.path, problem.place.line)


def test_each_language_has_its_own_words(tmp_path: Path) -> None:
    class Words(support.NullTranslations):
        def ugettext(self, message: str) -> str:
            return f"<i>{message}</i>"

    text = "{{ _('Main') }}"
    assert _render(tmp_path, text) == "Main"
    with patch.object(support.Translations, "load", lambda *_: Words()):
        assert _render(tmp_path, text, language="de") == "<i>Main</i>"
    assert _render(tmp_path, text) == "Main"


@pytest.mark.parametrize("ending", ["html", "xml", "txt"])
def test_values_are_escaped_in_every_kind_of_file(tmp_path: Path, ending: str) -> None:
    theme = _theme(tmp_path, {f"page.{ending}": "{{ name }}"})
    assert theme.render(f"page.{ending}", _View(name='<b a="1">&')) == "&lt;b a=&#34;1&#34;&gt;&amp;"


def test_the_filters(tmp_path: Path) -> None:
    text = "{{ day | day }} {{ day | iso }} {{ '<b>' | html }} {{ 'a' | csp_hash }}"
    assert _render(tmp_path, text) == (
        "November 3, 2026 2026-11-03 <b> 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='"
    )
    assert _render(tmp_path, "{{ day | day }}", language="de") == "3. November 2026"


@pytest.mark.parametrize("name", ["range", "dict", "lipsum", "cycler", "joiner", "namespace", "guide", "now", "open"])
def test_templates_reach_nothing_but_their_view(tmp_path: Path, name: str) -> None:
    problem = _failure(_theme(tmp_path, {"page.html": f"\n{{{{ {name} }}}}"}))
    assert _told(problem) == ("template-error", "templates/page.html", 2)
    assert name in problem.message


@pytest.mark.parametrize(
    "text",
    ["{{ name.__class__.__mro__ }}", "{{ self.__init__.__globals__ }}", "{{ _.__globals__ }}", "{{ items | random }}"],
)
def test_templates_can_not_break_out(tmp_path: Path, text: str) -> None:
    assert _failure(_theme(tmp_path, {"page.html": text})).rule in {"template-error", "template-syntax"}


def test_words_of_the_interface_go_through_gettext(tmp_path: Path) -> None:
    assert _render(tmp_path, '{{ _("Call %(number)s", number=name) }}', _View(name="<1>")) == "Call &lt;1&gt;"


def test_an_undefined_name_names_template_and_line(tmp_path: Path) -> None:
    parts = "{% macro a() %}\n\n{{ nothing.at.all }}{% endmacro %}"
    theme = _theme(tmp_path, {"page.html": '{% from "parts/a.html" import a %}\n{{ a() }}', "parts/a.html": parts})
    problem = _failure(theme)
    assert _told(problem) == ("template-error", "templates/parts/a.html", 3)
    assert "'nothing' is undefined" in problem.message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{{ name.nothing }}", 1),
        ("\n{{ items[7] }}", 2),
        ("\n{{ 1 / 0 }}", 2),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", 1),
        ("\n\n{{ day | day(1, 2) }}", 3),
    ],
)
def test_whatever_fails_is_told(tmp_path: Path, text: str, line: int) -> None:
    assert _told(_failure(_theme(tmp_path, {"page.html": text}))) == ("template-error", "templates/page.html", line)


@pytest.mark.parametrize(
    ("text", "line"),
    [("{{ name }", 1), ("\n{% if %}", 2), ("\n\n{% nothing %}", 3), ("\n{{ name | nothing }}", 2), ("{{ (((", 1)],
)
def test_what_can_not_be_read_is_told(tmp_path: Path, text: str, line: int) -> None:
    problem = _failure(_theme(tmp_path, {"page.html": text}))
    assert _told(problem) == ("template-syntax", "templates/page.html", line)


def test_a_template_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    assert _told(_failure(_theme(tmp_path, {"page.html": b"\xff"}))) == ("template-syntax", "templates/page.html", 0)


def test_a_template_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = _theme(tmp_path, {"page.html": ""})

    def locked(*_: object) -> NoReturn:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(theme, "_source", locked)
    assert _failure(theme).rule == "template-syntax"


def test_expressions_too_deep_to_be_read_are_told(tmp_path: Path) -> None:
    assert _failure(_theme(tmp_path, {"page.html": "{{ " + "(" * 3000 + ")" * 3000 + " }}"})).rule.startswith(
        "template"
    )


@pytest.mark.parametrize(
    "text",
    [
        "{% extends name %}",
        "{% include name %}",
        '{% include "a" ~ name %}',
        '{% include ["a.html", name] %}',
        "{% import name as a %}",
        "{% from name import a %}",
    ],
)
def test_a_name_that_is_worked_out_is_refused(tmp_path: Path, text: str) -> None:
    theme = _theme(tmp_path, {"page.html": '{% include "a.html" %}', "a.html": f"\n{text}"})
    assert _told(_failure(theme)) == ("dynamic-template", "templates/a.html", 2)


def test_a_missing_template_is_told_where_it_is_asked_for(tmp_path: Path) -> None:
    theme = _theme(tmp_path, {"page.html": '{% include "a.html" %}', "a.html": '\n\n{% include "b.html" %}'})
    problem = _failure(theme)
    assert _told(problem) == ("template-missing", "templates/a.html", 3)
    assert "'b.html'" in problem.message
    assert _told(_failure(theme, "none.html")) == ("template-missing", "templates/none.html", 0)
    with pytest.raises(TemplateFailure):
        theme.render("none.html", _View())
    assert _failure(Theme([], "en"), "none.html").place.path == "templates/none.html"


def test_the_projects_templates_win_file_by_file(tmp_path: Path) -> None:
    shipped = {"page.html": '{% include "a.html" %} {% include "b.html" %}', "a.html": "tool", "b.html": "tool"}
    _theme(tmp_path / "tool", shipped)
    _theme(tmp_path / "own", {"b.html": "own {{ oops }}"})
    folders = [TemplateFolder(tmp_path / "own", "mine"), TemplateFolder(tmp_path / "tool", "tool")]
    assert _told(_failure(Theme(folders, "en"))) == ("template-error", "mine/b.html", 1)
    (tmp_path / "own/b.html").write_text("own")
    assert Theme(folders, "en").render("page.html", _View()) == "tool own"


def test_what_is_filled_is_what_was_digested(tmp_path: Path) -> None:
    theme = _theme(tmp_path, {"page.html": "before"})
    theme.closure_digest("page.html")
    (tmp_path / "page.html").write_text("after")
    assert theme.render("page.html", _View()) == "before"


def test_all_faults_of_templates_are_found_at_once(tmp_path: Path) -> None:
    theme = _theme(
        tmp_path,
        {
            "pages/a.html": "{{ a",
            "pages/b.html": '{% include "parts.html" %}',
            "machines/c.xml": "{% include c %}",
            "machines/d.json": '{% include "none" %}',
            "pages/fine.html": "{{ name }}",
            "pages/.hidden.html": "{{ a",
            "pages/notes.md": "{{ a",
            "parts.html": "\n{{ name | nothing }}",
        },
    )
    assert sorted(map(_told, theme.look_through().problems)) == [
        ("dynamic-template", "templates/machines/c.xml", 1),
        ("template-missing", "templates/machines/d.json", 1),
        ("template-syntax", "templates/pages/a.html", 1),
        ("template-syntax", "templates/parts.html", 2),
    ]


NESTED = {
    "page.html": '{% extends "base.html" %}{% from "a.html" import a %}',
    "base.html": "{% include ['style.css'] %}",
    "style.css": "p {}",
    "a.html": '{% import "b.html" as b %}{% macro a() %}{% endmacro %}',
    "b.html": '{% include "a.html" %}',
    "other.html": "",
}


@pytest.mark.parametrize("name", NESTED)
def test_the_digest_changes_with_every_template_pulled_in_and_with_no_other(tmp_path: Path, name: str) -> None:
    before = _theme(tmp_path, dict(NESTED)).closure_digest("page.html")
    after = _theme(tmp_path, {**NESTED, name: NESTED[name] + " "}).closure_digest("page.html")
    assert (before != after) == (name != "other.html")


def test_the_fingerprint_follows_view_template_and_language(tmp_path: Path) -> None:
    theme = _theme(tmp_path, {"page.html": "{{ name }}", "same.html": "{{ name }}"})
    first = theme.fingerprint("page.html", _View())
    assert theme.fingerprint("page.html", _View()) == first
    assert theme.fingerprint("page.html", _View(name="Other")) != first
    assert theme.fingerprint("same.html", _View()) != first
    assert _theme(tmp_path, {}, "de").fingerprint("page.html", _View()) != first
    assert Theme([TemplateFolder(tmp_path, "templates")], "en-US", "engine").fingerprint("page.html", _View()) != first
    assert _theme(tmp_path, {"page.html": "{{ name }}!"}).fingerprint("page.html", _View()) != first


@pytest.mark.parametrize(
    ("language", "known"),
    [("en-US", True), ("fr", True), ("pt-BR", True), ("zh-Hant-TW", True),
     ("en_US", False), ("xx", False), ("", False), ("english", False), ("en-", False)],
)  # fmt: skip
def test_known_languages(language: str, *, known: bool) -> None:
    assert is_known_language(language) is known
