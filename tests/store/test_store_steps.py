"""Several events at once: all or none, and taken back and brought back together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from quizapp.scheduling.memory import Rating
from quizapp.store.exchange import Union
from quizapp.store.store import Store
from tests.store.conftest import SCHEDULER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quizapp.store.events import Event
    from tests.store.conftest import Answers, TestClock

DAY = date(2025, 3, 1)
LATER = DAY + timedelta(days=9)


def failed_exercise(store: Store) -> list[Event]:
    """An exercise that went wrong: its attempt, its rating, two cards brought forward."""
    with store.step() as step:
        attempt = step.append("attempt", "attention", {"score": 0.2})
        step.review(
            "skill/attention",
            Rating.AGAIN,
            ms=9000,
            how="exercise",
            scheduler=SCHEDULER,
            more={"attempt": attempt.id},
        )
        step.reschedule("x", LATER, why="failed-skill")
        step.reschedule("y", LATER, why="failed-skill")
    return step.events


def test_all_but_the_first_event_name_the_first_one(store: Store) -> None:
    first, *others = failed_exercise(store)
    assert "with" not in first.payload
    assert [event.payload["with"] for event in others] == [first.id] * 3
    assert store.last_event == others[-1]
    assert [e for e in store.events() if e.kind != "scheduler"] == [first, *others]


def test_an_answer_says_what_else_belongs_to_it(store: Store) -> None:
    attempt, answer, *_ = failed_exercise(store)
    assert answer.payload == {
        "card": "skill/attention", "rating": 1, "ms": 9000, "how": "exercise",
        "attempt": attempt.id, "with": attempt.id,
    }  # fmt: skip


def test_one_undo_takes_all_of_it_back_and_one_redo_brings_all_back(
    store: Store, answer: Answers
) -> None:
    answer("x")
    before = store.states()
    step = failed_exercise(store)
    after = store.states()
    undone = store.undo()
    assert undone == step[1]  # the first event about a card
    assert store.last_turn is not None
    assert store.last_turn.events == tuple(step)
    assert store.states() == before
    assert store.events("attempt") == []
    assert store.redo() == undone
    assert store.states() == after
    assert store.events("attempt") == [step[0]]
    assert store.redo() is None


def test_undo_and_redo_of_a_step_survive_restarts(
    folder: Path, store: Store, clock: TestClock, answer: Answers
) -> None:
    answer("x")
    before = store.states()
    failed_exercise(store)
    after = store.states()
    store.close()
    for _ in range(2):
        with Store.open(folder, clock=clock) as again:
            again.undo()
            assert again.states() == before
        with Store.open(folder, clock=clock) as again:
            again.redo()
            assert again.states() == after


def test_undo_goes_back_step_by_step(store: Store, answer: Answers) -> None:
    answer("x")
    with store.step() as step:
        step.flag("x", 1)
        step.flag("y", 1)
    with store.step() as step:
        step.flag("x", 2)
        step.flag("y", 2)
    store.undo()
    assert (store.state("x").flag, store.state("y").flag) == (1, 1)
    store.undo()
    assert (store.state("x").flag, store.state("y").flag) == (0, 0)
    assert store.memory("x") is not None
    store.redo()
    store.redo()
    assert (store.state("x").flag, store.state("y").flag) == (2, 2)


def test_an_error_within_a_step_leaves_nothing_written(store: Store, answer: Answers) -> None:
    answer("x")
    before, last = store.events(), store.last_event

    def fails() -> None:
        with store.step() as step:
            step.review("x", Rating.GOOD, ms=1, how="", scheduler=SCHEDULER)
            step.flag("x", 3)
            step.append("attempt", "x", {"value": float("nan")})

    with pytest.raises(ValueError, match="JSON compliant"):
        fails()
    assert store.events() == before
    assert store.last_event == last
    assert store.state("x").flag == 0


def test_a_step_without_events_is_none(store: Store, answer: Answers) -> None:
    answer("x")
    with store.step():
        pass
    assert store.undo() is not None
    assert store.undo() is None


def test_settings_written_on_the_way_stay_when_the_step_is_taken_back(store: Store) -> None:
    with store.step() as step:
        step.flag("x", 1)
        step.review("x", Rating.GOOD, ms=1, how="", scheduler=SCHEDULER)
        step.flag("x", 2)
    assert [event.kind for event in store.events()] == ["flag", "scheduler", "review", "flag"]
    store.undo()
    assert store.states() == {}
    assert [event.kind for event in store.events()] == ["scheduler", "undo"]


def test_a_step_that_touches_no_card_is_out_of_reach(store: Store) -> None:
    with store.step() as step:
        step.append("cram", "x", {"card": "x", "rating": 3, "ms": 1, "why": "topic"})
        step.append("cram", "y", {"card": "y", "rating": 3, "ms": 1, "why": "topic"})
    assert store.undo() is None
    assert len(store.events("cram")) == 2
    assert store.states() == {}


def test_an_attempt_taken_back_by_itself_stays_so_after_undo_and_redo(store: Store) -> None:
    attempt, *_ = failed_exercise(store)
    store.undo()
    store.take_back(attempt)
    store.redo()
    assert store.events("attempt") == []
    states = store.states()
    store.rebuild()
    assert store.events("attempt") == []
    assert store.states() == states


def test_a_step_of_many_cards_is_one_too(store: Store) -> None:
    with store.step() as step:
        for number in range(1200):
            step.flag(f"c{number}", 1)
    store.undo()
    assert store.states() == {}
    store.redo()
    assert len(store.states()) == 1200


@pytest.fixture
def elsewhere(tmp_path: Path, clock: TestClock) -> Iterator[Store]:
    """Another computer, whose clock is two hours ahead."""
    with Store.open(tmp_path / "elsewhere", clock=lambda: clock() + timedelta(hours=2)) as other:
        yield other


def exchange(*stores: Store) -> None:
    for store in stores:
        for other in stores:
            with store.writing() as connection:
                union = Union(connection)
                union.add(other.events(undone=True))
                union.finish()


def agree(*stores: Store) -> bool:
    """Whether all have the same states, and those of a rebuild."""
    live = [store.states() for store in stores]
    for store in stores:
        store.rebuild()
    return all(states == live[0] for states in [*live, *(store.states() for store in stores)])


def test_a_step_among_later_events_of_another_device_is_taken_back_alone(
    store: Store, elsewhere: Store, answer: Answers
) -> None:
    answer("x")
    answer("y")
    exchange(store, elsewhere)
    failed_exercise(store)
    elsewhere.flag("x", 4)
    elsewhere.review("y", Rating.GOOD, ms=1, how="", scheduler=SCHEDULER)
    exchange(store, elsewhere)
    assert agree(store, elsewhere)
    between = store.state("x")
    assert between.memory is not None
    assert between.memory.due_day == LATER
    store.undo()
    state = store.state("x")
    assert state.flag == 4
    assert state.memory is not None
    assert state.memory.due_at is not None  # back in the learning steps
    exchange(store, elsewhere)
    assert agree(store, elsewhere)
    store.redo()
    exchange(store, elsewhere)
    assert agree(store, elsewhere)
    assert store.state("x") == between


def test_another_device_does_not_take_a_step_back(store: Store, elsewhere: Store) -> None:
    failed_exercise(store)
    exchange(store, elsewhere)
    assert elsewhere.undo() is None


def test_an_answer_before_a_forgetting_elsewhere_gives_its_own_memory(
    store: Store, elsewhere: Store, answer: Answers
) -> None:
    answer("x")
    exchange(store, elsewhere)
    elsewhere.forget("x")
    exchange(store, elsewhere)
    store._clock = lambda: elsewhere._clock() - timedelta(days=40)
    memory = store.review("x", Rating.GOOD, ms=1, how="", scheduler=SCHEDULER)
    assert memory.phase == "learning"
    assert store.memory("x") is None
    assert agree(store)
