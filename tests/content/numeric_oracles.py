"""The values of all numeric cards, computed from the numbers of their questions by NumPy alone.

Nothing here reads a card or the solver: each expression is written from the question.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def array(*rows: object) -> Array:
    """The rows as an array of floats."""
    return np.array(rows, dtype=float)


def sigmoid(z: float) -> float:
    """The logistic function."""
    return float(1 / (1 + np.exp(-z)))


def softmax(scores: Array) -> Array:
    """Rows of weights that sum to 1."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def hebb(patterns: Array, factor: float) -> Array:
    """The sum of outer products times the factor, without its diagonal."""
    weights = factor * patterns.T @ patterns
    np.fill_diagonal(weights, 0)
    return np.asarray(weights)


def energy(weights: Array, bias: Array, state: Array) -> float:
    """The energy of a Hopfield state."""
    return float(-state @ weights @ state / 2 - bias @ state)


_TOY = array([1, 0], [0, 1], [1, 1])
_THREE = array([0, 1, -2], [1, 0, 3], [-2, 3, 0])
_FIVE = array([1, 1, -1, 1, -1], [1, -1, -1, 1, 1], [-1, 1, -1, -1, 1])
_EIGHT = array([1, 1, 1, 1, -1, -1, -1, -1], [1, -1, 1, -1, 1, -1, 1, -1])
_MIRRORED = array(1, -1, 1)
_LOSSES = array(0.90, 0.70, 0.61, 0.58, 0.60, 0.59, 0.62, 0.57)


def _relu_chain(w1: float) -> float:
    hidden = max(0.0, w1 * 2)
    return (max(0.0, 3 * hidden) - 1) ** 2 / 2


def _mirror_energy() -> float:
    bias = array(0, 0, -1.5)
    quadratic = 0.5 + bias @ _MIRRORED
    return float(quadratic - bias @ -_MIRRORED)


def _minima_without_weights() -> int:
    weights, bias = np.zeros((2, 2)), np.zeros(2)
    count = 0
    for state in product((-1, 1), repeat=2):
        flipped = [array(*state) * flip for flip in (array(-1, 1), array(1, -1))]
        own = energy(weights, bias, array(*state))
        count += all(energy(weights, bias, near) >= own for near in flipped)
    return count


def _two_layers() -> float:
    hidden = np.maximum(0, array([1, -1], [2, 0]) @ array(1, 2) + array(0, -1))
    return float(np.maximum(0, array(1, 3) @ hidden - 1))


def _one_by_one() -> float:
    w = 0.0
    for target in (1, 3):
        w -= 0.1 * 2 * (w - target)
    return w


def _patient_stop(patience: int = 3) -> int:
    best = 0
    for epoch, loss in enumerate(_LOSSES):
        if loss < _LOSSES[best]:
            best = epoch
        if epoch - best == patience:
            break
    return best + 1


def _wavelength() -> float:
    positions = np.arange(0, 1000, 0.01)
    column = np.sin(positions / 10000 ** (2 * 16 / 64))
    rising = np.flatnonzero((column[:-1] < 0) & (column[1:] >= 0))
    return float(positions[rising[0] + 1])


