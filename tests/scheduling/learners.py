"""Learners who forget as known parameters say, and are asked by a schedule of others."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from quizapp.scheduling.histories import Answer
from quizapp.scheduling.memory import CardMemory, Rating, Scheduler

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST_DAY = date(2025, 3, 1)
STANDARD = Scheduler().parameters


def forgetful() -> tuple[float, ...]:
    """Parameters of somebody who forgets much faster than the standard learner."""
    fast = [0.3 * stability for stability in STANDARD[:4]]
    return (*fast, *STANDARD[4:8], STANDARD[8] - 0.5, *STANDARD[9:])


@dataclass(slots=True)
class _Card:
    name: str
    true: CardMemory | None = None
    """As the learner remembers it."""
    kept: CardMemory | None = None
    """As the schedule believes."""


def learn(
    parameters: Sequence[float], foreseeable: int, *, new_a_day: int = 15, seed: int = 1
) -> list[Answer]:
    """The answers of a learner on the standard schedule, until so many can be foreseen."""
    rng = random.Random(seed)
    learner, schedule = Scheduler(parameters), Scheduler()
    cards: list[_Card] = []
    found: list[Answer] = []
    day, seen = FIRST_DAY, 0

    def answer(card: _Card, rating: Rating) -> None:
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        found.append(Answer(card.name, day, int(rating)))
        card.true = learner.answer(card.true, rating, at, day, card.name)
        card.kept = schedule.answer(card.kept, rating, at, day, card.name)
        if card.kept.due_day is None:
            answer(card, Rating.GOOD)

    while seen < foreseeable:
        for card in cards:
            if card.true is None or card.kept is None or card.kept.due_day is None:
                raise AssertionError("every card has left its steps at the end of a day")
            if card.kept.due_day <= day:
                recalled = rng.random() < learner.retrievability(card.true, day)
                answer(card, Rating.GOOD if recalled else Rating.AGAIN)
                seen += 1
        for _ in range(new_a_day):
            card = _Card(f"c{len(cards)}")
            cards.append(card)
            answer(card, Rating(rng.choices([1, 2, 3, 4], [2, 1, 6, 1])[0]))
        day += timedelta(days=1)
    return found
