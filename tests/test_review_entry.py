"""A review goes into its file, and nothing else in the file changes: not a comment, not a space, not a line's end."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otpt_site.part_bytes import parts_of
from otpt_site.parts import Part
from otpt_site.review import _reviews_of, _text_of, _with_review
from otpt_site.review_entry import NewReview
from otpt_site.sources import SourceFile
from tests.kit import DEFAULTS, SAFETY, condition, further_goals, source

NEW: Final = NewReview("reviewer", "2026-11-23", "v1-0123456789abcdef0123")
FLOW: Final = "{by: reviewer, on: 2026-11-23, digest: v1-0123456789abcdef0123}"
BLOCK: Final = "- by: reviewer\n  on: 2026-11-23\n  digest: v1-0123456789abcdef0123"


def _part(file: SourceFile, id: str) -> Part:
    return next(part for part in parts_of(file).parts if part.id == id and part.kind != "area")


def _reviewed(path: str, data: bytes, id: str) -> bytes | None:
    """The file with a review more, after proof that it has one and that nothing else is other."""
    file = source(path, data)
    part = _part(file, id)
    before = _text_of(file, part)
    assert before, parts_of(file).diagnostics
    new = _with_review(file, part, NEW)
    if new is None:
        return None
    after = _text_of(source(path, new), part)
    assert after
    assert sorted(_reviews_of(after)) == sorted([*_reviews_of(before), NEW])
    assert after.text_digest == before.text_digest
    assert _is_one_stretch_more(data, new)
    return new


def _is_one_stretch_more(old: bytes, new: bytes) -> bool:
    start = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
    return len(new) > len(old) and old[start:] == new[len(new) - len(old) + start :]


def test_the_proof_can_fail() -> None:
    assert _is_one_stretch_more(b"abc", b"abxxc")
    assert _is_one_stretch_more(b"aab", b"aaab")
    assert not _is_one_stretch_more(b"abc", b"abxC")
    assert not _is_one_stretch_more(b"a b c", b"axbxc")


def _review_page(keys: str) -> str | None:
    """The front matter with the review, from `reviews` on."""
    text = condition(reviews=None).replace("lead: pt\n", "").replace("\n---\n", f"\nlead: pt\n{keys}---\n", 1)
    new = _reviewed("conditions/x.md", text.encode(), "x")
    return new.decode().split("lead: pt\n")[1].split("---\n")[0] if new else None


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("", f"reviews:\n{BLOCK}\n"),
        ("# reviews come last\n", f"# reviews come last\nreviews:\n{BLOCK}\n"),
        ("reviews:\n", f"reviews:\n{BLOCK}\n"),
        ("reviews:  # none yet\n\n# more\n", f"reviews:  # none yet\n{BLOCK}\n\n# more\n"),
        ("'reviews':\n", f"'reviews':\n{BLOCK}\n"),
        ("reviews: []\n", f"reviews: [{FLOW}]\n"),
        ("reviews: [  ]  # none\n", f"reviews: [{FLOW}  ]  # none\n"),
        ("reviews: [{by: a, on: 2020-01-01}]\n", f"reviews: [{FLOW}, {{by: a, on: 2020-01-01}}]\n"),
        (
            "reviews: [ # here\n  {by: a, on: 2020-01-01}, # x]\n  ]\n",
            f"reviews: [{FLOW},  # here\n  {{by: a, on: 2020-01-01}}, # x]\n  ]\n",
        ),
        ("reviews:\n- {by: a, on: 2020-01-01}\n", f"reviews:\n- {{by: a, on: 2020-01-01}}\n- {FLOW}\n"),
        ("reviews:\n- by: a # x\n  on: 2020-01-01 # y\n", f"reviews:\n- by: a # x\n  on: 2020-01-01 # y\n{BLOCK}\n"),
        (
            'reviews:\n    -   on: 2020-01-01\n        by: "a"\n\nslug: y\n',
            'reviews:\n    -   on: 2020-01-01\n        by: "a"\n'
            + "".join(f"    {line}\n" for line in BLOCK.splitlines())
            + "\nslug: y\n",
        ),
        ("reviews: [{by: a, on: 2020-01-01}\n ]\n", f"reviews: [{FLOW}, {{by: a, on: 2020-01-01}}\n ]\n"),
        ("search_words:\n  - a\nwhy: >-\n  Long\n\n", None),
        ("unknowns: |+\n  Long\n\n", f"unknowns: |+\n  Long\n\nreviews:\n{BLOCK}\n"),
    ],
)  # fmt: skip
def test_where_it_goes(keys: str, shown: str | None) -> None:
    if shown is None:
        keys = keys.replace("why", "unknowns")
        shown = keys + "reviews:\n" + "".join(f"  {line}\n" for line in BLOCK.splitlines())
    assert _review_page(keys) == shown


@pytest.mark.parametrize("keys", ["reviews: ~\n", "reviews: null # none\n", 'reviews: ""\n'])
def test_a_sign_for_nothing_gives_way(keys: str) -> None:
    file = source("conditions/x.md", condition(reviews=None).replace("lead: pt\n", f"lead: pt\n{keys}"))
    new = _with_review(file, _part(file, "x"), NEW)
    assert new is not None
    assert new.decode() == file.data.decode().replace(keys.split()[1], f"[{FLOW}]", 1)


def test_a_page_all_in_braces() -> None:
    text = condition(reviews=None, summary="One sentence").split("---\n")[1].strip().replace("\n", ",\n  ")
    for last in ("", ",", ", ", "  # end\n"):
        new = _reviewed("conditions/x.md", f"---\n{{{text}{last}}}\n---\n\nSlow [@trial-2020].\n".encode(), "x")
        assert new is not None
        assert new.decode().split("}\n---")[0].endswith(f"reviews: [{FLOW}]")


def test_keys_that_are_indented() -> None:
    head, keys, body = condition(reviews=None).split("---\n")
    text = f"{head}---\n{''.join(f'  {line}' for line in keys.splitlines(keepends=True))}---\n{body}"
    new = _reviewed("conditions/x.md", text.encode(), "x")
    assert new is not None
    assert b"\n  reviews:\n  - by: reviewer\n    on: 2026-11-23\n" in new


ROWS: Final = further_goals("walk", "sit")


@pytest.mark.parametrize(
    ("path", "written", "id"),
    [
        ("goals/more.yaml", ROWS, "walk"),
        ("goals/more.yaml", ROWS, "sit"),
        ("goals/more.yaml", ROWS.rstrip("\n"), "sit"),
        ("goals/more.yaml", ROWS.replace("  reviews: [{by: reviewer, on: 2026-11-01}]\n", ""), "walk"),
        ("goals/more.yaml", ROWS.replace("  reviews: [{by: reviewer, on: 2026-11-01}]\n", "").rstrip(), "sit"),
        ("goals/more.yaml", ROWS.replace("  reviews: [{by: reviewer, on: 2026-11-01}]\n", "  # x\n\n"), "sit"),
        ("goals.yaml", DEFAULTS["goals.yaml"].replace(": moving", ": climb-stairs"), "climb-stairs"),
        ("safety.yaml", SAFETY, "calf-clot"),
        ("safety.yaml", SAFETY.replace(", reviews: [{by: reviewer, on: 2026-11-01}]", ""), "low-mood"),
        ("safety.yaml", SAFETY.replace(", reviews: [{by: reviewer, on: 2026-11-01}]", ",\n "), "stroke-signs"),
    ],
)  # fmt: skip
def test_a_row_alone_is_reviewed(path: str, written: str, id: str) -> None:
    new = _reviewed(path, written.encode(), id)
    assert new is not None
    parts = parts_of(source(path, new)).parts
    reviewed = [(part.id, _text_of(source(path, new), part)) for part in parts]
    assert [name for name, text in reviewed if text and NEW in _reviews_of(text)] == [id]


def test_what_leaves_no_place_is_refused() -> None:
    file = source("safety.yaml", SAFETY.replace("[{by: reviewer, on: 2026-11-01}]", "", 1))
    assert _with_review(file, _part(file, "stroke-signs"), NEW) is None


_COMMENTS: Final = st.sampled_from(["", "", "# a note\n", "\n", "  # in\n\n# reviews: []\n"])
_VALUES: Final = {
    "name": ["Stroke", '"Stroke: one"', "'It''s'", ">-\n  A long\n  name"],
    "summary": ["One sentence", '"A # sign"', "|\n  One\n  sentence\n", "One sentence # not this"],
    "updated_on": ["2026-11-01"],
    "author": ["guide-project", '"guide-project"'],
    "sources": ["[trial-2020]", "\n- trial-2020", "\n  - trial-2020  # read\n  # end"],
    "lead": ["pt"],
    "joins": ["ot", "none  # so far"],
    "why": ['"It works: [x](term:gait)"', "> # folded\n  One\n\n  two\n"],
    "pt_does": ["[Helps, \"it's so\"]", "\n- Helps\n- >\n  Holds\n  you"],
    "ot_does": ["\n    - Helps  # x\n    - 'a: b'"],
    "questions": ["[How often?,\n  Why? ]"],
    "first_visit": ["{pt: [Looks], ot: [Asks]}", "\n  pt:\n  - Looks\n  ot: [Asks]"],
    "reviews": [
        "", " # none", "[]", "[ ]", "~", "\n- {by: a, on: 2020-01-01}",
        "\n  - by: a\n    on: 2020-01-01\n  - on: 2021-01-01\n    by: b # x",
        "[{by: a, on: 2020-01-01}]", "[\n  {by: a, on: 2020-01-01, digest: v1-x},\n  ]",
    ],
}  # fmt: skip
_OPTIONAL: Final = ("author", "first_visit", "reviews")


@st.composite
def _pages(draw: st.DrawFn) -> bytes:
    keys = [key for key in draw(st.permutations(list(_VALUES))) if key not in _OPTIONAL or draw(st.booleans())]
    lines = [
        f"{draw(_COMMENTS)}{key}:{'' if value[:1] in ('', chr(10)) else ' '}{value}".rstrip("\n") + "\n"
        for key in keys
        for value in [draw(st.sampled_from(_VALUES[key]))]
    ]
    body = draw(st.sampled_from(["", "Slow.", "\n\nSlow — é.\n\n---\n\nreviews: []\n", "Slow.\n"]))
    text = f"{draw(st.sampled_from(['', chr(0xFEFF)]))}---\n{''.join(lines)}{draw(_COMMENTS)}---\n{body}"
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))).encode()


@given(_pages())
def test_whatever_the_layout_nothing_else_changes(data: bytes) -> None:
    if b"reviews: ~" in data:
        file = source("conditions/x.md", data)
        assert _with_review(file, _part(file, "x"), NEW) == data.replace(
            b"reviews: ~", b"reviews: [" + FLOW.encode() + b"]"
        )
    else:
        assert _reviewed("conditions/x.md", data, "x") is not None


def test_line_ends_are_those_of_the_file() -> None:
    new = _reviewed("conditions/x.md", condition(reviews=None).replace("\n", "\r\n").encode(), "x")
    assert new is not None
    assert new.count(b"\n") == new.count(b"\r\n")
