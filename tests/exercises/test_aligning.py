from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.exercises.aligning import in_typed_order, names_by, renamed

NAN = float("nan")


@pytest.mark.parametrize(
    ("truth", "typed", "wanted"),
    [
        ([1, 1, 2], [1, 1, 2], [1, 1, 2]),
        ([1, 1, 2], [7, 7, 3], [7, 7, 3]),
        ([1, 1, 2], [7, 7, 7], [7, 7, np.inf]),
        ([1, 2, 2], [7, 3, 7], [7, 3, 3]),
        ([1, 1, 2], [NAN, 4, 5], [4, 4, 5]),
    ],
)
def test_colours_take_the_names_that_were_typed(
    truth: list[float], typed: list[float], wanted: list[float]
) -> None:
    assert renamed(np.array(truth, float), np.array(typed, float)).tolist() == wanted


def test_every_row_has_names_of_its_own() -> None:
    truth, typed = np.array([[1.0, 2.0], [1.0, 1.0]]), np.array([[2.0, 1.0], [5.0, 5.0]])
    assert renamed(truth, typed).tolist() == typed.tolist()


COLOURS = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=1, max_size=8)


def tells_apart(colours: list[int]) -> list[list[bool]]:
    return [[a == b for b in colours] for a in colours]


@given(COLOURS)
def test_colours_are_the_same_where_they_tell_the_same_nodes_apart(
    pairs: list[tuple[int, int]],
) -> None:
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    equal = renamed(np.array(one, float), np.array(other, float)).tolist() == other
    assert equal == (tells_apart(one) == tells_apart(other))


def test_no_name_stands_for_two_colours() -> None:
    assert names_by(np.array([1.0, 2.0, 3.0]), np.array([5.0, 5.0, 6.0])) == {1: 5, 3: 6}


def test_rows_are_found_in_any_order() -> None:
    truth = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    typed = np.array([[5.0, 6.0], [9.0, 9.0], [1.0, 2.0]])
    assert in_typed_order(truth, typed).tolist() == [[5, 6], [3, 4], [1, 2]]


def test_a_row_that_is_typed_twice_is_found_once() -> None:
    truth = np.array([[1.0], [2.0]])
    assert in_typed_order(truth, np.array([[1.0], [1.0]])).tolist() == [[1], [2]]


@given(st.permutations(range(5)), st.permutations(range(5)))
def test_any_order_is_the_typed_one(one: list[int], other: list[int]) -> None:
    rows = np.arange(10.0).reshape(5, 2)
    assert in_typed_order(rows[one], rows[other]).tolist() == rows[other].tolist()
