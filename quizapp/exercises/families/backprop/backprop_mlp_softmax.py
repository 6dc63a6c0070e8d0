"""Backpropagation from a softmax through one hidden layer (Bishop 2006, section 5.3)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families._formulas import Among, output_line, through
from quizapp.exercises.families.backprop._batch import (
    SATURATED,
    cross_entropy,
    cross_entropy_work,
    demand_labels,
    elementwise,
    errors,
    errors_work,
    layer,
    layer_work,
    other_reduction,
    softmax_work,
    weight_gradient,
    weight_gradient_work,
)
from quizapp.exercises.families.backprop._slopes import (
    FLAT,
    differ,
    on_the_kink,
    slope_from_output_text,
    slopes,
)
from quizapp.exercises.families.mlp_forward.mlp_forward import (
    OTHER_LAYOUT,
    outputs,
    saturated,
    symmetric,
    weights,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE, slope, softmax
from quizapp.exercises.substitution import dot, entries, exp, factor, frac, num

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line


_KINKS = 0.3
"""How often a ReLU is put on its kink, for the variants that hinge on the slope there."""


def _dh(da2: Any, W2: Any, layout: str) -> Any:
    return da2 @ W2 if layout == "column" else da2 @ W2.T


def _not_transposed(da2: Any, W2: Any, layout: str) -> Any:
    return _dh(da2, W2, OTHER_LAYOUT[layout])


def _turned_shows(da2: Any, W2: Any, layout: str, dh: Any) -> bool:
    square = W2.shape[0] == W2.shape[1]
    return square and differ(_not_transposed(da2, W2, layout), dh)


def _da1(dh: Any, a1: Any, f: str, relu_slope_at_zero: str, line: Line) -> Any:
    return dh * line(slopes(f, a1, relu_slope_at_zero, line))


def _inputs_for_hidden(X: Any, da2: Any, layout: str) -> Any:
    return weight_gradient(X, da2, layout)


def _inputs_show(X: Any, h: Any, da2: Any, layout: str, dW2: Any) -> bool:
    return X.shape == h.shape and differ(_inputs_for_hidden(X, da2, layout), dW2)


# The worked solution ---------------------------------------------------------------------


def _output(f: str, z: float) -> str:
    if f == "relu":
        return rf"\max(0, {num(z)})"
    return rf"\tanh({num(z)})" if f == "tanh" else frac("1", f"1 + {exp(-z)}")


def _hidden_work(f: str, a1: Any) -> list[Work]:
    return [Work(at, _output(f, a1[at])) for at in entries(a1)]


def _dh_work(da2: Any, W2: Any, layout: str, value: Any) -> list[Work]:
    behind = W2.T if layout == "column" else W2
    return [Work((n, j), dot(da2[n], behind[j])) for n, j in entries(value)]


def _da1_work(dh: Any, a1: Any, h: Any, f: str, relu_slope_at_zero: str) -> list[Work]:
    out = []
    for at in entries(dh):
        if f == "relu":
            text = num(slope(f, a1[at], relu_slope_at_zero))
        else:
            text = slope_from_output_text(f, h[at])
        out.append(Work(at, rf"{factor(dh[at])} \cdot {text}"))
    return out


# Variants --------------------------------------------------------------------------------


def check(b2: Any, t: Any) -> None:
    """Labels are numbers of classes."""
    demand_labels(t, len(b2))


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One example through 2-2-2 with ReLU, then 2-2-3, then two examples through 2-2-2."""
    size = 3 if level == 2 else 2
    examples = 2 if level == 3 else 1
    layout = conventions["layout"]
    draw = (-1.0, 0.5, 1.0, 2.0) if level == 1 else (-1.0, -0.5, 0.5, 1.0, 1.5)
    bias = (-1.0, 0.0, 1.0) if level == 1 else (-0.5, 0.0, 0.5)
    X = rng.choice((-1.0, 1.0, 2.0) if level == 1 else (-1.0, 0.5, 1.0, 2.0), (examples, 2))
    W1, b1 = weights(rng, 2, 2, draw, layout), rng.choice(bias, size=2)
    f = str(rng.choice(("relu",) if level == 1 else ("relu", "relu", "sigmoid", "tanh")))
    if f == "relu":  # one unit that is active, one that is not or sits on the kink
        z = layer(X, W1, b1, layout)[0]
        turn = np.where(z < 0, -1.0, 1.0) * rng.permutation((1.0, -1.0))
        W1, b1 = W1 * (turn[:, np.newaxis] if layout == "column" else turn), b1 * turn + 0.0
        if level > 1 and rng.random() < _KINKS:
            b1 = b1 - np.where(turn * z < 0, turn * z, 0.0)
    return {
        "X": X,
        "W1": W1,
        "b1": b1,
        "W2": weights(rng, size, 2, draw[:-1], layout),
        "b2": rng.choice(bias, size=size),
        "t": rng.integers(size, size=examples),
        "f": f,
    }


