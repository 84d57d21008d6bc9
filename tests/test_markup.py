"""Markdown → Prose: each mark, each fault at its place with a near miss beside it, and what holds for any text."""

import re
import time
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension

from otpt_site.markup import (
    CardHole,
    CareClose,
    CareOpen,
    CitationHole,
    ImageHole,
    PairClose,
    PairOpen,
    Prose,
    ReferenceHole,
    SettingHole,
    SideClose,
    SideOpen,
    Spot,
    TermHole,
    parse,
    parse_inline,
)
from otpt_site.markup.cleaning import clean
from otpt_site.rules import RULES


def shown(prose: Prose) -> str:
    """The HTML, with the type of each hole in braces."""
    return "".join(s if isinstance(s, str) else f"{{{type(s).__name__}}}" for s in prose.segments)


def faults(prose: Prose) -> list[tuple[str, int, int, int]]:
    """Rule, line, column and length of each trouble."""
    return [(t.rule, t.spot.line, t.spot.column, t.spot.length) for t in prose.troubles]


def fault(text: str) -> tuple[str, str]:
    """The rule of the only trouble, and what its spot shows."""
    (trouble,) = parse(text).troubles
    return trouble.rule, cut(text, trouble.spot)


def cut(text: str, spot: Spot) -> str:
    """What stands at a spot."""
    return text.split("\n")[spot.line - 1][spot.column - 1 :][: spot.length]


# Plain Markdown


def test_empty() -> None:
    assert parse("") == parse(" \n\n") == parse_inline("") == Prose()


def test_quotes_dashes_and_ellipsis_are_set() -> None:
    assert shown(parse('"It\'s" -- so...')) == "<p>“It’s” – so…</p>"  # noqa: RUF001


def test_lists_of_two_kinds_do_not_mix() -> None:
    assert shown(parse("1. a\n\n- b")).count("<li>") == 2
    assert "<ol>" in shown(parse("1. a\n\n- b"))
    assert "<ul>" in shown(parse("1. a\n\n- b"))


def test_column_alignment_is_a_class() -> None:
    html = shown(parse("a | b | c\n--: | :-: | -\n1 | 2 | 3"))
    assert '<td class="align-right">1</td>\n<td class="align-center">2</td>\n<td>3</td>' in html
    assert "style" not in html
    assert "align=" not in html


def test_definition_list_abbreviation_and_attributes() -> None:
    html = shown(parse("ROM\n: how far\n\nThe ROM.\n{: .wide #here }\n\n*[ROM]: range of motion"))
    assert '<dt><abbr title="range of motion">ROM</abbr></dt>' in html
    assert '<p class="wide" id="here">' in html


def test_footnotes() -> None:
    prose = parse("Word[^1].\n\n[^1]: Note.")
    assert '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>' in shown(prose)
    assert "title=" not in shown(prose)
    assert "↩" in shown(prose)
    assert prose.words == "Word. Note."


ROWS = "| a | b |\n| - | - |\n| c | d |"


@pytest.mark.parametrize(
    "text",
    [
        f"Table: What **each** does\n\n{ROWS}",
        f"Table: What **each** does\n{ROWS}",
        f"{ROWS}\nTable: What **each** does",
        f"{ROWS}\n\ntable: What **each** does\n\nAnd more.",
        f"/// note\nTable: What **each** does\n{ROWS}\n///",
        f"- One\n\n    Table: What **each** does\n\n{ROWS}".replace("\n|", "\n    |"),
    ],
)
def test_table_with_a_caption(text: str) -> None:
    html = shown(parse(text))
    assert "<table><caption>What <strong>each</strong> does</caption>\n<thead>" in html
    assert html.count("<td>") == 2
    assert "able:" not in html


def test_caption_between_two_tables_belongs_to_the_one_below() -> None:
    first, second = shown(parse(f"{ROWS}\n\nTable: What\n\n{ROWS}")).split("</table>")[:2]
    assert "<caption>" not in first
    assert "<caption>What</caption>" in second


def test_caption_holds_marks_with_their_places() -> None:
    prose = parse(f"{ROWS}\nTable: Your [gait](term:gait) [@b]")
    assert [hole.spot for hole in prose.holes(TermHole)] == [Spot(4, 20, 9)]
    assert [hole.spots for hole in prose.holes(CitationHole)] == [(Spot(4, 33, 1),)]
    assert prose.words == "Your gait a b c d"


