"""What a page may show and what its rules may look at, as digests: both are done again only when these are new."""

import hashlib
from collections.abc import Container, Iterable
from typing import Final

import msgspec

from otpt_site.guide import TABLES, TableHead
from otpt_site.parts import Part

Target = tuple[str, str]
"""A kind and an id."""

# The settings, and the words that rules treat apart.
_SEEN_BY_RULES: Final = ("site", *(kind for table in ("glossary.yaml", "words.yaml") for _, kind, _ in TABLES[table]))
# What stands around every page names these.
_SEEN_EVERYWHERE: Final = ("site", "person", "page", "therapy", "area")


class Texts:
    """Digests of what is written: what is made of a text is the same as long as those that it may look at are.

    Parts are told apart by what others see of them; of its own text, a page may see all.
    """

    def __init__(self, parts: Iterable[Part], heads: Iterable[TableHead], hidden: Container[Target]) -> None:
        self._own: dict[Target, bytes] = {}
        self._seen: dict[Target, bytes] = {}
        self._named: dict[Target, list[Target]] = {}
        self._naming: dict[Target, list[Target]] = {}
        words, everywhere = hashlib.sha256(), hashlib.sha256(msgspec.msgpack.encode(list(heads)))
        for part in parts:
            target = (part.kind, part.id)
            self._named[target] = list(dict.fromkeys((mention.kind, mention.id) for mention in part.mentions))
            if target not in hidden:
                self._own[target], self._seen[target] = part.digest, part.outline
                for named in self._named[target]:
                    self._naming.setdefault(named, []).append(target)
            if part.kind in _SEEN_BY_RULES:
                words.update(part.outline)
            if part.kind in _SEEN_EVERYWHERE:
                everywhere.update(part.outline + bytes([target in hidden]))
        self._words, self._everywhere = words.digest(), everywhere.digest()
        self._around = {target: self._digest_around(target) for target in self._seen}

    def _digest_around(self, target: Target) -> bytes:
        """What is seen of one part, of those that it names and of those that name it."""
        seen = self._seen
        parts = [seen.get(one, b"none") for one in (target, *self._named[target])]
        parts += [b"named by", *(seen[one] for one in self._naming.get(target, ()))]
        return hashlib.sha256(b"".join(parts)).digest()

    def for_rules(self, kind: str, id: str) -> bytes:
        """The digest of all that the rules on one page may look at.

        That is its own text, what it names, the settings and the words of the guide.
        """
        named = [self._seen.get(target, b"none") for target in self._named[kind, id]]
        return hashlib.sha256(b"".join((self._words, self._own[kind, id], *named))).digest()

    def for_page(self, kind: str, id: str) -> bytes:
        """The digest of all that the page of this one thing may show.

        That is its own text, two steps along the names in either direction (a card shows what it names; a goal, the
        comparisons of its conditions), and what stands around every page.
        """
        named = [self._around.get(target, b"none") for target in self._named[kind, id]]
        own = (self._everywhere, self._words, self._own[kind, id], self._around[kind, id])
        return hashlib.sha256(b"".join((*own, *named))).digest()
