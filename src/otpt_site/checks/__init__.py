"""Rules about the content as a whole: one module for each family, each from the guide to its problems."""

from otpt_site.checks.balance import check_balance
from otpt_site.checks.clinical import check_clinical
from otpt_site.checks.trust import check_trust
from otpt_site.checks.upkeep import check_upkeep
from otpt_site.diagnostics import Report
from otpt_site.library import Guide


def check_guide(guide: Guide, report: Report) -> None:
    """Reports all that the checks find."""
    for check in (check_clinical, check_balance, check_trust, check_upkeep):
        for diagnostic in check(guide):
            report(diagnostic)
