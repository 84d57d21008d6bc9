"""Trust: why each rule is held, with examples."""

from typing import Final

from otpt_site.rule_catalogue.entry import CONDITION, Entry, Snippet, body, file, keys
from otpt_site.rule_catalogue.standards import DISCERN, HON, JAMA, PIF


def _source(seen: str) -> tuple[Snippet, ...]:
    row = f"- {{id: trial-2020, type: trial, authors: Reed R, title: A trial, seen: {seen}}}"
    return file("sources.yaml", f"sources:\n{row}\n")


ENTRIES: Final = {
    "uncited-effect": Entry(
        why="A claim that something helps is worth what its source is worth.",
        follows=(JAMA, HON, DISCERN),
        bad=body(
            "## Does it help?\n\nYes, most people walk further.\n\n## Later\n\nIt lasts [@trial-2020].", CONDITION
        ),
        good=body("## Does it help?\n\nYes, most people walk further [@trial-2020].", CONDITION),
    ),
    "thin-support": Entry(
        why="A source that nobody has read may say something else.",
        follows=(HON, PIF),
        bad=(*_source("record"), *body("Most people walk further [@trial-2020].", CONDITION)),
        good=(*_source("claim"), *body("Most people walk further [@trial-2020].", CONDITION)),
    ),
    "never-reviewed": Entry(
        why="Readers are told who has checked a page. When nobody has, the page says so.",
        follows=(JAMA, PIF),
        bad=keys("reviews: []"),
        good=keys("reviews: [{by: reviewer, on: 2026-11-01}]"),
    ),
    "review-due-soon": Entry(
        why="A reviewer needs some weeks. This is the time to ask.",
        follows=(JAMA, PIF),
        bad=keys("reviews: [{by: reviewer, on: 2025-01-01}]"),
        good=keys("reviews: [{by: reviewer, on: 2026-11-01}]"),
    ),
    "review-overdue": Entry(
        why="What was right two years ago may be wrong today. It is no error, so that no date holds up a safety fix.",
        follows=(JAMA, HON, PIF),
        bad=keys("reviews: [{by: reviewer, on: 2024-01-01}]"),
        good=keys("reviews: [{by: reviewer, on: 2026-11-01}]"),
    ),
    "edited-since-review": Entry(
        why="A reviewer stands by the words that they read, not by those that came later.",
        follows=(JAMA, PIF),
        bad=keys("reviews: [{by: reviewer, on: 2026-11-01, digest: 0123456789abcdef}]"),
        good=keys("reviews: [{by: reviewer, on: 2026-11-01}]"),
    ),
    "future-date": Entry(
        why="A date that can't be true makes readers doubt the others.",
        follows=(JAMA, HON),
        bad=keys("updated_on: 2031-11-01"),
        good=keys("updated_on: 2026-11-01"),
    ),
    "review-by-organization": Entry(
        why="Readers trust a page more that a clinician has read. An organization reads nothing: it would be untrue.",
        follows=(JAMA, HON, PIF),
        bad=keys("reviews: [{by: guide-project, on: 2026-11-01}]"),
        good=keys("reviews: [{by: reviewer, on: 2026-11-01}]"),
    ),
    "weak-review": Entry(
        why="A review is worth what other eyes see.",
        follows=(HON, PIF),
        bad=keys("author: reviewer\nreviews: [{by: reviewer, on: 2026-11-01}]"),
        good=keys("author: guide-project\nreviews: [{by: reviewer, on: 2026-11-01}]"),
    ),
    "missing-disclosure": Entry(
        why="Readers weigh advice by who gives it and who pays for it, and by what becomes of what they type.",
        follows=(JAMA, HON),
        bad="There is no `content/pages/about.md`, or it is a draft.",
        good="`content/pages/about.md` tells who runs the guide and who pays for it.",
        unrun="It is asked of guides of a dozen pages and more; tests/checks/test_trust.py shows it.",
    ),
}
