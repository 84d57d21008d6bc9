"""What names something else: ids in keys and tables, references in texts, headings, drafts, pictures, duplicates."""

import pytest

from tests.kit import (
    DEFAULTS,
    SITE,
    Case,
    article,
    check,
    comparison,
    condition,
    found_at,
    further_goals,
    goals,
    guide_of,
    unmarked,
)

STROKE = condition("## Does it help?\n\nYes [@trial-2020].")
DRAFT = condition(draft="true")
OTHERS: dict[str, str | bytes] = {
    "conditions/stroke.md": STROKE,
    "conditions/draft.md": DRAFT,
    "conditions/soon.md": condition(publish_on="2026-12-01"),
    "conditions/gone.md": condition(expires_on="2026-11-01"),
    "articles/first-visit.md": article("## What to bring\n\nShoes."),
    "media/walker.svg": "<svg/>",
}
SAFETY = DEFAULTS["safety.yaml"]
GLOSSARY = DEFAULTS["glossary.yaml"]


def _body(text: str) -> str:
    return condition(f"It helps [@trial-2020].\n\n{text}")


def _unknown(name: str, text: str, says: str, hint: str = "", path: str = "conditions/x.md", near: str = "") -> Case:
    return Case(f"unknown {name}", text, "unknown-reference", says, near, hint, path)


