"""A therapy: what PT is, what OT is, and what a visit holds."""

from typing import Annotated

from otpt_site.guide.common import Page
from otpt_site.guide.records import Passage, Says


class TherapyPage(Page, frozen=True, kw_only=True):
    """`content/therapies/pt.md` or `ot.md`."""

    name: Annotated[str, Says("What the therapy is called.")]
    short: Annotated[str, Says("Its short form: PT or OT.")]
    person: Annotated[str, Says("What the one who practices it is called.")]
    one_line: Annotated[Passage, Says("What it is for, in one sentence.")]
    works_on: Annotated[tuple[Passage, ...], Says("What it works on: short lines.")]
    methods: Annotated[tuple[Passage, ...], Says("How it works: short lines.")]
    tools: Annotated[tuple[Passage, ...], Says("What it uses: short lines.")]
    first_visit: Annotated[tuple[Passage, ...], Says("What happens at the first visit, in order.")]
    session: Annotated[tuple[Passage, ...], Says("What happens in an ordinary session, in order.")]
    choose_if: Annotated[tuple[Passage, ...], Says("When to choose it: short lines.")]
    also_called: Annotated[tuple[str, ...], Says("Other names, shown to readers.")] = ()
    tool_cautions: Annotated[tuple[Passage, ...], Says("What studies say against some tools.")] = ()
    settings: Annotated[tuple[Passage, ...], Says("Where it takes place: short lines.")] = ()

    @property
    def called(self) -> str:
        """What other pages call it."""
        return self.name
