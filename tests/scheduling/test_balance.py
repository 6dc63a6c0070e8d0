"""Where a card comes back: within reach, in the order of the buttons, where least is to do."""

from __future__ import annotations

import random
import statistics
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.scheduling.balance import Load, fuzzed, reach, within
from quizapp.scheduling.memory import CardMemory, Rating, Scheduler

TODAY = date(2026, 1, 5)  # a Monday
AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
SCHEDULER = Scheduler()

counts = st.dictionaries(
    st.integers(1, 60).map(lambda days: TODAY + timedelta(days=days)), st.integers(0, 5)
)
easy = st.dictionaries(st.integers(0, 6), st.sampled_from([0.0, 0.25, 0.5, 1.0]))
days_off = st.frozensets(st.integers(1, 60).map(lambda days: TODAY + timedelta(days=days)))
loads = st.builds(Load, counts, easy, days_off)
memories = st.one_of(
    st.none(),
    st.builds(
        lambda stability, difficulty, ago, reps: CardMemory(
            "review", None, stability, difficulty, None, TODAY, TODAY - timedelta(ago), reps, 0
        ),
        st.floats(0.1, 300),
        st.floats(1, 10),
        st.integers(1, 400),
        st.integers(1, 30),
    ),
)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (1, (1, 1)), (2, (2, 2)), (3, (3, 4)), (4, (3, 5)), (7, (5, 9)), (10, (8, 12)),
        (20, (17, 23)), (100, (93, 107)), (365, (345, 385)),
    ],
)  # fmt: skip
def test_an_interval_reaches_as_far_as_the_manual_of_anki_says(
    days: int, expected: tuple[int, int]
) -> None:
    assert reach(days) == expected


@given(st.integers(1, 36_500))
def test_the_reach_is_a_day_and_a_share_of_each_part_of_the_interval(days: int) -> None:
    first, last = reach(days)
    if days < 2.5:
        assert (first, last) == (days, days)
        return
    bounds = [Fraction(5, 2), Fraction(7), Fraction(20), Fraction(max(days, 20))]
    moved = Fraction(1)
    for start, end, percent in zip(bounds, bounds[1:], (15, 10, 5), strict=False):
        moved += Fraction(percent, 100) * max(min(Fraction(days), end) - start, Fraction(0))
    assert abs(first - max(Fraction(days) - moved, Fraction(3))) <= Fraction(1, 2)
    assert abs(last - (days + moved)) <= Fraction(1, 2)


@given(st.integers(1, 36_499))
def test_a_longer_interval_reaches_further(days: int) -> None:
    assert reach(days)[0] <= reach(days + 1)[0]
    assert reach(days)[1] < reach(days + 1)[1]


@given(st.integers(1, 36_500), st.text(max_size=5), st.integers(1, 99))
def test_the_seeded_fuzz_lies_within_reach(days: int, card: str, reps: int) -> None:
    assert within(fuzzed(days, card, reps), days)


@given(memories, loads)
def test_what_a_button_shows_is_what_the_answer_gives(
    memory: CardMemory | None, load: Load
) -> None:
    shown = SCHEDULER.preview(memory, AT, TODAY, "x", load)
    for rating in Rating:
        assert SCHEDULER.answer(memory, rating, AT, TODAY, "x", load) == shown[rating]


@given(memories, loads)
def test_a_replay_takes_every_day_that_was_chosen(memory: CardMemory | None, load: Load) -> None:
    for rating, shown in SCHEDULER.preview(memory, AT, TODAY, "x", load).items():
        at = round(AT.timestamp() * 1_000_000)
        replayed = SCHEDULER.answer_at(memory, int(rating), at, TODAY, "x", shown.due_day)
        assert replayed == shown


@given(memories, loads)
def test_the_buttons_keep_their_order(memory: CardMemory | None, load: Load) -> None:
    plain = SCHEDULER.preview(memory, AT, TODAY, "x")
    shown = SCHEDULER.preview(memory, AT, TODAY, "x", load)
    days = [after.due_day for after in shown.values() if after.due_day is not None]
    assert days == sorted(days)
    stabilities = [after.stability for after in plain.values() if after.due_day is not None]
    intervals = [SCHEDULER._formulas.interval(stability) for stability in stabilities]
    assert [len({*intervals[:n]}) for n in range(5)] == [len({*days[:n]}) for n in range(5)]


