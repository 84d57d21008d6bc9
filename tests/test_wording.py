"""The words of a page: its sentences, its blocks, and the order in which they are read."""

import html
import re
import typing
from itertools import count
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otpt_site.diagnostics import Place
from otpt_site.guide import PAGE_KINDS
from otpt_site.guide.articles import Article
from otpt_site.guide.common import ExtraSign, Visits
from otpt_site.guide.comparisons import Comparison, Row
from otpt_site.guide.conditions import Condition
from otpt_site.guide.goals import Goal
from otpt_site.guide.records import Passage, Record
from otpt_site.guide.safety import SafetyCard
from otpt_site.guide.therapies import TherapyPage
from otpt_site.markup import CitationHole, TermHole, parse
from otpt_site.readability import words_of
from otpt_site.wording import (
    READING_ORDER,
    Block,
    BlockKind,
    PageText,
    Piece,
    blocks,
    listed,
    page_texts,
    sentences,
)
from tests.kit import SITE, article, comparison, condition, goals, guide_of, plain_page, therapy
from tests.project import ONE_OF_EACH, project, told

# Sentences


def _said(text: str) -> list[str]:
    return [sentence.said for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("One. Two! Three? Four… Five", ["One.", "Two!", "Three?", "Four…", "Five"]),
        ("Rest.  Then walk.", ["Rest.", "Then walk."]),
        ("Wait... Then walk.", ["Wait...", "Then walk."]),
        ("Wait... then walk.", ["Wait... then walk."]),
        ("Wait… then walk.", ["Wait… then walk."]),
        ("Rest. 3 days will do.", ["Rest.", "3 days will do."]),
        ("It takes 2.5 hours. Rest.", ["It takes 2.5 hours.", "Rest."]),
        ("“Rest.” She did.", ["“Rest.", "She did."]),
        ('He said, "Rest." "Why?" she asked.', ['He said, "Rest.', '"Why?" she asked.']),
        ("She asks: “Can I?” and stops.", ["She asks: “Can I?” and stops."]),
        ("Rest (at home.) Then walk.", ["Rest (at home.", "Then walk."]),
        ("Rest. (It helps.) Walk.", ["Rest.", "(It helps.", "Walk."]),
        ("Rest. [It helps]. ‘Walk’.", ["Rest.", "[It helps].", "‘Walk’."]),
        ("Rest. Élan is French.", ["Rest.", "Élan is French."]),
        ("A line without a stop", ["A line without a stop"]),
    ],
)
def test_sentences(text: str, parted: list[str]) -> None:
    assert _said(text) == parted


@pytest.mark.parametrize("short", ["Dr.", "Mr.", "Ms.", "vs.", "e.g.", "i.e."])
def test_a_short_form_ends_no_sentence(short: str) -> None:
    assert _said(f"See {short} Reed. Rest.") == [f"See {short} Reed.", "Rest."]
    assert _said(f"See x{short} Reed.") == [f"See x{short}", "Reed."]


@pytest.mark.parametrize("text", ["", " ", "…", "— !", "_"])
def test_without_words_there_is_no_sentence(text: str) -> None:
    assert _said(text) == []


@given(st.text(max_size=80))
def test_no_word_is_lost_between_sentences(text: str) -> None:
    assert [word for sentence in sentences(text) for word in words_of(sentence.said)] == words_of(text)


def test_words_of_a_sentence() -> None:
    said = "It’s a follow-up — e.g. 2,000 steps, or 3.5 km; don't."
    assert words_of(said) == ["It’s", "a", "follow-up", "e.g", "2,000", "steps", "or", "3.5", "km", "don't"]


# Blocks


def _blocks(text: str) -> list[Block]:
    guide = guide_of({"conditions/x.md": condition()}).whole
    return list(blocks(Passage(parse(text), "content/a.md", 5, written=text), guide))


