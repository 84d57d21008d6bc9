"""What the dictionaries said of words, kept from run to run.

They hold a hundred thousand words each. After an edit of one text, to open them takes longer than all that is asked.
"""

from typing import Final, NamedTuple

from otpt_site.cache import Store
from otpt_site.dictionary import LISTED
from otpt_site.syllables import SYLLABLES

# Words of a guide are few; more than these are made up, and would cost more to read than to look up.
_MOST: Final = 50_000


class Answered(NamedTuple):
    """Whether words are in the dictionary, and how many syllables words have."""

    listed: dict[str, bool]
    syllables: dict[str, int]


def lately_answered() -> Answered:
    """What this process asked the dictionaries since this was last called, to be handed to the one that remembers."""
    answered = Answered(LISTED.news, SYLLABLES.news)
    LISTED.news, SYLLABLES.news = {}, {}
    return answered


class WordMemory:
    """What earlier runs asked, from the `store`: this process and its copies need not ask that again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._key = store.engine.encode()
        known = store.load("words", self._key, Answered)
        if known:
            self.learn(known)
        self._known = self._count()

    def learn(self, answered: Answered) -> None:
        """Takes in what was asked, here or by a copy of this process."""
        LISTED.update(answered.listed)
        SYLLABLES.update(answered.syllables)

    def keep(self) -> None:
        """Keeps all for the next run, if there is anything new."""
        if self._known < self._count() <= _MOST:
            self._store.save("words", self._key, Answered(LISTED, SYLLABLES))

    def _count(self) -> int:
        return len(LISTED) + len(SYLLABLES)
