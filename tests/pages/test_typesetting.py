"""Prose to what one page shows."""

import pytest

from otpt_site.pages.addresses import Addresses, BaseUrl
from otpt_site.pages.typesetting import Typesetter, feedback_href, split_at_heading, words
from otpt_site.pages.views import Care
from tests.kit import SITE, condition, guide_of
from tests.pages.press import plain, planned

SOURCES = "sources:\n" + "".join(
    f"- {{id: s{number}, type: trial, authors: A, title: T{number}, {extra}}}\n"
    for number, extra in enumerate(
        ("year: 2020", "doi: 10.1000/x, url: https://example.org/", "url: https://example.org/")
    )
)
GLOSSARY = """\
terms:
- {id: gait, term: gait, definition: The way you walk.}
- {id: rom, term: ROM, definition: "ROM & how far a joint moves"}
"""
SAFETY = """\
cards:
- {id: wait, level: non-urgent, action: appointment, signs: [W], why: Ww}
- {id: today, level: urgent, action: same-day, signs: [T], why: Tt}
- {id: call-one, level: emergency, action: call, signs: [C1], why: C1w, also: [Wait]}
- {id: call-two, level: emergency, action: call, signs: [C2], why: C2w}
- {id: go, level: emergency, action: emergency-department, signs: [G], why: Gg}
- {id: despair, level: emergency, action: call, number: crisis, signs: [D], why: Dd}
- {id: own, level: emergency, action: call, heading: Call at once, signs: [O], why: Oo}
"""


def _set(body: str, *, quoting: bool = False, twice: bool = False) -> str:
    files = {"conditions/stroke.md": condition(body), "sources.yaml": SOURCES, "glossary.yaml": GLOSSARY}
    files |= {"safety.yaml": SAFETY, "media/a.png": "x", "therapies/pt.md": "", "goals.yaml": _GOALS}
    guide = guide_of({name: text for name, text in files.items() if text}, without=("therapies/pt.md",)).whole
    assets = {"media/a.png": "/media/a.1.png"}
    setter = Typesetter(guide, Addresses(guide, BaseUrl("https://example.org", "/g/"), assets), quoting=quoting)
    shown = [plain(setter.rich(guide.conditions["stroke"].body)) for _ in range(1 + twice)]
    return shown[-1]


_GOALS = "updated_on: 2026-11-01\nareas: []\ngoals: []\n"


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("[a *b*](condition:stroke)", '<p><a href="/g/conditions/stroke/">a <em>b</em></a></p>'),
        ("[](condition:stroke)", '<p><a href="/g/conditions/stroke/">Stroke</a></p>'),
        ("[a](condition:stroke#help)\n\n## Help", '<p><a href="/g/conditions/stroke/#help">a</a></p>'),
        ("[a](#help)\n\n## Help", '<p><a href="#help">a</a></p>'),
        ("[](source:s1)", '<p><a href="https://doi.org/10.1000/x">T1</a></p>'),
        ("[](source:s0)", '<p><a href="/g/sources/">T0</a></p>'),
        ("[](site:crisis)", '<p><a class="call" href="tel:988">a crisis line</a></p>'),
        ("[now](site:emergency)", '<p><a class="call" href="tel:911">now</a></p>'),
        ("[](site:feedback)", "<p>tell us</p>"),
        ('![a "cane"](media/a.png "A <cane>")', 'alt="a &quot;cane&quot;" title="A &lt;cane&gt;" loading="lazy"'),
        ("![](media/a.png)", '<img src="/g/media/a.1.png" alt="" loading="lazy">'),
        ("/// safety | call-one\n///", "<care>"),
        ("/// urgent\n- x\n///", "<care-start>"),
        ("/// pt-does\nx\n///\n/// ot-does\ny\n///", "<pair-start><side-start>"),
    ],
)
def test_holes_are_filled(body: str, html: str) -> None:
    assert html in _set(body)


def test_citations_are_numbered_in_the_order_of_reading() -> None:
    assert plain_numbers(_set("One [@s2]. Two [@s0; @s2]. Three [@s1].")) == [[1], [2, 1], [3]]


def plain_numbers(text: str) -> list[list[int]]:
    """The numbers of each citation."""
    return [[int(number) for number in part.split("]")[0].split(", ")] for part in text.split("[")[1:]]


