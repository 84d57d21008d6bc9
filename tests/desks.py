"""A guide in which something waits on every pile of the editors' desk."""

from collections.abc import Mapping
from typing import Final

from tests.kit import DEFAULTS, GLOSSARY, SAFETY, article, comparison, condition, further_goals, plain_page
from tests.project import ONE_OF_EACH

_HARD: Final = (
    "Rehabilitation professionals individually evaluate neuromuscular impairments, considering environmental"
    " and occupational circumstances, before recommending evidence-based interventions. "
)
_PEOPLE: Final = DEFAULTS["people.yaml"] + "- {id: other, name: Ada Ames, kind: person}\n"


def _reviewed(by: str, on: str, digest: str = "") -> str:
    return f"[{{by: {by}, on: {on}{', digest: ' + digest if digest else ''}}}]"


# So many pages that it matters which lead to which.
_MANY: Final = {
    f"articles/more-{number}.md": article(title=f"More {number}", see_also="[article:more-0, condition:stroke]")
    for number in range(12)
}
FULL: Final[Mapping[str, str]] = {
    **ONE_OF_EACH,
    **_MANY,
    "people.yaml": _PEOPLE,
    "conditions/overdue.md": condition(name="Overdue", reviews=_reviewed("reviewer", "2024-01-31")),
    "conditions/soon.md": condition(name="Soon", reviews=_reviewed("other", "2024-12-31")),
    "conditions/later.md": condition(name="Later", reviews=_reviewed("other", "2025-12-31")),
    "conditions/edited.md": condition(name="Edited", reviews=_reviewed("reviewer", "2026-11-01", "v1-before")),
    "conditions/never.md": condition(name="Never", reviews=None, lead="both", pt_does="[Helps you to stand up again]"),
    "conditions/uncited.md": condition("Slow [@trial-2020].\n\n## Does it help?\n\nOften.", name="Uncited"),
    "conditions/draft.md": condition(name="A draft", draft="true"),
    "articles/scheduled.md": article(title="Scheduled", publish_on="2026-12-01"),
    "articles/expired.md": article(title="Expired", expires_on="2026-11-20"),
    "articles/going.md": article(title="Going", expires_on="2026-12-24", see_also="[article:more-1]"),
    "articles/hard.md": article(f"{_HARD}\n\n" * 9, title="Hard"),
    "comparisons/unfair.md": comparison(title="Unfair", table=f'[{{topic: Aim, pt: "{_HARD}", ot: Dress}}]'),
    "goals/more.yaml": further_goals("walk", goal="Walk", conditions="[stroke]"),
    "glossary.yaml": GLOSSARY + "- {id: cane, term: cane, definition: a stick}\n",
    "sources.yaml": DEFAULTS["sources.yaml"] + "- {id: trial-2021, type: trial, authors: Reed R, title: B}\n",
    "safety.yaml": SAFETY.replace("2026-11-01", "2020-01-01", 1),
    "pages/about.md": plain_page(reviews=_reviewed("reviewer", "2024-12-01")),
}
