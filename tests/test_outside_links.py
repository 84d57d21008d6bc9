"""Links to other sites are found wherever they may be written, each at its place."""

import pytest

from otpt_site.outside_links import outside_links
from tests.kit import DEFAULTS, SITE, article, comparison, condition, goals, guide_of, unmarked

PEOPLE = DEFAULTS["people.yaml"]
URL = "https://example.org/a?b=1&c=2"


def _found(path: str, text: str) -> list[tuple[str, int, int]]:
    made = guide_of({path: text})
    return [(url, place.line, place.column) for url, place in outside_links(made.whole) if place.path.endswith(path)]


def _expected(path: str, text: str) -> tuple[str, list[tuple[str, int, int]]]:
    plain, place = unmarked(path, text)
    return plain, [(URL, place.line, place.column)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("articles/x.md", article(f"More.\n\nSee [this site](«{URL}») for more.")),
        ("articles/x.md", article(f"See [this site](<«{URL}»>).")),
        ("articles/x.md", article(f"See <«{URL}»>.")),
        ("articles/x.md", article(f"See [this site].\n\n[this site]: «{URL}»")),
        ("articles/x.md", article(f"/// note\nSee [this site](«{URL}»).\n///")),
        ("articles/x.md", article(f"| a | b |\n| - | - |\n| c | [this site](«{URL}») |")),
        ("conditions/x.md", condition(why=f'"See [this site](«{URL}»)"')),
        ("conditions/x.md", condition(questions=f'\n- One?\n- "See [this site](«{URL}»)?"')),
        ("comparisons/x.md", comparison(table=f'[{{topic: A, pt: "[this site](«{URL}»)", ot: B}}]')),
        ("goals.yaml", goals(why=f'"See [this site](«{URL}»)"')),
        ("sources.yaml", f"sources:\n- id: trial-2020\n  type: t\n  authors: R\n  title: A\n  url: «{URL}»\n"),
        ("people.yaml", f"{PEOPLE}- {{id: clinic, name: Us, kind: organization, url: «'{URL}'»}}\n"),
        ("site.yaml", f"{SITE}«c»linic: {{name: We, booking_url: '{URL}'}}\n"),
        ("site.yaml", SITE.replace("feedback: {", "«f»eedback: {" + f"url: '{URL}', ")),
    ],
)
def test_a_link_is_found_at_its_place(path: str, text: str) -> None:
    plain, expected = _expected(path, text)
    assert _found(path, plain) == expected


def test_a_doi_leads_to_its_resolver() -> None:
    text = "sources:\n- id: trial-2020\n  type: t\n  authors: R\n  title: A\n  doi: 10.1093/ptj/pzaa099\n"
    assert _found("sources.yaml", text) == [("https://doi.org/10.1093/ptj/pzaa099", 6, 8)]


def test_the_same_link_twice_is_found_at_both_places() -> None:
    text = article(f"See [this]({URL}) and [that]({URL}).\n\nAnd [this]({URL}).")
    [first, second, third] = _found("articles/x.md", text)
    assert first[1] == second[1] == third[1] - 2
    assert first[2] < second[2]


@pytest.mark.parametrize("target", ["condition:stroke", "mailto:a@b.example", "tel:911", "#more", "site:crisis"])
def test_what_leads_to_no_other_site_is_not_among_them(target: str) -> None:
    files = {"conditions/stroke.md": condition(), "articles/x.md": article(f"## More\n\nSee [this]({target}).")}
    assert outside_links(guide_of(files).whole) == ()


def test_a_link_in_code_is_not_among_them() -> None:
    assert _found("articles/x.md", article(f"Type `[a]({URL})`.\n\n    <{URL}>")) == []


def test_a_link_that_is_written_some_other_way_is_told_where_its_text_begins() -> None:
    [(url, line, column)] = _found("articles/x.md", article("Some text.\n\nSee [this](https://example.org/&#97;)."))
    assert (url, column) == ("https://example.org/a", 1)
    assert line > 1


def test_links_of_a_page_that_is_not_shown_wait() -> None:
    files = {"articles/x.md": article(f"See [this]({URL}).", draft="true")}
    assert outside_links(guide_of(files).whole) == ()
    assert len(outside_links(guide_of(files, drafts=True).whole)) == 1