def test_a_term_is_explained_at_its_first_use_only() -> None:
    text = _set("[walk](term:gait), [](term:gait), [](term:rom)")
    assert text == (
        '<p><a class="term" href="/g/glossary/#gait">walk</a>, '
        '<a class="term" href="/g/glossary/#gait">gait</a>, '
        '<a class="term" href="/g/glossary/#rom">ROM</a>'
        '<span class="meaning"><b>Walk:</b> the way you walk.</span>'
        '<span class="meaning"><b>ROM:</b> ROM &amp; how far a joint moves.</span></p>'
    )
    assert "meaning" not in _set("[walk](term:gait)", twice=True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[Walk](term:gait) on.\n\nMore.", "on.MEANING</p>\n<p>More."),
        ("- [Walk](term:gait)\n    - Inner\n- More", "</a>MEANING<ul>"),
        ("- [Walk](term:gait)\n- More", "</a>MEANING</li>"),
        ("| a | b |\n|---|---|\n| [Walk](term:gait) | c |", "</a>MEANING</td>"),
        ("## [Walk](term:gait)\n\nMore.", "</h2>\n<p>More.MEANING</p>"),
    ],
)
def test_a_meaning_stands_at_the_end_of_its_line(text: str, line: str) -> None:
    set_ = _set(text).replace('<span class="meaning"><b>Walk:</b> the way you walk.</span>', "MEANING")
    assert line.replace("\n", "") in set_.replace("\n", "")


def test_a_page_that_quotes_drops_citations_and_links_within_the_text() -> None:
    assert _set("Works [@s0]. See [below](#help).\n\n## Help", quoting=True).startswith("<p>Works. See below.</p>")
    assert _set("*Works* [@s0]", quoting=True) == "<p><em>Works</em></p>"
    assert _set("[@s0]", quoting=True) == "<p></p>"


def test_a_body_is_split_before_its_first_heading() -> None:
    guide = guide_of({"conditions/stroke.md": condition("One.\n\n## Two\n\nThree.\n\n## Four")}).whole
    opening, rest = split_at_heading(guide.conditions["stroke"].body)
    assert [part for part in opening.prose.segments if part] == ["<p>One.</p>\n"]
    assert "".join(map(str, rest.prose.segments)).startswith('<h2 id="two">Two</h2>')
    assert split_at_heading(opening)[0] == opening
    assert split_at_heading(opening)[1].prose.segments == ()


def _care(**keys: str) -> tuple[Care, ...]:
    files = {"conditions/stroke.md": condition(**keys), "safety.yaml": SAFETY}
    care = planned(files).view("/conditions/stroke/").care
    assert isinstance(care, tuple)
    return care


def _signs(card: Care) -> list[str]:
    return [plain(sign) for group in card.groups for sign in group.signs]


def test_cards_with_one_heading_are_merged_and_the_most_urgent_come_first() -> None:
    care = _care(safety="[wait, call-one, today, call-two, go]")
    assert [(card.level, card.action, _signs(card)) for card in care] == [
        ("emergency", "call", ["C1", "C2"]),
        ("emergency", "emergency-department", ["G"]),
        ("urgent", "same-day", ["T"]),
        ("non-urgent", "appointment", ["W"]),
    ]
    assert [plain(group.why) for group in care[0].groups] == ["C1w", "C2w"]


def test_the_crisis_line_and_own_headings_keep_their_box() -> None:
    care = _care(safety="[call-one, despair, own]")
    assert [(card.number, card.crisis, card.heading) for card in care] == [
        ("911", False, ""),
        ("988", True, ""),
        ("911", False, "Call at once"),
    ]


def test_signs_special_to_a_page_stand_first_in_their_box() -> None:
    extra = "[{level: emergency, action: call, text: X}, {level: urgent, action: same-day, text: Z}]"
    care = _care(safety="[call-one]", safety_extra=extra)
    assert [_signs(card) for card in care] == [["X", "C1"], ["Z"]]


def test_sources_prefer_what_lasts() -> None:
    view = planned({"conditions/stroke.md": condition(sources="[s0, s1, s2]"), "sources.yaml": SOURCES + _TRIAL})
    hrefs = [source.href for source in view.view("/conditions/stroke/").sources]
    assert hrefs == ["", "", "https://doi.org/10.1000/x", "https://example.org/"]


_TRIAL = "- {id: trial-2020, type: trial, authors: Reed R, title: A trial}\n"


@pytest.mark.parametrize(
    ("feedback", "href"),
    [
        ("{words: tell us}", ""),
        ("{words: tell us, email: a@example.org}", "mailto:a@example.org"),
        ("{words: tell us, url: 'https://example.org/'}", "https://example.org/"),
    ],
)
def test_where_mistakes_are_reported(feedback: str, href: str) -> None:
    guide = guide_of({"site.yaml": SITE.replace("{words: tell us}", feedback)}).whole
    assert feedback_href(guide.site) == href


def test_words_of_nothing() -> None:
    assert words(None) == ""
