"""Embeddings as rows: their lengths, cosines and what a temperature allows."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import GivenError
from quizapp.exercises.functions import TIE
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import factor

MOST_ROWS = 1_000
_LEAST_TAU = 1 / 500  # e^(1/tau) stays far below the largest float

# Vectors with whole or simple lengths.
AXES = ((1, 0), (0, 1), (2, 0), (0, 2), (-1, 0), (0, -1))
TRIANGLES = ((3, 4), (4, 3), (-3, 4), (4, -3), (0.6, 0.8), (0.8, 0.6), (-0.6, 0.8), (0.8, -0.6))


def lengths(rows: Any, line: Line = exact) -> Any:
    """The Euclidean length of every row, a column."""
    return line(np.linalg.norm(rows, axis=1, keepdims=True))


def some_length_is_not_one(rows: Any) -> bool:
    """Whether normalizing the rows changes any of them."""
    return bool(np.any(np.abs(lengths(rows) - 1.0) > TIE))


def length_latex(row: Any) -> str:
    """The length of a vector written out."""
    return rf"\sqrt{{{' + '.join(f'{squared(x)}' for x in row)}}}"


def squared(x: float) -> str:
    """A square in LaTeX."""
    return f"{factor(x)}^{{2}}"


def draw(rng: Any, pool: tuple[tuple[float, float], ...], count: int) -> Any:
    """Vectors of the plane, drawn from a pool one by one."""
    return np.asarray(pool, dtype=float)[rng.integers(len(pool), size=count)]


def demand_embeddings(name: str, rows: Any) -> None:
    """Raise GivenError unless every row has a direction and there are not too many."""
    if len(rows) > MOST_ROWS:
        raise GivenError(
            f"'{name}' has {len(rows)} rows; at most {MOST_ROWS} can be checked.", where=name
        )
    zero = np.flatnonzero(lengths(rows) <= TIE)
    if len(zero):
        raise GivenError(
            f"row {zero[0] + 1} of '{name}' is zero; a cosine needs a direction.", where=name
        )


def demand_temperature(tau: float) -> None:
    """Raise GivenError unless a temperature is positive and not tiny."""
    if tau < _LEAST_TAU:
        raise GivenError(f"'tau' must be at least {_LEAST_TAU}.", where="tau")
