"""Structure: why each rule is held, with examples."""

from typing import Final

from otpt_site.rule_catalogue.entry import Entry, body, file, keys
from otpt_site.rule_catalogue.standards import (
    ALT_TEXT,
    HEADINGS,
    LINK_ONLY,
    LINK_PURPOSE,
    NHS,
    PLAIN,
    RELATIONSHIPS,
    SECTIONS,
    TABLE_CAPTIONS,
)

_BYTES: Final = "It takes a picture's bytes; tests/checks/test_structure.py shows it."
_WALKER: Final = file("media/walker.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>\n')

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
    "second-title": Entry(
        why="Readers who jump from heading to heading take the first rank for the page's title. A page has one.",
        follows=(RELATIONSHIPS, HEADINGS),
        bad=body("# What to bring\n\nYour shoes."),
        good=body("## What to bring\n\nYour shoes."),
    ),
    "skipped-heading": Entry(
        why="Screen readers tell the rank of a heading. A step that is missing sounds like a part that was missed.",
        follows=(RELATIONSHIPS, SECTIONS),
        bad=body("### What to bring\n\nYour shoes."),
        good=body("## What to bring\n\nYour shoes."),
    ),
    "empty-heading": Entry(
        why="In the list of headings it is a line that says nothing.",
        follows=(HEADINGS,),
        bad=body("##\n\nBring your shoes."),
        good=body("## What to bring\n\nBring your shoes."),
    ),
    "empty-table-header": Entry(
        why="Screen readers say the header before each cell: without it, a cell is a word without a question.",
        follows=(RELATIONSHIPS,),
        bad=body("Table: What each does\n\n| | PT (physical therapy) |\n| --- | --- |\n| Stairs | Builds strength |"),
        good=body(
            "Table: What each does\n\n| Goal | PT (physical therapy) |\n| --- | --- |\n| Stairs | Builds strength |"
        ),
    ),
    "missing-caption": Entry(
        why="Screen readers tell a table by its caption, in their list of tables and before the first cell. "
        "A sentence above is not heard by those who go from table to table.",
        follows=(RELATIONSHIPS, TABLE_CAPTIONS),
        bad=body("How long to walk:\n\n| Day | Minutes |\n| --- | --- |\n| Monday | 20 |"),
        good=body("Table: How long to walk\n\n| Day | Minutes |\n| --- | --- |\n| Monday | 20 |"),
    ),
    "poor-alt": Entry(
        why="Screen readers say “picture” by themselves, and read these words to the end. So let them be few.",
        follows=(ALT_TEXT,),
        bad=(*body("![Picture of a walker](media/walker.svg)"), *_WALKER),
        good=(*body("![A walker with two wheels](media/walker.svg)"), *_WALKER),
    ),
    "heavy-picture": Entry(
        why="On a slow phone each 200 KB take a second, and cost those who pay for what they load.",
        bad="`content/media/walker.jpg` has 900 KB.",
        good="The same photo, saved with less quality, has 90 KB.",
        unrun=_BYTES,
    ),
    "wide-picture": Entry(
        why="No page shows a picture wider than its text. What is wider is loaded and thrown away.",
        bad="`content/media/walker.jpg` is 4,000 pixels wide, as the camera made it.",
        good="The same photo is 1,200 pixels wide.",
        unrun=_BYTES,
    ),
    "unreadable-picture": Entry(
        why="Readers would see a broken sign in its place.",
        bad="`content/media/walker.jpg` is a text that was renamed.",
        good="`content/media/walker.jpg` opens in a program for pictures.",
        unrun=_BYTES,
    ),
}
