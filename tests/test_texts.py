"""What a page may show: a slice of the guide with just that makes the same page as the whole guide does."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec
import pytest

from otpt_site.assets import Asset, media_assets, template_assets
from otpt_site.checks.texts import texts_of, traits_of
from otpt_site.library import Calendar, Guide, build_guide, is_media, site_of, slice_of_guide
from otpt_site.pages.addresses import BaseUrl
from otpt_site.pages.plan import Page
from otpt_site.pages.site import plan_site
from otpt_site.part_bytes import parts_of
from otpt_site.parts import FileParts, is_content
from otpt_site.sources import SourceFile, read_sources
from otpt_site.template_files import template_folders
from otpt_site.texts import Net
from tests.kit import TODAY, source
from tests.project import ONE_OF_EACH

ROOT: Final = Path(__file__).parents[1]


class Whole:
    """A whole guide, its files, and what pages are made with."""

    def __init__(self, sources: Sequence[SourceFile]) -> None:
        self.files = [parts_of(file) for file in sources if is_content(file.path)]
        self.media = [file for file in sources if is_media(file.path)]
        site = site_of(self.files, "content", _fail)
        guide = build_guide(self.files, self.media, site, Calendar(TODAY), False, _fail)
        assert guide
        self.guide: Guide = guide
        self.net = Net.of(b"", self.files)
        self._assets = template_assets(template_folders(ROOT / "templates", ROOT), _fail)
        self._pictures: tuple[Asset, ...] = media_assets(self.media, _fail)

    def slice_around(self, name: str) -> Guide:
        """The guide of what the thing of this name may show."""
        seen = self.net.seen_from([name])
        return slice_of_guide(_sliced(self.files, seen), self.media, Calendar(TODAY), False)

    def pages(self, guide: Guide) -> dict[tuple[str, str], Page]:
        """The pages about one thing each, by its kind and id."""
        plan = plan_site(guide, BaseUrl("", "/"), self._assets, self._pictures, False, _fail)
        return {page.of: page for page in plan.pages if page.of}


def _fail(found: object) -> None:
    pytest.fail(str(found))


def _sliced(files: Iterable[FileParts], seen: dict[str, set[str]]) -> Iterator[FileParts]:
    for file in files:
        if file.path in seen:
            parts = tuple(part for part in file.parts if part.name in seen[file.path])
            yield msgspec.structs.replace(file, parts=parts)


@pytest.fixture(scope="module", params=["one of each", "shipped"])
def whole(request: pytest.FixtureRequest) -> Whole:
    """A small guide, and the guide itself."""
    if request.param == "shipped":
        return Whole(read_sources(ROOT / "content", _fail))
    return Whole([source(path, text) for path, text in sorted(ONE_OF_EACH.items())])


def test_a_slice_makes_the_same_page_as_the_whole(whole: Whole) -> None:
    for of, page in whole.pages(whole.guide).items():
        if of[0] != "person":  # people show all that they wrote, and have no text of their own
            sliced = whole.slice_around(":".join(of))
            [again] = [one for one in whole.pages(sliced).values() if one.of == of]
            assert again.view == page.view, of
            assert sliced.texts.for_page(*of) == whole.guide.texts.for_page(*of), of


def test_rules_find_the_same_in_a_slice_as_in_the_whole(whole: Whole) -> None:
    for target in texts_of(whole.guide):
        sliced = whole.slice_around(":".join(target))
        assert [*traits_of(sliced, [target])] == [*traits_of(whole.guide, [target])]
        assert sliced.texts.for_rules(*target) == whole.guide.texts.for_rules(*target)


def test_a_slice_is_smaller_than_the_whole(whole: Whole) -> None:
    counts = [sum(map(len, whole.net.seen_from([":".join(target)]).values())) for target in texts_of(whole.guide)]
    assert min(counts) < sum(map(len, whole.net.files.values()))
