"""Rules about the content as a whole: one module for each family, each from the guide to its problems."""

from itertools import chain

from otpt_site.cache import Store
from otpt_site.checks.balance import check_balance
from otpt_site.checks.clinical import check_clinical
from otpt_site.checks.language import check_grades, check_language
from otpt_site.checks.structure import check_pictures
from otpt_site.checks.texts import texts_of, traits_of
from otpt_site.checks.traits import Traits
from otpt_site.checks.trust import check_trust
from otpt_site.checks.upkeep import check_upkeep
from otpt_site.checks.ways import check_ways
from otpt_site.diagnostics import Report
from otpt_site.library import Guide


def check_guide(guide: Guide, report: Report, store: Store | None = None) -> tuple[Traits, ...]:
    """Reports all that the checks find, and gives what is known of each page, as far as may be from the `store`."""
    # Other processes look at the texts while this one looks at the guide as a whole.
    begun = traits_of(guide, texts_of(guide), store)
    found = [*chain(*(check(guide) for check in (check_trust, check_upkeep, check_pictures)))]
    traits = tuple(begun)
    of_pages = (page.problems for page in traits)
    of_all = (
        check(guide, traits) for check in (check_clinical, check_balance, check_grades, check_language, check_ways)
    )
    for diagnostic in chain(found, *of_pages, *of_all):
        report(diagnostic)
    return traits