def _read(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.words) for block in _blocks(text)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("One\nline.\n\nTwo.", [("paragraph", "One line."), ("paragraph", "Two.")]),
        ("One  \ntwo", [("paragraph", "One"), ("paragraph", "two")]),
        ("One\n\n---\n\ntwo", [("paragraph", "One"), ("paragraph", "two")]),
        ("A **bold** and *soft* `code` & <", [("paragraph", "A bold and soft code & <")]),
        ("> Said.", [("paragraph", "Said.")]),
        ("## A *head*\n\nText", [("heading", "A head"), ("paragraph", "Text")]),
        ("- a\n- b", [("item", "a"), ("item", "b")]),
        ("1. a\n2. b", [("item", "a"), ("item", "b")]),
        ("- a\n    - b\n- c", [("item", "a"), ("item", "b"), ("item", "c")]),
        ("- a\n\n    More.\n\n- b", [("item", "a"), ("item", "More."), ("item", "b")]),
        ("- a\n\nText", [("item", "a"), ("paragraph", "Text")]),
        ("| A | B |\n| - | - |\n| c | d |", [("cell", letter) for letter in "ABcd"]),
        ("word\n: meaning", [("item", "word"), ("item", "meaning")]),
        ("/// note\nAside.\n///", [("paragraph", "Aside.")]),
        ("Before.\n\n/// safety | calf-clot\n///\n\nAfter.", [("paragraph", "Before."), ("paragraph", "After.")]),
        ("/// urgent\n- Heat\n\nCall.\n///", [("item", "Heat"), ("paragraph", "Call.")]),
        (
            "/// pt-does\nLegs.\n///\n/// ot-does\n- Hands\n///",
            [("paragraph", "Legs."), ("item", "Hands")],
        ),
        ("Walk.[^1] Rest.\n\n[^1]: A note.", [("paragraph", "Walk. Rest."), ("item", "A note.")]),
        ("## Walk[^1]\n\n[^1]: A note.", [("heading", "Walk"), ("item", "A note.")]),
        ("![A leg](media/a.svg)", []),
        ("", []),
    ],
)
def test_blocks(text: str, read: list[tuple[str, str]]) -> None:
    assert _read(text) == read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is [walking](term:gait).", "It is walking."),
        ("It is [](term:gait).", "It is gait."),
        ("It is [](term:nothing).", "It is nothing."),
        ("See [the *page*](condition:x).", "See the page."),
        ("See [](condition:x).", "See Stroke."),
        ("See [](condition:nothing).", "See nothing."),
        ("See [below](#part).", "See below."),
        ("Call [](site:emergency) now.", "Call your local emergency number now."),
        ("Call [](site:crisis) now.", "Call a crisis line now."),
        ("So [](site:feedback).", "So tell us."),
        ("Call [them](site:emergency).", "Call them."),
        ("It helps [@trial-2020]. Rest.", "It helps . Rest."),
        ("See [R&D <1](https://example.org).", "See R&D <1."),
    ],
)
def test_words_in_the_place_of_marks(text: str, words: str) -> None:
    assert [block.words for block in _blocks(text)] == [words]


def test_every_setting_has_words() -> None:
    site = guide_of({"site.yaml": SITE}).whole.site
    for name in ("emergency", "crisis", "feedback"):
        [block] = _blocks(f"[](site:{name})")
        assert block.words == getattr(site, name).words


def test_pieces_tell_what_leads_elsewhere() -> None:
    [block] = _blocks("A [b](condition:x) [c **d** e](https://example.org) f [g](term:gait) **h** i")
    assert [(piece.words, piece.linked) for piece in block.pieces] == [
        ("A ", False), ("b", True), (" ", False), ("c d e", True), (" f ", False), ("g", False), (" h i", False),
    ]  # fmt: skip
    assert [type(piece.hole).__name__ for piece in block.pieces if piece.hole] == ["ReferenceHole", "TermHole"]


def test_links_side_by_side_are_two() -> None:
    [block] = _blocks("[a](https://example.org)[b](https://example.org)")
    assert [piece.words for piece in block.pieces if piece.linked] == ["a", "b"]


def test_a_block_knows_its_marks() -> None:
    [block] = _blocks("A [b](term:gait) [c](term:step) [@trial-2020].")
    assert [hole.id for hole in block.holes(TermHole)] == ["gait", "step"]
    assert [hole.ids for hole in block.holes(CitationHole)] == [("trial-2020",)]


def test_a_block_of_only_a_citation_is_one() -> None:
    [block] = _blocks("[@trial-2020]")
    assert block.words == ""


def test_a_block_knows_where_its_words_stand() -> None:
    [_, block] = _blocks("One.\n\nTwo [three](term:gait).")
    assert block.place_of("three") == Place("content/a.md", 7, 6, 5)
    assert Block(BlockKind.FURNITURE, (Piece("x"),), None).place_of("x") == Place("")


