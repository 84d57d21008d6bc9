"""Plain language, rule by rule: one case over each limit, and one exactly at it."""

import pytest

from otpt_site.checks.language import (
    FEWEST_WORDS,
    HARDEST,
    HARDEST_MEDIAN,
    LONG_SENTENCE,
    LONGEST_SENTENCE,
    MOST_ITEMS,
    MOST_SENTENCES,
    REPEATED_WORDS,
)
from otpt_site.checks.texts import texts_of, traits_of
from otpt_site.checks.traits import Traits
from otpt_site.diagnostics import Place
from otpt_site.readability import Readability
from otpt_site.rules import RULES
from tests.kit import SITE, Case, article, comparison, condition, guide_of, plain_page, unmarked

_PATH = "pages/x.md"
_HARD = "hard-to-read"


def _check(case: Case) -> None:
    """The case breaks its rule once, at its place; the near miss does not. Other rules may be broken as well."""
    text, place = unmarked(f"content/{case.path}", case.text)
    found = guide_of({case.path: text}).of(case.rule)
    assert [one.place for one in found] == [place]
    assert case.says in found[0].message
    assert guide_of({case.path: case.near}).of(case.rule) == []


def _said(*counts: int, word: str = "word") -> str:
    """Sentences with so many words, in a paragraph each."""
    return "\n\n".join(" ".join(["Word", *[word] * (count - 1)]) + "." for count in counts)


def _page(body: str) -> str:
    return plain_page(body)


# Sentences, paragraphs and lists

_31 = "«One two three four five six seven eight» " + " ".join(["word"] * (LONGEST_SENTENCE - 7))
_30 = _31.replace("«", "").replace("»", "").removesuffix(" word")
_FOUR = "«One. Two. Three. Four»."
_EIGHT = "- «one»\n" + "- two\n" * MOST_ITEMS
_SEVEN = "- one\n" + "- two\n" * (MOST_ITEMS - 1)
_LONG = "long-sentence"

