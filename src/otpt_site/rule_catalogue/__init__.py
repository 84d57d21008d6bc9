"""What the documentation tells of the rules: two pages, written by `python -m otpt_site.rule_catalogue docs`.

`docs/messages.md` is for editors: what each message means and how to mend it. `docs/rules.md` is for whoever asks why:
the standard that each rule follows, and an example of bad and good. No build imports this package.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from otpt_site.rule_catalogue import (
    clinical,
    files,
    keys,
    language,
    output,
    pictures,
    references,
    structure,
    texts,
    trust,
    upkeep,
)
from otpt_site.rule_catalogue.entry import Entry, Part, Snippet
from otpt_site.rules import FAMILIES, Rule, Severity

ENTRIES: Final[dict[str, Entry]] = {
    **files.ENTRIES,
    **keys.ENTRIES,
    **references.ENTRIES,
    **texts.ENTRIES,
    **pictures.ENTRIES,
    **output.ENTRIES,
    **structure.ENTRIES,
    **language.ENTRIES,
    **trust.ENTRIES,
    **clinical.ENTRIES,
    **upkeep.ENTRIES,
}

_WRITTEN: Final = "<!-- Written by: python -m otpt_site.rule_catalogue docs. Change {} instead. -->"
_SEVERITIES: Final = """\
- An **error** stops the build. The site that was built before stays as it was.
- A **warning** stops the build only with `--strict`, which is how the site is published.
- A **note** never stops anything.
"""
_MESSAGES: Final = f"""\
# What the messages mean

{_WRITTEN.format("src/otpt_site/rules/")}

Every message names its rule in square brackets, as in `error[unknown-therapy]`. Look for that name here: beside it
stands what is wrong and how to mend it. The name leads on to [rules.md](rules.md), which tells why, with an example.

{_SEVERITIES}"""
_RULES: Final = f"""\
# The rules, and why

{_WRITTEN.format("src/otpt_site/rule_catalogue/")}

All that the tool looks for, with the reason, the standard it follows where there is one, and an example. If you only
want to mend something, [messages.md](messages.md) is shorter.

{_SEVERITIES}
A guide may take a rule more or less seriously than that, with a reason, in `site.yaml`:

```yaml
rules:
- {{rule: long-list, severity: note, reason: Our checklists are long on purpose}}
```

What is an error here stays one: with an error, no whole site can be made. Where a warning can't be lowered either, its
entry says why.

The examples are run by the tests: the first of each pair breaks its rule and no other, the second breaks none.
They show a few lines of a file; the rest is as it should be.
"""
_PASSES: Final = " (`--strict` lets it pass)"
_LANGUAGES: Final = {".md": "markdown", ".yaml": "yaml", ".svg": "xml"}


def messages_page() -> str:
    """The page for editors, as Markdown."""
    return _MESSAGES + "".join(chain.from_iterable(_table(name, rules) for name, rules in FAMILIES.items()))


def rules_page() -> str:
    """The page with reasons and examples, as Markdown."""
    return _RULES + "".join(chain.from_iterable(_family(name, rules) for name, rules in FAMILIES.items()))


def _in_order(rules: tuple[Rule, ...]) -> list[Rule]:
    return sorted(rules, key=lambda rule: rule.id)


def _severity(rule: Rule) -> str:
    passes = rule.severity is Severity.WARNING and not rule.stops_strict_builds
    return rule.severity.value + (_PASSES if passes else "")


def _table(name: str, rules: tuple[Rule, ...]) -> Iterator[str]:
    yield f"\n## {name}\n\n| Rule | | What it means | How to mend it |\n| --- | --- | --- | --- |\n"
    for rule in _in_order(rules):
        link = f"[`{rule.id}`](rules.md#{rule.id})"
        yield f"| {link} | {_severity(rule)} | {_plain(rule.meaning)} | {_plain(rule.cure)} |\n"


def _plain(text: str) -> str:
    """The text so that Markdown shows it as it is, in a table too."""
    for sign in "\\|*_<[":
        text = text.replace(sign, f"\\{sign}")
    return text


def _family(name: str, rules: tuple[Rule, ...]) -> Iterator[str]:
    yield f"\n## {name}\n"
    for rule in _in_order(rules):
        entry = ENTRIES[rule.id]
        yield f"\n### {rule.id}\n\n*{rule.severity}*{_PASSES if 'strict' in _severity(rule) else ''}. "
        yield f"{_plain(rule.meaning)} {_plain(rule.cure)}\n\n"
        yield f"Why: {entry.why}\n"
        if rule.fixed:
            yield f"`site.yaml` can't change this: {rule.fixed}.\n"
        if entry.follows:
            yield f"Follows: {'; '.join(f'[{one.name}]({one.url})' for one in entry.follows)}.\n"
        yield f"\nNot so:\n\n{_example(entry.bad)}\nBut so:\n\n{_example(entry.good)}"


def _example(shown: tuple[Snippet, ...] | str) -> str:
    if isinstance(shown, str):
        return f"{shown}\n"
    return "\n".join(map(_snippet, shown))


def _snippet(snippet: Snippet) -> str:
    ending = snippet.path[snippet.path.rindex(".") :]
    language = "yaml" if snippet.part is Part.KEYS else _LANGUAGES[ending]
    return f"`content/{snippet.path}`\n\n```{language}\n{snippet.text.rstrip()}\n```\n"
