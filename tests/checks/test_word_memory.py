"""What dictionaries said is kept: they are not opened for words that an earlier run asked about."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from otpt_site import dictionary, syllables, workers
from otpt_site.cache import Store
from otpt_site.checks import texts, word_memory
from otpt_site.checks.texts import texts_of, traits_of
from otpt_site.checks.word_memory import WordMemory, lately_answered
from otpt_site.dictionary import LISTED, is_word
from otpt_site.syllables import SYLLABLES
from tests.kit import condition, guide_of

# Other tests may have left a thread behind; newer Pythons warn of copying a process that has one.
pytestmark = pytest.mark.filterwarnings("ignore:This process.*fork:DeprecationWarning")


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    kept = dict(LISTED), dict(SYLLABLES)
    _forget()
    yield
    LISTED.update(kept[0])
    SYLLABLES.update(kept[1])


def _forget() -> None:
    """As a new process."""
    LISTED.clear()
    SYLLABLES.clear()
    lately_answered()


def _opened() -> object:
    pytest.fail("a dictionary was opened")


def _run(folder: Path, *words: str, engine: str = "engine") -> list[tuple[bool, int]]:
    with Store(folder, engine) as store:
        memory = WordMemory(store)
        answers = [(is_word(word), syllables.syllables(word)) for word in words]
        memory.keep()
    return answers


def test_no_dictionary_is_opened_for_words_asked_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _run(tmp_path, "walking", "wlaking")
    assert first == [(True, 2), (False, 2)]
    _forget()
    monkeypatch.setattr(dictionary, "_words", _opened)
    monkeypatch.setattr(syllables, "_dictionary", _opened)
    assert _run(tmp_path, "walking", "wlaking") == first


def test_another_word_is_looked_up_and_kept_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _run(tmp_path, "walking")
    _forget()
    assert _run(tmp_path, "stairs") == [(True, 1)]
    _forget()
    monkeypatch.setattr(dictionary, "_words", _opened)
    monkeypatch.setattr(syllables, "_dictionary", _opened)
    assert _run(tmp_path, "walking", "stairs") == [(True, 2), (True, 1)]


def test_another_version_of_the_program_does_not_ask_for_them(tmp_path: Path) -> None:
    _run(tmp_path, "walking")
    _forget()
    _run(tmp_path, engine="another")
    assert not LISTED
    assert not SYLLABLES


def test_nothing_is_written_when_nothing_was_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _run(tmp_path, "walking")
    _forget()
    monkeypatch.setattr(Store, "save", lambda *_: pytest.fail("something was written"))
    _run(tmp_path, "walking")


def test_more_words_than_a_guide_has_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_memory, "_MOST", 3)
    _run(tmp_path, "walking", "stairs")
    _forget()
    _run(tmp_path)
    assert not LISTED


def test_what_is_no_good_is_looked_up_anew(tmp_path: Path) -> None:
    with Store(tmp_path, "engine") as store:
        store.save("words", b"engine", ["walking"])
    assert _run(tmp_path, "walking") == [(True, 2)]


def test_each_answer_is_handed_on_once() -> None:
    is_word("walking")
    is_word("walking")
    assert lately_answered() == ({"walking": True}, {})
    is_word("walking")
    syllables.syllables("walking")
    assert lately_answered() == ({}, {"walking": 2})


def test_what_other_processes_asked_is_kept_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_cores", lambda: 2)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(texts, "_PAY", 1)
    guide = guide_of({"conditions/x.md": condition("Slow walking [@trial-2020].")}).whole
    with Store(tmp_path, "engine") as store:
        first = list(traits_of(guide, texts_of(guide), store))
    _forget()
    monkeypatch.setattr(dictionary, "_words", _opened)
    monkeypatch.setattr(syllables, "_dictionary", _opened)
    with Store(tmp_path, "engine") as store:
        WordMemory(store)
    assert list(traits_of(guide, texts_of(guide))) == first
