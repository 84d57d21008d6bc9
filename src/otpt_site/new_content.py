"""A few answers to the text of a new page or row, with comments that teach its keys.

What it makes is a draft that builds at once: each text says what to write in its place, in words that keep the rules of
plain language, and claims nothing.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from otpt_site.guide.articles import Article
from otpt_site.guide.common import Joins, Lead
from otpt_site.guide.comparisons import Comparison
from otpt_site.guide.conditions import Condition
from otpt_site.guide.goals import Goal
from otpt_site.guide.keys import keys_of
from otpt_site.guide.references import Person, PersonKind

# Texts of which YAML makes nothing else: of two words, or of one that is longer than its words of its own.
_PLAIN: Final = re.compile(r"[^\W\d_](?:\w{5,}|\w*(?:[ ,.()/’'-]+\w+)+)[.?!)]*")
_SEPARATORS: Final = re.compile(r"[^a-z0-9]+")

TO_BE_REPLACED: Final = "Write here"
"""How each text begins that stands in for one still to be written; `checks/unwritten.py` looks for it."""

Value = str | Sequence[str]
"""What stands behind a key: YAML on its line, or the lines below it."""


class Line(NamedTuple):
    """A key and its value. An `aside` is a comment itself: an example of what may be written."""

    key: str
    value: Value
    aside: bool = False


def id_from(name: str) -> str:
    """The id that suits a name: small letters, digits and hyphens. Empty when it has no letter that can stand there."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode()
    return _SEPARATORS.sub("-", plain.lower()).strip("-")


def in_yaml(text: str) -> str:
    """The text as YAML reads it back: in double quotes where it could be taken for something else."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def condition_page(
    name: str, lead: Lead, joins: Joins, safety: Sequence[str], sources: Sequence[str], author: str, today: str
) -> str:
    """A condition's file."""
    lines = (
        Line("name", in_yaml(name)),
        Line("draft", "true"),
        Line("summary", "Write here in one sentence what this page tells."),
        Line("lead", lead),
        Line("joins", joins),
        *((Line("order", "[ot, pt]", aside=True),) if lead is Lead.BOTH else ()),
        Line("why", "Write here in a sentence or two why the visits begin this way."),
        Line("nuance", "A guideline says that … [@source-id].", aside=True),
        Line("also_called", "[another name, an older name]", aside=True),
        Line("search_words", "[how people type it]", aside=True),
        Line("pt_does", ("- Write here a short line on what this therapist does",)),
        Line("ot_does", ("- Write here a short line on what that therapist does",)),
        Line("both_do", "Both help you plan your day.", aside=True),
        Line("first_visit", ("pt:", "- Write here what this one asks", "ot:", "- Write here what that one asks")),
        Line("questions", ("- Write here a question for the first visit",)),
        Line("unknowns", "How much of it helps is not known.", aside=True),
        Line("effect_claims", "false"),
        _safety(safety),
        Line("safety_extra", ("- level: urgent", "  action: same-day", "  text: A sign that is special."), aside=True),
        _sources(sources),
        _SEE_ALSO,
        *_written(author, today),
    )
    after = (
        "Below the next line stands the text. Begin with two or three short paragraphs for the person who has it.",
        'Then comes the part "## Does it help?", with the source behind each claim: [@source-id].',
    )
    body = "Write here two or three short paragraphs for the person who has it. Say what it feels like."
    return _page(Condition, lines, after, body)


def comparison_page(title: str, safety: Sequence[str], sources: Sequence[str], author: str, today: str) -> str:
    """A comparison's file."""
    lines = (
        Line("title", in_yaml(title)),
        Line("draft", "true"),
        Line("summary", "Write here in one sentence what this page compares."),
        Line("imagine", "Write here the moment in which the reader is."),
        Line("decision", "Write here the answer in one sentence."),
        Line("pt_if", "Write here when to choose the first."),
        Line("ot_if", "Write here when to choose the other."),
        Line("both_if", "Write here when to choose both."),
        Line(
            "table",
            (
                "- topic: Write here a task of the day",
                "  pt: Write here what the one does about it",
                "  ot: Write here what the other does about it",
            ),
        ),
        Line("both_do", ("- What both do",), aside=True),
        Line("pt_gain", "Write here what the first aims at."),
        Line("ot_gain", "Write here what the other aims at."),
        Line("pt_limits", "Write here where the first ends."),
        Line("ot_limits", "Write here where the other ends."),
        Line("not_known", "Write here what nobody knows yet."),
        Line("who_first", "Write here who comes first most of the time."),
        _CONDITIONS,
        _safety(safety),
        Line("questions", ("- A question for the first visit",), aside=True),
        _sources(sources),
        _SEE_ALSO,
        *_written(author, today),
    )
    after = ("Below the next line stands the text: the situation told as a short story, then how to choose.",)
    return _page(Comparison, lines, after, "Write here in short paragraphs how such a day goes, and how to choose.")


