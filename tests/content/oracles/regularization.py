"""The values of the numeric cards on regularization, from the numbers of their questions."""

from __future__ import annotations

import math

VALUES: dict[str, float | dict[str, float]] = {
    "reg-bottleneck-weights": 100 * 10 + 10 * 100,
    "reg-weight-sensitivity": 0.01 * (abs(30) + abs(-40)),
    "reg-l1-value": sum(abs(w) for w in (3, -4, 0.5)),
    "reg-l2-squared-value": sum(w**2 for w in (0.5, -2, 1)),
    "reg-l1-step-value": -2 - 0.5 * (0.2 + 0.1 * math.copysign(1, -2)),
    "reg-l2-decay-ten-steps": (1 - 0.5 * 0.1) ** 10,
    "reg-l2-prior-width": math.sqrt(1 / 4),
    "reg-dropout-classic-test": (1 - 0.25) * 6,
    "reg-dropout-subnetworks": 2**12,
}

SLIPS: dict[str, tuple[float, ...]] = {
    # the layer without the bottleneck, and one of the two layers
    "reg-bottleneck-weights": (10000, 1000, 110),
    # the Euclidean length, and the sum of the weights with their signs
    "reg-weight-sensitivity": (0.5, -0.1, 0.1),
    # no absolute values, squares, the Euclidean norm
    "reg-l1-value": (-0.5, 25.25, 5.025),
    # half the sum, the norm, absolute values
    "reg-l2-squared-value": (2.625, 2.291, 3.5),
    # no penalty, no sign, the pull of L2
    "reg-l1-step-value": (-2.1, -2.15, -2.0),
    # the penalty without the half, and subtraction
    "reg-l2-decay-ten-steps": (0.9**10, 0.5),
    # the variance, the root of the factor
    "reg-l2-prior-width": (0.25, 2),
    # the drop probability, no scaling, inverted dropout
    "reg-dropout-classic-test": (1.5, 6, 8),
    "reg-dropout-subnetworks": (24, 144, 4095),
}
