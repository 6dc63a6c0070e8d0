"""What the lines of a problem would be under other conventions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from quizapp.exercises.catalogue import families, family
from quizapp.exercises.differing import differences
from quizapp.exercises.generate import generate
from quizapp.exercises.problem import Problem, read_problem
from quizapp.exercises.worked import matters
from tests.exercises import nested

SQUARED = {"family": "squared-error", "givens": {"z": [1.0, 3.0], "t": [0.0, 1.0]}}


def told(problem: Problem) -> list[tuple[str, str, list[str]]]:
    return [(one.convention, one.value, list(one.lines)) for one in differences(problem)]


def test_the_half_of_the_squared_error() -> None:
    (without,) = differences(read_problem(SQUARED))  # of two outputs the mean is half the sum
    assert (without.convention, without.value) == ("squared_error", "sum")
    assert list(without.lines) == ["E", "gradient"]
    assert without.lines["E"] == pytest.approx(5.0)
    assert np.allclose(without.lines["gradient"], [2.0, 4.0])


def test_lines_before_the_numbers_part_are_left_out() -> None:
    problem = generate(family("l2-step"), seed=7, level=2)
    assert told(problem) == [
        ("l2", "half-lambda", ["penalty", "loss_reg", "penalty_grad", "w_new"])
    ]


def test_a_convention_that_changes_nothing_is_not_told() -> None:
    assert told(generate(family("attention"), seed=7)) == []
    zero_bias: dict[str, Any] = {
        "family": "hopfield-energy",
        "givens": {"W": [[0, 1], [1, 0]], "b": [0, 0], "y": [1, 1]},
    }
    assert told(read_problem(zero_bias)) == []


def test_a_reading_that_the_givens_do_not_allow_is_left_out() -> None:
    wide: dict[str, Any] = {
        "family": "mlp-forward",
        "givens": {
            "x": [1, 2, 3], "W1": [[1, 0, 1], [0, 1, 1]], "b1": [0, 0], "W2": [[1, 1]], "b2": [0],
            "f": "relu", "out": "identity",
        },
    }  # fmt: skip
    problem = read_problem(wide)
    assert matters(problem) == ["layout"]
    assert differences(problem) == []


@pytest.mark.parametrize("family_id", [of.id for of in families() if of.conventions])
def test_what_differs_is_what_matters(family_id: str) -> None:
    of = family(family_id)
    for level in of.levels:
        problem = generate(of, seed=11, level=level)
        found = differences(problem)
        assert {one.convention for one in found} <= set(matters(problem))
        right = problem.solve()
        for one in found:
            assert one.value in of.conventions[one.convention]
            assert one.value != problem.conventions[one.convention]
            other = read_problem(
                {
                    **problem.as_json(),
                    "conventions": {**problem.conventions, one.convention: one.value},
                }
            ).solve()
            for step in of.by_name:
                same = nested.alike(other[step], right[step], 0.0, 1e-8)
                assert same == (step not in one.lines)
