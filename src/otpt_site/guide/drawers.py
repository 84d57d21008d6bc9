"""Values that are left where they are kept until they are asked for.

The texts of a large guide do not fit into memory, and a rebuild needs few of them. So a record keeps its texts and the
places of its keys in a drawer: the sheets of one page or row, in the order in which they were put there. Which
bytes they are is up to `parts.py`; where these come from, to whoever opens the drawer.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, ClassVar, Final, Generic, TypeVar

import msgspec

T = TypeVar("T")
Load = Callable[[], bytes]
"""Gives the sheets of all drawers of one file, as `encoded_drawers` made them."""

_ENCODER: Final = msgspec.msgpack.Encoder()
_DRAWERS: Final = msgspec.msgpack.Decoder(list[list[Any]])
# So many files are open at once: those of a page and of what it names.
_OPEN_FILES: Final = 64


class Sheets:
    """What is put into a drawer."""

    def __init__(self) -> None:
        self.all: list[bytes] = []

    def put(self, value: object) -> int:
        """Puts a value in; gives the number of its sheet."""
        self.all.append(_ENCODER.encode(value))
        return len(self.all) - 1


def encoded_drawers(drawers: list[list[bytes]]) -> bytes:
    """The sheets of all drawers of a file, to be kept."""
    return _ENCODER.encode(drawers)


class Drawer:
    """The sheets of one page or row: the drawer of this `number` in the file at `path`, which `load` gives."""

    __slots__ = ("_load", "_number", "path")

    def __init__(self, path: str, load: Load, number: int) -> None:
        self.path = path
        self._load = load
        self._number = number

    def value(self, sheet: int, kind: Any) -> Any:
        """The value of this type that was put in as this sheet."""
        sheets = _opened(self._load)[self._number]
        value = sheets[sheet]
        if type(value) is bytes:
            value = sheets[sheet] = _decoder(kind).decode(value)
        return value


@lru_cache(maxsize=_OPEN_FILES)
def _opened(load: Load) -> list[list[Any]]:
    """The drawers of a file. A sheet that was looked at holds its value instead of bytes."""
    return _DRAWERS.decode(load())


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


class Left(Generic[T]):
    """A value of the type `kind`: `held` here, or left in a drawer as the sheet of this number."""

    __slots__ = ("drawer", "held", "sheet")
    kind: ClassVar[Any]
    drawer: Drawer
    sheet: int

    def __init__(self, held: T) -> None:
        self.held: T | None = held

    @property
    def value(self) -> T:
        """The value itself."""
        held = self.held
        return self.drawer.value(self.sheet, self.kind) if held is None else held


def in_drawer(drawer: Drawer) -> Callable[[Any, int], Any]:
    """What gives a value of a kind of `Left` that was put into the drawer, by that kind and the number of the sheet."""

    def left_there(kind: Any, sheet: int) -> Any:
        left = kind.__new__(kind)
        left.held, left.drawer, left.sheet = None, drawer, sheet
        return left

    return left_there
