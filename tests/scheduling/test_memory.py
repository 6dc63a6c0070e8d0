from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import fsrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.scheduling.balance import fuzzed
from quizapp.scheduling.days import study_day
from quizapp.scheduling.memory import (
    CardMemory,
    Rating,
    Scheduler,
    describe_interval,
    microseconds,
)

AGAIN, HARD, GOOD, EASY = Rating
DAY = date(2025, 3, 1)
NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)
SCHEDULER = Scheduler()
ratings = st.sampled_from(list(Rating))


def interval(memory: CardMemory) -> int | timedelta:
    """Whole days in review, a timedelta in learning (answered at noon)."""
    if memory.due_day is not None:
        return (memory.due_day - memory.last_day).days
    noon = datetime.combine(memory.last_day, NOON.timetz())
    return timedelta(microseconds=(memory.due_at or 0) - microseconds(noon))


def history(
    given_ratings: list[Rating], card: str = "card", scheduler: Scheduler = SCHEDULER
) -> list[int | timedelta]:
    """The intervals of a card answered on its due day, at noon."""
    memory, day, found = None, DAY, []
    for rating in given_ratings:
        at = datetime.combine(day, NOON.timetz())
        memory = scheduler.answer(memory, rating, at, day, card)
        found.append(interval(memory))
        day = memory.due_day or day
    return found


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("given_ratings", "intervals"),
    [
        ([AGAIN, GOOD, GOOD], [MINUTE, 10 * MINUTE, 1]),
        ([HARD, HARD], [5.5 * MINUTE, 5.5 * MINUTE]),
        ([EASY], [8]),
        ([GOOD, GOOD, GOOD, GOOD, GOOD], [10 * MINUTE, 2, 11, 48, 162]),
        ([GOOD, GOOD, GOOD, AGAIN, GOOD, GOOD], [10 * MINUTE, 2, 11, 10 * MINUTE, 2, 5]),
        ([EASY, EASY, EASY], [8, 67, 417]),
    ],
)
def test_golden_histories(given_ratings: list[Rating], intervals: list[int | timedelta]) -> None:
    assert history(given_ratings) == intervals


def test_a_higher_retention_gives_shorter_intervals() -> None:
    assert history([EASY, GOOD], scheduler=Scheduler(retention=0.97)) == [2, 4]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ratings, st.integers(0, 90), st.integers(0, 86_399)), max_size=25))
def test_the_wrapper_agrees_with_py_fsrs_to_the_bit(
    answers: list[tuple[Rating, int, int]],
) -> None:
    oracle = fsrs.Scheduler(enable_fuzzing=False)
    card = fsrs.Card(7, due=NOON)
    memory, day = None, DAY
    for rating, gap, second in answers:
        day += timedelta(days=gap)
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        at = midnight + timedelta(seconds=second)
        memory = SCHEDULER.answer(memory, rating, at, day, "x")
        card, _ = oracle.review_card(card, fsrs.Rating(int(rating)), midnight)
        assert (memory.stability, memory.difficulty) == (card.stability, card.difficulty)
        assert memory.phase == card.state.name.lower()
        assert memory.step == card.step
        assert SCHEDULER.retrievability(memory, day + timedelta(days=9)) == (
            oracle.get_card_retrievability(card, midnight + timedelta(days=9))
        )
        if memory.due_day is None:
            assert memory.due_at == microseconds(at + (card.due - midnight))
        else:
            assert memory.due_day == day + timedelta(
                days=fuzzed((card.due - midnight).days, "x", memory.reps)
            )


@settings(max_examples=60, deadline=None)
@given(st.lists(ratings, max_size=12), st.integers(0, 400), st.text(max_size=5))
def test_the_interval_shown_is_the_interval_given(past: list[Rating], gap: int, card: str) -> None:
    memory, day = None, DAY
    for rating in past:
        memory = SCHEDULER.answer(memory, rating, NOON, day, card)
    day += timedelta(days=gap)
    at = NOON + timedelta(days=gap)
    shown = SCHEDULER.preview(memory, at, day, card)
    assert list(shown) == list(Rating)
    for rating in Rating:
        assert SCHEDULER.answer(memory, rating, at, day, card) == shown[rating]
    days = [shown[rating].due_day for rating in (HARD, GOOD, EASY)]
    known = [due for due in days if due is not None]
    assert known == sorted(known)


def test_a_memory_is_due_at_a_moment_or_on_a_day() -> None:
    learning = SCHEDULER.answer(None, GOOD, NOON, DAY, "x")
    review = SCHEDULER.answer(learning, GOOD, NOON, DAY, "x")
    assert (learning.phase, learning.due_day) == ("learning", None)
    assert (review.phase, review.due_at) == ("review", None)


def test_repetitions_and_lapses_are_counted() -> None:
    memory = None
    for rating in (AGAIN, GOOD, GOOD, AGAIN, AGAIN, GOOD):
        memory = SCHEDULER.answer(memory, rating, NOON, DAY, "x")
    assert memory is not None
    assert (memory.reps, memory.lapses, memory.phase) == (6, 1, "review")