@pytest.mark.parametrize(
    "text", [f"```\nTable: What\n{ROWS}\n```", "Table: What", f"Table: What\n\nMore.\n\n{ROWS}", f"Table:\n\n{ROWS}"]
)
def test_what_is_no_caption(text: str) -> None:
    prose = parse(text)
    assert "<caption>" not in shown(prose)
    assert "Table:" in prose.words


def test_table_cell_with_a_reference() -> None:
    assert "<td>{ReferenceHole}</td>" in shown(parse("a | b\n- | -\n1 | [z](page:z)"))


# Headings


def test_headings() -> None:
    prose = parse("# One\n\n## Two *em* [s](condition:s)[@a] #\n\nThree\n-----\n\n> ## Four")
    assert [(h.level, h.id, h.words, h.spot) for h in prose.headings] == [
        (2, "one", "One", Spot(1, 1, 5)),
        (2, "two-em-s", "Two em s", Spot(3, 1, 34)),
        (2, "three", "Three", Spot(5, 1, 5)),
        (2, "four", "Four", Spot(8, 3, 7)),
    ]
    assert prose.headings[1].html == "Two <em>em</em> s"
    assert '<h2 id="two-em-s">Two <em>em</em> {ReferenceHole}{CitationHole}</h2>' in shown(prose)


def test_heading_ids_keep_letters_of_all_languages() -> None:
    assert [h.id for h in parse("## Übung für die Füße\n\n## 手の治療\n\n## It's “so”").headings] == [
        "übung-für-die-füße",
        "手の治療",
        "its-so",
    ]


def test_heading_ids_are_unique() -> None:
    prose = parse("## A\n\n## A\n\n## B {#a}\n\n## C {#x}\n\n## D {#x}\n\n## !\n\n## !\n\n## fn:1")
    assert [h.id for h in prose.headings] == ["a-2", "a-3", "a", "x", "x-2", "section", "section-2", "fn1"]


def test_same_underlined_heading_twice_has_two_places() -> None:
    assert [h.spot.line for h in parse("A\n-\n\ntext\n\nA\n-").headings] == [1, 6]


def test_heading_shows_no_footnote_number_in_its_words() -> None:
    (heading,) = parse("## A[^1]\n\n[^1]: b").headings
    assert (heading.id, heading.html, heading.words) == ("a", "A", "A")


# References


@pytest.mark.parametrize("kind", ["condition", "goal", "comparison", "article", "therapy", "page", "person", "source"])
def test_reference(kind: str) -> None:
    text = f"Go to [*the* page]({kind}:x-1#part) now."
    hole = ReferenceHole(kind, "x-1", "part", "<em>the</em> page", Spot(1, 20, len(kind) + 9))
    assert parse(text).segments == ("<p>Go to ", hole, " now.</p>")
    assert cut(text, hole.spot) == f"{kind}:x-1#part"


def test_reference_without_words() -> None:
    assert next(parse("[](condition:stroke)").holes(ReferenceHole)).html == ""


def test_reference_to_a_heading_of_the_same_page() -> None:
    assert next(parse("[up](#top)").holes(ReferenceHole)) == ReferenceHole("self", "", "top", "up", Spot(1, 6, 4))


def test_term_and_settings() -> None:
    prose = parse_inline("[gait](term:gait) [](term:gait) [](site:crisis)")
    assert prose.segments == (
        TermHole("gait", "gait", Spot(1, 8, 9)),
        " ",
        TermHole("gait", "", Spot(1, 22, 9)),
        " ",
        SettingHole("crisis", "", Spot(1, 36, 11)),
    )


@pytest.mark.parametrize(
    "text",
    [
        "[w][r]\n\n[r]: condition:x",
        "[r]\n\n[r]: <condition:x>",
        "[r][]\n\n[R]:\n  condition:x 'Title'",
        "[r]\n\n> [r]: condition:x",
    ],
)
def test_reference_style_link_is_placed_at_its_definition(text: str) -> None:
    (hole,) = parse(text).holes(ReferenceHole)
    assert cut(text, hole.spot) == "condition:x"


def test_link_in_a_link_gives_way() -> None:
    (hole,) = parse("[a <https://b.org>](condition:x)").holes(ReferenceHole)
    assert hole.html == "a https://b.org"


def test_hole_in_a_link_goes_behind_it() -> None:
    assert shown(parse_inline("[a ![b](media/c.svg) [@d]](page:x)!")) == "{ReferenceHole}{ImageHole}{CitationHole}!"


