"""The minutes divided among cards and computations, and each of the two planned with its part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.study.plan_cache import cache_of
from quizapp.study.plan_join import DeckPlan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from quizapp.scheduling.forgetting import Experience
    from quizapp.scheduling.memory import Scheduler
    from quizapp.scheduling.plan import Exam, Plan, PlanCard
    from quizapp.study.exam_terms import ExamTerms
    from quizapp.study.pace import Paces
    from quizapp.study.plan_decks import PlanDeck
    from quizapp.study.workspace import Workspace

_SURPLUS = 0.1
"""A deck that leaves so much of its minutes unused gives them to the other."""
_MOST = 0.95
"""No deck gives more of its minutes away: without any it could not be planned."""


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans decks by the same terms."""

    workspace: Workspace
    terms: ExamTerms
    day: date
    scheduler: Scheduler
    paces: Paces
    experience: Experience | None = None
    """What the learner's reviews of cards say about forgetting."""
    keep: bool = True
    """Whether plans are looked up and kept; those of the past are not."""

    def divided(self, decks: Sequence[PlanDeck]) -> tuple[DeckPlan, ...]:
        """Plan the decks, each with its part of the minutes; what one leaves goes to the other.

        A deck that the exam does not ask for has only what the other one leaves.
        """
        present = [deck for deck in decks if deck.entries]
        total = sum(deck.share for deck in present)
        parts = {
            deck.name: deck.share / total if total > 0 else 1 / len(present) for deck in present
        }
        asked = [deck for deck in present if parts[deck.name] > 0]
        plans = {deck.name: self.planned(deck, parts[deck.name]) for deck in asked}
        unused = {name: _unused(plan) * parts[name] for name, plan in plans.items()}
        giving = [name for name, part in unused.items() if part > _SURPLUS * parts[name]]
        if len(present) == 2 and len(giving) == 1:
            given = unused[giving[0]]
            for deck in present:
                part = parts[deck.name] + (-given if deck.name in giving else given)
                plans[deck.name] = self.planned(deck, part)
        none = [DeckPlan(deck, 0.0, None) for deck in decks if deck.name not in plans]
        return (*(plans[deck.name] for deck in decks if deck.name in plans), *none)

    def planned(self, deck: PlanDeck, part: float, spent: float = 0.0) -> DeckPlan:
        """Plan one deck with a part of the minutes."""
        pace = self.paces.skills if deck.name == "skills" else self.paces.cards
        exam = self.terms.deck_exam(part, deck.weights, pace, spent)
        made = cache_of(self.workspace).plan if self.keep else _anew
        # How cards are forgotten says nothing of computations.
        learned = None if deck.name == "skills" else self.experience
        plan = made(deck.entries, exam, self.day, self.scheduler, learned)
        return DeckPlan(deck, part, plan)


def _anew(
    cards: Sequence[PlanCard],
    exam: Exam,
    today: date,
    scheduler: Scheduler,
    experience: Experience | None,
) -> Plan:
    from quizapp.scheduling.planner import plan

    return plan(cards, exam, today, scheduler, experience)


def _unused(planned: DeckPlan) -> float:
    """The part of a deck's time that it can do without, 0 to 1."""
    plan = planned.plan
    if plan is None or not plan.days or plan.coverage.seconds_left <= 0:
        return 0.0
    useful = sum(
        share.seconds * (share.enough / len(share.cards) if share.cards else 0.0)
        for share in plan.days
    )
    used = max(useful, plan.coverage.seconds_needed) / plan.coverage.seconds_left
    return min(max(0.0, 1 - used), _MOST)
