"""Structure: why each rule is held, with examples."""

from typing import Final

from otpt_site.rule_catalogue.entry import Entry, body, keys
from otpt_site.rule_catalogue.standards import LINK_ONLY, LINK_PURPOSE, NHS, PLAIN, RELATIONSHIPS

ENTRIES: Final = {
    "summary-too-long": Entry(
        why="Search engines cut what is longer, often in the middle of its point.",
        bad=keys(
            "summary: After a stroke you may need help with walking and dressing. You may need help with more. "
            "This page tells you at length who helps you with each of these things."
        ),
        good=keys("summary: After a stroke you may need help with walking, dressing or both"),
    ),
    "long-list": Entry(
        why="Few can keep more than seven things in mind, and fewer when they are tired or afraid.",
        follows=(PLAIN, RELATIONSHIPS),
        bad=body("- Shoes\n- Glasses\n- Cane\n- List\n- Card\n- Pen\n- Bag\n- Water"),
        good=body("- Shoes\n- Glasses\n- Cane\n- List\n- Card\n- Pen"),
    ),
    "vague-link": Entry(
        why="Screen readers list the links of a page without the sentences around them.",
        follows=(LINK_PURPOSE, LINK_ONLY, NHS),
        bad=body("To see how you walk, [click here](term:gait)."),
        good=body("See [how you walk](term:gait)."),
    ),
}