CASES = (
    _unknown(
        "author", condition(author="«guide-projekt»"), "no person 'guide-projekt'", "Did you mean 'guide-project'?"
    ),
    _unknown("source", condition(sources="[trial-2020, «trial-2021»]"), "no source 'trial-2021'", "'trial-2020'?"),
    _unknown("reviewer", condition(reviews="[{by: «reviwer», on: 2026-11-01}]"), "no person", "'reviewer'?"),
    _unknown("card", condition(safety="[«stroke-sign»]"), "no safety card 'stroke-sign'", "'stroke-signs'?"),
    _unknown(
        "next page",
        condition(see_also="[«condition:strok»]"),
        "no condition 'strok'",
        "'stroke'?",
        near=condition(see_also="[condition:stroke]"),
    ),
    _unknown(
        "kind elsewhere",
        condition(see_also="[«goal:stroke»]"),
        "no goal 'stroke'",
        "There is a condition of that id: condition:stroke",
    ),
    _unknown(
        "condition of a comparison",
        comparison(conditions="[«sroke»]"),
        "no condition",
        "'stroke'?",
        "comparisons/x.md",
        comparison(conditions="[stroke]"),
    ),
    _unknown("condition of an article", article(conditions="[«sroke»]"), "no condition", "'stroke'?", "articles/x.md"),
    _unknown(
        "condition of a goal",
        goals(conditions="[«sroke»]"),
        "no condition",
        "'stroke'?",
        "goals.yaml",
        goals(conditions="[stroke]"),
    ),
    _unknown("area of a goal", goals(area="«movin»"), "no area 'movin'", "'moving'?", "goals.yaml"),
    _unknown("author of a table", goals().replace("guide-project", "«nobody»"), "no person 'nobody'", "", "goals.yaml"),
    _unknown(
        "source of a card", SAFETY.replace("droops]", "droops], sources: [«x»]"), "no source 'x'", "", "safety.yaml"
    ),
    _unknown(
        "term in a table",
        GLOSSARY + "- {id: cane, term: cane, definition: 'helps your [gait](«term:gate»)'}\n",
        "no term 'gate'",
        "",
        "glossary.yaml",
    ),
    _unknown("one who runs the site", SITE.replace("guide-project", "«guide»"), "no person 'guide'", "", "site.yaml"),
    _unknown(
        "reference in a key",
        condition(why='"After a [stroke](«condition:stroek»)"'),
        "'stroek'",
        "'stroke'?",
        near=condition(why='"After a [stroke](condition:stroke)"'),
    ),
    _unknown("reference in folded text", condition(why=">\n  After\n  a [stroke](«condition:stroek»)"), "'stroek'"),
    _unknown("reference in an item", condition(questions="\n- First?\n- What of [it](«goal:walk»)?"), "no goal 'walk'"),
    _unknown(
        "reference in a row",
        comparison(table='[{topic: "[a](«term:gat»)", pt: b, ot: c}]'),
        "no term 'gat'",
        path="comparisons/x.md",
    ),
    _unknown(
        "reference in a text",
        _body("See [it](«condition:stroek»)."),
        "no condition 'stroek'",
        "'stroke'?",
        near=_body("See [it](condition:stroke), [](condition:stroke)."),
    ),
    _unknown(
        "citation in a text", _body("It does [@trial-2020; @«trial-2019»]."), "no source 'trial-2019'", "'trial-2020'?"
    ),
    _unknown(
        "term in a text", _body("The [gait](«term:gate»)."), "no term 'gate'", "", near=_body("The [gait](term:gait).")
    ),
    _unknown("person in a text", _body("By [her](«person:robin»)."), "no person 'robin'"),
    _unknown(
        "card in a text",
        _body("/// safety | «stroke-sings»\n///"),
        "no safety card 'stroke-sings'",
        "'stroke-signs'?",
        near=_body("/// safety | stroke-signs\n///"),
    ),
    Case("kind in a key", condition(see_also="[«conditon:stroke»]"), "unknown-kind", "'conditon'", hint="'condition'?"),
    Case("kind in a text", _body("See [it](«conditon:stroke»)."), "unknown-kind", "'conditon'", hint="condition:"),
    Case(
        "heading elsewhere",
        _body("See [it](«condition:stroke#does-it-hurt»)."),
        "missing-anchor",
        "no heading 'does-it-hurt' on the condition 'stroke'",
        _body("See [it](condition:stroke#does-it-help)."),
        "'does-it-help'?",
    ),
    Case(
        "heading that is like no other",
        _body("See [it](«article:first-visit#zz»)."),
        "missing-anchor",
        "'zz'",
        hint="Its headings are: what-to-bring.",
    ),
    Case(
        "heading of a goal",
        _body("See [it](«goal:climb-stairs#zz»)."),
        "missing-anchor",
        "on the goal 'climb-stairs'",
        _body("See [it](goal:climb-stairs)."),
        "It has no headings.",
    ),
    Case(
        "heading of the page itself",
        _body("See [below](«#below»)."),
        "missing-anchor",
        "no heading 'below'",
        _body("See [below](#below).\n\n## Below\n\nSo."),
    ),
    Case("draft in a text", _body("See [it](«condition:draft»)."), "hidden-reference", "it is a draft"),
    Case("draft in a key", condition(see_also="[«condition:draft»]"), "hidden-reference", "'draft' is not in the site"),
    Case("draft in a table", goals(conditions="[«draft»]"), "hidden-reference", "it is a draft", path="goals.yaml"),
    Case("scheduled", _body("See [it](«condition:soon»)."), "hidden-reference", "it is not yet published"),
    Case("expired", _body("See [it](«condition:gone»)."), "hidden-reference", "it is expired"),
    Case(
        "picture",
        _body("![A walker](«media/waker.svg»)"),
        "missing-image",
        "no picture content/media/waker.svg",
        _body("![A walker](media/walker.svg)"),
        "'media/walker.svg'?",
    ),
    Case(
        "picture in another case",
        _body("![A walker](«media/Walker.SVG»)"),
        "missing-image",
        "content/media/Walker.SVG",
        hint="There is media/walker.svg: small and capital letters differ.",
    ),
    Case(
        "picture with no like",
        _body("![A walker](«media/zz.png»)"),
        "missing-image",
        "content/media/zz.png",
        hint="small and capital",
    ),
    Case(
        "the same row twice",
        goals() + "- {id: «climb-stairs», goal: Climb, area: moving, lead: pt, joins: none, why: So, pt_does: [a],"
        " ot_does: [b], questions: [c?]}\n",
        "duplicate-id",
        "the goal 'climb-stairs' is on line 6 already",
        path="goals.yaml",
    ),
    Case(
        "the same goal in a further file",
        further_goals("walk", "climb-stairs").replace("id: climb-stairs", "id: «climb-stairs»"),
        "duplicate-id",
        "the goal 'climb-stairs' is in content/goals.yaml already",
        further_goals("walk", "zip"),
        path="goals/more.yaml",
    ),
    Case(
        "row without id",
        GLOSSARY + "- {«t»erm: a, definition: b}\n".replace("{«t»", "«{»t"),
        "missing-key",
        "this term has no id",
        path="glossary.yaml",
    ),
    Case(
        "row with a bad id",
        GLOSSARY + "- {id: «A B», term: a, definition: b}\n",
        "bad-id",
        "the id of a term",
        path="glossary.yaml",
    ),
    Case(
        "id that is a list",
        GLOSSARY + "- {id: «[»a], term: a, definition: b}\n",
        "bad-id",
        "the id of a term",
        path="glossary.yaml",
    ),
    Case(
        "row that is a text", GLOSSARY + "- «gait»\n", "wrong-type", "each term is a row of keys", path="glossary.yaml"
    ),
    Case(
        "row that is a list",
        GLOSSARY + "- «[»gait]\n",
        "wrong-type",
        "each term is a row of keys",
        path="glossary.yaml",
    ),
    Case("rows that are a text", "terms: «gait»\n", "wrong-type", "'terms' is a list of rows", path="glossary.yaml"),
    Case(
        "rows that are keys",
        "terms:\n  «gait»: x\n".replace("«gait»", "«g»ait"),
        "wrong-type",
        "'terms' is a list of rows",
        path="glossary.yaml",
    ),
    Case("no list", "«u»pdated_on: 2026-11-01\n", "missing-key", "the list 'terms' is missing", path="glossary.yaml"),
    Case("empty table", "«»", "missing-key", "the list 'terms' is missing", path="glossary.yaml"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistakes(case: Case) -> None:
    check(case, OTHERS)


def test_a_file_whose_name_can_be_no_id() -> None:
    made = guide_of({"conditions/Knee Pain.md": condition()})
    assert found_at(made) == [("bad-file-name", unmarked("content/conditions/Knee Pain.md", "").place)]


@pytest.mark.parametrize("key", ["condition", "goal", "comparison", "article", "therapy", "page", "person", "source"])
def test_every_kind_of_reference_is_looked_up(key: str) -> None:
    text, place = unmarked("content/conditions/x.md", _body(f"See [it](«{key}:zzz»)."))
    assert found_at(guide_of({"conditions/x.md": text})) == [("unknown-reference", place)]


def test_a_draft_may_name_drafts_but_nothing_unknown() -> None:
    text, place = unmarked(
        "content/conditions/x.md", condition("[a](condition:draft) [b](«condition:zzz»)", draft="true")
    )
    assert found_at(guide_of({**OTHERS, "conditions/x.md": text})) == [("unknown-reference", place)]


def test_drafts_and_scheduled_pages_are_shown_when_asked_for() -> None:
    files = {**OTHERS, "conditions/x.md": _body("[a](condition:draft) [b](condition:soon)")}
    made = guide_of(files, drafts=True)
    assert found_at(made) == []
    assert {"draft", "soon"} <= set(made.whole.conditions)
    assert "gone" not in made.whole.conditions


@pytest.mark.parametrize(
    "broken",
    [
        condition(lead="physio"),
        condition(why="@x"),
        "No front matter.\n\n## Does it help?\n",
        "---\nname: Stroke\n",
        b"---\n\xff\n---\n",
        condition() + "\n/// emergency\n- Pain\n",
    ],
)
def test_a_broken_page_is_not_missing_as_well(broken: str | bytes) -> None:
    alone = guide_of({"conditions/stroke.md": broken})
    files = {
        "conditions/stroke.md": broken,
        "conditions/x.md": condition("[a](condition:stroke) [@trial-2020]", see_also="[condition:stroke]"),
        "goals.yaml": goals(conditions="[stroke]", safety="[stroke-signs]"),
    }
    assert len(found_at(alone)) == 1
    assert found_at(guide_of(files)) == found_at(alone)


@pytest.mark.parametrize("broken", ["---\nname: Stroke\n", b"\xff"])
def test_a_page_whose_text_is_lost_has_no_missing_headings(broken: str | bytes) -> None:
    made = guide_of({"conditions/stroke.md": broken, "conditions/x.md": _body("[a](condition:stroke#zz)")})
    assert len(found_at(made)) == 1


@pytest.mark.parametrize("broken", ["---\n@x\n---\n\n## Help\n", "## Help\n"])
def test_headings_are_known_even_when_the_keys_can_t_be_read(broken: str) -> None:
    fine = guide_of({"conditions/stroke.md": broken, "conditions/x.md": _body("[a](condition:stroke#help)")})
    missing = guide_of({"conditions/stroke.md": broken, "conditions/x.md": _body("[a](condition:stroke#zz)")})
    assert len(found_at(fine)) == 1
    assert [rule for rule, _ in found_at(missing)][1:] == ["missing-anchor"]


@pytest.mark.parametrize("broken", ["sources: @x\n", "sources: x\n", "zzz: x\n", b"\xff"])
def test_no_row_of_a_broken_table_is_missing(broken: str | bytes) -> None:
    rules = [rule for rule, _ in found_at(guide_of({"sources.yaml": broken, "conditions/x.md": condition()}))]
    assert "unknown-reference" not in rules
    assert rules


def test_a_table_that_is_not_there_has_no_rows() -> None:
    rules = {rule for rule, _ in found_at(guide_of({}, without=["sources.yaml"]))}
    assert rules == {"unknown-reference"}


def test_a_table_may_be_empty() -> None:
    assert found_at(guide_of({"glossary.yaml": "terms:\n", "therapies/pt.md": "", "pages/x.md": ""}, without=[])) == [
        ("missing-front-matter", unmarked("content/pages/x.md", "«").place),
        ("missing-front-matter", unmarked("content/therapies/pt.md", "«").place),
    ]


def test_a_broken_page_still_has_its_references_looked_up() -> None:
    broken = condition(
        "[a](goal:zzz) ![b](media/zzz.svg)", lead="physio", sources="[zzz]", questions='["[c](term:zzz)"]'
    )
    rules = sorted(rule for rule, _ in found_at(guide_of({"conditions/x.md": broken})))
    assert rules == ["missing-image", "unknown-reference", "unknown-reference", "unknown-reference", "unknown-therapy"]


def test_a_page_that_can_t_be_read_still_has_its_text_looked_up() -> None:
    rules = [rule for rule, _ in found_at(guide_of({"conditions/x.md": "---\nwhy: @x\n---\n[a](goal:zzz)\n"}))]
    assert rules == ["yaml-syntax", "unknown-reference"]


def test_a_broken_site_file_still_has_its_references_looked_up() -> None:
    made = guide_of({"site.yaml": SITE.replace("guide-project", "nobody") + "zzz: x\n"})
    assert [rule for rule, _ in found_at(made)] == ["unknown-reference", "unknown-key"]
    assert made.guide is None


def test_what_only_a_broken_page_uses_is_not_unused() -> None:
    files = {"conditions/x.md": condition(lead="physio"), "therapies/pt.md": "---\n"}
    assert not guide_of(files).of("unused-row")


@pytest.mark.parametrize("table", [b"\xff", "goals: {a: b}\n", "aims: []\n"])
def test_a_further_file_that_can_t_be_read_hides_no_goal(table: str | bytes) -> None:
    files: dict[str, str | bytes] = {"goals/more.yaml": table, "conditions/x.md": _body("[a](goal:zip)")}
    assert "unknown-reference" not in guide_of(files).rules()
    assert "unknown-reference" in guide_of({**files, "goals/more.yaml": "goals: []\n"}).rules()
