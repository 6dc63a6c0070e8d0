"""The error signal of the output units (Rumelhart, Hinton and Williams 1986; Bishop 2006, 5.3)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import (
    bare,
    error_slope,
    output_line,
    slope_of,
    sum_of_squares,
    through,
)
from quizapp.exercises.families.backprop._slopes import (
    BOUNDED,
    FLAT,
    FUNCTIONS,
    differ,
    on_the_kink,
    slope_text,
    slopes,
)
from quizapp.exercises.families.losses._logarithms import bernoulli_cross, cross_latex
from quizapp.exercises.families.mlp_forward.mlp_forward import output_work, outputs, saturated
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE, sigmoid
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import entries, factor, frac, num

SQUARED, CROSS = "squared-error", "cross-entropy"
_FACTOR = {"half-sum": 1.0, "sum": 2.0, "mean": 2.0}


def _factor(squared_error: str, count: int) -> float:
    return _FACTOR[squared_error] / (count if squared_error == "mean" else 1)


def _loss(y: Any, t: Any, loss: str, squared_error: str, line: Line = exact) -> float:
    if loss == CROSS:
        return float(np.sum(line(bernoulli_cross(t, y, line))))
    return float(np.sum(line(np.square(y - t))) * _factor(squared_error, len(t)) / 2.0)


def _by_output(y: Any, t: Any, loss: str, squared_error: str, line: Line = exact) -> Any:
    if loss == CROSS:
        return (y - t) / line(y * (1.0 - y))
    return _factor(squared_error, len(t)) * (y - t)


def _turned(y: Any, t: Any, loss: str, squared_error: str, line: Line = exact) -> Any:
    return 0.0 - _by_output(y, t, loss, squared_error, line)


def _slope_of_output(y: Any, out: str, relu_slope_at_zero: str, line: Line = exact) -> Any:
    return slopes(out, y, relu_slope_at_zero, line)


def _sigmoid_slope(z: Any, line: Line = exact) -> Any:
    y = line(sigmoid(z))
    return y * (1.0 - y)


def _loss_work(y: Any, t: Any, loss: str, squared_error: str) -> list[Work]:
    if loss == CROSS:
        terms = [cross_latex((b, 1.0 - b), (a, 1.0 - a)) for a, b in zip(y, t, strict=True)]
        return [Work((), " + ".join(f"({term})" for term in terms))]
    squares = " + ".join(f"({num(a)} - {factor(b)})^{{2}}" for a, b in zip(y, t, strict=True))
    divisor = {"half-sum": "2", "sum": "1", "mean": str(len(t))}[squared_error]
    return [Work((), squares if divisor == "1" else frac(squares, divisor))]


def _by_output_work(y: Any, t: Any, loss: str, squared_error: str) -> list[Work]:
    out = []
    for at in entries(y):
        off = f"{num(y[at])} - {factor(t[at])}"
        if loss == CROSS:
            out.append(Work(at, frac(off, rf"{num(y[at])} \cdot (1 - {num(y[at])})")))
        elif squared_error == "half-sum":
            out.append(Work(at, off))
        else:
            doubled = rf"2 \cdot ({off})"
            out.append(Work(at, frac(doubled, str(len(t))) if squared_error == "mean" else doubled))
    return out


def check(z: Any, t: Any, out: str, loss: str) -> None:
    """Cross-entropy is for logistic units with targets from 0 to 1."""
    if loss == CROSS and out != "sigmoid":
        raise GivenError(
            "cross-entropy goes with sigmoid outputs here; for softmax see softmax-chain.",
            where="out",
        )
    if loss == CROSS and (t.min() < 0 or t.max() > 1):
        raise GivenError("with cross-entropy every target is from 0 to 1.", where="t")
    if loss == CROSS and np.abs(z).max() > 30:
        raise GivenError(
            "an entry of 'z' is beyond 30; its output would be 0 or 1 to the last digit.", where="z"
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One or two units; linear or ReLU, then bounded ones or ReLU, then cross-entropy as well."""
    out = {
        1: str(rng.choice(("identity", "relu"))),
        2: str(rng.choice(("sigmoid", "tanh", "relu"))),
        3: str(rng.choice(("sigmoid", "sigmoid", "tanh", "identity"))),
    }[level]
    cross = level == 3 and out == "sigmoid"
    size = 3 if level == 3 else 1 + int(conventions["squared_error"] == "mean" or level == 2)
    draw: tuple[float, ...] = (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5)
    if out not in BOUNDED:
        draw = (-1.0, 0.5, 1.0, 2.0, 3.0) if level == 1 else (-1.0, 0.0, 0.5, 2.0, 3.0)
    return {
        "z": rng.choice(draw, size=size),
        "t": rng.choice((0.0, 1.0), size=size)
        if cross
        else rng.choice((-1.0, 0.0, 1.0), size=size),
        "out": out,
        "loss": CROSS if cross else SQUARED,
    }


def avoid(y: Any, t: Any, z: Any, out: str, slope: Any, delta: Any, loss_value: Any) -> str | None:
    """Outputs on target, closed or saturated units, and errors that equal their squares."""
    if np.any(np.abs(y - t) <= TIE) or np.all(np.abs(delta) <= TIE):
        return "an output on target"
    if np.all(np.abs(slope) <= TIE):
        return "all slopes 0"
    if abs(loss_value) <= TIE:
        return "no loss"
    return "saturated unit" if saturated(out, z, FLAT) else None