CASES = (
    Case("a sentence of 31 words", _page(f"Short. {_31}."), _LONG, "has 31 words", _page(f"Short. {_30}.")),
    Case("an item of 31 words", _page(f"- {_31}"), _LONG, "has 31 words", _page(f"- {_30}")),
    Case(
        "a cell of 31 words",
        _page(f"| A |\n| - |\n| {_31} |"),
        _LONG,
        "has 31 words",
        _page(f"| A |\n| - |\n| {_30} |"),
    ),
    Case(
        "a key of 31 words",
        condition(why=_31),
        _LONG,
        "has 31 words",
        condition(why=_30),
        path="conditions/x.md",
    ),
    Case("a long summary", plain_page(summary=_31), _LONG, "has 31 words", plain_page(summary=_30)),
    Case("a long heading is none", _page(f"{_31}."), _LONG, "31", _page(f"## {_30} word")),
    Case(
        "two sentences in one paragraph",
        _page(f"Short. {_31}. Short."),
        _LONG,
        "31",
        _page(f"{_30}. {_30}."),
    ),
    Case("four sentences", _page(_FOUR), "long-paragraph", "has 4 sentences", _page("One. Two. Three.\n\nFour.")),
    Case(
        "four sentences in a key",
        condition(why=_FOUR),
        "long-paragraph",
        "has 4 sentences",
        condition(why="One. Two. Three."),
        path="conditions/x.md",
    ),
    Case("four sentences below", _page(f"Zero.\n\n{_FOUR}"), "long-paragraph", "4", _page("- One. Two. Three. Four.")),
    Case("eight items", _page(f"Text\n\n{_EIGHT}"), "long-list", "has 8 items", _page(f"Text\n\n{_SEVEN}")),
    Case(
        "eight steps",
        _page("1. «one»\n" + "2. two\n" * MOST_ITEMS),
        "long-list",
        "has 8 items",
        _page(f"{_SEVEN}\nText\n\n{_SEVEN}"),
    ),
    Case(
        "eight items within an item",
        _page("- top\n" + "".join(f"    {line}\n" for line in _EIGHT.splitlines())),
        "long-list",
        "has 8 items",
        _page("- top\n" + "".join(f"    {line}\n" for line in _SEVEN.splitlines())),
    ),
    Case(
        "items of two paragraphs",
        _page("- «one»\n\n    More.\n\n" + "- two\n\n    More.\n\n" * MOST_ITEMS),
        "long-list",
        "has 8 items",
        _page("- one\n\n    More.\n\n" + "- two  \n  three\n\n    More.\n\n" * (MOST_ITEMS - 1)),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_long(case: Case) -> None:
    _check(case if "why" in case.text else case._replace(path=_PATH))


def test_the_limits_are_those_of_the_rules() -> None:
    assert f"more than {LONGEST_SENTENCE} words" in RULES[_LONG].meaning
    assert f"more than {LONG_SENTENCE} words" in RULES["many-long-sentences"].meaning
    assert (MOST_SENTENCES, MOST_ITEMS) == (3, 7)
    assert f"more than {REPEATED_WORDS} words" in RULES["repeated-paragraph"].meaning
    assert f"grade {HARDEST:.0f} " in RULES[_HARD].meaning
    assert f"grade {HARDEST_MEDIAN:.0f}." in RULES["hard-guide"].meaning


# Links


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("See [«here»](https://example.org).", "'here'"),
        ("See [«Here»!](https://example.org).", "'Here!'"),
        ("[«click here»](https://example.org)", "'click here'"),
        ("[«Read more»](condition:x)", "'Read more'"),
        ("[«learn more»…](https://example.org)", "'learn more…'"),
        ("[«this page»](condition:x)", "'this page'"),
        ("[«this»](#part)\n\n## Part", "'this'"),
        ("[**«more»**](https://example.org)", "'more'"),
        ("[**«more»**](condition:x)", "'more'"),
        ("- [«details»](https://example.org)", "'details'"),
        ("[«Please see here»](https://example.org)", "'Please see here'"),
        ("Come here, and read [on *and* on](condition:x), or [**«here»**](condition:x).", "'here'"),
        ("A «click here».".replace("A", "Do not click, here or there:"), "'click here' says nothing"),
        ("To begin, «click here».", "'click here' says nothing"),
        ("«Tap on this» link.", "'Tap on this' says nothing"),
    ],
)
def test_vague_links(body: str, says: str) -> None:
    text, place = unmarked(f"content/{_PATH}", _page(body))
    found = guide_of({_PATH: text, "conditions/x.md": condition()}).of("vague-link")
    assert {one.place for one in found} == {place}
    assert says in found[0].message


@pytest.mark.parametrize(
    "body",
    [
        "See [what is here](https://example.org).",
        "[More on strokes](https://example.org)",
        "[how to do **more**](https://example.org)",
        "[how to do **more**](condition:x)",
        "[](condition:x)",
        "It is here. More on this page.",
        "[here](term:gait)",
        "You may hear a click here and there.".replace("click here", "click, here"),
        "Press this with a thumb.",
    ],
)
def test_links_that_tell_where_they_lead(body: str) -> None:
    assert guide_of({_PATH: _page(body), "conditions/x.md": condition()}).of("vague-link") == []


# Repeated paragraphs

_26 = "One two three four five six seven eight " + " ".join(["word"] * (REPEATED_WORDS - 7))
_25 = _26.removesuffix(" word")


def _repeated(first: str, second: str) -> list[Place]:
    made = guide_of({"articles/x.md": article(first), _PATH: plain_page(second)})
    assert made.guide
    return [one.place for one in made.of("repeated-paragraph")]


def test_a_repeated_paragraph_is_told_where_it_stands_again() -> None:
    # The article comes first.
    assert _repeated(_26, f"Text.\n\n{_26}") == [Place(f"content/{_PATH}", 9, 1, 39)]
    made = guide_of({"articles/x.md": article(_26), _PATH: plain_page(_26)})
    assert "content/articles/x.md, line 10" in made.of("repeated-paragraph")[0].message


@pytest.mark.parametrize(
    ("first", "second", "repeated"),
    [
        (_26, _26.upper(), True),
        (f"- {_26}", f"{_26}!", True),
        (_25, _25, False),
        (_26, f"{_26} more", False),
        (f"{_26}\n\n{_26}", "Text.", False),
        (f"## {_26}", f"## {_26}", False),
    ],
)
def test_repeated_paragraphs(first: str, second: str, repeated: bool) -> None:
    assert len(_repeated(first, second)) == repeated


