"""What the pages of each section show."""

from typing import Any

import pytest

from otpt_site.guide.common import Joins, Lead, Therapy
from otpt_site.pages.conditions import sorting_key
from otpt_site.pages.frame import answer
from otpt_site.pages.views import Answer, Link
from tests.kit import SITE, article, comparison, condition, goals, plain_page, therapy
from tests.pages.press import plain, planned

OT = therapy(name="Occupational therapy", short="OT", person="occupational therapist")


def _hrefs(links: tuple[Link, ...]) -> list[str]:
    return [link.href for link in links]


# Conditions


def _letters(**names: str) -> list[tuple[str, list[tuple[str, str]]]]:
    files = {f"conditions/{id}.md": condition(name=name.split("/")[0], also_called=f"[{name.split('/')[1]}]")
             for id, name in names.items()}  # fmt: skip
    view = planned(files).view("/conditions/")
    return [(letter.letter, [(entry.name, entry.stands_for) for entry in letter.entries]) for letter in view.letters]


def test_a_to_z_holds_names_and_synonyms() -> None:
    assert _letters(a="Stroke/brain attack", b="Bad back/") == [
        ("B", [("Bad back", ""), ("Brain attack", "Stroke")]),
        ("S", [("Stroke", "")]),
    ]


def test_a_to_z_sorts_as_a_reader_does() -> None:
    letters = _letters(a="Östliche/", b="Zoster/", c="ohr/", d="Ängste/", e="Apoplexy/", f="Ménière/menière b")
    assert [(letter, [name for name, _ in names]) for letter, names in letters] == [
        ("A", ["Ängste", "Apoplexy"]), ("M", ["Ménière", "Menière b"]), ("O", ["ohr", "Östliche"]), ("Z", ["Zoster"]),
    ]  # fmt: skip


def test_a_to_z_puts_signs_and_digits_together_and_keeps_other_alphabets() -> None:
    letters = _letters(a='"22q syndrome"/', b="(x)/", c="Боль/")
    assert [letter for letter, _ in letters] == ["#", "Б"]
    assert len(letters[0][1]) == 2


@pytest.mark.parametrize("texts", [("a", "B"), ("é", "f"), ("E", "é"), ("Straße", "Strasse b")])
def test_sorting_keys(texts: tuple[str, str]) -> None:
    assert sorting_key(texts[0]) < sorting_key(texts[1])


LEADS = {
    "conditions/knee.md": condition(name="Knee", lead="pt", joins="none"),
    "conditions/hip.md": condition(name="Hip", lead="pt", joins="ot"),
    "conditions/hand.md": condition(name="Hand", lead="ot", joins="none"),
    "conditions/brain.md": condition("x.", name="Brain", lead="both", joins="none"),
    "conditions/acne.md": condition(name="Acne", lead="ot", joins="pt"),
}


def test_lists_hold_those_that_lead_and_the_list_of_both_those_that_join_too() -> None:
    plan = planned(LEADS)

    def listed(url: str) -> list[tuple[str, bool]]:
        return [(entry.link.label, entry.often) for entry in plan.view(url).conditions]

    assert listed("/conditions/physical-therapy/") == [("Hip", False), ("Knee", False)]
    assert listed("/conditions/occupational-therapy/") == [("Acne", False), ("Hand", False)]
    assert listed("/conditions/both/") == [("Brain", False), ("Acne", True), ("Hip", True)]


RELATED = {
    "conditions/stroke.md": condition(see_also="[condition:knee, goal:climb-stairs, article:first, person:reviewer]"),
    "conditions/knee.md": condition(name="Knee"),
    "comparisons/fall.md": comparison(conditions="[stroke, knee]"),
    "articles/first.md": article(conditions="[stroke]"),
    "goals.yaml": goals(conditions="[stroke]", see_also="[comparison:fall, article:first]"),
}


def test_pages_link_to_what_is_about_them() -> None:
    plan = planned(RELATED, "/sub/")
    stroke, goal = plan.view("/conditions/stroke/"), plan.view("/goals/climb-stairs/")
    assert _hrefs(stroke.goals) == ["/sub/goals/climb-stairs/"]
    assert _hrefs(stroke.comparisons) == ["/sub/compare/fall/"]
    assert _hrefs(plan.view("/conditions/knee/").goals) == []
    # What the page has shown already is not linked to twice.
    assert _hrefs(stroke.related) == ["/sub/conditions/knee/", "/sub/articles/first/", "/sub/people/reviewer/"]
    assert [(link.lead, link.joins) for link in stroke.related] == [("pt", ""), ("", ""), ("", "")]
    assert _hrefs(goal.conditions) == ["/sub/conditions/stroke/"]
    assert _hrefs(goal.comparisons) == ["/sub/compare/fall/"]
    assert _hrefs(goal.related) == ["/sub/articles/first/"]
    assert _hrefs(plan.view("/compare/fall/").conditions) == ["/sub/conditions/stroke/", "/sub/conditions/knee/"]
    assert _hrefs(plan.view("/articles/first/").conditions) == ["/sub/conditions/stroke/"]


