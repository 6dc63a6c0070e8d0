from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.core.errors import QuizError
from quizapp.exercises.family import Given, Step
from quizapp.exercises.grading import as_json, mark
from quizapp.exercises.problem import MOST_CELLS, MOST_ROWS, ProblemError, plain, read_problem
from tests.exercises.small_families import LOOP, declared, posed

SOFTMAX: dict[str, Any] = {"family": "softmax", "givens": {"z": [1, 2]}}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


def test_family_and_givens_are_enough() -> None:
    problem = read_problem(SOFTMAX)
    assert problem.decimals == 3
    assert problem.conventions == {"softmax_shift": "none"}


def test_null_is_as_good_as_missing() -> None:
    fields = dict.fromkeys(("conventions", "decimals", "seed", "variant", "level", "printed"))
    assert read_problem({**SOFTMAX, **fields}).as_json() == read_problem(SOFTMAX).as_json()


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"family": 1}, "family"),
        ({"family": "sofmax"}, "family"),
        ({"givens": []}, "givens"),
        ({"conventions": []}, "conventions"),
        ({"conventions": {"tie": "plus"}}, "conventions"),
        ({"conventions": {"softmax_shift": "min"}}, "conventions.softmax_shift"),
        ({"conventions": {"softmax_shift": ["max"]}}, "conventions.softmax_shift"),
        ({"printed": "softmax_shift"}, "printed"),
        ({"printed": [["softmax_shift"]]}, "printed"),
        ({"decimals": 10}, "decimals"),
        ({"decimals": True}, "decimals"),
        ({"decimals": 2.0}, "decimals"),
        ({"version": "new"}, "version"),
        ({"seed": -1}, "seed"),
    ],
)
def test_a_fault_is_told_with_its_place(change: dict[str, Any], where: str) -> None:
    with pytest.raises(QuizError) as caught:
        read_problem({**SOFTMAX, **change})
    assert caught.value.where == where


def test_an_unknown_field_is_named() -> None:
    with pytest.raises(ProblemError, match="no field 'decimal'"):
        read_problem({**SOFTMAX, "decimal": 3})


@pytest.mark.parametrize("raw", [None, [], "softmax", {}, {"family": "softmax"}])
def test_what_is_no_problem_is_refused(raw: Any) -> None:
    with pytest.raises(ProblemError):
        read_problem(raw)


@given(ANYTHING)
@settings(max_examples=150, deadline=None)
def test_any_givens_are_a_problem_or_a_quiz_error(value: Any) -> None:
    try:
        problem = read_problem({"family": "softmax", "givens": {"z": value}})
        problem.solve()
    except QuizError:
        return
    json.dumps(as_json(mark(problem, {})), allow_nan=False)


@given(st.dictionaries(st.sampled_from([*SOFTMAX, "conventions", "decimals", "printed"]), ANYTHING))
@settings(max_examples=150, deadline=None)
def test_any_fields_are_a_problem_or_a_quiz_error(fields: dict[str, Any]) -> None:
    told = "fine"
    try:
        read_problem({**SOFTMAX, **fields})
    except QuizError as error:
        told = str(error)
    assert told.isprintable()


def test_numbers_without_a_solution_are_told() -> None:
    of = declared(
        [Given("a", "a", "a number")],
        [Step("y", "y", "y", lambda a: 1 / (float(a) + 1), final=True)],
    )
    with pytest.raises(ProblemError, match="no solution"):
        posed(of, a=-1).solve()


def test_a_value_that_is_no_number_is_no_solution() -> None:
    of = declared(
        [Given("a", "a", "a number")],
        [Step("y", "y", "y", lambda a: np.float64(a) - np.inf + np.inf, final=True)],
    )
    with pytest.raises(ProblemError, match="'y' has no value"):
        posed(of, a=1).solve()


def test_a_line_longer_than_anyone_checks_is_refused() -> None:
    of = declared(
        [Given("a", "a", "a number")],
        [Step("y", "y", "y", lambda a: np.full(MOST_CELLS + 1, a), final=True)],
    )
    with pytest.raises(ProblemError, match="entries"):
        posed(of, a=1).solve()


def test_too_many_rows_are_refused() -> None:
    sweeps = [[1, 2]] * (MOST_ROWS // 2 + 1)
    net = {"W": [[0, 1], [1, 0]], "b": [0, 0], "start": [1, 1], "patterns": [[1, 1]]}
    with pytest.raises(ProblemError, match="rows"):
        read_problem({"family": "hopfield-recall", "givens": {**net, "sweeps": sweeps}})
    assert LOOP.rows is not None


@pytest.mark.parametrize(
    ("value", "kind", "wanted"),
    [
        (np.array([np.inf, -np.inf, np.nan]), "real", ["inf", "-inf", None]),
        (np.array([1.0, 0.0, np.nan, 0.5]), "boolean", [True, False, None, 0.5]),
        (np.array([1.0, 2.5]), "integer", [1, 2.5]),
        (1.0, "real", 1.0),
        (np.bool_(True), "real", True),
    ],
)
def test_values_as_json_knows_them(value: Any, kind: str, wanted: Any) -> None:
    assert plain(value, kind) == wanted
