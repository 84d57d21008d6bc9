"""What counts as the reviewed text: all that a reader is told, and nothing of how the file is laid out."""

import json
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otpt_site.guide import PAGE_KINDS, TABLES
from otpt_site.guide.keys import field_names
from otpt_site.guide.reviewed_text import BOOKKEEPING
from tests.kit import SAFETY, condition, digest_of, further_goals, goals

BODY = "Slow [walking](term:gait).\n\n## Help\n\nIt helps."
READ = digest_of(condition(BODY))


def test_a_digest_is_short_and_can_be_taken_for_no_number() -> None:
    assert re.fullmatch(r"v1-[0-9a-f]{20}", READ)


def test_digests_stay_as_they_are() -> None:
    """Reviews that were recorded must not all be called outdated by a new version of this program."""
    assert READ == "v1-fbb76441c9fdfa230824"
    assert digest_of(goals(), "goals.yaml", "climb-stairs") == "v1-5d9a0680bbe894582374"
    assert digest_of(SAFETY, "safety.yaml", "calf-clot") == "v1-b616e84d413bd30d6a1f"


@given(
    st.dictionaries(st.text(), st.recursive(st.text(), lambda said: st.lists(said) | st.dictionaries(st.text(), said)))
)
def test_digests_rest_on_the_bytes_of_the_first_reviews(said: dict[str, object]) -> None:
    """The first digests were of what `json.dumps` writes: msgspec writes the same, nine times as fast."""
    bytes_then = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert msgspec.json.encode(said, order="sorted") == bytes_then


@pytest.mark.parametrize(
    "text",
    [
        condition(BODY.replace("Slow", "Quick")),
        condition(BODY.replace("## Help", "### Help")),
        condition(BODY.replace("It helps.", "It helps.  \nMore.")),
        condition(BODY, name="A stroke"),
        condition(BODY, summary="Another sentence"),
        condition(BODY, why="It works on [walking](term:gait)"),
        condition(BODY, lead="both"),
        condition(BODY, joins="ot"),
        condition(BODY, order="[ot, pt]"),
        condition(BODY, acute="true"),
        condition(BODY, pt_does="[Helps you stand, Helps you sit]"),
        condition(BODY, also_called="[Brain attack]"),
        condition(BODY, safety="[calf-clot]"),
        condition(BODY, sources="[trial-2020, trial-2021]"),
        condition(BODY, first_visit="{pt: [Looks at you]}"),
        condition(BODY, safety_extra="[{level: urgent, action: same-day, text: A sign}]"),
    ],
)
def test_what_a_reader_is_told_counts(text: str) -> None:
    assert digest_of(text) != READ


@pytest.mark.parametrize(
    "text",
    [
        condition(BODY, reviews=None),
        condition(BODY, reviews="[{by: other, on: 2020-01-01, digest: v1-x}]"),
        condition(BODY, author="reviewer", updated_on="2020-01-01", draft="true", slug="other"),
        condition(BODY, publish_on="2027-01-01", expires_on="2028-01-01", aliases="[/old/]"),
        condition(BODY, search_words="[limp]", see_also="[goal:walk]", effect_claims="false"),
        # A key that says what would hold without it.
        condition(BODY, acute="false", nuance="", also_called="[]", unknowns="~"),
    ],
)
def test_bookkeeping_does_not_count(text: str) -> None:
    assert digest_of(text) == READ


@pytest.mark.parametrize(
    "text",
    [
        condition(BODY).replace("\n", "\r\n"),
        "\ufeff" + condition(BODY),
        condition(f"\n\n{BODY}\n\n\n"),
        condition(BODY.replace("Help\n", "Help \t\n")),
        condition(BODY, why='"It works on walking"'),
        condition(BODY, why=">-\n  It works\n  on walking"),
        condition(BODY, pt_does="\n- Helps you stand  # and no more"),
        condition(BODY).replace("lead: pt\njoins: none", "joins: none\nlead: pt"),
        condition(BODY).replace("name: Stroke", "# The name\n\nname:   Stroke"),
    ],
)
def test_the_layout_of_the_file_does_not_count(text: str) -> None:
    assert digest_of(text) == READ


def test_an_accent_is_the_same_however_it_is_stored() -> None:
    assert digest_of(condition("Caf\u00e9.", why="\u00e9")) == digest_of(condition("Cafe\u0301.", why="e\u0301"))


def test_each_row_has_a_text_of_its_own() -> None:
    two = further_goals("walk", "sit")
    path = "goals/more.yaml"
    assert digest_of(two, path, "walk") == digest_of(goals(), "goals.yaml", "climb-stairs"), "an id is bookkeeping"
    changed = two.replace("It builds strong legs", "It builds legs", 1)
    assert digest_of(changed, path, "walk") != digest_of(two, path, "walk")
    assert digest_of(changed, path, "sit") == digest_of(two, path, "sit")


def test_bookkeeping_is_a_list_of_keys_that_exist() -> None:
    """A new key counts as text unless someone adds it there."""
    types = [type_ for _, type_ in PAGE_KINDS.values()] + [type_ for lists in TABLES.values() for *_, type_ in lists]
    reviewed = [type_ for type_ in types if "reviews" in type_.__struct_fields__]
    assert len(reviewed) == 7
    assert {name for type_ in reviewed for name in field_names(type_)} >= BOOKKEEPING


@given(st.lists(st.sampled_from("a \t\n#-*é"), max_size=20), st.integers(0, 20))
def test_a_letter_more_is_a_change(signs: list[str], at: int) -> None:
    body = "x" + "".join(signs) + "x"
    other = body[: at + 1] + "y" + body[at + 1 :]
    assert digest_of(condition(other)) != digest_of(condition(body))
