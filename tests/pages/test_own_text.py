"""No page shows the text below the keys of another: a rebuild rests on that."""

import re

import msgspec

from tests.kit import article, comparison, condition, plain_page, therapy
from tests.pages.press import planned
from tests.project import ONE_OF_EACH

# Every page has a word of its own in its text.
MARKED = {
    **ONE_OF_EACH,
    "therapies/pt.md": therapy("Mark-therapies-pt [@trial-2020]."),
    "therapies/ot.md": therapy("Mark-therapies-ot [@trial-2020].", name="OT", short="OT", person="OT"),
    "conditions/stroke.md": condition("Mark-conditions-stroke [@trial-2020].\n\n## Help\n\nMark-conditions-stroke."),
    "comparisons/fall.md": comparison("Mark-comparisons-fall.", conditions="[stroke]"),
    "articles/which-first.md": article("Mark-articles-which-first.", see_also="[condition:stroke]"),
    "pages/about.md": plain_page("Mark-pages-about."),
    "pages/sessions.md": plain_page("Mark-pages-sessions.\n\n## After\n\nMark-pages-sessions."),
}


def test_the_text_of_a_file_is_shown_by_its_own_pages_alone() -> None:
    shown: dict[str, set[str]] = {}
    for page in planned(MARKED).plan.pages:
        text = msgspec.json.encode(page.view).decode()
        for mark in set(re.findall("Mark-([a-z]+-[a-z-]+[a-z])", text)):
            shown.setdefault(mark, set()).add(page.origin.path)
    assert shown == {
        path.removesuffix(".md").replace("/", "-"): {f"content/{path}"} for path in MARKED if path.endswith(".md")
    }
