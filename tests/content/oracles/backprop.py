"""The values of the numeric cards on backpropagation, from the numbers of their questions."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

STEP = 1e-6


def sigmoid(z: float) -> float:
    """The logistic function."""
    return float(1 / (1 + np.exp(-z)))


def logit(y: float) -> float:
    """The pre-activation of a sigmoid unit with this output."""
    return float(np.log(y / (1 - y)))


def softmax(scores: Array) -> Array:
    """Shares that add up to 1."""
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())


def slope(values: tuple[float, float]) -> float:
    """The central difference of a function's values at a step to the right and to the left."""
    return (values[0] - values[1]) / (2 * STEP)


def _softmax_weight(change: float) -> float:
    scores = np.log(np.array([0.2, 0.5, 0.3]))
    scores[1] += 2 * change
    return float(-np.log(softmax(scores)[1]))


def _batch_logit(change: float) -> float:
    scores = np.log(np.array([0.6, 0.4])) + np.array([change, 0])
    return float(-np.log(softmax(scores)[0]) / 4)


def _hidden_weight(change: float) -> float:
    hidden = sigmoid(logit(0.6) - 2 * change)
    return 0.3 * 2 * hidden - 0.3 * -1 * hidden


def _logistic_weight(change: float) -> float:
    return float(-np.log(sigmoid(logit(0.8) + 3 * change)))


def _unit_weight(change: float) -> float:
    return -2 * sigmoid(4 * change)


def _first_by_second(change: float) -> float:
    scores = np.log(np.array([0.5, 0.3, 0.2])) + np.array([0, change, 0])
    return float(softmax(scores)[0])


def _tanh_weight(change: float) -> float:
    return float((np.tanh(np.arctanh(0.6) + 0.5 * change) - 1) ** 2 / 2)


def _graph() -> float:
    edges = {"ab": 2, "ac": 3, "bd": 4, "cd": -1, "ad": 1}
    total = edges["ad"]
    for middle in "bc":
        total += edges[f"a{middle}"] * edges[f"{middle}d"]
    return float(total)


VALUES: dict[str, float | dict[str, float]] = {
    "bp-softmax-weight-number": slope((_softmax_weight(STEP), _softmax_weight(-STEP))),
    "bp-batch-da-number": slope((_batch_logit(STEP), _batch_logit(-STEP))),
    "bp-mlp-weight-number": slope((_hidden_weight(STEP), _hidden_weight(-STEP))),
    "bp-numpy-dh-size": float((np.ones((32, 3)) @ np.ones((40, 3)).T).size),
    "bp-logistic-chain-number": slope((_logistic_weight(STEP), _logistic_weight(-STEP))),
    "bp-unit-weight-number": slope((_unit_weight(STEP), _unit_weight(-STEP))),
    "bp-two-units-fed": float(np.dot([3, -1], [0.4, 0.5])),
    "bp-jacobian-number": slope((_first_by_second(STEP), _first_by_second(-STEP))),
    "bp-code-last-number": slope((_tanh_weight(STEP), _tanh_weight(-STEP))),
    "bp-cached-numbers": float(len(list(product(range(10), range(100), range(32))))),
    "bp-cost-scaling": (3 * 10) * (2 * 100) ** 2 / (10 * 100**2),
    "bp-chain-one-number": slope(
        ((2 * (1 + STEP) + 1) ** 3, (2 * (1 - STEP) + 1) ** 3),
    ),
    "bp-chain-many-number": slope(
        ((1 + STEP) ** 2 * 3 * (1 + STEP), (1 - STEP) ** 2 * 3 * (1 - STEP)),
    ),
    "bp-graph-number": _graph(),
}

SLIPS: dict[str, tuple[float, ...]] = {
    "bp-softmax-weight-number": (1.0, -0.25, -0.5, -2.0),
    "bp-batch-da-number": (-0.4, 0.1, -0.2),
    "bp-mlp-weight-number": (-1.8, -0.288, 0.432, 0.216),
    "bp-numpy-dh-size": (10920, 96, 120, 8736),
    "bp-logistic-chain-number": (-3.75, 0.6, -0.2),
    "bp-unit-weight-number": (-1.5, -8.0, 2.0),
    "bp-two-units-fed": (1.2, -0.5, 1.7),
    "bp-jacobian-number": (0.15, 0.25, 0.21),
    "bp-code-last-number": (-0.256, -0.512, 0.128, -0.048),
    "bp-cached-numbers": (1000, 100000, 3200),
    "bp-cost-scaling": (6, 18, 36),
    "bp-chain-one-number": (27, 6, 3),
    "bp-chain-many-number": (6, 3, 7),
    "bp-graph-number": (5, 9, -24),
}
