"""Doing what a student does, at random."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.store import tables

if TYPE_CHECKING:
    import random

    from quizapp.store.store import Store
    from tests.store.conftest import TestClock

SCHEDULERS = [Scheduler(), Scheduler(retention=0.85), Scheduler(retention=0.95)]
DAY = date(2025, 3, 1)


def undone(store: Store) -> set[str]:
    with store._read() as connection:
        return set(connection.execute(select(tables.undone.c.event)).scalars())


def act(store: Store, clock: TestClock, rng: random.Random) -> None:
    card = f"c{rng.randrange(25)}"
    match rng.choices(
        ["review", "undo", "redo", "suspend", "bury", "flag", "attempt", "time"],
        [10, 4, 3, 1, 1, 1, 1, 2],
    )[0]:
        case "review":
            rating, scheduler = Rating(rng.randint(1, 4)), rng.choices(SCHEDULERS, [20, 1, 1])[0]
            store.review(card, rating, ms=rng.randrange(9999), how="self", scheduler=scheduler)
        case "undo":
            store.undo()
        case "redo":
            store.redo()
        case "suspend":
            store.suspend(card, on=rng.random() < 0.5)
        case "bury":
            store.bury(card, rng.choice([None, DAY + timedelta(days=rng.randrange(30))]))
        case "flag":
            store.flag(card, rng.randrange(8))
        case "attempt":
            store.append("attempt", "attention", {"score": rng.random()})
        case _:
            clock.pass_days(rng.choice([0.01, 1, 2.5, 40, -3]))