def test_links_elsewhere() -> None:
    prose = parse_inline('[a](https://x.org/?a=1&b=2 "T") <https://y.org> [m](mailto:a@b.org) [t](tel:+1) <a@b.org>')
    html = shown(prose)
    assert '<a href="https://x.org/?a=1&amp;b=2" rel="external" title="T">a</a>' in html
    assert '<a href="https://y.org" rel="external">' in html
    assert '<a href="mailto:a@b.org">m</a> <a href="tel:+1">t</a> <a href="mailto:a@b.org">a@b.org</a>' in html
    assert not prose.troubles


@pytest.mark.parametrize(
    ("target", "rule", "hint"),
    [
        ("conditon:x", "unknown-kind", "Did you mean condition:?"),
        ("Goal:x", "unknown-kind", "Did you mean goal:?"),
        ("zzz:x", "unknown-kind", "Use one of: condition"),
        ("site:emergancy", "unknown-reference", "Did you mean site:emergency?"),
        ("/conditions/x/", "unlinked-page", ""),
        ("stroke.md", "unlinked-page", ""),
        ("../x", "unlinked-page", ""),
        ("www.x.org", "unlinked-page", "Write https://www.x.org"),
        ("//x.org", "unsafe-link", ""),
        ("ftp://x.org", "unsafe-link", ""),
        ("foo://x.org", "unsafe-link", ""),
        ("javascript:alert(1)", "unsafe-link", ""),
        ("JavaScript:alert(1)", "unsafe-link", ""),
        ("java&#115;cript&colon;alert(1)", "unsafe-link", ""),
        ("java\tscript:alert(1)", "unsafe-link", ""),
        ("java&Tab;script:alert(1)", "unsafe-link", ""),
        ("\u00a0&#1;javascript:x", "unsafe-link", ""),
        ("vbscript:x", "unsafe-link", ""),
        ("data:text/html,x", "unsafe-link", ""),
    ],
)
def test_link_that_is_taken_out(target: str, rule: str, hint: str) -> None:
    text = f"One.\n\nSee [*the* words]({target}) here."
    prose = parse(text)
    assert shown(prose) == "<p>One.</p>\n<p>See <em>the</em> words here.</p>"
    (trouble,) = prose.troubles
    assert (trouble.rule, trouble.spot.line) == (rule, 3)
    assert trouble.hint.startswith(hint)
    assert target.startswith(cut(text, trouble.spot)) or target.strip("\u00a0").startswith(cut(text, trouble.spot))


def test_link_to_nowhere() -> None:
    assert fault("[a]()") == ("unknown-reference", ")")


def test_dangerous_autolink() -> None:
    # Markdown before 3.9 does not take it for a link at all.
    assert fault("x <javascript://a> y")[0] in ("unsafe-link", "raw-html")
    assert "href" not in shown(parse("x <javascript://a> y"))


@pytest.mark.parametrize(
    "text", ["`[a](zzz:x)`", "    [a](zzz:x)", "```\n[a](zzz:x)\n```", r"\[a](zzz:x)", "[a] (zzz:x)"]
)
def test_what_is_no_link(text: str) -> None:
    prose = parse(text)
    assert not prose.troubles
    assert "[a]" in prose.words
    assert "(zzz:x)" in prose.words


CLOSING = "this link has no closing bracket"
OPENING = "this link has no opening bracket"
APART = "something stands between the two parts of this link"


@pytest.mark.parametrize(
    ("text", "said", "at"),
    [
        ("a [x](condition:y b", CLOSING, "[x](condition:y"),
        ("a [*x*](goal:y, b", CLOSING, "[*x*](goal:y,"),
        ("a [x](conditon:y b", CLOSING, "[x](conditon:y"),
        ("[x](https://example.org b", CLOSING, "[x](https://example.org"),
        ("[x](/glossary/ b", CLOSING, "[x](/glossary/"),
        ("[x](#words b", CLOSING, "[x](#words"),
        ("[x](condition:y (in short) b", CLOSING, "[x](condition:y"),
        ("[x](condition:y\n\n) b", CLOSING, "[x](condition:y"),
        ("[x](condition:y]", CLOSING, "[x](condition:y]"),
        ('[x](condition:y "t', CLOSING, "[x](condition:y"),
        ("- [x](condition:y\n- [z](condition:k)", CLOSING, "[x](condition:y"),
        ("[x](condition:y and [b](condition:b) c", CLOSING, "[x](condition:y"),
        ("## [x](condition:y", CLOSING, "[x](condition:y"),
        ("| a | b |\n| - | - |\n| [x](condition:y | c |", CLOSING, "[x](condition:y"),
        ("![x](media/y.png b", "this picture has no closing bracket", "![x](media/y.png"),
        (r"[x](condition:y\)", "this link can't be read", r"[x](condition:y\)"),
        ("[x](condition:y](goal:z) b", "this link can't be read", "[x](condition:y](goal:z)"),
        ("x](condition:y) b", OPENING, "](condition:y)"),
        (r"a \\[x](condition:y b", CLOSING, "[x](condition:y"),
        ("a [x] (condition:y) b", APART, "[x] (condition:y)"),
        ("a [x]\n(condition:y) b", APART, "[x]"),
    ],
)
def test_what_was_meant_as_a_link(text: str, said: str, at: str) -> None:
    (trouble,) = parse(text).troubles
    assert (trouble.rule, trouble.message, cut(text, trouble.spot)) == ("bad-link", said, at)


