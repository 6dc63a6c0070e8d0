"""Each figure against a count by hand over synthetic logs."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.study.figures.calendar import LEVELS, calendar
from quizapp.study.figures.calibration import Predicted, calibration
from quizapp.study.figures.exams import ExamMark, exams
from quizapp.study.figures.load import load
from quizapp.study.figures.mastery import ItemMastery, mastery
from quizapp.study.figures.memory import memory
from quizapp.study.figures.retention import Recall, retention
from quizapp.study.figures.time_spent import time_spent

TODAY = date(2026, 3, 4)
DAYS = st.integers(-400, 0).map(lambda n: TODAY + timedelta(days=n))
COUNTS = st.dictionaries(DAYS, st.integers(0, 300))


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


# The calendar --------------------------------------------------------------------------


@given(COUNTS)
def test_a_streak_is_counted_day_by_day(answers: dict[date, int]) -> None:
    found = calendar(answers, TODAY)
    active = {day for day, count in answers.items() if count}
    at = TODAY if TODAY in active else ago(1)
    streak = 0
    while at in active:
        streak, at = streak + 1, at - timedelta(days=1)
    longest = run = 0
    for n in range(400, -1, -1):
        run = run + 1 if ago(n) in active else 0
        longest = max(longest, run)
    assert (found.streak, found.longest) == (streak, longest)
    assert found.answers == sum(answers.values())
    assert {day.day: day.answers for day in found.days} == {d: answers[d] for d in active}


@given(COUNTS)
def test_more_answers_are_never_paler(answers: dict[date, int]) -> None:
    found = calendar(answers, TODAY)
    shades = [found.shade(count) for count in sorted(answers.values())]
    assert shades == sorted(shades)
    assert all((shade == 0) == (count == 0) for count, shade in
               zip(sorted(answers.values()), shades, strict=True))  # fmt: skip
    assert max(shades, default=0) <= LEVELS


def test_a_day_without_answers_so_far_does_not_end_the_streak() -> None:
    assert calendar({ago(1): 3, ago(2): 1}, TODAY).streak == 2
    assert calendar({ago(2): 3}, TODAY).streak == 0


# Retention -----------------------------------------------------------------------------

RECALLS = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda p: Recall(sum(p), p[0]))


@given(st.dictionaries(DAYS, st.tuples(RECALLS, RECALLS)))
def test_a_week_sums_its_days(days: dict[date, tuple[Recall, Recall]]) -> None:
    found = retention(
        {
            day: (young.answers, young.recalled, mature.answers, mature.recalled)
            for day, (young, mature) in days.items()
        }
    )
    for week in found.weeks:
        assert week.monday.weekday() == 0
        inside = [days.get(week.monday + timedelta(days=n)) for n in range(7)]
        young = [pair[0] for pair in inside if pair]
        assert week.young.answers == sum(one.answers for one in young)
        assert week.young.recalled == sum(one.recalled for one in young)
    assert found.mature.answers == sum(pair[1].answers for pair in days.values())
    assert found.mature.recalled == sum(pair[1].recalled for pair in days.values())
    gaps = {b.monday - a.monday for a, b in zip(found.weeks, found.weeks[1:], strict=False)}
    assert gaps <= {timedelta(days=7)}


def test_a_share_of_no_answers_is_none() -> None:
    assert Recall().share is None
    assert Recall(4, 3).share == pytest.approx(0.75)


# Load ----------------------------------------------------------------------------------


@given(st.lists(st.one_of(st.none(), st.integers(-50, 90))), st.integers(1, 40))
def test_every_card_is_due_once(due: list[int | None], days: int) -> None:
    counts = Counter(None if n is None else TODAY + timedelta(days=n) for n in due)
    found = load(counts, TODAY, days)
    assert found.overdue == sum(n is not None and n < 0 for n in due)
    assert found.later == sum(n is not None and n >= days for n in due)
    for ahead, day in enumerate(found.days):
        assert day.day == TODAY + timedelta(days=ahead)
        assert day.cards == sum(n == ahead or (n is None and ahead == 0) for n in due)
    assert found.cards == len(due)


# Stability and difficulty --------------------------------------------------------------

CARDS = st.lists(st.tuples(st.floats(0.001, 36500), st.floats(1, 10)))


@given(CARDS)
def test_every_card_is_in_one_class(cards: list[tuple[float, float]]) -> None:
    found = memory(*(sorted(card[place] for card in cards) for place in (0, 1)))
    for classes, place in ((found.stability, 0), (found.difficulty, 1)):
        for one in classes:
            inside = [c for c in cards if one.low <= c[place] and
                      (one.high is None or c[place] < one.high)]  # fmt: skip
            assert one.cards == len(inside)
    assert found.median_stability == (median([c[0] for c in cards]) if cards else None)


# Mastery -------------------------------------------------------------------------------

ITEMS = st.lists(
    st.builds(
        lambda n, topic, known: ItemMastery(f"item-{n}", topic, "", 2, 0 if known is None else 1,
                                            known),
        st.integers(), st.sampled_from("abc"), st.one_of(st.none(), st.floats(0, 1)),
    )
)  # fmt: skip


@given(ITEMS)
def test_a_topic_is_the_mean_of_its_items(items: list[ItemMastery]) -> None:
    found = mastery(items)
    assert [topic.topic for topic in found.topics] == list(dict.fromkeys(i.topic for i in items))
    for topic in found.topics:
        mine = [item for item in items if item.topic == topic.topic]
        assert list(topic.items) == mine
        assert topic.begun == sum(item.mastery is not None for item in mine)
        if topic.begun:
            known = sum(item.mastery or 0 for item in mine)
            assert topic.mastery == pytest.approx(known / len(mine))
        else:
            assert topic.mastery is None


# Calibration ---------------------------------------------------------------------------


@given(st.lists(st.tuples(st.floats(0, 0.9999), st.booleans())))
def test_bins_hold_the_answers_between_their_ends(answers: list[tuple[float, bool]]) -> None:
    found = calibration(
        Predicted(int(recall * 100), 1, recall, int(right)) for recall, right in answers
    )
    for one in found.bins:
        inside = [a for a in answers if one.low <= int(a[0] * 100) < one.high]
        assert one.answers == len(inside)
        if inside:
            assert one.predicted == pytest.approx(sum(a[0] for a in inside) / len(inside))
            assert one.actual == pytest.approx(sum(a[1] for a in inside) / len(inside))
    assert found.answers == len(answers)
    if answers:
        apart = [abs((one.predicted or 0) - (one.actual or 0)) * one.answers for one in found.bins]
        assert found.error == pytest.approx(sum(apart) / len(answers))


# Exams and time ------------------------------------------------------------------------


def test_exams_say_the_best_the_last_and_the_mean() -> None:
    marks = [ExamMark("A", ago(9), 10, 20, 60), ExamMark("B", ago(2), 9, 10, 60),
             ExamMark("C", ago(1), 0, 0, 0)]  # fmt: skip
    found = exams(marks)
    assert (found.best, found.last) == (0.9, 0.0)
    assert found.mean == pytest.approx((0.5 + 0.9 + 0) / 3)
    assert exams([]).mean is None


SECONDS = st.dictionaries(DAYS, st.floats(0, 9000))


@given(SECONDS, SECONDS, SECONDS)
def test_no_second_is_lost(
    cards: dict[date, float], computations: dict[date, float], marks: dict[date, float]
) -> None:
    found = time_spent(cards, computations, marks, answers=7, today=TODAY)
    total = sum(map(sum, (cards.values(), computations.values(), marks.values())))
    assert found.seconds == pytest.approx(total)
    assert sum(week.seconds for week in found.weeks) == pytest.approx(total)
    assert found.a_card == pytest.approx(sum(cards.values()) / 7)
    if found.weeks:
        assert found.weeks[-1].monday <= TODAY < found.weeks[-1].monday + timedelta(days=7)
    for week in found.weeks:
        days = [week.monday + timedelta(days=n) for n in range(7)]
        assert week.cards == pytest.approx(sum(cards.get(day, 0) for day in days))
