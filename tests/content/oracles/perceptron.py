"""The values of the numeric cards on perceptrons, computed from the numbers of their questions."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

CORNERS = np.array(list(product((0.0, 1.0), repeat=2)))
XOR = np.array([0, 1, 1, 0])


def _truth_tables() -> list[tuple[bool, ...]]:
    """Return the truth table of many perceptrons of two inputs."""
    weights = range(-3, 4)
    biases = np.arange(-6.5, 7)
    return [
        tuple(CORNERS @ np.array([w1, w2]) + b >= 0)
        for w1, w2, b in product(weights, weights, biases)
    ]


def _best_bias_of_or() -> float:
    """Return the bias that keeps the corners furthest from the line x1 + x2 + b = 0."""
    biases = np.linspace(-0.99, -0.01, 99)
    sums = CORNERS.sum(axis=1)
    return float(max(biases, key=lambda b: np.abs(sums + b).min()))


def _after_one_update() -> float:
    """Return the weighted sum of a sample after the perceptron rule has dealt with it."""
    weights, bias, sample = np.array([0.5, -1]), 0.0, np.array([1.0, 2])
    if weights @ sample + bias < 0:
        weights, bias = weights + 0.5 * sample, bias + 0.5
    return float(weights @ sample + bias)


_TABLES = set(_truth_tables())
_SCORES = np.array([2.0, 1, 0])
_Z = np.array([0.8, -0.5, 0.5]) @ np.array([0.5, 1, 0.4])

VALUES: dict[str, float | dict[str, float]] = {
    "pcp-mp-count-patterns": sum(sum(bits) >= 2 for bits in product((0, 1), repeat=5)),
    "pcp-separable-count": len(_TABLES),
    "pcp-perceptron-z": float(_Z - 0.3),
    "pcp-line-intercept": 3 / 4,
    "pcp-and-margin": float((np.abs(CORNERS.sum(axis=1) - 1.5) / np.sqrt(2)).min()),
    "pcp-or-bias": _best_bias_of_or(),
    "pcp-unit-bias-first": float(np.array([-1, 2, 0.5]) @ np.array([1, 1, 4])),
    "pcp-xor-best": max(int((np.array(table) == XOR).sum()) for table in _TABLES),
    "pcp-rule-update": _after_one_update(),
    "pcp-theorem-bound": (5 / 0.25) ** 2,
    "pcp-many-outputs-count": np.zeros((9, 3)).size + np.zeros(3).size,
    "pcp-multiclass-loss": float(-np.log(np.exp(_SCORES) / np.exp(_SCORES).sum())[1]),
}

SLIPS: dict[str, tuple[float, ...]] = {
    "pcp-mp-count-patterns": (10, 16),
    "pcp-separable-count": (16, 15, 11),
    "pcp-perceptron-z": (0.4, 0.1),
    "pcp-line-intercept": (-0.75, 3.0, 1.5),
    "pcp-and-margin": (0.5, 0.25, float(0.5 / np.sqrt(2 + 1.5**2))),
    "pcp-or-bias": (0.5, -1.5),
    "pcp-unit-bias-first": (7.5, 4.0),
    "pcp-xor-best": (2, 4),
    "pcp-rule-update": (-1.5, -0.9),
    "pcp-theorem-bound": (20, 100),
    "pcp-many-outputs-count": (27, 28, 36),
    "pcp-multiclass-loss": (0.408, 0.611, 0.245),
}
