from __future__ import annotations

import numpy as np
import pytest

from quizapp.exercises.family import Given, Step
from quizapp.exercises.grading import mark
from quizapp.exercises.rounding import shake
from quizapp.exercises.tolerance import Steady, farthest, margin
from tests.exercises.small_families import declared, posed


def test_what_equals_an_exact_value_was_not_rounded() -> None:
    written = np.array([1 / 3, 0.333, 0.123])
    assert Steady(written, 3, [np.array([1 / 3] * 3), None]).entries.tolist() == [
        True,
        False,
        False,
    ]


def test_two_digits_less_than_asked_are_exact() -> None:
    written = np.array([0.5, 2.0, 0.25, -1.5, 0.0])
    assert Steady(written, 3, []).entries.tolist() == [True, True, False, True, True]


def test_exact_values_of_another_shape_tell_nothing() -> None:
    assert Steady(np.array([0.123, 0.456]), 3, [np.array([0.123])]).entries.tolist() == [False] * 2


def test_steady_entries_are_not_shaken() -> None:
    off = shake(np.array([0.25, 0.123]), 3, 7, steady=np.array([True, False]))
    assert off[0] == 0.25
    assert 0 < abs(off[1] - 0.123) <= 0.0005


def test_the_tolerance_has_bounds() -> None:
    truth, unit = np.array([0.1, 100.0]), np.array([1e-3, 1e-3])
    bound = farthest(truth, unit, 3)
    assert bound == pytest.approx([0.0275, 2.525])
    assert margin(truth, unit, 3, lambda _: np.array([1e9, 0.5])) == pytest.approx([0.0285, 0.501])


QUOTIENT = declared(
    [Given("a", "a", "a number"), Given("b", "b", "a number")],
    [
        Step("square", "Square", "b^2", lambda b: b * b),
        Step("quotient", "Quotient", r"\frac{a}{b^2}", lambda a, square: a / square, final=True),
    ],
)


@pytest.mark.parametrize("quotient", [-5.0, 0.0, 300.0, 4000.0])
def test_a_divisor_that_rounding_swallows_lets_no_answer_pass(quotient: float) -> None:
    small = posed(QUOTIENT, a=1.0, b=0.03)  # 0.0009 is 0.001 with three decimals, or 0
    assert not mark(small, {"quotient": quotient}).line("quotient").verdict.right
    assert mark(small, {"quotient": 1 / 0.0009}).line("quotient").verdict.right


def test_such_a_variant_is_not_worth_setting() -> None:
    steps = QUOTIENT.by_name
    assert posed(QUOTIENT, a=1.0, b=0.03).truth.breaks(steps["quotient"])
    assert not posed(QUOTIENT, a=1.0, b=0.5).truth.breaks(steps["quotient"])
