"""What stands around every page, and the parts that most pages end with: provenance, next step, related pages."""

import datetime
from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from otpt_site.guide.common import Joins, Lead, Therapy
from otpt_site.guide.common import Page as ContentPage
from otpt_site.guide.comparisons import Comparison
from otpt_site.guide.conditions import Condition
from otpt_site.guide.goals import Area, Goal
from otpt_site.guide.records import Reference
from otpt_site.library import Guide, Reviewed
from otpt_site.pages.addresses import FIXED, Addresses
from otpt_site.pages.typesetting import Typesetter, feedback_href, words
from otpt_site.pages.views import Answer, Crumb, Frame, Link, NextStep, Provenance

# Pages of the content that the frame links to, when they exist, by the name that templates know them by.
_STANDING_PAGES = ("about", "how-this-guide-is-made", "accessibility", "privacy", "contact", "sessions")
# The files beside the templates that every page names.
ICON = "icon.svg"
SCRIPT = "site.js"
T = TypeVar("T")


class Press:
    """The guide and its addresses: what every page module makes its views from."""

    def __init__(self, guide: Guide, addresses: Addresses, noindex: bool) -> None:
        self.guide = guide
        self.addresses = addresses
        self._noindex = noindex
        self._hrefs = {name: addresses.href(url) for name, url in FIXED.items()}
        self._hrefs |= {name: addresses.link("page", name) for name in _STANDING_PAGES if addresses.has("page", name)}
        self._hrefs |= {id: addresses.link("therapy", id) for id in guide.therapies}
        self._comparisons = tuple(guide.comparisons.values())
        self._goals_in = _indexed((goal.area.id, goal) for goal in guide.goals.values())
        self._goals_about = _indexed((id, goal) for goal in guide.goals.values() for id in _ids(goal.conditions))
        self._comparisons_about = _indexed(
            (id, number) for number, one in enumerate(self._comparisons) for id in _ids(one.conditions)
        )

    def goals_in(self, area: Area) -> Sequence[Goal]:
        """The goals of a part of life."""
        return self._goals_in.get(area.id, ())

    def goals_about(self, condition: Condition) -> Sequence[Goal]:
        """The goals that name a condition."""
        return self._goals_about.get(condition.id, ())

    def comparisons_about(self, conditions: Iterable[Condition]) -> Sequence[Comparison]:
        """The comparisons that name one of the conditions, each once, in the order of the guide."""
        found = {number for condition in conditions for number in self._comparisons_about.get(condition.id, ())}
        return [self._comparisons[number] for number in sorted(found)]

    def typesetter(self) -> Typesetter:
        """A typesetter for one new page that lists its sources."""
        return Typesetter(self.guide, self.addresses)

    def list_typesetter(self) -> Typesetter:
        """A typesetter for one new page that shows texts of other pages and lists no sources."""
        return Typesetter(self.guide, self.addresses, quoting=True)

    def frame(
        self,
        url: str,
        *,
        title: str,
        description: str,
        section: str,
        crumbs: Sequence[Crumb] = (),
        advice: bool = False,
        kind: str = "website",
        updated_on: datetime.date | None = None,
    ) -> Frame:
        """The frame of the page at `url`. An empty title leaves the words to the template."""
        site = self.guide.site
        known_origin = bool(self.addresses.base.origin)
        return Frame(
            language=site.language,
            site_title=site.title,
            tagline=site.tagline,
            title=title,
            description=description or site.description,
            section=section,
            canonical=self.addresses.absolute(url) if known_origin else "",
            home_url=self.addresses.absolute("/"),
            noindex=self._noindex,
            hrefs=self._hrefs,
            icon=self.addresses.link("asset", ICON),
            script=self.addresses.link("asset", SCRIPT),
            crumbs=tuple(crumbs),
            emergency_words=site.emergency.words,
            emergency_number=site.emergency.number,
            crisis_words=site.crisis.words,
            feedback_words=site.feedback.words,
            feedback_href=feedback_href(site),
            funding=site.funding,
            run_by=self.person(site.run_by),
            advice=advice,
            kind=kind,
            updated_on=updated_on,
        )

    def has(self, section: str) -> bool:
        """Whether the site has this fixed or standing page."""
        return section in self._hrefs

    def crumb(self, section: str) -> Crumb:
        """The step of a path that is one of the fixed pages; the template knows its words."""
        return Crumb(self._hrefs[section], section)

    def person(self, reference: Reference | None) -> Link | None:
        """A link to an author or reviewer."""
        if reference is None or reference.id not in self.guide.people:
            return None
        return Link(self.addresses.link("person", reference.id), self.guide.people[reference.id].name)

    def provenance(self, author: Reference | None, updated_on: datetime.date, text: Reviewed) -> Provenance:
        """Who wrote and who reviewed a text, and when."""
        standing = self.guide.standing(text)
        reviewer = self.guide.people.get(standing.by)
        link = Link(self.addresses.link("person", reviewer.id), reviewer.name) if reviewer else None
        return Provenance(self.person(author), updated_on, standing.state, link, standing.on, standing.due)

    def page_provenance(self, page: ContentPage) -> Provenance:
        """Who stands behind a page of the content."""
        return self.provenance(page.author, page.updated_on.day, page)

    def next_step(self) -> NextStep:
        """Where to ask for an evaluation."""
        clinic = self.guide.site.clinic
        find = self._hrefs.get("contact", self._hrefs["home"])
        return NextStep(clinic.name, clinic.phone, clinic.booking_url, find) if clinic else NextStep("", "", "", find)

    def link(self, reference: Reference) -> Link:
        """A link to what `reference` names, tagged with its answer where it has one."""
        kind, id = reference.kind, reference.id
        href = self.addresses.link(kind, id)
        if kind == "condition":
            return self.condition_link(self.guide.conditions[id])
        if kind == "goal":
            return self.goal_link(self.guide.goals[id])
        return Link(href, self.typesetter().name(kind, id))

    def links(self, references: Iterable[Reference], shown: Iterable[Link] = ()) -> tuple[Link, ...]:
        """A link to each, but for those that the page has already `shown`."""
        known = {link.href for link in shown}
        return tuple(link for link in map(self.link, references) if link.href not in known)

    def condition_link(self, condition: Condition) -> Link:
        """A link to a condition, with its answer."""
        return Link(
            self.addresses.link("condition", condition.id), condition.name, condition.lead, _joining(condition.joins)
        )

    def comparison_link(self, comparison: Comparison) -> Link:
        """A link to a comparison."""
        return Link(self.addresses.link("comparison", comparison.id), comparison.title)

    def goal_link(self, goal: Goal) -> Link:
        """A link to a goal, with its answer."""
        return Link(self.addresses.link("goal", goal.id), goal.goal, goal.lead, _joining(goal.joins))


