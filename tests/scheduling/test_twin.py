from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import fsrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.scheduling.memory import CardMemory, Rating, Scheduler
from quizapp.scheduling.twin import Twin

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
FIRST_DAY = date(2026, 1, 5)
LOW = fsrs.scheduler.LOWER_BOUNDS_PARAMETERS
HIGH = fsrs.scheduler.UPPER_BOUNDS_PARAMETERS
DEFAULTS = Scheduler().parameters

answers = st.lists(
    st.tuples(st.integers(0, 400), st.sampled_from(list(Rating))), min_size=1, max_size=15
)
near_defaults = st.lists(st.floats(0.7, 1.4), min_size=21, max_size=21).map(
    lambda factors: tuple(
        min(max(w * f, low), high)
        for w, f, low, high in zip(DEFAULTS, factors, LOW, HIGH, strict=True)
    )
)


def close(ours: Any, theirs: Any) -> bool:
    return bool(np.allclose(ours, theirs, rtol=1e-9, atol=1e-9))


def live(scheduler: Scheduler, history: list[tuple[int, Rating]]) -> list[CardMemory]:
    memory, day, memories = None, FIRST_DAY, []
    for gap, rating in history:
        day += timedelta(days=gap)
        memory = scheduler.answer(memory, rating, NOON, day, "c")
        memories.append(memory)
    return memories


def arrays(memory: CardMemory) -> tuple[np.ndarray, np.ndarray]:
    return np.array([memory.stability]), np.array([memory.difficulty])


@settings(max_examples=200, deadline=None)
@given(history=answers, parameters=st.one_of(st.just(DEFAULTS), near_defaults))
def test_agrees_with_py_fsrs_over_any_history(
    history: list[tuple[int, Rating]], parameters: tuple[float, ...]
) -> None:
    scheduler = Scheduler(parameters)
    twin = Twin.of(scheduler)
    memories = live(scheduler, history)
    stability, difficulty = twin.first(np.array([history[0][1]]))
    for (gap, rating), memory in zip(history[1:], memories[1:], strict=True):
        stability, difficulty = twin.after(stability, difficulty, gap, np.array([rating]))
        assert close(stability, memory.stability)
        assert close(difficulty, memory.difficulty)
    assert close(stability, memories[-1].stability)
    assert close(difficulty, memories[-1].difficulty)


@settings(max_examples=100, deadline=None)
@given(history=answers, days=st.integers(0, 2000))
def test_recall_is_that_of_the_live_scheduler(history: list[tuple[int, Rating]], days: int) -> None:
    scheduler = Scheduler()
    memory = live(scheduler, history)[-1]
    there = scheduler.retrievability(memory, memory.last_day + timedelta(days=days))
    assert close(Twin.of(scheduler).recall(np.array([memory.stability]), days), there)


@settings(max_examples=100, deadline=None)
@given(stability=st.floats(0.01, 30000), retention=st.floats(0.7, 0.97))
def test_intervals_are_those_of_py_fsrs(stability: float, retention: float) -> None:
    theirs = fsrs.Scheduler(desired_retention=retention)._next_interval(stability=stability)
    assert Twin(DEFAULTS, retention).interval(np.array([stability])).tolist() == [theirs]


@pytest.mark.parametrize("rating", list(Rating))
def test_a_learned_card_is_one_answered_good_until_it_is_in_review(rating: Rating) -> None:
    scheduler = Scheduler()
    memory = scheduler.answer(None, rating, NOON, FIRST_DAY, "c")
    while memory.phase != "review":
        memory = scheduler.answer(memory, Rating.GOOD, NOON, FIRST_DAY, "c")
    stability, difficulty = Twin.of(scheduler).learned(np.array([rating]))
    assert close(stability, memory.stability)
    assert close(difficulty, memory.difficulty)


@pytest.mark.parametrize("rating", list(Rating))
def test_a_reviewed_card_is_one_answered_until_it_is_in_review_again(rating: Rating) -> None:
    scheduler = Scheduler()
    before = live(scheduler, [(0, Rating.GOOD), (0, Rating.GOOD)])[-1]
    day = FIRST_DAY + timedelta(days=3)
    memory = scheduler.answer(before, rating, NOON, day, "c")
    while memory.phase != "review":
        memory = scheduler.answer(memory, Rating.GOOD, NOON, day, "c")
    stability, difficulty = Twin.of(scheduler).reviewed(*arrays(before), 3, np.array([rating]))
    assert close(stability, memory.stability)
    assert close(difficulty, memory.difficulty)


@settings(max_examples=100, deadline=None)
@given(stability=st.floats(0.01, 1000), difficulty=st.floats(1, 10), elapsed=st.integers(1, 400))
def test_outcomes_are_the_recall_and_what_good_and_again_lead_to(
    stability: float, difficulty: float, elapsed: int
) -> None:
    twin = Twin(DEFAULTS)
    card = np.array([stability]), np.array([difficulty])
    recall, kept, lost = twin.outcomes(*card, elapsed)
    assert close(recall, float(twin.recall(card[0], elapsed)[0]))
    for ours, rating in ((kept, Rating.GOOD), (lost, Rating.AGAIN)):
        whole = twin.reviewed(*card, elapsed, np.array([rating]))
        assert close(ours[0], float(whole[0][0]))
        assert close(ours[1], float(whole[1][0]))


@given(recall=st.floats(0.2, 0.999), elapsed=st.integers(1, 400))
def test_the_stability_for_a_recall_gives_that_recall(recall: float, elapsed: int) -> None:
    twin = Twin(DEFAULTS)
    stability = twin.stability_for(np.array([recall]), elapsed)
    assert close(twin.recall(stability, elapsed), recall)
