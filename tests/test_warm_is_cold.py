"""Whatever is edited, and in whatever order: a rebuild gives what a first build would, byte for byte.

Histories of random edits on a small guide; after each, the site and the problems are those of a build with nothing to
start from. `OTPT_HISTORIES=5000 pytest tests/test_warm_is_cold.py` runs more of them.
"""

import datetime
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import jinja2
import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from otpt_site import pipeline
from otpt_site.cache import FILE
from otpt_site.diagnostics import Diagnostic
from otpt_site.part_bytes import EncodedParts, encoded_parts
from otpt_site.request import BuildReport
from otpt_site.sources import SourceFile
from otpt_site.theme import Theme
from tests.kit import (
    DEFAULTS,
    SAFETY,
    SITE,
    article,
    comparison,
    condition,
    digest_of,
    further_goals,
    goals,
    plain_page,
)
from tests.project import ONE_OF_EACH, Project, project

HISTORIES: Final = int(os.environ.get("OTPT_HISTORIES", "200"))
EDITS: Final = 5
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - where systems that have one keep a folder in memory

STROKE: Final = {"also_called": "[brain attack]", "safety": "[stroke-signs]", "joins": "ot"}
REVIEWED: Final = "[{by: reviewer, on: 2025-01-31}]"  # due on 2027-01-31, soon due from 2026-12-02
# Texts of one outline: others see no difference. Two of them may not stand on two pages.
POLISHED: Final = (
    "Slow [walking](term:gait) [@trial-2020].",
    "Slow and steady [walking](term:gait) [@trial-2020], which is teh best.",
    "Slow " + "and slow " * 20 + "[walking](term:gait) [@trial-2020].",
    "[Walking](term:gait) [@trial-2020].\n\n/// emergency\n- Slow\n///\n\n[Walking](term:gait).",
)
BODIES: Final = (
    "Slow [walking](term:gait) [@trial-2020].",
    "Slow [walking](term:gait) [@trial-2020].\n\n## Help\n\nMore on [falls](comparison:fall).",
    "Slow, see [](condition:knee) and [there](condition:stroke#help). [@trial-2020]",
    "Slow ![a cane](media/cane.png) [@trial-2020].",
    "Slow.\n\n/// safety | calf-clot\n///\n\n[](site:emergency)",
    "/// emergency\n- Slow",
    "[gone](condition:nowhere)",
)
# A review of the first of these texts: all others were edited since.
READ: Final = f"[{{by: reviewer, on: 2025-01-31, digest: {digest_of(condition(BODIES[0], name='Knee'))}}}]"
CHANGES: Final[tuple[dict[str, str | None], ...]] = (
    {},
    {"name": "Knee & hip"},
    {"summary": "Another sentence"},
    {"lead": "ot", "why": "OT helps"},
    {"lead": "physio"},
    {"joins": "ot", "order": "[pt, ot]"},
    {"see_also": "[article:which-first, goal:climb-stairs]"},
    {"aliases": "[/old-knee/]"},
    {"slug": "knees"},
    {"draft": "true"},
    {"publish_on": "2026-12-01"},
    {"expires_on": "2026-12-24"},
    {"reviews": REVIEWED},
    {"reviews": READ},
    {"updated_on": "2026-11-20"},
    {"author": "reviewer"},
    {"safety": "[calf-clot, stroke-signs]"},
    {"search_words": "[limp]"},
)
TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "goals.yaml": (
        DEFAULTS["goals.yaml"],
        goals(goal="Climb & rest"),
        goals(conditions="[stroke]"),
        goals(conditions="[stroke]", see_also="[comparison:fall]", aliases="[/stairs/]"),
        goals(reviews=REVIEWED).replace("updated_on: 2026-11-01\n", ""),
        goals(lead="physio"),
    ),
    "goals/more.yaml": (
        further_goals("walk", goal="Walk"),
        further_goals("walk", "sit", goal="Walk or sit", conditions="[knee]"),
        further_goals("climb-stairs"),
        "goals: []\n",
    ),
    "glossary.yaml": (
        DEFAULTS["glossary.yaml"],
        "terms:\n- {id: gait, term: gait, definition: Your way to walk}\n",
        "terms:\n- {id: gait, term: slow, definition: Not fast}\n- {id: stand, term: stand, definition: To be up}\n",
    ),
    "words.yaml": (
        "names: []\nshort_forms: []\n",
        "names:\n- {id: knee, name: Knee, kind: condition}\nshort_forms:\n- {id: ot, short: OT, why: It is known}\n",
    ),
    "sources.yaml": (
        DEFAULTS["sources.yaml"],
        DEFAULTS["sources.yaml"].replace("seen: claim", "seen: record"),
        "sources:\n- {id: trial-2020, type: trial, authors: Reed R, title: A new trial, url: https://example.org/a}\n",
    ),
    "people.yaml": (DEFAULTS["people.yaml"], DEFAULTS["people.yaml"].replace("Robin Reed", "R. Reed")),
    "safety.yaml": (SAFETY, SAFETY.replace("A hot calf", "A red calf")),
    "site.yaml": (
        SITE,
        SITE.replace("PT or OT?", "Which one?"),
        SITE + "base_url: https://example.org/guide/\n",
        SITE + "review: {overdue: error}\n",
        SITE + "language: de\n",
        SITE.replace("911", "112").replace("America/Toronto", "Asia/Tokyo"),
        SITE + "clinic: {name: A clinic, phone: 555 0100}\n",
        "title: Broken\n",
    ),
    "media/cane.png": ("one", "two"),
    "media/plan.svg": ("<svg xmlns='http://www.w3.org/2000/svg'/>", "<svg onload='x'/>"),
    "notes.txt": ("no content",),
    "pages/about.md": (plain_page(), plain_page(title="About us"), plain_page("![a](media/cane.png)")),
    "pages/sessions.md": (plain_page("Both.\n\n## After\n\nRest.", title="Sessions"), plain_page(title="A session")),
    "articles/which-first.md": (
        article(conditions="[stroke]", see_also="[condition:stroke]"),
        article("[Help](condition:stroke#help)", title="First?"),
        article(publish_on="2026-11-30"),
    ),
    "comparisons/fall.md": (comparison(conditions="[stroke]"), comparison(title="A fall", conditions="[knee]")),
}
TEMPLATES: Final[Mapping[str, tuple[str, ...]]] = {
    "base.html": ("<b>{{ marked(1) }}{% block a %}{% endblock %}", "{% block a %}{% endblock %}", "{{ oops"),
    "parts/nested.html": ("{% macro deep(x) %}({{ x }}){% endmacro %}", "{% macro deep(x) %}[{{ x }}]{% endmacro %}"),
    "style.css": ("p {}", "p { color: red }"),
    "pages/condition.html": ("{% extends 'base.html' %}{% block a %}{{ name }}{{ body }}{% endblock %}", "{{ oops }}"),
    "pages/goal.html": ("{% include 'style.css' %}{{ goal }}{{ frame }}", "{{ goal }}", "{% include goal %}"),
    "assets/site.js": ("let a", "let b"),
    "assets/more.txt": ("more",),
}
DAYS: Final = ("2026-11-23", "2026-11-24", "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-24", "2027-02-01")
OPTIONS: Final[Mapping[str, tuple[object, ...]]] = {
    "drafts": (False, True),
    "strict": (False, True),
    "base_url": (None, "/sub/", "https://example.org/"),
    "today": tuple(map(datetime.date.fromisoformat, DAYS)),
}


