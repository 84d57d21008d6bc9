"""Bytes put aside: given back as they were, whoever put them there."""

import errno
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import pytest

from otpt_site.spool import Sheet, Spool


def test_what_was_put_aside_comes_back_as_often_as_asked(tmp_path: Path) -> None:
    with Spool(tmp_path) as spool:
        loaders = [spool.loader(spool.keep(data)) for data in (b"one", b"", b"three" * 100_000)]
        for _ in range(2):
            assert [load() for load in loaders] == [b"one", b"", b"three" * 100_000]


def test_nothing_lies_in_the_folder_for_others_to_find(tmp_path: Path) -> None:
    with Spool(tmp_path) as spool:
        spool.keep(b"data")
        assert not list(tmp_path.iterdir())
    with Spool(tmp_path / "none") as spool:
        assert spool.loader(spool.keep(b"data"))() == b"data"
    assert not list(tmp_path.iterdir())


def test_without_a_folder_all_is_held_in_memory() -> None:
    with Spool(None) as spool:
        sheet = spool.keep(b"data")
        assert sheet.data == b"data"
        assert spool.loader(sheet)() == b"data"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process has copies here")
@pytest.mark.filterwarnings("ignore:This process.*fork:DeprecationWarning")
def test_copies_of_this_process_put_aside_at_the_same_time(tmp_path: Path) -> None:
    def data(worker: int, number: int) -> bytes:
        return f"{worker} {number} ".encode() * (number + 1)

    def kept(spool: Spool, worker: int) -> list[Sheet]:
        return [spool.keep(data(worker, number)) for number in range(300)]

    with Spool(tmp_path) as spool:
        first = spool.keep(b"before")
        workers = [_copied(partial(kept, spool, worker)) for worker in (1, 2)]
        own = kept(spool, 0)
        for worker, sheets in enumerate([own, *(told() for told in workers)]):
            assert [spool.loader(sheet)() for sheet in sheets] == [data(worker, number) for number in range(300)]
        assert spool.loader(first)() == b"before"


def _copied(work: Callable[[], list[Sheet]]) -> Callable[[], list[Sheet]]:
    """What a copy of this process makes, for when it is asked for."""
    answer, told = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            with os.fdopen(told, "wb") as pipe:
                pipe.write(msgspec.msgpack.encode(work()))
        finally:
            os._exit(0)
    os.close(told)

    def sheets() -> list[Sheet]:
        with os.fdopen(answer, "rb") as pipe:
            data = pipe.read()
        os.waitpid(process, 0)
        return msgspec.msgpack.decode(data, type=list[Sheet])

    return sheets


def test_without_room_on_the_disk_all_is_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "no space left")

    with Spool(tmp_path) as spool:
        on_disk = spool.keep(b"on disk")
        with monkeypatch.context() as patched:
            patched.setattr(os, "write", full)
            held = spool.keep(b"held")
        after = spool.keep(b"after")
        assert [spool.loader(sheet)() for sheet in (on_disk, held, after)] == [b"on disk", b"held", b"after"]


def test_without_a_file_all_is_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("tempfile.TemporaryFile", refused)
    with Spool(tmp_path) as spool:
        assert spool.loader(spool.keep(b"data"))() == b"data"
