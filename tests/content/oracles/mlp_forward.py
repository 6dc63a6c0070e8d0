"""The values of the numeric cards on the forward pass, computed from their questions."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def _softmax(scores: Array) -> Array:
    """Turn scores into weights that sum to 1."""
    powers = np.exp(scores)
    return np.asarray(powers / powers.sum())


def _relu(z: Array) -> Array:
    """Cut off what is negative."""
    return np.asarray(np.maximum(0.0, z))


def _logistic(z: Array) -> Array:
    """Return the logistic function of each entry."""
    return np.asarray(1 / (1 + np.exp(-z)))


def _dense(*sizes: int) -> int:
    """Count the weights and biases between layers of these sizes."""
    return sum(n * m + m for n, m in pairwise(sizes))


_X = np.array([1.0, 2])
_W1, _B1 = np.array([[1.0, -2], [0, 1]]), np.array([0.0, -1])
_W2, _B2 = np.array([[2.0, 0], [1, 3]]), np.array([0.0, 1])
_A1 = _X @ _W1 + _B1

_U = np.array([1.0, -1]) @ np.array([[0.5, 1], [1.5, -1]]) + np.array([1.0, 0])
_V2 = np.array([[2.0, -2], [1, 0]])


def _three_layers() -> float:
    h = max(0.0, 2 * 1 - 1)
    h = max(0.0, -1 * h + 3)
    return -1.5 * h + 1


VALUES: dict[str, float | dict[str, float]] = {
    "mlp-fc-count": 20 * 15 + 15,
    "mlp-953-count": _dense(9, 5, 3),
    "mlp-forward-relu-softmax": float(_softmax(_relu(_A1) @ _W2 + _B2)[0]),
    "mlp-protein-params": _dense(13 * 21, 40, 3),
    "mlp-logistic-forward": float(_softmax(_logistic(_U) @ _V2)[0]),
    "mlp-nnt-unit": math.tanh(np.array([0.5, 1, -2]) @ np.array([1, 3, 1])),
    "mlp-dataflow-count": 3 * (4 + 1) + 2 * (3 + 1),
    "mlp-nnt-code-output": math.tanh(0.5 + math.tanh(-1 + 2)),
    "mlp-three-layer-number": _three_layers(),
    "mlp-union-count": 3 + 3 + 4 + 3 + 1,
}

SLIPS: dict[str, tuple[float, ...]] = {
    # no biases, one for each input, sizes added
    "mlp-fc-count": (300, 320, 35),
    "mlp-953-count": (60, 77, 135),
    # no ReLU, no biases, transposed, logit
    "mlp-forward-relu-softmax": (
        float(_softmax(_A1 @ _W2 + _B2)[0]),
        float(_softmax(_relu(_X @ _W1) @ _W2)[0]),
        float(_softmax(_W2 @ _relu(_W1 @ _X + _B1) + _B2)[0]),
        2.0,
    ),
    # 20 letters, one position, no biases
    "mlp-protein-params": (_dense(260, 40, 3), _dense(21, 40, 3), 273 * 40 + 120),
    # ReLU, second output, no activation on the output
    "mlp-logistic-forward": (float(_softmax(_relu(_U) @ _V2)[0]), 0.053, 1.881),
    # bias at the end, no activation, no bias
    "mlp-nnt-unit": (math.tanh(0.5), 1.5, math.tanh(1.0)),
    # no biases, a row for the constant, columns for rows
    "mlp-dataflow-count": (18, 28, 15),
    # linear output, no hidden tanh, the bias at the end
    "mlp-nnt-code-output": (0.5 + math.tanh(1), math.tanh(1.5), math.tanh(1)),
    # activation on the output, no biases
    "mlp-three-layer-number": (0.0, 3.0, -3.0),
    # lines only, no OR, the inputs counted
    "mlp-union-count": (10, 13, 16),
}
