"""Language: why each rule is held, with examples."""

from typing import Final

from otpt_site.rule_catalogue.entry import ARTICLE, CONDITION, Entry, body, file
from otpt_site.rule_catalogue.standards import ABBREVIATIONS, FLESCH_KINCAID, NHS, PLAIN, READING_LEVEL, UNUSUAL_WORDS

_LONG: Final = "You hold on to the rail with one hand and step up with your good leg first, and then the other one"
_LONG_TOO: Final = "On the way down you hold on to the rail again, and step down with your bad leg before the good one"
_PARAGRAPH: Final = (
    "You hold on to the rail with one hand. Then you step up with your good leg. The other leg goes after it, and you "
    "rest on each step as long as you like."
)
_OVER_MANY_PAGES: Final = "It is counted over many pages; tests/checks/test_language.py shows it."

ENTRIES: Final = {
    "hard-to-read": Entry(
        why="Many adults read at the level of a twelve-year-old, and illness makes reading harder.",
        follows=(FLESCH_KINCAID, READING_LEVEL, PLAIN),
        bad="A page of which this is a fair sample: “Rehabilitation professionals facilitate the restoration of "
        "functional independence.”",
        good="A page of which this is a fair sample: “Both therapists help you do things on your own again.”",
        unrun="It takes a page of a hundred words; tests/checks/test_language.py shows it.",
    ),
    "reading-grades": Entry(
        why="What is counted at each build can't grow worse unseen.",
        follows=(FLESCH_KINCAID,),
        bad="There is no bad example: this note tells where the guide stands.",
        good="The median is grade 6 or below.",
        unrun=_OVER_MANY_PAGES,
    ),
    "hard-guide": Entry(
        why="Grade 8 is the limit for the hardest page, not what the guide aims at.",
        follows=(READING_LEVEL, PLAIN),
        bad="The median of all pages is grade 7.4.",
        good="The median of all pages is grade 5.8.",
        unrun=_OVER_MANY_PAGES,
    ),
    "long-sentence": Entry(
        why="At the end of a long sentence many readers have lost its beginning.",
        follows=(PLAIN, NHS),
        bad=body(f"{_LONG} and rest on each step as long as you like before you take the next one."),
        good=body("Hold on to the rail. Step up with your good leg first. Rest on each step."),
    ),
    "many-long-sentences": Entry(
        why="One long sentence does no harm. Many of them make a guide that few finish.",
        follows=(PLAIN,),
        bad=body(f"{_LONG}.\n\n{_LONG_TOO}."),
        good=body("Hold on to the rail. Step up with your good leg first."),
    ),
    "long-paragraph": Entry(
        why="A wall of text is not begun. White space shows where a thought ends.",
        follows=(PLAIN,),
        bad=body("Hold on to the rail. Step up with your good leg. Bring the other one. Rest."),
        good=body("Hold on to the rail. Step up with your good leg.\n\nBring the other one. Rest."),
    ),
    "repeated-paragraph": Entry(
        why="What stands twice is mended once. And a page that tells what another told helps nobody further.",
        bad=(*body(_PARAGRAPH, ARTICLE), *body(f"{_PARAGRAPH} [@trial-2020]", CONDITION)),
        good=(
            *body(_PARAGRAPH, ARTICLE),
            *body("See [which one first](article:which-first) [@trial-2020].", CONDITION),
        ),
    ),
    "unopened-abbreviation": Entry(
        why="Letters alone mean nothing to those who meet them for the first time.",
        follows=(ABBREVIATIONS, NHS),
        bad=body("Ask for an ROM test."),
        good=body("Ask for a test of your range of motion (ROM)."),
    ),
    "unmarked-term": Entry(
        why="The word is in the glossary because readers do not know it. The mark brings its meaning to them.",
        follows=(UNUSUAL_WORDS,),
        bad=body("They look at your gait."),
        good=body("They look at your [gait](term:gait)."),
    ),
    "unknown-name": Entry(
        why="Each row of this list makes a page look easier than it is, so it holds what is needed and no more.",
        bad=file("words.yaml", "names:\n- {id: ataxia, name: Ataxia, kind: term}\nshort_forms: []\n"),
        good=file("words.yaml", "names:\n- {id: gait, name: Gait, kind: term}\nshort_forms: []\n"),
    ),
}
