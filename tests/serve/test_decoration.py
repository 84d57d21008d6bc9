"""What the preview adds to a page, and the policy that lets it be shown."""

import base64
import datetime
import hashlib
import re

import pytest

from otpt_site.diagnostics import Diagnostic, Place
from otpt_site.guide.common import PageState
from otpt_site.library import ReviewStanding, ReviewState
from otpt_site.rules import Severity
from otpt_site.serve.decoration import decorated, panel, preview_policy, ribbon, style, waiting_page
from otpt_site.serve.rounds import PageFacts, Round, ShownProblem

PLACE = Place("content/x.md", 3, 7, 6)
PAGE = '<html><head><meta charset="utf-8"></head><body class="a"><p>Hello</p></body></html>'


def _problem(
    message: str = "no", *, severity: Severity = Severity.ERROR, line: str = "lead: physio", place: Place = PLACE
) -> ShownProblem:
    return ShownProblem(Diagnostic("some-rule", severity, place, message, "Mend it."), line)


def _hash() -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()}'"


@pytest.mark.parametrize(
    ("policy", "opened"),
    [
        ("default-src 'none'", "default-src 'none'; script-src 'self'; connect-src 'self'; style-src {hash}"),
        (
            "default-src 'none'; script-src 'self'; style-src 'sha256-abc'; img-src 'self'",
            "default-src 'none'; script-src 'self'; style-src 'sha256-abc' {hash}; img-src 'self'; connect-src 'self'",
        ),
        ("SCRIPT-SRC 'NONE';;", "script-src 'self'"),
        ("img-src 'self'", "img-src 'self'"),
        (
            "default-src https:; script-src a.example; script-src b.example",
            "default-src https:; script-src a.example 'self'; connect-src https: 'self'; style-src https: {hash}",
        ),
    ],
)
def test_a_policy_is_opened_just_so_far(policy: str, opened: str) -> None:
    told = preview_policy([policy])
    assert told == f"{opened.format(hash=_hash())}, frame-ancestors 'none'"


def test_no_policy_stays_none_and_several_all_hold() -> None:
    assert preview_policy([]) == "frame-ancestors 'none'"
    assert preview_policy(["img-src a", "img-src b"]) == "img-src a, img-src b, frame-ancestors 'none'"


@pytest.mark.parametrize(
    "meta",
    [
        """<meta http-equiv="Content-Security-Policy" content="default-src 'none'">""",
        """<META content="default-src &#39;none&#39;" HTTP-EQUIV=content-security-policy >""",
        """<meta content='default-src &apos;none&apos;' http-equiv='Content-Security-Policy'/>""",
    ],
)
def test_the_policy_of_a_page_moves_into_the_header(meta: str) -> None:
    page = decorated(PAGE.replace("<head>", f"<head>{meta}"), Round(), None, "t")
    assert meta not in page.html
    assert '<meta charset="utf-8">' in page.html
    assert page.policy.startswith("default-src 'none'; script-src 'self'")


def test_a_page_stays_what_it_is_around_what_is_added() -> None:
    page = decorated(PAGE, Round(number=4, shown=3), PageFacts(Place("content/x.md"), PageState.DRAFT), "t").html
    bare = re.sub(
        r'\n?<div id="otpt-.*?</template></div>\n?|<script src="/_preview.*?</script>\n', "", page, flags=re.DOTALL
    )
    assert bare == PAGE
    assert page.index('<body class="a">') < page.index('id="otpt-ribbon"') < page.index("Hello")
    assert page.index("Hello") < page.index('id="otpt-preview"') < page.index("</body>")
    assert 'data-shown="t-3" data-round="t-4"' in page


@pytest.mark.parametrize(
    "page", ["", "plain words", "<p>no body", "</body></body>", "<body>one</body><!-- </body> -->"]
)
def test_any_page_can_be_decorated(page: str) -> None:
    assert "preview.js" in decorated(page, Round(), None, "t").html


def test_the_ribbon() -> None:
    place = Place("content/x.md")
    assert "Draft." in ribbon(PageFacts(place, PageState.DRAFT))
    assert "from 1 March 2027 on" in ribbon(PageFacts(place, PageState.SCHEDULED, datetime.date(2027, 3, 1)))
    expired = ribbon(PageFacts(place, PageState.EXPIRED, datetime.date(2026, 11, 2)))
    assert "not seen this page since 2 November 2026" in expired
    assert ribbon(PageFacts(place)) == ribbon(None) == ""


def test_nothing_stands_over_a_page_that_nothing_is_known_of() -> None:
    assert panel(Round(), None) == '<aside class="panel" aria-label="Preview" data-says=""></aside>'