def _listed(text: str) -> list[list[str]]:
    return [[block.words for block in items] for items in listed(_blocks(text)).values()]


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("- a\n- b\n\nText\n\n- c", [["a", "b"], ["c"]]),
        ("- a\n    - b\n    - c\n- d", [["a", "d"], ["b", "c"]]),
        ("- a\n\n    - b\n\n    after\n\n- d", [["a", "d"], ["b"]]),
        ("- a\n\n    More.\n\n- b  \n  c", [["a", "b"]]),
        ("1. a\n2. b", [["a", "b"]]),
        ("word\n: meaning\n\n| A |\n| - |\n| c |", []),
        ("Text", []),
    ],
)
def test_items_of_lists(text: str, lists: list[list[str]]) -> None:
    assert _listed(text) == lists


def test_lists_of_two_passages_are_two() -> None:
    assert len(listed([*_blocks("- a"), *_blocks("- a")])) == 2


# Reading order


def _holds_passage(hint: Any) -> bool:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct) and not issubclass(hint, Record | Passage):
        return any(map(_holds_passage, typing.get_type_hints(hint).values()))
    return hint is Passage or any(map(_holds_passage, typing.get_args(hint)))


@pytest.mark.parametrize("kind", READING_ORDER, ids=lambda kind: kind.__name__)
def test_every_passage_of_a_kind_is_read_once(kind: type[Record]) -> None:
    holders = [name for name, hint in typing.get_type_hints(kind).items() if _holds_passage(hint)]
    keys = [key for key in READING_ORDER[kind] if not key.startswith("=") and key != "opening"]
    assert sorted(keys) == sorted(set(holders) - {"summary"})


def test_holders_of_passages_are_told_apart() -> None:
    assert _holds_passage(tuple[ExtraSign, ...])
    assert _holds_passage(Passage | None)
    assert _holds_passage(Visits | None)
    assert _holds_passage(tuple[Row, ...])
    assert not _holds_passage(tuple[str, ...])


def test_every_kind_of_page_has_an_order() -> None:
    assert set(READING_ORDER) == {*(kind for _, kind in PAGE_KINDS.values()), Goal, SafetyCard}


_NUMBERS = count(100)


def _word() -> str:
    """A word that stands nowhere else."""
    return f"zq{next(_NUMBERS)}"


def _value(hint: Any) -> str:
    """YAML of words that stand nowhere else, for a key of this type."""
    if hint in (Passage, Passage | None):
        return _word()
    if hint == tuple[Passage, ...]:
        return f"[{_word()}, {_word()}]"
    if hint == Visits | None:
        return f"{{pt: [{_word()}], ot: [{_word()}]}}"
    if hint == tuple[Row, ...]:
        return f"[{{topic: {_word()}, pt: {_word()}, ot: {_word()}}}]"
    assert hint == tuple[ExtraSign, ...]
    return f"[{{level: urgent, action: same-day, text: {_word()}}}]"


def _keys(kind: type[Record]) -> dict[str, str]:
    # From the last key to the first: the numbers do not tell the order.
    names = [key for key in READING_ORDER[kind] if not key.startswith("=") and key not in ("opening", "body")]
    return {key: _value(typing.get_type_hints(kind)[key]) for key in reversed(names)}


def _body() -> str:
    return f"{_word()}\n\n## {_word()}\n\n- {_word()}\n\n{_word()}"


_OTHER: Final = {"therapies/ot.md": ONE_OF_EACH["therapies/ot.md"]}
_PAGES: Final = (
    ("conditions/x.md", condition(_body(), **_keys(Condition)), "conditions/x"),
    ("conditions/x.md", condition(_body(), **_keys(Condition), acute="true"), "conditions/x"),
    ("goals.yaml", goals(**_keys(Goal)), "goals/climb-stairs"),
    ("comparisons/x.md", comparison(_body(), **_keys(Comparison)), "compare/x"),
    ("articles/x.md", article(_body(), **_keys(Article)), "articles/x"),
    ("pages/x.md", plain_page(_body()), "x"),
    ("therapies/pt.md", therapy(_body(), **_keys(TherapyPage)), "therapies/physical-therapy"),
)


