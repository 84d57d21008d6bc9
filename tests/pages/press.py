"""The pages of a tiny guide by their addresses, without templates or a disk."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from otpt_site.assets import Asset, media_assets
from otpt_site.diagnostics import Diagnostic, Place
from otpt_site.library import Guide
from otpt_site.pages.addresses import parse_base_url
from otpt_site.pages.plan import Page, SitePlan
from otpt_site.pages.site import plan_site
from otpt_site.pages.views import Citation, Rich
from tests.kit import guide_of

ASSETS = tuple(
    Asset(name, f"/assets/{name}", b"", Place(f"templates/assets/{name}"))
    for name in ("icon.svg", "site.js", "redirect.js")
)


class Planned(NamedTuple):
    """A plan, and what is wrong with it."""

    plan: SitePlan
    problems: list[Diagnostic]

    def page(self, url: str) -> Page:
        """The page at an address."""
        return next(page for page in self.plan.pages if page.url == url)

    def view(self, url: str) -> Any:
        """What the page at an address shows."""
        return self.page(url).view

    def file(self, url: str) -> str:
        """The text of a file."""
        return next(file for file in self.plan.files if file.url == url).make().decode()

    @property
    def urls(self) -> set[str]:
        """All addresses."""
        return {page.url for page in self.plan.pages} | {file.url for file in self.plan.files}


def planned(
    files: Mapping[str, str], base: str = "/", *, noindex: bool = False, without: tuple[str, ...] = ()
) -> Planned:
    """The plan of a tiny guide that has no error."""
    made = guide_of(files, without=without)
    assert not [one for one in made.diagnostics if one.severity == "error"], made.diagnostics
    return plan_of(made.whole, base, noindex=noindex)


def plan_of(guide: Guide, base: str = "/", *, noindex: bool = False) -> Planned:
    """The plan of a guide."""
    found: list[Diagnostic] = []
    url = parse_base_url(base, Place("site.yaml"), found.append)
    media = media_assets(guide.media.values(), found.append)
    return Planned(plan_site(guide, url, ASSETS, media, noindex, found.append), found)


def plain(text: Rich) -> str:
    """The text with its citations as `[1]` and other pieces by their form."""
    return "".join(
        piece
        if isinstance(piece, str)
        else f"{list(piece.numbers)}"
        if isinstance(piece, Citation)
        else f"<{piece.form}>"
        for piece in text
    )
