"""Headings in steps, tables that say what they show, and pictures."""

import struct
import zlib
from typing import Final

import pytest

from otpt_site.checks.structure import HEAVIEST, LONGEST_ALT, WIDEST
from otpt_site.diagnostics import Place
from tests.kit import Case, article, check, condition, found_at, guide_of, unmarked

_PATH: Final = "articles/x.md"
_SVG: Final = {"media/a.svg": "<svg/>"}


def _png(width: int, padding: int = 0) -> bytes:
    """A picture of this width, as far as its first bytes tell."""
    head = struct.pack(">II", width, 10) + b"\x08\x02\x00\x00\x00"
    chunk = b"IHDR" + head
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return start + b"\0" * padding


CASES: Final = (
    Case(
        "a title in the text",
        article("«# Part»\n\nText."),
        "second-title",
        "another one of that rank",
        article("## Part"),
    ),
    Case(
        "an underlined title", article("«Part»\n====\n\nText."), "second-title", "of that rank", article("Part\n----")
    ),
    Case(
        "a title after others",
        article("## One\n\nText.\n\n«# Two»\n\nText."),
        "second-title",
        "of that rank",
        article("## One\n\nText.\n\n## Two\n\nText."),
    ),
    Case(
        "a step left out at the beginning",
        article("Text.\n\n«### Part»"),
        "skipped-heading",
        "rank 3 follows the page's title: ## would be",
        article("Text.\n\n## Part"),
    ),
    Case(
        "a step left out further down",
        article("## One\n\n«#### Two»"),
        "skipped-heading",
        "rank 4 follows a heading of rank 2: ### would be",
        article("## One\n\n### Two\n\n#### Three\n\n## Four"),
    ),
    Case(
        "no words",
        article("## One\n\nText.\n\n«##»\n\nText."),
        "empty-heading",
        "no words",
        article("## One\n\nText.\n\n## [](term:gait)\n\nText."),
    ),
    Case(
        "a column without a header",
        article("Table: Days\n\n| «Day» | |\n| - | - |\n| Monday | Walk |"),
        "empty-table-header",
        "column 2",
        article("Table: Days\n\n| Day | [](term:gait) |\n| - | - |\n| Monday | Walk |"),
    ),
    Case(
        "a table with a sentence above, which is no caption",
        article("My days:\n\n| «Day | What» |\n| - | - |\n| Monday | Walk |"),
        "missing-caption",
        "no caption",
        article("My days:\n\nTable: Days\n\n| Day | What |\n| - | - |\n| Monday | Walk |"),
    ),
    Case(
        "a table below another",
        article(
            "Table: Days\n| Day | What |\n| - | - |\n| Monday | Walk |\n\n"
            "| «Hour | Where» |\n| - | - |\n| Noon | Park |"
        ),
        "missing-caption",
        "no caption",
        article(
            "Table: Days\n| Day | What |\n| - | - |\n| Monday | Walk |\n\n"
            "| Hour | Where |\n| - | - |\n| Noon | Park |\nTable: Hours"
        ),
    ),
    Case(
        "words that say that it is a picture",
        article("![«An image of a cane»](media/a.svg)"),
        "poor-alt",
        "'An image of' is said twice",
        article("![A cane beside the image of a saint](media/a.svg)"),
    ),
    Case(
        "the name of a file",
        article("![«IMG_2041»](media/a.svg)"),
        "poor-alt",
        "is the name of a file",
        article("![A cane](media/a.svg)"),
    ),
    Case(
        "too many words",
        article(f"![«{'x' * LONGEST_ALT}y»](media/a.svg)"),
        "poor-alt",
        "151 characters, of at most 150",
        article(f"![{'x' * LONGEST_ALT}](media/a.svg)"),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistakes(case: Case) -> None:
    check(case._replace(path=_PATH), _SVG)


def test_pages_of_other_kinds_and_keys_are_looked_at_too() -> None:
    text = condition("[@trial-2020]\n\n### Part", why='"![Photo of a cane](media/a.svg)"')
    made = guide_of({**_SVG, "conditions/x.md": text})
    assert [rule for rule, _ in found_at(made)] == ["poor-alt", "skipped-heading"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (_PATH, article("See:\n\n![Photo\\_1.png](«media/a.svg»)")),
        ("conditions/x.md", condition(why='"![photo.png](«media/a.svg»)"')),
        ("conditions/x.md", condition(why=">\n  So\n\n\n  ![photo.png](«media/a.svg»)")),
    ],
)
def test_words_that_can_not_be_found_are_told_at_the_picture(path: str, text: str) -> None:
    plain, place = unmarked(f"content/{path}", text)
    assert found_at(guide_of({**_SVG, path: plain})) == [("poor-alt", place)]


@pytest.mark.parametrize("name", ["photo.jpg", "a.PNG", "img 12", "DSC-0001", "Screenshot 3"])
def test_names_of_files_are_no_words(name: str) -> None:
    made = guide_of({**_SVG, _PATH: article(f"![{name}](media/a.svg)")})
    assert [found.rule for found in made.diagnostics] == ["poor-alt"]


@pytest.mark.parametrize(
    ("name", "data", "rule", "says"),
    [
        ("a.png", _png(WIDEST + 1), "wide-picture", "1601 pixels wide, of at most 1600"),
        ("a.png", _png(100, HEAVIEST), "heavy-picture", "200 KB, of at most 200"),
        ("a.png", b"no picture", "unreadable-picture", "can't be read"),
        ("a.svg", b"<svg>" + b" " * HEAVIEST, "heavy-picture", "200 KB"),
    ],
)
def test_pictures_that_cost_readers_too_much(name: str, data: bytes, rule: str, says: str) -> None:
    made = guide_of({f"media/{name}": data, _PATH: article(f"![A cane](media/{name})")})
    assert found_at(made) == [(rule, Place(f"content/media/{name}"))]
    assert says in made.of(rule)[0].message


@pytest.mark.parametrize("data", [_png(WIDEST), _png(100, HEAVIEST - 100)])
def test_pictures_within_bounds(data: bytes) -> None:
    assert found_at(guide_of({"media/a.png": data})) == []
