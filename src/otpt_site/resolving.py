"""What names what: checks that everything named in the content exists, is shown, and has the heading that is named."""

from collections.abc import Iterator, Sequence
from typing import Any

from otpt_site.diagnostics import Place, Report, problem
from otpt_site.guide import LINKABLE, PAGE_KINDS, TABLES, TableHead
from otpt_site.guide.common import PageState
from otpt_site.guide.records import kind_in_words
from otpt_site.parts import Mention, Part, To
from otpt_site.sources import SourceFile
from otpt_site.suggestions import suggestion


class Shelf:
    """All records that could be read, and what is known of those that could not.

    A page with a mistake in it must not be called missing as well, and what it names is still looked up.
    """

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Any]] = {kind: {} for kind, _ in PAGE_KINDS.values()}
        self.records |= {kind: {} for lists in TABLES.values() for _, kind, _ in lists}
        self.known: dict[str, dict[str, Place]] = {kind: {} for kind in self.records}
        # None for a page whose text could not be found in its file.
        self.headings: dict[tuple[str, str], Sequence[str] | None] = {}
        self.parts: list[Part] = []
        self.heads = {name: TableHead() for name in TABLES}
        # Kinds whose table could not be read: no id of theirs can be called missing.
        self.unread: set[str] = set()

    def claim(self, kind: str, id: str, place: Place, report: Report) -> bool:
        """Takes an id for what stands at this place. False when it is taken already, which is reported."""
        first = self.known[kind].setdefault(id, place)
        if first is not place:
            where = f"on line {first.line}" if first.path == place.path else f"in {first.path}"
            report(problem("duplicate-id", place, f"the {kind_in_words(kind)} '{id}' is {where} already"))
        return first is place


class Resolver:
    """Checks that everything named exists and is shown; `named` is all that was named, in so many places as `links`."""

    def __init__(
        self, shelf: Shelf, hidden: dict[tuple[str, str], PageState], pictures: dict[str, SourceFile], report: Report
    ) -> None:
        self._shelf = shelf
        self._hidden = hidden
        self._pictures = pictures
        self._by_folded_path = {path.casefold(): path for path in pictures}
        self._report = report
        self.named: set[str] = set()
        self.links = 0

    def check(self) -> None:
        """Reports all that is named and is not there to be named."""
        fine = frozenset(self._fine())
        for part in self._shelf.parts:
            self.links += part.links
            self.named.update(part.names)
            if not (fine.issuperset(part.names) and fine.issuperset(part.fragments)):
                self._look_closer(part)

    def _fine(self) -> Iterator[str]:
        """What anyone may name."""
        yield "self:"
        for kind, known in self._shelf.known.items():
            yield from (f"{kind}:{id}" for id in known if (kind, id) not in self._hidden)
        for target, headings in self._shelf.headings.items():
            if target not in self._hidden:
                yield from (f"{target[0]}:{target[1]}#{heading}" for heading in headings or ())
        yield from (f"picture:{path}" for path in self._pictures)

    def _look_closer(self, part: Part) -> None:
        """Looks at each place of a part that names something which may be missing or hidden."""
        # What a page that is not shown refers to can wait until it is shown; but it must exist.
        left_out = (part.kind, part.id) in self._hidden
        for mention in part.mentions.value:
            if mention.to is To.PICTURE:
                self._check_picture(mention)
            elif mention.to is To.OWN_HEADING:
                self._check_heading((part.kind, part.id), mention.fragment, mention.place)
            else:
                self._check(mention, left_out)

    def _check(self, mention: Mention, left_out: bool) -> None:
        kind, id, place = mention.kind, mention.id, mention.place
        if kind not in self._shelf.known:
            message = f"there is no kind of content called '{kind}'"
            self._report(problem("unknown-kind", place, message, suggestion(kind, LINKABLE)))
        elif id not in self._shelf.known[kind]:
            if kind not in self._shelf.unread:
                hint = suggestion(id, self._shelf.known[kind]) or self._elsewhere(id)
                self._report(problem("unknown-reference", place, f"there is no {kind_in_words(kind)} '{id}'", hint))
        elif (kind, id) in self._hidden and not left_out:
            state = self._hidden[kind, id].in_words
            self._report(problem("hidden-reference", place, f"the {kind} '{id}' is not in the site: it is {state}"))
        elif mention.fragment:
            self._check_heading((kind, id), mention.fragment, place)

    def _elsewhere(self, id: str) -> str:
        kinds = [kind for kind in LINKABLE if id in self._shelf.known[kind]]
        return f"There is a {kinds[0]} of that id: {kinds[0]}:{id}" if kinds else ""

    def _check_heading(self, target: tuple[str, str], fragment: str, place: Place) -> None:
        known = self._shelf.headings.get(target, ())
        if known is None or fragment in known:
            return
        headings = f"Its headings are: {', '.join(known)}." if known else "It has no headings."
        hint = suggestion(fragment, known) or headings
        message = f"there is no heading '{fragment}' on the {target[0]} '{target[1]}'"
        self._report(problem("missing-anchor", place, message, hint))

    def _check_picture(self, mention: Mention) -> None:
        if mention.id in self._pictures:
            return
        other_case = self._by_folded_path.get(mention.id.casefold())
        hint = suggestion(mention.id, self._pictures)
        if other_case:
            hint = f"There is {other_case}: small and capital letters differ."
        message = f"there is no picture content/{mention.id}"
        self._report(problem("missing-image", mention.place, message, hint))
