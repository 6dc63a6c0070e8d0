from __future__ import annotations

import pytest

from quizapp.scheduling.experience import experience
from quizapp.scheduling.memory import Scheduler
from quizapp.scheduling.past import FORGOTTEN, MOVED, Answers
from quizapp.scheduling.twin import Twin

DEFAULTS = Scheduler().parameters


def answers(*rows: tuple[int, int, int]) -> Answers:
    """Answers as (card, day, rating)."""
    cards, days, ratings = (list(column) for column in zip(*rows, strict=True))
    return Answers(("a", "b"), cards, days, ratings, [0] * len(rows), ((0, DEFAULTS),))


def test_reviews_on_a_later_day_count_with_the_days_since_the_answer_before() -> None:
    told = experience(answers((0, 10, 3), (1, 10, 4), (0, 10, 3), (0, 13, 1), (1, 17, 3)))
    assert told.elapsed.tolist() == [3.0, 7.0]
    assert told.recalled.tolist() == [False, True]
    assert told.stability[1] == pytest.approx(Twin(DEFAULTS).w[3])


def test_a_day_set_by_hand_is_no_answer() -> None:
    told = experience(answers((0, 10, 4), (0, 12, MOVED), (0, 15, 3)))
    assert told.elapsed.tolist() == [5.0]


def test_a_card_made_new_begins_again() -> None:
    told = experience(answers((0, 10, 4), (0, 12, FORGOTTEN), (0, 15, 4), (0, 16, 3)))
    assert told.elapsed.tolist() == [1.0]


def test_an_empty_log_teaches_nothing() -> None:
    empty = Answers((), [], [], [], [], ((0, DEFAULTS),))
    assert len(experience(empty).elapsed) == 0
