"""One answer by our formulas is one answer by py-fsrs, to the bit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import fsrs
from fsrs import scheduler as bounds
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizapp.scheduling.balance import fuzzed
from quizapp.scheduling.memory import CardMemory, Rating, Scheduler, microseconds

DEFAULTS = fsrs.Scheduler().parameters
FIRST = date(2025, 1, 1)
PARAMETERS = st.one_of(
    st.just(DEFAULTS),
    st.tuples(
        *(
            st.floats(low, high)
            for low, high in zip(
                bounds.LOWER_BOUNDS_PARAMETERS, bounds.UPPER_BOUNDS_PARAMETERS, strict=True
            )
        )
    ),
)
HISTORIES = st.lists(
    st.tuples(st.sampled_from([-3, 0, 0, 1, 2, 9, 40, 700]), st.sampled_from(list(Rating))),
    min_size=1,
    max_size=25,
)


def by_py_fsrs(
    card: fsrs.Card, live: fsrs.Scheduler, rating: Rating, at: datetime, day: date
) -> tuple[fsrs.Card, int | None, int | None]:
    """The card after an answer, when it falls due, and in how many days (before the fuzz)."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    card, _ = live.review_card(card, fsrs.Rating(int(rating)), midnight)
    interval = card.due - midnight
    if card.state is fsrs.State.Review:
        return card, None, interval.days
    return card, microseconds(at + interval), None


@settings(max_examples=300, deadline=None)
@given(PARAMETERS, st.floats(0.5, 0.99), HISTORIES)
@example(DEFAULTS, 0.9, [(9, rating) for _ in range(6) for rating in Rating])
def test_a_history_of_answers_is_that_of_py_fsrs(
    parameters: tuple[float, ...], retention: float, history: list[tuple[int, Rating]]
) -> None:
    ours = Scheduler(parameters, retention)
    live = fsrs.Scheduler(parameters, retention, enable_fuzzing=False)
    card, memory, day = fsrs.Card(1), None, FIRST
    for reps, (later, rating) in enumerate(history, start=1):
        day += timedelta(days=later)
        at = datetime(day.year, day.month, day.day, 12, 30, tzinfo=UTC)
        memory = ours.answer(memory, rating, at, day, "card")
        card, due_at, days = by_py_fsrs(card, live, rating, at, day)
        due_day = None if days is None else day + timedelta(fuzzed(days, "card", reps))
        lapses = memory.lapses  # py-fsrs does not count them
        assert memory == CardMemory(
            card.state.name.lower(),  # type: ignore[arg-type]
            card.step,
            card.stability or 0.0,
            card.difficulty or 0.0,
            due_at,
            due_day,
            day,
            reps,
            lapses,
        )
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        for ahead in (-1, 0, 1, 30):
            asked = midnight + timedelta(days=ahead)
            expected = live.get_card_retrievability(card, asked)
            assert ours.retrievability(memory, asked.date()) == expected


def test_a_lapse_is_an_again_in_review_only() -> None:
    scheduler, at = Scheduler(), datetime(2025, 1, 1, 12, tzinfo=UTC)
    memory = scheduler.answer(None, Rating.AGAIN, at, FIRST, "card")
    assert memory.lapses == 0
    memory = replace(memory, phase="review", step=None)
    memory = scheduler.answer(memory, Rating.AGAIN, at, FIRST, "card")
    assert (memory.phase, memory.lapses) == ("relearning", 1)
    assert scheduler.answer(memory, Rating.AGAIN, at, FIRST, "card").lapses == 1
