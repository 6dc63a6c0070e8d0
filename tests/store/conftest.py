from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.scheduling.memory import CardMemory, Rating, Scheduler
from quizapp.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class TestClock:
    """A clock that goes on by a second each time it is read."""

    __test__ = False

    def __init__(self) -> None:
        self.now = datetime(2025, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def pass_days(self, days: float) -> None:
        self.now += timedelta(days=days)


SCHEDULER = Scheduler()


class Answers:
    """Answers cards of a store with what does not matter filled in."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __call__(self, card: str, rating: Rating = Rating.GOOD) -> CardMemory:
        return self.store.review(card, rating, ms=900, how="self", scheduler=SCHEDULER)


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data of 100 % ?#"


@pytest.fixture
def store(folder: Path, clock: TestClock) -> Iterator[Store]:
    with Store.open(folder, clock=clock) as opened:
        yield opened


@pytest.fixture
def answer(store: Store) -> Answers:
    return Answers(store)
