"""What a guide is: one module per kind of content, each a strict type; here they are named and placed."""

from typing import Annotated, Final

import msgspec

from otpt_site.guide.articles import Article, PlainPage
from otpt_site.guide.common import Page, PersonReference
from otpt_site.guide.comparisons import Comparison
from otpt_site.guide.conditions import Condition
from otpt_site.guide.goals import Area, Goal
from otpt_site.guide.records import Date, Record, Says
from otpt_site.guide.references import Person, Source, Term
from otpt_site.guide.safety import SafetyCard
from otpt_site.guide.therapies import TherapyPage
from otpt_site.guide.words import AvoidedWord, PlainName, ShortForm, Spelling

# Folder of content/ → kind of its pages, and their type.
PAGE_KINDS: Final[dict[str, tuple[str, type[Page]]]] = {
    "therapies": ("therapy", TherapyPage),
    "conditions": ("condition", Condition),
    "comparisons": ("comparison", Comparison),
    "articles": ("article", Article),
    "pages": ("page", PlainPage),
}

# Table in content/ → its lists: key, kind of the rows, their type.
TABLES: Final[dict[str, tuple[tuple[str, str, type[Record]], ...]]] = {
    "goals.yaml": (("areas", "area", Area), ("goals", "goal", Goal)),
    "safety.yaml": (("cards", "safety", SafetyCard),),
    "glossary.yaml": (("terms", "term", Term),),
    "sources.yaml": (("sources", "source", Source),),
    "people.yaml": (("people", "person", Person),),
    "words.yaml": (
        ("names", "name", PlainName),
        ("short_forms", "short-form", ShortForm),
        ("avoid", "avoided-word", AvoidedWord),
        ("spellings", "spelling", Spelling),
    ),
}

# Lists that a table may do without.
OPTIONAL_LISTS: Final = ("avoid", "spellings")

# The kinds that an editor may name before the colon of a reference.
LINKABLE: Final = ("condition", "goal", "comparison", "article", "therapy", "page", "person", "source", "term")


class TableHead(msgspec.Struct, frozen=True):
    """What may stand above the lists of a table, for all its rows."""

    author: Annotated[PersonReference | None, Says("Who wrote the rows: an id from people.yaml.")] = None
    updated_on: Annotated[Date | None, Says("The day on which the table last changed in meaning.")] = None
