"""Prints how long Markdown takes, in milliseconds of processor time a text: the shipped guide's, and made-up articles.

    python -m bench.markup [content]

An article has 600 words, headings, lists, a table, six links, and quotation marks about as often as the shipped pages.
The library's figures are for the same articles, with the same extensions and none of our marks read.
"""

import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final
from unittest.mock import patch

from markdown import Markdown

from otpt_site.guide import reading
from otpt_site.markup import Prose, parse, parse_inline
from otpt_site.markup.swift import SwiftExtension
from otpt_site.part_bytes import encoded_parts
from otpt_site.parts import is_content
from otpt_site.sources import read_sources

EXTENSIONS: Final = ("abbr", "attr_list", "def_list", "fenced_code", "footnotes", "sane_lists", "smarty", "tables")
_ARTICLES: Final = 40
_ROUNDS: Final = 7
_WORDS: Final = (
    "a about after arm ask at balance bath button chair clinic cup daily doctor door each exercise eyes finger first"
    " foot for garden goal grip hand help home in is kitchen knee learn leg lift list move night of often on or pain"
    " plan practice reach rest safe shirt shoulder sit slow spoon stairs stand step strength stroke team the therapist"
    " to tool try walk week with wrist you your"
).split()
_TARGETS: Final = ("condition:stroke", "goal:climb-stairs", "term:gait", "https://example.org/", "page:about", "#home")
# How a sentence ends, as often as on the shipped pages: quotation marks, emphasis and a source are rare.
_ENDS: Final = (*["."] * 50, "?", " *now*.", " **every day**.", ', says "the team".', ". It's slow.", " [@legg-2017].")


def article(number: int) -> str:
    """The made-up article of this number: the same text at every run."""
    chance = random.Random(number)  # nothing here is secret
    links = (f"[{_words(chance, 2)}]({target})" for target in _TARGETS)
    parts = []
    for heading in range(4):
        parts += [f"## {_words(chance, 4)}", *(_paragraph(chance, 45, next(links, "")) for _ in range(2))]
        if heading % 2:
            parts.append("\n".join(f"- {_words(chance, 9)}" for _ in range(5)))
    rows = "".join(f"\n| {_words(chance, 2)} | {_words(chance, 8)} | {_words(chance, 8)} |" for _ in range(5))
    parts.append(f"| What | Physical therapy | Occupational therapy |\n| --- | --- | --- |{rows}")
    return "\n\n".join(parts) + "\n"


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(_WORDS, k=count)).capitalize()


def _paragraph(chance: random.Random, count: int, link: str) -> str:
    sentences = [_words(chance, 9) + chance.choice(_ENDS) for _ in range(count // 9)]
    return " ".join([*sentences, f"See {link}."] if link else sentences)


def real_texts(content: Path) -> tuple[list[str], list[str]]:
    """The texts of a guide, in the order in which a build reads them: of its pages, and the lines of their keys."""
    pages: list[str] = []
    lines: list[str] = []
    with (
        patch.object(reading, "parse", _noting(pages, parse)),
        patch.object(reading, "parse_inline", _noting(lines, parse_inline)),
    ):
        for source in read_sources(content, _ignore):
            if is_content(source.path):
                encoded_parts(source)
    return pages, lines


def _noting(texts: list[str], read: Callable[[str], Prose]) -> Callable[[str], Prose]:
    def noted(text: str) -> Prose:
        texts.append(text)
        return read(text)

    return noted


def _ignore(_problem: object) -> None:
    pass


def _milliseconds(read: Callable[[str], object], texts: Sequence[str]) -> float:
    """Of the quickest round, for one text."""
    return min(_seconds(read, texts) for _ in range(_ROUNDS)) * 1000 / len(texts)


def _seconds(read: Callable[[str], object], texts: Iterable[str]) -> float:
    begin = time.process_time()
    for text in texts:
        read(text)
    return time.process_time() - begin


def main() -> None:
    """Measures the guide in the folder named on the command line, or the shipped one, and the articles."""
    content = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1] / "content")
    pages, lines = real_texts(content)
    articles = [article(number) for number in range(_ARTICLES)]
    stock, swift = Markdown(extensions=[*EXTENSIONS]), Markdown(extensions=[*EXTENSIONS, SwiftExtension()])
    for name, read, texts in (
        ("pages of the guide", parse, pages),
        ("lines of the guide", parse_inline, lines),
        ("articles", parse, articles),
        ("articles, stock library", lambda text: stock.reset().convert(text), articles),
        ("articles, swift library", lambda text: swift.reset().convert(text), articles),
    ):
        words = sum(len(text.split()) for text in texts) / len(texts)
        print(f"{name:<24}{_milliseconds(read, texts):8.3f} ms each, of {len(texts)} with {words:.0f} words")


if __name__ == "__main__":
    main()