VALUES: dict[str, float | dict[str, float]] = {
    "act-tanh-slope-from-output": float(np.cosh(np.arctanh(0.995)) ** -2),
    "act-relu-one-inactive": float(np.prod(array(*[1.0] * 29, -0.1) > 0)),
    "act-leaky-error": 2 * (max(-3 + 1e-6, 0.1 * (-3 + 1e-6)) - 0.1 * -3) / 1e-6,
    "act-softmax-large-scores": float(softmax(array(1000, 1001, 1002)).max()),
    "att-mha-parameters": 2 * (8 * 3 + 8 * 3 + 8 * 5) + (2 * 5) * 8,
    "att-scale-numeric": float(softmax(array(8, 4) / np.sqrt(16))[0]),
    "att-scale-std": float(np.sqrt(np.sum(np.ones(64) * 1.0 * 1.0))),
    "att-hops-rnn": len(range(4, 60)),
    "att-toy-row1": float((softmax(_TOY @ _TOY.T / np.sqrt(2)) @ _TOY)[0, 1]),
    "att-count-entries": 12 * 8 * np.ones((500, 500)).size,
    "bp-sigmoid-explodes": float((5 * sigmoid(0) * (1 - sigmoid(0))) ** 10),
    "bp-delta-number": float(
        (array([1, -2], [3, 0.5]).T @ array(0.5, -1) * (array(1.2, -0.3) > 0))[0]
    ),
    "bp-ten-sigmoid-slopes": float((sigmoid(0) * (1 - sigmoid(0))) ** 10 / 1e-7),
    "bp-chain-example": (_relu_chain(0.5 + 1e-6) - _relu_chain(0.5 - 1e-6)) / 2e-6,
    "bp-output-delta": (0.8 - 1) * 0.8 * (1 - 0.8),
    "hop-energy-three-neurons": energy(_THREE, array(0.5, 0, -1), array(1, -1, 1)),
    "hop-hebb-one-weight": float(hebb(_FIVE, 1 / 5)[1, 3]),
    "hop-hebb-additions": sum(i != j for _ in range(2) for i in range(4) for j in range(4)),
    "hop-capacity-hundred": {"slides": 100, "textbook": 0.138 * 100},
    "hop-mirror-with-bias": _mirror_energy(),
    "hop-figure-energy": energy(hebb(_EIGHT, 1 / 8), np.zeros(8), _EIGHT[0]),
    "hop-local-minimum-zero-weights": _minima_without_weights(),
    "mlp-unit-sigmoid": sigmoid(float(array(2, -1, 0.5) @ array(1, 3, 2)) + 1),
    "mlp-forward-example": _two_layers(),
    "opt-decayed-step": 2 - 0.1 * (1 + 2 * 0.1 * 2),
    "opt-online-pass": _one_by_one(),
    "pe-entry-value": float(np.sin(30 / 10000 ** (2 / 4))),
    "pe-wavelength": _wavelength(),
    "reg-l2-loss": float(0.7 + 0.01 * np.sum(array(3, -4) ** 2)),
    "reg-early-stopping-epoch": _patient_stop(),
}
"""Card id to its value, or to a value for each side."""


SLIPS: dict[str, tuple[float, ...]] = {
    "act-tanh-slope-from-output": (float(1 - np.tanh(0.995) ** 2), 0.995 * 0.005),
    "act-relu-one-inactive": (1.0, 0.1),
    "act-leaky-error": (2 * 0.1 * -3, 0.0),
    "act-softmax-large-scores": (1002 / 3003,),
    "att-mha-parameters": (88 + 80, 2 * 88),
    "att-scale-numeric": (sigmoid(4), sigmoid(0.25)),
    "att-scale-std": (64.0, 1.0),
    "att-toy-row1": (
        float((softmax(_TOY @ _TOY.T) @ _TOY)[0, 1]),
        float((softmax(_TOY @ _TOY.T / np.sqrt(2)) @ _TOY)[0, 0]),
    ),
    "bp-sigmoid-explodes": (0.25**10,),
    "bp-delta-number": (float((array([1, -2], [3, 0.5]) @ array(0.5, -1))[0]),),
    "bp-ten-sigmoid-slopes": (4.0, 0.01),
    "bp-chain-example": (6.0, 4.0),
    "bp-output-delta": (0.8 - 1,),
    "hop-energy-three-neurons": (12.5, 3.5, 5.5),
    "hop-hebb-one-weight": (-1 / 3, -1.0),
    "hop-hebb-additions": (32, 12),
    "hop-mirror-with-bias": (0.5,),
    "hop-figure-energy": (-4.0, -6.0, energy(hebb(_EIGHT, 1 / 2), np.zeros(8), _EIGHT[0])),
    "hop-local-minimum-zero-weights": (0, 1),
    "mlp-unit-sigmoid": (0.5, 1.5),
    "mlp-forward-example": (1.0, 5.0, 4.0),
    "opt-decayed-step": (1.88, 1.5, 1.94),
    "opt-online-pass": (0.40, 0.80),
    "pe-entry-value": (float(np.sin(3)), float(np.sin(np.radians(0.3))), float(np.cos(0.3))),
    "pe-wavelength": (100.0, 62.8),
    "reg-l2-loss": (0.825, 0.75),
    "reg-early-stopping-epoch": (7, 8, 6),
}
"""Card id to the usual wrong numbers, most of them named in its explanation."""
