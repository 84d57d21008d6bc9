"""What pages refer to: words of the glossary, sources, people and organizations."""

from enum import StrEnum
from typing import Annotated

from otpt_site.guide.records import Doi, Passage, Record, Says, WebAddress


class Term(Record, frozen=True, kw_only=True):
    """One row of `content/glossary.yaml`."""

    term: Annotated[str, Says("The word.")]
    definition: Annotated[Passage, Says("What it means, in one plain sentence.")]
    also: Annotated[tuple[str, ...], Says("Other words for it.")] = ()

    @property
    def called(self) -> str:
        """What other pages call it."""
        return self.term


class Seen(StrEnum):
    """How much of what a source is cited for the editors have read in it."""

    CLAIM = "claim"
    PART = "part"
    RECORD = "record"
    NOT_SEEN = "not-seen"


class Source(Record, frozen=True, kw_only=True):
    """One row of `content/sources.yaml`."""

    type: Annotated[str, Says("What it is, such as guideline, systematic review, trial, government or patient page.")]
    authors: Annotated[str, Says("Who wrote it.")]
    title: Annotated[str, Says("Its title.")]
    year: Annotated[int | None, Says("The year in which it appeared.")] = None
    publisher: Annotated[str, Says("The journal or the publisher.")] = ""
    doi: Annotated[Doi, Says("Its DOI, without https://doi.org/ in front.")] = ""
    url: Annotated[WebAddress, Says("Where it can be read, when it has no DOI.")] = ""
    supports: Annotated[str, Says("What it backs. For editors, never shown.")] = ""
    seen: Annotated[
        Seen,
        Says("How much of that an editor has read: claim (it backs it), part, record (that it exists) or not-seen."),
    ] = Seen.NOT_SEEN
    note: Annotated[str, Says("For editors, never shown.")] = ""

    @property
    def called(self) -> str:
        """What other pages call it."""
        return self.title


class PersonKind(StrEnum):
    """A person, or an organization."""

    PERSON = "person"
    ORGANIZATION = "organization"


class Person(Record, frozen=True, kw_only=True):
    """One row of `content/people.yaml`."""

    name: Annotated[str, Says("The name, as the person gave it.")]
    kind: Annotated[PersonKind, Says("person or organization.")]
    role: Annotated[str, Says("What they do, in a few words.")] = ""
    about: Annotated[Passage | None, Says("Who they are, in one or two sentences.")] = None
    url: Annotated[WebAddress, Says("Their own page on the web.")] = ""
    draft: Annotated[
        bool, Says("true keeps their page out of the site. Take the line out when they agree to be named.")
    ] = False

    @property
    def called(self) -> str:
        """What other pages call them."""
        return self.name