def _main(page: str) -> str:
    """What a reader sees of the main part of a page."""
    found = re.search(r"<main.*</main>", page, re.DOTALL)
    assert found
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", found[0])).split())


def _assert_read_in_order(text: PageText, main: str) -> None:
    at = 0
    for block in text.blocks:
        # "Physical therapy (PT)" may stand within a sentence.
        found = main.lower().find(block.words.lower(), at)
        assert found >= 0, f"{block.words!r} does not stand in {main[at:]!r}"
        at = found + len(block.words)


@pytest.mark.parametrize(("path", "file", "address"), _PAGES)
def test_the_order_is_that_of_the_page(path: str, file: str, address: str, tmp_path: Path) -> None:
    files = {**_OTHER, path: file}
    [text] = [text for text in page_texts(guide_of(files).whole) if "zq" in str(text)]
    made = project(tmp_path, {**ONE_OF_EACH, **files})
    report = made.build()
    assert not report.stopped, told(report)
    main = _main(made.page(f"{address}/index.html"))
    _assert_read_in_order(text, main)
    written = re.findall(r"zq\d+", file)
    assert sorted(word for block in text.blocks for word in re.findall(r"zq\d+", block.words)) == sorted(written)


def test_the_order_is_that_of_the_safety_card(tmp_path: Path) -> None:
    keys = "".join(f", {key}: {value}" for key, value in _keys(SafetyCard).items())
    files = {
        "safety.yaml": f"cards:\n- {{id: stroke-signs, level: urgent, action: same-day{keys}}}\n",
        "conditions/stroke.md": condition(safety="[stroke-signs]"),
    }
    made = project(tmp_path, {**ONE_OF_EACH, **files})
    report = made.build()
    assert not report.stopped, told(report)
    [text] = [text for text in page_texts(guide_of(files).whole) if text.kind == "safety"]
    assert len(text.blocks) == 5
    _assert_read_in_order(text, _main(made.page("conditions/stroke/index.html")))


@pytest.mark.parametrize(
    ("lead", "joins", "shown"),
    [
        ("pt", "none", ["Physical therapy (PT)"]),
        ("ot", "pt", ["Physical therapy (PT)", "Occupational therapy (OT)"]),
        ("ot", "none", ["Occupational therapy (OT)"]),
        ("both", "none", ["Physical therapy (PT)", "Occupational therapy (OT)"]),
    ],
)
def test_the_answer_names_the_therapies(lead: str, joins: str, shown: list[str]) -> None:
    guide = guide_of({"conditions/x.md": condition(lead=lead, joins=joins)}).whole
    [text] = [text for text in page_texts(guide) if text.kind == "condition"]
    before_why = [block.words for block in text.blocks[: len(shown)]]
    assert before_why == shown
    assert text.blocks[len(shown)].words == "It works on walking"


def test_a_therapy_names_itself() -> None:
    texts = [text for text in page_texts(guide_of(_OTHER).whole) if text.kind == "therapy"]
    named = {text.record.id: text.blocks[0].words for text in texts}
    assert named == {"pt": "Physical therapy (PT)", "ot": "Occupational therapy (OT)"}


def test_what_its_author_wrote_is_the_summary_too_and_nothing_of_the_template() -> None:
    guide = guide_of({"conditions/x.md": condition("More.")}).whole
    [text] = [text for text in page_texts(guide) if text.kind == "condition"]
    assert [block.words for block in text.summary] == ["What it is, in one sentence"]
    assert [block.words for block in text.all_blocks] == [
        "What it is, in one sentence", "It works on walking", "More.", "Helps you stand", "Helps you dress",
        "How often?",
    ]  # fmt: skip
    assert [block.kind for block in text.blocks].count(BlockKind.FURNITURE) == 3


def test_every_page_and_card_has_a_text() -> None:
    texts = [(text.kind, text.record.id) for text in page_texts(guide_of(ONE_OF_EACH).whole)]
    assert texts == [
        ("therapy", "ot"), ("therapy", "pt"), ("condition", "stroke"), ("goal", "climb-stairs"), ("comparison", "fall"),
        ("article", "which-first"), ("page", "about"), ("page", "sessions"), ("safety", "stroke-signs"),
        ("safety", "calf-clot"), ("safety", "low-mood"),
    ]  # fmt: skip
