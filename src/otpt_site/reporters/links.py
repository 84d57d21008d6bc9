"""What came of asking for links, for a person and for a program."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from otpt_site.link_check import Answer, Outcome
from otpt_site.outside_links import OutsideLink

_HINTS: Final = {
    Outcome.BROKEN: "Find where the page went and write its new address, or take the link out.",
    Outcome.UNKNOWN: "Open it in a browser. If it works there, nothing needs doing.",
}
_COLOURS: Final = {Outcome.BROKEN: "1;31", Outcome.UNKNOWN: "1;33"}


def links_text(links: Sequence[OutsideLink], answers: Mapping[str, Answer]) -> Iterator[str]:
    """Each link that is not fine, at each of its places, broken ones last; then a line that counts all."""
    for outcome, colour in reversed(_COLOURS.items()):
        for link in links:
            answer = answers[link.url]
            if answer.outcome is outcome:
                where = f"{link.place.path}:{link.place.line}:{link.place.column}"
                yield f"\x1b[1m{where}\x1b[0m \x1b[{colour}m{outcome}\x1b[0m {link.url}"
                yield f"   {answer.why}. {_HINTS[outcome]}"
                yield ""
    yield _count(answers)


def _count(answers: Mapping[str, Answer]) -> str:
    counts = Counter(answer.outcome for answer in answers.values())
    listed = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome])
    return f"{len(answers)} links: {listed}." if answers else "No links to other sites."


def links_json(links: Sequence[OutsideLink], answers: Mapping[str, Answer]) -> str:
    """All links with their places and answers, as one JSON object."""
    rows = [
        {
            "url": link.url,
            "path": link.place.path,
            "line": link.place.line or None,
            "column": link.place.column or None,
            "outcome": answers[link.url].outcome.value,
            "why": answers[link.url].why,
        }
        for link in links
    ]
    return json.dumps({"links": rows})