def test_midnight_and_the_clock_change_make_no_day_of_their_own() -> None:
    """The 22 hours from 6:00 to 4:00 on the spring change are one study day."""
    berlin = ZoneInfo("Europe/Berlin")
    evening = datetime(2025, 3, 29, 6, tzinfo=berlin)
    morning = datetime(2025, 3, 30, 4, 1, tzinfo=berlin)
    first = SCHEDULER.answer(None, EASY, evening, study_day(evening), "x")
    next_day = SCHEDULER.answer(first, GOOD, morning, study_day(morning), "x")
    same_day = SCHEDULER.answer(first, GOOD, morning, study_day(evening), "x")
    assert (next_day.last_day - first.last_day).days == 1
    assert next_day.stability > same_day.stability


def test_a_step_runs_from_the_real_time_of_the_answer() -> None:
    at = datetime(2025, 3, 30, 1, 55, tzinfo=ZoneInfo("Europe/Berlin"))
    memory = SCHEDULER.answer(None, GOOD, at, study_day(at), "x")
    assert memory.due_at == microseconds(at) + 600_000_000


def test_an_answer_on_an_earlier_day_counts_as_the_same_day() -> None:
    """Whoever flies west can arrive the day before."""
    memory = SCHEDULER.answer(None, EASY, NOON, DAY, "x")
    west = SCHEDULER.answer(memory, GOOD, NOON, DAY - timedelta(days=1), "x")
    same = SCHEDULER.answer(memory, GOOD, NOON, DAY, "x")
    assert west.stability == same.stability


@given(st.integers(1, 36_500), st.text(max_size=12), st.integers(1, 1000))
def test_fuzz_stays_within_five_per_cent(days: int, card: str, reps: int) -> None:
    moved = fuzzed(days, card, reps)
    assert abs(moved - days) <= days * 0.05
    assert moved == fuzzed(days, card, reps)
    if days < 3:
        assert moved == days


@given(st.integers(1, 3000), st.text(max_size=12), st.integers(1, 1000))
def test_fuzz_keeps_the_order_of_intervals(days: int, card: str, reps: int) -> None:
    assert fuzzed(days, card, reps) <= fuzzed(days + 1, card, reps)


def test_fuzz_spreads_cards_over_its_whole_range() -> None:
    assert {fuzzed(100, f"card-{n}", 4) for n in range(500)} == set(range(95, 106))


def test_recall_falls_from_one_to_the_retention_on_the_stability() -> None:
    memory = SCHEDULER.answer(None, EASY, NOON, DAY, "x")
    exact = replace(memory, stability=10.0)
    assert SCHEDULER.retrievability(exact, DAY) == 1.0
    assert SCHEDULER.retrievability(exact, DAY + timedelta(days=10)) == pytest.approx(0.9)
    recall = [SCHEDULER.retrievability(exact, DAY + timedelta(days=n)) for n in range(60)]
    assert all(a > b for a, b in pairwise(recall))


@pytest.mark.parametrize(
    ("due", "text"),
    [
        (timedelta(seconds=20), "<1m"),
        (timedelta(seconds=-20), "<1m"),
        (timedelta(minutes=1), "1m"),
        (timedelta(minutes=5.5), "6m"),
        (timedelta(minutes=10), "10m"),
        (timedelta(minutes=90), "1.5h"),
        (timedelta(hours=2), "2h"),
        (timedelta(hours=60), "3d"),
    ],
)
def test_steps_are_described_by_the_clock(due: timedelta, text: str) -> None:
    memory = CardMemory("learning", 0, 1.0, 5.0, microseconds(NOON + due), None, DAY, 1, 0)
    assert describe_interval(memory, NOON, DAY) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [(-2, "0d"), (0, "0d"), (3, "3d"), (30, "30d"), (37, "1.2mo"), (61, "2mo"), (548, "1.5y")],
)
def test_reviews_are_described_by_days(days: int, text: str) -> None:
    due = DAY + timedelta(days=days)
    memory = CardMemory("review", None, 1.0, 5.0, None, due, DAY, 1, 0)
    assert describe_interval(memory, NOON, DAY) == text


@pytest.mark.parametrize("retention", [0.0, 1.0, -1.0, 1.5])
def test_an_impossible_retention_is_refused(retention: float) -> None:
    with pytest.raises(ValueError, match="retention"):
        Scheduler(retention=retention)


def test_parameters_out_of_bounds_are_refused() -> None:
    with pytest.raises(ValueError, match="out of bounds"):
        Scheduler([99.0] * 21)


def test_schedulers_are_equal_by_their_settings() -> None:
    assert Scheduler() == Scheduler(SCHEDULER.parameters)
    assert Scheduler() != Scheduler(retention=0.8)
    assert len({Scheduler(), Scheduler(), Scheduler(retention=0.8)}) == 2
