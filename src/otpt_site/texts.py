"""What a page may show and what its rules may look at, as digests: both are done again only when these are new."""

import hashlib
from collections.abc import Collection, Container, Iterable
from typing import Final

import msgspec

from otpt_site.guide import TABLES, TableHead
from otpt_site.parts import FileParts, Part

Target = tuple[str, str]
"""A kind and an id."""

# The settings, and the words that rules treat apart.
_SEEN_BY_RULES: Final = ("site", *(kind for table in ("glossary.yaml", "words.yaml") for _, kind, _ in TABLES[table]))
# What stands around every page names these.
_SEEN_EVERYWHERE: Final = ("site", "person", "page", "therapy", "area")
# Only these show what names them: a condition, its goals and comparisons.
_SHOW_WHAT_NAMES_THEM: Final = ("condition:",)
_UNSEEN: Final = b"none"


class _Seen(dict[str, bytes]):
    """What others see of each part, by its name; of a name that nothing bears, or of what is hidden, nothing."""

    def __missing__(self, name: str) -> bytes:
        return _UNSEEN


class Texts:
    """Digests of what is written: what is made of a text is the same as long as those that it may look at are.

    Parts are told apart by what others see of them; of its own text, a page may see all. `hidden` are the names of
    parts that are not in the site.
    """

    def __init__(self, parts: Iterable[Part], heads: Iterable[TableHead], hidden: Container[str]) -> None:
        self._own: dict[str, bytes] = {}
        self._seen = _Seen()
        self._named: dict[str, tuple[str, ...]] = {}
        self._naming: dict[str, list[str]] = {}
        words, everywhere = hashlib.sha256(), hashlib.sha256(msgspec.msgpack.encode(list(heads)))
        for part in parts:
            name = part.name
            self._named[name] = part.names
            if name not in hidden:
                self._own[name], self._seen[name] = part.digest, part.outline
                for named in part.names:
                    if named.startswith(_SHOW_WHAT_NAMES_THEM):
                        self._naming.setdefault(named, []).append(name)
            if part.kind in _SEEN_BY_RULES:
                words.update(part.outline)
            if part.kind in _SEEN_EVERYWHERE:
                everywhere.update(part.outline + bytes([name in hidden]))
        self._words, self._everywhere = words.digest(), everywhere.digest()
        self._around = _Seen((name, self._digest_around(name)) for name in self._seen)

    def _digest_around(self, name: str) -> bytes:
        """What is seen of one part, of those that it names and, where these are shown there, of those that name it."""
        # These digests are taken of every part at each build: `map` looks names up in a third of the time.
        seen = self._seen.__getitem__
        naming = map(seen, self._naming.get(name, ()))
        parts = (seen(name), *map(seen, self._named[name]), b"named by", *naming)
        return hashlib.sha256(b"".join(parts)).digest()

    def for_rules(self, kind: str, id: str) -> bytes:
        """The digest of all that the rules on one page may look at.

        That is its own text, what it names, the settings and the words of the guide.
        """
        name = f"{kind}:{id}"
        named = map(self._seen.__getitem__, self._named[name])
        return hashlib.sha256(b"".join((self._words, self._own[name], *named))).digest()

    def for_page(self, kind: str, id: str) -> bytes:
        """The digest of all that the page of this one thing may show.

        That is its own text, two steps along the names (a card shows what it names; a goal, the comparisons of its
        conditions), and what stands around every page.
        """
        name = f"{kind}:{id}"
        named = map(self._around.__getitem__, self._named[name])
        own = (self._everywhere, self._words, self._own[name], self._around[name])
        return hashlib.sha256(b"".join((*own, *named))).digest()


class Net(msgspec.Struct, frozen=True, array_like=True):
    """What names what, without the texts: the names in each part, by its own name, of each file by its path.

    `surroundings` is the digest of all that pages could see of each other then.
    """

    surroundings: bytes
    files: dict[str, dict[str, tuple[str, ...]]]

    @classmethod
    def of(cls, surroundings: bytes, files: Iterable[FileParts]) -> "Net":
        """The net of these files."""
        return cls(surroundings, {file.path: {part.name: part.names for part in file.parts} for file in files})

    def seen_from(self, pages: Collection[str]) -> dict[str, set[str]]:
        """All that these pages may show and that their rules may look at, in the order of the guide: parts by file.

        That is what `Texts.for_page` and `Texts.for_rules` digest.
        """
        named = {name: names for parts in self.files.values() for name, names in parts.items()}
        near = {*pages, *(one for page in pages for one in named[page])}
        seen = {*near, *(one for name in near for one in named.get(name, ()))}
        shown_there = {name for name in near if name.startswith(_SHOW_WHAT_NAMES_THEM)}
        everywhere = tuple(f"{kind}:" for kind in (*_SEEN_BY_RULES, *_SEEN_EVERYWHERE))
        chosen = {
            path: {
                name
                for name, names in parts.items()
                if name in seen or name.startswith(everywhere) or not shown_there.isdisjoint(names)
            }
            for path, parts in self.files.items()
        }
        # What stands above the rows of a table is seen everywhere.
        return {path: names for path, names in chosen.items() if names or path in TABLES}
