"""The principal axes of a covariance, as they are found by hand for two variables."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import entries, factor, frac, num


def spectrum(covariance: Any, line: Line = exact) -> Any:
    """The eigenvalues, largest first; of a 2 x 2 matrix by its half trace and a root."""
    if len(covariance) != 2:
        return np.linalg.eigvalsh(covariance)[::-1].copy()
    half = (covariance[0, 0] + covariance[1, 1]) / 2.0
    root = line(np.hypot((covariance[0, 0] - covariance[1, 1]) / 2.0, covariance[0, 1]))
    return np.array([half + root, half - root])


def axis(covariance: Any, eigenvalue: float) -> Any:
    """An eigenvector of any length. Raises ValueError where every direction is one.

    Of a 2 x 2 matrix it is read off one row of C - λI, else found by LAPACK.
    """
    if len(covariance) == 2:
        found = max(_candidates(covariance, eigenvalue), key=lambda v: float(np.abs(v).sum()))
    else:
        values, vectors = np.linalg.eigh(covariance)
        found = vectors[:, np.argmin(np.abs(values - eigenvalue))]
    if not np.any(np.abs(found) > TIE):
        raise ValueError("equal eigenvalues: every direction is principal")
    return found


def _candidates(covariance: Any, eigenvalue: float) -> tuple[Any, Any]:
    """The two ways to solve (C - λI) v = 0 for two variables."""
    (a, b), (_, d) = covariance
    return np.array([b, eigenvalue - a]), np.array([eigenvalue - d, b])


def upward(direction: Any) -> float:
    """The sign that makes the first entry beyond 1e-9 positive."""
    return float(np.sign(direction[np.argmax(np.abs(direction) > TIE)]))


def unit(covariance: Any, eigenvalue: float, line: Line = exact) -> Any:
    """The unit eigenvector whose first entry beyond 1e-9 is positive."""
    found = axis(covariance, eigenvalue)
    direction = found / line(np.sqrt(np.sum(found**2)))
    return direction * upward(direction) + 0.0


def spectrum_work(covariance: Any) -> list[Work]:
    """Half the trace plus and minus the root, for two variables; else nothing fits on a line."""
    if len(covariance) == 1:
        return [Work((0,), num(covariance[0, 0]))]
    if len(covariance) != 2:
        return []
    (a, b), (_, d) = covariance
    half = frac(f"{num(a)} + {factor(d)}", "2")
    difference = frac(f"{num(a)} - {factor(d)}", "2")
    root = rf"\sqrt{{({difference})^{{2}} + {factor(b)}^{{2}}}}"
    return [Work((0,), f"{half} + {root}"), Work((1,), f"{half} - {root}")]


def unit_work(covariance: Any, eigenvalue: float) -> list[Work]:
    """The entries of the eigenvector over its length, for two variables."""
    if len(covariance) == 1:
        return [Work((0,), "1")]
    if len(covariance) != 2:
        return []
    (a, b), (_, d) = covariance
    top, bottom = _candidates(covariance, eigenvalue)
    from_first = np.abs(top).sum() >= np.abs(bottom).sum()
    found, own = (top, a) if from_first else (bottom, d)
    turned = upward(found / np.linalg.norm(found)) < 0
    first, second = (own, eigenvalue) if turned else (eigenvalue, own)
    texts = (num(-b if turned else b), f"{num(first)} - {factor(second)}")
    if not from_first:
        texts = texts[::-1]
    length = rf"\sqrt{{({texts[0]})^{{2}} + ({texts[1]})^{{2}}}}"
    return [Work(at, frac(texts[at[0]], length)) for at in entries(found)]
