"""A condition: an illness, injury or difficulty, and which therapy leads for it."""

from typing import Annotated

from otpt_site.guide.common import ExtraSign, Joins, Lead, Page, SafetyReference, Therapy, Visits
from otpt_site.guide.records import Passage, Says


class Condition(Page, frozen=True, kw_only=True):
    """One file of `content/conditions/`."""

    name: Annotated[str, Says("What people call it: the heading of the page.")]
    lead: Annotated[Lead, Says("Where this guide suggests to start: pt, ot or both.")]
    joins: Annotated[Joins, Says("The other therapy, if it often joins: pt, ot or none. It is none when both lead.")]
    why: Annotated[Passage, Says("Why that therapy leads, in a sentence or two.")]
    pt_does: Annotated[tuple[Passage, ...], Says("What the physical therapist does: 1 to 6 short lines.")]
    ot_does: Annotated[
        tuple[Passage, ...],
        Says("What the occupational therapist does: 1 to 6 short lines. If both lead, give both the same room."),
    ]
    questions: Annotated[tuple[Passage, ...], Says("What to ask the therapist: 1 to 7 questions.")]
    order: Annotated[tuple[Therapy, ...], Says("Which usually comes first, only when both lead: [ot, pt].")] = ()
    nuance: Annotated[
        Passage | None, Says("What guidelines or studies add, also when they disagree. Cite them: [@source-id].")
    ] = None
    also_called: Annotated[tuple[str, ...], Says("Other names, shown to readers.")] = ()
    search_words: Annotated[tuple[str, ...], Says("Words that people type, mistakes included. Never shown.")] = ()
    acute: Annotated[bool, Says("true puts the emergency cards before all else.")] = False
    safety: Annotated[tuple[SafetyReference, ...], Says("Safety cards, most serious first: ids from safety.yaml.")] = ()
    safety_extra: Annotated[tuple[ExtraSign, ...], Says("Signs of danger special to this page.")] = ()
    both_do: Annotated[Passage | None, Says("What both share, in one line.")] = None
    first_visit: Annotated[Visits | None, Says("What each does at the first visit.")] = None
    unknowns: Annotated[Passage | None, Says("What is not known or not proven, in a sentence or two.")] = None
    effect_claims: Annotated[
        bool,
        Says("false: the page does not claim that therapy helps. Without this line the text must cite a source."),
    ] = True

    @property
    def called(self) -> str:
        """What other pages call it."""
        return self.name
