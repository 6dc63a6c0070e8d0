"""Networks given as lists of matrices and biases: what fits together."""

from __future__ import annotations

from typing import Any

from quizapp.exercises.family import GivenError
from quizapp.exercises.shapes import MOST_ENTRIES, is_number

_MOST_LAYERS = 100


def check_layers(x: Any, weights: Any, biases: Any, layout: str) -> None:
    """A matrix and a vector of biases for every layer, each as wide as the layer before it."""
    if not isinstance(weights, list) or not 1 <= len(weights) <= _MOST_LAYERS:
        raise GivenError(
            f"'weights' is a list of 1 to {_MOST_LAYERS} matrices, one per layer.", where="weights"
        )
    sizes = [_size(W, number) for number, W in enumerate(weights, start=1)]
    if not isinstance(biases, list) or len(biases) != len(weights):
        raise GivenError(
            f"'biases' is a list of {len(weights)} vectors, one per matrix of 'weights'.",
            where="biases",
        )
    width = len(x)
    for number, ((rows, columns), b) in enumerate(zip(sizes, biases, strict=True), start=1):
        inputs, units = (columns, rows) if layout == "column" else (rows, columns)
        if inputs != width:
            raise GivenError(
                f"matrix {number} of 'weights' is {rows} x {columns}, but {width} values come "
                f"from the layer before it ({layout} vectors).",
                where="weights",
            )
        if not _is_vector(b) or len(b) != units:
            raise GivenError(
                f"entry {number} of 'biases' must be a list of {units} finite numbers.",
                where="biases",
            )
        width = units


def _size(W: Any, number: int) -> tuple[int, int]:
    """Rows and columns of a matrix."""
    if not isinstance(W, list) or not W or not all(_is_vector(row) for row in W):
        raise GivenError(
            f"matrix {number} of 'weights' must be a list of rows of finite numbers.",
            where="weights",
        )
    if len({len(row) for row in W}) > 1:
        raise GivenError(
            f"the rows of matrix {number} of 'weights' differ in length.", where="weights"
        )
    if len(W) * len(W[0]) > MOST_ENTRIES:
        raise GivenError(
            f"matrix {number} of 'weights' has more than {MOST_ENTRIES} entries.", where="weights"
        )
    return len(W), len(W[0])


def _is_vector(row: Any) -> bool:
    return isinstance(row, list) and bool(row) and all(is_number(entry) for entry in row)
