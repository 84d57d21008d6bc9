"""A condition: an illness, injury or difficulty, and which therapy leads for it."""

from otpt_site.guide.common import ExtraSign, Joins, Lead, Page, SafetyReference, Therapy, Visits
from otpt_site.guide.records import Passage


class Condition(Page, frozen=True, kw_only=True):
    """One file of `content/conditions/`."""

    name: str
    lead: Lead
    joins: Joins
    why: Passage
    pt_does: tuple[Passage, ...]
    ot_does: tuple[Passage, ...]
    questions: tuple[Passage, ...]
    order: tuple[Therapy, ...] = ()
    nuance: Passage | None = None
    also_called: tuple[str, ...] = ()
    search_words: tuple[str, ...] = ()
    acute: bool = False
    safety: tuple[SafetyReference, ...] = ()
    safety_extra: tuple[ExtraSign, ...] = ()
    both_do: Passage | None = None
    first_visit: Visits | None = None
    unknowns: Passage | None = None
    effect_claims: bool = True

    @property
    def called(self) -> str:
        """What other pages call it."""
        return self.name
