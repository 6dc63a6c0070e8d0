"""Backpropagation with the biases in a column of the weights (Rumelhart et al. 1986)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import (
    Among,
    error_slope,
    output_line,
    sum_of_squares,
    through,
)
from quizapp.exercises.families.backprop._bias_slot import (
    OTHER_SLOT,
    demand_bias,
    with_constant,
    without_bias,
)
from quizapp.exercises.families.backprop._slopes import (
    FLAT,
    differ,
    slope_from_output_text,
    slopes_from_output,
)
from quizapp.exercises.families.mlp_forward.mlp_forward import output_work, outputs, saturated
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import dot, entries, factor, frac, num

_LARGE = 1.75
_OTHER_FACTOR = {"half-sum": 2.0, "sum": 1.0, "mean": 2.0}


def _factor(squared_error: str, size: int) -> float:
    """The c in dE/dz = c (z - t)."""
    return {"half-sum": 1.0, "sum": 2.0, "mean": 2.0 / size}[squared_error]


def _sums(weights: Any, x: Any, bias_slot: str) -> Any:
    return weights @ with_constant(x, bias_slot)


def _error(z: Any, t: Any, squared_error: str, line: Line) -> float:
    squares = float(np.sum(line(np.square(z - t))))
    return {"half-sum": squares / 2.0, "sum": squares, "mean": squares / len(t)}[squared_error]


def _dE_dzhat(z: Any, t: Any, f: str, squared_error: str, line: Line) -> Any:  # noqa: N802
    return _factor(squared_error, len(t)) * (z - t) * line(slopes_from_output(f, z, line))


def _other_factor(z: Any, t: Any, f: str, squared_error: str, line: Line) -> Any:
    return _OTHER_FACTOR[squared_error] * (z - t) * line(slopes_from_output(f, z, line))


def _slope_missing(z: Any, t: Any, squared_error: str) -> Any:
    return _factor(squared_error, len(t)) * (z - t)


def _gradient(d: Any, x: Any, bias_slot: str, constant: float = 1.0) -> Any:
    return np.outer(d, with_constant(x, bias_slot, constant))


def _hidden(dE_dy: Any, y: Any, f: str, bias_slot: str, line: Line = exact) -> Any:
    return without_bias(dE_dy, bias_slot) * line(slopes_from_output(f, y, line))


def _bias_row_kept(dE_dy: Any, y: Any, f: str, bias_slot: str, line: Line = exact) -> Any:
    return _hidden(dE_dy, y, f, OTHER_SLOT[bias_slot], line)


def _slope_from_preactivation(
    dE_dy: Any, yhat: Any, f: str, bias_slot: str, line: Line = exact
) -> Any:
    return _hidden(dE_dy, yhat, f, bias_slot, line)


# The worked solution ---------------------------------------------------------------------


def _sums_work(weights: Any, x: Any, bias_slot: str) -> list[Work]:
    extended = with_constant(x, bias_slot)
    return [Work((k,), dot(row, extended)) for k, row in enumerate(weights)]


def _error_work(z: Any, t: Any, squared_error: str) -> list[Work]:
    squares = " + ".join(f"({num(a)} - {factor(b)})^{{2}}" for a, b in zip(z, t, strict=True))
    latex = {
        "half-sum": rf"\frac{{1}}{{2}} \cdot ({squares})",
        "sum": squares,
        "mean": frac(squares, str(len(t))),
    }[squared_error]
    return [Work((), latex)]


def _dE_dzhat_work(z: Any, t: Any, f: str, squared_error: str) -> list[Work]:  # noqa: N802
    c = {"half-sum": "", "sum": r"2 \cdot ", "mean": rf"\frac{{2}}{{{len(t)}}} \cdot "}
    return [
        Work(
            at,
            rf"{c[squared_error]}({num(z[at])} - {factor(t[at])}) \cdot "
            + slope_from_output_text(f, z[at]),
        )
        for at in entries(z)
    ]


def _gradient_work(d: Any, x: Any, bias_slot: str, value: Any) -> list[Work]:
    extended = with_constant(x, bias_slot)
    return [Work((k, i), rf"{factor(d[k])} \cdot {factor(extended[i])}") for k, i in entries(value)]


def _hidden_work(dE_dy: Any, y: Any, f: str, bias_slot: str) -> list[Work]:
    kept = without_bias(dE_dy, bias_slot)
    return [
        Work(at, rf"{factor(kept[at])} \cdot {slope_from_output_text(f, y[at])}")
        for at in entries(kept)
    ]


# Variants --------------------------------------------------------------------------------


def check(x: Any, V: Any, W: Any) -> None:
    """Every unit has a weight for each input and one for its bias."""
    demand_bias("V", V.shape[1], len(x), "inputs")
    demand_bias("W", W.shape[1], len(V), "hidden units (rows of 'V')")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """1-1-1, then 2-2-1 with tanh, then 2-2-2."""
    m, n, p = {1: (1, 1, 1), 2: (2, 2, 1), 3: (2, 2, 2)}[level]
    draw = (-1.0, -0.5, 0.5, 1.0, 1.5)
    usual = ("tanh",) if level == 2 else ("tanh", "tanh", "sigmoid")
    return {
        "x": rng.choice((-1.0, 0.5, 1.0, 2.0) if level == 1 else (-1.0, 0.5, 1.0), size=m),
        "t": rng.choice((-1.0, 0.0, 0.5, 1.0), size=p),
        "V": rng.choice(draw, size=(n, m + 1)),
        "W": rng.choice(draw[:-1], size=(p, n + 1)),
        "f": str(rng.choice(("identity", *usual) if level == 1 else usual)),
    }


def avoid(t: Any, z: Any, f: str, yhat: Any, zhat: Any, dE_dy: Any) -> str | None:
    """Nets on which nothing flows back, or whose bias looks like another weight."""
    if np.any(np.abs(z - t) < 0.05):
        return "an output equals its target"
    if np.any(np.abs(z - t) > _LARGE):
        return "large error"
    if saturated(f, yhat, FLAT) or saturated(f, zhat, FLAT):
        return "saturated unit"
    if not differ(dE_dy[1:], dE_dy[:-1]):
        return "equal weights for the bias slip"
    return "nothing flows back" if np.all(np.abs(dE_dy) <= TIE) else None


FAMILY = Family(
    id="backprop-bias-column",
    topic="backprop",
    title="Backpropagation with the bias inside the weight matrix",
    task="Compute the outputs and the error, then the gradients of both weight matrices, bias "
    "columns included.",
    sources=("nnt",),
    givens=(
        Given("x", "x", "inputs, without the constant 1", "m"),
        Given("t", "t", "targets", "p"),
        Given("V", "V", "weights of the hidden units, biases in the slot of bias_slot", "n x m+1"),
        Given("W", "W", "weights of the outputs, biases in the slot of bias_slot", "p x n+1"),
        Given(
            "f",
            "f",
            "activation of both layers",
            kind="text",
            choices=("tanh", "sigmoid", "identity"),
        ),
    ),
    conventions={
        "bias_slot": ("first", "last"),
        "squared_error": ("half-sum", "sum", "mean"),
    },
    steps=(
        Step(
            "yhat",
            "Hidden pre-activations",
            r"\hat{y} = V (1, x) \text{ (last: } V (x, 1) \text{)}",
            lambda V, x, bias_slot: _sums(V, x, bias_slot),
            work=lambda V, x, bias_slot: _sums_work(V, x, bias_slot),
            formula_for=Among(
                "bias_slot", {"first": r"\hat{y} = V (1, x)", "last": r"\hat{y} = V (x, 1)"}
            ),
        ),
        Step(
            "y",
            "Hidden outputs",
            r"y = f(\hat{y})",
            lambda yhat, f, line: outputs(f, yhat, line),
            work=lambda yhat, f, value: output_work(f, yhat, value),
            formula_for=lambda f: output_line(f, "y", r"\hat{y}"),
        ),
        Step(
            "zhat",
            "Output pre-activations",
            r"\hat{z} = W (1, y) \text{ (last: } W (y, 1) \text{)}",
            lambda W, y, bias_slot: _sums(W, y, bias_slot),
            work=lambda W, y, bias_slot: _sums_work(W, y, bias_slot),
            formula_for=Among(
                "bias_slot", {"first": r"\hat{z} = W (1, y)", "last": r"\hat{z} = W (y, 1)"}
            ),
        ),
        Step(
            "z",
            "Outputs",
            r"z = f(\hat{z})",
            lambda zhat, f, line: outputs(f, zhat, line),
            work=lambda zhat, f, value: output_work(f, zhat, value),
            formula_for=lambda f: output_line(f, "z", r"\hat{z}"),
        ),
        Step(
            "E",
            "Squared error",
            r"E = c \sum_k (z_k - t_k)^2",
            _error,
            work=_error_work,
            formula_for=lambda squared_error: (
                "E = " + sum_of_squares(squared_error, "(z_k - t_k)^2", "O")
            ),
        ),
        Step(
            "dE_dzhat",
            "Derivatives at the output pre-activations",
            r"\frac{\partial E}{\partial \hat{z}} = \frac{\partial E}{\partial z} \odot g(z)",
            _dE_dzhat,
            work=_dE_dzhat_work,
            formula_for=lambda f, squared_error: (
                r"\frac{\partial E}{\partial \hat{z}} = "
                + through(error_slope(squared_error, "(z - t)", "O"), f, "z", r"\hat{z}")
            ),
        ),
        Step(
            "dE_dW",
            "Gradient of the output weights",
            r"\frac{\partial E}{\partial W} = \frac{\partial E}{\partial \hat{z}} (1, y)"
            r" \text{ (last: } (y, 1) \text{)}",
            lambda dE_dzhat, y, bias_slot: _gradient(dE_dzhat, y, bias_slot),
            final=True,
            work=lambda dE_dzhat, y, bias_slot, value: _gradient_work(
                dE_dzhat, y, bias_slot, value
            ),
            formula_for=Among(
                "bias_slot",
                {
                    "first": r"\frac{\partial E}{\partial W} = "
                    r"\frac{\partial E}{\partial \hat{z}} (1, y)",
                    "last": r"\frac{\partial E}{\partial W} = "
                    r"\frac{\partial E}{\partial \hat{z}} (y, 1)",
                },
            ),
        ),
        Step(
            "dE_dy",
            "Derivatives at the hidden outputs, the constant included",
            r"W^\top \frac{\partial E}{\partial \hat{z}}",
            lambda W, dE_dzhat: W.T @ dE_dzhat,
            work=lambda W, dE_dzhat, value: [
                Work((i,), dot(W[:, i], dE_dzhat)) for (i,) in entries(value)
            ],
        ),
        Step(
            "dE_dyhat",
            "Derivatives at the hidden pre-activations",
            r"\frac{\partial E}{\partial \hat{y}} = \frac{\partial E}{\partial y} \odot g(y)"
            r" \text{ without the bias entry}",
            _hidden,
            work=_hidden_work,
            formula_for=lambda f: (
                r"\frac{\partial E}{\partial \hat{y}} = "
                + through(r"\frac{\partial E}{\partial y}", f, "y", r"\hat{y}")
                + r" \text{ without the bias entry}"
            ),
        ),
        Step(
            "dE_dV",
            "Gradient of the hidden weights",
            r"\frac{\partial E}{\partial V} = \frac{\partial E}{\partial \hat{y}} (1, x)"
            r" \text{ (last: } (x, 1) \text{)}",
            lambda dE_dyhat, x, bias_slot: _gradient(dE_dyhat, x, bias_slot),
            final=True,
            work=lambda dE_dyhat, x, bias_slot, value: _gradient_work(
                dE_dyhat, x, bias_slot, value
            ),
            formula_for=Among(
                "bias_slot",
                {
                    "first": r"\frac{\partial E}{\partial V} = "
                    r"\frac{\partial E}{\partial \hat{y}} (1, x)",
                    "last": r"\frac{\partial E}{\partial V} = "
                    r"\frac{\partial E}{\partial \hat{y}} (x, 1)",
                },
            ),
        ),
    ),
    slips=(
        Slip(
            "bias-row-kept",
            "dE_dyhat",
            _bias_row_kept,
            "The bias entry of ∂E/∂y must be dropped: nothing lies behind the constant 1.",
            when=lambda dE_dy, y, f, bias_slot, dE_dyhat: differ(
                _bias_row_kept(dE_dy, y, f, bias_slot), dE_dyhat
            ),
        ),
        Slip(
            "slope-from-preactivation",
            "dE_dyhat",
            _slope_from_preactivation,
            "g takes the output y, not the pre-activation ŷ.",
            when=lambda dE_dy, yhat, f, bias_slot, dE_dyhat: (
                f != "identity"
                and differ(_slope_from_preactivation(dE_dy, yhat, f, bias_slot), dE_dyhat)
            ),
        ),
        Slip(
            "factor-two",
            "dE_dzhat",
            _other_factor,
            "The factor in front of (z - t) does not fit this error function.",
            when=lambda squared_error, t, dE_dzhat: (
                not (squared_error == "mean" and len(t) == 1)
                and bool(np.any(np.abs(dE_dzhat) > TIE))
            ),
        ),
        Slip(
            "output-slope-missing",
            "dE_dzhat",
            _slope_missing,
            "The slope of the output layer is missing.",
            when=lambda z, t, f, squared_error, dE_dzhat: (
                f != "identity" and differ(_slope_missing(z, t, squared_error), dE_dzhat)
            ),
        ),
        Slip(
            "constant-forgotten",
            "dE_dW",
            lambda dE_dzhat, y, bias_slot: _gradient(dE_dzhat, y, bias_slot, 0.0),
            "The bias column of the gradient is ∂E/∂ẑ itself: the constant input is 1.",
            when=lambda dE_dzhat: bool(np.any(np.abs(dE_dzhat) > TIE)),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=(
        "squared-error-half-or-not",
        "bias-position-in-weight-vector",
        "symbol-clashes-across-courses",
    ),
    items=("ncl-code-back-last", "ncl-code-back-hidden", "ncl-error-prev"),
)
