"""The settings of the whole site: its name, where it is published, who runs it and whom to call."""

from enum import StrEnum
from typing import Annotated

import msgspec

from otpt_site.guide.common import PersonReference
from otpt_site.guide.records import MailAddress, PhoneNumber, Record, Reference, Says, To, WebAddress
from otpt_site.rules import Severity

RuleReference = Annotated[Reference, To("rule")]


class HelpLine(msgspec.Struct, frozen=True):
    """A number to call, and the words for it in a sentence."""

    number: Annotated[PhoneNumber, Says("The number itself, in double quotes.")]
    words: Annotated[
        str, Says("The words for it in a sentence, such as: your local emergency number (911 in the US and Canada).")
    ]


class Clinic(msgspec.Struct, frozen=True):
    """The clinic that publishes the guide, if one does."""

    name: Annotated[str, Says("What the clinic is called.")]
    phone: Annotated[PhoneNumber, Says("Its number, in double quotes.")] = ""
    booking_url: Annotated[WebAddress, Says("The web page where people book.")] = ""


class Feedback(msgspec.Struct, frozen=True):
    """How readers report a mistake: words for it in a sentence ("write to us"), and where they lead, if anywhere."""

    words: Annotated[str, Says("The end of the sentence “To report a mistake, …”.")]
    email: Annotated[MailAddress, Says("An address to write to.")] = ""
    url: Annotated[WebAddress, Says("A web page to report mistakes on.")] = ""


class Overdue(StrEnum):
    """How serious it is when a review is overdue, or its text was edited since."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


class ReviewPolicy(msgspec.Struct, frozen=True):
    """When a review is due again, and how serious it is when it is late."""

    due_after_months: Annotated[int, Says("Months after which a review is due again.")] = 24
    overdue: Annotated[Overdue, Says("How serious an overdue review is: note, warning or error.")] = Overdue.WARNING


class RuleSetting(msgspec.Struct, frozen=True):
    """How serious this guide takes a rule, where that is not as serious as others do, and why."""

    rule: Annotated[RuleReference, Says("The rule, as messages name it: long-list.")]
    severity: Annotated[Severity, Says("How serious it is here: error, warning or note.")]
    reason: Annotated[str, Says("Why, in a few words.")]


class Site(Record, frozen=True, kw_only=True):
    """`content/site.yaml`."""

    title: Annotated[str, Says("What the guide is called.")]
    tagline: Annotated[str, Says("A line below the title.")]
    description: Annotated[str, Says("What the guide is, in one or two sentences.")]
    emergency: Annotated[HelpLine, Says("The emergency number. Pages never type it themselves.")]
    crisis: Annotated[HelpLine, Says("The crisis line, for people who think about ending their life.")]
    run_by: Annotated[PersonReference, Says("Who runs the guide: an id from people.yaml.")]
    funding: Annotated[str, Says("Who pays for it, in one sentence. Readers must be able to see this.")]
    feedback: Annotated[Feedback, Says("How readers report a mistake.")]
    base_url: Annotated[str, Says("Where the site is published: /, /folder/ or https://example.org/folder/.")] = "/"
    language: Annotated[str, Says("The language of the guide: en-US.")] = "en-US"
    timezone: Annotated[str, Says("The time zone in which days begin: America/Toronto.")] = "UTC"
    clinic: Annotated[
        Clinic | None, Says("The clinic that publishes the guide. Without it, pages tell how to find a therapist.")
    ] = None
    review: Annotated[ReviewPolicy, Says("When reviews are due again.")] = ReviewPolicy()
    rules: Annotated[
        tuple[RuleSetting, ...], Says("Rules that this guide takes more or less seriously than others do.")
    ] = ()
