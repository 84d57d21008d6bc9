"""Passages and where the spots in them stand. How records are read wrongly stands in bad_input/test_keys.py."""

import re

import pytest

from otpt_site.diagnostics import Place
from otpt_site.guide import LINKABLE, PAGE_KINDS, TABLES
from otpt_site.guide.common import PageState
from otpt_site.guide.keys import field_names
from otpt_site.guide.records import Doi, MailAddress, Passage, PhoneNumber, Shape, WebAddress
from otpt_site.markup import ReferenceHole, Spot, parse
from tests.kit import condition, goals, guide_of, unmarked


def test_a_spot_of_a_body_is_counted_from_its_first_line() -> None:
    passage = Passage(parse("One\n\ntwo"), "content/a.md", 10)
    assert passage.place(Spot(3, 2, 1)) == Place("content/a.md", 12, 2, 1)


def test_a_spot_in_a_key_is_where_it_was_written() -> None:
    text = condition(why='>\n  "One\n  [gait](term:gait)"')
    why = guide_of({"conditions/x.md": text}).whole.conditions["x"].why
    assert [segment for segment in why.prose.segments if isinstance(segment, ReferenceHole)] == []
    [place] = why.value.spots.values()
    assert text.split("\n")[place.line - 1][place.column - 1 :].startswith("term:gait")


def test_a_record_knows_where_its_keys_stand() -> None:
    made = guide_of({"conditions/x.md": condition(why=">\n  Text")}).whole.conditions["x"]
    assert made.place_of("lead") == Place("content/conditions/x.md", 8, 7, 2)
    assert made.place_of("questions") == Place("content/conditions/x.md", 14, 1, 9)
    assert made.place_of("why") == Place("content/conditions/x.md", 10, 1, 3)
    assert made.place_of("nuance") == made.place == Place("content/conditions/x.md")


def _matches(type_: object, text: str) -> bool:
    [shape] = [mark for mark in type_.__metadata__ if isinstance(mark, Shape)]  # type: ignore[attr-defined]
    return re.fullmatch(shape.pattern, text) is not None


@pytest.mark.parametrize(
    ("type_", "text", "fine"),
    [
        (WebAddress, "https://example.org", True),
        (WebAddress, "http://example.org:8080/a?b=c&d#e", True),
        (WebAddress, "https://münchen.example/ä", True),
        (WebAddress, "ftp://example.org", False),
        (WebAddress, "https://example.org\\@evil.example", False),
        (WebAddress, "https://user@example.org", False),
        (WebAddress, "HTTPS:example.org", False),
        (MailAddress, "guide@clinic.example", True),
        (MailAddress, "guide@clinic", False),
        (MailAddress, "a b@clinic.example", False),
        (PhoneNumber, "911", True),
        (PhoneNumber, "+1 (555) 010-0100", True),
        (PhoneNumber, "(555) 0100", True),
        (PhoneNumber, "1-800-HELP", False),
        (Doi, "10.1002/14651858.CD010815.pub2", True),
        (Doi, "10.1016/S0140-6736(17)31447-2", True),
        (Doi, "doi:10.1002/x", False),
        (Doi, '10.1002/x"y', False),
    ],
)
def test_shapes_of_addresses(type_: object, text: str, fine: bool) -> None:
    assert _matches(type_, text) is fine


def test_every_kind_that_can_be_named_is_kept_somewhere() -> None:
    kept = {kind for kind, _ in PAGE_KINDS.values()} | {kind for lists in TABLES.values() for _, kind, _ in lists}
    assert set(LINKABLE) <= kept


@pytest.mark.parametrize("kind", [type_ for _, type_ in PAGE_KINDS.values()])
def test_no_editor_writes_what_the_tool_gives(kind: type) -> None:
    assert not {"id", "place", "key_places", "body"} & set(field_names(kind))


def test_every_record_has_a_name_for_other_pages() -> None:
    guide = guide_of({"conditions/x.md": condition(name="Stroke")}).whole
    called = [record.called for kind in (*LINKABLE, "area", "safety") for record in guide.shelf(kind).values()]
    assert {"Stroke", "Climb the stairs", "gait", "A trial", "Robin Reed", "Moving", "stroke-signs"} <= set(called)


