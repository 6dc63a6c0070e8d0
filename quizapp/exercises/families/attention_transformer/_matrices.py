"""Matrix products of tokens (rows) written out, and the question whether two lines differ."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import dot, entries, factor, num


def product_work(left: Any, right: Any) -> list[Work]:
    """Every entry of a matrix product, row by column."""
    return [
        Work((i, j), dot(left[i], right[:, j]))
        for i in range(len(left))
        for j in range(right.shape[1])
    ]


def affine_work(left: Any, right: Any, offset: Any) -> list[Work]:
    """Every entry of a matrix product with an offset added to each row."""
    return [
        Work(work.index, f"{work.latex} + {factor(offset[work.index[1]])}")
        for work in product_work(left, right)
    ]


def copied(value: Any) -> list[Work]:
    """Every entry as it is: a line that only arranges numbers anew."""
    return [Work(at, num(value[at])) for at in entries(value)]


def added_work(a: Any, b: Any) -> list[Work]:
    """Every entry of the sum of two arrays of the same shape."""
    return [Work(at, f"{num(a[at])} + {factor(b[at])}") for at in entries(a)]


def differ(a: Any, b: Any) -> bool:
    """Whether a reader could tell one line from the other."""
    return np.shape(a) != np.shape(b) or bool(np.any(np.abs(np.asarray(a) - b) > TIE))