def test_a_paragraph_on_three_pages_is_told_twice() -> None:
    files = {"articles/x.md": article(_26), "conditions/x.md": condition(why=_26), "comparisons/x.md": comparison(_26)}
    paths = [one.place.path for one in guide_of(files).of("repeated-paragraph")]
    assert paths == ["content/articles/x.md", "content/comparisons/x.md"]


# Reading grades


def _graded(sentences: int, words: int, syllables: int) -> str:
    """A page's body with so many sentences of `words` words; its words have two syllables until there are enough."""
    more = syllables - sentences * words
    flat = ["water"] * more + ["walk"] * (sentences * words - more)
    return "\n\n".join(" ".join(flat[at * words : (at + 1) * words]).capitalize() + "." for at in range(sentences))


def _article(body: str) -> str:
    # The summary is read as well: four words, four syllables.
    return article(body, summary="Walk walk. Walk walk")


def _all_measured(files: dict[str, str]) -> tuple[Traits, ...]:
    guide = guide_of(files).whole
    return tuple(traits_of(guide, texts_of(guide)))


def _readability(body: str, **files: str) -> Readability:
    """What is counted of an article with this body."""
    measured = _all_measured({"articles/x.md": _article(body), **files})
    [page] = [page for page in measured if page.kind == "article"]
    return page.readability


# With the summary 12 sentences, 134 words: 0.39 * 134/12 + 11.8 * 227/134 - 15.59 = 8.7546; one syllable is 0.088.
_OVER = (10, 13, 215)
_UNDER = (10, 13, 214)


def test_pages_are_measured_with_their_summaries_and_without_headings() -> None:
    counted = _readability("## Evaluation, evaluation\n\nWalk banana.\n\n- Evaluation")
    assert (counted.words, counted.sentences, counted.syllables, counted.polysyllables) == (7, 4, 13, 2)


def test_a_page_over_the_hardest_grade() -> None:
    over, under = (_readability(_graded(*counts)) for counts in (_OVER, _UNDER))
    assert over.grade > HARDEST >= under.grade
    assert over.grade - under.grade < 0.1
    made = guide_of({"articles/x.md": _article(_graded(*_OVER))})
    [found] = made.of(_HARD)
    assert found.place == Place("content/articles/x.md")
    assert f"grade {over.grade:.1f} (SMOG {over.smog:.1f}), of at most 8.0" in found.message
    assert guide_of({"articles/x.md": _article(_graded(*_UNDER))}).of(_HARD) == []


def test_the_grade_of_a_short_page_says_little() -> None:
    # Four words of the summary, 96 or 95 of the body.
    for words, hard in ((FEWEST_WORDS, True), (FEWEST_WORDS - 1, False)):
        body = " ".join(["Banana"] * (words - 4))
        assert _readability(body).words == words
        assert len(guide_of({"articles/x.md": _article(body)}).of(_HARD)) == hard


def test_a_name_from_the_list_is_easy() -> None:
    body = " ".join(["banana"] * 99)
    words = "names:\n- {id: banana, name: Banana, kind: medicine}\nshort_forms: []\n"
    before, after = (_readability(body, **more) for more in ({}, {"words.yaml": words}))
    # Each of the 99 words has one syllable now, of three.
    assert before.grade - after.grade == pytest.approx(11.8 * 198 / 103)


# 0.39 * 130/10 + 11.8 * 182/130 - 15.59 is 6 to the last digit; the summary has the shape of the body.
def _half(*syllables: int) -> dict[str, str]:
    files = {}
    for number, count in enumerate(syllables):
        summary, _, body = _graded(10, 13, count).partition("\n\n")
        files[f"articles/a{number}.md"] = article(body, summary=summary)
    return files


@pytest.mark.parametrize(
    ("syllables", "hard"),
    [((182,), False), ((183,), True), ((130, 182, 200), False), ((130, 183, 183), True), ((130, 130, 200), False)],
)
def test_half_of_the_pages(syllables: tuple[int, ...], hard: bool) -> None:
    found = guide_of(_half(*syllables)).of("hard-guide")
    assert [one.place for one in found] == [Place("content/site.yaml")] * hard


