"""Decks, exams and plans that the tests of the planner share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from quizapp.scheduling.horizon import Pace
from quizapp.scheduling.memory import CardMemory, Rating, Scheduler
from quizapp.scheduling.plan import Exam, Plan, PlanCard
from quizapp.scheduling.planner import plan

if TYPE_CHECKING:
    from quizapp.scheduling.forgetting import Experience

TODAY = date(2026, 6, 1)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
SCHEDULER = Scheduler()
PACE = Pace(review=10, new=30)


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def learned(days_ago: int, rating: Rating = Rating.GOOD) -> CardMemory:
    """A card that left its learning steps so many days ago."""
    memory = SCHEDULER.answer(None, rating, NOON, in_days(-days_ago), "c")
    while memory.phase != "review":
        memory = SCHEDULER.answer(memory, Rating.GOOD, NOON, in_days(-days_ago), "c")
    return memory


def deck(count: int, seen: int = 0, topics: int = 2) -> list[PlanCard]:
    return [
        PlanCard(
            f"c{index}",
            f"t{index * topics // count}",
            (f"i{index}",),
            memory=learned(1 + index % 9) if index < seen else None,
        )
        for index in range(count)
    ]


def exam(days: int, minutes: float = 20, **changes: object) -> Exam:
    return replace(Exam(in_days(days), minutes, pace=PACE), **changes)  # type: ignore[arg-type]


def planned(cards: list[PlanCard], of: Exam, told: Experience | None = None) -> Plan:
    return plan(cards, of, TODAY, SCHEDULER, told)