@pytest.mark.parametrize(
    "text",
    [
        "`[x](condition:y` b",
        "    [x](condition:y",
        "```\n[x](condition:y\n```",
        r"\[x](condition:y b",
        r"[x\](condition:y b",
        r"[x]\(condition:y b",
        "[x](condition:y\n) b",
        '[x](condition:y\n"t") b',
        "[x](see below, and more",
        "[x] (see below)",
        "(in short [as told](term:gait)) b",
        "[ ](mm) b",
    ],
)
def test_what_is_read_as_a_link_or_meant_as_words(text: str) -> None:
    assert "bad-link" not in [trouble.rule for trouble in parse(text).troubles]


def test_link_without_end_in_a_line_of_front_matter() -> None:
    (trouble,) = parse_inline("Ask about [x](condition:y today").troubles
    assert (trouble.rule, trouble.spot) == ("bad-link", Spot(1, 11, 15))


# Citations


def test_citations() -> None:
    text = "So [@legg-2017] and\n> no [@a;\n> @b]."
    (first, second) = parse(text).holes(CitationHole)
    assert first == CitationHole(("legg-2017",), (Spot(1, 6, 9),))
    assert second.ids == ("a", "b")
    assert [cut(text, spot) for spot in second.spots] == ["a", "b"]


@pytest.mark.parametrize("text", ["[@]", "[@a, b]", "[@a; b]", "[@a;]", "[@A]", "[@a b]"])
def test_bad_citation(text: str) -> None:
    assert fault(f"word {text}.") == ("bad-citation", text)


def test_citation_without_end() -> None:
    assert fault("a [@b c") == ("bad-citation", "[@b")


@pytest.mark.parametrize(
    "text", ["`[@a]`", "    [@a]", "```\n[@a]\n```", r"\[@a]", "[@a](https://x.org)", "[a@b]", "[ @a]"]
)
def test_what_is_no_citation(text: str) -> None:
    prose = parse(text)
    assert not prose.troubles
    assert not [*prose.holes(CitationHole)]
    assert "@" in prose.words


# Pictures


def test_image() -> None:
    hole = ImageHole("media/a.svg", 'A "b" & c', "T", Spot(1, 18, 11))
    assert parse('![A "b" &amp; c](media/a.svg "T")').segments == ("<p>", hole, "</p>")


@pytest.mark.parametrize(
    "path", ["https://x.org/a.png", "data:image/png;base64,x", "../a.svg", "a.svg", "media/../../a.svg"]
)
def test_image_from_elsewhere(path: str) -> None:
    assert fault(f"![alt]({path})") == ("missing-image", path)
    assert parse(f"![alt]({path})").words == "alt"


def test_image_without_words() -> None:
    assert fault("So ![](media/a.svg)") == ("missing-alt", "![](")
    assert fault("![ ](media/a.svg)") == ("missing-alt", "![ ](")


# Blocks


@pytest.mark.parametrize(
    ("head", "level", "action"),
    [
        ("emergency", "emergency", "call"),
        ("emergency | emergency-department", "emergency", "emergency-department"),
        ("urgent", "urgent", "same-day"),
        ("urgent|emergency-department", "urgent", "emergency-department"),
        ("non-urgent | appointment", "non-urgent", "appointment"),
    ],
)
def test_care_card(head: str, level: str, action: str) -> None:
    prose = parse(f"Text.\n/// {head}\n- a\n- b\n///\nMore.")
    assert prose.segments == (
        "<p>Text.</p>\n",
        CareOpen(level, action, Spot(2, 1, len(head) + 4)),
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n",
        CareClose(),
        "<p>More.</p>",
    )
    assert not prose.troubles


