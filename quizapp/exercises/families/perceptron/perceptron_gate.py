"""Truth table of a perceptron with a threshold (Rosenblatt 1958)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import step_of
from quizapp.exercises.families.perceptron._threshold import (
    CORNERS,
    OTHER_AT_ZERO,
    corners,
    differ,
    heaviside,
    some_zero,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import dot, entries, factor


def _z_work(X: Any, w: Any, bias: float, value: Any) -> list[Work]:
    return [Work(at, f"{dot(X[at[0]], w)} + {factor(bias)}") for at in entries(value)]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Gates with weights 1, then with other whole weights, then three or real-valued inputs."""
    if level == 1:
        theta = float(rng.choice((0.25, 0.5, 0.75, 1.25, 1.5, 1.75)))
        return {"w": np.ones(2), "theta": theta, "X": CORNERS}
    if level == 2:
        w, X = rng.choice((-2.0, -1.0, 1.0, 2.0), size=2), CORNERS
    elif rng.random() < 0.5:
        w, X = rng.choice((-2.0, -1.0, 1.0, 2.0), size=3), corners(3)
    else:
        w = rng.choice((-2.0, -1.0, 1.0, 2.0, 3.0), size=2)
        X = rng.choice((0.0, 0.25, 0.5, 0.75, 1.0), size=(4, 2))
    theta = float(rng.choice((-1.5, -1.0, -0.5, 0.5, 1.0, 1.5)))
    return {"w": w, "theta": theta, "X": X}


def avoid(theta: float, y: Any) -> str | None:
    """Thresholds whose sign does not show, and gates that always say the same."""
    if abs(theta) <= TIE:
        return "threshold 0"
    return "constant truth table" if np.ptp(y) == 0 else None


FAMILY = Family(
    id="perceptron-gate",
    topic="perceptron",
    title="Perceptron with a threshold, truth table",
    task="Turn the threshold into a bias and compute the output of the perceptron for every input.",
    sources=("nc",),
    givens=(
        Given("w", "w", "weights", "n"),
        Given("theta", r"\theta", "threshold; the unit fires when the weighted sum reaches it"),
        Given("X", "X", "inputs, one per row", "N x n"),
    ),
    conventions={"heaviside_at_zero": ("one", "zero")},
    steps=(
        Step(
            "bias",
            "Bias",
            r"b = -\theta",
            lambda theta: 0.0 - theta,
            work=lambda theta: [Work((), f"-{factor(theta)}")],
        ),
        Step(
            "z",
            "Weighted sums",
            r"z = X w + b",
            lambda X, w, bias: X @ w + bias,
            work=_z_work,
        ),
        Step(
            "y",
            "Outputs",
            r"y = H(z)",
            heaviside,
            final=True,
            kind="integer",
            formula_for=lambda heaviside_at_zero: "y = " + step_of("z", heaviside_at_zero),
        ),
    ),
    slips=(
        Slip(
            "bias-plus-theta",
            "bias",
            lambda theta: theta,
            "Moving the threshold to the other side changes its sign: b = -θ.",
            when=lambda theta: abs(theta) > TIE,
        ),
        Slip(
            "threshold-ignored",
            "z",
            lambda X, w: X @ w,
            "The bias (minus the threshold) is missing from z.",
            when=lambda theta: abs(theta) > TIE,
        ),
        Slip(
            "inputs-counted",
            "z",
            lambda X, bias: X.sum(axis=1) + bias,
            "The inputs were only counted; a perceptron weights them.",
            when=lambda X, w: differ(X.sum(axis=1), X @ w),
        ),
        Slip(
            "other-zero-rule",
            "y",
            lambda z, heaviside_at_zero: heaviside(z, OTHER_AT_ZERO[heaviside_at_zero]),
            "At z = 0 the named convention gives the other output.",
            when=some_zero,
        ),
    ),
    make=make,
    avoid=avoid,
    tie=some_zero,
    tie_rules=("heaviside_at_zero",),
    discrepancies=("heaviside-at-zero", "perceptron-means-different-units"),
    items=(
        "nc-perceptron-def",
        "nc-bias-equivalence",
        "nc-heaviside-strict",
        "nc-and-weights",
        "nc-or-weights",
    ),
)
