"""The values of the numeric cards on losses, from the numbers of their questions."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def _softmax(scores: Array) -> Array:
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())


_LOGITS = np.array([2.0, 1.0, 0.0])
_TRUE_CLASS = np.array([0.5, 0.25, 0.8])
_RESIDUALS = np.array([0.8 - 0.5, 0.3 - 1])
_MISSES = np.array([2.0 - 1, 2 - 2, 2 - 4])
_LOSSES = np.array([0.2, 0.4, 0.6])

VALUES: dict[str, float | dict[str, float]] = {
    "loss-ce-one-example": -math.log(0.2),
    "loss-ce-batch-mean": float(-np.log(_TRUE_CLASS).mean()),
    "loss-eps-cap": -math.log(0 + 1e-7),
    "loss-torch-from-logits": float(-np.log(_softmax(_LOGITS)[1])),
    "loss-quadratic-value": float(np.sum(_RESIDUALS**2)),
    "loss-mse-value": float(np.mean(_MISSES**2)),
    "loss-bce-slope": (0.6 - 0.9) / (0.6 * (1 - 0.6)),
    "loss-empirical-risk-value": float(np.mean([0.9, 0.1, 0.4, 0.2, 0.4])),
    "loss-cost-value": float(_LOSSES.mean()) + 0.1,
}

SLIPS: dict[str, tuple[float, ...]] = {
    # bits, base 10, all classes, the predicted class
    "loss-ce-one-example": (
        -math.log2(0.2),
        -math.log10(0.2),
        -math.log(0.1 * 0.7 * 0.2),
        -math.log(0.7),
    ),
    # the sum, the logarithm of the mean
    "loss-ce-batch-mean": (
        float(-np.log(_TRUE_CLASS).sum()),
        -math.log(float(_TRUE_CLASS.mean())),
    ),
    # base 10, the sign
    "loss-eps-cap": (7, -16.118),
    # softmax twice, another class
    "loss-torch-from-logits": (
        float(-np.log(_softmax(_softmax(_LOGITS))[1])),
        float(-np.log(_softmax(_LOGITS)[0])),
    ),
    # half the sum, the square of the sum
    "loss-quadratic-value": (0.29, 0.16, 1.0),
    # the sum, the half, the root, the absolute values
    "loss-mse-value": (5, 5 / 6, math.sqrt(5 / 3), 1),
    # with respect to the pre-activation, the sign
    "loss-bce-slope": (-0.3, 1.25),
    # the sum
    "loss-empirical-risk-value": (2.0, 0.5),
    # no penalty, the sum, the penalty divided as well
    "loss-cost-value": (0.4, 1.3, 1.3 / 3),
}
