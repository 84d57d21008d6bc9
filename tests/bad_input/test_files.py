"""Files themselves: front matter, encodings, line ends, links, sizes, and what is made to exhaust the tool."""

import os
import time
import tracemalloc
from pathlib import Path

import pytest

from otpt_site.diagnostics import Diagnostic, Place
from otpt_site.sources import MEDIA_LIMIT, TEXT_LIMIT, SourceFile, read_sources
from tests.kit import Case, check, condition, found_at, guide_of

PAGE = "content/conditions/x.md"

CASES = (
    Case("no front matter", "«H»ello.\n", "missing-front-matter", "does not begin with a line ---", condition()),
    Case("empty file", "«»", "missing-front-matter", "does not begin with a line ---"),
    Case("blank line first", "«\n»" + condition(), "missing-front-matter", "does not begin"),
    Case(
        "four dashes", "«-»" + condition(), "missing-front-matter", "does not begin", condition().replace("---", "--- ")
    ),
    Case("unclosed", "«---»\ntitle: x\n", "unclosed-front-matter", "no second line ---", hint="after the last key"),
    Case("indented end", "«---»\ntitle: x\n ---\n", "unclosed-front-matter", "no second line ---"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistakes(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_byte_order_marks_and_all_line_ends_are_accepted(mark: str, end: str) -> None:
    data = (mark + condition()).replace("\n", end).encode()
    assert found_at(guide_of({"conditions/x.md": data})) == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_places_are_right_behind_byte_order_marks_and_with_all_line_ends(mark: str, end: str) -> None:
    text = condition(
        "Très bien 😀 [a](goal:zzz) [@trial-2020].", name="é 😀", lead="physio", nuance="é 😀 [a](goal:zz)"
    )
    made = guide_of({"conditions/x.md": (mark + text).replace("\n", end).encode()})
    assert found_at(made) == [
        ("unknown-therapy", Place(PAGE, 8, 7, 6)),
        ("unknown-reference", Place(PAGE, 14, 17, 7)),
        ("unknown-reference", Place(PAGE, 17, 17, 8)),
    ]


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ("---\nname: Café\n".encode("latin-1"), 2, 10),
        ("é\r\né ".encode() + b"\xe9t\xe9", 2, 3),
        ("\ufeffab".encode() + b"\xff", 1, 3),
        (condition().encode("utf-16"), 1, 1),
        (b"a\rb\r\xff", 3, 1),
    ],
)
def test_not_utf8_is_told_at_the_first_sign_that_is_not(data: bytes, line: int, column: int) -> None:
    made = guide_of({"conditions/x.md": data})
    assert found_at(made) == [("not-utf8", Place(PAGE, line, column))]


def _read(content: Path) -> tuple[tuple[SourceFile, ...], list[Diagnostic]]:
    found: list[Diagnostic] = []
    return read_sources(content, found.append), found


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "media").mkdir(parents=True)
    (folder / "site.yaml").write_text("title: x\n", "utf-8")
    return folder


def test_a_link_out_of_content_is_refused_and_not_read(content: Path) -> None:
    secret = content.parent / "secret.md"
    secret.write_text("secret", "utf-8")
    (content / "conditions").mkdir()
    (content / "conditions" / "x.md").symlink_to(secret)
    sources, found = _read(content)
    assert [(d.rule, d.place.path) for d in found] == [("foreign-symlink", PAGE)]
    assert [(source.path, source.data, source.refused) for source in sources if source.refused] == [
        ("conditions/x.md", b"", True)
    ]


@pytest.mark.parametrize("target", ["..", ".", "../elsewhere", "/", "nowhere", "loop"])
def test_links_to_folders_to_nowhere_and_in_circles_are_refused(content: Path, target: str) -> None:
    (content.parent / "elsewhere").mkdir()
    (content.parent / "elsewhere" / "y.md").write_text("x", "utf-8")
    (content / "loop").symlink_to(target)
    sources, found = _read(content)
    assert [d.rule for d in found] == ["foreign-symlink"]
    assert [source.path for source in sources if not source.refused] == ["site.yaml"]


def test_a_link_to_a_file_inside_is_read(content: Path) -> None:
    (content / "people.yaml").symlink_to(content / "site.yaml")
    sources, found = _read(content)
    assert found == []
    assert [source.data for source in sources] == [b"title: x\n"] * 2


def test_content_may_itself_be_a_link(content: Path) -> None:
    (content.parent / "linked").symlink_to(content)
    sources, found = _read(content.parent / "linked")
    assert found == []
    assert [source.shown_path for source in sources] == ["linked/site.yaml"]


def test_a_pipe_is_refused_and_not_waited_for(content: Path) -> None:
    os.mkfifo(content / "people.yaml")
    sources, found = _read(content)
    assert [(d.rule, d.place.path) for d in found] == [("file-unreadable", "content/people.yaml")]
    assert [source.refused for source in sources] == [True, False]


@pytest.mark.parametrize(("name", "limit"), [("goals.yaml", TEXT_LIMIT), ("media/x.png", MEDIA_LIMIT)])
def test_a_file_is_too_large_from_one_byte_past_the_limit(content: Path, name: str, limit: int) -> None:
    (content / name).write_bytes(b" " * limit)
    assert _read(content)[1] == []
    (content / name).write_bytes(b" " * (limit + 1))
    sources, found = _read(content)
    assert [(d.rule, d.place.path) for d in found] == [("file-too-large", f"content/{name}")]
    assert f"larger than {limit // 1_000_000} MB" in found[0].message
    assert [source.path for source in sources if source.refused] == [name]


def test_a_file_of_50_mb_is_refused_quickly_and_in_little_memory(content: Path) -> None:
    with (content / "goals.yaml").open("wb") as file:
        file.truncate(50_000_000)
    tracemalloc.start()
    started = time.perf_counter()
    _, found = _read(content)
    seconds, (_, most) = time.perf_counter() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [d.rule for d in found] == ["file-too-large"]
    assert seconds < 1
    assert most < 5_000_000


def test_an_alias_bomb_is_refused_quickly_and_in_little_memory() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    tracemalloc.start()
    started = time.perf_counter()
    made = guide_of({"conditions/x.md": "---\n" + "\n".join(lines) + "\n---\n"})
    seconds, (_, most) = time.perf_counter() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found_at(made) == [("yaml-feature", Place(PAGE, 2, 5))]
    assert seconds < 1
    assert most < 5_000_000


@pytest.mark.parametrize("deep", ["[", "{a: ", "- ", "[{a: ", "- a:\n"])
def test_deep_nesting_is_refused_quickly(deep: str) -> None:
    text = "".join("  " * (2 * row) + deep for row in range(200)) if deep.endswith("\n") else deep * 100_000
    started = time.perf_counter()
    made = guide_of({"conditions/x.md": f"---\nwhy:\n  {text}\n---\n"})
    assert [rule for rule, _ in found_at(made)] == ["yaml-too-deep"]
    assert time.perf_counter() - started < 5


def test_a_refused_file_is_not_missing_as_well() -> None:
    files = {"conditions/y.md": condition("[a](condition:x#help) [@trial-2020]")}
    assert found_at(guide_of(files, refused=["conditions/x.md"])) == []
    rules = {rule for rule, _ in found_at(guide_of(files, refused=["conditions/x.md", "sources.yaml", "goals.yaml"]))}
    assert rules == set()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_locked_file_is_told(content: Path) -> None:
    (content / "people.yaml").write_text("x", "utf-8")
    (content / "people.yaml").chmod(0)
    assert [d.rule for d in _read(content)[1]] == ["file-unreadable"]