def test_states_in_words() -> None:
    assert [state.in_words for state in PageState] == ["published", "a draft", "not yet published", "expired"]


# Places of words


def _body_place(text: str, words: str) -> Place:
    return Passage(parse(text), "content/a.md", 10, written=text).place_of_words(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One «two» three", "two"),
        ("One\n\n- two\n- «three four»", "three four"),
        ("«Walk [each](term:gait) day» now", "Walk each day"),
        ("It helps [@gait-2020]. «Gait» is", "Gait"),
        ("It [helps](condition:gait) to mend «gait»", "gait"),
        ("Walk.[^gait] «gait»\n\n[^gait]: x", "gait"),
        ("«Walk.[^1] Rest»\n\n[^1]: x", "Walk. Rest"),
        ("/// note | gait\n«gait»\n///", "gait"),
        ("A **«very** _bold_ word»", "very bold word"),
        ("again gains «gain»", "gain"),
        ("«a b c d e f g h» other words", "a b c d e f g h i j"),
        ("It’s «don't»", "don’t"),
        ("It helps [@a\nb\n\nc]: «gait»", "gait"),
        ("«»One two", "three"),
        ("«»One two", ""),
        ("«»One two", "…"),
    ],
)
def test_words_of_a_body_are_found(text: str, words: str) -> None:
    plain, place = unmarked("content/a.md", text)
    assert _body_place(plain, words) == Place(place.path, place.line + 9, place.column, place.length)


@pytest.mark.parametrize(
    ("text", "words", "part"),
    [
        ("A «leg»", "A leg", "leg"),
        ("One leg\n\n- my «leg»", "my leg", "leg"),
        ("leg\n\n«leg» one", "leg one", "leg"),
        ("The [leg](term:leg) of the «leg» **or** arm", "The leg of the leg or arm", "leg or"),
        ("a leg [](site:emergency) «your leg»", "your emergency number your leg", "your leg"),
        ("an «arm» here", "something else arm", "arm"),
        ("«o»ne", "two", "two"),
        ("«o»ne", "two!", "!"),
    ],
)
def test_a_part_is_told_from_others_by_the_words_around_it(text: str, words: str, part: str) -> None:
    plain, marked = unmarked("content/a.md", text)
    start = words.rindex(part)
    found = Passage(parse(plain), "content/a.md", 1, written=plain).place_of_part(words, start, start + len(part))
    assert (found.line, found.column) == (marked.line, marked.column)


def test_the_place_of_words_on_two_lines_ends_with_the_first() -> None:
    assert _body_place("A line\nand more", "line and") == Place("content/a.md", 10, 3, 4)


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("One «two» three", "two"),
        ('"One «two» three"', "two"),
        ("'Don''t «two» three'", "two"),
        ("'«Don''t two» three'", "Don't two"),
        ('"One\n  «two» three"', "two"),
        (">\n  One\n  «two» three", "two"),
        ("|-\n  One\n  «two» three", "two"),
        (">-\n  One «two»\n  three", "two"),
        ("One\n  «two» three", "two"),
        ("One [a](term:gait) «gait»", "gait"),
        ("«O»ne two", "three"),
        ('«"»One two"', "three"),
        ("«>»\n  One two", "three"),
    ],
)
def test_words_of_a_key_are_found(why: str, words: str) -> None:
    text, place = unmarked("content/conditions/x.md", condition(why=why))
    passage = guide_of({"conditions/x.md": text}).whole.conditions["x"].why
    assert passage.place_of_words(words) == place


def test_words_of_an_item_in_braces_are_found() -> None:
    text, place = unmarked("content/goals.yaml", goals(pt_does="[Builds legs, Builds «arms»]"))
    [_, second] = guide_of({"goals.yaml": text}).whole.goals["climb-stairs"].pt_does
    assert second.place_of_words("arms") == place
