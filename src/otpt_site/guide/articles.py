"""Free prose: articles that answer one question, and the pages about the guide itself."""

from otpt_site.guide.common import ConditionReference, Page, SafetyReference
from otpt_site.guide.records import Passage


class Article(Page, frozen=True, kw_only=True):
    """One file of `content/articles/`."""

    title: str
    lead_in: Passage | None = None
    position: int | None = None
    conditions: tuple[ConditionReference, ...] = ()
    safety: tuple[SafetyReference, ...] = ()

    @property
    def called(self) -> str:
        """What other pages call it."""
        return self.title


class PlainPage(Page, frozen=True, kw_only=True):
    """One file of `content/pages/`: about, privacy, contact and the like."""

    title: str

    @property
    def called(self) -> str:
        """What other pages call it."""
        return self.title
