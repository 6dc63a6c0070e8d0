"""Layer normalization of each row, without scale and shift (Ba, Kiros, Hinton 2016)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import entries, factor, frac, num


def moments(rows: Any, line: Line = exact) -> tuple[Any, Any]:
    """The mean of each row and its variance (divided by d, not by d - 1)."""
    mean = line(rows.mean(axis=1))
    return mean, line(line(np.square(rows - mean[:, None])).mean(axis=1))


def normalize(rows: Any, mean: Any, variance: Any, eps: float, line: Line = exact) -> Any:
    """Every row minus its mean, over the root of its variance + eps.

    Raises ZeroDivisionError for a constant row without an eps.
    """
    if np.any(variance + eps <= TIE**2):
        raise ZeroDivisionError("a constant row has the variance 0, and eps is 0")
    return (rows - mean[:, None]) / line(np.sqrt(variance + eps))[:, None]


def layer_norm(rows: Any, eps: float, line: Line = exact) -> Any:
    """Every row with mean 0 and (but for eps) variance 1."""
    return normalize(rows, *moments(rows, line), eps, line)


def normalize_work(rows: Any, mean: Any, variance: Any, eps: float) -> list[Work]:
    """Every normalized entry: deviation over root."""
    added = f" + {factor(eps)}" if eps else ""
    return [
        Work(
            (i, j),
            frac(
                f"{num(rows[i, j])} - {factor(mean[i])}",
                rf"\sqrt{{{num(variance[i])}{added}}}",
            ),
        )
        for i, j in entries(rows)
    ]


def layer_norm_work(rows: Any, eps: float) -> list[Work]:
    """Every entry of ``layer_norm`` written out."""
    return normalize_work(rows, *moments(rows), eps)
