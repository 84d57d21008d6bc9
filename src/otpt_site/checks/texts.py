"""One page's share of the rules: what is wrong with its text, and what the rules on the whole guide need to know of it.

To read every text takes longer than all else that a rebuild does, so what was found is kept by the digest of the text.
That is why the rules called here may look at the page's own record, at the records which it names, at the settings
and at the words of the guide, and at nothing else: `texts.Texts` digests just these.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

import msgspec

from otpt_site.cache import Store
from otpt_site.checks.balance import words_of_therapies
from otpt_site.checks.danger import check_danger, levels_shown
from otpt_site.checks.evidence import check_evidence
from otpt_site.checks.findings import told
from otpt_site.checks.language import LONG_SENTENCE, check_text, long_paragraphs
from otpt_site.checks.phrases import check_phrases
from otpt_site.checks.spelling import check_spelling
from otpt_site.checks.structure import check_structure
from otpt_site.checks.terms import check_terms
from otpt_site.checks.traits import Traits
from otpt_site.checks.trust import check_summary
from otpt_site.checks.unwritten import check_unwritten
from otpt_site.checks.ways import named_pages
from otpt_site.checks.word_memory import Answered, WordMemory, lately_answered
from otpt_site.diagnostics import Diagnostic, problem
from otpt_site.library import Guide
from otpt_site.readability import Readability, measure, search_for_names
from otpt_site.texts import Target
from otpt_site.wording import TEXT_KINDS, PageText, page_text
from otpt_site.workers import spread

_PAY: Final = 400
"""From so many texts on, several processes read them faster than one."""

_DECODER: Final = msgspec.msgpack.Decoder(Traits)


def texts_of(guide: Guide) -> list[Target]:
    """Every page and safety card."""
    return [(kind, id) for kind in TEXT_KINDS for id in guide.shelf(kind)]


def traits_of(guide: Guide, targets: Sequence[Target], store: Store | None = None) -> Iterator[Traits]:
    """The traits of these texts, worked out or kept in the `store` from when the texts were the same.

    When they are many, other processes begin at once; the traits come as soon as they are asked for.
    """
    keys = {target: _key(guide, store, target) for target in targets}
    known = dict(zip(targets, store.get_all("traits", keys.values()), strict=True)) if store else {}
    new = [target for target in targets if known.get(target) is None]
    memory = WordMemory(store) if store and new else None
    found = spread(partial(_encoded_traits, guide), new, worth=_PAY)

    def collected() -> Iterator[Traits]:
        for target in targets:
            data = known.get(target)
            if data is None and (read := next(found)):
                data, answered = read
                if store and memory:
                    store.put("traits", keys[target], data)
                    memory.learn(answered)
            yield _DECODER.decode(data) if data else _no_traits(guide, target)
        if memory:
            memory.keep()

    return collected()


def _key(guide: Guide, store: Store | None, target: Target) -> bytes:
    return f"{store.engine} ".encode() + guide.texts.for_rules(*target) if store else b""


def _encoded_traits(guide: Guide, target: Target) -> tuple[bytes, Answered]:
    """The traits of a text, as they are kept, and what the dictionaries were asked for them."""
    kind, id = target
    text = page_text(guide, kind, id)
    said = [sentence for block in text.prose for sentence in block.sentences]
    names = search_for_names(tuple(row.name for row in guide.names.values()))
    pt_words, ot_words = words_of_therapies(text.record)
    traits = Traits(
        kind,
        id,
        text.record.place,
        measure(said, names, text.chunks),
        sum(len(sentence.syllables) > LONG_SENTENCE for sentence in said),
        tuple(digest for digest, _ in long_paragraphs(text)),
        tuple(sorted(set(named_pages(text)))),
        frozenset(levels_shown(guide, text.record)),
        pt_words,
        ot_words,
        tuple(_problems(guide, text)),
    )
    # Sets are written in one order: what is kept must not depend on how this process hashes.
    return msgspec.msgpack.encode(traits, order="deterministic"), lately_answered()


def _problems(guide: Guide, text: PageText) -> Iterator[Diagnostic]:
    yield from check_summary(guide, text)
    for check in (
        check_evidence, check_text, check_terms, check_unwritten, check_structure, check_phrases, check_spelling,
        check_danger,
    ):  # fmt: skip
        yield from told(check(guide, text), text.record.place)


def _no_traits(guide: Guide, target: Target) -> Traits:
    """For a text that could not be read to its end."""
    place = guide.shelf(target[0])[target[1]].place
    crashed = problem("worker-crashed", place, "the process that checked this text ended before it was done")
    return Traits(*target, place, Readability(), 0, (), (), frozenset(), 0, 0, (crashed,))
