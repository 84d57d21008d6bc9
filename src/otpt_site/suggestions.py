"""What somebody probably meant who wrote a word that is not known here."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

# Longer texts are near no known word: to look would take long.
_LONGEST: Final = 80


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice nearest to `word`, or nothing when none is near."""
    if len(word) > _LONGEST:
        return ""
    folded = {choice.casefold(): choice for choice in choices}
    near = get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.7)
    return folded[near[0]] if near else ""


def suggestion(word: str, choices: Iterable[str]) -> str:
    """A hint that names the choice nearest to `word`, or nothing when none is near."""
    near = nearest(word, choices)
    return f"Did you mean '{near}'?" if near else ""