def _everything(fields: tuple[str, ...]) -> str:
    """A template that shows all of its view, by way of two others."""
    shown = "".join(f"{{{{ marked({name}) }}}}" for name in fields)
    importing = "{% from 'parts/marked.html' import marked %}"
    return "{% extends 'base.html' %}" + importing + "{% block a %}" + shown + "{% endblock %}"


MARKED: Final = "{% from 'parts/nested.html' import deep %}{% macro marked(x) %}{{ deep(x) }}{% endmacro %}"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Templates of a few words that show everything, in the place of those that come with the tool."""
    made = project(tmp_path_factory.mktemp("views"))
    views: dict[str, tuple[str, ...]] = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Theme, "render", lambda _, name, view: str(views.setdefault(name, view.__struct_fields__)))
        assert not made.build(out=None).stopped
    package = tmp_path_factory.mktemp("package")
    texts = {name: _everything(fields) for name, fields in views.items()}
    texts |= {name: "{% from 'parts/marked.html' import marked %}" * (name == "base.html") + choices[0]
              for name, choices in TEMPLATES.items() if name not in texts}  # fmt: skip
    texts |= {"parts/marked.html": MARKED, "assets/redirect.js": "", "assets/icon.svg": "<svg/>"}
    Project(package).write(texts, "templates")
    return package


class _Engine:
    """A program whose version can be changed: the other one writes dates and reads texts in another way."""

    def __init__(self) -> None:
        self.version = "one"

    def digest(self) -> str:
        return self.version

    def day(self, _: Theme, day: datetime.date) -> str:
        return f"{day} by {self.version}"

    def parts(self, source: SourceFile) -> EncodedParts:
        return _parts(source if self.version == "one" else _read_otherwise(source))


@cache
def _parts(source: SourceFile) -> EncodedParts:
    return encoded_parts(source)


def _read_otherwise(source: SourceFile) -> SourceFile:
    return msgspec.structs.replace(source, data=source.data.replace(b"Slow", b"Fast"))


class Histories(RuleBasedStateMachine):
    """A guide under edit. `engine` and `folder` are set before it runs."""

    engine: _Engine
    folder: Path

    @initialize()
    def begin(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.engine.version = "one"
        self.options: dict[str, object] = {}
        self.project = project(self.folder, {**ONE_OF_EACH, "conditions/knee.md": condition(name="Knee")})
        self.project.write({"media/cane.png": "one"})
        self._check()

    @rule(body=st.sampled_from(BODIES), page=st.sampled_from(["stroke", "knee"]))
    def edit_a_body(self, body: str, page: str) -> None:
        changes = STROKE if page == "stroke" else {"name": "Knee"}
        self._write(f"conditions/{page}.md", condition(body, **changes))

    @rule(
        bodies=st.lists(st.sampled_from(POLISHED), min_size=1, max_size=3),
        page=st.sampled_from(["stroke", "knee"]),
        reviews=st.sampled_from(["[]", REVIEWED, READ]),
    )
    def polish_a_text(self, bodies: list[str], page: str, reviews: str) -> None:
        changes = STROKE if page == "stroke" else {"name": "Knee", "reviews": reviews}
        for body in bodies:
            self._write(f"conditions/{page}.md", condition(body, **changes))

    @rule(changes=st.lists(st.sampled_from(CHANGES), min_size=1, max_size=2), body=st.sampled_from(BODIES[:4]))
    def edit_keys(self, changes: list[dict[str, str | None]], body: str) -> None:
        together = {key: value for change in changes for key, value in change.items()}
        self._write("conditions/knee.md", condition(body, **({"name": "Knee"} | together)))

    @rule(data=st.data())
    def edit_another_file(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(TABLES)))
        self._write(path, data.draw(st.sampled_from(TABLES[path])))

    @rule(path=st.sampled_from(sorted({*TABLES, "conditions/knee.md", "conditions/stroke.md", "therapies/ot.md"})))
    def delete_a_file(self, path: str) -> None:
        (self.project.content / path).unlink(missing_ok=True)
        self._check()

    @rule(new=st.sampled_from(["knee", "hip", "a-hip", "BAD"]))
    def rename_a_page(self, new: str) -> None:
        pages = sorted(path for path in (self.project.content / "conditions").glob("*.md") if path.stem != "stroke")
        if pages:
            pages[0].rename(pages[0].with_stem(new))
        self._check()

    @rule(data=st.data())
    def edit_a_template(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(TEMPLATES)))
        text = data.draw(st.sampled_from(TEMPLATES[path]))
        importing = "{% from 'parts/marked.html' import marked %}" if path == "base.html" else ""
        self.project.write({path: importing + text}, "templates")
        self._check()

    @rule(path=st.sampled_from(sorted(TEMPLATES)))
    def take_a_template_back(self, path: str) -> None:
        (self.project.root / "templates" / path).unlink(missing_ok=True)
        self._check()

    @rule(data=st.data())
    def change_an_option(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(OPTIONS)))
        self.options[name] = data.draw(st.sampled_from(OPTIONS[name]))
        self._check()

    @rule()
    def change_the_engine(self) -> None:
        self.engine.version = "two" if self.engine.version == "one" else "one"
        self._check()

    @rule(data=st.data(), bytes_=st.sampled_from([b"", b"tampered", None]))
    def tamper_with_the_site(self, data: st.DataObject, bytes_: bytes | None) -> None:
        files = sorted(self.project.files())
        path = self.project.out / data.draw(st.sampled_from(files)) if files else self.project.out / "none"
        if bytes_ is None:
            path.unlink(missing_ok=True)
        elif files:
            path.write_bytes(bytes_)
        self._check()

    @rule()
    def delete_the_site(self) -> None:
        shutil.rmtree(self.project.out, ignore_errors=True)
        self._check()

    @rule(bytes_=st.sampled_from([None, b"", b"no database", b"\xff" * 5000]))
    def damage_the_store(self, bytes_: bytes | None) -> None:
        path = self.project.root / ".cache" / FILE
        if bytes_ is None:
            shutil.rmtree(path.parent, ignore_errors=True)
        elif path.exists():
            data = path.read_bytes()
            path.write_bytes(data[: len(data) // 2] + bytes_ + data[len(data) // 2 + len(bytes_) :])
        self._check()

    @rule()
    def look_only(self) -> None:
        warm = self._problems(self.project.build(out=None, **self.options))
        with self._nothing_to_start_from():
            assert self._problems(self.project.build(out=None, **self.options)) == warm
        self._check()

    def _write(self, path: str, text: str) -> None:
        self.project.write({path: text})
        self._check()

    def _check(self) -> None:
        """The rebuild, and another right after it, are as a first build."""
        before = self.project.all_files()
        with self._nothing_to_start_from():
            cold = self.project.build(**self.options)
            first = before if cold.stopped else self.project.all_files()
        for _ in range(2):
            warm = self.project.build(**self.options)
            assert self._problems(warm) == self._problems(cold)
            assert (warm.stopped, warm.pages) == (cold.stopped, cold.pages)
            assert self.project.all_files() == first

    def _problems(self, report: BuildReport) -> list[Diagnostic]:
        return [one for one in report.diagnostics if one.rule != "cache-discarded"]

    @contextmanager
    def _nothing_to_start_from(self) -> Iterator[None]:
        """Puts the site and the store aside for a moment."""
        aside = self.folder / "aside"
        aside.mkdir()
        for name in ("build", ".cache"):
            if (self.folder / name).exists():
                (self.folder / name).rename(aside / name)
        yield
        for name in ("build", ".cache"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
            if (aside / name).exists():
                (aside / name).rename(self.folder / name)
        aside.rmdir()


def _once(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, with all its answers remembered: reading one template twice would take most of the time."""
    answers: dict[object, Any] = {}

    def remembering(environment: object, *arguments: object) -> Any:
        if arguments not in answers:
            answers[arguments] = function(environment, *arguments)
        return answers[arguments]

    return remembering


@pytest.mark.slow
def test_warm_is_cold(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = _Engine()
    monkeypatch.setattr("otpt_site.template_files._PACKAGE", shipped)
    monkeypatch.setattr("otpt_site.build.engine_digest", engine.digest)
    monkeypatch.setattr(pipeline, "encoded_parts", engine.parts)
    monkeypatch.setattr(Theme, "_day", engine.day)
    monkeypatch.setattr(jinja2.Environment, "parse", _once(jinja2.Environment.parse))
    monkeypatch.setattr(jinja2.Environment, "compile", _once(jinja2.Environment.compile))
    # In memory where that can be had: deleting thousands of folders from a disk takes longer than all the rest.
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        Histories.engine, Histories.folder = engine, Path(folder, "project")
        case = Histories.TestCase
        case.settings = settings(
            max_examples=HISTORIES,
            stateful_step_count=EDITS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        case("runTest").runTest()
