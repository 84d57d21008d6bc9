"""Whatever is typed, nothing raises, and every problem is told at a place that is in the file."""

import datetime
import string
from typing import Final

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.fuzz.inputs import SIGNS
from tests.fuzz.judge import assert_told_well
from tests.kit import DEFAULTS, condition, goals, guide_of

ANY_TEXT: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
PIECES: Final = st.lists(st.sampled_from(SIGNS), max_size=25).map("".join)
TYPED: Final = ANY_TEXT | PIECES
_SETTINGS: Final = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _try(path: str, text: str) -> None:
    assert_told_well(guide_of({path: text}).diagnostics, path, text.encode())


@_SETTINGS
@given(TYPED)
@example("---\n\x85why: *a\n---\n")
@example('\ufeff---\r\nwhy: "\u2028\r\n---')
@example("--- \n- - - ? a\n---\n")
def test_any_file_of_a_page(text: str) -> None:
    _try("conditions/x.md", text)


@_SETTINGS
@given(TYPED)
@example("why: >\n\n  a [b](c:d)\n\n   e")
@example("? a\n: b")
@example("'")
@example("a: b\n? ")
@example("{a: b}}")
@example("\t")
def test_any_front_matter(keys: str) -> None:
    _try("conditions/x.md", f"---\n{keys}\n---\n\nText.\n")


@_SETTINGS
@given(TYPED, st.sampled_from(["", '"', "'", ">\n  ", "|\n  ", "\n- "]))
@example('a\\\n  [b](term:c)"', '"')
@example("[a](term:b) [a](term:b)", "|\n  ")
@example("one\n\n  [a](term:b)", ">\n  ")
def test_any_value(value: str, style: str) -> None:
    closing = style if style in {'"', "'"} else ""
    _try("conditions/x.md", condition(why=f"{style}{value}{closing}"))


@_SETTINGS
@given(TYPED)
def test_any_body(body: str) -> None:
    _try("conditions/x.md", condition(body))


@_SETTINGS
@given(TYPED, st.sampled_from(sorted(path for path in DEFAULTS if path.endswith(".yaml"))))
@example("---", "site.yaml")
def test_any_table(text: str, path: str) -> None:
    _try(path, text)


@_SETTINGS
@given(TYPED, st.sampled_from(sorted(path for path in DEFAULTS if path.endswith(".yaml"))), st.integers(0, 400))
def test_anything_typed_into_a_table(text: str, path: str, at: int) -> None:
    default = DEFAULTS[path]
    _try(path, default[:at] + text + default[at:])


@_SETTINGS
@given(st.binary(max_size=60), st.integers(0, 60))
def test_any_bytes(data: bytes, at: int) -> None:
    whole = condition().encode()
    guide_of({"conditions/x.md": whole[:at] + data + whole[at:]})
    guide_of({"conditions/x.md": data})


WORDS: Final = st.text(string.ascii_letters + "éß ", min_size=1, max_size=20).map(lambda text: f"x{text.strip()}y")
IDS: Final = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
DAYS: Final = st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31))


@_SETTINGS
@given(
    name=WORDS,
    assigned=st.sampled_from([("pt", "none"), ("pt", "ot"), ("ot", "pt"), ("ot", "none"), ("both", "none")]),
    questions=st.lists(WORDS, min_size=1, max_size=4),
    also_called=st.lists(WORDS, max_size=3),
    day=DAYS,
    acute=st.booleans(),
    slug=IDS,
)
def test_a_valid_record_comes_back_as_it_was_written(
    name: str,
    assigned: tuple[str, str],
    questions: list[str],
    also_called: list[str],
    day: datetime.date,
    acute: bool,
    slug: str,
) -> None:
    text = condition(
        name=f'"{name}"',
        lead=assigned[0],
        joins=assigned[1],
        questions="".join(f"\n- {question}" for question in questions),
        also_called=f"[{', '.join(also_called)}]",
        updated_on=day.isoformat(),
        acute=str(acute).lower(),
        slug=slug,
    )
    read = guide_of({"conditions/x.md": text}).whole.conditions["x"]
    assert (read.name, read.lead.value, read.joins.value) == (name, *assigned)
    assert [question.prose.words for question in read.questions] == [
        " ".join(question.split()) for question in questions
    ]
    assert (list(read.also_called), read.updated_on.day, read.acute, read.slug) == (also_called, day, acute, slug)


@_SETTINGS
@given(st.lists(IDS, min_size=1, max_size=5, unique=True))
def test_rows_come_back_in_the_order_written(ids: list[str]) -> None:
    row = goals().split("goals:\n")[1]
    table = goals().split("goals:\n")[0] + "goals:\n" + "".join(row.replace("climb-stairs", id) for id in ids)
    assert list(guide_of({"goals.yaml": table}).whole.goals) == ids
