"""The decision line of a unit with two inputs (Minsky and Papert 1969)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import frac, num


def _negative_quotient(above: Any, below: Any) -> float:
    """-above / below, without a negative zero."""
    return float(-above / below + 0.0)


def _written(above: Any, below: Any) -> list[Work]:
    return [Work((), f"-{frac(num(above), num(below))}")]


def _slope(w: Any) -> float:
    return _negative_quotient(w[0], w[1])


def _intercept(w: Any, b: float) -> float:
    return _negative_quotient(b, w[1])


def check(w: Any) -> None:
    """The line crosses both axes."""
    if np.any(np.abs(w) <= TIE):
        raise GivenError(
            "both weights in 'w' must differ from 0: otherwise the line is parallel to an axis.",
            where="w",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Weights 1 and 2, then whole numbers up to 5, then weights with one decimal."""
    if level == 3:
        tenths = np.concatenate((np.arange(-20, -1), np.arange(2, 21)))
        return {"w": rng.choice(tenths, size=2) / 10, "b": float(rng.choice(tenths) / 10)}
    pool = np.arange(1, 3 if level == 1 else 6)
    b = rng.choice((0.5, 1.0, 1.5, 2.0, 2.5, 3.0)) * rng.choice((-1.0, 1.0))
    return {"w": rng.choice(pool, size=2) * rng.choice((-1.0, 1.0), size=2), "b": float(b)}


def avoid(w: Any, b: float) -> str | None:
    """Lines on which a mistake would not show."""
    if abs(b) <= TIE:
        return "no bias"
    if abs(abs(w[0]) - abs(w[1])) <= TIE:
        return "weights of the same size"
    return "w2 = 1" if abs(w[1] - 1.0) <= TIE else None


FAMILY = Family(
    id="decision-line",
    topic="perceptron",
    title="Decision line of a two-input unit",
    task="Compute the slope of the line w₁x₁ + w₂x₂ + b = 0 (x₂ over x₁) and where it crosses the "
    "two axes.",
    sources=("nc",),
    givens=(
        Given("w", "w", "the two weights w₁ and w₂", "2"),
        Given("b", "b", "bias"),
    ),
    steps=(
        Step(
            "slope",
            "Slope of x₂ over x₁",
            r"-\frac{w_1}{w_2}",
            _slope,
            work=lambda w: _written(w[0], w[1]),
        ),
        Step(
            "intercept",
            "Value of x₂ at x₁ = 0",
            r"-\frac{b}{w_2}",
            _intercept,
            final=True,
            work=lambda w, b: _written(b, w[1]),
        ),
        Step(
            "crossing",
            "Value of x₁ at x₂ = 0",
            r"-\frac{b}{w_1}",
            lambda w, b: _negative_quotient(b, w[0]),
            final=True,
            work=lambda w, b: _written(b, w[0]),
        ),
    ),
    slips=(
        Slip(
            "slope-sign",
            "slope",
            lambda w: -_slope(w),
            "The minus sign is lost when w₁x₁ changes sides.",
        ),
        Slip(
            "slope-inverted",
            "slope",
            lambda w: _negative_quotient(w[1], w[0]),
            "Solve for x₂: divide by w₂, not by w₁.",
            when=lambda w: abs(abs(w[0]) - abs(w[1])) > TIE,
        ),
        Slip(
            "intercept-sign",
            "intercept",
            lambda w, b: -_intercept(w, b),
            "The minus sign is lost when b changes sides.",
            when=lambda b: abs(b) > TIE,
        ),
        Slip(
            "intercept-undivided",
            "intercept",
            lambda b: -b,
            "The intercept still has to be divided by w₂.",
            when=lambda w, b: abs(b) > TIE and abs(w[1] - 1.0) > TIE,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    items=("nc-linear-classifier",),
)
