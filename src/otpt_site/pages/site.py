"""The whole site: calls each section for its pages and lays the files beside them."""

from collections.abc import Iterable, Sequence
from functools import partial

from otpt_site.assets import Asset
from otpt_site.diagnostics import Report
from otpt_site.library import Guide
from otpt_site.pages.addresses import Addresses, BaseUrl
from otpt_site.pages.articles import article_pages
from otpt_site.pages.comparisons import comparison_pages
from otpt_site.pages.conditions import condition_pages
from otpt_site.pages.finder import finder_page
from otpt_site.pages.frame import ICON, SCRIPT, Press
from otpt_site.pages.goals import goal_pages
from otpt_site.pages.home import home_pages
from otpt_site.pages.machines import data_files, machine_pages, redirect_pages
from otpt_site.pages.plan import PlannedFile, SitePlan, make_plan
from otpt_site.pages.references import reference_pages
from otpt_site.pages.therapies import therapy_pages

REDIRECT_SCRIPT = "redirect.js"


def missing_assets(assets: Iterable[Asset]) -> tuple[str, ...]:
    """The files that pages can't do without and that are not among `assets`."""
    found = {asset.name for asset in assets}
    return tuple(name for name in (ICON, SCRIPT, REDIRECT_SCRIPT) if name not in found)


def plan_site(
    guide: Guide, base: BaseUrl, assets: Sequence[Asset], media: Sequence[Asset], noindex: bool, report: Report
) -> SitePlan:
    """All pages and files of the site. `assets` come from the templates' folder, `media` from the content.

    None of the `missing_assets` may be missing.
    """
    urls = {asset.name: asset.url for asset in (*assets, *media)}
    press = Press(guide, Addresses(guide, base, urls), noindex)
    pages = [
        *home_pages(press),
        *goal_pages(press),
        *comparison_pages(press),
        *condition_pages(press),
        *therapy_pages(press),
        *article_pages(press),
        *reference_pages(press),
    ]
    pages += [
        *machine_pages(press, pages, noindex),
        finder_page(press),
        *redirect_pages(press, press.addresses.link("asset", REDIRECT_SCRIPT)),
    ]
    files = [PlannedFile(asset.url, partial(bytes, asset.data), asset.origin) for asset in (*assets, *media)]
    return make_plan(guide.site.language, pages, [*files, *data_files(press)], report)
