"""Keys and their values: unknown, twice, missing, empty, of the wrong kind, or read by YAML as something else."""

import pytest

from tests.kit import (
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
    plain_page,
    therapy,
    unmarked,
)


def _site(line: str, near: str) -> dict[str, str]:
    return {"text": f"{SITE}{line}\n", "near": f"{SITE}{near}\n" if near else "", "path": "site.yaml"}


CASES = (
    Case(
        "twice",
        condition(why="Legs\n«why»: Hands"),
        "duplicate-key",
        "it is on line 10 already",
        condition(nuance="Hands"),
    ),
    Case(
        "twice within",
        condition(first_visit="\n  pt: [Looks]\n  «pt»: [Asks]"),
        "duplicate-key",
        "'pt' stands here again",
        condition(first_visit="\n  pt: [Looks]\n  ot: [Asks]"),
    ),
    Case("misspelt", condition(sumary="x").replace("sumary", "«sumary»"), "unknown-key", "'sumary'", hint="'summary'?"),
    Case(
        "misspelt and required: not missing as well",
        condition(lead=None, leed="pt").replace("leed", "«leed»"),
        "unknown-key",
        "'leed' is not a key here",
        hint="Did you mean 'lead'?",
    ),
    Case(
        "capital letter",
        condition(lead=None, Lead="pt").replace("Lead", "«Lead»"),
        "unknown-key",
        "'Lead' is not a key here",
        hint="Did you mean 'lead'?",
    ),
    Case("unknown", condition(zzz="x").replace("zzz", "«zzz»"), "unknown-key", "'zzz'", hint="content-format.md"),
    Case("unknown within", condition(first_visit="{«pd»: [Looks]}"), "unknown-key", "'pd' is not a key"),
    Case("unknown in a row", goals(gool="x").replace("gool", "«gool»"), "unknown-key", "'gool'", path="goals.yaml"),
    Case("unknown in a head", "«autor»: x\n" + goals(), "unknown-key", "'autor'", hint="'author'?", path="goals.yaml"),
    Case(
        "head of a further table",
        "«author»: guide-project\n" + further_goals("zip"),
        "unknown-key",
        "'author'",
        further_goals("zip"),
        path="goals/more.yaml",
    ),
    Case("id of a page", condition(id="x").replace("id: x", "«id»: x"), "unknown-key", "is its file name"),
    Case(
        "missing",
        "---\n«x»: y\n---\n".replace("«x»: y", "«t»itle: About\nsummary: Us"),
        "missing-key",
        "'updated_on'",
        plain_page(),
        path="pages/about.md",
    ),
    Case(
        "several missing",
        "---\n«t»itle: About\n---\n",
        "missing-key",
        "'summary' and 'updated_on' are missing",
        path="pages/about.md",
    ),
    Case("nothing but comments", "---\n«#» Soon\n---\n", "missing-key", "are missing", path="pages/about.md"),
    Case("a text where a list belongs", condition(questions="«How?»"), "wrong-type", "'questions' is a list"),
    Case("a list where a text belongs", condition(why="\n«-» PT"), "wrong-type", "a text, not a list", hint="no dash"),
    Case("brackets around a text", condition(why="«[»PT]"), "wrong-type", "is a text", hint="double quotes"),
    Case("braces around a text", condition(why="«{»PT: 1}"), "wrong-type", "is a text", hint="double quotes"),
    Case("keys where a text belongs", condition(why="\n  «p»t: a\n  ot: b"), "wrong-type", "no keys of its own"),
    Case(
        "a text where keys belong",
        condition(first_visit="«Looks»"),
        "wrong-type",
        "needs keys of its own",
        hint="pt, ot",
    ),
    Case("a row of no keys", condition(safety_extra="[«Pain»]"), "wrong-type", "needs keys of its own", hint="level"),
    Case("a group for a list", condition(questions="\n  «a»: b"), "wrong-type", "'questions' is a list"),
    Case("half a row", comparison(table="[«{»topic: Aim, pt: Walk}]"), "missing-key", "'ot'", path="comparisons/x.md"),
    Case(
        "no whole number",
        **_site("review: {due_after_months: «two»}", "review: {due_after_months: 12}"),
        rule="wrong-type",
        says="is a whole number",
    ),
    Case("number in quotes", **_site('review: {due_after_months: «"12"»}', ""), rule="wrong-type", says="whole number"),
    Case("no for false", condition(acute="«no»"), "yaml-surprise", "either true or false", condition(acute="false")),
    Case(
        "yes for true",
        condition(acute="«Yes»"),
        "yaml-surprise",
        "true or false",
        condition(acute="true", safety="[stroke-signs]"),
    ),
    Case("quoted truth", condition(acute='«"true"»'), "wrong-type", "either true or false"),
    Case("no truth", condition(acute="«maybe»"), "wrong-type", "either true or false", hint="Write true or false"),
    *(
        Case(
            f"{text} as a text",
            condition(also_called=f"[«{text}»]"),
            "yaml-surprise",
            f"does not read {text} as",
            condition(also_called=f'["{text}", {text} or so]'),
            f'Write "{text}" in double quotes.',
        )
        for text in (
            "no",
            "yes",
            "On",
            "off",
            "Y",
            "NULL",
            "12:30",
            "1.10",
            "007",
            "1_000",
            "0x1f",
            "1e3",
            ".inf",
            "2026-11-23",
            "-5",
        )
    ),
    Case("empty", condition().replace("why: It works on walking", "«why»:"), "empty-value", "'why' is empty"),
    Case("empty quotes", condition(why='""').replace("why", "«why»"), "empty-value", "'why' is empty"),
    Case("only blanks", condition(why='"  "').replace("why", "«why»"), "empty-value", "'why' is empty"),
    Case("null", condition(why="null").replace("why", "«why»"), "empty-value", "'why' is empty", condition(nuance="~")),
    Case(
        "empty list",
        condition(questions="[]").replace("questions", "«questions»"),
        "empty-value",
        "'questions'",
        condition(also_called="[]"),
    ),
    Case(
        "list without a line", condition(questions="").replace("questions", "«questions»"), "empty-value", "questions"
    ),
    Case("empty item", condition(questions='[«""», How?]'), "empty-value", "an item of 'questions' is empty"),
    Case("empty group", comparison(table="[«{»}]"), "missing-key", "'topic', 'pt' and 'ot'", path="comparisons/x.md"),
    *(
        Case(f"{text} as a date", condition(updated_on=f"«{text}»"), "bad-date", says, hint=hint)
        for text, says, hint in (
            ("2026-02-30", "there is no such day", "year-month-day"),
            ("2027-02-29", "there is no such day", ""),
            ("2026-13-01", "there is no such day", ""),
            ("0000-01-01", "there is no such day", ""),
            ("2026-1-5", "lacks a digit", "Write 2026-01-05."),
            ("23.11.2026", "is a date", "2026-11-23"),
            ("11/23/2026", "is a date", ""),
            ("2026-11-23 10:00", "is a date", ""),
            ("November 2026", "is a date", ""),
            ("".join(chr(0x660 + int(c)) if c.isdigit() else c for c in "2026-11-23"), "is a date", ""),
        )
    ),
    Case(
        "not a therapy",
        condition(lead="«physio»"),
        "unknown-therapy",
        "'physio' is not a therapy",
        condition(lead="ot"),
        "Write pt, ot or both.",
    ),
    Case("capital therapy", condition(lead="«PT»"), "unknown-therapy", "'PT' is", hint="in small letters: pt."),
    Case("both join", condition(joins="«both»"), "unknown-therapy", "'joins' can't be 'both'", hint="pt, ot or none."),
    Case("no joins", condition(joins="«no»"), "unknown-therapy", "'no' is not", hint="Write pt, ot or none."),
    Case("order", condition(order="[«none»]", lead="both"), "unknown-therapy", "'none'", condition(order="[pt]")),
    Case(
        "not a level",
        condition(safety_extra="[{level: «emergancy», action: call, text: Pain}]"),
        "unknown-choice",
        "'level' can't be 'emergancy'",
        condition(safety_extra="[{level: emergency, action: call, text: Pain}]"),
        "Did you mean 'emergency'?",
    ),
    Case(
        "not an action",
        condition(safety_extra="[{level: urgent, action: «xx», text: Pain}]"),
        "unknown-choice",
        "'action' can't be 'xx'",
        hint="Write call, emergency-department, same-day or appointment.",
    ),
    Case(
        "no id",
        condition(safety="[«Stroke signs»]"),
        "bad-id",
        "can't be the id of a safety card",
        condition(safety="[stroke-signs]"),
    ),
    Case(
        "a reference for an id",
        condition(sources="[«source:trial-2020»]"),
        "bad-id",
        "can't be the id",
        hint="alone: trial-2020.",
    ),
    Case(
        "a citation for an id", condition(sources='[«"@trial-2020"»]'), "bad-id", "can't be the id", hint="trial-2020."
    ),
    Case(
        "an id for a reference",
        condition(see_also="[«stroke»]"),
        "wrong-type",
        "needs a reference",
        hint="condition:stroke",
    ),
    Case(
        "a space in a reference",
        condition(see_also="\n- «goal»: climb-stairs"),
        "yaml-colon",
        "a colon inside",
        condition(see_also="\n- goal:climb-stairs"),
        "no space behind the colon",
    ),
    Case(
        "address without slashes",
        condition(aliases="[«old»]"),
        "bad-address",
        "on the site",
        condition(aliases="[/old/]"),
    ),
    Case(
        "address that climbs",
        condition(aliases="[«/../etc/»]"),
        "bad-address",
        "can't be an address on the site",
        condition(aliases="[/a.b/c.html]"),
    ),
    Case("slug", condition(slug="«../../x»"), "bad-address", "can't be the last part", condition(slug="brain-attack")),
    Case("capital slug", article(slug="«First»"), "bad-address", "the last part", path="articles/x.md"),
    *(
        Case(
            f"{url} as a web address",
            f'people:\n- {{id: guide-project, name: We, kind: organization, url: «"{url}"»}}\n'
            "- {id: reviewer, name: Robin, kind: person}\n",
            "bad-address",
            "can't be a web address",
            path="people.yaml",
        )
        for url in (
            "javascript:alert(1)",
            "example.org",
            "//example.org",
            "https://",
            "http:/x",
            "data:text/html,x",
            "https://example.org/<script>",
            "https://example.org/a b",
        )
    ),
    Case(
        "mail",
        **{**_site("", ""), "text": SITE.replace("{words: tell us}", '{words: tell us, email: «"a@b.c?cc=x"»}')},
        rule="bad-address",
        says="an e-mail address",
    ),
    Case(
        "phone",
        **_site("clinic: {name: We, phone: «ask us»}", 'clinic: {name: We, phone: "+1 (555) 0100"}'),
        rule="bad-address",
        says="a phone number",
    ),
    Case(
        "booking",
        **_site(
            'clinic: {name: We, booking_url: «"javascript:x"»}',
            'clinic: {name: We, booking_url: "https://a.example/b"}',
        ),
        rule="bad-address",
        says="a web address",
    ),
    Case(
        "doi",
        'sources:\n- {id: trial-2020, type: t, authors: R, title: A, doi: «"https://doi.org/10.1/x"»}\n',
        "bad-address",
        "can't be a DOI",
        "sources:\n- {id: trial-2020, type: t, authors: R, title: A, doi: 10.1093/x}\n",
        path="sources.yaml",
    ),
    Case(
        "time zone",
        SITE.replace("timezone: America/Toronto", "timezone: «Toronto»"),
        "unknown-timezone",
        "'Toronto'",
        SITE.replace("America/Toronto", "Europe/London"),
        path="site.yaml",
    ),
    Case("language", **_site("language: «xx-YY»", "language: fr-CA"), rule="unknown-language", says="'xx-YY'"),
    Case("id of the site", **_site("«id»: x", ""), rule="unknown-key", says="'id'"),
    Case(
        "key of another kind",
        therapy(lead="pt").replace("lead", "«lead»"),
        "unknown-key",
        "'lead'",
        path="therapies/pt.md",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistakes(case: Case) -> None:
    check(case)


def test_a_wrong_key_hides_no_other() -> None:
    text = condition(lead="physio", updated_on="2026-02-30", acute="no", zzz="x", questions="[]", why=None)
    made = guide_of({"conditions/x.md": text})
    rules = sorted(rule for rule, _ in found_at(made))
    assert rules == sorted(
        ["unknown-therapy", "bad-date", "yaml-surprise", "unknown-key", "empty-value", "missing-key"]
    )


def test_a_wrong_item_hides_no_other() -> None:
    text = condition(questions='["", 12:30, How?]', reviews="[{by: Robin R, on: soon}, {by: reviewer}]")
    rules = sorted(rule for rule, _ in found_at(guide_of({"conditions/x.md": text})))
    assert rules == ["bad-date", "bad-id", "empty-value", "missing-key", "yaml-surprise"]


def test_a_warning_in_a_text_leaves_the_page_in_the_guide() -> None:
    text, place = unmarked("content/conditions/x.md", condition(why="PT «<blink>»helps</blink>"))
    made = guide_of({"conditions/x.md": text})
    assert ("raw-html", place) in found_at(made)
    assert "x" in made.whole.conditions


def test_a_very_long_value_is_read_in_good_time() -> None:
    digits = "1" * 300_000 + "x"
    made = guide_of(
        {"conditions/x.md": condition(name=digits, see_also=f"[{'a' * 300_000}:b]", also_called=f"[{digits}]")}
    )
    assert [rule for rule, _ in found_at(made)] == ["unknown-kind"]
