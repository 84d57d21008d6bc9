"""The made-up guide in our own content model: every file of `content/`, as an editor would write it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bench.corpus import AREAS, Card, Corpus, Page, Row

FOLDERS: Final = {"condition": "conditions", "comparison": "comparisons", "article": "articles"}
# Goals are rows: this many stand in one file.
_GOALS_IN_A_FILE: Final = 50
_ACTIONS: Final = {"emergency": "call", "urgent": "same-day", "non-urgent": "appointment"}
_DAY: Final = "2026-11-01"

_SITE: Final = """\
title: The made-up guide
tagline: Words that say nothing, in great number
description: A made-up guide to measure how fast guides are built.
base_url: https://example.org/
language: en-US
timezone: UTC
run_by: guide-project
funding: This guide carries no advertising.
emergency: {number: "911", words: your local emergency number}
crisis: {number: "988", words: a crisis line}
feedback: {words: tell us}
"""
_PEOPLE: Final = "people:\n- {id: guide-project, name: The made-up project, kind: organization}\n"
_NAMES_OF_PAGES: Final = {
    "about": "About this guide",
    "how-this-guide-is-made": "How this guide is made",
    "accessibility": "Accessibility",
    "privacy": "Privacy",
    "contact": "Contact and help",
    "sessions": "What happens in a session",
}

# A value of front matter: a text, a list of values, or a group of keys.
Value = str | Sequence["Value"] | Mapping[str, "Value"]


def content_files(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Path under `content/` and text of every file of the guide."""
    yield "site.yaml", _SITE
    yield "people.yaml", _PEOPLE
    yield "glossary.yaml", _table("terms", (_term(word, meaning) for word, meaning in corpus.terms.items()))
    yield "sources.yaml", _table("sources", (_source(id, title) for id, title in corpus.sources.items()))
    yield "safety.yaml", f"updated_on: {_DAY}\n" + _table("cards", map(_card, corpus.cards))
    yield from _goal_files(corpus.of("goal"))
    for page in corpus.pages:
        if page.kind != "goal":
            yield content_path(page), _written(_KEYS[page.kind](page), _body(page))
    yield from _fixed_pages(corpus)


def content_path(page: Page) -> str:
    """The file under `content/` that holds a page which is no goal."""
    return f"{FOLDERS[page.kind]}/{page.id}.md"


