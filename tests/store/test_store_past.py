"""One pass over the log gives the same answers as the events one by one."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from math import isclose
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, update

from quizapp.scheduling.hindsight import Hindsight, LookBack, look_back
from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.scheduling.past import FORGOTTEN, MOVED
from quizapp.scheduling.skills import skill_card
from quizapp.store import tables
from tests.store.acting import act
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
    known = store.known_cards()
    memories = store.memories()
    assert set(known.cards) == memories.keys() == {"learning", "review"}
    for n, name in enumerate(known.cards):
        memory = memories[name]
        due = memory.due_day.toordinal() if memory.due_day else 0
        assert (known.stability[n], known.difficulty[n]) == (memory.stability, memory.difficulty)
        assert (known.due[n], known.last[n]) == (due, memory.last_day.toordinal())
        assert known.suspended[n] == (name == "review")


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
    answers = store.past().answers
    assert (len(answers.cards), answers.names, list(store.known_cards().cards)) == (0, (), [])


def test_skills_are_no_cards(store: Store) -> None:
    answer = Answers(store)
    for card in ("card", skill_card("perceptron"), "skill", "skills", "skill0"):
        answer(card)
    assert [name for name, *_ in told(store)] == ["card", "skill", "skills", "skill0"]
    assert set(store.known_cards().cards) == {"card", "skill", "skills", "skill0"}


def test_what_was_changed_by_hand_stands_among_the_answers(store: Store) -> None:
    answer = Answers(store)
    answer("card")
    store.reschedule("card", date(2025, 4, 1))
    store.forget("card")
    assert [rating for _, _, rating, _ in told(store)] == [3, MOVED, FORGOTTEN]


@pytest.mark.parametrize("seed", range(8))
def test_going_on_from_a_mark_is_reading_all(store: Store, clock: TestClock, seed: int) -> None:
    rng = random.Random(seed)
    found, mark = LookBack(), None
    for _ in range(25):
        for _ in range(rng.choice([0, 1, 12])):
            act(store, clock, rng)
        read = store.past(mark)
        if not read.goes_on:
            found = LookBack()
        found.take(read.answers)
        mark = read.mark
        assert close(found.hindsight(), look_back(store.past().answers))


def close(one: Hindsight, other: Hindsight) -> bool:
    """The same but for the last digits of sums."""
    pairs = zip(one.predictions, other.predictions, strict=True)
    return one.days == other.days and all(
        (a.percent, a.count, a.recalled) == (b.percent, b.count, b.recalled)
        and isclose(a.predicted, b.predicted, rel_tol=1e-12)
        for a, b in pairs
    )


def test_an_undo_before_the_mark_ends_it(store: Store) -> None:
    answer = Answers(store)
    answer("card")
    mark = store.past().mark
    answer("card")
    assert store.past(mark).goes_on
    store.undo()
    assert store.past(mark).goes_on  # what came after the mark is none of its business
    store.undo()
    assert not store.past(mark).goes_on
    store.redo()
    assert store.past(mark).goes_on


def test_a_late_arrival_ends_a_mark(store: Store) -> None:
    answer = Answers(store)
    answer("card")
    mark = store.past().mark
    answer("card")
    with store.writing() as connection:
        newest = select(func.max(tables.events.c.seq)).scalar_subquery()
        late = update(tables.events).where(tables.events.c.seq == newest)
        connection.execute(late.values(clock=mark.clock - 1))
    read = store.past(mark)
    assert (read.goes_on, len(read.answers.cards)) == (False, 2)


@pytest.mark.parametrize("field", ["device", "event", "undone", "parameters"])
def test_a_mark_of_another_log_does_not_hold(store: Store, field: str) -> None:
    answer = Answers(store)
    answer("card")
    mark = store.past().mark
    assert store.past(mark).goes_on
    other = replace(mark, **{field: "other"})  # type: ignore[arg-type]
    assert not store.past(other).goes_on
    assert not store.past(replace(mark, seq=mark.seq + 1)).goes_on


def test_a_setting_before_the_mark_ends_it_and_a_later_one_does_not(store: Store) -> None:
    answer = Answers(store)
    answer("card")
    mark = store.past().mark
    other = Scheduler([*(w * 1.05 for w in SCHEDULER.parameters[:17]), *SCHEDULER.parameters[17:]])
    store.review("card", Rating.GOOD, ms=900, how="self", scheduler=other)
    assert store.past(mark).goes_on
    with store.writing() as connection:
        newest = tables.events.c.kind == "scheduler"
        connection.execute(update(tables.events).where(newest).values(clock=1))
    assert not store.past(mark).goes_on
