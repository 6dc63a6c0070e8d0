"""Two devices with clocks that cross: what is live is what the log gives, on both."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.store.exchange import Union
from quizapp.store.store import Store
from tests.store.acting import act, undone
from tests.store.conftest import TestClock

if TYPE_CHECKING:
    from pathlib import Path


class Wrong(TestClock):
    """A clock that is set forth and back by hours, and once by days."""

    def __init__(self, rng: random.Random) -> None:
        super().__init__()
        self._rng = rng

    def set(self) -> None:
        self.now += timedelta(hours=self._rng.choice([-20, -3, 0, 3, 20, 80]))


def take(store: Store, other: Store) -> None:
    """Let a device have what another one wrote."""
    events = other.events(undone=True)
    with store.writing() as connection:
        union = Union(connection)
        union.add(events)
        union.finish()


def check(store: Store) -> None:
    """The live state is that of a rebuild."""
    live, taken_back = store.states(), undone(store)
    store.rebuild()
    assert store.states() == live
    assert undone(store) == taken_back


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_live_state_and_rebuild_agree_on_two_devices_with_crossing_clocks(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizapp.store.engine.SYNCHRONOUS", "OFF")
    rng = random.Random(seed)
    clocks = [Wrong(rng), Wrong(rng)]
    with (
        Store.open(tmp_path / "one", clock=clocks[0]) as one,
        Store.open(tmp_path / "two", clock=clocks[1]) as two,
    ):
        for turn in range(24):
            for store, clock in zip((one, two), clocks, strict=True):
                for _ in range(25):
                    act(store, clock, rng)
                clock.set()
            check(one)
            if turn % 3 == 2:
                take(one, two)
                check(one)
            if turn % 4 == 3:
                take(two, one)
                check(two)
        take(one, two)
        take(two, one)
        assert one.states() == two.states()
        check(one)
        check(two)
        assert any(state.tags for state in one.states().values())
        assert any(state.wanted for state in one.states().values())