def test_safety_card() -> None:
    prose = parse("/// safety | stroke-signs\n///")
    assert prose.segments == (CardHole("stroke-signs", Spot(1, 14, 12)),)
    assert not prose.troubles


def test_note() -> None:
    assert shown(parse("/// note\nHi *you*.\n///")) == '<div class="note" role="note"><p>Hi <em>you</em>.</p>\n</div>'


def test_do_and_do_not_stand_alone() -> None:
    prose = parse("/// do\n- a\n///\n\nbetween\n\n/// do-not\n- b\n///")
    assert [(side.therapy, side.spot) for side in prose.holes(SideOpen)] == [
        ("do", Spot(1, 1, 6)),
        ("do-not", Spot(7, 1, 10)),
    ]
    assert not [*prose.holes(PairOpen)]
    assert not prose.troubles
    assert [trouble.rule for trouble in parse("/// don-not\n- b\n///").troubles] == ["unknown-block"]


def test_pair() -> None:
    prose = parse("/// pt-does\n- a\n///\n\n/// ot-does\n- b\n///")
    assert shown(prose) == (
        "{PairOpen}{SideOpen}<ul>\n<li>a</li>\n</ul>\n{SideClose}{SideOpen}<ul>\n<li>b</li>\n</ul>\n{SideClose}{PairClose}"
    )
    assert [(side.therapy, side.spot) for side in prose.holes(SideOpen)] == [
        ("pt", Spot(1, 1, 11)),
        ("ot", Spot(5, 1, 11)),
    ]
    assert not prose.troubles


def test_two_pairs_in_a_row() -> None:
    prose = parse("/// pt-does\na\n///\n/// ot-does\nb\n///\n" * 2)
    assert not prose.troubles
    assert [len([*prose.holes(kind)]) for kind in (PairOpen, SideOpen, SideClose, PairClose)] == [2, 4, 4, 2]


BLOCK_FAULTS = [
    ("/// pt-does\na\n///", [("bad-block", 1, 1, 11)]),
    ("/// ot-does\na\n///\n", [("bad-block", 1, 1, 11)]),
    ("/// pt-does\na\n///\n\nbetween\n\n/// ot-does\na\n///", [("bad-block", 1, 1, 11), ("bad-block", 7, 1, 11)]),
    ("/// ot-does\na\n///\n/// pt-does\na\n///", [("bad-block", 1, 1, 11)]),
    ("/// pt-does\na\n///\n/// pt-does\na\n///", [("bad-block", 4, 1, 11)]),
    ("x\n\n/// emergancy\n- a\n///", [("unknown-block", 3, 5, 9)]),
    ("/// Note\na\n///", [("unknown-block", 1, 5, 4)]),
    ("/// two words\na\n///", [("unknown-block", 1, 5, 9)]),
    ("/// | x\na\n///", [("unknown-block", 1, 1, 7)]),
    ("/// zzz\nnever closed", [("unknown-block", 1, 5, 3)]),
    ("a\n\n  /// note\nb", [("unclosed-block", 3, 3, 8)]),
    ("/// note\na\n\n/// urgent\n- b\n///\n\nc", [("unclosed-block", 1, 1, 8)]),
    ("/// note\na\n/// urgent\n- b\n///\n///", [("unclosed-block", 1, 1, 8)]),
    ("a\n\n///\n\nb", [("stray-block-end", 3, 1, 3)]),
    ("/// note\na\n///\n///", [("stray-block-end", 4, 1, 3)]),
    ("/// note | x\na\n///", [("bad-block", 1, 12, 1)]),
    ("/// pt-does | y z\na\n///\n/// ot-does\nb\n///", [("bad-block", 1, 15, 3)]),
    ("/// emergency | same-day\na\n///", [("bad-block", 1, 17, 8)]),
    ("/// urgent | call\na\n///", [("bad-block", 1, 14, 4)]),
    ("/// non-urgent | call\na\n///", [("bad-block", 1, 18, 4)]),
    ("/// emergency\n\n///", [("bad-block", 1, 1, 13)]),
    ("/// safety\n///", [("bad-block", 1, 1, 10)]),
    ("/// safety |\n///", [("bad-block", 1, 1, 12)]),
    ("/// safety | a, b\n///", [("bad-block", 1, 14, 4)]),
    ("/// safety | a\n\n  text\n///", [("bad-block", 3, 3, 4)]),
]


@pytest.mark.parametrize(("text", "expected"), BLOCK_FAULTS)
def test_block_fault(text: str, expected: list[tuple[str, int, int, int]]) -> None:
    assert faults(parse(text)) == expected
    assert "///" not in parse(text).words


