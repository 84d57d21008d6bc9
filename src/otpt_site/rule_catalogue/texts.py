"""Texts: why each rule is held, with examples."""

from typing import Final

from otpt_site.rule_catalogue.entry import Entry, body
from otpt_site.rule_catalogue.standards import COMMONMARK, XSS

ENTRIES: Final = {
    "unknown-block": Entry(
        why="A misspelt care card would be shown as plain text, and its danger signs overlooked.",
        bad=body("/// emergancy\n- Your face droops on one side\n///"),
        good=body("/// emergency\n- Your face droops on one side\n///"),
    ),
    "unclosed-block": Entry(
        why="Without its end, the rest of the page would stand in the block.",
        bad=body("/// emergency\n- Your face droops on one side"),
        good=body("/// emergency\n- Your face droops on one side\n///"),
    ),
    "stray-block-end": Entry(
        why="An end without a beginning tells that a line got lost.",
        bad=body("- Your face droops on one side\n\n///"),
        good=body("/// emergency\n- Your face droops on one side\n///"),
    ),
    "bad-block": Entry(
        why="What a block shows depends on its first line.",
        bad=body("/// safety\n///"),
        good=body("/// safety | stroke-signs\n///"),
    ),
    "raw-html": Entry(
        why="HTML could run a script, hide a text or break the page. What Markdown can't say, a block can.",
        follows=(XSS,),
        bad=body("Begin <font color=red>today</font>."),
        good=body("Begin **today**."),
    ),
    "unsafe-link": Entry(
        why="A link may run a script, or send what a reader types to somebody else.",
        follows=(XSS,),
        bad=body("[Ask us](javascript:ask())"),
        good=body("[Ask us](https://clinic.example/ask)"),
    ),
    "unlinked-page": Entry(
        why="A reference is checked and follows the page when its address changes; an address is not.",
        bad=body("Read about [the way you walk](/glossary/)."),
        good=body("Read about [the way you walk](term:gait)."),
    ),
    "bad-link": Entry(
        why="Readers would see a link's signs in place of the link, and what it leads to stays hidden.",
        follows=(COMMONMARK,),
        bad=body("It changes [how you walk](term:gait and stand."),
        good=body("It changes [how you walk](term:gait) and stand."),
    ),
    "bad-citation": Entry(
        why="A citation that can't be read backs nothing.",
        bad=body("Walking helps [@trial 2020]."),
        good=body("Walking helps [@trial-2020]."),
    ),
    "bad-emphasis": Entry(
        why="The library that reads Markdown lost some of the words, and a page must never say less than its author.",
        follows=(COMMONMARK,),
        bad="`2*3*4` and some dozen more signs that pair in no way.",
        good="`2\\*3\\*4`, each sign with a backslash before it.",
        unrun="It takes a text that the library trips over; tests/test_markup.py shows it.",
    ),
    "too-nested": Entry(
        why="To read such a text would take long, and no person writes one.",
        bad="A key that got stuck: thousands of `>` in a row.",
        good="One `>` at the beginning of the line.",
        unrun="It takes thousands of signs; tests/test_markup.py shows it.",
    ),
    "undefined-footnote": Entry(
        why="A reader would follow the mark and find nothing.",
        bad=body("Begin today[^when]."),
        good=body("Begin today[^when].\n\n[^when]: Or tomorrow."),
    ),
}
