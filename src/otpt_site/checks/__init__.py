"""Rules about the content as a whole: one module for each family, each from the guide to its problems."""

from itertools import chain

from otpt_site.checks.balance import check_balance
from otpt_site.checks.clinical import check_clinical
from otpt_site.checks.evidence import check_evidence
from otpt_site.checks.language import check_language
from otpt_site.checks.terms import check_terms
from otpt_site.checks.trust import check_trust
from otpt_site.checks.upkeep import check_upkeep
from otpt_site.checks.ways import check_ways
from otpt_site.diagnostics import Report
from otpt_site.library import Guide
from otpt_site.wording import page_texts


def check_guide(guide: Guide, report: Report) -> None:
    """Reports all that the checks find."""
    texts = tuple(page_texts(guide))
    found = chain(
        *(check(guide) for check in (check_clinical, check_balance, check_trust, check_upkeep)),
        *(check(guide, texts) for check in (check_evidence, check_language, check_terms, check_ways)),
    )
    for diagnostic in found:
        report(diagnostic)
