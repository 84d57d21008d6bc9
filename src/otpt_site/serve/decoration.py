"""What the preview adds to a page: a ribbon on what readers do not see yet, the problems, what is known of the page.

The page's own Content-Security-Policy goes out as a header, opened just so far that these can be shown.
It stands in shadow trees, so that neither the page's style and script reach it nor it them.
"""

import base64
import calendar
import datetime
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import Final, NamedTuple

from otpt_site.diagnostics import Place
from otpt_site.guide.common import PageState
from otpt_site.library import ReviewStanding, ReviewState
from otpt_site.rules import Severity
from otpt_site.serve.rounds import PageFacts, Round, ShownProblem

_FOLDER: Final = Path(__file__).parent
SCRIPT: Final = "/_preview/preview.js"
DESK: Final = "/_desk/"
# More problems than this are counted and not listed: nobody mends them all at once.
_LISTED: Final = 20
_LONGEST_LINE: Final = 300

_META: Final = re.compile(r"<meta\b[^>]*>\n?", re.IGNORECASE)
_IS_POLICY: Final = re.compile(r"""http-equiv\s*=\s*["']?content-security-policy["'\s>]""", re.IGNORECASE)
_CONTENT: Final = re.compile(r"""\bcontent\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_BODY: Final = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_BODY_END: Final = re.compile(r"</body\s*>", re.IGNORECASE)


class Decorated(NamedTuple):
    """A page to answer with, and the policy to send with it."""

    html: str
    policy: str


def decorated(html: str, now: Round, facts: PageFacts | None, token: str) -> Decorated:
    """The page with all that the preview adds. `token` tells this run of the preview from others."""
    policies: list[str] = []

    def without_policy(meta: re.Match[str]) -> str:
        content = _CONTENT.search(meta[0])
        if not _IS_POLICY.search(meta[0]) or content is None:
            return meta[0]
        policies.append(unescape(content[1][1:-1]))
        return ""

    html = _META.sub(without_policy, html)
    begin, ends = _BODY.search(html), list(_BODY_END.finditer(html))
    start = begin.end() if begin else 0
    end = ends[-1].start() if ends else len(html)
    status = f'<p class="unseen" role="status">{escape(_in_short(now))}</p>'
    host = (
        f'<div id="otpt-preview">{_shadow(status + panel(now, facts))}</div>\n'
        f'<script src="{SCRIPT}?{token}" defer '
        f'data-shown="{token}-{now.shown}" data-round="{token}-{now.number}"></script>\n'
    )
    whole = html[:start] + ribbon(facts) + html[start:end] + host + html[end:]
    return Decorated(whole, preview_policy(policies))


def preview_policy(policies: Iterable[str]) -> str:
    """The policies of a page as they are, but that the preview's own script, style and events are let through.

    Source: https://www.w3.org/TR/CSP3/#parse-serialized-policy
    """
    return ", ".join([*map(_opened, policies), "frame-ancestors 'none'"])


def _opened(policy: str) -> str:
    directives: dict[str, list[str]] = {}
    for written in policy.split(";"):
        name, *sources = written.split() or [""]
        if name:
            directives.setdefault(name.lower(), sources)
    for name, needed in (("script-src", "'self'"), ("connect-src", "'self'"), ("style-src", _style_hash())):
        if name in directives or "default-src" in directives:
            sources = directives[name if name in directives else "default-src"]
            kept = [source for source in sources if source.lower() not in ("'none'", needed)]
            directives[name] = [*kept, needed]
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())


@cache
def style() -> str:
    """The style of all that the preview adds."""
    return (_FOLDER / "preview.css").read_text("utf-8")


@cache
def _style_hash() -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()}'"


def _shadow(inside: str) -> str:
    return f'<template shadowrootmode="open"><style>{style()}</style>{inside}</template>'


def ribbon(facts: PageFacts | None) -> str:
    """What tells at the top of a page that readers do not see it yet, or no longer; empty on a page that they see."""
    if facts is None:
        return ""
    if facts.state is PageState.DRAFT:
        words = "<strong>Draft.</strong> Readers do not see this page."
    elif facts.state is PageState.SCHEDULED and facts.day:
        words = f"<strong>Scheduled.</strong> Readers see this page from {_day(facts.day)} on."
    elif facts.state is PageState.EXPIRED and facts.day:
        words = f"<strong>Expired.</strong> Readers have not seen this page since {_day(facts.day)}. "
        words += f"Its text is still in <code>{escape(facts.source.path)}</code>."
    else:
        return ""
    said = f'<aside aria-label="What readers see"><p>{words}</p></aside>'
    return f'\n<div id="otpt-ribbon">{_shadow(said)}</div>'


def panel(now: Round, facts: PageFacts | None) -> str:
    """What stands over a page: what keeps the site from being published, and what is known of the page."""
    said = escape(_in_short(now))
    return f'<aside class="panel" aria-label="Preview" data-says="{said}">{"".join(_panel(now, facts))}</aside>'


def _panel(now: Round, facts: PageFacts | None) -> Iterator[str]:
    errors = now.errors
    if errors or now.failure:
        yield '<section class="stopped" aria-labelledby="stopped">'
        yield f'<div class="head"><h2 id="stopped">{escape(_in_short(now))}</h2>'
        yield '<button type="button" class="hide">Hide</button></div>'
        yield f'<div class="scroll" tabindex="0" role="group" aria-labelledby="stopped"><p>{_still_shown(now)}</p>'
        if now.failure:
            yield f"<p>Something went wrong that is not in your files: <code>{escape(now.failure)}</code></p>"
        yield from _list(errors)
        yield "</div></section>"
    if facts:
        yield from _about(now, facts)


def _in_short(now: Round) -> str:
    count = len(now.errors)
    if now.failure:
        return "The preview could not be rebuilt"
    if count == 1:
        return "1 problem keeps the site from being published"
    return f"{count} problems keep the site from being published" if count else ""


def _still_shown(now: Round) -> str:
    if not now.stopped:
        return "You see the site with its drafts. Readers get it without them, and then this is in the way."
    if now.files:
        return "You see the last good version. This goes away by itself once it is mended."
    return "There is nothing to show yet. The page appears by itself once this is mended."


def _list(problems: Sequence[ShownProblem]) -> Iterator[str]:
    yield '<ol class="problems">'
    for problem in problems[:_LISTED]:
        yield f"<li>{_problem(problem)}</li>"
    yield "</ol>"
    if len(problems) > _LISTED:
        yield f"<p>And {len(problems) - _LISTED} more.</p>"


def _problem(problem: ShownProblem) -> str:
    found = problem.found
    told = (
        f'<p><strong class="{found.severity}">{found.severity}</strong> {escape(found.message)}</p>'
        f'<p class="where">{_where(found.place)} <span class="rule">{escape(found.rule)}</span></p>'
    )
    line = problem.line.expandtabs(1)
    if line.strip():
        told += (
            f'<pre tabindex="0" role="group" aria-label="Line {found.place.line}">{_marked(line, found.place)}</pre>'
        )
    return f'{told}<p class="hint">{escape(found.hint)}</p>' if found.hint else told


def _marked(line: str, place: Place) -> str:
    """The line with its faulty part marked; of a very long one, what stands around that part."""
    start = max(0, place.column - 1)
    end = start + max(1, place.length) if place.column else start
    first = max(0, start - _LONGEST_LINE // 2)
    last = max(first + _LONGEST_LINE, min(end, start + _LONGEST_LINE))
    before, marked, after = line[first:start], line[start : min(end, last)], line[min(end, last) : last]
    mark = f"<mark>{escape(marked)}</mark>" if marked else ""
    return f"{'…' if first else ''}{escape(before)}{mark}{escape(after)}{'…' if len(line) > last else ''}"


def _where(place: Place) -> str:
    line = f", line {place.line}" if place.line else ""
    return f"<code>{escape(place.path)}</code>{line}"


def _about(now: Round, facts: PageFacts) -> Iterator[str]:
    problems = now.of_page(facts)
    serious = [problem for problem in problems if problem.found.severity is not Severity.NOTE]
    grade = "" if facts.grade is None else f" · grade {facts.grade:.1f}"
    yield f'<details class="about"><summary>This page{grade} · {_count(serious)}</summary><div class="scroll"><dl>'
    yield f"<div><dt>Written in</dt><dd>{_where(facts.source)}</dd></div>"
    if facts.grade is not None:
        yield f"<div><dt>Reading grade</dt><dd>{facts.grade:.1f}. Aim at 6; 8 is the limit.</dd></div>"
    if facts.standing:
        yield f"<div><dt>Review</dt><dd>{_standing(facts.standing)}</dd></div>"
    yield "</dl>"
    if problems:
        yield from _list(problems)
    else:
        yield "<p>Nothing to mend on this page.</p>"
    yield f'<p class="desk"><a href="{DESK}">What waits on the whole site</a></p>'
    yield "</div></details>"


def _count(problems: Sequence[ShownProblem]) -> str:
    return {0: "nothing to mend", 1: "1 thing to mend"}.get(len(problems), f"{len(problems)} things to mend")


def _standing(standing: ReviewStanding) -> str:
    if standing.on is None or standing.due is None:
        return "No clinician has reviewed this page."
    due = {
        ReviewState.OVERDUE: "It was due again by",
        ReviewState.DUE_SOON: "It is due again soon, by",
        ReviewState.EDITED: "The text has changed since. The next review was planned by",
    }.get(standing.state, "It is due again by")
    return f"Last on {_day(standing.on)}. {due} {_day(standing.due)}."


def _day(day: datetime.date) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def waiting_page(now: Round, token: str) -> Decorated:
    """The page to show while there is none of the site."""
    words = "Something is to be mended first" if now.problems or now.failure else "Building the site"
    html = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{words}</title>\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
        '<meta name="color-scheme" content="light dark">\n</head>\n'
        f"<body>\n<main><h1>{words}</h1>\n<p>The page appears here by itself.</p></main>\n</body>\n</html>\n"
    )
    return decorated(html, now, None, token)
