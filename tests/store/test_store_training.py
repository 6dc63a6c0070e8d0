"""Trained parameters in the log: from when on they hold, and what takes them away again."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.scheduling.memory import Rating, Scheduler
from quizapp.store import log
from quizapp.store.events import SCHEDULER, TRAINING, Event
from quizapp.store.in_force import in_force
from quizapp.store.replay import Settings, replay
from quizapp.store.store import Store
from quizapp.store.sync import sync
from tests.scheduling.learners import STANDARD, forgetful
from tests.store.acting import act, undone
from tests.store.conftest import TestClock

if TYPE_CHECKING:
    from pathlib import Path

OTHER = (*[2 * stability for stability in STANDARD[:4]], *STANDARD[4:])
PLAIN = Scheduler()


def adopt(store: Store, parameters: tuple[float, ...], *, replay: bool = True) -> Event:
    return store.append(SCHEDULER, TRAINING, {"parameters": list(parameters), "replay": replay})


def answers(store: Store, clock: TestClock, count: int = 60, seed: int = 3) -> None:
    rng = random.Random(seed)
    for _ in range(count):
        scheduler = store.scheduler(rng.choices([0.9, 0.85], [9, 1])[0])
        rating = Rating(rng.choice([1, 2, 3, 3, 4]))
        store.review(f"c{rng.randrange(9)}", rating, ms=1, how="self", scheduler=scheduler)
        clock.pass_days(rng.choice([0.01, 1, 4]))


def rebuilt(store: Store) -> bool:
    states = store.states()
    store.rebuild()
    return store.states() == states


def test_a_training_reschedules_as_if_it_had_always_held(store: Store, clock: TestClock) -> None:
    answers(store, clock)
    before = store.states()
    adopt(store, OTHER)
    after = store.states()
    assert after != before
    memory = None
    for event in store.events("review", "c1"):
        scheduler = Scheduler(OTHER, Settings(store.events(SCHEDULER)).at(event).retention)
        rating = Rating(event.payload["rating"])
        memory = scheduler.answer(memory, rating, event.moment, event.day, "c1")
    assert after["c1"].memory == memory
    assert rebuilt(store)


def test_what_a_training_would_lead_to_is_what_it_leads_to(store: Store, clock: TestClock) -> None:
    answers(store, clock)
    adopt(store, forgetful(), replay=False)
    answers(store, clock, seed=4)
    foreseen = replay(store.events(), Settings(store.events(SCHEDULER), parameters=OTHER))
    adopt(store, OTHER)
    assert store.states() == foreseen


def test_without_replay_it_holds_from_the_next_answer_on(store: Store, clock: TestClock) -> None:
    answers(store, clock)
    before = store.states()
    adopt(store, OTHER, replay=False)
    assert store.states() == before
    memory = store.review("c1", Rating.GOOD, ms=1, how="self", scheduler=store.scheduler(0.9))
    event = store.last_event
    assert event is not None
    expected = Scheduler(OTHER).answer(
        before["c1"].memory, Rating.GOOD, event.moment, event.day, "c1"
    )
    assert memory == expected
    assert rebuilt(store)


def test_the_scheduler_of_now_has_the_trained_parameters(store: Store) -> None:
    assert store.scheduler(0.85) == Scheduler(retention=0.85)
    adopt(store, OTHER)
    assert store.scheduler(0.85) == Scheduler(OTHER, 0.85)
    adopt(store, forgetful(), replay=False)
    assert store.scheduler(0.9) == Scheduler(forgetful())


def test_taking_back_goes_back_training_by_training(store: Store, clock: TestClock) -> None:
    answers(store, clock)
    trail = [store.states()]
    trainings = []
    for parameters in (OTHER, forgetful()):
        trainings.append(adopt(store, parameters))
        trail.append(store.states())
    assert trail[0] != trail[1] != trail[2]
    for training in reversed(trainings):
        trail.pop()
        store.take_back(training)
        assert store.states() == trail[-1]
        assert rebuilt(store)
    assert store.scheduler(0.9) == PLAIN


def test_answers_since_a_training_are_kept_when_it_is_taken_back(
    store: Store, clock: TestClock, tmp_path: Path
) -> None:
    answers(store, clock)
    training = adopt(store, OTHER)
    answers(store, clock, seed=4)
    store.take_back(training)
    assert rebuilt(store)
    events = [event for event in store.events() if event.id != training.id]
    assert store.states() == replay(events, Settings(e for e in events if e.kind == SCHEDULER))
    assert store.scheduler(0.9) == PLAIN


def test_the_keys_for_undo_and_redo_leave_a_training_alone(store: Store) -> None:
    store.review("x", Rating.GOOD, ms=1, how="self", scheduler=PLAIN)
    training = adopt(store, OTHER)
    undone_answer = store.undo()
    assert undone_answer is not None
    assert undone_answer.kind == "review"
    assert store.scheduler(0.9) == Scheduler(OTHER)
    store.take_back(training)
    again = store.redo()
    assert again is not None
    assert again.id == undone_answer.id
    assert store.redo() is None
    assert store.scheduler(0.9) == PLAIN


def test_a_change_of_the_retention_leaves_trained_parameters(store: Store) -> None:
    store.review("x", Rating.GOOD, ms=1, how="self", scheduler=PLAIN)
    training = adopt(store, OTHER)
    store.review("x", Rating.GOOD, ms=1, how="self", scheduler=Scheduler(OTHER, 0.8))
    last = store.events(SCHEDULER)[-1]
    assert last.payload == {"retention": 0.8}
    assert Settings(store.events(SCHEDULER)).at(store.events()[-1]) == Scheduler(OTHER, 0.8)
    store.take_back(training)
    assert Settings(store.events(SCHEDULER)).at(store.events()[-1]) == Scheduler(retention=0.8)
    assert rebuilt(store)


def test_a_screen_that_has_not_noticed_a_training_does_not_end_it(store: Store) -> None:
    adopt(store, OTHER)
    memory = store.review("x", Rating.EASY, ms=1, how="self", scheduler=PLAIN)
    event = store.last_event
    assert event is not None
    assert memory == Scheduler(OTHER).answer(None, Rating.EASY, event.moment, event.day, "x")
    assert store.scheduler(0.9) == Scheduler(OTHER)
    assert rebuilt(store)


def test_a_computer_that_has_not_heard_of_a_training_does_not_end_it(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    clock = TestClock()
    with (
        Store.open(tmp_path / "one", clock=clock) as one,
        Store.open(tmp_path / "two", clock=clock) as two,
    ):
        answers(one, clock)
        training = adopt(one, OTHER)
        answers(two, clock, seed=5)  # which writes the standard parameters down, later
        for store in (one, two, one):
            sync(store, shared, lambda _: None)
        assert one.states() == two.states()
        assert two.scheduler(0.9) == Scheduler(OTHER)
        assert rebuilt(two)
        two.take_back(training)
        for store in (two, one):
            sync(store, shared, lambda _: None)
        assert one.states() == two.states()
        assert one.scheduler(0.9) == PLAIN
        assert rebuilt(one)


def training_act(store: Store, clock: TestClock, rng: random.Random) -> None:
    match rng.randrange(12):
        case 0:
            adopt(store, rng.choice([OTHER, forgetful(), STANDARD]), replay=rng.random() < 0.5)
        case 1:
            trainings = store.events(SCHEDULER, TRAINING)
            if trainings:
                store.take_back(rng.choice(trainings))
        case 2:
            scheduler = store.scheduler(rng.choice([0.8, 0.9]))
            store.review("c1", Rating.GOOD, ms=1, how="self", scheduler=scheduler)
        case _:
            act(store, clock, rng)


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_done_live_state_and_rebuild_agree(
    folder: Path, clock: TestClock, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizapp.store.engine.SYNCHRONOUS", "OFF")
    rng = random.Random(seed)
    with Store.open(folder, clock=clock) as store:
        for _ in range(8):
            for _ in range(60):
                training_act(store, clock, rng)
            states, taken_back = store.states(), undone(store)
            store.rebuild()
            assert store.states() == states
            assert undone(store) == taken_back
        settings = Settings(store.events(SCHEDULER))
        with store.reading() as connection:
            for event in store.events():
                assert in_force(connection, event.order) == settings.before(event.order)
        assert any(store.events(SCHEDULER, TRAINING))


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"parameters": None, "replay": True},
        {"parameters": [], "replay": True},
        {"parameters": [0.5] * 3},
        {"parameters": [10**400] * 21, "replay": True},
        {"parameters": ["1"] * 21},
        {"parameters": [{}] * 21},
        {"parameters": {"0": 1.0}},
        {"parameters": [1.0] * 35, "replay": True},
        {"parameters": [99.0] * 21, "retention": 10**400},
    ],
)
def test_a_training_that_cannot_be_read_changes_nothing(
    store: Store, clock: TestClock, payload: dict[str, Any]
) -> None:
    answers(store, clock, 20)
    adopt(store, OTHER)
    before = store.states()
    store.append(SCHEDULER, TRAINING, payload)
    store.append(SCHEDULER, "", payload)
    assert store.states() == before
    assert store.scheduler(0.9) == Scheduler(OTHER)
    assert rebuilt(store)


@pytest.mark.parametrize("retention", [None, "0.9", 0, 1, 10**400, True, [0.9]])
def test_a_retention_that_cannot_be_read_changes_nothing(store: Store, retention: Any) -> None:
    store.review("x", Rating.GOOD, ms=1, how="self", scheduler=PLAIN)
    store.append(SCHEDULER, "", {"retention": retention})
    with store.reading() as connection:
        assert in_force(connection, (log.last_clock(connection) + 1, "")).scheduler == PLAIN


def test_a_training_ahead_of_the_clock_holds_from_then_on(store: Store, clock: TestClock) -> None:
    clock.pass_days(300)
    ahead = adopt(store, OTHER, replay=False)
    clock.pass_days(-300)
    # Another device, which does not follow a clock that is months ahead.
    store.device = "another"
    answers(store, clock, 10)
    assert store.scheduler(0.9) == PLAIN
    assert all(event.clock < ahead.clock for event in store.events("review"))
    assert rebuilt(store)