def test_a_condition_shows_its_parts() -> None:
    body = "Who it is for.\n\n## Does it help?\n\nOften [@trial-2020]."
    view = planned(
        {"conditions/stroke.md": condition(body, first_visit="{pt: [Looks], ot: [Asks]}", acute="true")}
    ).view("/conditions/stroke/")
    assert plain(view.opening) == "<p>Who it is for.</p>\n"
    assert plain(view.body).startswith('<h2 id="does-it-help">')
    assert [plain(line) for line in (*view.visit_pt, *view.visit_ot)] == ["Looks", "Asks"]
    assert view.acute
    assert (view.frame.kind, view.frame.section, view.frame.advice) == ("article", "conditions", True)
    assert [source.id for source in view.sources] == ["trial-2020"]


@pytest.mark.parametrize(
    ("lead", "joins", "order", "shown"),
    [
        (Lead.PT, Joins.NONE, (Therapy.PT,), Answer("pt", "", ())),
        (Lead.PT, Joins.OT, (), Answer("pt", "ot", ())),
        (Lead.BOTH, Joins.NONE, (Therapy.OT, Therapy.PT), Answer("both", "", ("ot", "pt"))),
    ],
)
def test_answers(lead: Lead, joins: Joins, order: tuple[Therapy, ...], shown: Answer) -> None:
    assert answer(lead, joins, order) == shown


# Goals and home


def test_a_goal_rests_on_the_sources_of_its_conditions() -> None:
    sources = "sources:\n" + "".join(
        f"- {{id: {id}, type: trial, authors: A, title: T}}\n" for id in ("trial-2020", "b", "c")
    )
    files = {
        "sources.yaml": sources,
        "conditions/stroke.md": condition(sources="[c]"),
        "conditions/knee.md": condition(name="Knee", sources="[c, trial-2020]"),
        "goals.yaml": goals(conditions="[stroke, knee]", why="PT helps [@b]"),
    }
    view = planned(files).view("/goals/climb-stairs/")
    assert [(source.number, source.id) for source in view.sources] == [(1, "b"), (2, "c"), (3, "trial-2020")]


def test_goals_stand_in_their_area_and_on_the_home_page() -> None:
    about = goals().replace("about: Walking and stairs", 'about: "Walking [@trial-2020]"')
    plan = planned({"goals.yaml": about}, "/sub/")
    for url in ("/goals/", "/cheat-sheet/"):
        areas = plan.view(url).areas
        assert [(area.id, [line.link.href for line in area.goals]) for area in areas] == [
            ("moving", ["/sub/goals/climb-stairs/"])
        ]
        assert plain(areas[0].about) == "Walking", "a list of goals has no list of sources"
    assert [line.link.label for line in plan.view("/").first_goals] == ["Climb the stairs"]
    assert [area.goals for area in plan.view("/").areas] == [()]
    assert [area.label for area in plan.view("/404.html").areas] == ["Moving"]
    assert plan.view("/goals/climb-stairs/").area.href == "/sub/goals/#moving"


# Therapies and comparisons


def test_both_therapies_stand_side_by_side_pt_first() -> None:
    plan = planned({"therapies/ot.md": OT, "pages/sessions.md": plain_page("A.\n\n## B\n\nC.")})
    for url in ("/", "/compare/", "/sessions/"):
        assert [side.id for side in plan.view(url).sides] == ["pt", "ot"]
    assert plain(plan.view("/sessions/").opening) == "<p>A.</p>\n"
    assert plan.view("/therapies/occupational-therapy/").short == "OT"


def test_one_or_no_therapy_is_no_reason_to_crash() -> None:
    assert [side.id for side in planned({}).view("/compare/").sides] == ["pt"]
    plan = planned({}, without=("therapies/pt.md",))
    assert plan.view("/compare/").sides == ()
    assert "/sessions/" not in plan.urls


def test_situations_are_listed() -> None:
    plan = planned({"comparisons/fall.md": comparison(decision="Ask for both [@trial-2020]")})
    assert plan.view("/").situations == (Link("/compare/fall/", "After a fall"),)
    assert [plain(one.decision) for one in plan.view("/compare/").situations] == ["Ask for both [1]"]
    assert [source.id for source in plan.view("/compare/").sources] == ["trial-2020"]


