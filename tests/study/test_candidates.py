"""A queue over the cards that may come is the queue over all cards."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.cards.card import Card
from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.scheduling.queue import Done, Limits, Queue
from quizapp.store.store import Store
from quizapp.study.candidates import candidates
from quizapp.study.course_order import CourseOrder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SCHEDULER = Scheduler()
TOPICS = ("hopfield", "perceptron", "attention")
LIMITS = [Limits(3, 5), Limits(0, 2), Limits(40, 0), Limits(None, None), Limits(7, 60)]


class Clock:
    """Goes on by a minute each time it is read."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def card(number: int) -> Card:
    """A card; every fourth and fifth are two directions of one note."""
    name = f"card-{number - number % 5}~back" if number % 5 == 1 else f"card-{number}"
    topic = TOPICS[number // 10 % 3]
    return Card(name, "basic", topic, (), (), (), (), (), "", {})


CARDS = {one.id: one for one in map(card, range(80))}
ORDER = CourseOrder(CARDS)


def study(store: Store, clock: Clock, rng: random.Random) -> None:
    """Some days of study in no good order, with cards of another course among them."""
    names = [*CARDS, *(f"other-{n}" for n in range(20))]
    for _ in range(rng.randrange(12)):
        for _ in range(rng.randrange(14)):
            name = rng.choice(names[: rng.choice([20, 60, 100])])
            store.review(name, Rating(rng.randint(1, 4)), ms=900, how="self", scheduler=SCHEDULER)
            if rng.random() < 0.1:
                store.suspend(rng.choice(names))
            if rng.random() < 0.1:
                store.bury(rng.choice(names), clock.now.date() + timedelta(rng.randrange(5)))
            if rng.random() < 0.1:
                store.forget(name)
            if rng.random() < 0.1:
                store.undo()
        clock.now += timedelta(days=rng.choice([0, 1, 3, 20]))


def told(queue: Queue, now: datetime) -> list[object]:
    """All that a queue says, card by card."""
    found: list[object] = [queue.counts(), queue.cards()]
    found += [pair for pair in queue.counts_by_topic().items() if pair[1].total]
    while (name := queue.next(now)) is not None:
        found += [name, queue.has_siblings(name)]
        queue.remove(name)
    return [*found, queue.wakes_at()]


def both(
    store: Store,
    clock: Clock,
    limits: Limits,
    topic: str | None,
    planned: Sequence[str] | None = None,
) -> tuple[list[object], list[object]]:
    """What a queue over all cards says, and one over those that may come."""
    day = clock.now.date()
    held, done = store.held(day), Done(*store.done_today(day))
    every = [one for one in ORDER.entries.values() if topic in {None, one.topic}]
    near = candidates(
        store,
        ORDER,
        day,
        limits if planned is None else None,
        topic=topic,
        asked=[*store.wanted(day), *(planned or ())],
    )
    memories = store.memories()
    queues = [
        Queue(
            order,
            known,
            day=day,
            limits=limits,
            done=done,
            held=held,
            wanted=store.wanted(day),
            planned=planned,
        )
        for order, known in ((every, memories), (near.entries, near.memories))
    ]
    assert near.memories.items() <= memories.items()
    return told(queues[0], clock.now), told(queues[1], clock.now)


@pytest.mark.parametrize("seed", range(30))
def test_the_queue_is_that_over_all_cards(tmp_path: Path, seed: int) -> None:
    rng, clock = random.Random(seed), Clock()
    with Store.open(tmp_path, clock=clock) as store:
        study(store, clock, rng)
        for limits in LIMITS:
            for topic in (None, TOPICS[0]):
                whole, near = both(store, clock, limits, topic)
                assert near == whole
        planned = rng.sample(list(CARDS), 12)
        whole, near = both(store, clock, LIMITS[0], None, planned)
        assert near == whole


def test_a_day_reads_what_it_brings(tmp_path: Path) -> None:
    with Store.open(tmp_path, clock=Clock()) as store:
        near = candidates(store, ORDER, datetime(2026, 3, 2, tzinfo=UTC).date(), Limits(3, 5))
    assert len(near.entries) < 8
    assert near.memories == {}
