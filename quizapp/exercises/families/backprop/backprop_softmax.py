"""Gradient of a softmax layer with cross-entropy (Bridle 1990; Bishop 2006, section 4.3.4)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.backprop._batch import (
    SATURATED,
    column_sum_work,
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
from quizapp.exercises.families.backprop._slopes import differ
from quizapp.exercises.families.mlp_forward.mlp_forward import symmetric, weights
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step
from quizapp.exercises.functions import softmax


def _weight_gradient(X: Any, da: Any, layout: str) -> Any:
    return weight_gradient(X, da, layout)


def check(b: Any, t: Any) -> None:
    """Labels are numbers of classes."""
    demand_labels(t, len(b))


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One example with two classes, then with three, then two examples."""
    size = {1: 2, 2: 3, 3: int(rng.integers(2, 4))}[level]
    examples = 2 if level == 3 else 1
    draw = (-1.0, 0.0, 1.0, 2.0) if level == 1 else (-1.0, -0.5, 0.5, 1.0, 1.5)
    return {
        "X": rng.choice((-1.0, 1.0, 2.0) if level == 1 else (-1.0, 0.5, 1.0, 2.0), (examples, 2)),
        "W": weights(rng, size, 2, draw, conventions["layout"]),
        "b": rng.choice((-1.0, 0.0, 1.0) if level == 1 else (-0.5, 0.0, 0.5), size=size),
        "t": rng.integers(size, size=examples),
    }


def avoid(W: Any, y: Any, dW: Any) -> str | None:
    """A softmax that is nearly one-hot; square matrices that read the same both ways."""
    if y.min() < SATURATED:
        return "saturated softmax"
    return "symmetric weights or gradient" if symmetric(W) or symmetric(dW) else None


FAMILY = Family(
    id="backprop-softmax",
    topic="backprop",
    title="Gradient of a softmax layer with cross-entropy",
    task="Compute the outputs and the cross-entropy loss of the softmax layer, then the gradients "
    "of its weights and biases.",
    sources=("mcb", "ece493"),
    givens=(
        Given("X", "X", "inputs, one example per row", "N x I"),
        Given("W", "W", "weights", {"column": "O x I", "row": "I x O"}, by="layout"),
        Given("b", "b", "biases of the outputs", "O"),
        Given("t", "t", "true classes, counted from 0", "N", kind="integer"),
    ),
    conventions={"layout": ("column", "row"), "batch": ("mean", "sum")},
    steps=(
        Step(
            "a",
            "Logits, one row per example",
            r"a_n = W x_n + b \text{ (row: } x_n W + b \text{)}",
            lambda X, W, b, layout: layer(X, W, b, layout),
            work=layer_work,
            formula_for=Among("layout", {"column": r"a_n = W x_n + b", "row": r"a_n = x_n W + b"}),
        ),
        Step(
            "y",
            "Outputs",
            r"y_{nk} = \frac{e^{a_{nk}}}{\sum_j e^{a_{nj}}}",
            lambda a, line: softmax(a, line),
            work=lambda a: softmax_work(a),
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
            "da",
            "Gradient at the logits",
            r"\frac{\partial L}{\partial a} = \frac{y - t}{N} \text{ (sum: } y - t \text{)}",
            errors,
            work=errors_work,
            formula_for=Among(
                "batch",
                {
                    "mean": r"\frac{\partial L}{\partial a} = \frac{y - t}{N}",
                    "sum": r"\frac{\partial L}{\partial a} = y - t",
                },
            ),
        ),
        Step(
            "dW",
            "Gradient of the weights",
            r"\frac{\partial L}{\partial W} = \left(\frac{\partial L}{\partial a}\right)^\top X"
            r" \text{ (row: } X^\top \frac{\partial L}{\partial a} \text{)}",
            _weight_gradient,
            final=True,
            work=lambda X, da, layout, value: weight_gradient_work(X, da, layout, value),
            formula_for=Among(
                "layout",
                {
                    "column": r"\frac{\partial L}{\partial W} = "
                    r"\left(\frac{\partial L}{\partial a}\right)^\top X",
                    "row": r"\frac{\partial L}{\partial W} = X^\top \frac{\partial L}{\partial a}",
                },
            ),
        ),
        Step(
            "db",
            "Gradient of the biases",
            r"\frac{\partial L}{\partial b_k} = \sum_n \frac{\partial L}{\partial a_{nk}}",
            lambda da: da.sum(axis=0),
            final=True,
            work=lambda da, value: column_sum_work(da, value),
        ),
    ),
    slips=(
        Slip(
            "elementwise-derivative",
            "da",
            elementwise,
            "y (1 - y) is not the derivative of a softmax; together with cross-entropy the "
            "gradient is y - t.",
            when=lambda y, t, batch, da: differ(elementwise(y, t, batch), da),
        ),
        Slip(
            "other-reduction",
            "da",
            other_reduction,
            "The factor 1/N does not fit the reduction of the loss.",
            when=lambda y, t, batch, da: differ(other_reduction(y, t, batch), da),
        ),
        Slip(
            "sign-flipped",
            "da",
            lambda y, t, batch: -errors(y, t, batch),
            "The sign is wrong: the gradient is y - t.",
            when=lambda da: differ(-da, da),
        ),
        Slip(
            "gradient-transposed",
            "dW",
            lambda X, da, layout: weight_gradient(X, da, layout).T,
            "The weight gradient must have the shape of W; this is its transpose.",
            when=lambda dW: differ(dW.T, dW),
        ),
        Slip(
            "db-averaged",
            "db",
            lambda da: da.mean(axis=0),
            "The bias gradient is the SUM of ∂L/∂a over the examples (1/N is already inside for "
            "the mean).",
            when=lambda da, db: differ(da.mean(axis=0), db),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=(
        "elementwise-derivative-for-softmax",
        "weight-orientation-row-column",
        "symbol-y-logit-or-probability",
    ),
    items=("pl-mc-backprop", "pl-batch-grad"),
)
