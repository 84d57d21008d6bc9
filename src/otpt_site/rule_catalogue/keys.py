"""Keys and tables: why each rule is held, with examples."""

from typing import Final

from otpt_site.rule_catalogue.entry import ARTICLE, Entry, file, goal, keys
from otpt_site.rule_catalogue.standards import (
    ADDRESSES,
    DATES,
    LANGUAGES,
    PAGE_LANGUAGE,
    TIME_ZONES,
    YAML_1_1,
    YAML_1_1_INT,
    yaml,
)

_SITE: Final = "site.yaml"
_WHOLE: Final = """\
---
title: Which one first?
summary: Where to begin
author: guide-project
updated_on: 2026-11-01
reviews: [{by: reviewer, on: 2026-11-01}]
---

Begin with either.
"""

ENTRIES: Final = {
    "missing-front-matter": Entry(
        why="Without keys a page has no title, no author and no date.",
        bad=file(ARTICLE, "Begin with either.\n"),
        good=file(ARTICLE, _WHOLE),
    ),
    "unclosed-front-matter": Entry(
        why="Without the closing line nobody can tell where the keys end and the text begins.",
        bad=file(ARTICLE, "---\ntitle: Which one first?\n\nBegin with either.\n"),
        good=file(ARTICLE, _WHOLE),
    ),
    "yaml-syntax": Entry(
        why="A quote or bracket that is never closed swallows what comes after it.",
        follows=(yaml("7.3.1", "Double-Quoted Style", "731-double-quoted-style"),),
        bad=keys('why: "It works on walking'),
        good=keys('why: "It works on walking"'),
    ),
    "yaml-tab": Entry(
        why="YAML forbids tabs here, since they are as wide as each editor likes.",
        follows=(yaml("6.1", "Indentation Spaces", "61-indentation-spaces"),),
        bad=keys("questions:\n\t- How often?"),
        good=keys("questions:\n  - How often?"),
    ),
    "yaml-colon": Entry(
        why="A colon and a space make a key of what stands before them.",
        follows=(yaml("7.3.3", "Plain Style", "733-plain-style"),),
        bad=keys("why: PT leads: it works on walking"),
        good=keys('why: "PT leads: it works on walking"'),
    ),
    "yaml-feature": Entry(
        why="`&` and `*` name and repeat values, `!` sets their type. No guide needs that, and it hides what is shown.",
        follows=(yaml("6.9", "Node Properties", "69-node-properties"),),
        bad=keys("why: &walking It works on walking"),
        good=keys('why: "& it works on walking"'),
    ),
    "yaml-too-deep": Entry(
        why="Nothing in a guide is nested so deep: a bracket is typed over and over.",
        bad=keys(f"questions: {'[' * 60}{']' * 60}"),
        good=keys('questions: ["How often?"]'),
    ),
    "duplicate-key": Entry(
        why="The keys of a mapping are unique. Most programs keep the last one and say nothing.",
        follows=(yaml("3.2.1.1", "Nodes", "3211-nodes"),),
        bad=keys("lead: pt\nlead: ot"),
        good=keys("lead: pt"),
    ),
    "unknown-key": Entry(
        why="A misspelt key would get lost, and with it what it says: perhaps a danger sign.",
        bad=keys("saftey: [stroke-signs]"),
        good=keys("safety: [stroke-signs]"),
    ),
    "missing-key": Entry(
        why="What is required is what a reader needs on such a page, such as who wrote it and what to ask.",
        bad=file("glossary.yaml", "terms:\n- {id: gait, term: gait}\n"),
        good=file("glossary.yaml", "terms:\n- {id: gait, term: gait, definition: the way you walk}\n"),
    ),
    "empty-value": Entry(
        why="An empty value would leave a heading with nothing below it.",
        bad=keys("questions: []"),
        good=keys('questions: ["How often?"]'),
    ),
    "wrong-type": Entry(
        why="To guess what was meant could show one question as a list of letters.",
        bad=keys("questions: How often?"),
        good=keys("questions:\n- How often?"),
    ),
    "yaml-surprise": Entry(
        why="To many YAML readers `no` is false, `12:30` is 750 and `1.10` is 1.1. This one asks instead.",
        follows=(YAML_1_1, YAML_1_1_INT),
        bad=keys("also_called: [No, 12:30]"),
        good=keys('also_called: ["No", "12:30"]'),
    ),
    "bad-date": Entry(
        why="3/4/2026 is in March for some and in April for others. One way to write it leaves no doubt.",
        follows=(DATES,),
        bad=keys("updated_on: 1 November 2026"),
        good=keys("updated_on: 2026-11-01"),
    ),
    "bad-id": Entry(
        why="Ids stand in addresses and references, so they are written alike everywhere.",
        bad=keys("safety: [Stroke signs]"),
        good=keys("safety: [stroke-signs]"),
    ),
    "bad-address": Entry(
        why="A mistyped address would never be reached: readers would call a wrong number or find no page.",
        follows=(ADDRESSES,),
        bad=keys("aliases: [old stroke page]"),
        good=keys("aliases: [/old-stroke/]"),
    ),
    "unknown-therapy": Entry(
        why="The guide compares two therapies, and each answer is one of them or both.",
        bad=keys("lead: physio"),
        good=keys("lead: pt"),
    ),
    "unknown-choice": Entry(
        why="Each choice has its own look and wording on the page; another one has none.",
        bad=file(
            "people.yaml",
            "people:\n- {id: guide-project, name: The guide, kind: company}\n"
            "- {id: reviewer, name: Robin Reed, kind: person}\n",
        ),
        good=file(
            "people.yaml",
            "people:\n- {id: guide-project, name: The guide, kind: organization}\n"
            "- {id: reviewer, name: Robin Reed, kind: person}\n",
        ),
    ),
    "contradiction": Entry(
        why="A reader who meets both can't tell which one to trust.",
        bad=goal("lead: pt\njoins: pt"),
        good=goal("lead: pt\njoins: ot"),
    ),
    "unknown-timezone": Entry(
        why="The time zone decides on which day a page appears, expires or is due for review.",
        follows=(TIME_ZONES,),
        bad=keys("timezone: Toronto", _SITE),
        good=keys("timezone: America/Toronto", _SITE),
    ),
    "unknown-language": Entry(
        why="Screen readers choose their voice by the language of the page.",
        follows=(LANGUAGES, PAGE_LANGUAGE),
        bad=keys("language: english", _SITE),
        good=keys("language: en-CA", _SITE),
    ),
    "unknown-rule": Entry(
        why="A misspelt name would change nothing, and nobody would know.",
        bad=keys("rules:\n- {rule: lon-list, severity: note, reason: Our checklists are long on purpose}", _SITE),
        good=keys("rules:\n- {rule: long-list, severity: note, reason: Our checklists are long on purpose}", _SITE),
    ),
    "fixed-severity": Entry(
        why="Some rules keep readers safe, or the site whole. No guide is better without them.",
        bad=keys("rules:\n- {rule: card-order, severity: note, reason: We have our own order}", _SITE),
        good=keys("rules:\n- {rule: card-order, severity: error, reason: Danger signs come first}", _SITE),
    ),
}
