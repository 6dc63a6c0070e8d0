from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.exercises.family import Kind, Step
from quizapp.exercises.spelling import Words
from quizapp.exercises.submission import AnswersError, read_answers, read_line
from quizapp.exercises.typed import Unreadable
from tests.exercises.small_families import CHAIN


def step(kind: Kind = "real", loop: str | None = None) -> Step:
    return Step("y", "y", "y", lambda: 1.0, kind=kind, loop=loop)


def read(raw: Any, shape: tuple[int, ...], kind: Kind = "real", loop: str | None = None) -> Any:
    out = read_line(step(kind, loop), raw, np.zeros(shape), Words())
    assert not isinstance(out, Unreadable), out
    return None if out is None else np.where(np.isnan(out), None, out).tolist()  # type: ignore[call-overload]


def refused(raw: Any, shape: tuple[int, ...], kind: Kind = "real") -> str:
    out = read_line(step(kind), raw, np.zeros(shape), Words())
    assert isinstance(out, Unreadable)
    return out.reason


@pytest.mark.parametrize("raw", [None, "", "  ", [None, None], [[None], [None]]])
def test_nothing_is_blank(raw: Any) -> None:
    assert read(raw, (2,)) is None


@pytest.mark.parametrize(
    "raw", ["1 2", "1, 2", "[1, 2]", [1, 2], ["1", "4/2"], [[1, 2]], [[1], [2]]]
)
def test_a_vector_however_it_is_written(raw: Any) -> None:
    assert read(raw, (2,)) == [1.0, 2.0]


@pytest.mark.parametrize("raw", [3, "3", [3], [[3]], np.float64(3)])
def test_a_number_however_it_is_wrapped(raw: Any) -> None:
    assert read(raw, ()) == 3.0


def test_a_blank_cell_stays_blank() -> None:
    assert read([[1, None], [3, 4]], (2, 2)) == [[1.0, None], [3.0, 4.0]]


def test_a_blank_row_stays_blank() -> None:
    assert read([[1, 2], None], (2, 2)) == [[1.0, 2.0], [None, None]]


def test_a_column_may_be_written_as_a_row() -> None:
    assert read([1, 2], (2, 1)) == [[1.0], [2.0]]
    assert read([1, 2], (1, 2)) == [[1.0, 2.0]]


def test_a_loop_may_be_cut_short() -> None:
    assert read([1, 2], (3,), loop="t") == [1.0, 2.0, None]
    assert "a list of 3" in refused([1, 2], (3,))


@pytest.mark.parametrize("raw", ["yes no", "true, false", "1 0", [True, False], ["Yes", "n"]])
def test_yes_and_no_however_they_are_written(raw: Any) -> None:
    assert read(raw, (2,), kind="boolean") == [1.0, 0.0]


def test_a_table_of_yes_and_no() -> None:
    assert read("yes no\nno yes", (2, 2), kind="boolean") == [[1.0, 0.0], [0.0, 1.0]]


def test_infinity_is_a_number() -> None:
    assert read(["-inf", "inf"], (2,)) == [-np.inf, np.inf]


@pytest.mark.parametrize(
    "raw",
    [True, "true", [10**400], 10**400, float("nan"), {"a": 1}, 1j, b"1", object(), "x", [[1, 2]]],
)
def test_what_is_no_number_is_refused_with_a_reason(raw: Any) -> None:
    assert refused(raw, ())


def test_two_shapes_are_named_where_they_differ() -> None:
    assert refused([[1, 2], [3, 4]], (3, 2)) == "this is 2 x 2, but 3 x 2 is asked for."


def test_deep_nesting_is_refused() -> None:
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    assert refused(deep, (2, 2))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=10,
)


@given(JSON, st.sampled_from([(), (2,), (2, 2), (1, 3), (2, 1, 2)]))
@settings(max_examples=200, deadline=None)
def test_anything_is_read_or_refused(raw: Any, shape: tuple[int, ...]) -> None:
    out = read_line(step(), raw, np.zeros(shape), Words())
    assert out is None or isinstance(out, Unreadable) or out.shape == shape


def test_answers_name_steps() -> None:
    with pytest.raises(AnswersError, match="no step 'dubble'"):
        read_answers(CHAIN, {"dubble": 1})
    with pytest.raises(AnswersError, match="mapping"):
        read_answers(CHAIN, [1, 2])
