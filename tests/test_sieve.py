"""What need not be searched, and that nothing else is passed over."""

import re

import pytest

from otpt_site import sieve
from otpt_site.sieve import Sieve, any_of, holds_any, search_for


def test_a_sieve_holds_back_the_chunks_that_tell() -> None:
    digits = Sieve(re.compile(r"\d").search)
    chunks = frozenset("Walk 20 steps, or x2.".split())
    assert digits.held(chunks) == {"20", "x2."}
    assert digits.held(chunks) == {"20", "x2."}
    assert digits.held(frozenset()) == set()


def test_each_chunk_that_passes_is_looked_at_once() -> None:
    looked_at: list[str] = []
    none = Sieve(looked_at.append)
    none.held(frozenset({"a", "b"}))
    none.held(frozenset({"b", "c"}))
    assert sorted(looked_at) == ["a", "b", "c"]


def test_a_sieve_does_not_remember_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sieve, "MOST", 2)
    looked_at: list[str] = []
    none = Sieve(looked_at.append)
    for chunk in ("a", "b", "c", "d", "a", "d"):
        none.held(frozenset({chunk}))
    assert looked_at == ["a", "b", "c", "d", "a"]


def test_a_search_cares_for_no_capitals() -> None:
    search = search_for(r"\bprior to\b", "prior")
    assert search.pattern.search("Prior To")
    assert search.sieve.held(frozenset({"PRIOR", "to"})) == {"PRIOR"}


def test_phrases_are_taken_by_the_letter() -> None:
    assert re.findall(any_of(["a.b", "c"]), "a.b axb c") == ["a.b", "c"]


def test_words_hold_a_chunk_or_not() -> None:
    assert holds_any("two words", {"no", "words"})
    assert not holds_any("two words", {"word."})
    assert not holds_any("two words", set())
