"""Tiny guides from a mapping of files, so that each test states only what it is about.

`guide_of` adds a valid default for every file that a guide can't do without; alone, the defaults give no
problem at all. `condition`, `comparison` and `article` write a valid page whose keys a test may change. A stretch
marked «so» in a text is taken out of the marks, and is where a test expects its problem.
"""

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from otpt_site.checks import check_guide
from otpt_site.checks.traits import Traits
from otpt_site.diagnostics import Diagnostic, Place, in_order
from otpt_site.library import Calendar, Guide, build_guide, is_media, site_of
from otpt_site.part_bytes import parts_of
from otpt_site.parts import is_content
from otpt_site.rules import Severity
from otpt_site.sources import SourceFile

TODAY: Final = datetime.date(2026, 11, 23)
REVIEWS: Final = "[{by: reviewer, on: 2026-11-01}]"

SITE: Final = """\
title: PT or OT?
tagline: Find the right therapist
description: A plain guide
timezone: America/Toronto
run_by: guide-project
funding: This guide carries no advertising.
emergency: {number: "911", words: your local emergency number}
crisis: {number: "988", words: a crisis line}
feedback: {words: tell us}
"""
_PEOPLE: Final = """\
people:
- {id: guide-project, name: The guide, kind: organization}
- {id: reviewer, name: Robin Reed, kind: person}
"""
_SOURCES: Final = """\
sources:
- {id: trial-2020, type: trial, authors: Reed R, title: A trial, seen: claim}
"""
GLOSSARY: Final = """\
terms:
- {id: gait, term: gait, definition: the way you walk}
"""
_CARDS: Final = """\
cards:
- {id: stroke-signs, level: emergency, action: call, signs: [One side droops], why: It may be a stroke}
- {id: calf-clot, level: urgent, action: same-day, signs: [A hot calf], why: It may be a clot}
- {id: low-mood, level: non-urgent, action: appointment, signs: [Low for two weeks], why: Help exists}
"""
SAFETY: Final = _CARDS.replace("}\n", f", reviews: {REVIEWS}}}\n")
_GOALS: Final = f"""\
author: guide-project
updated_on: 2026-11-01
areas:
- {{id: moving, label: Moving, about: Walking and stairs}}
goals:
- id: climb-stairs
  goal: Climb the stairs
  area: moving
  lead: pt
  joins: none
  why: It builds strong legs
  pt_does: [Builds strength]
  ot_does: [Adds a rail]
  questions: [How often?]
  reviews: {REVIEWS}
"""


def _page(keys: Mapping[str, str | None], body: str) -> str:
    lines = "".join(f"{key}: {value}\n" for key, value in keys.items() if value is not None)
    return f"---\n{lines}---\n\n{body}\n"


_ALL_PAGES: Final = {
    "summary": "What it is, in one sentence",
    "author": "guide-project",
    "updated_on": "2026-11-01",
    "sources": "[trial-2020]",
    "reviews": REVIEWS,
}
_CONDITION: Final = _ALL_PAGES | {
    "name": "Stroke",
    "lead": "pt",
    "joins": "none",
    "why": "It works on walking",
    "pt_does": "[Helps you stand]",
    "ot_does": "[Helps you dress]",
    "questions": "[How often?]",
}
_COMPARISON: Final = _ALL_PAGES | {
    "title": "After a fall",
    "imagine": "You fell",
    "decision": "Ask for both",
    "pt_if": "You want to walk",
    "ot_if": "You want to dress",
    "both_if": "You want both",
    "table": "[{topic: Aim, pt: Walk again, ot: Dress again}]",
    "pt_gain": "Strong legs",
    "ot_gain": "Safe days",
    "pt_limits": "It takes weeks",
    "ot_limits": "It takes weeks",
    "not_known": "How much helps",
    "who_first": "Either may begin",
}
_THERAPY: Final = _ALL_PAGES | {
    "name": "Physical therapy",
    "short": "PT",
    "person": "physical therapist",
    "one_line": "Gets you moving",
    **dict.fromkeys(("works_on", "methods", "tools", "first_visit", "session", "choose_if"), "[A line]"),
}


def condition(body: str = "Slow [walking](term:gait) [@trial-2020].", /, **changes: str | None) -> str:
    """A condition's file; `changes` are keys with YAML as their values, None takes a key out."""
    return _page(_CONDITION | changes, body)


def comparison(body: str = "More.", /, **changes: str | None) -> str:
    """A comparison's file."""
    return _page(_COMPARISON | changes, body)


def article(body: str = "More.", /, **changes: str | None) -> str:
    """An article's file."""
    return _page(_ALL_PAGES | {"title": "Which one first?"} | changes, body)


def plain_page(body: str = "More.", /, **changes: str | None) -> str:
    """The file of a page such as about.md."""
    return _page({"title": "About", "summary": "Who we are", "updated_on": "2026-11-01"} | changes, body)


def therapy(body: str = "More on [gait](term:gait) [@trial-2020].", /, **changes: str | None) -> str:
    """A therapy's file."""
    return _page(_THERAPY | changes, body)