def test_unknown_block_names_the_likely_one() -> None:
    (trouble,) = parse("/// emergancy\n///").troubles
    assert trouble.hint == "Did you mean /// emergency?"


@pytest.mark.parametrize("code", ["```\n{}\n```", "~~~\n{}\n~~~", "    {}"])
def test_fence_in_code_is_no_block(code: str) -> None:
    prose = parse(code.format("/// note"))
    assert not prose.troubles
    assert prose.words == "/// note"
    assert not parse("// note\n\na /// b").troubles


def test_blocks_are_not_recognised_inline() -> None:
    prose = parse_inline("/// note")
    assert prose.segments == ("/// note",)
    assert not prose.troubles


def test_block_after_a_list_is_not_part_of_it() -> None:
    assert shown(parse("- a\n/// note\nb\n///\n- c")).startswith("<ul>\n<li>a</li>\n</ul>\n<div")


# Raw HTML

RAW_FAULTS = [
    ("a <b>b</b>", [("raw-html", 1, 3, 3)], "<p>a b</p>"),
    ("a </div>", [("raw-html", 1, 3, 6)], "<p>a </p>"),
    ("<div>\n*a*\n\nb</div>", [("raw-html", 1, 1, 5)], "<p>\n<em>a</em></p>\n<p>b</p>"),
    ("x <script>al\n\nert()</script> y", [("raw-html", 1, 3, 10)], "<p>x  y</p>"),
    ("<style>a{}</style>\n\ny", [("raw-html", 1, 1, 18)], "<p>y</p>"),
    ("a\n<!-- b\n\n/// note\n[x](zzz:y) -->\nc", [("raw-html", 2, 1, 6)], "<p>a\nc</p>"),
    ('<sub onclick="x">s</sub>', [("raw-html", 1, 1, 17)], "<p><sub>s</sub></p>"),
    ("<sup style=x ID=y>s</sup>", [("raw-html", 1, 1, 18)], '<p><sup id="y">s</sup></p>'),
    ("<iframe src='x'></iframe>", [("raw-html", 1, 1, 16)], "<p></p>"),
    ("a <form><input></form>", [("raw-html", 1, 3, 6), ("raw-html", 1, 9, 7)], "<p>a </p>"),
    ('<a href="javascript:x">y</a>', [("raw-html", 1, 1, 23)], "<p>y</p>"),
    ("<img src=x onerror=y>", [("raw-html", 1, 1, 21)], "<p></p>"),
    ("<?php x ?> a", [("raw-html", 1, 1, 10)], "<p> a</p>"),
    ("*a*{: onclick=x .c }", [("raw-html", 1, 7, 7)], '<p><em class="c">a</em></p>'),
    ("a\n{: style='x' }", [("raw-html", 2, 4, 5)], "<p>a</p>"),
]


@pytest.mark.parametrize(("text", "expected", "html"), RAW_FAULTS)
def test_raw_html_is_taken_out(text: str, expected: list[tuple[str, int, int, int]], html: str) -> None:
    prose = parse(text)
    assert faults(prose) == expected
    assert shown(prose) == html


@pytest.mark.parametrize(
    "html",
    [
        '<abbr title="x">y</abbr>',
        "a<br>b",
        "<kbd>x</kbd>",
        "H<sub>2</sub>O<sup>3</sup>",
        "<q>x</q>",
        "<cite>x</cite>",
        '<span lang="fr">x</span>',
        "a &lt; b &amp; c",
    ],
)
def test_allowed_html_passes(html: str) -> None:
    prose = parse(html)
    assert prose.segments == (f"<p>{html}</p>",)
    assert not prose.troubles


@pytest.mark.parametrize(
    "text", ["`<b>`", "    <b>", "```\n<b>\n```", "``a ` <!-- x -->``", "```\n<!-- x -->\n```", "    <!-- x -->"]
)
def test_html_in_code_is_shown(text: str) -> None:
    prose = parse(text)
    assert not prose.troubles
    assert re.search("<b>|<!-- x -->", prose.words)


def test_comparison_signs_are_text() -> None:
    prose = parse("a < b > c <3 <> <!-- never closed")
    assert not prose.troubles
    assert "never closed" in prose.words


def test_html_split_by_a_link_is_balanced() -> None:
    prose = parse("[a <sup>b](condition:x) c</sup>")
    assert next(prose.holes(ReferenceHole)).html == "a <sup>b</sup>"
    assert shown(prose) == "<p>{ReferenceHole} c</p>"


# Footnotes


