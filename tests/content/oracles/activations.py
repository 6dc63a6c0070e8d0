"""The values of the numeric cards on activations, computed from the numbers of their questions."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def _sigmoid(z: float) -> float:
    """Return the logistic function."""
    return 1 / (1 + math.exp(-z))


def _normal(z: float) -> float:
    """Return the standard normal distribution function."""
    return (1 + math.erf(z / math.sqrt(2))) / 2


def _softmax(scores: Array) -> Array:
    """Turn scores into weights that sum to 1."""
    powers = np.exp(scores)
    return np.asarray(powers / powers.sum())


_PROTEIN = np.array([0.5, 2, -1])
_LOGITS = np.array([1.0, 0, -1])

VALUES: dict[str, float | dict[str, float]] = {
    "act-sigmoid-four-layers": 0.25**4,
    "act-logistic-hidden-value": _sigmoid(-1.2),
    "act-qian-output-value": float(_softmax(_PROTEIN)[1]),
    "act-tanh-via-sigmoid": 2 * 0.9168 - 1,
    "act-tanh-slope-half": -math.sqrt(1 - 0.36),
    "act-leaky-path": 1 * 0.2 * 0.2,
    "act-prelu-gradient": 2 * -3,
    "act-elu-minus-one": math.exp(-1) - 1,
    "act-gelu-minus-one": -1 * (1 - 0.8413),
    "act-swish-minus-two": -2 * _sigmoid(-2),
    "act-softmax-second-of-twenty": 0.9471 * math.exp(11.1544 - 14.4749),
    "act-softmax-alpha-two": float(_softmax(2 * _LOGITS)[0]),
    "act-softmax-pair-gap": 1.7 + 0.3,
}

SLIPS: dict[str, tuple[float, ...]] = {
    # slopes added, output 0.5 for the slope, five layers
    "act-sigmoid-four-layers": (1.0, 0.0625, 0.25**5),
    # sign of the exponent, ReLU, slope
    "act-logistic-hidden-value": (_sigmoid(1.2), 0, _sigmoid(-1.2) * _sigmoid(1.2)),
    # sigmoid of one number, raw share, another class
    "act-qian-output-value": (_sigmoid(2), 2 / 1.5, float(_softmax(_PROTEIN)[0])),
    # entry of 1.2, no rescaling
    "act-tanh-via-sigmoid": (2 * 0.7685 - 1, 0.9168, 2 * 0.6457 - 1),
    # sign, root forgotten, root of the slope, slope at 0.36
    "act-tanh-slope-half": (0.8, -0.64, -0.6, 1 - 0.36**2),
    # plain ReLU, added, one negative unit only, outputs
    "act-leaky-path": (0, 1.4, 0.2, 0.12),
    # slope with respect to x, sign, alpha multiplied in
    "act-prelu-gradient": (0.5, 6, -1.5, 0),
    # printed sign, plain exponential, slope
    "act-elu-minus-one": (math.e - 1, math.exp(-1), 1 - math.exp(-1)),
    # gate at +1, sign, swish
    "act-gelu-minus-one": (-0.8413, 0.1587, -_sigmoid(-1)),
    # factor forgotten, gate at +2, GELU
    "act-swish-minus-two": (_sigmoid(-2), -2 * _sigmoid(2), -2 * _normal(-2)),
    # ratio of scores, what is left
    "act-softmax-second-of-twenty": (0.9471 * 11.1544 / 14.4749, 1 - 0.9471),
    # no sharpness, divided by it
    "act-softmax-alpha-two": (float(_softmax(_LOGITS)[0]), float(_softmax(_LOGITS / 2)[0])),
    # second score ignored, added, sigmoid given
    "act-softmax-pair-gap": (1.7, 1.4, -2, _sigmoid(2)),
}