# Articles, words, people


def test_articles_are_listed() -> None:
    plan = planned({"articles/first.md": article("See [term](term:gait).", summary="One [@trial-2020]")})
    assert [(one.link.href, plain(one.summary)) for one in plan.view("/articles/").articles] == [
        ("/articles/first/", "One")
    ]
    assert plan.view("/").articles == (Link("/articles/first/", "Which one first?"),)


def test_a_page_about_the_guide_gives_no_advice() -> None:
    frame = planned({"pages/about.md": plain_page()}).view("/about/").frame
    assert (frame.title, frame.advice, frame.section) == ("About", False, "about")


def test_the_glossary_is_sorted_and_cites_nothing() -> None:
    terms = (
        'terms:\n- {id: b, term: Zeta, definition: "Last [@trial-2020]"}\n'
        "- {id: gait, term: ärger, definition: First}\n"
    )
    view = planned({"glossary.yaml": terms}).view("/glossary/")
    assert [(term.id, plain(term.definition)) for term in view.terms] == [("gait", "First"), ("b", "Last")]


def test_a_person_shows_what_they_wrote_and_reviewed() -> None:
    plan = planned({"conditions/stroke.md": condition(), "pages/about.md": plain_page(slug="about-us")}, "/sub/")
    author, reviewer = plan.view("/people/guide-project/"), plan.view("/people/reviewer/")
    assert "/sub/conditions/stroke/" in _hrefs(author.wrote)
    assert author.reviewed == ()
    assert "/sub/conditions/stroke/" in _hrefs(reviewer.reviewed)
    assert [crumb.href for crumb in author.frame.crumbs] == ["/sub/", "/sub/about-us/"]
    assert [crumb.href for crumb in planned({}).view("/people/reviewer/").frame.crumbs] == ["/"]


# The frame


def _frame(base: str = "/", url: str = "/conditions/stroke/", site: str = SITE, **options: Any) -> Any:
    return planned({"conditions/stroke.md": condition(), "site.yaml": site}, base, **options).view(url).frame


def test_the_frame_knows_whole_addresses_only_with_an_origin() -> None:
    assert (_frame("/sub/").canonical, _frame("/sub/").home_url) == ("", "/sub/")
    known = _frame("https://example.org/sub/")
    assert known.canonical == "https://example.org/sub/conditions/stroke/"
    assert known.hrefs["home"] == "/sub/"
    assert (known.icon, known.script) == ("/sub/assets/icon.svg", "/sub/assets/site.js")


def test_the_frame_says_who_and_what() -> None:
    frame = _frame(noindex=True)
    assert frame.noindex
    assert not _frame().noindex
    assert frame.description == "What it is, in one sentence"
    assert (frame.emergency_number, frame.feedback_words) == ("911", "tell us")
    assert frame.run_by == Link("/people/guide-project/", "The guide")


def test_every_page_knows_where_to_ask_for_an_evaluation() -> None:
    clinic = SITE + "clinic: {name: Riverside, phone: +1 555 0100, booking_url: 'https://clinic.example/book'}\n"
    step = planned({"site.yaml": clinic}).view("/").next_step
    assert (step.clinic, step.booking_url) == ("Riverside", "https://clinic.example/book")
    assert planned({"pages/contact.md": plain_page()}, "/sub/").view("/").next_step.find_href == "/sub/contact/"
    assert planned({}).view("/").next_step.find_href == "/"


def test_provenance_says_who_reviewed_and_when_the_next_is_due() -> None:
    shown = planned({"conditions/stroke.md": condition()}).view("/conditions/stroke/").provenance
    assert shown.author.label == "The guide"
    assert (shown.reviewer.label, str(shown.reviewed_on), str(shown.review_due)) == (
        "Robin Reed",
        "2026-11-01",
        "2028-11-01",
    )
    never = planned({"conditions/stroke.md": condition(reviews="[]")}).view("/conditions/stroke/").provenance
    assert (never.review_state, never.reviewer) == ("never", None)


def test_provenance_says_that_a_text_was_changed_since() -> None:
    files = {"conditions/stroke.md": condition(reviews="[{by: reviewer, on: 2026-11-01, digest: x}]")}
    shown = planned(files).view("/conditions/stroke/").provenance
    assert (shown.review_state, shown.reviewer.label, str(shown.reviewed_on)) == ("edited", "Robin Reed", "2026-11-01")
