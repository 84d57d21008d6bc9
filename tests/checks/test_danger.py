"""Signs of danger: nothing to book above them, cards that say what to do, and no numbers typed in."""

import pytest

from tests.kit import DEFAULTS, SITE, Case, article, check, comparison, condition, found_at, goals, guide_of, plain_page

CARDS = DEFAULTS["safety.yaml"]
CLINIC = f"{SITE}clinic: {{name: Riverside, booking_url: https://clinic.example/book?a=1&b=2}}\n"
EMERGENCY = "/// emergency\n- One side droops\n///\n"
URGENT = "/// urgent\n- A hot calf\n///\n"
CALM = "/// non-urgent\n- Low for two weeks\n///\n"


def _card(heading: str, level: str = "emergency, action: call") -> str:
    return f"cards:\n- {{id: x, level: {level}, signs: [One side droops], why: Help exists, {heading}}}\n"


CASES = (
    Case(
        "booking in a key above the cards",
        condition(why="It helps you walk. «Book your» visit.", safety="[stroke-signs]"),
        "booking-before-card",
        "'Book your' stands above a card",
        condition(why="It helps you walk. Book your visit.", safety="[low-mood]"),
    ),
    Case(
        "booking above an urgent card",
        condition(nuance="«Make an appointment» now", safety="[calf-clot]"),
        "booking-before-card",
        "'Make an appointment'",
        condition(nuance="Ask about an appointment", safety="[calf-clot]"),
    ),
    Case(
        "booking above a sign of one page",
        condition(why="«Book now»", safety_extra="[{level: urgent, action: same-day, text: A hot calf}]"),
        "booking-before-card",
        "'Book now'",
        condition(why="Book now", acute="true", safety_extra="[{level: emergency, action: call, text: A blow}]"),
    ),
    Case(
        "booking in a goal",
        goals(caution="«Book a» visit first", safety="[stroke-signs]"),
        "booking-before-card",
        "'Book a'",
        goals(caution="Read the book in bed, a book with your son", safety="[stroke-signs]"),
        path="goals.yaml",
    ),
    Case(
        "booking in a comparison",
        comparison(who_first="«Book with» either", safety="[stroke-signs]"),
        "booking-before-card",
        "'Book with'",
        comparison("Book with either.", safety="[stroke-signs]"),
        path="comparisons/x.md",
    ),
    Case(
        "booking in the opening of an article",
        article("«Book online» first.\n\n## Later\n\nBook online.", safety="[stroke-signs]"),
        "booking-before-card",
        "'Book online'",
        article("Rest first.\n\n## Later\n\nBook online.", safety="[stroke-signs]"),
        path="articles/x.md",
    ),
    Case(
        "booking above a card in the text",
        article(f"Rest.\n\n## Now\n\n«Book it» today.\n\n{EMERGENCY}"),
        "booking-before-card",
        "'Book it'",
        article(f"Rest.\n\n## Now\n\n{EMERGENCY}\nBook it today."),
        path="articles/x.md",
    ),
    Case(
        "booking above a shared card in the text",
        article("«Booking it» is easy.\n\n/// safety | stroke-signs\n///\n"),
        "booking-before-card",
        "'Booking it'",
        article("Booking it is easy.\n\n/// safety | low-mood\n///\n"),
        path="articles/x.md",
    ),
    Case(
        "a more serious card below another in the text",
        article(f"{URGENT}\n«/// emergency»\n- One side droops\n///\n"),
        "card-order",
        "this emergency card is more serious",
        article(f"{EMERGENCY}\n{URGENT}\n{CALM}"),
        path="articles/x.md",
    ),
    Case(
        "a more serious shared card below another",
        article(f"{CALM}\n/// safety | «calf-clot»\n///\n"),
        "card-order",
        "this urgent card",
        article(f"/// safety | calf-clot\n///\n\n{CALM}"),
        path="articles/x.md",
    ),
    Case(
        "a card without a list",
        article("«/// emergency»\nOne side droops.\n///\n"),
        "card-wording",
        "holds no list of signs",
        article("/// emergency\n- One side droops\n\nCall.\n///\n"),
        path="articles/x.md",
    ),
    Case(
        "a heading that does not say when",
        _card("heading: «These are signs if…»"),
        "card-wording",
        "this emergency card does not say when",
        _card("heading: Call for help at once if…"),
        "Write for example: Call the emergency number now if…",
        "safety.yaml",
    ),
    Case(
        "an urgent heading that does not say when",
        _card("heading: «Call your doctor if…»", "urgent, action: same-day"),
        "card-wording",
        "this urgent card does not say when",
        _card("heading: Call your doctor today if…", "urgent, action: same-day"),
        path="safety.yaml",
    ),
    Case(
        "a calm heading that does not say what",
        _card("heading: «Take care if…»", "non-urgent, action: appointment"),
        "card-wording",
        "non-urgent card does not say when",
        _card("heading: Ask your doctor if…", "non-urgent, action: appointment"),
        path="safety.yaml",
    ),
    Case(
        "a heading that does not lead into its signs",
        _card("heading: «Call the emergency number now»"),
        "card-wording",
        "does not lead into its signs",
        _card('heading: "Call the emergency number now if:"'),
        path="safety.yaml",
    ),
    Case(
        "a number in a heading",
        _card("heading: «Call 999 now if…»"),
        "typed-number",
        "the number 999",
        _card("heading: Call the emergency number now if…"),
        path="safety.yaml",
    ),
    Case(
        "the site's number",
        plain_page("If you fall, dial «911»."),
        "typed-number",
        "the number 911 is typed here",
        plain_page("If you fall, dial [](site:emergency)."),
        "[](site:emergency)",
        "pages/x.md",
    ),
    Case(
        "the site's number after no word for a call",
        plain_page("In danger: «911»!"),
        "typed-number",
        "911",
        plain_page("The guide has 911 pages, 9112 words, 1.911 stars and the file a911."),
        path="pages/x.md",
    ),
    Case("the crisis line", plain_page("Text «988» now."), "typed-number", "988", path="pages/x.md"),
    Case(
        "a number of another country",
        plain_page("In Britain, call the number «999»."),
        "typed-number",
        "999",
        plain_page("We asked 999 people, and 112 of them answered."),
        path="pages/x.md",
    ),
    Case("a number in spaces", plain_page("Ring «116 123»."), "typed-number", "116 123", path="pages/x.md"),
    Case(
        "a number in a card",
        CARDS.replace("It may be a clot", "Call «911» now"),
        "typed-number",
        "911",
        path="safety.yaml",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistakes(case: Case) -> None:
    check(case)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (f"Rest.\n\n[Our calendar](https://clinic.example/book?a=1&b=2)\n\n{URGENT}", 12),
        (f"[Our calendar](https://clinic.example/book?a=1&b=2) is open.\n\n{URGENT}", 10),
        (f"{URGENT}\n[Our calendar](https://clinic.example/book?a=1&b=2)", 0),
        (f"Rest.\n\n[Our doors](https://clinic.example/doors)\n\n{URGENT}", 0),
        (f"[Our calendar](https://clinic.example/book?a=1&b=2)\n\n{CALM}", 0),
    ],
)
def test_the_clinics_booking_stands_below_cards(body: str, line: int) -> None:
    made = guide_of({"site.yaml": CLINIC, "articles/x.md": article(body)})
    assert [(rule, place.line) for rule, place in found_at(made)] == [("booking-before-card", line)] * bool(line)


@pytest.mark.parametrize("language", ["de", "fr-CA"])
def test_words_in_other_languages_are_left_alone(language: str) -> None:
    text = condition(why="Book now, or call 911", safety="[stroke-signs]")
    made = guide_of({"site.yaml": f"{SITE}language: {language}\n", "conditions/x.md": text})
    assert found_at(made) == []
    assert found_at(
        guide_of({"site.yaml": f"{SITE}language: {language}\n", "articles/x.md": article(URGENT + "\n" + EMERGENCY)})
    )
