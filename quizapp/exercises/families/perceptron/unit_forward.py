"""Forward pass of one unit, its bias a weight on a constant 1 (Rosenblatt 1958)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among, output_line, sign_of, step_of
from quizapp.exercises.families.perceptron._threshold import (
    CORNERS,
    differ,
    heaviside,
    sign,
    some_zero,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE, activation
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import dot, entries, exp, frac, num

FUNCTIONS = ("identity", "heaviside", "sign", "sigmoid", "tanh", "relu")
_NO_OVERFLOW = 30.0
_SATURATED = 4.0
_OTHER_END = {"first": "last", "last": "first"}


def _slot(bias_slot: str) -> int:
    return 0 if bias_slot == "first" else -1


def augmented(X: Any, bias_slot: str) -> Any:
    """Every row of X with a constant 1 in the bias slot."""
    ones = np.ones((len(X), 1))
    return np.hstack((ones, X) if bias_slot == "first" else (X, ones))


def _with_constant(x_aug: Any, w: Any, bias_slot: str, constant: float) -> Any:
    """The weighted sums with another number in the place of the constant 1."""
    changed = np.array(x_aug, dtype=float)
    changed[:, _slot(bias_slot)] = constant
    return changed @ w


def _outputs(z: Any, f: str, heaviside_at_zero: str, tie: str, line: Line) -> Any:
    if f == "heaviside":
        return heaviside(z, heaviside_at_zero)
    if f == "sign":
        return sign(z, tie)
    if f == "sigmoid" and line is not exact and np.max(np.abs(z)) < _NO_OVERFLOW:
        return 1.0 / (1.0 + line(np.exp(-z)))
    return activation(f, z)


def _output_work(z: Any, f: str, value: Any) -> list[Work]:
    return [Work(at, _output(f, z[at], value[at])) for at in entries(value)]


def _output(f: str, z: float, y: float) -> str:
    if f == "sigmoid":
        return frac("1", f"1 + {exp(-z)}")
    if f == "tanh":
        return rf"\tanh({num(z)})"
    return rf"\max(0, {num(z)})" if f == "relu" else num(y)


def check(w: Any, X: Any) -> None:
    """There is one weight for every input and one for the bias."""
    if len(w) != X.shape[1] + 1:
        raise GivenError(
            f"'w' has {len(w)} entries, but {X.shape[1]} inputs and a bias (rows of 'X' come "
            f"without the constant 1) need {X.shape[1] + 1}.",
            where="w",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A gate on four corners, then one or two inputs to any function, then three of three."""
    if level == 1:
        weights = rng.choice((-1.0, 1.0), size=2)
        bias = float(rng.choice((-1.5, -0.5, 0.5, 1.5)))
        X, f = CORNERS, "heaviside"
    else:
        n = level
        weights = rng.choice((-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0), size=n)
        bias = float(rng.choice((-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0)))
        size = 3 if level == 3 else int(rng.integers(1, 3))
        X = rng.choice((-2.0, -1.0, -0.5, 0.5, 1.0, 2.0), size=(size, n))
        usual = ("sigmoid", "tanh") * 2
        f = str(rng.choice((*usual, "sign", "heaviside", "relu") if level == 3 else usual))
    w = [bias, *weights] if conventions["bias_slot"] == "first" else [*weights, bias]
    return {"w": np.array(w), "X": X, "f": f}


def avoid(w: Any, z: Any, y: Any, f: str) -> str | None:
    """Units on which a swapped bias or the activation would not show."""
    if abs(w[0] - w[-1]) <= TIE:
        return "first and last weight equal"
    if len(y) > 1 and np.ptp(y) <= TIE:
        return "all outputs equal"
    bounded = f in {"sigmoid", "tanh"}
    return "saturated unit" if bounded and np.any(np.abs(z) > _SATURATED) else None


def _step_at_zero(f: str, z: Any) -> bool:
    return f in {"heaviside", "sign"} and some_zero(z)


def _bias_given(w: Any, bias_slot: str) -> bool:
    return bool(abs(w[_slot(bias_slot)]) > TIE)


def _output_formula(f: str, heaviside_at_zero: str, tie: str) -> str:
    """The function written out; the conventions say what a step or a sign is at 0."""
    if f == "heaviside":
        return f"y = {step_of('z', heaviside_at_zero)}"
    return f"y = {sign_of('z', tie)}" if f == "sign" else output_line(f, "y", "z")


FAMILY = Family(
    id="unit-forward",
    topic="perceptron",
    title="Forward pass of one unit",
    task="Put the constant 1 of the bias into every input, then compute the weighted sums and the "
    "outputs of the unit.",
    sources=("hub", "mcb", "nnt", "ece493", "nc"),
    givens=(
        Given("w", "w", "weights, that of the bias in the slot named by bias_slot", "n+1"),
        Given("X", "X", "inputs, one per row, without the constant 1", "N x n"),
        Given("f", "f", "activation function of the unit", kind="text", choices=FUNCTIONS),
    ),
    conventions={
        "bias_slot": ("first", "last"),
        "heaviside_at_zero": ("one", "zero"),
        "tie": ("plus", "minus"),
    },
    steps=(
        Step(
            "x_aug",
            "Inputs with the constant 1",
            r"\tilde{x} = (1, x) \text{ (last: } (x, 1) \text{)}",
            augmented,
            work=lambda value: [Work(at, num(value[at])) for at in entries(value)],
            formula_for=Among(
                "bias_slot", {"first": r"\tilde{x} = (1, x)", "last": r"\tilde{x} = (x, 1)"}
            ),
        ),
        Step(
            "z",
            "Weighted sums",
            r"z = \tilde{x} \cdot w",
            lambda x_aug, w: x_aug @ w,
            work=lambda x_aug, w, value: [Work(at, dot(x_aug[at[0]], w)) for at in entries(value)],
        ),
        Step(
            "y",
            "Outputs",
            r"y = f(z)",
            _outputs,
            final=True,
            work=_output_work,
            formula_for=_output_formula,
        ),
    ),
    slips=(
        Slip(
            "bias-slot-swapped",
            "x_aug",
            lambda X, bias_slot: augmented(X, _OTHER_END[bias_slot]),
            "The bias was read from the wrong end of the weight vector.",
            when=lambda X: differ(X, 1.0),
        ),
        Slip(
            "bias-left-out",
            "z",
            lambda x_aug, w, bias_slot: _with_constant(x_aug, w, bias_slot, 0.0),
            "The bias is missing from the weighted sum.",
            when=_bias_given,
        ),
        Slip(
            "bias-subtracted",
            "z",
            lambda x_aug, w, bias_slot: _with_constant(x_aug, w, bias_slot, -1.0),
            "The bias is added, not subtracted.",
            when=_bias_given,
        ),
        Slip(
            "z-reported",
            "y",
            lambda z: z,
            "This is the weighted sum; the activation function is still missing.",
            when=lambda f, z, y: f != "identity" and differ(z, y),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    tie=_step_at_zero,
    tie_rules=("heaviside_at_zero", "tie"),
    discrepancies=(
        "bias-position-in-weight-vector",
        "heaviside-at-zero",
        "perceptron-means-different-units",
        "symbol-clashes-across-courses",
    ),
    items=(
        "hub-unit-formula",
        "hub-bias-def",
        "ncl-unit",
        "dl-perceptron",
        "nc-perceptron-def",
        "nc-heaviside-theta",
        "nc-and-weights",
        "nc-or-weights",
    ),
)
