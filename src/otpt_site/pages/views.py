"""The plain values that several pages show. Views hold no content objects: a template sees these and nothing else."""

import datetime
from typing import ClassVar

import msgspec


class View(msgspec.Struct, frozen=True):
    """A set of values to show."""


class Citation(View, frozen=True, tag=True):
    """Reference numbers at a spot of a text."""

    form: ClassVar = "citation"

    numbers: tuple[int, ...]


class CareGroup(View, frozen=True):
    """The signs of one danger, why they matter and what to do meanwhile."""

    signs: "tuple[Rich, ...]"
    why: "Rich" = ()
    also: "tuple[Rich, ...]" = ()


class Care(View, frozen=True, tag=True):
    """A care card. `heading` is empty where the usual words for level and action fit."""

    form: ClassVar = "care"

    level: str
    action: str
    number: str
    heading: str
    groups: tuple[CareGroup, ...]
    crisis: bool = False


class CareStart(View, frozen=True, tag=True):
    """Here a care card that was written within a text begins."""

    form: ClassVar = "care-start"

    level: str
    action: str
    number: str
    crisis: bool = False


class CareEnd(View, frozen=True, tag=True):
    """Here it ends."""

    form: ClassVar = "care-end"


class PairStart(View, frozen=True, tag=True):
    """Here the parts of both therapists stand side by side."""

    form: ClassVar = "pair-start"


class SideStart(View, frozen=True, tag=True):
    """Here the part of one of them begins (`pt`, `ot`), or a list of what to do or not (`do`, `do-not`)."""

    form: ClassVar = "side-start"

    therapy: str


class SideEnd(View, frozen=True, tag=True):
    """Here it ends."""

    form: ClassVar = "side-end"


class PairEnd(View, frozen=True, tag=True):
    """Here the pair ends."""

    form: ClassVar = "pair-end"


Piece = Citation | Care | CareStart | CareEnd | PairStart | SideStart | SideEnd | PairEnd
Rich = tuple[str | Piece, ...]
"""Cleaned HTML, cut at the places where a template has words to add."""


class Link(View, frozen=True):
    """A link: where to and the words. `lead` and `joins` tag a page that answers PT, OT or both."""

    href: str
    label: str
    lead: str = ""
    joins: str = ""


class Crumb(View, frozen=True):
    """A step of the path to a page: a section, whose words the template knows, or a label."""

    href: str
    section: str = ""
    label: str = ""


class Answer(View, frozen=True):
    """PT, OT or both, and which comes first."""

    lead: str
    joins: str
    order: tuple[str, ...]


class SourceView(View, frozen=True):
    """One source as a reader sees it."""

    id: str
    number: int
    authors: str
    title: str
    publisher: str
    year: int | None
    href: str


class Provenance(View, frozen=True):
    """Who stands behind a page: author, reviewer and both dates."""

    author: Link | None
    updated_on: datetime.date
    review_state: str
    reviewer: Link | None
    reviewed_on: datetime.date | None
    review_due: datetime.date | None


class NextStep(View, frozen=True):
    """Where to ask for an evaluation: a clinic, or how to find a therapist."""

    clinic: str
    phone: str
    booking_url: str
    find_href: str


class Frame(View, frozen=True):
    """What stands around every page."""

    language: str
    site_title: str
    tagline: str
    title: str
    description: str
    section: str
    canonical: str
    home_url: str
    noindex: bool
    hrefs: dict[str, str]
    icon: str
    script: str
    crumbs: tuple[Crumb, ...]
    emergency_words: str
    emergency_number: str
    crisis_words: str
    feedback_words: str
    feedback_href: str
    funding: str
    run_by: Link | None
    advice: bool
    kind: str = "website"
    updated_on: datetime.date | None = None
