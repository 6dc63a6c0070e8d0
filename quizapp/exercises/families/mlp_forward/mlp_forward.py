"""Forward pass of a network with one hidden layer (Rumelhart, Hinton and Williams 1986)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among, output_line
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE, activation, softmax
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import dot, entries, exp, factor, frac, num

SATURATED = 5.0
"""Beyond this pre-activation a sigmoid or tanh is flat, and nothing is left to compute."""
_BOUNDED = {"sigmoid", "tanh"}
_NO_OVERFLOW = 30.0
OTHER_LAYOUT = {"column": "row", "row": "column"}


def layer(W: Any, x: Any, b: Any, layout: str) -> Any:
    """The pre-activations of a layer: W x + b (column) or x W + b (row)."""
    return (W @ x if layout == "column" else x @ W) + b


def hidden_layer(W1: Any, x: Any, b1: Any, layout: str) -> Any:
    """The pre-activations of the hidden units."""
    return layer(W1, x, b1, layout)


def output_layer(W2: Any, h: Any, b2: Any, layout: str) -> Any:
    """The pre-activations of the output units."""
    return layer(W2, h, b2, layout)


def outputs(name: str, z: Any, line: Line = exact) -> Any:
    """The outputs of units with pre-activations z; the e^x of a sigmoid or softmax is a line."""
    if name == "softmax":
        return softmax(z, line)
    if name == "sigmoid" and line is not exact and np.max(np.abs(z), initial=0.0) < _NO_OVERFLOW:
        return 1.0 / (1.0 + line(np.exp(-z)))
    return activation(name, z)


def layer_work(W: Any, x: Any, b: Any, layout: str, value: Any) -> list[Work]:
    """Each pre-activation as its sum of products plus the bias."""
    rows = W if layout == "column" else W.T
    return [Work((k,), f"{dot(rows[k], x)} + {factor(b[k])}") for (k,) in entries(value)]


def hidden_layer_work(W1: Any, x: Any, b1: Any, layout: str, value: Any) -> list[Work]:
    """The hidden pre-activations written out."""
    return layer_work(W1, x, b1, layout, value)


def output_layer_work(W2: Any, h: Any, b2: Any, layout: str, value: Any) -> list[Work]:
    """The output pre-activations written out."""
    return layer_work(W2, h, b2, layout, value)


def output_work(name: str, z: Any, value: Any) -> list[Work]:
    """Each output as its function of the pre-activations."""
    return [Work((k,), _output(name, z, k)) for (k,) in entries(value)]


def _output(name: str, z: Any, k: int) -> str:
    if name == "softmax":
        return frac(exp(z[k]), " + ".join(exp(entry) for entry in z))
    if name == "sigmoid":
        return frac("1", f"1 + {exp(-z[k])}")
    if name == "tanh":
        return rf"\tanh({num(z[k])})"
    if name == "relu":
        return rf"\max(0, {num(z[k])})"
    return num(z[k])


def saturated(name: str, z: Any, beyond: float = SATURATED) -> bool:
    """Whether a sigmoid or tanh unit is so far out that its output says nothing."""
    return name in _BOUNDED and bool(np.any(np.abs(z) > beyond))


def dead(name: str, z: Any) -> bool:
    """Whether no ReLU unit lets anything through."""
    return name == "relu" and bool(np.all(z <= TIE))


def symmetric(W: Any) -> bool:
    """Whether a matrix reads the same by rows and by columns."""
    return W.shape[0] == W.shape[1] and bool(np.allclose(W, W.T, rtol=0, atol=TIE))


def turnable(W: Any) -> bool:
    """Whether a matrix can be read transposed, and is then another one."""
    return W.shape[0] == W.shape[1] and not symmetric(W)


def _first_turnable(W1: Any) -> bool:
    return turnable(W1)


def _changes(name: str, z: Any) -> bool:
    return not np.allclose(outputs(name, z), z, rtol=0, atol=TIE)


def weights(rng: Any, units: int, inputs: int, draw: tuple[float, ...], layout: str) -> Any:
    """A weight matrix in the layout that is asked for."""
    shape = (units, inputs) if layout == "column" else (inputs, units)
    return rng.choice(draw, size=shape)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """2-2-1 with ReLU, then 2-2-2 with a bounded unit and softmax, then 2-3-2."""
    layout = conventions["layout"]
    hidden, size = {1: (2, 1), 2: (2, 2), 3: (3, 2)}[level]
    draw = (-1.0, 0.0, 1.0, 2.0) if level == 1 else (-1.0, -0.5, 0.5, 1.0, 1.5)
    return {
        "x": rng.choice((-1.0, 1.0, 2.0, 3.0) if level == 1 else (-1.0, 0.5, 1.0, 2.0), size=2),
        "W1": weights(rng, hidden, 2, draw, layout),
        "b1": rng.choice((-2.0, -1.0, 1.0) if level == 1 else (-0.5, 0.0, 0.5), size=hidden),
        "W2": weights(rng, size, hidden, draw, layout),
        "b2": rng.choice((-1.0, 0.0, 1.0) if level == 1 else (-0.5, 0.0, 0.5), size=size),
        "f": "relu" if level == 1 else str(rng.choice(("sigmoid", "tanh"))),
        "out": str(
            rng.choice({1: ("identity",), 2: ("softmax",), 3: ("softmax", "sigmoid")}[level])
        ),
    }


def avoid(x: Any, W1: Any, W2: Any, f: str, out: str, z1: Any, z2: Any) -> str | None:
    """Nets on which a mistake would not show: symmetric, dead, saturated, never negative."""
    if symmetric(W1):
        return "symmetric W1"
    if not x.any() or not W2.any():
        return "no inputs or no weights"
    if dead(f, z1):
        return "dead hidden layer"
    if f == "relu" and np.all(z1 >= 0):
        return "no negative z1 with relu"
    if saturated(f, z1) or saturated(out, z2):
        return "saturated unit"
    return "one-hot output" if out == "softmax" and np.ptp(z2) > SATURATED else None


FAMILY = Family(
    id="mlp-forward",
    topic="mlp-forward",
    title="Forward pass of a one-hidden-layer network",
    task="Compute the output of the network for this input, layer by layer.",
    sources=("hub", "mcb", "nnt", "ece493"),
    givens=(
        Given("x", "x", "inputs", "n"),
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
        Given(
            "f",
            "f",
            "activation of the hidden units",
            kind="text",
            choices=("identity", "sigmoid", "tanh", "relu"),
        ),
        Given(
            "out",
            "g",
            "function of the output units",
            kind="text",
            choices=("identity", "sigmoid", "tanh", "relu", "softmax"),
        ),
    ),
    conventions={"layout": ("column", "row")},
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
            "Output",
            r"y = g(z^{(2)})",
            lambda z2, out, line: outputs(out, z2, line),
            final=True,
            work=lambda z2, out, value: output_work(out, z2, value),
            formula_for=lambda out: output_line(out, "y", "z^{(2)}"),
        ),
    ),
    slips=(
        Slip(
            "transposed-weights",
            "z1",
            lambda W1, x, b1, layout: layer(W1, x, b1, OTHER_LAYOUT[layout]),
            "The first weight matrix was read transposed (rows and columns mixed up).",
            when=_first_turnable,
        ),
        Slip(
            "bias-left-out",
            "z1",
            lambda W1, x, b1, layout: layer(W1, x, 0.0 * b1, layout),
            "The hidden biases are missing.",
            when=lambda b1: bool(np.any(b1)),
        ),
        Slip(
            "hidden-activation-skipped",
            "h",
            lambda z1: z1,
            "The hidden activation function was skipped.",
            when=lambda f, z1: f != "identity" and _changes(f, z1),
        ),
        Slip(
            "activation-on-output",
            "y",
            lambda z2, f, line: outputs(f, z2, line),
            "The output unit is linear here; the hidden activation does not apply to it.",
            when=lambda f, out, z2: out == "identity" and f != "identity" and _changes(f, z2),
        ),
        Slip(
            "output-unit-skipped",
            "y",
            lambda z2: z2,
            "The output function is still missing.",
            when=lambda out, z2: out != "identity" and _changes(out, z2),
        ),
    ),
    make=make,
    avoid=avoid,
    discrepancies=(
        "weight-orientation-row-column",
        "activation-on-output-layer",
        "symbol-clashes-across-courses",
        "qian-sejnowski-hidden-activation",
    ),
    items=("hub-unit-formula", "hub-weight-index", "hub-bias-def", "hub-alg-forward"),
)