def article_page(title: str, author: str, today: str) -> str:
    """An article's file."""
    lines = (
        Line("title", in_yaml(title)),
        Line("draft", "true"),
        Line("summary", "Write here in one sentence what this page answers."),
        Line("lead_in", "A first sentence.", aside=True),
        _CONDITIONS,
        _safety(()),
        Line("sources", "[source-id]", aside=True),
        _SEE_ALSO,
        *_written(author, today),
    )
    after = ("Below the next line stands the text. A line that begins with ## is a heading.",)
    return _page(Article, lines, after, "Write here in short paragraphs. Begin with the answer.")


def goal_row(id: str, goal: str, area: str, lead: Lead, joins: Joins, safety: Sequence[str], today: str) -> list[str]:
    """The lines of a row of goals.yaml."""
    lines = (
        Line("goal", in_yaml(goal)),
        Line("draft", "true"),
        Line("area", area),
        Line("lead", lead),
        Line("joins", joins),
        *((Line("order", "[ot, pt]", aside=True),) if lead is Lead.BOTH else ()),
        Line("why", "Write here in one or two short sentences what the therapist does about it."),
        Line("nuance", "What a guideline adds.", aside=True),
        Line("caution", "A warning above the answer.", aside=True),
        Line("pt_does", ("- Write here a short line on what this therapist does",)),
        Line("ot_does", ("- Write here a short line on what that therapist does",)),
        Line("questions", ("- Write here a question for the first visit",)),
        _CONDITIONS,
        _safety(safety),
        _SEE_ALSO,
        Line("search_words", "[how people type it]", aside=True),
        Line("also_asked", "[how people ask for it]", aside=True),
        Line("note", "Why the lead differs from that of the condition.", aside=True),
        Line("updated_on", today),
    )
    return _row(Goal, id, lines)


def person_row(id: str, name: str, kind: PersonKind) -> list[str]:
    """The lines of a row of people.yaml."""
    lines = (
        Line("name", in_yaml(name)),
        Line("draft", "true"),
        Line("kind", kind),
        Line("role", "Writes and edits this guide", aside=True),
        Line("about", "Who they are, in one or two sentences.", aside=True),
        Line("url", "https://example.org/", aside=True),
    )
    return _row(Person, id, lines)


_CONDITIONS: Final = Line("conditions", "[condition-id]", aside=True)
_SEE_ALSO: Final = Line("see_also", '["condition:condition-id", "goal:goal-id"]', aside=True)


def _safety(ids: Sequence[str]) -> Line:
    return Line("safety", f"[{', '.join(ids or ('card-id',))}]", aside=not ids)


def _sources(ids: Sequence[str]) -> Line:
    return Line("sources", f"[{', '.join(ids)}]")


def _written(author: str, today: str) -> tuple[Line, ...]:
    return Line("author", author), Line("updated_on", today), Line("reviews", f"[{{by: person-id, on: {today}}}]", True)


def _page(type_: type[msgspec.Struct], lines: Sequence[Line], after: Sequence[str], body: str) -> str:
    told = (*_told(type_, lines), *(f"# {words}" for words in after))
    return "\n".join(("---", *told, "---", "", body, ""))


def _row(type_: type[msgspec.Struct], id: str, lines: Sequence[Line]) -> list[str]:
    return [f"- id: {id}", *(f"  {line}" for line in _told(type_, lines))]


def _told(type_: type[msgspec.Struct], lines: Sequence[Line]) -> Iterator[str]:
    """The lines of the keys, each below the words on what it is for."""
    says = {key.name: key.says for key in keys_of(type_)}
    for line in lines:
        yield f"# {says[line.key]}"
        sign = "# " if line.aside else ""
        if isinstance(line.value, str):
            yield f"{sign}{line.key}: {line.value}"
        else:
            yield f"{sign}{line.key}:"
            yield from (f"{sign}  {below}" for below in line.value)
