"""The settings of the whole site: its name, where it is published, who runs it and whom to call."""

from enum import StrEnum
from typing import Annotated

import msgspec

from otpt_site.guide.common import PersonReference
from otpt_site.guide.records import MailAddress, PhoneNumber, Record, Reference, To, WebAddress
from otpt_site.rules import Severity

RuleReference = Annotated[Reference, To("rule")]


class HelpLine(msgspec.Struct, frozen=True):
    """A number to call, and the words for it in a sentence."""

    number: PhoneNumber
    words: str


class Clinic(msgspec.Struct, frozen=True):
    """The clinic that publishes the guide, if one does."""

    name: str
    phone: PhoneNumber = ""
    booking_url: WebAddress = ""


class Feedback(msgspec.Struct, frozen=True):
    """How readers report a mistake: words for it in a sentence ("write to us"), and where they lead, if anywhere."""

    words: str
    email: MailAddress = ""
    url: WebAddress = ""


class Overdue(StrEnum):
    """How serious it is when a review is overdue, or its text was edited since."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


class ReviewPolicy(msgspec.Struct, frozen=True):
    """When a review is due again, and how serious it is when it is late."""

    due_after_months: int = 24
    overdue: Overdue = Overdue.WARNING


class RuleSetting(msgspec.Struct, frozen=True):
    """How serious this guide takes a rule, where that is not as serious as others do, and why."""

    rule: RuleReference
    severity: Severity
    reason: str


class Site(Record, frozen=True, kw_only=True):
    """`content/site.yaml`."""

    title: str
    tagline: str
    description: str
    emergency: HelpLine
    crisis: HelpLine
    run_by: PersonReference
    funding: str
    feedback: Feedback
    base_url: str = "/"
    language: str = "en-US"
    timezone: str = "UTC"
    clinic: Clinic | None = None
    review: ReviewPolicy = ReviewPolicy()
    rules: tuple[RuleSetting, ...] = ()
