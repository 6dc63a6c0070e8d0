"""Backpropagation through one hidden layer (Rumelhart, Hinton and Williams 1986)."""

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
from quizapp.exercises.families.mlp_forward.mlp_forward import (
    OTHER_LAYOUT,
    dead,
    hidden_layer,
    hidden_layer_work,
    output_layer,
    output_layer_work,
    output_work,
    outputs,
    saturated,
    turnable,
    weights,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE, activation, slope
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import dot, entries, factor, frac, num

_FLAT = 3.5
"""Beyond this pre-activation a slope is so small that rounding the output swallows it."""
_FUNCTIONS = ("identity", "sigmoid", "tanh", "relu")


def _slopes(name: str, z: Any, at_zero: str, line: Line) -> Any:
    """The slopes at pre-activations z; a student writes the output y first, then y (1 - y)."""
    if line is exact or name in {"identity", "relu"}:
        return slope(name, z, at_zero)
    y = line(activation(name, z))
    return line(y * (1.0 - y) if name == "sigmoid" else 1.0 - line(y * y))


def _error(y: Any, t: Any, squared_error: str, line: Line) -> float:
    total = float(np.sum(line(np.square(y - t))))
    return {"half-sum": total / 2.0, "sum": total, "mean": total / len(t)}[squared_error]


def _factor(squared_error: str, size: int) -> float:
    """The c in dE/dy = c (y - t)."""
    return {"half-sum": 1.0, "sum": 2.0, "mean": 2.0 / size}[squared_error]


_OTHER_FACTOR = {"half-sum": 2.0, "sum": 1.0, "mean": 2.0}


def _delta2(
    y: Any,
    t: Any,
    z2: Any,
    out: str,
    squared_error: str,
    relu_slope_at_zero: str,
    line: Line,
) -> Any:
    c = _factor(squared_error, len(t))
    return c * (y - t) * _slopes(out, z2, relu_slope_at_zero, line)


def _factor_two(
    y: Any,
    t: Any,
    z2: Any,
    out: str,
    squared_error: str,
    relu_slope_at_zero: str,
    line: Line,
) -> Any:
    c = _OTHER_FACTOR[squared_error]
    return c * (y - t) * _slopes(out, z2, relu_slope_at_zero, line)


def _collected(W2: Any, delta2: Any, layout: str) -> Any:
    """For each hidden unit the sum over the outputs that it feeds."""
    return delta2 @ W2 if layout == "column" else W2 @ delta2


def _delta1(
    W2: Any,
    delta2: Any,
    z1: Any,
    f: str,
    layout: str,
    relu_slope_at_zero: str,
    line: Line,
) -> Any:
    return line(_collected(W2, delta2, layout)) * _slopes(f, z1, relu_slope_at_zero, line)


def _slope_of_output(
    W2: Any,
    delta2: Any,
    h: Any,
    f: str,
    layout: str,
    relu_slope_at_zero: str,
    line: Line,
) -> Any:
    return _delta1(W2, delta2, h, f, layout, relu_slope_at_zero, line)


def _not_transposed(
    W2: Any,
    delta2: Any,
    z1: Any,
    f: str,
    layout: str,
    relu_slope_at_zero: str,
    line: Line,
) -> Any:
    return _delta1(W2, delta2, z1, f, OTHER_LAYOUT[layout], relu_slope_at_zero, line)


def _first_output_only(
    W2: Any,
    delta2: Any,
    z1: Any,
    f: str,
    layout: str,
    relu_slope_at_zero: str,
    line: Line,
) -> Any:
    to_first = W2[0] if layout == "column" else W2[:, 0]
    return line(to_first * delta2[0]) * _slopes(f, z1, relu_slope_at_zero, line)


def _outer(delta: Any, inputs: Any, layout: str) -> Any:
    return np.outer(delta, inputs) if layout == "column" else np.outer(inputs, delta)


def _output_gradient(delta2: Any, h: Any, layout: str) -> Any:
    return _outer(delta2, h, layout)


def _hidden_gradient(delta1: Any, x: Any, layout: str) -> Any:
    return _outer(delta1, x, layout)


def _gradient_with_hidden_outputs(delta1: Any, h: Any, layout: str) -> Any:
    return _outer(delta1, h, layout)


def _second_turnable(W2: Any) -> bool:
    return turnable(W2)


def _slope_matters(y: Any, t: Any, z2: Any, out: str, relu_slope_at_zero: str) -> bool:
    if out == "identity":
        return False
    lost = (y - t) * (1.0 - slope(out, z2, relu_slope_at_zero))
    return bool(np.any(np.abs(lost) > TIE))


# The worked solution ---------------------------------------------------------------------


def _squares(y: Any, t: Any) -> str:
    return " + ".join(f"({num(a)} - {factor(b)})^{{2}}" for a, b in zip(y, t, strict=True))


def _error_work(y: Any, t: Any, squared_error: str) -> list[Work]:
    squares = _squares(y, t)
    latex = {
        "half-sum": rf"\frac{{1}}{{2}} \cdot ({squares})",
        "sum": squares,
        "mean": frac(squares, str(len(t))),
    }[squared_error]
    return [Work((), latex)]


def _slope_text(name: str, z: Any, y: Any, at_zero: str) -> str:
    if name == "sigmoid":
        return rf"{num(y)} \cdot (1 - {num(y)})"
    if name == "tanh":
        return f"(1 - {factor(y)}^{{2}})"
    return num(slope(name, z, at_zero))


def _delta2_work(
    y: Any,
    t: Any,
    z2: Any,
    out: str,
    squared_error: str,
    relu_slope_at_zero: str,
    value: Any,
) -> list[Work]:
    c = {"half-sum": "", "sum": r"2 \cdot ", "mean": rf"\frac{{2}}{{{len(t)}}} \cdot "}
    return [
        Work(
            (k,),
            rf"{c[squared_error]}({num(y[k])} - {factor(t[k])}) \cdot "
            + _slope_text(out, z2[k], y[k], relu_slope_at_zero),
        )
        for (k,) in entries(value)
    ]


def _delta1_work(
    W2: Any,
    delta2: Any,
    z1: Any,
    h: Any,
    f: str,
    layout: str,
    relu_slope_at_zero: str,
    value: Any,
) -> list[Work]:
    towards = W2.T if layout == "column" else W2
    return [
        Work(
            (j,),
            rf"({dot(towards[j], delta2)}) \cdot "
            + _slope_text(f, z1[j], h[j], relu_slope_at_zero),
        )
        for (j,) in entries(value)
    ]


def _outer_work(delta: Any, inputs: Any, layout: str, value: Any) -> list[Work]:
    out = []
    for i, j in entries(value):
        to, source = (i, j) if layout == "column" else (j, i)
        out.append(Work((i, j), rf"{factor(delta[to])} \cdot {factor(inputs[source])}"))
    return out


def _output_gradient_work(delta2: Any, h: Any, layout: str, value: Any) -> list[Work]:
    return _outer_work(delta2, h, layout, value)


def _hidden_gradient_work(delta1: Any, x: Any, layout: str, value: Any) -> list[Work]:
    return _outer_work(delta1, x, layout, value)


# Variants --------------------------------------------------------------------------------


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """1-1-1 or 2-2-1 piecewise linear, then 2-2-1 with sigmoids, then 2-2-2 with biases.

    Level 3 has a ReLU now and then, so that a pre-activation can sit on its kink.
    """
    small = level == 1 and rng.random() < 0.3
    n, hidden, size = (1, 1, 1) if small else {1: (2, 2, 1), 2: (2, 2, 1), 3: (2, 2, 2)}[level]
    draw = (-1.0, 1.0, 2.0, 3.0) if level == 1 else (-1.0, -0.5, 0.5, 1.0, 1.5)
    bias = (-0.5, 0.0, 0.5) if level == 3 else (0.0,)
    f = {1: ("identity", "relu"), 2: ("sigmoid",), 3: ("tanh", "tanh", "tanh", "relu")}[level]
    out = {1: ("identity",), 2: ("identity", "sigmoid"), 3: ("identity", "sigmoid", "tanh")}[level]
    layout = conventions["layout"]
    return {
        "x": rng.choice((-1.0, 1.0, 2.0, 3.0) if level == 1 else (-1.0, 0.5, 1.0, 2.0), size=n),
        "t": rng.choice((-2.0, 0.0, 1.0, 2.0, 3.0) if level == 1 else (0.0, 1.0), size=size),
        "W1": weights(rng, hidden, n, draw, layout),
        "b1": rng.choice(bias, size=hidden),
        "W2": weights(rng, size, hidden, draw, layout),
        "b2": rng.choice(bias, size=size),
        "f": str(rng.choice(f)),
        "out": str(rng.choice(out)),
    }


def avoid(
    x: Any, t: Any, W1: Any, W2: Any, f: str, out: str, z1: Any, h: Any, z2: Any, y: Any
) -> str | None:
    """Nets on which nothing flows back, or on which a mistake would not show."""
    if np.any(np.abs(y - t) <= TIE):
        return "an output equals its target"
    if dead(f, z1):
        return "dead hidden layer"
    if saturated(f, z1, _FLAT) or saturated(out, z2, _FLAT):
        return "saturated unit"
    if W2.shape[0] == W2.shape[1] > 1 and not turnable(W2):
        return "symmetric W2"
    if W1.shape[0] == W1.shape[1] > 1 and not turnable(W1):
        return "symmetric W1"
    return "hidden outputs equal the inputs" if _equal(h, x) else None


def _equal(h: Any, x: Any) -> bool:
    return h.shape == x.shape and bool(np.allclose(h, x, rtol=0, atol=TIE))


def _on_the_kink(f: str, out: str, z1: Any, z2: Any) -> bool:
    """Whether some ReLU sits at exactly 0, where its slope is a choice."""
    hidden = f == "relu" and bool(np.any(np.abs(z1) <= TIE))
    return hidden or (out == "relu" and bool(np.any(np.abs(z2) <= TIE)))


FAMILY = Family(
    id="backprop-hidden",
    topic="backprop",
    title="Backpropagation with one hidden layer and squared error",
    task="Compute the outputs and the error, then the gradients of all weights and biases.",
    sources=("hub", "nnt", "ece493", "nc"),
    givens=(
        Given("x", "x", "inputs", "n"),
        Given("t", "t", "targets", "O"),
        Given(
            "W1",
            "W^{(1)}",
            "weights from the inputs to the hidden units",
            {"column": "H x n", "row": "n x H"},
            by="layout",
        ),
        Given("b1", "b^{(1)}", "biases of the hidden units", "H"),
        Given(
            "W2",
            "W^{(2)}",
            "weights from the hidden units to the outputs",
            {"column": "O x H", "row": "H x O"},
            by="layout",
        ),
        Given("b2", "b^{(2)}", "biases of the outputs", "O"),
        Given("f", "f", "activation of the hidden units", kind="text", choices=_FUNCTIONS),
        Given("out", "g", "activation of the output units", kind="text", choices=_FUNCTIONS),
    ),
    conventions={
        "squared_error": ("half-sum", "sum", "mean"),
        "layout": ("column", "row"),
        "relu_slope_at_zero": ("zero", "one"),
    },
    steps=(
        Step(
            "z1",
            "Hidden pre-activations",
            r"z^{(1)} = W^{(1)} x + b^{(1)} \text{ (row: } x W^{(1)} + b^{(1)} \text{)}",
            hidden_layer,
            work=hidden_layer_work,
            formula_for=Among(
                "layout",
                {
                    "column": r"z^{(1)} = W^{(1)} x + b^{(1)}",
                    "row": r"z^{(1)} = x W^{(1)} + b^{(1)}",
                },
            ),
        ),
        Step(
            "h",
            "Hidden outputs",
            r"h = f(z^{(1)})",
            lambda z1, f, line: outputs(f, z1, line),
            work=lambda z1, f, value: output_work(f, z1, value),
            formula_for=lambda f: output_line(f, "h", "z^{(1)}"),
        ),
        Step(
            "z2",
            "Output pre-activations",
            r"z^{(2)} = W^{(2)} h + b^{(2)} \text{ (row: } h W^{(2)} + b^{(2)} \text{)}",
            output_layer,
            work=output_layer_work,
            formula_for=Among(
                "layout",
                {
                    "column": r"z^{(2)} = W^{(2)} h + b^{(2)}",
                    "row": r"z^{(2)} = h W^{(2)} + b^{(2)}",
                },
            ),
        ),
        Step(
            "y",
            "Outputs",
            r"y = g(z^{(2)})",
            lambda z2, out, line: outputs(out, z2, line),
            work=lambda z2, out, value: output_work(out, z2, value),
            formula_for=lambda out: output_line(out, "y", "z^{(2)}"),
        ),
        Step(
            "E",
            "Squared error",
            r"E = c \sum_k (y_k - t_k)^2",
            _error,
            work=_error_work,
            formula_for=lambda squared_error: (
                "E = " + sum_of_squares(squared_error, "(y_k - t_k)^2", "O")
            ),
        ),
        Step(
            "delta2",
            "Output deltas (gradient of the output biases)",
            r"\delta^{(2)} = \frac{\partial E}{\partial y} \odot g'(z^{(2)})",
            _delta2,
            final=True,
            work=_delta2_work,
            formula_for=lambda out, squared_error: (
                r"\delta^{(2)} = "
                + through(error_slope(squared_error, "(y - t)", "O"), out, "y", "z^{(2)}")
            ),
        ),
        Step(
            "dW2",
            "Gradient of the output weights",
            r"\frac{\partial E}{\partial W^{(2)}} = \delta^{(2)} h^\top"
            r" \text{ (row: } h^\top \delta^{(2)} \text{)}",
            _output_gradient,
            final=True,
            work=_output_gradient_work,
            formula_for=Among(
                "layout",
                {
                    "column": r"\frac{\partial E}{\partial W^{(2)}} = \delta^{(2)} h^\top",
                    "row": r"\frac{\partial E}{\partial W^{(2)}} = h^\top \delta^{(2)}",
                },
            ),
        ),
        Step(
            "delta1",
            "Hidden deltas (gradient of the hidden biases)",
            r"\delta^{(1)} = (W^{(2)})^\top \delta^{(2)} \odot f'(z^{(1)})"
            r" \text{ (row: } W^{(2)} \text{)}",
            _delta1,
            final=True,
            work=_delta1_work,
            formula_for=lambda layout, f: (
                r"\delta^{(1)} = "
                + through(
                    r"\delta^{(2)} (W^{(2)})^\top"
                    if layout == "row"
                    else r"(W^{(2)})^\top \delta^{(2)}",
                    f,
                    "h",
                    "z^{(1)}",
                )
            ),
        ),
        Step(
            "dW1",
            "Gradient of the hidden weights",
            r"\frac{\partial E}{\partial W^{(1)}} = \delta^{(1)} x^\top"
            r" \text{ (row: } x^\top \delta^{(1)} \text{)}",
            _hidden_gradient,
            final=True,
            work=_hidden_gradient_work,
            formula_for=Among(
                "layout",
                {
                    "column": r"\frac{\partial E}{\partial W^{(1)}} = \delta^{(1)} x^\top",
                    "row": r"\frac{\partial E}{\partial W^{(1)}} = x^\top \delta^{(1)}",
                },
            ),
        ),
    ),
    slips=(
        Slip(
            "factor-two",
            "delta2",
            _factor_two,
            "The factor in front of (y - t) does not fit this error function.",
            when=lambda squared_error, t: not (squared_error == "mean" and len(t) == 1),
        ),
        Slip(
            "output-slope-missing",
            "delta2",
            lambda y, t, squared_error: _factor(squared_error, len(t)) * (y - t),
            "The slope of the output activation is missing.",
            when=_slope_matters,
        ),
        Slip(
            "slope-of-output",
            "delta1",
            _slope_of_output,
            "The slope is taken at the pre-activation z⁽¹⁾, not at the output h.",
            when=lambda f: f in {"sigmoid", "tanh"},
        ),
        Slip(
            "missing-sum",
            "delta1",
            _first_output_only,
            "Every hidden unit collects the error of ALL outputs: the sum is missing.",
            when=lambda t: len(t) > 1,
        ),
        Slip(
            "not-transposed",
            "delta1",
            _not_transposed,
            "Backwards, each unit sums over the NEXT layer's units: Wᵀδ (column), Wδ (row).",
            when=_second_turnable,
        ),
        Slip(
            "wrong-input",
            "dW1",
            _gradient_with_hidden_outputs,
            "The first layer's gradient contains the inputs x, not the hidden outputs.",
            when=lambda x, h: len(x) == len(h) and not _equal(h, x),
        ),
    ),
    make=make,
    avoid=avoid,
    tie=_on_the_kink,
    tie_rules=("relu_slope_at_zero",),
    discrepancies=(
        "squared-error-half-or-not",
        "missing-sum-over-outputs",
        "backprop-index-clash",
        "weight-orientation-row-column",
        "relu-slope-at-zero",
        "activation-on-output-layer",
    ),
    items=("hub-alg-backprop", "hub-output-delta", "hub-delta-recursion", "hub-weight-grads"),
)
