"""A plan for 1 000 cards and 60 days, half of the cards known."""

from __future__ import annotations

from datetime import date, timedelta

from quizapp.scheduling.memory import CardMemory, Scheduler
from quizapp.scheduling.plan import Exam, PlanCard
from quizapp.scheduling.planner import plan
from tests.benchmarks.speed.measuring import timed

CARDS, DAYS, MINUTES = 1_000, 60, 30
TODAY = date(2025, 9, 27)


def plan_ms() -> float:
    """How long the plan takes, milliseconds of the processor."""
    cards = [
        PlanCard(f"card-{n}", f"topic-{n % 12}", (f"item-{n // 2}",), "", _memory(n))
        for n in range(CARDS)
    ]
    exam, scheduler = Exam(TODAY + timedelta(days=DAYS), MINUTES), Scheduler()
    return timed(lambda _: plan(cards, exam, TODAY, scheduler), 3).median


def _memory(number: int) -> CardMemory | None:
    if number % 2:
        return None
    last = TODAY - timedelta(days=number % 40)
    stability = 2.0 + number % 60
    due = last + timedelta(days=round(stability))
    return CardMemory("review", None, stability, 5.0, None, due, last, 3, 0)
