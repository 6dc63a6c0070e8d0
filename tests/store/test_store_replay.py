"""Live state and a rebuild from the log agree exactly, whatever was done."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.store import tables
from quizapp.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

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


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_live_state_and_rebuild_agree(
    folder: Path, clock: TestClock, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Thousands of commits: durable they need not be here, and the disk is slow.
    monkeypatch.setattr("quizapp.store.engine.SYNCHRONOUS", "OFF")
    rng = random.Random(seed)
    with Store.open(folder, clock=clock) as store:
        for _ in range(10):
            for _ in range(120):
                act(store, clock, rng)
            states, taken_back, counts = store.states(), undone(store), store.done_today(DAY)
            store.rebuild()
            assert store.states() == states
            assert undone(store) == taken_back
            assert store.done_today(DAY) == counts
        assert len(states) > 20
        assert taken_back


def test_undoing_all_and_redoing_all_comes_back_to_the_bit(store: Store, clock: TestClock) -> None:
    rng = random.Random(5)
    trail = [store.states()]
    for _ in range(40):
        card, rating = f"c{rng.randrange(6)}", Rating(rng.randint(1, 4))
        store.review(card, rating, ms=1, how="self", scheduler=SCHEDULERS[0])
        clock.pass_days(rng.choice([0.001, 3]))
        trail.append(store.states())
    for before in reversed(trail[:-1]):
        assert store.undo() is not None
        assert store.states() == before
    assert store.undo() is None
    for after in trail[1:]:
        assert store.redo() is not None
        assert store.states() == after
    assert store.redo() is None


def test_a_lost_state_is_derived_from_the_log(store: Store) -> None:
    for rating in Rating:
        store.review("x", rating, ms=1, how="self", scheduler=SCHEDULERS[0])
    store.flag("y", 2)
    before = store.states()
    with store._write() as connection:
        connection.execute(tables.card_state.delete())
        connection.execute(tables.undone.delete())
    assert store.states() == {}
    store.rebuild()
    assert store.states() == before