def test_undefined_footnote() -> None:
    assert fault("a[^1] b[^2].\n\n[^1]: x") == ("undefined-footnote", "[^2]")
    assert fault("a[^1]: b") == ("undefined-footnote", "[^1]")
    assert not parse("a[^1]\n\n[^1]: x").troubles
    assert not parse("`[^1]`").troubles


def test_torn_emphasis_is_an_error_and_leaves_no_rubbish() -> None:
    # Some versions of the library lose words here; those that do not have nothing to report.
    prose = parse("*é**[*<kbd>")
    assert "klzzwxh" not in shown(prose)
    assert faults(prose) == ([] if "<kbd>" in shown(prose) else [("bad-emphasis", 1, 1, 1)])


def test_brackets_that_lose_words_are_an_error_too() -> None:
    prose = parse("Well.\n\nx [@a](' [b](#c) [@d]")
    assert "klzzwxh" not in shown(prose)
    assert ("bad-emphasis", 3, 1, 1) in faults(prose)


# Places


def test_tabs_and_line_ends_do_not_shift_places() -> None:
    text = "a\r\n\tb\r\nc\t[x](zzz:y)\t[@]\r\n"
    assert faults(parse(text)) == [("unknown-kind", 3, 7, 5), ("bad-citation", 3, 14, 3)]


def test_private_characters_of_the_text_do_no_harm() -> None:
    prose = parse("a\U000f0000b \U00100000 \U0010fffc [c](zzz:d) \x02\x03 \ud800 \x00")
    assert faults(prose) == [("unknown-kind", 1, 13, 5)]
    assert prose.words == "a\ufffdb \ufffd \ufffd c \ufffd\ufffd \ufffd \ufffd"
    assert "\uf8ff" in parse("\uf8ff").words


def test_inline_counts_lines_too() -> None:
    prose = parse_inline("a\nb [c](zzz:d)")
    assert faults(prose) == [("unknown-kind", 2, 7, 5)]
    assert prose.segments == ("a b c",)


@pytest.mark.parametrize("text", ["# a", "- a", "+ a", "    a", "1. a", "a | b - | -", "[a]: https://x.org", "*[a]: b"])
def test_inline_knows_no_blocks(text: str) -> None:
    assert parse_inline(text).segments == (text.strip(),)


def test_words_are_plain() -> None:
    prose = parse("## A *b*\n\n- c\n- [d](page:d)[@x]e\n\n`f`g &amp; <kbd>h</kbd>\n\nx | y\n- | -\n1 | 2")
    assert prose.words == "A b c de fg & h x y 1 2"


def test_serialises() -> None:
    prose = parse(
        "# A\n\n[b](page:c) [](term:d) [@e] ![f](media/g.svg) [](site:crisis) [h](i:j)\n\n" + BLOCK_FAULTS[2][0]
    )
    assert msgspec.json.decode(msgspec.json.encode(prose), type=Prose) == prose


# Any text

_LETTERS = st.text(alphabet=" \n\tab#*_`\"'-.[]()<>!@^:;/|{}&\\~=1é\r\x02\U000f0001", max_size=60)
_PIECES = st.sampled_from(
    "[a](condition:b)§![a](media/b.svg)§[@a; @b]§[^1]§\n\n[^1]: c\n\n§](§[@§![§<b>§</b>§<kbd>§<!--§-->§<https://x.org>"
    "§[a](https://x.org 't')§\n[r]: https://x.org\n§[r]§\n\n/// note\n§\n///\n§\n/// pt-does\n§\n/// ot-does\n"
    "§\n/// emergency\n§\n/// safety | x\n§\n## h\n§\nx\n---\n§\n- §\n> §\n```\n§    §{: .c }§{: onclick=x }§**§*§_"
    "§&#58;§\n*[a]: A\n§\n\n§word§\na|b\n-|-:\n".split("§")
)
_TEXTS = st.lists(_PIECES | _LETTERS, max_size=25).map("".join)


