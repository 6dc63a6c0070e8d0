from __future__ import annotations

from typing import Any

import pytest

from quizapp.exercises.grading import mark
from quizapp.exercises.scoring import SchemeError
from tests.exercises.small_families import CHAIN, LOOP, posed

NUMBERS = posed(CHAIN, a=[1, 3])
RIGHT = {"double": [2, 6], "moved": [3, 7], "total": 10}


def test_every_line_counts_one() -> None:
    assert mark(NUMBERS, {"double": [2, 6]}).score == pytest.approx(1 / 3)


def test_a_scheme_weighs_the_lines() -> None:
    assert mark(NUMBERS, {"double": [2, 6]}, {"double": 4, "total": 3}).score == 0.5


def test_blank_lines_above_a_right_final_earn_theirs() -> None:
    assert mark(NUMBERS, {"total": 10}).score == 1.0


def test_a_wrong_line_above_a_right_final_does_not() -> None:
    assert mark(NUMBERS, {**RIGHT, "double": [9, 8]}).score == pytest.approx(2 / 3)


def test_an_unreadable_line_costs_no_more_than_a_blank_one() -> None:
    marking = mark(NUMBERS, {**RIGHT, "double": "2 six"})
    assert marking.line("double").verdict == "invalid"
    assert marking.score == 1.0


def test_half_a_line_earns_nothing_yet() -> None:
    assert mark(NUMBERS, {"double": [2, None]}).score == 0.0


def test_half_a_line_under_another_convention_earns_nothing_yet() -> None:
    assert mark(NUMBERS, {"moved": [12, None]}).score == 0.0


def test_another_convention_earns_full_points() -> None:
    assert mark(NUMBERS, {"double": [2, 6], "moved": [12, 16], "total": 28}).score == 1.0


def test_a_printed_convention_earns_none() -> None:
    printed = posed(CHAIN, a=[1, 3], printed=frozenset({"by"}))
    marking = mark(printed, {"double": [2, 6], "moved": [12, 16], "total": 28})
    assert [line.share for line in marking.lines] == [1.0, 0.0, 1.0]


def test_a_slip_in_one_row_costs_one_row() -> None:
    problem = posed(LOOP, start=1, gain=[2, 3, 4])
    marking = mark(problem, {"level": [3, 3, 7], "sign": [1, 1, 1], "end": 7})
    assert marking.line("level").share == pytest.approx(2 / 3)
    assert marking.line("end").share == 1.0


def test_a_printed_convention_in_one_row_costs_one_row() -> None:
    problem = posed(LOOP, start=1, gain=[2, 3, 4], printed=frozenset({"way"}))
    marking = mark(problem, {"level": [3, 9, 13]})
    assert marking.line("level").verdict == "convention"
    assert marking.line("level").share == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    "scheme",
    [
        [1],
        {"dubble": 1},
        {"double": -1},
        {"double": True},
        {"double": "1"},
        {"double": float("nan")},
    ],
)
def test_points_that_make_no_sense_are_refused(scheme: Any) -> None:
    with pytest.raises(SchemeError):
        mark(NUMBERS, RIGHT, scheme)


def test_a_scheme_without_points_scores_nothing() -> None:
    assert mark(NUMBERS, RIGHT, dict.fromkeys(RIGHT, 0)).score == 0.0
