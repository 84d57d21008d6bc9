"""Front matter and tables that can't be read: each mistake told at its place, in an editor's words."""

import pytest

from tests.kit import Case, check, condition, found_at, goals, guide_of

QUOTE = "Put the whole text in double quotes."


def _why(text: str) -> str:
    return condition(why=text)


def _questions(text: str) -> str:
    return condition(questions=text)


CASES = (
    Case("unclosed double quote", _why('«"»PT helps'), "yaml-syntax", "this quote mark has no partner", _why('"PT"')),
    Case("unclosed single quote", _why("«'»PT helps"), "yaml-syntax", "this quote mark has no partner", _why("'PT'")),
    Case(
        "quote closed by that of a later key",
        condition(why='«"»PT helps', questions='["How often?"]'),
        "yaml-syntax",
        "this quote mark has no partner",
        condition(why='"PT helps"', questions='["How often?"]'),
    ),
    Case(
        "text behind a closing quote",
        _why('"PT" «h»elps'),
        "yaml-syntax",
        "goes on behind its closing quote mark",
        _why("'\"PT\" helps'"),
        "Put single quotes around the whole text",
    ),
    Case(
        "apostrophe in single quotes",
        _why("'it'«s» good'"),
        "yaml-syntax",
        "goes on behind its closing quote mark",
        _why("it's good"),
        "Put double quotes around the whole text",
    ),
    Case("unclosed bracket", _questions("«[»How?"), "yaml-syntax", "this [ has no partner", _questions("[How?]")),
    Case(
        "unclosed brace",
        condition(first_visit="«{»pt: [Looks]"),
        "yaml-syntax",
        "this { has no partner",
        condition(first_visit="{pt: [Looks]}"),
    ),
    Case(
        "link in a list in brackets",
        _questions("[What is «[»gait](term:gait)?, How?]"),
        "yaml-syntax",
        "can't be read from here on",
        _questions('["What is [gait](term:gait)?", How?]'),
    ),
    Case(
        "stray indent",
        condition().replace("joins:", "  «joins»:"),
        "yaml-syntax",
        "this key is indented deeper than those above it",
    ),
    Case(
        "all keys indented but one",
        condition().replace("---\nsummary", "---\n summary").replace("author", "«a»uthor"),
        "yaml-syntax",
        "does not stand in the column",
    ),
    Case(
        "key without colon",
        condition(why="PT\n«nuance»"),
        "yaml-syntax",
        "neither a key with a colon nor part of the text above",
        condition(why="PT\n  nuance"),
    ),
    Case(
        "words without key",
        condition(why="PT\n«It is so»"),
        "yaml-syntax",
        "neither a key with a colon nor part of the text above",
        condition(why="PT\n  It is so"),
    ),
    Case(
        "no space behind a colon",
        condition().replace("lead: pt", "lead«:»pt"),
        "yaml-syntax",
        "a space is missing behind this colon",
        condition().replace("lead: pt", "lead:  pt"),
    ),
    Case(
        "no space behind a dash",
        _questions("\n- How?\n«-»When?"),
        "yaml-syntax",
        "a space is missing behind this dash",
        _questions("\n- How?\n-  When?"),
    ),
    Case(
        "no space behind any dash",
        _questions("\n«-»How?\n-When?"),
        "yaml-syntax",
        "a space is missing behind this dash",
    ),
    Case(
        "item out by one to the left",
        _questions("\n  - How?\n «-» When?"),
        "yaml-syntax",
        "this dash does not stand in the column of those above it",
        _questions("\n  - How?\n  - When?"),
    ),
    Case(
        "item out by one to the right",
        _questions("\n- How?\n «-» When?"),
        "yaml-surprise",
        "this dash is read as part of the text above",
        _questions("\n- How?\n  when - and where?"),
    ),
    Case(
        "list below a text",
        condition(why="PT\n«-» more"),
        "yaml-syntax",
        "the key above it has a text already",
        condition(why="PT - more"),
    ),
    Case("no key", condition().replace("lead: pt", "«:» pt"), "yaml-syntax", "there is no key in front of this colon"),
    *(
        Case(
            f"{text[0]} at the start",
            _why(f"«{text[0]}»{text[1:]}"),
            rule,
            f"a text can't begin with {text[0]}",
            _why(f'"{text}"'),
            QUOTE,
        )
        for text, rule in (
            ("@legg says", "yaml-syntax"),
            ("%50 get better", "yaml-syntax"),
            ("`PT` helps", "yaml-syntax"),
            ("*Often* it helps", "yaml-syntax"),
            ("**Often** it helps", "yaml-syntax"),
            ("|PT| helps", "yaml-syntax"),
            (">PT helps", "yaml-syntax"),
            ("? PT helps", "yaml-syntax"),
            ("{PT} helps", "yaml-syntax"),
            (", PT helps", "yaml-syntax"),
            ("] PT helps", "yaml-syntax"),
            ("&co helps", "yaml-feature"),
            ("*often", "yaml-feature"),
            ("!stop helps", "yaml-feature"),
            ("[gait](term:gait) helps", "yaml-syntax"),
            ("[gait](term:gait): helps", "yaml-syntax"),
            ("[gait](term:gait)", "yaml-syntax"),
            ("[@trial-2020] says", "yaml-syntax"),
        )
    ),
    Case(
        "dash at the start",
        _why("«-» PT helps"),
        "yaml-syntax",
        "a text can't begin with -",
        _why('"- PT helps"'),
        "or begin the list on the next line",
    ),
    Case(
        "link at the start of an item",
        _questions("\n- «[»gait](term:gait) helps?"),
        "yaml-syntax",
        "a text can't begin with [",
        _questions('\n- "[gait](term:gait) helps?"'),
        QUOTE,
    ),
    Case(
        "tab in front of a key",
        condition().replace("lead:", "«\t»lead:"),
        "yaml-tab",
        "indented with a tab",
    ),
    Case("tab in front of a dash", _questions("\n«\t»- How?"), "yaml-tab", "with a tab", _questions("\n  - How?")),
    Case("tab in front of a text", _why("PT\n«\t»helps"), "yaml-tab", "with a tab", _why("PT\n  helps\tyou")),
    Case("unquoted colon", _why("PT leads«:» it helps"), "yaml-colon", "a colon inside", _why('"PT leads: it"'), QUOTE),
    Case("colon at the end", _why("PT leads«:»"), "yaml-colon", "a colon inside this text", _why("PT leads:it helps")),
    Case("colon in curly quotes", _why("“PT«:» it”"), "yaml-colon", "a colon inside this text", _why("“PT”")),
    Case(
        "colon in an item",
        _questions("\n- «What»: this?"),
        "yaml-colon",
        "YAML takes 'What' for a key",
        _questions('\n- "What: this?"'),
        QUOTE,
    ),
    Case("escape", _why('"PT«\\»d"'), "yaml-syntax", "a backslash", _why("'PT\\d'")),
    Case("bell", _why("PT«\x07»helps"), "yaml-syntax", "an invisible sign", _why("PT helps")),
    Case(
        "hard space behind a colon",
        condition().replace("lead: pt", "lead:«\u00a0»pt"),
        "yaml-syntax",
        "looks like a space",
    ),
    Case("hard space in front of a dash", _questions("\n«\u00a0»- How?"), "yaml-syntax", "looks like a space"),
    Case("hash in a text", _why("PT leads «#1 here»"), "yaml-surprise", "is left out", _why("PT leads  # a comment")),
    Case("hash at the start", _why("«#1 is PT»"), "yaml-surprise", "is left out", _why('"#1 is PT"')),
    Case("second table", condition(why="PT\n...\n«b»: c"), "yaml-syntax", "does not stand in the column"),
    Case(
        "tag that builds an object",
        _why("«!»!python/object/apply:os.system [id]"),
        "yaml-feature",
        "a text can't begin with !",
    ),
    Case("keys in a text", "---\n«PT leads»\n---\n\nText.\n", "wrong-type", "keys are needed here"),
    Case("list instead of keys", "---\n«-» PT\n---\n\nText.\n", "wrong-type", "keys are needed here"),
    Case(
        "list as a key",
        condition(nuance="So\n«[»a, b]: c"),
        "wrong-type",
        "a key is needed here",
        condition(nuance="So"),
    ),
    Case(
        "table that can't be read",
        goals().replace("why: It", "why: «@»It"),
        "yaml-syntax",
        "a text can't begin with @",
        path="goals.yaml",
    ),
    Case(
        "front matter that ends in the text",
        condition("Some words.\n\n---\n").replace("]\n---\n\nSome words.", "]\n\n«Some words.»"),
        "yaml-syntax",
        "neither a key with a colon",
        hint="put a line --- above it",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistakes(case: Case) -> None:
    check(case)


def test_too_deep_is_refused_where_it_gets_too_deep() -> None:
    made = guide_of({"conditions/x.md": condition(why="[" * 50_000)})
    assert [rule for rule, _ in found_at(made)] == ["yaml-too-deep"]


def test_lines_that_only_yaml_ends_do_not_shift_places() -> None:
    made = guide_of({"conditions/x.md": condition(nuance='"One\u2028two\x85three"', questions="x")})
    [(rule, place)] = found_at(made)
    assert (rule, place.line) == ("wrong-type", 13)
