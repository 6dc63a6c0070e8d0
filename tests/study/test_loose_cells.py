"""Words and lists as they are pasted, and as givens and solutions show them."""

from __future__ import annotations

from typing import Any

import pytest

from quizapp.exercises.problem import read_problem
from quizapp.study.asked import asked
from quizapp.study.cells import PasteError, pasted_lists, pasted_words
from quizapp.study.raw_given import as_typed, read_raw
from quizapp.study.sheet import size, solution, statement

EDGES = [["t", "x", 2], ["x", "z", 0.5]]


@pytest.mark.parametrize(
    "text", ["--A -AB AB-", "--A, -AB, AB-", "[--A; -AB; AB-]", "--A\n-AB\nAB-"]
)
def test_words_are_pasted_into_a_row(text: str) -> None:
    assert pasted_words(text) == [["--A", "-AB", "AB-"]]


def test_words_keep_their_blanks_where_commas_are_between() -> None:
    assert pasted_words("New York, b") == [["New York", "b"]]


@pytest.mark.parametrize("text", ["s z; s a z", "s -> z\ns -> a -> z", '[["s","z"],["s","a","z"]]'])
def test_a_list_is_pasted_into_a_cell(text: str) -> None:
    assert pasted_lists(text) == [["s z", "s a z"]]


def test_lists_are_pasted_round_by_round() -> None:
    assert pasted_lists("(1,1) (1,2)\n(2) (1,1,1)", (2, 2)) == [["1 1", "1 2"], ["2", "1 1 1"]]
    assert pasted_lists("(1,1) (1,2)", (2, 2)) == [["1 1", "1 2"], ["", ""]]


@pytest.mark.parametrize("text", ["(1) (2) (3)", "(1) (2)\n(1) (2)\n(1) (2)", "(1"])
def test_lists_that_do_not_fit_are_refused(text: str) -> None:
    with pytest.raises(PasteError):
        pasted_lists(text, (2, 2))


@pytest.mark.parametrize(
    "text", ["t x 2; x z 1/2", "t -> x 2\nx -> z 0.5", '[["t", "x", 2], ["x", "z", 0.5]]']
)
def test_edges_are_read_as_rows(text: str) -> None:
    assert read_raw(text, EDGES) == (EDGES, "")


@pytest.mark.parametrize("text", ["t x; x z 1", "t x two", "t x 2 3"])
def test_edges_that_cannot_be_read_say_why(text: str) -> None:
    value, reason = read_raw(text, EDGES)
    assert value is None
    assert reason.endswith("such as t x 2.")


def test_edges_are_typed_as_they_are_read() -> None:
    assert as_typed(EDGES) == "t x 2; x z 0.5"


def test_matrices_have_an_empty_line_between_them() -> None:
    like = [[[1.0]], [[1.0]]]
    assert read_raw("1 2; 3 4\n\n5 6", like) == ([[[1, 2], [3, 4]], [[5, 6]]], "")


# Shown -------------------------------------------------------------------------------------

PROBLEMS: list[tuple[str, dict[str, Any], list[str], list[str]]] = [
    (
        "computation-graph",
        {"edges": EDGES, "source": "t", "target": "z"},
        ["edges = (t, x, 2), (x, z, 0.5)", "source = t"],
        ["(t, x, z)", "2 · 0.5 = 1"],
    ),
    (
        "deep-mlp-forward",
        {
            "x": [1, 2],
            "weights": [[[1, -1], [1, 2]], [[1, 1]]],
            "biases": [[0, 1], [0.5]],
            "f": "relu",
            "out": "identity",
        },
        ["b = (0, 1), (0.5)", "W[2] = [ 1  1 ]"],
        ["layer 1  ⎡", "(−1, 6)", "(6.5)"],
    ),
    (
        "sliding-window",
        {"sequences": ["AB", "CD"], "w": 3, "A": 21},
        ["s = AB, CD"],
        ["= [ -AB  AB-  -CD  CD- ]"],
    ),
    (
        "wl-colouring",
        {"A": [[0, 1], [1, 0]], "start": [1, 2], "rounds": 1},
        ["R = 1"],
        ["round 1  [ (1, 2)  (2, 1) ]"],
    ),
    ("layer-count", {"sizes": [3, 2]}, ["[ 3  2 ]"], ["= single-layer"]),
]


@pytest.mark.parametrize(("family_id", "givens", "stated", "solved"), PROBLEMS)
def test_words_and_uneven_rows_are_shown(
    family_id: str, givens: dict[str, Any], stated: list[str], solved: list[str]
) -> None:
    problem = read_problem({"family": family_id, "givens": givens})
    text = "\n".join(statement(problem, 78))
    assert [part for part in stated if part not in text] == []
    text = "\n".join(solution(problem, 78))
    assert [part for part in solved if part not in text] == []


def test_what_is_asked_does_not_tell_what_is_part_of_the_answer() -> None:
    family_id, givens, *_ = PROBLEMS[0]
    problem = read_problem({"family": family_id, "givens": givens})
    paths, products, derivative = asked(problem)
    assert (paths.shape, paths.open, paths.lists) == ((1,), True, True)
    assert (products.shape, products.open, products.lists) == ((1,), True, False)
    assert (derivative.shape, derivative.open) == ((), False)
    steps = problem.family.steps
    assert size(problem, steps[0]) == "lists of words, one a line or with ; between"
    assert size(problem, steps[1]) == "numbers"