class _Balance(HTMLParser):
    """Fails on the first tag that does not match."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "style", "iframe", "img")
        assert not {name for name, _ in attrs} & {"style", "onclick"}
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _holes_are_where_they_say(text: str, prose: Prose) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    for segment in prose.segments:
        match segment:
            case CitationHole(ids, spots):
                assert tuple(cut(lines, spot) for spot in spots) == ids
            case ReferenceHole(kind, id, fragment, _, spot):
                # A target with spaces in it is cut short at a line's end; no such id exists anyway.
                assert (f"#{fragment}" if kind == "self" else f"{kind}:{id}").startswith(cut(lines, spot))
            case ImageHole(path, _, _, spot) | CardHole(path, spot):
                assert cut(lines, spot) == path
            case CareOpen() | SideOpen():
                assert cut(lines, segment.spot).startswith("///")
    for trouble in prose.troubles:
        assert trouble.rule in RULES
        line = lines.split("\n")[trouble.spot.line - 1]
        assert 1 <= trouble.spot.column <= len(line) + 1


@settings(max_examples=400, deadline=None)
@given(_TEXTS, st.booleans())
def test_any_text(text: str, inline: bool) -> None:
    prose = parse_inline(text) if inline else parse(text)
    html = "".join(s if isinstance(s, str) else "" for s in prose.segments)
    assert not re.search("[\U000f0000-\U0010ffff\x02\x03]|klzzwxh|wzxhzdk", html + prose.words)
    balance = _Balance()
    balance.feed(html)
    balance.close()
    assert balance.open == []
    _holes_are_where_they_say(text, prose)
    assert (parse_inline(text) if inline else parse(text)) == prose


def _plain(text: str) -> str:
    """Python-Markdown alone, with the same extensions, cleaned."""
    extensions = ["abbr", "attr_list", "def_list", "fenced_code", "sane_lists", "smarty"]
    footnotes = FootnoteExtension(BACKLINK_TITLE="", PLACE_MARKER="\U0010fffc")
    reader = Markdown(
        extensions=[*extensions, footnotes, TableExtension(use_align_attribute=True)], output_format="html"
    )
    reader.preprocessors.deregister("html_block")
    return clean(re.sub("(</?)h1", r"\1h2", reader.convert(text)).replace(' title=""', ""))


def _bare(html: str) -> str:
    return re.sub(r' (?:id|class|rel)="[^"]*"|\n', "", html)


# Where we differ on purpose: what a text may hold, blocks, addresses of mail, and a link taken for an abbreviation.
_DIFFERENT = re.compile("[\x02\r\U000f0001]|///|\\* ?\\[|<[^>]*@")


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
def test_text_without_marks_of_ours_is_plain_markdown(text: str) -> None:
    prose = parse(text)
    ours = prose.troubles or not all(isinstance(segment, str) for segment in prose.segments)
    if not ours and not _DIFFERENT.search(text):
        assert _bare(shown(prose)) == _bare(_plain(text))


NASTY = {
    "quotes": "> " * 50_000,
    "brackets": "[" * 5_000,
    "more brackets": "[" * 100_000,
    "links": "[a](" * 25_000,
    "images": "![" * 50_000,
    "stars": "*" * 100_000,
    "emphasis": "*a" * 50_000,
    "code": "`a``b" * 20_000,
    "less": "<" * 100_000,
    "tags": "<a " * 33_000,
    "spans": "<span>" * 16_000,
    "comments": "<!--" * 25_000,
    "citations": "[@a; " * 20_000,
    "paragraphs": "a\n\n" * 33_000,
    "items": "- a\n" * 25_000,
    "deep list": "".join(" " * 4 * n + "- a\n" for n in range(200)),
    "numbers": "1. " * 3_000,
    "definitions": "a\n: b\n" * 10_000,
    "braces": "# a {: " * 10_000,
    "fences": "~~~\n" * 25_000,
    "slashes": "///\n" * 25_000,
    "tabs on one line": "\t<script>[a](condition:stroke) " * 3_000,
    "comments and tags": "<!--&#x41;<span class=a>" * 4_000,
    "dashes": "--\x03" * 33_000,
    "escapes": "\\-a" * 33_000,
    "entities": "&amp;" * 20_000,
    "one footnote": "[^1] " * 7_000 + "\n\n[^1]: So.",
    "spaces": "/// a" + " " * 100_000 + "b",
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_nasty_text_is_read_or_refused_in_good_time(text: str) -> None:
    for read in (parse, parse_inline):
        begin = time.process_time()
        prose = read(text)
        assert time.process_time() - begin < 2
        assert prose.segments or prose.troubles


def test_refusal_leaves_the_next_text_alone() -> None:
    assert [trouble.rule for trouble in parse("1. " * 3_000).troubles] == ["too-nested"]
    assert shown(parse("*a*")) == "<p><em>a</em></p>"


def test_long_text_of_a_person_is_read() -> None:
    paragraph = "It's *well* known [@a] that a [walk](term:gait) helps, says [them](condition:x). " * 8
    assert not parse(f"## Part\n\n{paragraph}\n\n- one\n- two\n\n" * 100).troubles
