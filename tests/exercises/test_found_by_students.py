"""Single sheets on which simulated students once found marking at fault."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.gnn.wl_colouring import FAMILY as WL_COLOURING
from quizapp.exercises.grading import mark
from quizapp.exercises.problem import read_problem
from quizapp.exercises.values import identical


def marks(
    family: str, givens: dict[str, Any], answers: dict[str, Any], **more: Any
) -> dict[str, Any]:
    problem = read_problem({"family": family, "givens": givens, **more})
    return {line.step.name: line for line in mark(problem, answers).lines}


def test_a_slip_that_leaves_only_zeros_is_named_in_a_loop_and_costs_one_line() -> None:
    givens = {
        "x": [1, -1],
        "weights": [[[1, 1], [1, 1]], [[-1, 1], [0, 0]], [[-1], [-1]]],
        "biases": [[1, 0], [0, 1], [1]],
        "f": "relu",
        "out": "identity",
    }
    answers = {"z": "0 0\n0 0\n0", "h": "0 0\n0 0\n0", "y": "0"}
    found = marks("deep-mlp-forward", givens, answers, conventions={"layout": "row"})
    assert [slip.name for slip in found["z"].slips] == ["biases-left-out"]
    assert [line.verdict for line in found.values()] == ["slip", "carried", "carried"]


def test_one_slip_is_preferred_to_another_convention_and_a_slip() -> None:
    """Two lines are shown; counting the output as hidden gives both."""
    sizes = {"sizes": [3, 4, 2]}
    found = marks(
        "layer-count",
        sizes,
        {"layers": "3", "word": "deep"},
        conventions={"deep_from": "two-hidden"},
    )
    assert found["layers"].verdict == "slip"
    assert [slip.name for slip in found["layers"].slips] == ["output-counted-as-hidden"]
    assert found["layers"].convention == {}
    assert found["word"].verdict == "carried"


def test_a_convention_that_gives_the_same_number_may_round_to_another_one() -> None:
    """With e^17.5 in three figures the entries come out as 0.596 and so on."""
    found = marks(
        "softmax",
        {"z": [35, 37.5, 34, 34.5], "alpha": 0.5},
        {"p": "0.17 0.596 0.103 0.133"},
        conventions={"softmax_shift": "max"},
    )
    assert found["p"].verdict == "convention"


def test_what_follows_from_labels_that_are_all_the_same_is_no_slip() -> None:
    givens = {
        "X": [[0, 0], [0, 1], [1, 0], [1, 1]],
        "t": [1, 1, 0, 1],
        "w0": [0, 0],
        "b0": 0,
        "eta": 1,
        "epochs": 1,
    }
    problem = read_problem(
        {
            "family": "perceptron-learning",
            "givens": givens,
            "conventions": {"labels": "plus-minus"},
        }
    )
    truth = problem.solve()
    rows = len(truth["b"])
    answers = {
        "targets": np.ones(4),
        "z": np.zeros(rows),
        "outputs": np.ones(rows),
        "errors": np.zeros(rows),
        "w": np.zeros((rows, 2)),
        "b": np.zeros(rows),
    }
    found = mark(problem, answers)
    assert not found.line("targets").verdict.right
    assert found.line("b").slips == ()


def test_names_of_colours_are_used_throughout_or_not_at_all() -> None:
    """The first signature is wrong: no name that it would give fits the others."""
    align = WL_COLOURING.by_name["signatures"].align
    assert align is not None
    truth = np.array([[1.0, 2.0], [2.0, 1.0], [1.0, 2.0]])
    typed = np.array([[2.0, 2.0], [2.0, 1.0], [1.0, 2.0]])
    assert (align(truth, typed) == typed).all(axis=1).tolist() == [False, True, True]
    renamed = np.array([[2.0, 1.0], [1.0, 2.0], [2.0, 1.0]])
    assert (align(truth, renamed) == renamed).all()


def test_large_whole_numbers_are_compared_to_the_last_digit() -> None:
    step = WL_COLOURING.by_name["classes"]
    truth = np.array([1258815488.0, 3.0, np.inf])
    assert identical(step, truth - np.array([1.0, 0.0, 0.0]), truth).tolist() == [False, True, True]
    assert identical(step, np.array([1258815488.0, np.nan, np.inf]), truth).all()
