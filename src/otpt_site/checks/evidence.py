"""Evidence: where a page says what helps, it cites a source that the editors have read for it."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from otpt_site.checks.findings import Finding
from otpt_site.guide.conditions import Condition
from otpt_site.guide.records import Passage
from otpt_site.guide.references import Seen
from otpt_site.library import Guide
from otpt_site.markup import CitationHole
from otpt_site.wording import Block, BlockKind, PageText

# A part of a page that tells whether something helps has a heading such as "Does it help?".
_EFFECT_HEADING: Final = re.compile(r"(?:do|does|can|will)\b.*\bhelp\b.*\?", re.IGNORECASE)
# What a profession is and does, and who may practice it, is no claim about effect: such sources stand for themselves.
_NO_EFFECT: Final = ("professional framework", "professional body", "policy", "regulator", "law", "government")


def check_evidence(guide: Guide, text: PageText) -> Iterator[Finding]:
    """Claims of one page about effect that cite nothing, or nothing that was read."""
    if text.kind in ("condition", "comparison", "article"):
        yield from _uncited_parts(text)
        yield from _thin_support(guide, text)
    condition = text.record
    if isinstance(condition, Condition) and condition.effect_claims and not _cites(condition):
        yield Finding("uncited-effect", partial(condition.place_of, "effect_claims"), "the text cites no source")


def _cites(condition: Condition) -> bool:
    if any(trouble.rule == "too-nested" for trouble in condition.body.prose.troubles):
        return True  # nobody knows: the text was not read
    passages: list[Passage | None] = [condition.body, condition.nuance, condition.why, condition.unknowns]
    return any(True for passage in passages if passage for _ in passage.prose.holes(CitationHole))


def _uncited_parts(text: PageText) -> Iterator[Finding]:
    """Parts with a heading that asks whether something helps, and without a citation."""
    for heading, part in _parts(text):
        cites = any(block.holes(CitationHole) for block in part)
        if _EFFECT_HEADING.fullmatch(heading.words) and not cites:
            message = f"the part '{heading.words}' cites no source"
            yield Finding("uncited-effect", partial(heading.place_of, heading.words), message)


def _parts(text: PageText) -> list[tuple[Block, list[Block]]]:
    """Each heading, and what stands under it. The last part ends with its text: the template adds its own headings."""
    parts: list[tuple[Block, list[Block]]] = []
    for block in text.blocks:
        if block.kind is BlockKind.HEADING:
            parts.append((block, []))
        elif parts and parts[-1][0].passage is block.passage:
            parts[-1][1].append(block)
    return parts


def _thin_support(guide: Guide, text: PageText) -> Iterator[Finding]:
    for block in text.all_blocks:
        cited = block.holes(CitationHole)
        sources = [guide.sources[id] for hole in cited for id in hole.ids if id in guide.sources]
        if not sources or any(source.seen is Seen.CLAIM or source.type in _NO_EFFECT for source in sources):
            continue
        hole = cited[0]
        passage = block.passage
        place = partial(passage.place, hole.spots[0]) if passage else partial(text.record.place_of, "body")
        listed = ", ".join(dict.fromkeys(source.id for source in sources))
        yield Finding("thin-support", place, f"nobody has read this claim in {listed}, and no other source backs it")
