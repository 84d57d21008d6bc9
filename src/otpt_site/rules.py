"""The rules: what each one is named for, how serious it is, what it means and how to mend it.

This is the one list of everything the tool can complain about. The diagnostics take their severity from
here and `docs/rules.md` is generated from here, so that code and documentation can't part.
"""

from enum import StrEnum
from typing import Final

import msgspec


class Severity(StrEnum):
    """How serious a problem is: errors stop publishing, warnings stop it with `--strict`, notes never do."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Rule(msgspec.Struct, frozen=True):
    """One rule, named for the fault it finds."""

    id: str
    severity: Severity
    meaning: str
    cure: str
    # A date alone must not block the publishing of a safety fix, so `--strict` lets some warnings pass.
    stops_strict_builds: bool = True


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

FAMILIES: Final[dict[str, tuple[Rule, ...]]] = {
    "Files": (
        Rule(
            "content-missing",
            _E,
            "There is no content folder, or nothing is in it.",
            "Run the command in the folder that holds content/, or name it with --content.",
        ),
        Rule(
            "file-too-large",
            _E,
            "A text file is larger than 1 MB, or a picture larger than 10 MB.",
            "Split the text, or make the picture smaller.",
        ),
        Rule(
            "file-unreadable",
            _E,
            "The system would not let the tool read a file.",
            "Check that the file is not locked and that you may read it.",
        ),
        Rule(
            "foreign-symlink",
            _E,
            "A link in content/ leads out of content/, to a folder, or nowhere.",
            "Put a copy of the file itself into content/.",
        ),
        Rule(
            "misplaced-file",
            _W,
            "A file lies where no kind of content is kept.",
            "Move it to the folder of its kind, or out of content/.",
        ),
        Rule("not-utf8", _E, "A text file is not stored as UTF-8.", "Save it again with the encoding UTF-8."),
        Rule(
            "bad-file-name",
            _E,
            "A page's file name can't be an id.",
            "Use small letters, digits and hyphens only: knee-replacement.md.",
        ),
    ),
    "Keys and tables": (
        Rule(
            "missing-front-matter",
            _E,
            "A page does not begin with front matter.",
            "Begin the file with a line ---, the keys, and another line ---.",
        ),
        Rule(
            "unclosed-front-matter", _E, "The front matter has no closing line.", "Put a line --- after the last key."
        ),
        Rule(
            "yaml-syntax",
            _E,
            "The keys or the table can't be read as YAML.",
            "Look at the line named and the one above it.",
        ),
        Rule("yaml-tab", _E, "A line is indented with a tab.", "Use spaces in front of keys and list dashes."),
        Rule(
            "yaml-colon",
            _E,
            "A text holds a colon followed by a space, which YAML takes for a key.",
            "Put the whole text in double quotes.",
        ),
        Rule(
            "yaml-feature",
            _E,
            "A text begins with &, * or !, which mean something else to YAML; or a file holds two tables.",
            "Put the text in double quotes.",
        ),
        Rule("yaml-too-deep", _E, "Lists or tables are nested too deep.", "Check the indentation."),
        Rule("duplicate-key", _E, "The same key stands twice.", "Keep one of the two."),
        Rule(
            "unknown-key",
            _E,
            "The tool does not know this key.",
            "Check its spelling; docs/content-format.md lists the keys.",
        ),
        Rule("missing-key", _E, "A required key is missing.", "Add it."),
        Rule("empty-value", _E, "A required value is empty.", "Fill it in."),
        Rule(
            "wrong-type",
            _E,
            "A value is of the wrong kind: a list where a text belongs, for example.",
            "Write it as the message says.",
        ),
        Rule(
            "yaml-surprise",
            _E,
            "YAML reads this as something else than it looks: no, yes, 12:30, 1.10.",
            "Put it in double quotes if you mean the text.",
        ),
        Rule("bad-date", _E, "This is not a date, or no such day exists.", "Write year-month-day: 2026-11-23."),
        Rule("bad-id", _E, "This can't be an id.", "Use small letters, digits and hyphens only."),
        Rule(
            "bad-address",
            _E,
            "This can't be an address.",
            "Write it as the message says; an old address of a page as /old/address/.",
        ),
        Rule("unknown-therapy", _E, "This is not a therapy.", "Write pt, ot or both; for `joins` pt, ot or none."),
        Rule("unknown-choice", _E, "The value is none of those allowed.", "Choose one of those listed."),
        Rule("contradiction", _E, "Two values of one page can't both be true.", "Change one of them."),
        Rule("unknown-timezone", _E, "There is no such time zone.", "Write it as America/Toronto or Europe/London."),
        Rule("unknown-language", _E, "There is no such language.", "Write it as en-US, fr or pt-BR."),
    ),
    "References": (
        Rule(
            "unknown-reference",
            _E,
            "A reference names something that does not exist.",
            "Check the id: it is the name of the file without its ending, or the id of the row.",
        ),
        Rule(
            "unknown-kind",
            _E,
            "A reference begins with a kind that does not exist.",
            "Use condition:, goal:, comparison:, article:, therapy:, page:, person:, source: or term:.",
        ),
        Rule(
            "missing-anchor",
            _E,
            "The page exists, but has no such heading.",
            "Use one of the page's headings, in small letters with hyphens.",
        ),
        Rule(
            "hidden-reference",
            _E,
            "A reference leads to a page that is a draft, not yet published or expired.",
            "Publish that page, or take the reference out.",
        ),
        Rule("duplicate-id", _E, "Two things of one kind have the same id.", "Give one of them another id."),
    ),
    "Texts": (
        Rule(
            "unknown-block",
            _E,
            "A block has a name that does not exist.",
            "Use one of those listed in docs/content-format.md.",
        ),
        Rule("unclosed-block", _E, "A block has no closing line.", "Put a line /// after its last line."),
        Rule(
            "stray-block-end",
            _E,
            "A line /// closes a block that was never opened.",
            "Take the line out, or open the block.",
        ),
        Rule("bad-block", _E, "A block's first line or what is in it is not right.", "Write it as the message says."),
        Rule("raw-html", _W, "HTML that is not allowed was taken out.", "Write it in Markdown."),
        Rule(
            "unsafe-link",
            _W,
            "A link of a kind that is not allowed was taken out.",
            "Use a reference, or an address that begins with https:.",
        ),
        Rule(
            "unlinked-page",
            _W,
            "A link to our own site is written as an address.",
            "Write a reference such as condition:stroke.",
        ),
        Rule("bad-citation", _E, "A citation can't be read.", "Write [@legg-2017] or [@legg-2017; @nice-ng236]."),
        Rule(
            "bad-emphasis",
            _E,
            "The * or _ of a text can't be paired.",
            "Put a backslash before each one that is meant as a sign: 2 \\* 3.",
        ),
        Rule(
            "too-nested",
            _E,
            "A text holds too many marks, or too deep, to be read.",
            "Split the text, or look for a sign typed over and over.",
        ),
        Rule("undefined-footnote", _E, "A footnote is used but not written.", "Write it on a line of its own: [^1]: …"),
    ),
    "Pictures": (
        Rule(
            "missing-image",
            _E,
            "There is no such picture in content/media/.",
            "Check the name, small and capital letters too.",
        ),
        Rule(
            "missing-alt",
            _W,
            "A picture has no words for those who can't see it.",
            "Write in the square brackets what it shows.",
        ),
        Rule(
            "unsafe-svg",
            _E,
            "An SVG picture holds a script or reaches for something outside itself.",
            "Export it again as plain SVG.",
        ),
    ),
    "Addresses, templates and output": (
        Rule(
            "same-path",
            _E,
            "Two things want the same address on the site.",
            "Change the slug, alias or file name of one.",
        ),
        Rule("template-missing", _E, "A template does not exist.", "Check its name and folder."),
        Rule("template-syntax", _E, "A template can't be read.", "Look at the line named."),
        Rule(
            "template-error",
            _E,
            "A template failed while it was filled.",
            "Look at the line named; the message says what was missing.",
        ),
        Rule(
            "worker-crashed",
            _E,
            "A process that did a part of the work ended before it was done, as when the memory is full.",
            "Build again. If the same file is named again, take out what you last changed in it, and tell us.",
        ),
        Rule(
            "dynamic-template",
            _E,
            "A template includes another whose name is not written out.",
            "Write the name as a text in quotes.",
        ),
        Rule(
            "foreign-file",
            _W,
            "A file in the output folder was not made by this tool. It was left alone.",
            "Move it to content/media/, or delete it.",
        ),
        Rule(
            "bad-output", _E, "The output folder can't be used.", "Choose another folder with --out, outside content/."
        ),
        Rule(
            "output-locked",
            _E,
            "Another build is writing to the same output folder.",
            "Wait until it is done, or end that process; then build again.",
        ),
        Rule(
            "cache-discarded",
            _N,
            "What earlier builds had kept in .cache/ was damaged or of another version, and was thrown away.",
            "Nothing needs doing: this build took a little longer.",
        ),
        Rule("bad-base-url", _E, "The base URL can't be used.", "Write /, /folder/ or https://example.org/folder/."),
    ),
    "Language": (
        Rule(
            "hard-to-read",
            _W,
            "A page reads harder than grade 8 (Flesch-Kincaid): too hard for many readers.",
            "Use shorter sentences and plainer words.",
        ),
        Rule(
            "reading-grades",
            _N,
            "How hard the pages are to read: the Flesch-Kincaid grade, and SMOG in parentheses.",
            "Nothing is wrong. Keep the median at grade 6 or below, and each page at 8 or below.",
        ),
        Rule("hard-guide", _W, "Half of all pages read harder than grade 6.", "Begin with the hardest pages."),
        Rule("long-sentence", _W, "A sentence has more than 30 words.", "Make two sentences of it."),
        Rule(
            "many-long-sentences",
            _W,
            "More than 5 % of all sentences have more than 20 words.",
            "Begin with the pages that have most.",
        ),
        Rule(
            "long-paragraph", _W, "A paragraph has more than three sentences.", "Put a blank line where a thought ends."
        ),
        Rule("long-list", _W, "A list has more than seven items.", "Make two lists of it, or cut it."),
        Rule(
            "vague-link",
            _W,
            "The words of a link do not say where it leads. Some readers hear the links alone.",
            "Let the words name what is behind the link.",
        ),
        Rule(
            "repeated-paragraph",
            _W,
            "Two pages share a paragraph of more than 25 words.",
            "Write it anew for this page, or link to the other.",
        ),
        Rule(
            "unopened-abbreviation",
            _W,
            "A page uses an abbreviation before it says what it stands for.",
            "Write the long form first: occupational therapy (OT).",
        ),
        Rule(
            "unmarked-term",
            _W,
            "A page uses a word of the glossary, and its first use is not marked.",
            "Mark it, so that its meaning is shown: [gait](term:gait). Or use a plainer word.",
        ),
        Rule(
            "unknown-name",
            _W,
            "The list of easy names in words.yaml holds one that this guide does not use.",
            "Take the row out, or write the name as the condition or the term is called.",
        ),
    ),
    "Guide": (
        Rule(
            "uncited-effect",
            _W,
            "A page says that therapy helps, but cites no source in its text.",
            "Cite the source: [@source-id]. Or write effect_claims: false and tell roles only.",
        ),
        Rule(
            "thin-support",
            _W,
            "A claim about what helps rests only on sources that the editors have not read for it.",
            "Cite a source that has seen: claim, or read the source and say so there.",
        ),
        Rule(
            "note-needed", _W, "A goal suggests another therapy than a condition it names.", "Add a note that says why."
        ),
        Rule(
            "card-order",
            _W,
            "Safety cards do not stand most serious first.",
            "Put emergencies first, then urgent, then non-urgent.",
        ),
        Rule("summary-too-long", _W, "A summary is longer than 155 characters.", "Shorten it to one sentence."),
        Rule(
            "thin-balance",
            _W,
            "PT and OT do not get equal detail where both lead.",
            "Add to the shorter side, or cut the longer one.",
        ),
        Rule("dead-end", _N, "A page leads to no further page.", "Add see_also: with what readers need next."),
        Rule("orphan", _N, "No other page leads to a page.", "Name it in see_also: of a page near to it."),
        Rule("unused-row", _N, "No page uses this source or term.", "Use it, or take it out."),
        Rule("not-published", _N, "A page is left out of the site.", "It is a draft, not yet due, or expired."),
        Rule("never-reviewed", _N, "No clinician has reviewed a page.", "Ask one, and record the review."),
        Rule("review-due-soon", _N, "A review is due within 60 days.", "Ask the reviewer to look again."),
        Rule(
            "review-overdue", _W, "A review is overdue.", "Ask the reviewer to look again.", stops_strict_builds=False
        ),
        Rule(
            "edited-since-review",
            _W,
            "A text was changed after its last review; the page says so to readers.",
            "Ask the reviewer to read the change, then record it: otpt review PAGE --by PERSON.",
            stops_strict_builds=False,
        ),
    ),
}

RULES: Final = {rule.id: rule for family in FAMILIES.values() for rule in family}
