"""One pass over the log gives the same answers as the events one by one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.store import tables
from tests.store.conftest import SCHEDULER, Answers

if TYPE_CHECKING:
    from quizapp.store.events import Event
    from quizapp.store.store import Store
    from tests.store.conftest import TestClock

HOSTILE = ["plain", 'quo"te,"rating":4', "back\\slash", "new\nline", "ünïcode 中", "{}[]", ""]


def told(store: Store) -> list[tuple[str, int, int, int]]:
    found = store.past().answers
    columns = zip(found.cards, found.days, found.ratings, found.ms, strict=True)
    return [(found.names[card], day, rating, ms) for card, day, rating, ms in columns]


def by_events(events: list[Event]) -> list[tuple[str, int, int, int]]:
    return [
        (e.subject, date.fromisoformat(e.study_day).toordinal(), e.payload["rating"],
         e.payload["ms"])
        for e in events
    ]  # fmt: skip


def test_answers_are_those_of_the_events(store: Store, clock: TestClock) -> None:
    answer = Answers(store)
    for n in range(60):
        answer(HOSTILE[n % len(HOSTILE)], Rating(1 + n % 4))
        clock.pass_days(0.3)
    store.undo()
    store.undo()
    assert told(store) == by_events(store.events("review"))
    assert len(told(store)) == 58


def test_answers_that_arrived_late_stand_in_replay_order(store: Store, clock: TestClock) -> None:
    answer = Answers(store)
    for n in range(30):
        answer(f"card-{n % 7}")
        clock.pass_days(1)
    late = store.events("review")[20]
    with store._write() as connection:
        statement = update(tables.events).where(tables.events.c.id == late.id)
        connection.execute(statement.values(clock=store.events("review")[3].clock - 1))
    assert told(store) == by_events(store.events("review"))
    assert told(store)[3][0] == late.subject


@pytest.mark.parametrize(
    ("payload", "counts"),
    [
        ('{"rating":3}', (3, 0)),
        ('{"ms": 5, "rating": 2, "card": "a"}', (2, 5)),
        ('{"card":"a","rating":4,"ms":99999999999,"how":"self"}', (4, 86_400_000)),
        ('{"card":"a","rating":1,"ms":-7,"how":"self"}', (1, 0)),
        ('{"card":"a","rating":"3","ms":7}', None),
        ('{"card":"a","rating":5,"ms":7,"how":"self"}', None),
        ('{"card":"a","ms":7}', None),
        ('{"card":"a","rating":[1],"ms":7}', None),
    ],
)
def test_answers_of_other_hands_count_as_in_a_replay(
    store: Store, payload: str, counts: tuple[int, int] | None
) -> None:
    Answers(store)("a")
    with store._write() as connection:
        connection.execute(update(tables.events).values(payload=payload))
    store.rebuild()
    assert [one[2:] for one in told(store)] == ([counts] if counts else [])
    assert (store.memory("a") is None) == (counts is None)


def test_the_cards_are_those_of_the_state(store: Store, clock: TestClock) -> None:
    answer = Answers(store)
    answer("learning")
    answer("review", Rating.EASY)
    store.suspend("review")
    store.flag("never answered", 1)
    cards = {card.card: card for card in store.past().cards}
    memories = store.memories()
    assert cards.keys() == memories.keys() == {"learning", "review"}
    for name, memory in memories.items():
        card = cards[name]
        assert (card.stability, card.difficulty) == (memory.stability, memory.difficulty)
        assert card.due == (memory.due_day.toordinal() if memory.due_day else None)
        assert card.last == memory.last_day.toordinal()
    assert (cards["review"].suspended, cards["learning"].suspended) == (True, False)


def test_other_parameters_hold_from_their_place_on(store: Store, clock: TestClock) -> None:
    other = Scheduler([*(w * 1.05 for w in SCHEDULER.parameters[:17]), *SCHEDULER.parameters[17:]])
    strict = Scheduler(retention=0.95)
    for scheduler in (SCHEDULER, SCHEDULER, other, strict):
        store.review("card", Rating.GOOD, ms=900, how="self", scheduler=scheduler)
    assert store.past().answers.parameters == (
        (0, SCHEDULER.parameters),
        (2, other.parameters),
        (3, SCHEDULER.parameters),
    )


def test_an_empty_log_is_empty(store: Store) -> None:
    past = store.past()
    assert (len(past.answers.cards), past.answers.names, past.cards) == (0, (), ())