FAMILY = Family(
    id="output-delta",
    topic="backprop",
    title="Error signal of the output units",
    task="Compute the outputs, the loss and the error signals of the output units, that is the "
    "derivatives of the loss by their pre-activations.",
    sources=("hub", "mcb", "nnt", "ece493"),
    givens=(
        Given("z", "z^{(L)}", "pre-activations of the output units", "n"),
        Given("t", "t", "targets", "n"),
        Given("out", r"\varphi", "activation of the output units", kind="text", choices=FUNCTIONS),
        Given(
            "loss",
            r"\mathcal{L}",
            "squared-error, or (binary) cross-entropy for logistic outputs",
            kind="text",
            choices=(SQUARED, CROSS),
            default=SQUARED,
        ),
    ),
    conventions={
        "squared_error": ("half-sum", "sum", "mean"),
        "relu_slope_at_zero": ("zero", "one"),
    },
    steps=(
        Step(
            "y",
            "Outputs",
            r"y = \varphi(z)",
            lambda z, out, line: outputs(out, z, line),
            work=lambda z, out, value: output_work(out, z, value),
            formula_for=lambda out: output_line(out, "y", "z"),
        ),
        Step(
            "loss_value",
            "Loss",
            r"\frac{1}{2} \sum_k (y_k - t_k)^2 \text{ (sum: without } \frac{1}{2} \text{; mean: } "
            r"\frac{1}{n} \text{); cross-entropy: } -\sum_k [t_k \ln y_k + (1 - t_k) "
            r"\ln(1 - y_k)]",
            _loss,
            work=_loss_work,
            formula_for=lambda loss, squared_error: (
                r"-\sum_k [t_k \ln y_k + (1 - t_k) \ln(1 - y_k)]"
                if loss == CROSS
                else sum_of_squares(squared_error, "(y_k - t_k)^2")
            ),
        ),
        Step(
            "dL_dy",
            "Derivatives by the outputs",
            r"y_k - t_k \text{ (sum: } 2 (y_k - t_k) \text{; mean: } \frac{2}{n} (y_k - t_k) "
            r"\text{); cross-entropy: } \frac{y_k - t_k}{y_k (1 - y_k)}",
            _by_output,
            work=_by_output_work,
            formula_for=lambda loss, squared_error: (
                r"\frac{y_k - t_k}{y_k (1 - y_k)}"
                if loss == CROSS
                else bare(error_slope(squared_error, "(y_k - t_k)"))
            ),
        ),
        Step(
            "slope",
            "Slopes",
            r"\varphi'(z)",
            lambda z, out, relu_slope_at_zero, line: slopes(out, z, relu_slope_at_zero, line),
            work=lambda z, out, relu_slope_at_zero: [
                Work(at, slope_text(out, z[at], relu_slope_at_zero)) for at in entries(z)
            ],
            formula_for=lambda out, relu_slope_at_zero: (
                r"\varphi'(z) = " + slope_of(out, "z", relu_slope_at_zero, "y")
            ),
        ),
        Step(
            "delta",
            "Error signals",
            r"\delta = \frac{\partial L}{\partial y} \odot \varphi'(z)",
            lambda dL_dy, slope: dL_dy * slope,
            final=True,
            work=lambda dL_dy, slope, value: [
                Work(at, rf"{factor(dL_dy[at])} \cdot {factor(slope[at])}") for at in entries(value)
            ],
            formula_for=lambda out: (
                r"\delta = " + through(r"\frac{\partial L}{\partial y}", out, "y", "z")
            ),
        ),
    ),
    slips=(
        Slip(
            "residual-sign",
            "dL_dy",
            _turned,
            "The sign is reversed: the derivative has output minus target.",
            when=lambda dL_dy: bool(np.any(np.abs(dL_dy) > TIE)),
        ),
        Slip(
            "slope-of-output",
            "slope",
            _slope_of_output,
            "The slope is taken at the pre-activation z, not at the output f(z).",
            when=lambda y, out, relu_slope_at_zero, slope: (
                out in BOUNDED and differ(_slope_of_output(y, out, relu_slope_at_zero), slope)
            ),
        ),
        Slip(
            "sigmoid-slope-though-linear",
            "slope",
            _sigmoid_slope,
            "These outputs are linear: their slope is 1, whatever the hidden units do.",
            when=lambda out: out == "identity",
        ),
        Slip(
            "slope-forgotten",
            "delta",
            lambda dL_dy: dL_dy,
            "The factor φ'(z) is missing.",
            when=lambda out, dL_dy, delta: out != "identity" and differ(dL_dy, delta),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    tie=lambda out, z: on_the_kink(out, z),
    tie_rules=("relu_slope_at_zero",),
    discrepancies=(
        "activation-on-output-layer",
        "squared-error-half-or-not",
        "symbol-clashes-across-courses",
    ),
    items=("hub-output-delta", "dl-delta-out", "pl-autodiff-1", "ncl-quadratic"),
)
