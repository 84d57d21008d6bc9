"""Language: why each rule is held, with examples."""

from typing import Final

from otpt_site.rule_catalogue.entry import ARTICLE, CONDITION, Entry, body, file
from otpt_site.rule_catalogue.standards import (
    ABBREVIATIONS,
    APA_DISABILITY,
    CDC,
    FLESCH_KINCAID,
    NHS,
    NHS_INCLUSIVE,
    NHS_NUMBERS,
    PLAIN,
    READING_LEVEL,
    UNUSUAL_WORDS,
)

_LONG: Final = "You hold on to the rail with one hand and step up with your good leg first, and then the other one"
_LONG_TOO: Final = "On the way down you hold on to the rail again, and step down with your bad leg before the good one"
_PARAGRAPH: Final = (
    "You hold on to the rail with one hand. Then you step up with your good leg. The other leg goes after it, and you "
    "rest on each step as long as you like."
)
_OVER_MANY_PAGES: Final = "It is counted over many pages; tests/checks/test_language.py shows it."
_PLAIN_LINES: Final = tuple(f"You rest for {minutes} minutes." for minutes in range(2, 11))
_AVOID: Final = file(
    "words.yaml",
    "names: []\nshort_forms: []\navoid:\n- {id: ambulate, avoid: ambulate, instead: walk, why: few know the word}\n",
)

ENTRIES: Final = {
    "further-problems": Entry(
        why="A text in another language, or a key that got stuck, would fill the screen and hide what else is wrong.",
        bad="A page in Latin: no dictionary of English knows its words.",
        good="The same page in English.",
        unrun="It takes 51 words; tests/checks/test_spelling.py shows it.",
    ),
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
    "misspelt-word": Entry(
        why="A mistake in spelling makes a reader doubt the rest, and screen readers say another word.",
        bad=body("They watch how you walk and do the excercise."),
        good=body("They watch how you walk and do the exercise."),
    ),
    "word-to-avoid": Entry(
        why="Each guide has words that slip in from the clinic. A list keeps them out for good.",
        follows=(PLAIN,),
        bad=(*body("You ambulate with a cane."), *_AVOID),
        good=(*body("You walk with a cane."), *_AVOID),
    ),
    "hurtful-words": Entry(
        why="People are more than an illness. Some of these words frighten, some blame, and some insult.",
        follows=(NHS_INCLUSIVE, APA_DISABILITY),
        bad=body("Stroke victims may be wheelchair-bound at first."),
        good=body("People who have had a stroke may use a wheelchair at first."),
    ),
    "bare-percentage": Entry(
        why="Many people picture 3 in 10 people more easily than 30 %.",
        follows=(NHS_NUMBERS, CDC),
        bad=body("About 30% of older people fall each year."),
        good=body("About 3 in 10 older people fall each year."),
    ),
    "passive-voice": Entry(
        why="Who reads “the arm is moved” can't tell who moves it. It is counted by a rule of thumb, so it is a note.",
        follows=(PLAIN, CDC),
        bad=body("\n\n".join(("Your arm is moved.", "Your leg is lifted.", *_PLAIN_LINES))),
        good=body("\n\n".join(("The PT (physical therapist) moves your arm.", "You lift your leg.", *_PLAIN_LINES))),
    ),
}
