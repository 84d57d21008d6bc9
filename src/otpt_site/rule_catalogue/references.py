"""References: why each rule is held, with examples."""

from typing import Final

from otpt_site.rule_catalogue.entry import ARTICLE, CONDITION, Entry, body, file, keys
from otpt_site.rule_catalogue.standards import ADDRESSES

ENTRIES: Final = {
    "unknown-reference": Entry(
        why="A link that leads nowhere costs the trust of a reader, and a source that is none backs nothing.",
        bad=body("Read about how you walk, [your gait](term:gate)."),
        good=body("Read about how you walk, [your gait](term:gait)."),
    ),
    "unknown-kind": Entry(
        why="The kind says where to look for the id.",
        bad=body("Read about [the way you walk](word:gait)."),
        good=body("Read about [the way you walk](term:gait)."),
    ),
    "missing-anchor": Entry(
        why="The link would lead to the top of the page, and the reader would have to search.",
        bad=body("See [what to bring](#bring).\n\n## What to bring\n\nYour shoes."),
        good=body("See [what to bring](#what-to-bring).\n\n## What to bring\n\nYour shoes."),
    ),
    "hidden-reference": Entry(
        beside="not-published",
        why="The page that it leads to is not in the site, so the link would be broken.",
        bad=(*keys("draft: true", CONDITION), *body("Read about [stroke](condition:stroke).", ARTICLE)),
        good=(*keys("draft: false", CONDITION), *body("Read about [stroke](condition:stroke).", ARTICLE)),
    ),
    "duplicate-id": Entry(
        why="An id names one thing. With two of them, a reference could lead to either.",
        follows=(ADDRESSES,),
        bad=file(
            "glossary.yaml",
            "terms:\n- {id: gait, term: gait, definition: the way you walk}\n"
            "- {id: gait, term: step, definition: one foot forward}\n",
        ),
        good=file("glossary.yaml", "terms:\n- {id: gait, term: gait, also: [step], definition: the way you walk}\n"),
    ),
}