def goals(**changes: str | None) -> str:
    """`goals.yaml` with one goal, some of whose keys are changed."""
    head, row = _GOALS.split("- id: climb-stairs\n")
    lines = [line for line in row.splitlines() if line.split(":")[0].strip() not in changes]
    lines += [f"  {key}: {value}" for key, value in changes.items() if value is not None]
    return head + "- id: climb-stairs\n" + "\n".join(lines) + "\n"


def further_goals(*ids: str, **changes: str) -> str:
    """A further file of goals, with a goal for each id."""
    row = goals(**changes).split("- id: climb-stairs\n")[1]
    return "goals:\n" + "".join(f"- id: {id}\n{row}" for id in ids)


DEFAULTS: Final[Mapping[str, str]] = {
    "site.yaml": SITE,
    "people.yaml": _PEOPLE,
    "sources.yaml": _SOURCES,
    "glossary.yaml": GLOSSARY,
    "safety.yaml": SAFETY,
    "goals.yaml": _GOALS,
    "therapies/pt.md": therapy(),
}


class Made(NamedTuple):
    """What came of some files: the guide, and all problems in order."""

    guide: Guide | None
    diagnostics: tuple[Diagnostic, ...]
    traits: tuple[Traits, ...] = ()

    @property
    def whole(self) -> Guide:
        """The guide, for tests in which there must be one."""
        assert self.guide is not None, self.diagnostics
        return self.guide

    def of(self, rule: str) -> list[Diagnostic]:
        """The problems of one rule."""
        return [diagnostic for diagnostic in self.diagnostics if diagnostic.rule == rule]

    def rules(self) -> list[str]:
        """The rules broken, in the order of their places."""
        return [diagnostic.rule for diagnostic in self.diagnostics]


def source(path: str, data: str | bytes) -> SourceFile:
    """A file of the content that is on no disk."""
    raw = data.encode() if isinstance(data, str) else data
    return SourceFile(path, f"content/{path}", raw, hashlib.sha256(raw).hexdigest())


def guide_of(
    files: Mapping[str, str | bytes],
    *,
    today: datetime.date = TODAY,
    drafts: bool = False,
    without: Iterable[str] = (),
    refused: Iterable[str] = (),
) -> Made:
    """The guide made of `files` and the defaults, less those in `without`, and all that is wrong with it.

    `refused` are files that are there, but may not be read.
    """
    found: list[Diagnostic] = []
    left = {path: data for path, data in DEFAULTS.items() if path not in {*without, *refused}}
    sources = [source(path, data) for path, data in {**left, **files}.items()]
    sources += [SourceFile(path, f"content/{path}", b"", "", refused=True) for path in refused]
    sources.sort(key=lambda file: file.path)
    parts = [parts_of(file) for file in sources if is_content(file.path)]
    media = [file for file in sources if is_media(file.path)]
    site = site_of(parts, "content", found.append)
    guide = build_guide(parts, media, site, Calendar(today), drafts, found.append)
    traits = check_guide(guide, found.append) if guide else ()
    return Made(guide, in_order(found), traits)


def digest_of(text: str, path: str = "conditions/x.md", id: str = "") -> str:
    """The digest of the reviewed text of a page, or of the row `id` of a table."""
    parts = parts_of(source(path, text)).parts
    [record] = [part.record for part in parts if part.record and id in ("", part.id)]
    return record.text_digest


class Marked(NamedTuple):
    """A text without its marks, and the place that they marked."""

    text: str
    place: Place


def unmarked(path: str, text: str) -> Marked:
    """Takes the marks « » out of a text: the place of what they hold; of the whole file when there are none."""
    plain = text.replace("«", "").replace("»", "")
    if "«" not in text:
        return Marked(plain, Place(path))
    before, _, rest = text.partition("«")
    line_start = before.rfind("\n") + 1
    length = max(1, len(rest.partition("»")[0])) if "»" in rest else 1
    return Marked(plain, Place(path, before.count("\n") + 1, len(before) - line_start + 1, length))


class Case(NamedTuple):
    """A mistake that an editor makes: the text with the spot «marked», and its near miss, which is fine."""

    name: str
    text: str
    rule: str
    says: str
    near: str = ""
    hint: str = ""
    path: str = "conditions/x.md"


def found_at(made: Made, *severities: Severity) -> list[tuple[str, Place]]:
    """The rules broken and where, of problems with one of the severities; of errors and warnings when none is given."""
    wanted = severities or (Severity.ERROR, Severity.WARNING)
    return [(found.rule, found.place) for found in made.diagnostics if found.severity in wanted]


def check(case: Case, others: Mapping[str, str | bytes] | None = None) -> None:
    """The case gives its one problem, at its place and in its words; the near miss gives none."""
    text, place = unmarked(f"content/{case.path}", case.text)
    made = guide_of({**(others or {}), case.path: text})
    assert found_at(made) == [(case.rule, place)], made.diagnostics
    problem = made.of(case.rule)[0]
    assert case.says in problem.message
    assert case.hint in problem.hint
    if case.near:
        assert found_at(guide_of({**(others or {}), case.path: case.near})) == []
