"""Two linear layers are one linear layer (Goodfellow, Bengio and Courville 2016, section 6.1)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.mlp_forward.mlp_forward import (
    OTHER_LAYOUT,
    layer,
    layer_work,
    weights,
)
from quizapp.exercises.families.perceptron._threshold import differ
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import dot, entries


def _combined(W1: Any, W2: Any, layout: str) -> Any:
    return W2 @ W1 if layout == "column" else W1 @ W2


def _swapped(W1: Any, W2: Any, layout: str) -> Any:
    return _combined(W1, W2, OTHER_LAYOUT[layout])


def _all_square(W1: Any, W2: Any) -> bool:
    """Whether n = h = o, so that the matrices can be multiplied in any way."""
    return bool(W1.shape == W2.shape and W1.shape[0] == W1.shape[1])


def _passed_on(W2: Any, b1: Any, layout: str) -> Any:
    """What the second layer makes of the first bias."""
    return layer(W2, b1, 0.0, layout)


def _combined_work(W1: Any, W2: Any, layout: str, value: Any) -> list[Work]:
    left, right = (W2, W1) if layout == "column" else (W1, W2)
    return [Work((i, j), dot(left[i], right[:, j])) for i, j in entries(value)]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """2-2-2 with whole numbers, then 2-3-1, then 3-2-3 with half-integers."""
    n, hidden, size = {1: (2, 2, 2), 2: (2, 3, 1), 3: (3, 2, 3)}[level]
    layout = conventions["layout"]
    whole = (-1.0, 0.0, 1.0, 2.0)
    draw = whole if level < 3 else (-1.5, -1.0, -0.5, 0.5, 1.0, 1.5)
    return {
        "W1": weights(rng, hidden, n, draw, layout),
        "b1": rng.choice((-1.0, 1.0, 2.0) if level < 3 else (-1.0, -0.5, 0.5, 1.0), size=hidden),
        "W2": weights(rng, size, hidden, draw, layout),
        "b2": rng.choice((-1.0, 0.0, 1.0), size=size),
        "x": rng.choice((-1.0, 1.0, 2.0, 3.0), size=n),
    }


def avoid(W1: Any, W2: Any, b1: Any, b2: Any, W: Any, b: Any, layout: str) -> str | None:
    """Matrices that commute and biases that do not show."""
    if not W.any():
        return "nothing is left"
    if _all_square(W1, W2) and not differ(_swapped(W1, W2, layout), W):
        return "commuting matrices"
    if len(b1) == len(b2) and not differ(_passed_on(W2, b1, layout), b1):
        return "b1 passed on unchanged"
    return None if _passed_on(W2, b1, layout).any() and b.any() else "biases that do not show"


FAMILY = Family(
    id="linear-collapse",
    topic="mlp-forward",
    title="Two linear layers collapse into one",
    task="Without an activation function the two layers are one. Compute its weight matrix and its "
    "bias, then its output for x.",
    sources=("ece493", "nc"),
    givens=(
        Given(
            "W1",
            "W^{(1)}",
            "weights of the first layer",
            {"column": "h x n", "row": "n x h"},
            by="layout",
        ),
        Given("b1", "b^{(1)}", "biases of the first layer", "h"),
        Given(
            "W2",
            "W^{(2)}",
            "weights of the second layer",
            {"column": "o x h", "row": "h x o"},
            by="layout",
        ),
        Given("b2", "b^{(2)}", "biases of the second layer", "o"),
        Given("x", "x", "inputs", "n"),
    ),
    conventions={"layout": ("column", "row")},
    steps=(
        Step(
            "W",
            "Weights of the one layer",
            r"W = W^{(2)} W^{(1)} \text{ (row: } W^{(1)} W^{(2)} \text{)}",
            _combined,
            final=True,
            work=_combined_work,
            formula_for=Among(
                "layout", {"column": r"W = W^{(2)} W^{(1)}", "row": r"W = W^{(1)} W^{(2)}"}
            ),
        ),
        Step(
            "b",
            "Biases of the one layer",
            r"b = W^{(2)} b^{(1)} + b^{(2)} \text{ (row: } b^{(1)} W^{(2)} + b^{(2)} \text{)}",
            lambda W2, b1, b2, layout: layer(W2, b1, b2, layout),
            final=True,
            work=lambda W2, b1, b2, layout, value: layer_work(W2, b1, b2, layout, value),
            formula_for=Among(
                "layout",
                {
                    "column": r"b = W^{(2)} b^{(1)} + b^{(2)}",
                    "row": r"b = b^{(1)} W^{(2)} + b^{(2)}",
                },
            ),
        ),
        Step(
            "y",
            "Output",
            r"y = W x + b \text{ (row: } x W + b \text{)}",
            lambda W, x, b, layout: layer(W, x, b, layout),
            work=lambda W, x, b, layout, value: layer_work(W, x, b, layout, value),
            formula_for=Among("layout", {"column": r"y = W x + b", "row": r"y = x W + b"}),
        ),
    ),
    slips=(
        Slip(
            "order-swapped",
            "W",
            _swapped,
            "The second layer's matrix stands on the other side: W⁽²⁾ W⁽¹⁾ (row: W⁽¹⁾ W⁽²⁾).",
            when=lambda W1, W2, layout, W: (
                _all_square(W1, W2) and differ(_swapped(W1, W2, layout), W)
            ),
        ),
        Slip(
            "elementwise-product",
            "W",
            lambda W1, W2: W1 * W2,
            "Matrices are multiplied as matrices, not entry by entry.",
            when=lambda W1, W2, W: _all_square(W1, W2) and differ(W1 * W2, W),
        ),
        Slip(
            "biases-added",
            "b",
            lambda b1, b2: b1 + b2,
            "The first bias passes through the second layer: W⁽²⁾ b⁽¹⁾ + b⁽²⁾ "
            "(row: b⁽¹⁾ W⁽²⁾ + b⁽²⁾).",
            when=lambda b1, b2, b: len(b1) == len(b2) and differ(b1 + b2, b),
        ),
        Slip(
            "first-bias-lost",
            "b",
            lambda b2: b2,
            "The first bias is lost; it contributes W⁽²⁾ b⁽¹⁾ (row: b⁽¹⁾ W⁽²⁾).",
            when=lambda b, b2: differ(b, b2),
        ),
        Slip(
            "bias-left-out",
            "y",
            lambda W, x, b, layout: layer(W, x, 0.0 * b, layout),
            "The combined bias is missing from the output.",
            when=lambda b: bool(np.any(np.abs(b) > TIE)),
        ),
    ),
    make=make,
    avoid=avoid,
    discrepancies=("weight-orientation-row-column",),
    items=("dl-nonlinearity-needed", "nc-linear-collapse"),
)
