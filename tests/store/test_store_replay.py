"""Live state and a rebuild from the log agree exactly, whatever was done."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from quizapp.scheduling.memory import Rating
from quizapp.store import tables
from quizapp.store.store import Store
from tests.store.acting import DAY, SCHEDULERS, act, undone

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import TestClock


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
