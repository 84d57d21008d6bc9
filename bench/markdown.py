"""The made-up guide as plain Markdown pages for the other tools: the same words, and what our templates add to them.

A page of ours takes its cards, headings and lists of links from tables and templates. The others have neither, so here
all of it stands in the Markdown, links with their titles written out: that spares them the looking up.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from bench.corpus import SECTIONS, Corpus, Page
from bench.guide import markdown_table

_REFERENCE: Final = re.compile(r"\[\]\((\w+):([\w-]+)\)")
_TERM: Final = re.compile(r"\[(\w+)\]\(term:\w+\)")
_CITATION: Final = re.compile(r" \[@trial-(\d+)\]")
_ANSWERS: Final = {"pt": "physical therapy", "ot": "occupational therapy", "both": "both therapies"}
_ASIDES: Final = {"condition": 2, "goal": 2, "comparison": 5, "article": 0}

# The target of a link, from the folder of the page's section and its id.
Target = Callable[[str, str], str]


class MarkdownWriter:
    """Writes pages whose links lead where `target` says."""

    def __init__(self, corpus: Corpus, target: Target) -> None:
        self._titles = {(page.kind, page.id): page.title for page in corpus.pages}
        self._cards = {card.id: card for card in corpus.cards}
        self._sources = corpus.sources
        self._target = target

    def body(self, page: Page) -> str:
        """The page's Markdown below its title."""
        parts = [f"**In short:** {_ANSWERS[page.lead]}. {page.why}", page.nuance, *self._care(page)]
        if page.pt_does:
            parts += ["## How PT helps", _list(page.pt_does), "## How OT helps", _list(page.ot_does)]
        parts += self._sections(page)
        parts += ["## What is not known", *page.remarks[: _ASIDES[page.kind]]] if _ASIDES[page.kind] else []
        parts += ["## Questions to ask", _list(page.questions)]
        parts += ["## Read next", _list(self._further(page))]
        parts += [
            "## Sources",
            _list(f"Reed R, Wood W. [{self._sources[id]}](https://example.org/{id}). 2020." for id in page.sources),
        ]
        return "\n\n".join(map(self._plain, parts)) + "\n"

    def _care(self, page: Page) -> Iterator[str]:
        yield "## When to get help now"
        for id in page.cards:
            card = self._cards[id]
            yield f"### A sign that is {card.level}"
            yield _list(card.signs)
            yield card.why

    def _sections(self, page: Page) -> Iterator[str]:
        for section in page.sections:
            if section.heading:
                yield f"## {section.heading}"
            yield from section.paragraphs
            if section.points:
                yield _list(section.points)
        yield "## Side by side"
        yield markdown_table(page.table)

    def _further(self, page: Page) -> Iterator[str]:
        conditions = tuple(("condition", id) for id in page.conditions)
        return (f"[]({kind}:{id})" for kind, id in page.related + conditions)

    def _plain(self, text: str) -> str:
        """Our references as links, our citations and terms as words."""
        text = _REFERENCE.sub(self._link, text)
        return _CITATION.sub(r" (trial \1)", _TERM.sub(r"\1", text))

    def _link(self, reference: re.Match[str]) -> str:
        kind, id = reference.groups()
        return f"[{self._titles[kind, id]}]({self._target(SECTIONS[kind], id)})"


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
