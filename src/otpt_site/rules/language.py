"""Language: plain words, and how hard a page is to read."""

from typing import Final

from otpt_site.rules.rule import Rule, Severity

RULES: Final = (
    Rule(
        "further-problems",
        Severity.WARNING,
        "A page has so many problems of a kind that only the first 50 are told one by one.",
        "Look at the first ones: often one mistake is behind them all.",
    ),
    Rule(
        "hard-to-read",
        Severity.WARNING,
        "A page reads harder than grade 8 (Flesch-Kincaid): too hard for many readers.",
        "Use shorter sentences and plainer words.",
    ),
    Rule(
        "reading-grades",
        Severity.NOTE,
        "How hard the pages are to read: the Flesch-Kincaid grade, and SMOG in parentheses.",
        "Nothing is wrong. Keep the median at grade 6 or below, and each page at 8 or below.",
    ),
    Rule(
        "hard-guide",
        Severity.WARNING,
        "Half of all pages read harder than grade 6.",
        "Begin with the hardest pages.",
    ),
    Rule(
        "long-sentence",
        Severity.WARNING,
        "A sentence has more than 30 words.",
        "Make two sentences of it.",
    ),
    Rule(
        "many-long-sentences",
        Severity.WARNING,
        "More than 5 % of all sentences have more than 20 words.",
        "Begin with the pages that have most.",
    ),
    Rule(
        "long-paragraph",
        Severity.WARNING,
        "A paragraph has more than three sentences.",
        "Put a blank line where a thought ends.",
    ),
    Rule(
        "repeated-paragraph",
        Severity.WARNING,
        "Two pages share a paragraph of more than 25 words.",
        "Write it anew for this page, or link to the other.",
    ),
    Rule(
        "unopened-abbreviation",
        Severity.WARNING,
        "A page uses an abbreviation before it says what it stands for.",
        "Write the long form first: occupational therapy (OT).",
    ),
    Rule(
        "unmarked-term",
        Severity.WARNING,
        "A page uses a word of the glossary, and its first use is not marked.",
        "Mark it, so that its meaning is shown: [gait](term:gait). Or use a plainer word.",
    ),
    Rule(
        "unknown-name",
        Severity.WARNING,
        "The list of easy names in words.yaml holds one that this guide does not use.",
        "Take the row out, or write the name as the condition or the term is called.",
    ),
    Rule(
        "misspelt-word",
        Severity.WARNING,
        "A word is in no dictionary.",
        "Mend it. A word that is right goes into the list spellings: of words.yaml.",
    ),
    Rule(
        "word-to-avoid",
        Severity.WARNING,
        "The list avoid: of words.yaml holds a word or phrase that a page uses.",
        "Write what the list says instead.",
    ),
    Rule(
        "hurtful-words",
        Severity.WARNING,
        "Words make people less than they are, or name them by what they have.",
        "Name the person first, and the illness plainly.",
    ),
    Rule(
        "bare-percentage",
        Severity.WARNING,
        "A percentage stands without the same as a count of people.",
        "Write it as 3 in 10, instead or beside it.",
    ),
    Rule(
        "passive-voice",
        Severity.NOTE,
        "More than 15 % of a page's sentences do not say who does it.",
        "Say who: write “an OT shows you” for “you are shown”.",
    ),
)
