"""Least squares by the normal equations (Gauss 1809; Bishop 2006, section 3.1.1)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import dot, entries, factor, frac, num

_CLEAN = 12
_LARGE = 8.0
_GROWTH = 6.0
"""How much an error in the normal equations may grow on the way to the weights."""
_LINES = ((0, 1, 2, 3), (0, 1, 1, 2), (-1, 0, 1, 2), (-2, -1, 0, 1), (0, 0, 2, 2), (0, 0, 1, 1))
_PLANES = (
    ((0, 0), (0, 1), (1, 0), (1, 2)),
    ((0, 0), (0, 1), (1, 0), (2, 1)),
    ((-1, -1), (-1, 2), (0, 0), (1, 0)),
    ((-1, -1), (0, 0), (0, 1), (2, -1)),
    ((-1, 0), (0, -1), (0, 1), (2, 1)),
    ((-1, 0), (0, -1), (1, 0), (1, 2)),
    ((-1, 0), (0, 0), (1, -1), (1, 2)),
    ((-1, 0), (0, 1), (0, 2), (2, 0)),
    ((-1, 1), (0, -1), (0, 0), (2, 1)),
    ((0, 0), (0, 2), (1, -1), (2, 0)),
)
"""Four points with one or two features, for which the inverse has at most three decimals."""


def _design(X: Any, bias_slot: str) -> Any:
    """X with a column of ones in the bias slot."""
    ones = np.ones((len(X), 1))
    return np.hstack((ones, X) if bias_slot == "first" else (X, ones))


def _solved(gram: Any, moment: Any, line: Line) -> Any:
    """The solution of the normal equations; by hand the inverse is a written line."""
    if line is exact:
        return np.linalg.solve(gram, moment)
    # An entry of 0.7 comes out as 0.6999999999999998, which nobody would cut off to 0.699.
    return line(np.round(np.linalg.inv(gram), _CLEAN)) @ moment


def _diagonal_only(gram: Any, moment: Any) -> Any:
    return moment / np.diag(gram)


def _mean_square(y: Any, predictions: Any, line: Line) -> float:
    return float(np.mean(line(np.square(y - predictions))))


def _product_work(design: Any, value: Any) -> list[Work]:
    return [Work((i, j), dot(design[:, i], design[:, j])) for i, j in entries(value)]


def _w_work(gram: Any, moment: Any, value: Any) -> list[Work]:
    """Each weight as a row of the adjugate times the moment, over the determinant."""
    determinant = np.linalg.det(gram)
    adjugate = determinant * np.linalg.inv(gram)
    return [Work(at, frac(dot(adjugate[at[0]], moment), num(determinant))) for at in entries(value)]


def _mse_work(y: Any, predictions: Any) -> list[Work]:
    squares = [f"({num(a)} - {factor(b)})^{{2}}" for a, b in zip(y, predictions, strict=True)]
    return [Work((), frac(" + ".join(squares), str(len(y))))]


def check(X: Any, y: Any) -> None:
    """The columns of X and the column of ones are independent."""
    design = _design(X, "first")
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise GivenError(
            "the columns of 'X' with the column of ones are not independent (or there are too few "
            "points): the weights are not determined.",
            where="X",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Three points on 0, 1, 2, then four points, then four points with two features."""
    if level == 1:
        X = np.array([[0.0], [1.0], [2.0]])
    elif level == 2:
        X = np.array(_LINES[rng.integers(len(_LINES))], dtype=float)[:, np.newaxis]
    else:
        X = np.array(_PLANES[rng.integers(len(_PLANES))], dtype=float)[rng.permutation(4)]
    draw = np.arange(-2.0, 4.0) if level == 3 else np.arange(-3, 8) / 2
    return {"X": X, "y": rng.choice(draw, size=len(X))}


def avoid(y: Any, gram: Any, w: Any, mse: float) -> str | None:
    """Data that lie on a line, and systems in which rounding would grow."""
    if np.sum(np.abs(y)) > _LARGE:
        return "large targets"
    if _is_diagonal(gram):
        return "centred features"
    if np.max(np.abs(np.linalg.inv(gram)).sum(axis=1)) * (1.0 + np.sum(np.abs(w))) > _GROWTH:
        return "rounding would grow"
    return "perfect fit" if mse < 0.02 else None


def _is_diagonal(gram: Any) -> bool:
    return bool(np.all(np.abs(gram - np.diag(np.diag(gram))) <= TIE))


def _diagonal_shows(gram: Any, moment: Any, w: Any) -> bool:
    return not _is_diagonal(gram) and bool(np.any(np.abs(_diagonal_only(gram, moment) - w) > TIE))


def _misfit(mse: float) -> bool:
    return mse > TIE


FAMILY = Family(
    id="linear-regression",
    topic="linear-models",
    title="Linear regression by the normal equations",
    task="Fit the linear model to these points by the normal equations and compute its mean "
    "squared error.",
    sources=("ece493",),
    givens=(
        Given("X", "X", "features, one point per row, without the column of ones", "N x D"),
        Given("y", "y", "targets, one for each point", "N"),
    ),
    conventions={"bias_slot": ("first", "last")},
    steps=(
        Step(
            "design",
            "Features with a column of ones",
            r"\tilde{X} = (1, X) \text{ (last: } (X, 1) \text{)}",
            _design,
            work=lambda value: [Work(at, num(value[at])) for at in entries(value)],
            formula_for=Among(
                "bias_slot", {"first": r"\tilde{X} = (1, X)", "last": r"\tilde{X} = (X, 1)"}
            ),
        ),
        Step(
            "gram",
            "Left side of the normal equations",
            r"G = \tilde{X}^\top \tilde{X}",
            lambda design: design.T @ design,
            work=_product_work,
        ),
        Step(
            "moment",
            "Right side of the normal equations",
            r"m = \tilde{X}^\top y",
            lambda design, y: design.T @ y,
            work=lambda design, y, value: [
                Work(at, dot(design[:, at[0]], y)) for at in entries(value)
            ],
        ),
        Step("w", "Weights", r"w = G^{-1} m", _solved, final=True, work=_w_work),
        Step(
            "predictions",
            "Predictions",
            r"\hat{y} = \tilde{X} w",
            lambda design, w: design @ w,
            work=lambda design, w, value: [
                Work(at, dot(design[at[0]], w)) for at in entries(value)
            ],
        ),
        Step(
            "mse",
            "Mean squared error",
            r"\frac{1}{N} \sum_n (y_n - \hat{y}_n)^2",
            _mean_square,
            final=True,
            work=_mse_work,
        ),
    ),
    slips=(
        Slip(
            "ones-column-missing",
            "design",
            lambda X: X,
            "The column of ones for the bias is missing: the line is forced through the origin.",
        ),
        Slip(
            "diagonal-only",
            "w",
            _diagonal_only,
            "The whole matrix XᵀX has to be inverted, not only its diagonal.",
            when=_diagonal_shows,
        ),
        Slip(
            "sum-for-mean",
            "mse",
            lambda y, predictions, line: len(y) * _mean_square(y, predictions, line),
            "The MEAN squared error divides by the number of points.",
            when=lambda y, mse: len(y) > 1 and _misfit(mse),
        ),
        Slip(
            "half-mse",
            "mse",
            lambda y, predictions, line: 0.5 * _mean_square(y, predictions, line),
            "There is no factor 1/2 in the mean squared error.",
            when=_misfit,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    items=("dl-linreg", "dl-normal-eq", "dl-mse", "dl-mle-mse"),
)
