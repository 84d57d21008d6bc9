"""The rules: what each one is named for, how serious it is, what it means and how to mend it.

This is the one list of everything the tool can complain about, with a module for each family. The diagnostics take
their severity from here and `docs/messages.md` is generated from here, so that code and documentation can't part. Why
each rule is held, and its examples, stand in `rule_catalogue/`, which no build reads.
"""

from typing import Final

from otpt_site.rules import (
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
from otpt_site.rules.rule import Rule, Severity

__all__ = ["FAMILIES", "RULES", "Rule", "Severity"]

FAMILIES: Final[dict[str, tuple[Rule, ...]]] = {
    "Files": files.RULES,
    "Keys and tables": keys.RULES,
    "References": references.RULES,
    "Texts": texts.RULES,
    "Pictures": pictures.RULES,
    "Addresses, templates and output": output.RULES,
    "Structure": structure.RULES,
    "Language": language.RULES,
    "Trust": trust.RULES,
    "Clinical sense": clinical.RULES,
    "Upkeep": upkeep.RULES,
}
RULES: Final = {rule.id: rule for family in FAMILIES.values() for rule in family}