def _indexed(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    """The values by their keys, each in the order given."""
    found: dict[str, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _ids(references: Iterable[Reference]) -> Iterable[str]:
    """What is named, each once."""
    return dict.fromkeys(reference.id for reference in references)


def answer(lead: Lead, joins: Joins, order: tuple[Therapy, ...]) -> Answer:
    """PT, OT or both. An order of one therapy says nothing that the lead does not say."""
    return Answer(lead, _joining(joins), tuple(order) if len(order) > 1 else ())


def _joining(joins: Joins) -> str:
    return "" if joins is Joins.NONE else joins


def content_frame(
    press: Press, page: ContentPage, kind: str, title: str, section: str, crumbs: Sequence[Crumb], advice: bool = True
) -> Frame:
    """The frame of a page of the content."""
    url = press.addresses.url(kind, page.id)
    return press.frame(
        url,
        title=title,
        description=words(page.summary),
        section=section,
        crumbs=crumbs,
        advice=advice,
        kind="article",
        updated_on=page.updated_on.day,
    )


def further_sources(references: Iterable[Reference]) -> tuple[str, ...]:
    """The ids of the sources that a page lists."""
    return tuple(reference.id for reference in references)


class PageView(msgspec.Struct, frozen=True, kw_only=True):
    """What every page's view holds."""

    frame: Frame
