"""What the dictionaries said of words, kept from run to run.

They hold a hundred thousand words each. After an edit of one text, to open them takes longer than all that is asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import msgspec

from otpt_site.cache import Store
from otpt_site.dictionary import LISTED
from otpt_site.syllables import SYLLABLES

# Words of a guide are few; more than these are made up, and would cost more to read than to look up.
_MOST: Final = 50_000


class _Known(msgspec.Struct, frozen=True):
    listed: dict[str, bool]
    syllables: dict[str, int]


@contextmanager
def remembered_words(store: Store) -> Iterator[None]:
    """Has words looked up in what the `store` holds first; keeps what was found out meanwhile."""
    key = store.engine.encode()
    known = store.load("words", key, _Known)
    if known:
        LISTED.update(known.listed)
        SYLLABLES.update(known.syllables)
    before = len(LISTED) + len(SYLLABLES)
    yield
    after = len(LISTED) + len(SYLLABLES)
    if before < after <= _MOST:
        store.save("words", key, _Known(LISTED, SYLLABLES))