def test_errors_are_told_with_file_line_text_and_hint() -> None:
    told = panel(Round(stopped=True, problems=(_problem("'physio' is not a therapy"),)), None)
    assert "1 problem keeps the site from being published" in told
    assert '<strong class="error">error</strong> &#x27;physio&#x27; is not a therapy' in told
    assert "<code>content/x.md</code>, line 3" in told
    assert "lead: <mark>physio</mark></pre>" in told
    assert '<p class="hint">Mend it.</p>' in told
    assert "There is nothing to show yet." in told
    shown = panel(Round(shown=1, files={"index.html": ""}, stopped=True, problems=(_problem(),)), None)
    assert "You see the last good version." in shown
    assert "You see the site with its drafts." in panel(Round(shown=1, problems=(_problem(),)), None)


def test_a_warning_does_not_stand_over_the_page() -> None:
    warning = _problem(severity=Severity.WARNING)
    assert "stopped" not in panel(Round(problems=(warning,)), None)


def test_what_editors_write_can_not_become_a_part_of_the_page() -> None:
    evil = "<script>alert(1)</script>\"'&"
    problem = _problem(evil, line=evil, place=Place(evil, 1, 1, 400))
    hinted = ShownProblem(Diagnostic(evil, Severity.ERROR, problem.found.place, evil, evil), evil)
    now = Round(problems=(problem, hinted), failure=evil)
    told = decorated(PAGE, now, PageFacts(Place(evil)), "t").html
    assert "<script>" not in told
    assert evil not in told


@pytest.mark.parametrize(
    ("line", "place", "shown"),
    [
        ("lead: physio", Place("x", 1, 0), "lead: physio"),
        ("lead: physio", Place("x", 1, 13), "lead: physio"),
        ("lead: physio", Place("x", 1, 7, 400), "lead: <mark>physio</mark>"),
        ("\tlead: x", Place("x", 1, 2, 4), " <mark>lead</mark>: x"),
        ("a" * 1000, Place("x", 1, 500, 2), f"…{'a' * 150}<mark>aa</mark>{'a' * 148}…"),
        ("a" * 1000, Place("x", 1, 1, 1000), f"<mark>{'a' * 300}</mark>…"),
    ],
)
def test_the_spot_is_marked(line: str, place: Place, shown: str) -> None:
    assert f">{shown}</pre>" in panel(Round(problems=(_problem(line=line, place=place),)), None)


def test_a_problem_without_a_line_has_none() -> None:
    assert "<pre" not in panel(Round(problems=(_problem(line="", place=Place("content")),)), None)


def test_very_many_problems_are_counted() -> None:
    told = panel(Round(problems=tuple(_problem(f"number {number}.") for number in range(1000))), None)
    assert "1000 problems keep" in told
    assert "And 980 more." in told
    assert "number 19." in told
    assert "number 20." not in told


def test_a_failure_that_is_not_the_editors_is_told() -> None:
    told = panel(Round(failure="OSError: no space"), None)
    assert "The preview could not be rebuilt" in told
    assert "OSError: no space" in told


@pytest.mark.parametrize(
    ("standing", "says"),
    [
        (ReviewStanding(ReviewState.NEVER), "No clinician has reviewed this page."),
        (ReviewStanding(ReviewState.CURRENT), "It is due again by 2 May 2028."),
        (ReviewStanding(ReviewState.DUE_SOON), "It is due again soon, by 2 May 2028."),
        (ReviewStanding(ReviewState.OVERDUE), "It was due again by 2 May 2028."),
    ],
)
def test_when_the_review_is_due(standing: ReviewStanding, says: str) -> None:
    if standing.state is not ReviewState.NEVER:
        on, due = datetime.date(2026, 5, 2), datetime.date(2028, 5, 2)
        standing = ReviewStanding(standing.state, "reviewer", on, due)
    assert says in panel(Round(), PageFacts(Place("content/x.md"), standing=standing))


def test_what_is_known_of_a_page() -> None:
    told = panel(Round(), PageFacts(Place("content/goals.yaml", 12), grade=6.24))
    assert "<summary>This page · grade 6.2 · nothing to mend</summary>" in told
    assert "<code>content/goals.yaml</code>, line 12" in told
    assert "<dt>Review</dt>" not in told
    assert "grade" not in panel(Round(), PageFacts(Place("content/conditions"))).lower()


def test_the_waiting_page_says_what_it_waits_for() -> None:
    assert "<title>Building the site</title>" in waiting_page(Round(), "t").html
    assert "<title>Something is to be mended first</title>" in waiting_page(Round(problems=(_problem(),)), "t").html
    assert "default-src 'none'; script-src 'self'" in waiting_page(Round(), "t").policy
