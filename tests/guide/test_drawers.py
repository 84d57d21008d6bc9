"""Values left where they are kept: the same when asked for, and no sooner read than asked for."""

import msgspec

from otpt_site.guide.drawers import Drawer, Left, Sheets, encoded_drawers, in_drawer


class _Words(Left[tuple[str, ...]]):
    __slots__ = ()
    kind = tuple[str, ...]


class _File:
    """A file with two drawers, and how often it was opened."""

    def __init__(self) -> None:
        first, second = Sheets(), Sheets()
        assert [first.put(("a",)), first.put(()), second.put(("b", "c"))] == [0, 1, 0]
        self.data = encoded_drawers([first.all, second.all])
        self.opened = 0

    def load(self) -> bytes:
        self.opened += 1
        return self.data


def test_a_value_is_what_was_put_in_and_its_file_is_opened_when_it_is_asked_for() -> None:
    file = _File()
    load = file.load
    first, second = in_drawer(Drawer("a.md", load, 0)), in_drawer(Drawer("a.md", load, 1))
    words = [first(_Words, 0), first(_Words, 1), second(_Words, 0)]
    assert file.opened == 0
    assert [one.value for one in words] == [("a",), (), ("b", "c")]
    assert [one.value for one in words] == [("a",), (), ("b", "c")]
    assert file.opened == 1


def test_a_value_that_is_held_needs_no_drawer() -> None:
    assert _Words(()).value == ()
    assert _Words(("a",)).value == ("a",)


def test_a_type_of_a_record_may_hold_what_is_left_in_a_drawer() -> None:
    class _Row(msgspec.Struct):
        name: str
        words: _Words
        more: tuple[_Words, ...] = ()

    sheets = Sheets()
    encoder = msgspec.msgpack.Encoder(enc_hook=lambda left: sheets.put(left.value))
    data = encoder.encode(_Row("x", _Words(("a",)), (_Words(("b",)),)))
    load = [encoded_drawers([sheets.all])].pop
    read = msgspec.msgpack.Decoder(_Row, dec_hook=in_drawer(Drawer("a.md", load, 0))).decode(data)
    assert (read.name, read.words.value, [one.value for one in read.more]) == ("x", ("a",), [("b",)])
