"""Clinical sense: why each rule is held, with examples."""

from typing import Final

from otpt_site.rule_catalogue.entry import Entry, body, file, goal, keys
from otpt_site.rule_catalogue.standards import DISCERN, NHS, NHS_CARE_CARDS

_CARDS: Final = """\
cards:
- id: stroke-signs
  level: emergency
  action: call
  heading: {}
  signs: [One side droops]
  why: It may be a stroke
  reviews: [{{by: reviewer, on: 2026-11-01}}]
"""

ENTRIES: Final = {
    "card-order": Entry(
        why="Who reads only the first card must have read the most serious one.",
        follows=(NHS,),
        bad=keys("safety: [low-mood, stroke-signs]"),
        good=keys("safety: [stroke-signs, low-mood]"),
    ),
    "note-needed": Entry(
        why="Two answers to one question need a reason, or one of them is a mistake.",
        bad=(*keys("lead: pt\njoins: none"), *goal("lead: ot\nconditions: [stroke]")),
        good=(
            *keys("lead: pt\njoins: none"),
            *goal("lead: ot\nconditions: [stroke]\nnote: Dressing is OT's part here"),
        ),
    ),
    "thin-balance": Entry(
        why="The guide takes no side: where both help, a reader can compare them only when both are told as fully.",
        follows=(DISCERN,),
        bad=keys("lead: both\npt_does: [Helps you stand, walk and climb the stairs again]\not_does: [Helps]"),
        good=keys("lead: both\npt_does: [Helps you stand and walk]\not_does: [Helps you wash and dress]"),
    ),
    "missing-safety": Entry(
        why="A reader may meet this page and no other. Whoever is in danger must find the signs there.",
        follows=(NHS_CARE_CARDS,),
        bad=keys("acute: true\nsafety: [calf-clot]"),
        good=keys("acute: true\nsafety: [stroke-signs, calf-clot]"),
    ),
    "booking-before-card": Entry(
        why="Who is in danger must not be sent to a calendar first.",
        bad=keys("why: It works on walking. Book a visit today.\nsafety: [stroke-signs]"),
        good=keys("why: It works on walking.\nsafety: [stroke-signs]"),
    ),
    "card-wording": Entry(
        why="A card says first what to do and when, and then the signs. A frightened reader may read one line.",
        follows=(NHS_CARE_CARDS,),
        bad=file("safety.yaml", _CARDS.format("These are signs of a stroke")),
        good=file("safety.yaml", _CARDS.format("Call the emergency number now if…")),
    ),
    "typed-number": Entry(
        why="Numbers differ from country to country and change. Typed in texts, an old one stays somewhere.",
        bad=body("If you fall and cannot get up, call 911."),
        good=body("If you fall and cannot get up, call [](site:emergency)."),
    ),
}