def _goal_files(goals: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """One table while it is short; else a table with the areas alone, and the goals in files of their own."""
    areas = ({"id": area, "label": area.capitalize(), "about": "What people want back."} for area in AREAS)
    head = f"author: guide-project\nupdated_on: {_DAY}\n" + _table("areas", areas)
    if len(goals) <= _GOALS_IN_A_FILE:
        yield "goals.yaml", head + _table("goals", map(_goal, goals))
        return
    yield "goals.yaml", f"{head}goals: []\n"
    for start in range(0, len(goals), _GOALS_IN_A_FILE):
        rows = goals[start : start + _GOALS_IN_A_FILE]
        yield f"goals/part-{start // _GOALS_IN_A_FILE + 1}.yaml", _table("goals", map(_goal, rows))


def _term(word: str, meaning: str) -> Value:
    # A name that no text uses unmarked: pages are to mark the first use of each term.
    return {"id": word, "term": f"{word.capitalize()} lore", "definition": meaning}


def _source(id: str, title: str) -> Value:
    address = f"https://example.org/{id}"
    about = {"type": "trial", "authors": "Reed R, Wood W", "title": title, "year": "2020", "url": address}
    return {"id": id, **about, "seen": "claim"}


def _card(card: Card) -> Value:
    return {
        "id": card.id,
        "level": card.level,
        "action": _ACTIONS[card.level],
        "signs": card.signs,
        "why": card.why,
    }


def _answer(page: Page) -> dict[str, Value]:
    return {"lead": page.lead, "joins": page.joins, "why": page.why, "nuance": page.nuance}


def _common(page: Page) -> dict[str, Value]:
    return {
        "summary": page.summary,
        "author": "guide-project",
        "updated_on": page.updated_on.isoformat(),
        "safety": page.cards,
        "sources": page.sources,
        "see_also": _references(page),
    }


def _references(page: Page) -> list[str]:
    return [f"{kind}:{id}" for kind, id in page.related]


def _goal(page: Page) -> Value:
    return {
        "id": page.id,
        "goal": page.title,
        "area": page.area,
        "caution": " ".join(page.remarks[:2]),
        **_answer(page),
        "pt_does": page.pt_does,
        "ot_does": page.ot_does,
        "questions": page.questions,
        "conditions": page.conditions,
        "safety": page.cards,
        "see_also": _references(page),
        "search_words": page.id.split("-")[3:],
        "also_asked": [page.title.lower(), f"how can {page.title[0]}{page.title[6:]}"],
        "updated_on": page.updated_on.isoformat(),
    }


def _condition(page: Page) -> dict[str, Value]:
    return {
        "name": page.title,
        **_common(page),
        **_answer(page),
        "also_called": [f"{page.title.split(' after ')[0]} for a while"],
        "search_words": page.id.split("-"),
        "pt_does": page.pt_does[:3],
        "ot_does": page.ot_does[:3],
        "both_do": page.remarks[0],
        "first_visit": {"pt": page.pt_does[3:], "ot": page.ot_does[3:]},
        "questions": page.questions,
        "unknowns": page.remarks[1],
    }


def _comparison(page: Page) -> dict[str, Value]:
    keys = ("imagine", "decision", "both_if", "not_known", "who_first")
    sides = ("if", "gain", "limits")
    return {
        "title": page.title,
        **_common(page),
        **dict(zip(keys, page.remarks, strict=True)),
        **{f"pt_{side}": line for side, line in zip(sides, page.pt_does, strict=True)},
        **{f"ot_{side}": line for side, line in zip(sides, page.ot_does, strict=True)},
        "table": [{"topic": row.topic, "pt": row.pt, "ot": row.ot} for row in page.table],
        "both_do": [page.why],
        "conditions": page.conditions,
        "questions": page.questions,
    }


def _article(page: Page) -> dict[str, Value]:
    return {"title": page.title, **_common(page), "lead_in": page.why}


_KEYS: Final = {"condition": _condition, "comparison": _comparison, "article": _article}


def _body(page: Page) -> str:
    """The prose: the table of a comparison is in its keys, that of the others stands below the second section."""
    parts = []
    for number, section in enumerate(page.sections):
        parts += [f"## {section.heading}"] if section.heading else []
        parts += section.paragraphs
        parts += ["\n".join(f"- {point}" for point in section.points)] if section.points else []
        if number == 1 and page.kind != "comparison":
            parts += ["## Side by side", f"Table: What each therapist does\n\n{markdown_table(page.table)}"]
    return "\n\n".join(parts)


def markdown_table(rows: Iterable[Row]) -> str:
    """A table in Markdown, with a column for each therapy."""
    lines = ["| Where | Physical therapy | Occupational therapy |", "| --- | --- | --- |"]
    return "\n".join(lines + [f"| {row.topic} | {row.pt} | {row.ot} |" for row in rows])


def _fixed_pages(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """The therapies and the pages about the guide: as many in a guide of any size."""
    lines = [f"Work on the {word} with you" for word in list(corpus.terms)[:4]]
    head = {"author": "guide-project", "updated_on": _DAY, "sources": ["trial-1"]}
    lists = ("works_on", "methods", "tools", "first_visit", "session", "choose_if")
    for id, name, person in (
        ("pt", "Physical therapy", "physical therapist"),
        ("ot", "Occupational therapy", "occupational therapist"),
    ):
        keys = {"name": name, "short": id.upper(), "person": person, "one_line": f"{name} helps you do more"}
        summary = {"summary": f"What {name.lower()} is."}
        yield f"therapies/{id}.md", _written({**keys, **summary, **head, **dict.fromkeys(lists, lines)}, "It helps.")
    for id, name in _NAMES_OF_PAGES.items():
        yield f"pages/{id}.md", _written({"title": name, "summary": f"{name}, in brief.", **head}, "There is more.")


def _written(keys: Mapping[str, Value], body: str) -> str:
    return f"---\n{''.join(_lines(keys, ''))}---\n\n{body}\n"


def _table(key: str, rows: Iterable[Value]) -> str:
    return "".join(_lines({key: list(rows)}, ""))


def _lines(keys: Mapping[str, Value], indent: str) -> Iterator[str]:
    """YAML in blocks, as editors write it."""
    for key, value in keys.items():
        if isinstance(value, str):
            yield f"{indent}{key}: {_scalar(value)}\n"
        elif isinstance(value, Mapping):
            yield f"{indent}{key}:\n"
            yield from _lines(value, f"{indent}  ")
        else:
            yield f"{indent}{key}:\n"
            for item in value:
                yield from _item(item, f"{indent}  ")


def _item(item: Value, indent: str) -> Iterator[str]:
    if isinstance(item, Mapping):
        first, *others = _lines(item, f"{indent}  ")
        yield f"{indent}- {first.lstrip()}"
        yield from others
    else:
        yield f"{indent}- {_scalar(str(item))}\n"


def _scalar(text: str) -> str:
    """The text as it is where YAML reads it so, else in double quotes (JSON's are YAML's)."""
    return text if ": " not in text and text[:1] not in "[{*&!%@\"'`" else json.dumps(text)
