from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.exercises.family import Step
from quizapp.exercises.spelling import Words, digest, folded
from quizapp.exercises.values import (
    FILLING,
    completed,
    decoded,
    encoded,
    identical,
    lengths,
    met,
    said,
    same,
    widened,
)

NAN = float("nan")


def step(**more: Any) -> Step:
    return Step("y", "y", "y", lambda: 1.0, **more)


REAL, RAGGED = step(), step(ragged=True)
WORD, PATHS = step(kind="text"), step(kind="text", ragged=True)
LISTS = step(kind="integer", ragged=True, open=True)
SIZES = step(kind="integer", open=True)


@pytest.mark.parametrize(
    "word", ["Single-Layer", "single layer", " SINGLE–LAYER ", "single  -  layer", "single−layer"]
)
def test_words_are_the_same_without_what_does_not_matter(word: str) -> None:
    assert folded(word) == "single-layer"
    assert digest(word) == digest("single-layer")


def test_other_words_are_others() -> None:
    words = ["--IHV", "-IHV-", "IHV--", "IHV", "I-V", "x1", "x 1", "x-1", "18", "-18"]
    assert len({digest(word) for word in words}) == len(words)


def test_a_digest_is_a_whole_number_that_a_float_holds() -> None:
    assert all(digest(word).is_integer() and 0 <= digest(word) < 2**52 for word in "abcdefgh")


def test_tables_of_numbers_are_arrays_as_they_are() -> None:
    assert encoded(REAL, [[1, 2], [3, 4]]).tolist() == [[1, 2], [3, 4]]


def test_short_rows_are_filled_up() -> None:
    array = encoded(RAGGED, [np.array([1.0, 2.0]), np.array([3.0])])
    assert array.tolist() == [[1, 2], [3, FILLING]]
    assert lengths(array) == (2, 1)


def test_empty_lists_have_no_entries() -> None:
    assert encoded(PATHS, []).size == 0
    assert encoded(LISTS, [[], [1]]).tolist() == [[FILLING], [1]]


def test_a_number_beside_a_list_is_no_value() -> None:
    with pytest.raises(ValueError, match="beside a list"):
        encoded(RAGGED, [1, [2]])


def test_rules_get_rows_of_their_own_lengths() -> None:
    rows = decoded(RAGGED, encoded(RAGGED, [[1.5, 2], [3]]), Words())
    assert [row.tolist() for row in rows] == [[1.5, 2], [3]]
    assert decoded(LISTS, encoded(LISTS, [[1, 2], [3]]), Words()) == [[1, 2], [3]]
    assert decoded(REAL, np.array(2.0), Words()) == 2.0


def test_rules_get_words_as_they_were_first_spelt() -> None:
    words = Words()
    words.learn([["s", "Big Z"]])
    words.learn([["S", "big z"]])
    assert decoded(PATHS, encoded(PATHS, [["S", "BIG-Z"], ["s"]]), words) == [["s", "Big Z"], ["s"]]
    with pytest.raises(KeyError):
        decoded(WORD, encoded(WORD, "other"), words)


def test_blanks_are_said_as_none() -> None:
    assert said(REAL, np.array([1.0, NAN]), Words()) == [1, None]
    assert said(RAGGED, np.array([[NAN, NAN], [1, FILLING]]), Words()) == [[None, None], [1]]
    assert said(LISTS, np.array([[NAN, NAN], [1, FILLING]]), Words()) == [None, [1]]


ROWS = st.lists(st.lists(st.integers(-9, 9), min_size=1, max_size=4), min_size=1, max_size=4)


@given(ROWS)
def test_lists_come_back(rows: list[list[int]]) -> None:
    assert decoded(LISTS, encoded(LISTS, rows), Words()) == rows


@given(st.lists(st.lists(st.text(max_size=5), min_size=1, max_size=3), max_size=3))
def test_words_come_back_as_one_of_their_spellings(rows: list[list[str]]) -> None:
    words = Words()
    words.learn(rows)
    back = decoded(PATHS, encoded(PATHS, rows), words)
    assert [[folded(w) for w in row] for row in back] == [[folded(w) for w in row] for row in rows]


@given(ROWS, ROWS)
def test_values_are_the_same_only_if_they_are(one: list[list[int]], other: list[list[int]]) -> None:
    assert same(LISTS, one, one)
    assert same(LISTS, one, other) == (one == other)


# Comparing ---------------------------------------------------------------------------------


def test_other_shapes_do_not_meet_where_the_problem_tells_the_shape() -> None:
    assert met(REAL, np.zeros(2), np.zeros(3)) is None


def test_open_values_meet_in_one_shape() -> None:
    both = met(SIZES, np.array([2.0, 1.0]), np.array([2.0]))
    assert both is not None
    assert both[1].tolist() == [2, FILLING]
    assert identical(SIZES, *both).tolist() == [True, False]


def test_a_missing_row_does_not_agree() -> None:
    typed, truth = encoded(LISTS, [[1, 2]]), encoded(LISTS, [[1, 2], [3]])
    both = met(LISTS, typed, truth)
    assert both is not None
    assert not identical(LISTS, *both).all()


def test_blanks_agree_and_are_taken_from_elsewhere() -> None:
    typed = np.array([[NAN, NAN], [3, FILLING]])
    truth = encoded(LISTS, [[1, 2, 2], [3]])
    both = met(LISTS, typed, truth)
    assert both is not None
    assert identical(LISTS, *both).all()
    assert decoded(LISTS, completed(typed, truth), Words()) == [[1, 2, 2], [3]]


def test_widening_keeps_what_is_there() -> None:
    assert widened(np.array([1.0, 2.0]), (3,)).tolist() == [1, 2, FILLING]
    assert widened(np.zeros((0,)), (1, 2)).tolist() == [[FILLING, FILLING]]
