"""A network of threshold units with one hidden layer, XOR being the known one.

Minsky and Papert 1969 on XOR and one unit; Rumelhart, Hinton and Williams 1986 on two layers.
"""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

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

# Weights and bias of a unit with two inputs that is the gate.
_GATES = {
    "or": (1.0, 1.0, -0.5),
    "and": (1.0, 1.0, -1.5),
    "nand": (-1.0, -1.0, 1.5),
    "nor": (-1.0, -1.0, 0.5),
}


def _hidden_sums(X: Any, W1: Any, b1: Any) -> Any:
    return X @ W1.T + b1


def _last_flipped(X: Any, W1: Any, b1: Any) -> Any:
    return X @ W1.T + np.append(b1[:-1], -b1[-1])


def _inputs_as_hidden(X: Any, w2: Any, b2: float) -> Any:
    """The mistake of giving the inputs to the output unit; ValueError where they do not fit."""
    return X @ w2 + b2


def _z1_work(X: Any, W1: Any, b1: Any, value: Any) -> list[Work]:
    return [Work((i, k), f"{dot(X[i], W1[k])} + {factor(b1[k])}") for i, k in entries(value)]


def _z2_work(h: Any, w2: Any, b2: float, value: Any) -> list[Work]:
    return [Work(at, f"{dot(h[at[0]], w2)} + {factor(b2)}") for at in entries(value)]


def _gates(rng: Any) -> dict[str, Any]:
    """Two different gates, joined by a third."""
    first, second = rng.permutation(list(_GATES))[:2]
    joined = _GATES[str(rng.choice(list(_GATES)))]
    hidden = np.array([_GATES[str(first)], _GATES[str(second)]])
    return {"W1": hidden[:, :2], "b1": hidden[:, 2], "w2": np.array(joined[:2]), "b2": joined[2]}


def _bias(rng: Any, w: Any, above: float) -> float:
    """A bias that puts the threshold of a unit between its lowest and its highest sum.

    The threshold lies ``above`` (1/2 or 1) a whole number: with 1 it can be met exactly.
    """
    low, high = w[w < 0].sum(), w[w > 0].sum()
    return -float(low + rng.integers(high - low) + above)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Gates of two gates such as XOR, then other 2-2-1 weights, then three inputs and units.

    From level 2 on the weights are whole numbers; some nets have thresholds that can be met.
    """
    if level == 1:
        return {**_gates(rng), "X": CORNERS}
    W1 = rng.choice((-2.0, -1.0, 1.0, 2.0), size=(level, level))
    w2 = rng.choice((-2.0, -1.0, 1.0, 2.0), size=level)
    above = 1.0 if rng.random() < 0.4 else 0.5
    return {
        "W1": W1,
        "b1": np.array([_bias(rng, w, above) for w in W1]),
        "w2": w2,
        "b2": _bias(rng, w2, above),
        "X": corners(level),
    }


def avoid(b1: Any, b2: float, h: Any, y: Any) -> str | None:
    """Nets or hidden units that always say the same, and biases whose sign does not show."""
    if np.ptp(y) == 0:
        return "constant output"
    if np.any(np.ptp(h, axis=0) == 0):
        return "constant hidden unit"
    return "bias 0" if abs(b1[-1]) <= TIE or abs(b2) <= TIE else None


FAMILY = Family(
    id="xor-net",
    topic="mlp-forward",
    title="Two-layer threshold network (XOR)",
    task="Compute the output of the network for every input: first the hidden units, each 0 or 1, "
    "then the output unit.",
    sources=("nc",),
    givens=(
        Given("W1", "W^{(1)}", "weights of the hidden units, one unit per row", "H x n"),
        Given("b1", "b^{(1)}", "biases of the hidden units", "H"),
        Given("w2", "w^{(2)}", "weights of the output unit", "H"),
        Given("b2", "b^{(2)}", "bias of the output unit"),
        Given("X", "X", "inputs, one per row", "N x n"),
    ),
    conventions={"heaviside_at_zero": ("one", "zero")},
    steps=(
        Step(
            "z1",
            "Hidden weighted sums",
            r"z^{(1)} = X W^{(1) \top} + b^{(1)}",
            _hidden_sums,
            work=_z1_work,
        ),
        Step(
            "h",
            "Hidden outputs",
            r"h = H(z^{(1)})",
            lambda z1, heaviside_at_zero: heaviside(z1, heaviside_at_zero),
            kind="integer",
            formula_for=lambda heaviside_at_zero: "h = " + step_of("z^{(1)}", heaviside_at_zero),
        ),
        Step(
            "z2",
            "Weighted sums of the output unit",
            r"z^{(2)} = h w^{(2)} + b^{(2)}",
            lambda h, w2, b2: h @ w2 + b2,
            work=_z2_work,
        ),
        Step(
            "y",
            "Outputs",
            r"y = H(z^{(2)})",
            lambda z2, heaviside_at_zero: heaviside(z2, heaviside_at_zero),
            final=True,
            kind="integer",
            formula_for=lambda heaviside_at_zero: "y = " + step_of("z^{(2)}", heaviside_at_zero),
        ),
    ),
    slips=(
        Slip(
            "last-bias-flipped",
            "z1",
            _last_flipped,
            "The bias of the last hidden unit (NAND in the XOR network) has the wrong sign.",
            when=lambda b1: abs(b1[-1]) > TIE,
        ),
        Slip(
            "hidden-threshold-skipped",
            "h",
            lambda z1: z1,
            "The hidden units must be thresholded to 0 or 1 first.",
            when=lambda z1, h: differ(z1, h),
        ),
        Slip(
            "output-bias-missing",
            "z2",
            lambda h, w2: h @ w2,
            "The bias of the output unit is missing.",
            when=lambda b2: abs(b2) > TIE,
        ),
        Slip(
            "inputs-to-output",
            "z2",
            _inputs_as_hidden,
            "The output unit reads the hidden units, not the inputs.",
            when=lambda X, w2, b2, z2: (
                X.shape[1] == len(w2) and differ(_inputs_as_hidden(X, w2, b2), z2)
            ),
        ),
        Slip(
            "other-zero-rule",
            "y",
            lambda z2, heaviside_at_zero: heaviside(z2, OTHER_AT_ZERO[heaviside_at_zero]),
            "At z = 0 the named convention gives the other output.",
            when=lambda z2: some_zero(z2),
        ),
    ),
    make=make,
    avoid=avoid,
    tie=lambda z1, z2: some_zero(z1) or some_zero(z2),
    tie_rules=("heaviside_at_zero",),
    discrepancies=("heaviside-at-zero",),
    items=("nc-xor-mlp",),
)