def avoid(W1: Any, W2: Any, f: str, a1: Any, y: Any, dW1: Any) -> str | None:
    """Nets on which a mistake would not show: dead, linear, saturated or symmetric ones."""
    if np.all(np.abs(dW1) <= TIE):
        return "nothing comes back to the first layer"
    if f == "relu" and (np.all(a1 <= TIE) or np.all(a1 > TIE)):
        return "all hidden units dead or all active"
    if saturated(f, a1, FLAT) or y.min() < SATURATED:
        return "saturated"
    return "symmetric weights" if symmetric(W1) or symmetric(W2) else None


FAMILY = Family(
    id="backprop-mlp-softmax",
    topic="backprop",
    title="Backpropagation with one hidden layer, softmax and cross-entropy",
    task="Compute the outputs and the cross-entropy loss, then send the error back and compute the "
    "gradients of both weight matrices.",
    sources=("mcb",),
    givens=(
        Given("X", "X", "inputs, one example per row", "N x I"),
        Given(
            "W1",
            "W^{(1)}",
            "weights from the inputs to the hidden units",
            {"row": "I x H", "column": "H x I"},
            by="layout",
        ),
        Given("b1", "b^{(1)}", "biases of the hidden units", "H"),
        Given(
            "W2",
            "W^{(2)}",
            "weights from the hidden units to the outputs",
            {"row": "H x O", "column": "O x H"},
            by="layout",
        ),
        Given("b2", "b^{(2)}", "biases of the outputs", "O"),
        Given("t", "t", "true classes, counted from 0", "N", kind="integer"),
        Given(
            "f",
            "f",
            "activation of the hidden units",
            kind="text",
            choices=("relu", "sigmoid", "tanh"),
        ),
    ),
    conventions={
        "layout": ("row", "column"),
        "batch": ("mean", "sum"),
        "relu_slope_at_zero": ("zero", "one"),
    },
    steps=(
        Step(
            "a1",
            "Hidden pre-activations, one row per example",
            r"a^{(1)}_n = x_n W^{(1)} + b^{(1)} \text{ (column: } W^{(1)} x_n + b^{(1)} \text{)}",
            lambda X, W1, b1, layout: layer(X, W1, b1, layout),
            work=lambda X, W1, b1, layout, value: layer_work(X, W1, b1, layout, value),
            formula_for=Among(
                "layout",
                {
                    "column": r"a^{(1)}_n = W^{(1)} x_n + b^{(1)}",
                    "row": r"a^{(1)}_n = x_n W^{(1)} + b^{(1)}",
                },
            ),
        ),
        Step(
            "h",
            "Hidden outputs",
            r"h = f(a^{(1)})",
            lambda a1, f, line: outputs(f, a1, line),
            work=lambda a1, f: _hidden_work(f, a1),
            formula_for=lambda f: output_line(f, "h", "a^{(1)}"),
        ),
        Step(
            "a2",
            "Logits, one row per example",
            r"a^{(2)}_n = h_n W^{(2)} + b^{(2)} \text{ (column: } W^{(2)} h_n + b^{(2)} \text{)}",
            lambda h, W2, b2, layout: layer(h, W2, b2, layout),
            work=lambda h, W2, b2, layout, value: layer_work(h, W2, b2, layout, value),
            formula_for=Among(
                "layout",
                {
                    "column": r"a^{(2)}_n = W^{(2)} h_n + b^{(2)}",
                    "row": r"a^{(2)}_n = h_n W^{(2)} + b^{(2)}",
                },
            ),
        ),
        Step(
            "y",
            "Outputs",
            r"y_{nk} = \frac{e^{a^{(2)}_{nk}}}{\sum_j e^{a^{(2)}_{nj}}}",
            lambda a2, line: softmax(a2, line),
            work=lambda a2: softmax_work(a2),
        ),
        Step(
            "loss",
            "Cross-entropy loss",
            r"L = -\frac{1}{N} \sum_n \ln y_{n t_n} \text{ (sum: without } \tfrac{1}{N} \text{)}",
            cross_entropy,
            work=cross_entropy_work,
            formula_for=Among(
                "batch",
                {
                    "mean": r"L = -\frac{1}{N} \sum_n \ln y_{n t_n}",
                    "sum": r"L = -\sum_n \ln y_{n t_n}",
                },
            ),
        ),
        Step(
            "da2",
            "Gradient at the logits (column sums: the output biases)",
            r"\frac{\partial L}{\partial a^{(2)}} = \frac{y - t}{N} \text{ (sum: } y - t \text{)}",
            errors,
            work=errors_work,
            formula_for=Among(
                "batch",
                {
                    "mean": r"\frac{\partial L}{\partial a^{(2)}} = \frac{y - t}{N}",
                    "sum": r"\frac{\partial L}{\partial a^{(2)}} = y - t",
                },
            ),
        ),
        Step(
            "dW2",
            "Gradient of the output weights",
            r"\frac{\partial L}{\partial W^{(2)}} = h^\top \frac{\partial L}{\partial a^{(2)}}"
            r" \text{ (column: its transpose)}",
            lambda h, da2, layout: weight_gradient(h, da2, layout),
            final=True,
            work=lambda h, da2, layout, value: weight_gradient_work(h, da2, layout, value),
            formula_for=Among(
                "layout",
                {
                    "column": r"\frac{\partial L}{\partial W^{(2)}} = "
                    r"\left(\frac{\partial L}{\partial a^{(2)}}\right)^\top h",
                    "row": r"\frac{\partial L}{\partial W^{(2)}} = "
                    r"h^\top \frac{\partial L}{\partial a^{(2)}}",
                },
            ),
        ),
        Step(
            "dh",
            "Gradient at the hidden outputs",
            r"\frac{\partial L}{\partial h} = \frac{\partial L}{\partial a^{(2)}} (W^{(2)})^\top"
            r" \text{ (column: } W^{(2)} \text{)}",
            _dh,
            work=_dh_work,
            formula_for=Among(
                "layout",
                {
                    "column": r"\frac{\partial L}{\partial h} = "
                    r"\frac{\partial L}{\partial a^{(2)}} W^{(2)}",
                    "row": r"\frac{\partial L}{\partial h} = "
                    r"\frac{\partial L}{\partial a^{(2)}} (W^{(2)})^\top",
                },
            ),
        ),
        Step(
            "da1",
            "Gradient at the hidden pre-activations",
            r"\frac{\partial L}{\partial a^{(1)}} = \frac{\partial L}{\partial h}"
            r" \odot f'(a^{(1)})",
            _da1,
            work=_da1_work,
            formula_for=lambda f: (
                r"\frac{\partial L}{\partial a^{(1)}} = "
                + through(r"\frac{\partial L}{\partial h}", f, "h", "a^{(1)}")
            ),
        ),
        Step(
            "dW1",
            "Gradient of the hidden weights",
            r"\frac{\partial L}{\partial W^{(1)}} = X^\top \frac{\partial L}{\partial a^{(1)}}"
            r" \text{ (column: its transpose)}",
            lambda X, da1, layout: weight_gradient(X, da1, layout),
            final=True,
            work=lambda X, da1, layout, value: weight_gradient_work(X, da1, layout, value),
            formula_for=Among(
                "layout",
                {
                    "column": r"\frac{\partial L}{\partial W^{(1)}} = "
                    r"\left(\frac{\partial L}{\partial a^{(1)}}\right)^\top X",
                    "row": r"\frac{\partial L}{\partial W^{(1)}} = "
                    r"X^\top \frac{\partial L}{\partial a^{(1)}}",
                },
            ),
        ),
    ),
    slips=(
        Slip(
            "elementwise-derivative",
            "da2",
            elementwise,
            "y (1 - y) is not the derivative of a softmax; with cross-entropy the gradient is "
            "y - t.",
            when=lambda y, t, batch, da2: differ(elementwise(y, t, batch), da2),
        ),
        Slip(
            "other-reduction",
            "da2",
            other_reduction,
            "The factor 1/N does not fit the reduction of the loss.",
            when=lambda y, t, batch, da2: differ(other_reduction(y, t, batch), da2),
        ),
        Slip(
            "not-transposed",
            "dh",
            _not_transposed,
            "Going backwards the weight matrix is transposed.",
            when=_turned_shows,
        ),
        Slip(
            "hidden-slope-missing",
            "da1",
            lambda dh: dh,
            "The slope f'(a⁽¹⁾) of the hidden layer is missing.",
            when=lambda dh, da1: differ(dh, da1),
        ),
        Slip(
            "inputs-for-hidden",
            "dW2",
            _inputs_for_hidden,
            "The second layer's gradient contains the hidden outputs h, not the inputs.",
            when=_inputs_show,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    tie=lambda f, a1: on_the_kink(f, a1),
    tie_rules=("relu_slope_at_zero",),
    discrepancies=(
        "elementwise-derivative-for-softmax",
        "weight-orientation-row-column",
        "relu-slope-at-zero",
    ),
    items=("pl-hidden-backprop", "pl-numpy-backprop", "pl-autodiff-mlp"),
)
