"""What is kept comes back, is never trusted, never fatal, and does not grow for ever."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from otpt_site.cache import FILE, IDLE_BUILDS, Store, engine_digest
from otpt_site.workers import Shared


def _put(folder: Path, **values: str) -> None:
    with Store(folder, "engine") as store:
        for key, value in values.items():
            store.put("test", key.encode(), value.encode())


def _get(folder: Path, key: str) -> tuple[bytes | None, bool]:
    """The value, and whether the store was thrown away."""
    with Store(folder, "engine") as store:
        return store.get("test", key.encode()), store.discarded


def test_what_was_put_comes_back_now_and_later(tmp_path: Path) -> None:
    with Store(tmp_path, "engine") as store:
        store.put("test", b"a", b"1")
        assert store.get("test", b"a") == b"1"
        assert store.get("other", b"a") is None
    assert _get(tmp_path, "a") == (b"1", False)
    _put(tmp_path, a="2")
    assert _get(tmp_path, "a") == (b"2", False)


def test_nothing_is_made_until_something_is_kept(tmp_path: Path) -> None:
    assert _get(tmp_path / ".cache", "a") == (None, False)
    assert list(tmp_path.iterdir()) == []


def test_much_is_written_as_it_comes(tmp_path: Path) -> None:
    with Store(tmp_path, "engine") as store:
        store.put("test", b"a", b"x" * 9_000_000)
        assert (tmp_path / FILE).stat().st_size > 9_000_000
        assert store.get("test", b"a") == b"x" * 9_000_000


def test_it_serves_in_another_folder(tmp_path: Path) -> None:
    _put(tmp_path / "one", a="1")
    (tmp_path / "one").rename(tmp_path / "two")
    assert _get(tmp_path / "two", "a") == (b"1", False)


def test_values_are_worked_out_once(tmp_path: Path) -> None:
    asked: list[int] = []

    def compute() -> tuple[str, ...]:
        asked.append(1)
        return ("a", "b")

    for engine, times in (("engine", 1), ("engine", 1), ("other", 2), ("engine", 2)):
        with Store(tmp_path, engine) as store:
            assert store.remembered("words", b"key", tuple[str, ...], compute) == ("a", "b")
        assert len(asked) == times


def test_many_values_come_at_once_and_in_order(tmp_path: Path) -> None:
    names = [str(number) for number in range(2000)]
    _put(tmp_path, **{f"n{name}": name for name in names})
    with Store(tmp_path, "engine") as store:
        store.put("test", b"n5", b"new")
        wanted = ["n1999", "none", "n5", "n0"]
        assert store.get_all("test", map(str.encode, wanted)) == [b"1999", None, b"new", b"0"]
        found = store.get_all("test", (f"n{name}".encode() for name in names))
        assert found == [b"new" if name == "5" else name.encode() for name in names]
        assert store.get_all("test", []) == []


def test_of_no_store_many_values_are_none(tmp_path: Path) -> None:
    with Store(tmp_path, "engine") as store:
        assert store.get_all("test", [b"a", b"b"]) == [None, None]


@pytest.mark.parametrize("written", [False, True], ids=["waiting", "written"])
def test_a_value_can_be_had_later(tmp_path: Path, *, written: bool) -> None:
    """By a copy of the process, by another thread, and when the store is closed."""
    found: list[bytes | None] = []
    with Store(tmp_path, "engine") as store:
        store.put("test", b"a", b"1")
        if written:
            store.put("test", b"b", b"x" * 9_000_000)
            assert store.later("test", b"a") == b"1"
        [in_copy] = Shared(lambda _: [(store.later("test", b"a") or b"").decode()], [0]).results()
        assert in_copy == ["1"]
        thread = threading.Thread(target=lambda: found.append(store.later("test", b"a")))
        thread.start()
        thread.join()
    assert [*found, store.later("test", b"a"), store.later("test", b"none")] == [b"1", b"1", None]


def test_a_value_that_was_lost_can_not_be_had_later(tmp_path: Path) -> None:
    _put(tmp_path, a="a value")
    with Store(tmp_path, "engine") as store:
        _flip(tmp_path / FILE)
        assert store.later("test", b"a") is None
        assert store.later("test", b"none") is None
    with Store(tmp_path / "none", "engine") as store:
        assert store.later("test", b"a") is None


def test_what_no_file_can_hold_is_worked_out_each_time(tmp_path: Path) -> None:
    for _ in range(2):
        with Store(tmp_path, "engine") as store:
            assert store.load("words", b"key", str) is None
            assert store.remembered("words", b"key", str, lambda: "\ud800") == "\ud800"


def test_a_value_of_another_type_is_none(tmp_path: Path) -> None:
    with Store(tmp_path, "engine") as store:
        store.save("words", b"key", ("a", 1))
        assert store.load("words", b"key", dict[str, int]) is None
        assert store.load("words", b"key", tuple[str, int]) == ("a", 1)


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[data.rindex(b"a value")] ^= 1
    path.write_bytes(data)


def _swap(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE kept SET value = (SELECT value FROM kept AS other WHERE other.key != kept.key)")
    connection.close()


def _with(command: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with sqlite3.connect(path) as connection:
            connection.execute(command)
        connection.close()

    return change


DAMAGE: dict[str, Callable[[Path], object]] = {
    "another program's file": lambda path: path.write_bytes(b"not a database" * 100),
    "cut in half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "a bit": _flip,
    "values under wrong keys": _swap,
    "another form": _with("PRAGMA user_version = 99"),
    "no form": _with("PRAGMA user_version = 0"),
    "no table": _with("DROP TABLE kept"),
    "overwritten": lambda path: path.write_bytes(path.read_bytes()[:100] + b"\xff" * 20_000),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_store_is_thrown_away(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    _put(tmp_path, a="a value", b="b value")
    damage(tmp_path / FILE)
    assert _get(tmp_path, "a") == (None, True)
    assert _get(tmp_path, "a") == (None, False), "once"
    _put(tmp_path, a="new")
    assert _get(tmp_path, "a") == (b"new", False)


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_store_is_thrown_away_when_much_is_asked_of_it(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    _put(tmp_path, a="a value", b="b value")
    damage(tmp_path / FILE)
    with Store(tmp_path, "engine") as store:
        assert (store.get_all("test", [b"a", b"b"]), store.discarded) == ([None, None], True)


def test_an_empty_file_is_no_damage(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    assert _get(tmp_path, "a") == (None, False)
    _put(tmp_path, a="1")
    assert _get(tmp_path, "a") == (b"1", False)


def test_what_can_not_be_used_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    _put(tmp_path / "file", a="1")
    assert _get(tmp_path / "file", "a") == (None, False)
    (tmp_path / "folder" / FILE).mkdir(parents=True)
    assert _get(tmp_path / "folder", "a") == (None, False)


def test_a_locked_store_is_done_without_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("otpt_site.cache._WAIT_SECONDS", 0.01)
    _put(tmp_path, a="1")
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert _get(tmp_path, "a") == (None, False)
    _put(tmp_path, a="2")
    other.execute("ROLLBACK")
    other.close()
    assert _get(tmp_path, "a") == (b"1", False)


def _build_with(folder: Path, *keys: str) -> None:
    with Store(folder, "engine") as store:
        for key in keys:
            store.get("test", key.encode())
        store.forget_unused()


def test_what_no_build_used_for_long_is_dropped(tmp_path: Path) -> None:
    _put(tmp_path, a="1", b="2")
    for _ in range(IDLE_BUILDS):
        _build_with(tmp_path, "a")
    _build_with(tmp_path, "a", "b")
    for _ in range(IDLE_BUILDS):
        _build_with(tmp_path, "a")
    assert _get(tmp_path, "b") == (b"2", False), "a use in between counts"
    _build_with(tmp_path, "a")
    assert _get(tmp_path, "b") == (None, False)
    assert _get(tmp_path, "a") == (b"1", False)


def test_what_was_just_put_is_in_use(tmp_path: Path) -> None:
    _put(tmp_path, a="1")
    for _ in range(IDLE_BUILDS + 1):
        with Store(tmp_path, "engine") as store:
            store.put("test", b"b", b"2")
            store.forget_unused()
    assert _get(tmp_path, "b") == (b"2", False)
    assert _get(tmp_path, "a") == (None, False)


def test_the_engine_has_a_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    first = engine_digest()
    assert engine_digest() == first
    engine_digest.cache_clear()
    assert engine_digest() == first
    monkeypatch.setattr("otpt_site.cache._versions", lambda: {"jinja2": "99"})
    engine_digest.cache_clear()
    assert engine_digest() != first
    engine_digest.cache_clear()


def test_the_versions_of_the_libraries_are_found() -> None:
    from importlib.metadata import version

    from otpt_site.cache import _LIBRARIES, _versions

    assert _versions() == {name: version(name) for name in _LIBRARIES}
