"""Gradients of a layer from its error signals, and one step (Rumelhart et al. 1986)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.backprop._slopes import differ
from quizapp.exercises.families.mlp_forward.mlp_forward import weights
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, num


def _gradient(delta: Any, h: Any, layout: str) -> Any:
    return np.outer(delta, h) if layout == "column" else np.outer(h, delta)


def _turned(delta: Any, h: Any, layout: str) -> Any:
    return _gradient(delta, h, "row" if layout == "column" else "column")


def _without_inputs(delta: Any, h: Any, layout: str) -> Any:
    return _gradient(delta, np.ones_like(h), layout)


def _moved(W: Any, eta: float, dW: Any) -> Any:
    """The weights one step down. Raises ValueError for a gradient of another shape."""
    if W.shape != dW.shape:
        raise ValueError("the gradient has not the shape of the weights")
    return W - eta * dW


def _gradient_work(delta: Any, h: Any, layout: str, value: Any) -> list[Work]:
    out = []
    for i, j in entries(value):
        unit, source = (i, j) if layout == "column" else (j, i)
        out.append(Work((i, j), rf"{factor(delta[unit])} \cdot {factor(h[source])}"))
    return out


def _step_work(before: Any, gradient: Any, eta: float) -> list[Work]:
    return [
        Work(at, rf"{num(before[at])} - {factor(eta)} \cdot {factor(gradient[at])}")
        for at in entries(before)
    ]


def check(eta: float) -> None:
    """A learning rate is not negative."""
    if eta < 0:
        raise GivenError("'eta' is negative: a learning rate is at least 0.", where="eta")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two inputs of one unit, then of two, then three inputs of two."""
    units, sources = {1: (1, 2), 2: (2, 2), 3: (2, 3)}[level]
    draw = (-2.0, -1.0, 1.0, 2.0, 3.0) if level == 1 else (-1.5, -1.0, -0.5, 0.5, 1.0, 2.0)
    return {
        "delta": rng.choice((-2.0, -1.0, -0.5, 0.5, 1.0, 2.0), size=units),
        "h": rng.choice(draw, size=sources),
        "W": weights(rng, units, sources, draw, conventions["layout"]),
        "b": rng.choice((-1.0, 0.0, 0.5, 1.0), size=units),
        "eta": float(rng.choice((0.1, 0.5) if level == 1 else (0.1, 0.2, 0.5))),
    }


def avoid(dW: Any, h: Any) -> str | None:
    """Gradients that read the same both ways, and inputs that change nothing."""
    if dW.shape[0] == dW.shape[1] and not differ(dW, dW.T):
        return "symmetric gradient"
    return "inputs of 1" if np.all(np.abs(h - 1.0) <= TIE) else None


FAMILY = Family(
    id="weight-gradient",
    topic="backprop",
    title="Weight gradients of a layer and one step",
    task="Compute the gradients of the weights and biases from the error signals of the layer and "
    "the values that feed it. Then take one gradient step.",
    sources=("hub", "mcb", "nnt", "ece493", "nc"),
    givens=(
        Given("delta", r"\delta^{(l)}", "error signals of the layer", "p"),
        Given("h", "h^{(l-1)}", "values that feed the layer", "n"),
        Given(
            "W",
            "W^{(l)}",
            "weights before the step",
            {"column": "p x n", "row": "n x p"},
            by="layout",
        ),
        Given("b", "b^{(l)}", "biases before the step", "p"),
        Given("eta", r"\eta", "learning rate"),
    ),
    conventions={"layout": ("column", "row")},
    steps=(
        Step(
            "dW",
            "Gradient of the weights",
            r"\delta^{(l)} (h^{(l-1)})^\top \text{ (row: } (h^{(l-1)})^\top \delta^{(l)} \text{)}",
            _gradient,
            final=True,
            work=_gradient_work,
            formula_for=Among(
                "layout",
                {
                    "column": r"\delta^{(l)} (h^{(l-1)})^\top",
                    "row": r"(h^{(l-1)})^\top \delta^{(l)}",
                },
            ),
        ),
        Step(
            "db",
            "Gradient of the biases",
            r"\delta^{(l)}",
            lambda delta: delta,
            final=True,
            work=lambda delta: [Work(at, num(delta[at])) for at in entries(delta)],
        ),
        Step(
            "W_new",
            "Weights after the step",
            r"W - \eta \, \frac{\partial L}{\partial W}",
            lambda W, eta, dW: _moved(W, eta, dW),
            work=lambda W, dW, eta: _step_work(W, dW, eta),
        ),
        Step(
            "b_new",
            "Biases after the step",
            r"b - \eta \, \frac{\partial L}{\partial b}",
            lambda b, eta, db: b - eta * db,
            work=lambda b, db, eta: _step_work(b, db, eta),
        ),
    ),
    slips=(
        Slip(
            "transposed",
            "dW",
            _turned,
            "The outer product is transposed: the gradient has the shape of W.",
            when=lambda delta, h, layout, dW: (
                len(delta) == len(h) and differ(_turned(delta, h, layout), dW)
            ),
        ),
        Slip(
            "inputs-forgotten",
            "dW",
            _without_inputs,
            "Each weight's gradient is the error signal times the value that the weight "
            "multiplies; that value is missing.",
            when=lambda delta, h, layout, dW: differ(_without_inputs(delta, h, layout), dW),
        ),
        Slip(
            "ascent",
            "W_new",
            lambda W, eta, dW: _moved(W, -eta, dW),
            "The step goes up: the gradient is subtracted, not added.",
            when=lambda eta, dW: eta > TIE and bool(np.any(np.abs(dW) > TIE)),
        ),
        Slip(
            "bias-kept",
            "b_new",
            lambda b: b,
            "The biases are learnt too: they move by their own gradient.",
            when=lambda eta, db: eta > TIE and bool(np.any(np.abs(db) > TIE)),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("weight-orientation-row-column", "backprop-index-clash"),
    items=(
        "hub-weight-grads",
        "dl-weight-grad",
        "nc-bp-weight",
        "pl-sgd-update",
        "ncl-training-procedure",
    ),
)
