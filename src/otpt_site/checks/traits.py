"""What the rules on the whole guide need to know of one page, so that they need not read its text again."""

import msgspec

from otpt_site.diagnostics import Diagnostic, Place
from otpt_site.readability import Readability
from otpt_site.texts import Target


class Traits(msgspec.Struct, frozen=True):
    """What is known of one page: its counts, the digests of its long paragraphs, what it names, and its problems."""

    kind: str
    id: str
    place: Place
    readability: Readability
    long_sentences: int
    paragraphs: tuple[str, ...]
    targets: tuple[Target, ...]
    problems: tuple[Diagnostic, ...]
