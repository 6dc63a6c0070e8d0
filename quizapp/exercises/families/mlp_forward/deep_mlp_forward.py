"""Forward pass of a network of any depth (Rumelhart, Hinton and Williams 1986)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families._formulas import Among, output_line
from quizapp.exercises.families.mlp_forward._layers import check_layers
from quizapp.exercises.families.mlp_forward.mlp_forward import (
    OTHER_LAYOUT,
    dead,
    layer,
    layer_work,
    output_work,
    outputs,
    saturated,
    turnable,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, num

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line

_FUNCTIONS = ("identity", "sigmoid", "tanh", "relu")
_HALVES = (-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0)
_SPREAD = 4.0


def _layers(weights: Any) -> int:
    return len(weights)


def _matrix(weights: Any, row: int) -> Any:
    return np.array(weights[row - 1], dtype=float)


def _bias(biases: Any, row: int) -> Any:
    return np.array(biases[row - 1], dtype=float)


def _z(weights: Any, biases: Any, h: Any, layout: str, row: int) -> Any:
    return layer(_matrix(weights, row), h[row - 1], _bias(biases, row), layout)


def _z_transposed(weights: Any, biases: Any, h: Any, layout: str, row: int) -> Any:
    return layer(_matrix(weights, row), h[row - 1], _bias(biases, row), OTHER_LAYOUT[layout])


def _z_without_biases(weights: Any, biases: Any, h: Any, layout: str, row: int) -> Any:
    return layer(_matrix(weights, row), h[row - 1], 0.0 * _bias(biases, row), layout)


def _h(z: Any, f: str, out: str, weights: Any, row: int, line: Line) -> Any:
    return outputs(out if row == len(weights) else f, z[row], line)


def _h_active_once(z: Any, f: str, out: str, weights: Any, row: int, line: Line) -> Any:
    """The mistake of applying the activation in the first layer only."""
    if 1 < row < len(weights):
        return z[row]
    return _h(z, f, out, weights, row, line)


def _h_active_everywhere(z: Any, f: str, row: int, line: Line) -> Any:
    """The mistake of applying the hidden activation in the last layer, too."""
    return outputs(f, z[row], line)


def _changes(f: str, z: Any) -> bool:
    return bool(np.any(np.abs(outputs(f, z) - z) > TIE))


def _turned(weights: Any) -> bool:
    """Whether all matrices can be read transposed, and some are then others."""
    matrices = [np.array(W, dtype=float) for W in weights]
    return all(W.shape[0] == W.shape[1] for W in matrices) and any(map(turnable, matrices))


# Written out -----------------------------------------------------------------------------


def _z_work(x: Any, weights: Any, biases: Any, h: Any, layout: str, z: Any) -> list[Work]:
    return [
        Work((row, *work.index), work.latex)
        for row, before in enumerate([x, *h[:-1]])
        for work in layer_work(
            _matrix(weights, row + 1), before, _bias(biases, row + 1), layout, z[row]
        )
    ]


def _h_work(z: Any, f: str, out: str, value: Any) -> list[Work]:
    return [
        Work((row, *work.index), work.latex)
        for row, entry in enumerate(z)
        for work in output_work(out if row == len(z) - 1 else f, entry, value[row])
    ]


# Drawing ---------------------------------------------------------------------------------


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """2-2-2-1 with ReLU, 2-2-2-2 with biases, 3-3-2-2 with softmax."""
    sizes = {1: (2, 2, 2, 1), 2: (2, 2, 2, 2), 3: (3, 3, 2, 2)}[level]
    draw = (-1.0, 0.0, 1.0) if level == 1 else _HALVES
    weights, biases = [], []
    for inputs, units in pairwise(sizes):
        shape = (units, inputs) if conventions["layout"] == "column" else (inputs, units)
        weights.append(rng.choice(draw, size=shape).tolist())
        biases.append(rng.choice((-1.0, 0.0, 1.0) if level == 1 else _HALVES, size=units).tolist())
    f = "relu" if level == 1 else str(rng.choice(("relu", "tanh", "sigmoid")))
    last = {1: ("identity",), 2: ("identity", "sigmoid", "softmax"), 3: ("softmax",)}[level]
    return {
        "x": rng.choice((-1.0, 1.0, 2.0) if level == 1 else (-1.5, -0.5, 1.0, 2.0), size=sizes[0]),
        "weights": weights,
        "biases": biases,
        "f": f,
        "out": str(rng.choice(last)),
    }


def avoid(f: str, out: str, z: Any, weights: Any) -> str | None:
    """Layers that say nothing (dead, never negative, saturated), outputs all but one-hot."""
    hidden = z[:-1]
    if any(dead(f, entry) for entry in hidden):
        return "dead layer"
    if f == "relu" and all(np.all(entry >= 0) for entry in hidden):
        return "no negative pre-activation with relu"
    if any(saturated(f, entry) for entry in hidden) or saturated(out, z[-1]):
        return "saturated unit"
    if not all(np.any(W) for W in weights):
        return "no weights"
    return "one-hot output" if out == "softmax" and np.ptp(z[-1]) > _SPREAD else None


FAMILY = Family(
    id="deep-mlp-forward",
    topic="mlp-forward",
    title="Forward pass of a deep network",
    task="Compute the pre-activations and outputs of every layer, and the output of the network.",
    sources=("hub", "ece493"),
    givens=(
        Given("x", "x", "inputs", "n"),
        Given("weights", "W", "weight matrices, one per layer", kind="raw"),
        Given("biases", "b", "bias vectors, one per layer", kind="raw"),
        Given(
            "f",
            "f",
            "activation of all layers but the last",
            kind="text",
            choices=_FUNCTIONS,
        ),
        Given(
            "out",
            "g",
            "function of the last layer",
            kind="text",
            choices=(*_FUNCTIONS, "softmax"),
        ),
    ),
    conventions={"layout": ("column", "row")},
    rows=_layers,
    steps=(
        Step(
            "z",
            "Pre-activations of each layer",
            r"z_l = W_l h_{l-1} + b_l \text{ (row: } h_{l-1} W_l + b_l \text{)}, \quad h_0 = x",
            _z,
            loop="layer",
            ragged=True,
            work=_z_work,
            formula_for=Among(
                "layout",
                {
                    "column": r"z_l = W_l h_{l-1} + b_l, \quad h_0 = x",
                    "row": r"z_l = h_{l-1} W_l + b_l, \quad h_0 = x",
                },
            ),
        ),
        Step(
            "h",
            "Outputs of each layer",
            r"h_l = f(z_l), \quad h_L = g(z_L)",
            _h,
            loop="layer",
            before="x",
            ragged=True,
            work=_h_work,
            formula_for=lambda f, out: (
                output_line(f, "h_l", "z_l") + r", \quad " + output_line(out, "h_L", "z_L")
            ),
        ),
        Step(
            "y",
            "Output of the network",
            r"y = h_L",
            lambda h: h[-1],
            final=True,
            work=lambda value: [Work(at, num(value[at])) for at in entries(value)],
        ),
    ),
    slips=(
        Slip(
            "transposed-weights",
            "z",
            _z_transposed,
            "The weight matrices were read transposed.",
            when=_turned,
        ),
        Slip(
            "biases-left-out",
            "z",
            _z_without_biases,
            "The biases are missing.",
            when=lambda biases: any(np.any(b) for b in biases),
        ),
        Slip(
            "activation-only-once",
            "h",
            _h_active_once,
            "Every hidden layer applies the activation, not only the first.",
            when=lambda z, f: (
                len(z) >= 3 and f != "identity" and any(_changes(f, entry) for entry in z[1:-1])
            ),
        ),
        Slip(
            "activation-on-output",
            "h",
            _h_active_everywhere,
            "The last layer is linear here; no activation on the output.",
            when=lambda z, f, out: out == "identity" and f != "identity" and _changes(f, z[-1]),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check_layers,
    discrepancies=(
        "weight-orientation-row-column",
        "activation-on-output-layer",
        "layer-counting-and-depth-words",
    ),
    items=("hub-unit-formula", "hub-alg-forward", "hub-nn-def"),
)
