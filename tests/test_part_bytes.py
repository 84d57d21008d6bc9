"""What others can see of a file: all but the text below a page's keys."""

import pytest

from otpt_site.guide.common import Page
from otpt_site.part_bytes import parts_of
from tests.kit import condition, digest_of, goals, source


def _outline(text: str, path: str = "conditions/x.md") -> bytes:
    return parts_of(source(path, text)).outline


BODY = "Slow [walking](term:gait).\n\n## Help\n\nMore."


@pytest.mark.parametrize(
    "body",
    [
        "Quick [walking](term:gait).\n\n## Help",
        "A\n\n## Help\n\n[b](term:gait) [c](term:gait)",
        "## Help\n[](term:gait)",
    ],
)
def test_other_words_are_seen_on_their_page_alone(body: str) -> None:
    assert _outline(condition(body)) == _outline(condition(BODY))


@pytest.mark.parametrize(
    "text",
    [
        condition(BODY.replace("Help", "Aid")),
        condition(BODY.replace("term:gait", "term:cane")),
        condition(BODY.replace("[walking](term:gait)", "walking")),
        condition(BODY + "\n\n![a](media/a.png)"),
        condition(BODY, name="Other"),
        condition(BODY, summary="Other"),
        condition(BODY, why="PT helps [@b]"),
        condition(BODY, lead="physio"),
        condition(BODY, search_words="[x]"),
    ],
)
def test_headings_keys_and_what_is_named_are_seen_by_all(text: str) -> None:
    assert _outline(text) != _outline(condition(BODY))


def test_the_digest_of_its_text_is_seen_on_its_page_alone() -> None:
    assert digest_of(condition("Slow.")) != digest_of(condition("Quick."))
    assert _outline(condition("Slow.")) == _outline(condition("Quick."))


def test_of_a_table_all_is_seen() -> None:
    assert _outline(goals(why="Other"), "goals.yaml") != _outline(goals(), "goals.yaml")


def test_the_record_has_its_text_all_the_same() -> None:
    [part] = parts_of(source("conditions/x.md", condition("Slow."))).parts
    record = part.record
    assert isinstance(record, Page)
    assert record.body.prose.words == "Slow."
