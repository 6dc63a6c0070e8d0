"""Steepest steps within a norm (Goodfellow, Shlens and Szegedy 2015; Madry et al. 2018)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import GivenError
from quizapp.exercises.functions import TIE
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import factor, frac

NORMS = ("linf", "l2")
OTHER_NORM = {"linf": "l2", "l2": "linf"}
PAIRS = ((3, 4), (1.5, 2), (0.6, 0.8), (1.2, 1.6), (0.75, 1), (0.3, 0.4))
FOURS = ((0.5, 1, 1, 2), (0.5, 0.5, 1.5, 2.5), (1, 1, 2, 2.5), (0.5, 0.5, 0.5, 1.5), (1, 1, 1, 1))
"""Gradients whose length is a whole number or easily looked up."""


def differ(a: Any, b: Any) -> bool:
    """Whether two lines differ somewhere by more than a tie."""
    return bool(np.any(np.abs(np.asarray(a, dtype=float) - np.asarray(b, dtype=float)) > TIE))


def signs(grad: Any) -> Any:
    """-1, 0 or 1 for every entry."""
    return np.where(np.abs(grad) <= TIE, 0.0, np.sign(grad))


def length(vector: Any, line: Line = exact) -> Any:
    """The Euclidean norm; the sum of squares and its root are written lines."""
    return line(np.sqrt(line(np.sum(np.square(vector)))))


def step(grad: Any, size: float, norm: str, line: Line = exact) -> Any:
    """The step of this size that raises a linear loss most. Raises ZeroDivisionError at 0."""
    if norm == "linf":
        return size * signs(grad)
    long = length(grad, line)
    if long <= TIE:
        raise ZeroDivisionError("a gradient of 0 has no direction")
    return size * grad / long


def length_text(vector: Any) -> str:
    """The Euclidean norm written out."""
    return rf"\sqrt{{{' + '.join(f'{factor(x)}^{{2}}' for x in vector)}}}"


def step_text(grad: Any, i: int, size: float, norm: str) -> str:
    """One entry of ``step`` written out."""
    if norm == "linf":
        return rf"{factor(size)} \cdot {factor(signs(grad)[i])}"
    return frac(rf"{factor(size)} \cdot {factor(grad[i])}", length_text(grad))


def signed(rng: Any, among: tuple[tuple[float, ...], ...]) -> Any:
    """One of these vectors, shuffled, with random signs."""
    vector = rng.permutation(among[rng.integers(len(among))]).astype(float)
    return vector * rng.choice((-1.0, 1.0), size=len(vector))


def demand_direction(grad: Any, norm: str) -> None:
    """GivenError where a gradient of 0 would have to be normalized."""
    if norm == "l2" and length(grad) <= TIE:
        raise GivenError("'grad' is 0: it has no direction to go in.", where="grad")


def demand_size(name: str, size: float, what: str) -> None:
    """GivenError for a negative size."""
    if size < 0:
        raise GivenError(f"'{name}' is negative: {what} is at least 0.", where=name)
