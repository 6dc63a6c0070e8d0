"""Doing what a student does, at random."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.store import tables

if TYPE_CHECKING:
    import random

    from quizapp.store.step import Step
    from quizapp.store.store import Store
    from tests.store.conftest import TestClock

SCHEDULERS = [Scheduler(), Scheduler(retention=0.85), Scheduler(retention=0.95)]
DAY = date(2025, 3, 1)


def undone(store: Store) -> set[str]:
    with store._read() as connection:
        return set(connection.execute(select(tables.undone.c.event)).scalars())


def act(store: Store, clock: TestClock, rng: random.Random) -> None:
    """Do one thing, mostly an answer."""
    match rng.choices(["write", "step", "undo", "redo", "attempt", "time"], [16, 3, 4, 3, 1, 2])[0]:
        case "write":
            write(store, clock, rng)
        case "step":
            with store.step() as step:
                for _ in range(rng.randrange(5)):
                    write(step, clock, rng)
        case "undo":
            store.undo()
        case "redo":
            store.redo()
        case "attempt":
            store.append("attempt", "attention", {"score": rng.random()})
        case _:
            clock.pass_days(rng.choice([0.01, 1, 2.5, 40, -3]))


def write(pen: Store | Step, clock: TestClock, rng: random.Random) -> None:
    """Write one event."""
    card, day = f"c{rng.randrange(25)}", DAY + timedelta(days=rng.randrange(30))
    kinds = ["review", "suspend", "bury", "flag", "tag", "reschedule", "forget", "attempt"]
    match rng.choices(kinds, [12, 1, 1, 1, 2, 2, 1, 1])[0]:
        case "review":
            rating, scheduler = Rating(rng.randint(1, 4)), rng.choices(SCHEDULERS, [20, 1, 1])[0]
            due = rng.choice([None, clock.now.date() + timedelta(days=rng.randrange(12))])
            pen.review(card, rating, ms=rng.randrange(9999), how="", scheduler=scheduler, due=due)
        case "suspend":
            pen.suspend(card, on=rng.random() < 0.5)
        case "bury":
            pen.bury(card, rng.choice([None, day]))
        case "flag":
            pen.flag(card, rng.randrange(8))
        case "tag":
            pen.tag(card, rng.choice(["hard", "proof"]), on=rng.random() < 0.7)
        case "reschedule":
            pen.reschedule(rng.choice([card, f"new{rng.randrange(5)}"]), day)
        case "forget":
            pen.forget(card)
        case _:
            pen.append("attempt", "attention", {"score": rng.random()})