@given(memories, loads)
def test_only_the_day_is_chosen(memory: CardMemory | None, load: Load) -> None:
    plain = SCHEDULER.preview(memory, AT, TODAY, "x")
    for rating, shown in SCHEDULER.preview(memory, AT, TODAY, "x", load).items():
        before = plain[rating]
        assert (shown.stability, shown.difficulty, shown.phase, shown.due_at) == (
            before.stability, before.difficulty, before.phase, before.due_at,
        )  # fmt: skip
        if before.due_day is not None:
            reached = SCHEDULER.days_in_reach(before, TODAY)
            assert reached is not None
            assert shown.due_day is not None
            assert reached[0] <= shown.due_day <= reached[1]


def days_of(load: Load, interval: int, seed: str = "x") -> int:
    (chosen,) = load.choose([interval], TODAY, seed)
    return chosen


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


def test_the_empty_day_is_taken() -> None:
    busy = {on(days): 9 for days in range(5, 16) if days != 11}
    assert days_of(Load(busy), 10) == 11


def test_a_day_off_is_not_taken_while_there_is_another() -> None:
    off = frozenset(on(days) for days in range(8, 13) if days != 12)
    assert days_of(Load({on(12): 50}, {}, off), 10) == 12
    assert 8 <= days_of(Load({}, {}, off | {on(12)}), 10) <= 12


def test_an_easy_day_brings_its_share() -> None:
    saturday = on(5)
    assert saturday.weekday() == 5
    busy = {on(days): 3 for days in range(3, 12)} | {saturday: 2}
    assert days_of(Load(busy), 5) == 5
    assert days_of(Load(busy, {5: 0.5}), 5) != 5
    assert days_of(Load(busy | {saturday: 0}, {5: 0.5}), 5) == 5
    assert days_of(Load(busy | {saturday: 0}, {5: 0.0}), 5) != 5


def test_cards_and_repetitions_part_where_days_are_alike() -> None:
    chosen = [days_of(Load(), 100, f"card-{n}") for n in range(300)]
    assert len(set(chosen)) > 5
    assert set(chosen) <= set(range(93, 108))
    assert chosen == [days_of(Load(), 100, f"card-{n}") for n in range(300)]


def lived(*, balanced: bool, seed: int, load: Load) -> list[int]:
    """How many cards came on each day from the tenth on, after a week with 80 new ones a day."""
    rng = random.Random(seed)
    memories: dict[str, CardMemory] = {}
    due: Counter[date] = Counter()
    came = []
    for number in range(70):
        day = on(number)
        waiting = [card for card, memory in memories.items() if memory.due_day == day]
        came.append(len(waiting))
        for card in waiting + [f"{number}-{n}" for n in range(80 if number < 5 else 0)]:
            memory = memories.get(card)
            due[day] -= memory is not None
            while memory is None or memory.due_day is None or memory.due_day == day:
                known = memory is None or rng.random() < SCHEDULER.retrievability(memory, day)
                rating = Rating.GOOD if known else Rating.AGAIN
                ahead = Load(due, load.easy_days, load.days_off) if balanced else None
                memory = SCHEDULER.answer(memory, rating, AT, day, card, ahead)
            memories[card] = memory
            due[memory.due_day] += 1
    return came[10:]


def test_the_load_is_spread_over_the_days() -> None:
    peaks = {True: 0.0, False: 0.0}
    spreads = {True: 0.0, False: 0.0}
    for seed in range(3):
        for balanced in (True, False):
            came = lived(balanced=balanced, seed=seed, load=Load())
            peaks[balanced] += max(came) / statistics.mean(came)
            spreads[balanced] += statistics.pstdev(came) / statistics.mean(came)
    assert peaks[True] < 0.8 * peaks[False]
    assert spreads[True] < 0.75 * spreads[False]


def test_easy_days_bring_less_and_days_off_hardly_anything() -> None:
    easy_days = {5: 0.5, 6: 0.0}
    off = frozenset(on(days) for days in (23, 24, 25))
    came = lived(balanced=True, seed=1, load=Load({}, easy_days, off))
    by_weekday = [statistics.mean(came[(n - 10) % 7 :: 7]) for n in range(7)]
    ordinary = statistics.mean(by_weekday[:5])
    assert by_weekday[5] < 0.8 * ordinary
    assert by_weekday[6] < 0.35 * ordinary
    assert sum(came[n - 10] for n in (23, 24, 25)) < ordinary


def test_intervals_that_do_not_rise_are_chosen_one_by_one() -> None:
    load = Load({on(days): days % 3 for days in range(60)})
    chosen = load.choose([9, 4, 4, 30], TODAY, "x")
    for days, interval in zip(chosen, [9, 4, 4, 30], strict=True):
        assert within(days, interval)
