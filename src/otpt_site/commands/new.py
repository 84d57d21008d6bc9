"""`otpt new`: begins a page or a row. It asks for what is needed, or takes it as options."""

import datetime
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import click

from otpt_site.commands.options import Day

if TYPE_CHECKING:
    from otpt_site.diagnostics import Diagnostic
    from otpt_site.guide.site import Site
    from otpt_site.holdings import Holdings

T = TypeVar("T")
_LEADS: Final = ("pt", "ot", "both")
_LONGEST_NAME: Final = 80
# So many ids are shown to choose from.
_FEW: Final = 16


@click.group()
def new() -> None:
    """Begin a page or a row of your own.

    Asks for what is needed, or takes it as options. What it writes is a draft that builds at once; the comments in it
    tell what each key is for. It never writes over a file.
    """


def _shared(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options of every command below."""
    options = (
        click.option("--id", "id_", metavar="ID", help="What it is known by, for ever. [default: made of the name]"),
        click.option(
            "--content",
            type=click.Path(path_type=Path),
            default="content",
            show_default=True,
            help="The folder with the guide's content.",
        ),
        click.option(
            "--today",
            type=Day(),
            metavar="YYYY-MM-DD",
            help="The day it is dated. [default: now, in the site's time zone]",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


_lead = click.option("--lead", type=click.Choice(_LEADS), help="Where the guide suggests to start.")
_joins = click.option("--joins", type=click.Choice(["pt", "ot", "none"]), help="The other therapy, if it often joins.")
_safety = click.option("--safety", metavar="IDS", help="Safety cards, with commas between.")
_sources = click.option("--sources", metavar="IDS", help="What the facts rest on, with commas between.")
_author = click.option("--author", metavar="ID", help="Who writes it. [default: who runs the guide]")


@new.command()
@click.argument("name", required=False)
@_lead
@_joins
@_safety
@_sources
@_author
@_shared
def condition(name: str | None, lead: str | None, joins: str | None, safety: str | None, **options: Any) -> None:
    """Begin the page of a condition, such as: otpt new condition "Tennis elbow"."""
    from otpt_site.guide.common import Joins, Lead
    from otpt_site.new_content import condition_page

    desk = _Desk("condition", options)
    name = desk.name(name, "What is the condition called?")
    id_ = desk.id(name)
    lead = desk.choice(lead, "--lead", "Who leads?", _LEADS)
    joins = desk.joins(lead, joins)
    cards, sources = desk.cards(safety), desk.ids(options["sources"], "--sources", "source", _ASK_SOURCES)
    desk.write_page(
        f"conditions/{id_}.md",
        condition_page(name, Lead(lead), Joins(joins), cards, sources, desk.author(), desk.today),
    )


@new.command()
@click.argument("title", required=False)
@_safety
@_sources
@_author
@_shared
def comparison(title: str | None, safety: str | None, **options: Any) -> None:
    """Begin a comparison, such as: otpt new comparison "After a fall"."""
    from otpt_site.new_content import comparison_page

    desk = _Desk("comparison", options)
    title = desk.name(title, "What is the situation, in a few words?")
    id_ = desk.id(title)
    cards, sources = desk.cards(safety), desk.ids(options["sources"], "--sources", "source", _ASK_SOURCES)
    desk.write_page(f"comparisons/{id_}.md", comparison_page(title, cards, sources, desk.author(), desk.today))


@new.command()
@click.argument("title", required=False)
@_author
@_shared
def article(title: str | None, **options: Any) -> None:
    """Begin an article, such as: otpt new article "Do I need a referral?"."""
    from otpt_site.new_content import article_page

    desk = _Desk("article", options)
    title = desk.name(title, "Which question does the article answer?")
    id_ = desk.id(title)
    desk.write_page(f"articles/{id_}.md", article_page(title, desk.author(), desk.today))


@new.command()
@click.argument("goal", required=False)
@click.option("--area", metavar="ID", help="The part of life that it belongs to.")
@_lead
@_joins
@_safety
@_shared
def goal(
    goal: str | None, area: str | None, lead: str | None, joins: str | None, safety: str | None, **options: Any
) -> None:
    """Add a goal to goals.yaml, such as: otpt new goal "I want to climb the stairs"."""
    from otpt_site.guide.common import Joins, Lead
    from otpt_site.new_content import goal_row

    desk = _Desk("goal", options)
    goal = desk.name(goal, "What does the person want back, in their words?")
    id_ = desk.id(goal)
    area = desk.choice(area, "--area", "Which part of life does it belong to?", tuple(desk.known("area")))
    lead = desk.choice(lead, "--lead", "Who leads?", _LEADS)
    joins = desk.joins(lead, joins)
    row = goal_row(id_, goal, area, Lead(lead), Joins(joins), desk.cards(safety), desk.today)
    desk.write_row("goals.yaml", "goals", row)


@new.command()
@click.argument("name", required=False)
@click.option("--kind", type=click.Choice(["person", "organization"]), help="What they are.")
@_shared
def person(name: str | None, kind: str | None, **options: Any) -> None:
    """Add someone to people.yaml, who has agreed to be named there."""
    from otpt_site.guide.references import PersonKind
    from otpt_site.new_content import person_row

    desk = _Desk("person", options)
    name = desk.name(name, "What is their name, as they give it?")
    id_ = desk.id(name)
    kind = desk.choice(kind, "--kind", "Are they a person or an organization?", ("person", "organization"))
    desk.write_row("people.yaml", "people", person_row(id_, name, PersonKind(kind)))


_ASK_SOURCES: Final = "Which sources does it rest on? Ids from sources.yaml, with commas between"


class _Planned(NamedTuple):
    """A file as it will be, and which of its lines are new."""

    path: str
    data: bytes
    first: int
    last: int


class _Desk:
    """Asks, looks up, and writes. What was given as an option is not asked for."""

    def __init__(self, kind: str, options: dict[str, Any]) -> None:
        from otpt_site.holdings import holdings_of

        self._kind = kind
        self._options = options
        self._content: Path = options["content"]
        self._held: Holdings = holdings_of(self._content)
        if self._held.problems:
            _tell(self._held.problems)
            raise SystemExit(1)
        if self._held.site is None:
            raise click.UsageError(f"There is no site.yaml in {self._content}: name the folder with --content.")
        self._site: Site = self._held.site

    @property
    def today(self) -> str:
        """The day that new content is dated."""
        from otpt_site.build import today_in

        given: datetime.datetime | None = self._options["today"]
        return (given.date() if given else today_in(self._site.timezone)).isoformat()

    def known(self, kind: str) -> Sequence[str]:
        """The ids of a kind, in the order of the content."""
        return tuple(self._held.records[kind])

    def name(self, given: str | None, question: str) -> str:
        """A name or a title."""
        return _answer(given, "The name", question, _usable_name)

    def id(self, name: str) -> str:
        """The id of the new one: as given, or made of its name."""
        from otpt_site.new_content import id_from

        return _answer(self._options["id_"], "--id", "Which id shall it have, for ever?", self._free_id, id_from(name))

    def choice(self, given: str | None, option: str, question: str, choices: Sequence[str]) -> str:
        """One of the choices."""

        def usable(answer: str) -> str:
            if answer.strip() not in choices:
                raise click.UsageError(f"'{answer}' is none of them. {_near(answer, choices)}")
            return answer.strip()

        return _answer(given, option, f"{question} ({', '.join(choices)})", usable)

    def joins(self, lead: str, given: str | None) -> str:
        """The therapy that joins: never one that leads already."""
        other = {"pt": ("ot", "none"), "ot": ("pt", "none")}.get(lead, ("none",))
        if given is None and other == ("none",):
            return "none"
        return self.choice(given, "--joins", "Does the other often join?", other)

    def cards(self, given: str | None) -> Sequence[str]:
        """Safety cards, most serious first."""
        from otpt_site.guide.common import Level
        from otpt_site.guide.safety import SafetyCard

        question = "Which safety cards belong to it? Ids from safety.yaml, with commas between, or nothing"
        ids = self.ids(given, "--safety", "safety", question, none_is_fine=True)
        order = {level: number for number, level in enumerate(Level)}
        cards = self._held.records["safety"]
        levels = {id_: card.level for id_ in ids if isinstance(card := cards[id_], SafetyCard)}
        return sorted(ids, key=lambda id_: order[levels.get(id_, Level.EMERGENCY)])

    def ids(
        self, given: str | None, option: str, kind: str, question: str, *, none_is_fine: bool = False
    ) -> Sequence[str]:
        """Ids of things that are there."""

        def usable(answer: str) -> Sequence[str]:
            from otpt_site.guide.records import kind_in_words

            ids = tuple(dict.fromkeys(id_ for id_ in answer.replace(",", " ").split() if id_))
            for id_ in ids:
                if id_ not in self._held.records[kind]:
                    near = _near(id_, self.known(kind))
                    raise click.UsageError(f"There is no {kind_in_words(kind)} '{id_}'. {near}")
            if not ids and not none_is_fine:
                raise click.UsageError(f"Name at least one {kind}; if yours is missing, add it to {kind}s.yaml first.")
            return ids

        return _answer(given, option, question, usable, "" if none_is_fine else None)

    def author(self) -> str:
        """Who writes it."""
        given = self._options["author"]
        return self.choice(given, "--author", "", self.known("person")) if given else self._site.run_by.id

    def write_page(self, path: str, text: str) -> None:
        """Writes a page that is not there yet."""
        data = text.encode()
        self._write(_Planned(path, data, 0, data.count(b"\n")))

    def write_row(self, path: str, key: str, row: Sequence[str]) -> None:
        """Writes a row below those of a table."""
        from otpt_site.table_rows import CannotAdd, with_row

        before = self._held.files.get(path)
        if before is None:
            raise click.UsageError(f"There is no {path} in {self._content}.")
        try:
            # Line ends are kept as they are.
            text, line = with_row(before.decode("utf-8"), f"{self._content.name}/{path}", key, row)
        except CannotAdd as reason:
            raise click.ClickException(str(reason)) from None
        self._write(_Planned(path, text.encode(), line, line + len(row)))

    def _free_id(self, answer: str) -> str:
        from otpt_site.guide.records import ID

        answer = answer.strip()
        if not ID.fullmatch(answer):
            raise click.UsageError(f"'{answer}' can't be an id: use small letters, digits and hyphens (tennis-elbow).")
        if answer in self._held.records[self._kind]:
            raise click.UsageError(
                f"There is a {self._kind} '{answer}' already. Change that one, or choose another id."
            )
        return answer

    def _write(self, planned: _Planned) -> None:
        """Writes it, when the guide would have no error in it; tells what is not as it should be."""
        from otpt_site.rules import Severity

        found = self._problems(planned)
        errors = [one for one in found if one.severity is Severity.ERROR]
        target = self._content / planned.path
        if not errors:
            _put(target, planned.data, new=planned.first == 0)
        _tell(found)
        if errors:
            raise SystemExit(1)
        shown = target.as_posix() + (f", line {planned.first}" if planned.first else "")
        click.echo(f"Begun as a draft: {shown}")
        click.echo("See it while you write: otpt serve. Put your own words wherever it says Write here.")
        click.echo("When it is ready, take out the line draft: true, and run: otpt check")

    def _problems(self, planned: _Planned) -> Sequence["Diagnostic"]:
        """The errors and warnings that the guide would have in the new lines, if they were shown."""
        from otpt_site.build import BuildRequest, survey
        from otpt_site.rules import Severity

        request = BuildRequest(
            content=self._content, templates=self._content.parent / "templates", out=None, drafts=True
        )
        shown = f"{self._content.name}/{planned.path}"
        return [
            one
            for one in survey(request, {planned.path: planned.data}).found
            if one.place.path == shown
            and one.severity is not Severity.NOTE
            and planned.first <= one.place.line <= planned.last
        ]


def _answer(given: str | None, option: str, question: str, usable: Callable[[str], T], default: str | None = None) -> T:
    """What was given, or what a person at a terminal answers, asked again until it is usable."""
    if given is not None:
        return usable(given)
    if sys.stdin.isatty():
        answer: T = click.prompt(question, default=default, show_default=bool(default), value_proc=usable)
        return answer
    if default is not None:
        return usable(default)
    raise click.UsageError(f"{option} is missing. {question}")


def _usable_name(answer: str) -> str:
    answer = " ".join(answer.split())
    if not answer or not answer.isprintable() or len(answer) > _LONGEST_NAME:
        raise click.UsageError(f"A name has 1 to {_LONGEST_NAME} letters.")
    return answer


def _near(word: str, choices: Sequence[str]) -> str:
    from otpt_site.suggestions import suggestion

    return suggestion(word, choices) or f"Choose from: {', '.join(choices[:_FEW])}{' …' * (len(choices) > _FEW)}"


def _put(target: Path, data: bytes, *, new: bool) -> None:
    """Writes the file whole or not at all; one that is to be new and is there after all is left as it is."""
    from otpt_site.whole_file import write_whole

    try:
        target.parent.mkdir(exist_ok=True)
        if new:
            with target.open("xb") as file:
                file.write(data)
        else:
            write_whole(target, data)
    except FileExistsError:
        raise click.UsageError(f"{target} is there already, and stays as it is.") from None
    except OSError as error:
        raise click.UsageError(f"{target} can't be written: {error.strerror}") from None


def _tell(problems: Sequence["Diagnostic"]) -> None:
    for one in problems:
        place = ":".join(str(part) for part in (one.place.path, one.place.line, one.place.column) if part)
        click.echo(f"{place} {one.severity}[{one.rule}] {one.message}\n   {one.hint}", err=True)
