"""Clinical sense: why each rule is held, with examples."""

from typing import Final

from otpt_site.rule_catalogue.entry import Entry, goal, keys
from otpt_site.rule_catalogue.standards import DISCERN, NHS

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
}
