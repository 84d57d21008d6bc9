"""Many mistakes in one run: all found together, in the order of their places, and none told twice."""

from pathlib import Path
from typing import Final

from otpt_site.build import BuildRequest, build
from otpt_site.diagnostics import Diagnostic, Place
from tests.kit import (
    DEFAULTS,
    SITE,
    TODAY,
    article,
    comparison,
    condition,
    found_at,
    goals,
    guide_of,
    plain_page,
    unmarked,
)

# One mistake a file; the spot is «marked».
MISTAKES: Final = {
    "articles/unclosed.md": ("unclosed-front-matter", "«---»\ntitle: x\n"),
    "articles/nothing.md": ("missing-front-matter", "«W»ords only.\n"),
    "articles/anchor.md": ("missing-anchor", article("[a](«condition:fine#zzz»)")),
    "articles/draft.md": ("hidden-reference", article("[a](«condition:draft»)")),
    "articles/block.md": ("unclosed-block", article("«/// emergency»\n- Pain\n")),
    "articles/misspelt-block.md": ("unknown-block", article("/// «emergancy»\n- Pain\n///\n")),
    "articles/script.md": ("raw-html", article("Yes. «<script>alert(1)</script>»")),
    "articles/link.md": ("unsafe-link", article("[a](«javascript:alert(1)»)")),
    "articles/picture.md": ("missing-image", article("![a](«media/A.svg»)")),
    "comparisons/row.md": ("missing-key", comparison(table="[«{»topic: a, pt: b}]")),
    "comparisons/date.md": ("bad-date", comparison(updated_on="«2026-02-30»")),
    "conditions/colon.md": ("yaml-colon", condition(why="PT leads«:» it helps")),
    "conditions/quote.md": ("yaml-syntax", condition(why='«"»PT')),
    "conditions/tab.md": ("yaml-tab", condition().replace("lead:", "«\t»lead:")),
    "conditions/therapy.md": ("unknown-therapy", condition(lead="«physio»")),
    "conditions/twice.md": ("duplicate-key", condition(why="a\n«why»: b")),
    "conditions/misspelt.md": ("unknown-key", condition(zummary="x").replace("zummary", "«zummary»")),
    "conditions/type.md": ("wrong-type", condition(questions="«How?»")),
    "conditions/trap.md": ("yaml-surprise", condition(name="«12:30»")),
    "conditions/empty.md": ("empty-value", condition(questions="[]").replace("questions", "«questions»")),
    "conditions/citation.md": ("unknown-reference", condition("[@«zzz»] [@trial-2020]")),
    "conditions/nothing.md": ("yaml-feature", condition(why="«&»a b")),
    "glossary.yaml": (
        "duplicate-id",
        "terms:\n- {id: gait, term: gait, definition: b}\n- {id: «gait», term: step, definition: d}\n",
    ),
    "goals.yaml": ("contradiction", goals(joins="«pt»")),
}
FINE: Final = {
    "conditions/fine.md": condition(),
    "conditions/draft.md": condition(draft="true"),
    "media/a.svg": "<svg/>",
    "pages/about.md": plain_page(),
    "pages/privacy.md": plain_page(title="Privacy"),
    # References to broken pages: none of them is missing.
    "articles/refers.md": article(
        "[a](condition:colon) [b](condition:therapy) [c](article:unclosed) [d](article:script)"
    ),
}


def _texts() -> tuple[dict[str, str | bytes], list[tuple[str, Place]]]:
    files: dict[str, str | bytes] = dict(FINE)
    expected = []
    for path, (rule, text) in MISTAKES.items():
        files[path], place = unmarked(f"content/{path}", text)
        expected.append((rule, place))
    return files, sorted(expected, key=lambda pair: pair[1])


def test_all_are_found_in_one_run_in_order_and_each_once() -> None:
    files, expected = _texts()
    assert found_at(guide_of(files)) == expected


def test_a_broken_site_file_hides_no_mistake_of_a_page() -> None:
    files, expected = _texts()
    made = guide_of({**files, "site.yaml": SITE.replace("title", "titel")})
    rules = [rule for rule, _ in found_at(made)]
    # What is judged of the guide as a whole waits for its settings.
    assert sorted([*rules, "contradiction"]) == sorted([*(rule for rule, _ in expected), "unknown-key"])


def test_no_site_file_is_told() -> None:
    made = guide_of({}, without=["site.yaml"])
    assert [(d.rule, d.place) for d in made.diagnostics] == [("content-missing", Place("content/site.yaml"))]


def test_the_whole_build_finds_the_same_and_writes_nothing(tmp_path: Path) -> None:
    files, expected = _texts()
    content = tmp_path / "content"
    for path, data in {**DEFAULTS, **files}.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(str(data), "utf-8", newline="\n")
    out = tmp_path / "build"
    report = build(BuildRequest(content=content, templates=tmp_path / "templates", out=out, today=TODAY))
    assert report.stopped
    assert not out.exists()
    found: list[Diagnostic] = [d for d in report.diagnostics if d.severity.value != "note"]
    assert [(d.rule, d.place) for d in found] == expected


def test_a_file_that_is_refused_is_told_once(tmp_path: Path) -> None:
    content = tmp_path / "content"
    for path, data in DEFAULTS.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(data, "utf-8", newline="\n")
    (content / "media").mkdir()
    (content / "articles").mkdir()
    refused = ["articles/secret.md", "media/secret.svg", "notes.txt"]
    for path in refused:
        (content / path).symlink_to(tmp_path / "secret")
    uses = article("![a](media/secret.svg) [b](article:secret#c)")
    (content / "articles" / "uses.md").write_text(uses, "utf-8", newline="\n")
    report = build(BuildRequest(content=content, templates=tmp_path / "templates", out=None, today=TODAY))
    told = [(d.rule, d.place) for d in report.diagnostics]
    assert told == [("foreign-symlink", Place(f"content/{path}")) for path in refused]