def test_the_hardest_pages_are_named_first() -> None:
    [found] = guide_of(_half(183, 190, 186)).of("hard-guide")
    assert "grade 6.4, of at most 6.0" in found.message
    assert found.hint == "Begin with content/articles/a1.md, content/articles/a2.md, content/articles/a0.md."


def test_short_pages_are_not_among_the_pages() -> None:
    files = {**_half(183), "articles/x.md": article("Walk.", summary="Walk")}
    assert len(guide_of(files).of("hard-guide")) == 1
    assert guide_of({"articles/x.md": article("Evaluation evaluation.")}).of("hard-guide") == []


# Many long sentences


def test_one_sentence_in_twenty_may_be_long() -> None:
    others = sum(page.readability.sentences for page in _all_measured({}))
    # With the summary of the page that holds the long ones.
    whole = 40 if others < 38 else 60
    allowed = whole // 20
    for count, found in ((allowed, []), (allowed + 1, [Place("content/site.yaml")])):
        body = _said(*[LONG_SENTENCE + 1] * count, *[3] * (whole - others - 1 - count))
        made = guide_of({_PATH: plain_page(body)})
        assert [one.place for one in made.of("many-long-sentences")] == found
    [told] = made.of("many-long-sentences")
    assert f"{allowed + 1} of {whole} sentences have more than 20 words" in told.message
    assert told.hint.endswith(f"Begin with content/{_PATH}.")


def test_twenty_words_are_not_long() -> None:
    assert guide_of({_PATH: plain_page(_said(*[LONG_SENTENCE] * 9))}).of("many-long-sentences") == []
    assert len(guide_of({_PATH: plain_page(_said(*[LONG_SENTENCE + 1] * 9))}).of("many-long-sentences")) == 1


# Names


def _unknown(row: str) -> list[Place]:
    files = {
        "words.yaml": f"names:\n- {{id: x, name: {row}}}\nshort_forms: []\n",
        "glossary.yaml": "terms:\n- {id: gait, term: gait, also: [Way of walking], definition: the way you walk}\n",
        "conditions/x.md": condition(name="Rheumatoid arthritis", also_called="[RA (of hands)]"),
    }
    made = guide_of(files)
    assert made.guide, made.diagnostics
    return [one.place for one in made.of("unknown-name")]


@pytest.mark.parametrize(
    ("row", "unknown"),
    [
        ("Rheumatoid arthritis, kind: condition", False),
        ("arthritis, kind: condition", False),
        ("ra, kind: condition", False),
        ("arthriti, kind: condition", True),
        ("heumatoid, kind: condition", True),
        ("Gait, kind: condition", True),
        ("Gait, kind: term", False),
        ("walking, kind: term", False),
        ("Arthritis, kind: term", True),
        ("Arthritis, kind: medicine", False),
    ],
)
def test_names_that_the_guide_does_not_know(row: str, unknown: bool) -> None:
    assert _unknown(row) == [Place("content/words.yaml", 2, 17, len(row.partition(",")[0]))] * unknown


# Other languages


def test_other_languages_are_left_alone() -> None:
    body = f"See [here](https://example.org).\n\n{_26} {_26}. One. Two. Three.\n\n{_EIGHT}" + " banana" * 300
    files = {
        _PATH: plain_page(body),
        "articles/x.md": article(body),
        "words.yaml": "names:\n- {id: x, name: x, kind: term}\nshort_forms: []\n",
    }
    rules = {
        _HARD, "hard-guide", _LONG, "many-long-sentences", "long-paragraph", "long-list", "vague-link",
        "repeated-paragraph", "unknown-name",
    }  # fmt: skip
    for language, found in (("en", rules), ("en-GB", rules), ("fr", set())):
        made = guide_of({**files, "site.yaml": f"{SITE}language: {language}\n"})
        assert rules & set(made.rules()) == found


def test_the_grades_of_the_guide_are_noted_with_smog_beside_them() -> None:
    [note] = guide_of(_half(183, 190, 186)).of("reading-grades")
    assert note.severity == "note"
    assert note.place.path == "content/site.yaml"
    assert "the median reading grade is" in note.message
    assert "(SMOG" in note.message
    assert guide_of({"articles/x.md": article("Evaluation evaluation.")}).of("reading-grades") == []
