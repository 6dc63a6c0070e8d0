"""Squared error and its gradient (Gauss 1809; the half as in Rumelhart et al. 1986)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import error_slope, sum_of_squares
from quizapp.exercises.families.losses._logarithms import differ
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import factor, frac, num, total

HALF, SUM, MEAN = "half-sum", "sum", "mean"


def _error(squares: Any, squared_error: str) -> float:
    divisor = {HALF: 2, SUM: 1, MEAN: len(squares)}[squared_error]
    return float(np.sum(squares) / divisor)


def _other_error(squares: Any, squared_error: str) -> float:
    return _error(squares, HALF if squared_error == SUM else SUM)


def _gradient(residuals: Any, squared_error: str) -> Any:
    if squared_error == HALF:
        return np.asarray(residuals, dtype=float)
    divisor = len(residuals) if squared_error == MEAN else 1
    return 2.0 * np.asarray(residuals, dtype=float) / divisor


def _other_gradient(residuals: Any, squared_error: str) -> Any:
    return _gradient(residuals, HALF if squared_error == SUM else SUM)


def _error_work(squares: Any, squared_error: str) -> list[Work]:
    written = total(squares)
    if squared_error == SUM:
        return [Work((), written)]
    return [Work((), frac(written, "2" if squared_error == HALF else str(len(squares))))]


def _gradient_work(residuals: Any, squared_error: str) -> list[Work]:
    if squared_error == HALF:
        return [Work((k,), num(r)) for k, r in enumerate(residuals)]
    out = []
    for k, r in enumerate(residuals):
        doubled = rf"2 \cdot {factor(r)}"
        out.append(
            Work((k,), frac(doubled, str(len(residuals))) if squared_error == MEAN else doubled)
        )
    return out


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One output (two where a mean is taken), then two with half-integers, then four."""
    if level == 1:
        size = 2 if conventions["squared_error"] == MEAN else 1
        z = rng.choice((-2.0, -1.0, -0.5, 0.5, 1.0, 2.0, 3.0), size=size)
        return {"z": z, "t": rng.choice((-1.0, 0.0, 1.0, 2.0), size=size)}
    size = {2: 2, 3: 4}[level]
    return {"z": rng.integers(-5, 6, size=size) / 2, "t": rng.integers(-4, 5, size=size) / 2}


def avoid(z: Any, t: Any, squares: Any) -> str | None:
    """Outputs on target, and residuals that are their own squares."""
    if np.any(np.abs(z - t) <= TIE):
        return "an output on target"
    return "residuals of 1" if np.all(np.abs(squares - np.abs(z - t)) <= TIE) else None


FAMILY = Family(
    id="squared-error",
    topic="losses",
    title="Squared error and its gradient",
    task="Compute the squared error of the outputs z with the targets t, and its gradient with "
    "respect to z.",
    sources=("nnt", "ece493"),
    givens=(
        Given("z", "z", "outputs", "n"),
        Given("t", "t", "targets", "n"),
    ),
    conventions={"squared_error": (HALF, SUM, MEAN)},
    steps=(
        Step(
            "residuals",
            "Residuals",
            r"r = z - t",
            lambda z, t: z - t,
            work=lambda z, t: [Work((k,), f"{num(z[k])} - {factor(t[k])}") for k in range(len(z))],
        ),
        Step(
            "squares",
            "Their squares",
            r"r_k^2",
            lambda residuals: np.square(residuals),
            work=lambda residuals: [
                Work((k,), f"{factor(r)}^{{2}}") for k, r in enumerate(residuals)
            ],
        ),
        Step(
            "E",
            "Error",
            r"E = \frac{1}{2} \sum_k r_k^2 \text{ (sum: without } \frac{1}{2} \text{; mean: } "
            r"\frac{1}{n} \text{)}",
            _error,
            final=True,
            work=_error_work,
            formula_for=lambda squared_error: "E = " + sum_of_squares(squared_error, "r_k^2"),
        ),
        Step(
            "gradient",
            "Gradient",
            r"\frac{\partial E}{\partial z_k} = r_k \text{ (sum: } 2 r_k \text{; mean: } "
            r"\frac{2}{n} r_k \text{)}",
            _gradient,
            final=True,
            work=_gradient_work,
            formula_for=lambda squared_error: (
                r"\frac{\partial E}{\partial z_k} = " + error_slope(squared_error, "r_k")
            ),
        ),
    ),
    slips=(
        Slip(
            "residual-sign",
            "residuals",
            lambda z, t: t - z,
            "The residual is output minus target; the sign matters for the gradient.",
            when=lambda z, t: differ(z, t),
        ),
        Slip(
            "not-squared",
            "squares",
            lambda residuals: np.abs(residuals),
            "The residuals have to be squared.",
            when=lambda residuals, squares: differ(np.abs(residuals), squares),
        ),
        Slip(
            "other-factor",
            "E",
            _other_error,
            "The factor in front belongs to another convention (½, 1 or 1/n).",
            when=lambda squares, squared_error, E: differ(_other_error(squares, squared_error), E),
        ),
        Slip(
            "gradient-factor",
            "gradient",
            _other_gradient,
            "The factor of the gradient does not belong to this error function.",
            when=lambda residuals, squared_error, gradient: differ(
                _other_gradient(residuals, squared_error), gradient
            ),
        ),
    ),
    make=make,
    avoid=avoid,
    discrepancies=("squared-error-half-or-not", "loss-cost-risk-terms"),
    items=("ncl-quadratic", "dl-mse"),
)
