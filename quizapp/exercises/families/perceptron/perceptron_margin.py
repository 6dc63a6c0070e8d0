"""Distances of points to a linear decision boundary (Novikoff 1962; Duda and Hart 1973)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families.perceptron._threshold import CORNERS, differ, some_zero
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import dot, entries, factor, frac, num

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line

_PLANES = {
    2: ((3, 4), (4, 3), (-3, 4), (4, -3), (6, 8), (-1, 2), (2, 1), (1, 3)),
    3: ((1, 2, 2), (2, -1, 2), (-2, 2, 1), (2, 3, 6), (1, -1, 2), (1, 2, -1), (2, 1, 1)),
}


def _norm(squares: Any, line: Line) -> float:
    return float(np.sqrt(line(np.sum(squares))))


def _signed(t: Any, z: Any) -> Any:
    """z, positive on the side of the label; 0 stays 0 and never becomes -0."""
    return (2.0 * t - 1.0) * z + 0.0


def _squares(values: Any) -> str:
    return " + ".join(f"{factor(v)}^{{2}}" for v in values)


def _distance_work(z: Any, norm: float, t: Any, value: Any) -> list[Work]:
    signs = 2.0 * t - 1.0
    return [
        Work(at, frac(rf"{factor(signs[at])} \cdot {factor(z[at])}", num(norm)))
        for at in entries(value)
    ]


def check(w: Any) -> None:
    """A boundary needs a direction."""
    if np.sqrt(np.sum(w**2)) <= TIE:
        raise GivenError("every weight in 'w' is 0: there is no decision boundary.", where="w")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """The gates AND and OR, then planes with whole norms, now and then with one wrong point."""
    if level == 1:
        gate = np.array([0.0, 0.0, 0.0, 1.0] if rng.random() < 0.5 else [0.0, 1.0, 1.0, 1.0])
        bias = rng.choice((-1.75, -1.5, -1.25) if gate[1] == 0 else (-0.75, -0.5, -0.25))
        scale = float(rng.choice((1.0, 2.0)))
        return {"w": scale * np.ones(2), "b": float(scale * bias), "X": CORNERS, "t": gate}
    w = np.array(_PLANES[level][rng.integers(len(_PLANES[level]))], dtype=float)
    b = float(rng.choice((-5.0, -4.0, -3.0, -2.0, 2.0, 3.0, 4.0, 5.0)))
    X = rng.integers(-2, 4, size=(4, level)).astype(float)
    t = np.where(X @ w + b > 0, 1.0, 0.0)
    if rng.random() < 0.3:
        t[rng.integers(4)] = rng.integers(2)
    return {"w": w, "b": b, "X": X, "t": t}


def avoid(X: Any, t: Any, z: Any, norm: float, distances: Any) -> str | None:
    """Boundaries on which a mistake would not show, and points without a side."""
    if abs(norm - 1.0) <= TIE:
        return "norm 1"
    if some_zero(z) or np.ptp(t) == 0:
        return "a point on the boundary, or one class only"
    if len(np.unique(X, axis=0)) < len(X):
        return "equal points"
    return "all distances equal" if np.ptp(distances) <= TIE else None


FAMILY = Family(
    id="perceptron-margin",
    topic="perceptron",
    title="Margin of a linear decision boundary",
    task="Compute the signed distance of every point to the decision boundary (positive on the "
    "correct side) and the margin.",
    sources=("nc",),
    givens=(
        Given("w", "w", "weights", "n"),
        Given("b", "b", "bias"),
        Given("X", "X", "points, one per row", "N x n"),
        Given("t", "t", "labels 0 or 1, one for each point", "N", kind="bit"),
    ),
    steps=(
        Step(
            "z",
            "Weighted sums",
            r"z = X w + b",
            lambda X, w, b: X @ w + b,
            work=lambda X, w, b, value: [
                Work(at, f"{dot(X[at[0]], w)} + {factor(b)}") for at in entries(value)
            ],
        ),
        Step(
            "norm",
            "Norm of the weights",
            r"\|w\| = \sqrt{\sum_i w_i^2}",
            lambda w, line: _norm(w**2, line),
            work=lambda w: [Work((), rf"\sqrt{{{_squares(w)}}}")],
        ),
        Step(
            "distances",
            "Signed distances",
            r"d = \frac{(2t - 1) \, z}{\|w\|}",
            lambda z, norm, t: _signed(t, z) / norm,
            work=_distance_work,
        ),
        Step(
            "margin",
            "Margin",
            r"\min_k d_k",
            lambda distances: float(np.min(distances)),
            final=True,
            work=lambda value: [Work((), num(value))],
        ),
    ),
    slips=(
        Slip(
            "norm-forgotten",
            "distances",
            lambda z, t: _signed(t, z),
            "z is not a distance yet: divide by ‖w‖.",
            when=lambda z, norm: abs(norm - 1.0) > TIE and differ(z, 0.0),
        ),
        Slip(
            "norm-squared",
            "norm",
            lambda w: float(np.sum(w**2)),
            "The norm is the square root of the sum of squares.",
            when=lambda norm: abs(norm - 1.0) > TIE,
        ),
        Slip(
            "bias-in-norm",
            "norm",
            lambda w, b, line: _norm(np.append(w, b) ** 2, line),
            "The bias does not belong into the norm.",
            when=lambda b: abs(b) > TIE,
        ),
        Slip(
            "bias-left-out",
            "z",
            lambda X, w: X @ w,
            "The bias is missing from z.",
            when=lambda b: abs(b) > TIE,
        ),
        Slip(
            "largest-distance",
            "margin",
            lambda distances: float(np.max(distances)),
            "The margin is the distance of the CLOSEST point.",
            when=lambda distances: bool(np.ptp(distances) > TIE),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    items=("nc-and-weights", "nc-or-weights", "nc-linear-classifier"),
)
