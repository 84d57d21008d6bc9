"""Free prose: articles that answer one question, and the pages about the guide itself."""

from typing import Annotated

from otpt_site.guide.common import ConditionReference, Page, SafetyReference
from otpt_site.guide.records import Passage, Says


class Article(Page, frozen=True, kw_only=True):
    """One file of `content/articles/`."""

    title: Annotated[str, Says("The question that the article answers: the heading of the page.")]
    lead_in: Annotated[Passage | None, Says("A first sentence, set larger than the text.")] = None
    position: Annotated[int | None, Says("Its place in the list: 1 is the first.")] = None
    conditions: Annotated[
        tuple[ConditionReference, ...],
        Says("The conditions that it is about: ids, which are the names of their files."),
    ] = ()
    safety: Annotated[tuple[SafetyReference, ...], Says("Safety cards, most serious first: ids from safety.yaml.")] = ()

    @property
    def called(self) -> str:
        """What other pages call it."""
        return self.title


class PlainPage(Page, frozen=True, kw_only=True):
    """One file of `content/pages/`: about, privacy, contact and the like."""

    title: Annotated[str, Says("The heading of the page.")]

    @property
    def called(self) -> str:
        """What other pages call it."""
        return self.title
