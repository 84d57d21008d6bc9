"""Addresses, templates and output: why each rule is held, with examples."""

from typing import Final

from otpt_site.rule_catalogue.entry import ARTICLE, CONDITION, Entry, keys
from otpt_site.rule_catalogue.standards import ADDRESSES

_TEMPLATES: Final = "It is about templates, which editors do not write; tests/test_theme.py shows it."
_OUTPUT: Final = "It is about the output folder; tests/test_publish.py shows it."

ENTRIES: Final = {
    "same-path": Entry(
        why="One of the two pages could never be reached.",
        follows=(ADDRESSES,),
        bad=(*keys("aliases: [/brain-attack/]", CONDITION), *keys("aliases: [/brain-attack/]", ARTICLE)),
        good=(*keys("aliases: [/brain-attack/]", CONDITION), *keys("aliases: [/first/]", ARTICLE)),
    ),
    "template-missing": Entry(
        why="A page without its template can't be made.",
        bad='`{% extends "bsae.html" %}`',
        good='`{% extends "base.html" %}`',
        unrun=_TEMPLATES,
    ),
    "template-syntax": Entry(
        why="A template that can't be read makes no page.",
        bad="`{% if page.summary %}` without `{% endif %}`",
        good="`{% if page.summary %}…{% endif %}`",
        unrun=_TEMPLATES,
    ),
    "template-error": Entry(
        why="A value that is missing would leave a gap in the page, and nobody would see it.",
        bad="`{{ page.sumary }}`",
        good="`{{ page.summary }}`",
        unrun=_TEMPLATES,
    ),
    "dynamic-template": Entry(
        why="A page is made again when one of its templates changes. Their names must be known before it is filled.",
        bad="`{% include page.card %}`",
        good='`{% include "components/card.html" %}`',
        unrun=_TEMPLATES,
    ),
    "foreign-file": Entry(
        why="The tool removes only what it made itself, so what others put there would stay in the site for ever.",
        bad="You put `build/leaflet.pdf` there by hand.",
        good="You keep the leaflet elsewhere, and link to it.",
        unrun=_OUTPUT,
    ),
    "bad-output": Entry(
        why="To write the site into its own content would mix the two, and another folder may hold your own files.",
        bad="`otpt build --out content`",
        good="`otpt build --out build`",
        unrun=_OUTPUT,
    ),
    "output-locked": Entry(
        why="Two builds that write at once would leave a mix of both.",
        bad="You start a build while another one runs.",
        good="You wait until the first is done.",
        unrun=_OUTPUT,
    ),
    "worker-crashed": Entry(
        why="A part of the site that is missing must never pass for the whole.",
        bad="The computer runs out of memory in the middle of a build.",
        good="You close other programs and build again.",
        unrun="It is about processes of the system; tests/test_render.py shows it.",
    ),
    "cache-discarded": Entry(
        why="What is kept is never trusted: damaged, it would make wrong pages. Without it a build takes longer.",
        bad="The computer lost power while `.cache/` was written.",
        good="The next build fills `.cache/` again.",
        unrun="It is about files that no editor writes; tests/test_cache.py shows it.",
    ),
    "bad-base-url": Entry(
        why="All addresses of the site begin with it: a wrong one breaks every link.",
        bad=keys("base_url: example.org/guide", "site.yaml"),
        good=keys("base_url: https://example.org/guide/", "site.yaml"),
    ),
}
