"""What the rules on the whole guide need to know of one page, so that they need not read its text again."""

import msgspec

from otpt_site.diagnostics import Diagnostic, Place
from otpt_site.guide.common import Level
from otpt_site.readability import Readability


class Measures(msgspec.Struct, frozen=True, array_like=True):
    """What is counted on one page, and the digests of its long paragraphs."""

    kind: str
    id: str
    place: Place
    readability: Readability
    long_sentences: int
    paragraphs: tuple[str, ...]


class Traits(Measures, frozen=True, array_like=True):
    """What is known of one page: what is counted on it, where it leads, and its problems.

    `levels` tells how urgent the cards are that it shows, `pt_words` and `ot_words` how much it says of each therapy.
    """

    leads_to: tuple[str, ...]
    levels: frozenset[Level]
    pt_words: int
    ot_words: int
    problems: tuple[Diagnostic, ...]

    @property
    def measures(self) -> Measures:
        """What is counted, alone."""
        return Measures(self.kind, self.id, self.place, self.readability, self.long_sentences, self.paragraphs)
