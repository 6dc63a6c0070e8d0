from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from quizapp.exercises.family import Given, GivenError, Step
from quizapp.exercises.shapes import MOST_ENTRIES, MOST_ROWS, read_givens, shown_shape
from tests.exercises.small_families import declared

Y = Step("y", "y", "y", lambda: 1.0, final=True)
TWO = declared([Given("A", "A", "a matrix", "n x m"), Given("x", "x", "a list", "m")], [Y])
KINDS = declared(
    [
        Given("s", "s", "signs", "n", kind="sign"),
        Given("k", "k", "a count", kind="integer", default=1),
        Given("f", "f", "a name", kind="text", choices=("a", "b"), default="a"),
        Given("r", "r", "lists", kind="ragged", default=[[1]]),
    ],
    [Y],
)


def test_numbers_become_arrays_and_floats() -> None:
    values = read_givens(KINDS, {"s": [1, -1], "k": 2}, {})
    assert isinstance(values["s"], np.ndarray)
    assert values["k"] == 2.0


def test_a_missing_given_has_its_default_or_is_missed() -> None:
    assert read_givens(KINDS, {"s": [1]}, {})["f"] == "a"
    with pytest.raises(GivenError, match="'s' is missing"):
        read_givens(KINDS, {}, {})


def test_a_misfit_names_both_shapes() -> None:
    with pytest.raises(GivenError) as caught:
        read_givens(TWO, {"A": [[1, 2], [3, 4]], "x": [1, 2, 3]}, {})
    assert caught.value.where == "x"
    assert caught.value.message == (
        "'x' has the shape a list of 3, but a list of m with m = 2 (from 'A') needs a list of 2."
    )


@pytest.mark.parametrize(
    ("givens", "told"),
    [
        ({"s": [0]}, "-1 or \\+1"),
        ({"s": [1, [2]]}, "rows differ"),
        ({"s": [True]}, "where a number is needed"),
        ({"s": ["1"]}, "where a number is needed"),
        ({"s": [float("nan")]}, "nan"),
        ({"s": [10**400]}, "rows differ|infinite"),
        ({"s": []}, "is needed"),
        ({"s": [[[[[1]]]]]}, "nested too deeply"),
        ({"s": [1], "k": 1.5}, "whole"),
        ({"s": [1], "f": "c"}, "one of a, b"),
        ({"s": [1], "f": ["a"]}, "one of a, b"),
        ({"s": [1], "r": []}, "list of lists"),
        ({"s": [1], "r": [[]]}, "list of lists"),
        ({"s": [1], "r": [[float("inf")]]}, "whole numbers"),
        ({"s": [1], "r": [[float("nan")]]}, "whole numbers"),
        ({"s": [1], "r": [[True]]}, "whole numbers"),
        ({"s": [1] * (MOST_ENTRIES + 1)}, "at most"),
        ({"s": [1], "zzz": 1}, "has no given 'zzz'"),
    ],
)
def test_what_does_not_fit_is_told(givens: dict[str, Any], told: str) -> None:
    with pytest.raises(GivenError, match=told):
        read_givens(KINDS, givens, {})


def test_matrices_that_could_be_multiplied_into_too_much_are_refused() -> None:
    with pytest.raises(GivenError, match="rows"):
        read_givens(TWO, {"A": [[1]] * (MOST_ROWS + 1), "x": [1]}, {})


def test_shapes_are_shown_in_words() -> None:
    assert [shown_shape(s) for s in ((), (4,), (2, 3))] == [
        "a single number",
        "a list of 4",
        "2 x 3",
    ]
