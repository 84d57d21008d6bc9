"""Clinical sense: cards in order of danger, and goals that agree with their conditions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from otpt_site.checks.traits import Traits
from otpt_site.diagnostics import Diagnostic, Place, problem
from otpt_site.guide.articles import Article
from otpt_site.guide.common import ACTIONS, Joins, Lead, Level, Therapy
from otpt_site.guide.comparisons import Comparison
from otpt_site.guide.conditions import Condition
from otpt_site.guide.goals import Goal
from otpt_site.guide.records import Reference
from otpt_site.library import Guide

_RANKS: Final = {level: rank for rank, level in enumerate(Level)}


def check_clinical(guide: Guide, traits: Sequence[Traits]) -> Iterator[Diagnostic]:
    """Problems with safety cards and with assignments."""
    shown = {page.place: page.levels for page in traits}
    for goal in guide.goals.values():
        yield from _note_needed(guide, goal)
    assigned: tuple[Condition | Goal, ...] = (*guide.conditions.values(), *guide.goals.values())
    for record in assigned:
        if record.lead is Lead.BOTH and record.joins is not Joins.NONE:
            yield problem("contradiction", record.place_of("joins"), "when both lead, none joins", "Write joins: none.")
        elif record.lead.value == record.joins.value:
            yield problem(
                "contradiction",
                record.place_of("joins"),
                f"{record.joins} leads already, so it can't join",
                "Write the other therapy, or none.",
            )
        if len(set(record.order)) < len(record.order):
            yield problem(
                "contradiction",
                record.place_of("order"),
                "the same therapy stands twice in the order",
                "Name each once.",
            )
    carded: tuple[Condition | Goal | Comparison | Article, ...] = (
        *assigned,
        *guide.comparisons.values(),
        *guide.articles.values(),
    )
    for page in carded:
        yield from _card_order(guide, page.safety)
    for page in carded:
        yield from _missing_safety(guide, page, shown)
    for safety in guide.safety.values():
        if safety.action not in ACTIONS[safety.level]:
            fitting = " or ".join(ACTIONS[safety.level])
            yield problem(
                "contradiction",
                safety.place_of("action"),
                f"'{safety.action}' does not fit the level {safety.level}",
                f"Write {fitting}.",
            )


def _card_order(guide: Guide, cards: Sequence[Reference]) -> Iterator[Diagnostic]:
    known = [card for card in cards if card.id in guide.safety]
    levels = [_RANKS[guide.safety[card.id].level] for card in known]
    for before, after, card in zip(levels, levels[1:], known[1:], strict=False):
        if after < before:
            yield problem("card-order", card.place, f"the card '{card.id}' is more serious than the one before it")
            return


def _missing_safety(
    guide: Guide, page: Condition | Goal | Comparison | Article, shown: Mapping[Place, frozenset[Level]]
) -> Iterator[Diagnostic]:
    """Pages about what can be an emergency that show no card; `shown` are the levels of the cards of each page."""
    if isinstance(page, Condition):
        if page.acute and Level.EMERGENCY not in shown[page.place]:
            hint = "Name an emergency card in safety:, before all others."
            message = "this page is acute, and shows no emergency card"
            yield problem("missing-safety", page.place_of("acute"), message, hint)
        return
    for about in () if shown[page.place] else page.conditions:
        condition = guide.conditions.get(about.id)
        if condition and Level.EMERGENCY in shown[condition.place]:
            message = f"'{about.id}' has emergency cards, and this page shows none"
            yield problem("missing-safety", about.place, message)
            return


def _note_needed(guide: Guide, goal: Goal) -> Iterator[Diagnostic]:
    """A goal contradicts a condition when no therapy that leads it leads or joins there."""
    for about in goal.conditions:
        condition = guide.conditions.get(about.id)
        if (
            condition
            and not goal.note
            and not _therapies(Lead(goal.lead)) & (_therapies(condition.lead) | _joining(condition))
        ):
            yield problem(
                "note-needed",
                about.place,
                f"the goal '{goal.id}' suggests {goal.lead}, but '{condition.id}' suggests {condition.lead} alone",
            )


def _therapies(lead: Lead) -> set[Therapy]:
    return set(Therapy) if lead is Lead.BOTH else {Therapy(lead)}


def _joining(condition: Condition) -> set[Therapy]:
    return set() if condition.joins is Joins.NONE else {Therapy(condition.joins)}
