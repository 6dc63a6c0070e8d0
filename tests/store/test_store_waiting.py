"""What a queue asks the store by indexes is what the states of all cards say."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.store.store import Store
from tests.store.acting import act
from tests.store.conftest import Answers

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from quizapp.store.replay import CardState
    from tests.store.conftest import TestClock


def is_held(state: CardState, day: date) -> bool:
    """Whether a card stays out of the queue of a day."""
    return state.suspended or (state.buried_until is not None and state.buried_until > day)


def agree(store: Store, day: date) -> None:
    """Hold all answers of the store against the states."""
    states = store.states()
    memories = {card: state.memory for card, state in states.items() if state.memory}
    free = {card: memory for card, memory in memories.items() if not is_held(states[card], day)}
    due = {card: m.due_day for card, m in free.items() if m.due_day and m.due_day <= day}
    assert store.known() == memories.keys()
    assert store.held(day) == {card for card, state in states.items() if is_held(state, day)}
    assert set(store.learning()) == {card for card, m in memories.items() if m.due_at is not None}
    assert dict(store.due(day)) == {card: there.isoformat() for card, there in due.items()}
    days = [there for _, there in store.due(day)]
    assert days == sorted(days)
    assert [there for _, there in store.due(day, 3)] == days[:3]
    some = [card for n, card in enumerate(states) if n % 2]
    assert store.memories_of(some) == {c: memories[c] for c in some if c in memories}
    answered = {event.subject for event in store.events("review") if event.day == day}
    assert set(store.answered_on(day)) == answered


@pytest.mark.parametrize("seed", range(6))
def test_the_store_says_what_the_states_say(store: Store, clock: TestClock, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(40):
        for _ in range(rng.choice([0, 1, 6])):
            act(store, clock, rng)
        agree(store, clock.now.date())
        agree(store, clock.now.date() + timedelta(days=rng.randrange(30)))


def test_another_window_is_heard_of(store: Store, folder: Path, clock: TestClock) -> None:
    with Store.open(folder, clock=clock) as other:
        assert store.known() == set()
        Answers(other)("card")
        assert store.known() == {"card"}
        other.undo()
        assert store.known() == set()
        other.redo()
        assert store.known() == {"card"}
        other.forget("card")
        assert store.known() == set()


@pytest.mark.parametrize("names", [["a\nb", "a"], ["a\nb", "a", "b"], ["\n"], ["", "\n"]])
def test_an_id_with_a_line_feed_is_one_id(store: Store, names: list[str]) -> None:
    answer = Answers(store)
    for name in names:
        answer(name)
    assert store.known() == set(names)


def test_many_new_answers_at_once_are_heard_of(store: Store) -> None:
    answer = Answers(store)
    answer("first")
    assert store.known() == {"first"}
    with store.step() as step:
        for n in range(1_010):
            step.flag(f"card-{n}", 1)
    answer("last")
    assert store.known() == {"first", "last"}
