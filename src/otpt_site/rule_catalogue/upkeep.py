"""Upkeep: why each rule is held, with examples."""

from typing import Final

from otpt_site.rule_catalogue.entry import Entry, body, keys
from otpt_site.rule_catalogue.standards import MULTIPLE_WAYS

_MANY_PAGES: Final = "It is asked of guides of a dozen pages and more; tests/checks/test_ways.py shows it."

ENTRIES: Final = {
    "unwritten-text": Entry(
        why="Readers would be told what an editor is to write.",
        bad=keys("why: Write here in a sentence or two why the visits begin this way."),
        good=keys("why: It works on walking"),
    ),
    "dead-end": Entry(
        why="Who has read a page wants to know what to do next.",
        follows=(MULTIPLE_WAYS,),
        bad="A condition without `see_also`, and without a link in its text.",
        good="`see_also: [goal:climb-stairs]`",
        unrun=_MANY_PAGES,
    ),
    "orphan": Entry(
        why="Readers find a page from pages near to it, more than from lists.",
        follows=(MULTIPLE_WAYS,),
        bad="An article that no other page names.",
        good="`see_also: [article:which-first]` on the page about stroke.",
        unrun=_MANY_PAGES,
    ),
    "unused-row": Entry(
        why="A row that nothing uses is still to be kept right. A source is perhaps there for a claim that was cut.",
        bad=body("They look at how you walk [@trial-2020].", "therapies/pt.md"),
        good=body("They look at your [gait](term:gait) [@trial-2020].", "therapies/pt.md"),
    ),
    "not-published": Entry(
        why="A page that is left out must be left out on purpose.",
        bad=keys("draft: true"),
        good=keys("draft: false"),
    ),
}
