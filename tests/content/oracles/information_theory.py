"""The values of the numeric cards on information theory, from the numbers of their questions."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_HALVES = np.array([0.5, 0.25, 0.25])
_COIN, _BENT = np.array([0.5, 0.5]), np.array([0.9, 0.1])
_DATA, _MODEL = np.array([0.7, 0.2, 0.1]), np.array([0.5, 0.3, 0.2])


def _cross(weights: Array, inside: Array) -> float:
    return float(-(weights * np.log(inside)).sum())


def _kl(weights: Array, inside: Array) -> float:
    return _cross(weights, inside) - _cross(weights, weights)


VALUES: dict[str, float | dict[str, float]] = {
    "info-content-eighth": -math.log2(1 / 8),
    "info-entropy-value": _cross(_HALVES, _HALVES) / math.log(2),
    "info-max-entropy-20": math.log2(20),
    "info-kl-value": _kl(_COIN, _BENT),
    "info-ce-value": _cross(_DATA, _MODEL),
}

SLIPS: dict[str, tuple[float, ...]] = {
    # nats, the part of an entropy
    "info-content-eighth": (math.log(8), 3 / 8, 8),
    # nats, the plain mean of the contents, the maximum
    "info-entropy-value": (_cross(_HALVES, _HALVES), 5 / 3, math.log2(3)),
    # nats, the number of outcomes, base 10
    "info-max-entropy-20": (math.log(20), 20, math.log10(20)),
    # the other direction, bits, the cross-entropy
    "info-kl-value": (_kl(_BENT, _COIN), _kl(_COIN, _BENT) / math.log(2), _cross(_COIN, _BENT)),
    # roles exchanged, bits, the entropy
    "info-ce-value": (
        _cross(_MODEL, _DATA),
        _cross(_DATA, _MODEL) / math.log(2),
        _cross(_DATA, _DATA),
    ),
}
