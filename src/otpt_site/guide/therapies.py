"""A therapy: what PT is, what OT is, and what a visit holds."""

from otpt_site.guide.common import Page
from otpt_site.guide.records import Passage


class TherapyPage(Page, frozen=True, kw_only=True):
    """`content/therapies/pt.md` or `ot.md`."""

    name: str
    short: str
    person: str
    one_line: Passage
    works_on: tuple[Passage, ...]
    methods: tuple[Passage, ...]
    tools: tuple[Passage, ...]
    first_visit: tuple[Passage, ...]
    session: tuple[Passage, ...]
    choose_if: tuple[Passage, ...]
    also_called: tuple[str, ...] = ()
    tool_cautions: tuple[Passage, ...] = ()
    settings: tuple[Passage, ...] = ()

    @property
    def called(self) -> str:
        """What other pages call it."""
        return self.name
