"""How well parameters foresee answers, against py-fsrs and by counting."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.scheduling.histories import LONGEST_ITEM, Answer, Histories
from quizapp.scheduling.memory import CardMemory, Rating, Scheduler
from tests.scheduling.learners import FIRST_DAY, STANDARD, forgetful, learn

# Cards are answered in any order, and now and then the day before the last answer.
_steps = st.tuples(st.sampled_from("abc"), st.integers(-1, 60), st.integers(1, 4))


def history(steps: list[tuple[str, int, int]]) -> list[Answer]:
    day, answers = FIRST_DAY, []
    for card, days, rating in steps:
        day += timedelta(days=days)
        answers.append(Answer(card, day, rating))
    return answers


def by_py_fsrs(answers: list[Answer], parameters: tuple[float, ...]) -> list[tuple[float, bool]]:
    """Predicted recall and what happened, for what can be foreseen, by replay."""
    scheduler = Scheduler(parameters)
    memories: dict[str, CardMemory] = {}
    found = []
    for answer in answers:
        memory = memories.get(answer.card)
        if memory is not None and answer.day > memory.last_day:
            recall = scheduler.retrievability(memory, answer.day)
            found.append((recall, answer.rating > 1))
        at = datetime.combine(answer.day, datetime.min.time(), UTC)
        memories[answer.card] = scheduler.answer(
            memory, Rating(answer.rating), at, answer.day, answer.card
        )
    return found


def loss(predicted: list[tuple[float, bool]]) -> float:
    return -sum(math.log(p if recalled else 1 - p) for p, recalled in predicted) / len(predicted)


@settings(max_examples=60, deadline=None)
@given(st.lists(_steps, max_size=40), st.sampled_from([STANDARD, forgetful()]))
def test_predictions_are_those_of_py_fsrs(
    steps: list[tuple[str, int, int]], parameters: tuple[float, ...]
) -> None:
    answers = history(steps)
    histories = Histories(answers)
    ours = histories.predicted(parameters)[histories.foreseeable]
    theirs = [recall for recall, _ in by_py_fsrs(answers, parameters)]
    assert sorted(ours) == pytest.approx(sorted(theirs), abs=1e-9)


def test_log_loss_is_that_of_a_replay_by_py_fsrs() -> None:
    answers = learn(STANDARD, 300)
    histories = Histories(answers)
    for parameters in (STANDARD, forgetful()):
        fit = histories.fit(histories.predicted(parameters), histories.foreseeable)
        assert fit.log_loss == pytest.approx(loss(by_py_fsrs(answers, parameters)), rel=1e-9)


def test_the_calibration_error_is_counted_group_by_group() -> None:
    answers = learn(forgetful(), 300)
    predicted = iter(by_py_fsrs(answers, STANDARD))
    groups: defaultdict[tuple[int, ...], list[tuple[float, bool]]] = defaultdict(list)
    before: defaultdict[str, list[tuple[date, int]]] = defaultdict(list)
    seen: defaultdict[str, int] = defaultdict(int)
    lapses: defaultdict[str, int] = defaultdict(int)
    for answer in answers:
        card, past = answer.card, before[answer.card]
        if past and answer.day > past[-1][0]:
            seen[card] += 1
            days = (answer.day - past[-1][0]).days
            group = (
                math.floor(math.log(days, 3.62)),
                math.floor(math.log(seen[card] + 1, 1.89)),
                math.floor(math.log(lapses[card], 1.73)) if lapses[card] else -1,
            )
            groups[group].append(next(predicted))
            lapses[card] += answer.rating == 1
        past.append((answer.day, answer.rating))
    total, squares = 0, 0.0
    for members in groups.values():
        off = sum(p - recalled for p, recalled in members) / len(members)
        total += len(members)
        squares += len(members) * off**2
    assert len(groups) > 5
    histories = Histories(answers)
    fit = histories.fit(histories.predicted(STANDARD), histories.foreseeable)
    assert fit.rmse == pytest.approx(math.sqrt(squares / total), rel=1e-9)


def test_items_are_histories_up_to_each_foreseeable_answer_in_order() -> None:
    answers = history(
        [("a", 0, 1), ("a", 0, 3), ("b", 0, 4), ("b", 2, 3), ("a", 1, 2), ("a", 9, 3)]
    )
    day = FIRST_DAY.toordinal()
    b, a = ((4, 0), (3, 2)), ((1, 0), (3, 0), (2, 3))
    assert Histories(answers).items(day + 99) == [b, a, (*a, (3, 9))]
    assert Histories(answers).items(day + 12) == [b, a]
    assert Histories(answers).items(day) == []


def test_only_so_much_of_one_card_is_trained_on() -> None:
    answers = history([("a", 1, 3)] * (LONGEST_ITEM + 50))
    items = Histories(answers).items(10**7)
    assert max(map(len, items)) == LONGEST_ITEM


def test_nothing_answered_is_nothing_foreseeable() -> None:
    histories = Histories([])
    assert not histories.foreseeable.any()
    assert len(histories.predicted(STANDARD)) == 0
    assert histories.items(10**7) == []


@pytest.mark.parametrize("rating", [1, 2, 3, 4])
def test_absurd_histories_end_in_numbers(rating: int) -> None:
    days = [date.min, date.max] * 30 + [FIRST_DAY] * 500
    histories = Histories(Answer("x", day, rating) for day in days)
    fit = histories.fit(histories.predicted(STANDARD), histories.foreseeable)
    assert np.isfinite([fit.log_loss, fit.rmse]).all()


def test_the_library_foresees_the_same() -> None:
    fsrs_rs = pytest.importorskip("fsrs_rs_python")
    histories = Histories(learn(STANDARD, 60))
    model = fsrs_rs.FSRS(list(STANDARD))
    items = histories.items(10**7)
    # It weighs the items of a list by their age, so one at a time.
    losses = [
        model.evaluate([fsrs_rs.FSRSItem([fsrs_rs.FSRSReview(*pair) for pair in item])]).log_loss
        for item in items
    ]
    ours = histories.losses(histories.predicted(STANDARD))[histories.foreseeable]
    assert len(losses) == len(ours) > 50
    assert sorted(ours) == pytest.approx(sorted(losses), abs=2e-3)
