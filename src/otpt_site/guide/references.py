"""What pages refer to: words of the glossary, sources, people and organizations."""

from enum import StrEnum

from otpt_site.guide.records import Doi, Passage, Record, WebAddress


class Term(Record, frozen=True, kw_only=True):
    """One row of `content/glossary.yaml`."""

    term: str
    definition: Passage
    also: tuple[str, ...] = ()

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

    type: str
    authors: str
    title: str
    year: int | None = None
    publisher: str = ""
    doi: Doi = ""
    url: WebAddress = ""
    supports: str = ""
    seen: Seen = Seen.NOT_SEEN
    note: str = ""

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

    name: str
    kind: PersonKind
    role: str = ""
    about: Passage | None = None
    url: WebAddress = ""

    @property
    def called(self) -> str:
        """What other pages call them."""
        return self.name
