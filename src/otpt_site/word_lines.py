"""A word looked up in a file of sorted lines, as it lies there.

To check one page takes some hundred words of lists that hold a hundred thousand. To make a dictionary of such a list
takes longer than all else that is done for that page, and more memory than the rest of the guide.
"""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def folder_of(library: str) -> Path:
    """Where the files of an installed library lie. It is not imported, as that may take longer than to read them."""
    module = find_spec(library)
    if module is None or module.origin is None:
        raise ModuleNotFoundError(library)
    return Path(module.origin).parent


class WordLines:
    """Lines that are sorted by their words, byte by byte; `word_of` tells the word of a line. The last one ends too."""

    def __init__(self, data: bytes, word_of: Callable[[bytes], bytes]) -> None:
        self._data = data
        self._word_of = word_of

    def find(self, word: bytes) -> bytes | None:
        """The first line of this word, without its end; None when there is none."""
        data, low, high = self._data, 0, len(self._data)
        while low < high:
            # The search never goes back to the line before `low`.
            start = max(low, data.rfind(b"\n", low, (low + high) // 2) + 1)
            end = data.index(b"\n", start)
            if self._word_of(data[start:end]) < word:
                low = end + 1
            else:
                high = start
        line = data[low : data.find(b"\n", low)]
        return line if line and self._word_of(line) == word else None


class Answers(dict[str, T]):
    """What `find` says of words: it is asked of each word once, and of none that an earlier run told of.

    `news` is what it was asked since somebody last took that.
    """

    def __init__(self, find: Callable[[str], T]) -> None:
        super().__init__()
        self._find = find
        self.news: dict[str, T] = {}

    def __missing__(self, word: str) -> T:
        """Asks."""
        answer = self[word] = self.news[word] = self._find(word)
        return answer
