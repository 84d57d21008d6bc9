"""What several kinds share: therapies, the keys of all pages, reviews, and signs of danger."""

import datetime
from enum import StrEnum
from typing import Annotated

import msgspec

from otpt_site.guide.records import Address, Date, Passage, Record, Reference, Slug, To

PersonReference = Annotated[Reference, To("person")]
SourceReference = Annotated[Reference, To("source")]
ConditionReference = Annotated[Reference, To("condition")]
SafetyReference = Annotated[Reference, To("safety")]


class Therapy(StrEnum):
    """One of the two therapies."""

    PT = "pt"
    OT = "ot"


class Lead(StrEnum):
    """Where this guide suggests to start."""

    PT = "pt"
    OT = "ot"
    BOTH = "both"


class Joins(StrEnum):
    """The other therapy, when it commonly joins the one that leads."""

    PT = "pt"
    OT = "ot"
    NONE = "none"


class Level(StrEnum):
    """How urgent a sign of danger is, most urgent first."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    NON_URGENT = "non-urgent"


class Action(StrEnum):
    """What a reader should do about a sign of danger."""

    CALL = "call"
    EMERGENCY_DEPARTMENT = "emergency-department"
    SAME_DAY = "same-day"
    APPOINTMENT = "appointment"


# Which actions fit which level; the first is the usual one.
ACTIONS = {
    Level.EMERGENCY: (Action.CALL, Action.EMERGENCY_DEPARTMENT),
    Level.URGENT: (Action.SAME_DAY, Action.EMERGENCY_DEPARTMENT),
    Level.NON_URGENT: (Action.APPOINTMENT,),
}


class Review(msgspec.Struct, frozen=True):
    """A clinician has read a text and stands by it: who, when, and the digest of what was read."""

    by: PersonReference
    on: Date
    digest: str = ""

    def covers(self, text_digest: str) -> bool:
        """Whether the text with this digest is the one that was read, as far as was recorded."""
        return self.digest in ("", text_digest)


class ExtraSign(msgspec.Struct, frozen=True):
    """A sign of danger special to one page, shown beside the shared safety cards."""

    level: Level
    action: Action
    text: Passage


class Visits(msgspec.Struct, frozen=True):
    """What each therapist does at the first visit."""

    pt: tuple[Passage, ...] = ()
    ot: tuple[Passage, ...] = ()


class Page(Record, frozen=True, kw_only=True):
    """The keys that all pages may take."""

    summary: Passage
    updated_on: Date
    author: PersonReference | None = None
    reviews: tuple[Review, ...] = ()
    sources: tuple[SourceReference, ...] = ()
    see_also: tuple[Reference, ...] = ()
    aliases: tuple[Address, ...] = ()
    slug: Slug = ""
    draft: bool = False
    publish_on: Date | None = None
    expires_on: Date | None = None
    body: Passage


class PageState(StrEnum):
    """Whether a page is in the site today."""

    PUBLISHED = "published"
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    EXPIRED = "expired"

    @property
    def in_words(self) -> str:
        """The state in a sentence: "it is …"."""
        return {"draft": "a draft", "scheduled": "not yet published"}.get(self.value, self.value)


def changes_on(page: Page, state: PageState) -> datetime.date | None:
    """The day on which a page in this state comes, goes, or went; None when it has no such day."""
    date = {PageState.SCHEDULED: page.publish_on, PageState.DRAFT: None}.get(state, page.expires_on)
    return date.day if date else None


def state_of(page: Page, today: datetime.date) -> PageState:
    """The state of `page` on the day `today`. It is shown on its `publish_on` day and not on its `expires_on` day."""
    if page.draft:
        return PageState.DRAFT
    if page.publish_on and today < page.publish_on.day:
        return PageState.SCHEDULED
    if page.expires_on and today >= page.expires_on.day:
        return PageState.EXPIRED
    return PageState.PUBLISHED
