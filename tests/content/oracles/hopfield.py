"""The values of the numeric cards on Hopfield networks, from the numbers of their questions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def _mean_weights(patterns: Array) -> Array:
    """Average the outer products of the rows and take the identity off."""
    count, width = patterns.shape
    return np.asarray(patterns.T @ patterns / count - np.eye(width))


_STORED = np.array([[1, 1, -1, 1], [1, -1, -1, 1], [-1, -1, 1, 1]], dtype=float)
_CLOSE = np.array([[-1, -1, -1, -1], [-1, -1, -1, 1], [-1, -1, 1, -1]], dtype=float)
_BINARY = 2 * np.array([[1, 0, 0]], dtype=float) - 1
_TWELVE = np.ones((1, 12))
_NINE = np.ones((1, 9))
_THREE_WRONG = np.array([-1.0] * 3 + [1.0] * 6)

VALUES: dict[str, float | dict[str, float]] = {
    "hop-image-weights": 9 * 8 / 2,
    "hop-mean-weight": float(_mean_weights(_STORED)[0, 1]),
    "hop-agreements": (13 - 7) / 20,
    "hop-binary-weight": float(_mean_weights(_BINARY)[1, 2]),
    "hop-binary-threshold": (3 - 1 + 2) / 2,
    "hop-single-field-size": float(abs(_mean_weights(_TWELVE) @ _TWELVE[0])[0]),
    "hop-single-noise": float((_mean_weights(_NINE) @ _THREE_WRONG)[-1]),
    "hop-several-unstable": float((_mean_weights(_CLOSE) @ _CLOSE[1])[3]),
    "hop-zero-weights-ties": 2**2,
}

SLIPS: dict[str, tuple[float, ...]] = {
    "hop-image-weights": (81, 72, 45, 3),
    "hop-mean-weight": (0.25, 1, -0.33),
    "hop-agreements": (0.65, 0.35, 6),
    "hop-binary-weight": (0, -1),
    "hop-binary-threshold": (4, 0, -2, 3),
    "hop-single-field-size": (12, 1, 10),
    "hop-single-noise": (3, 5, 4, 8),
    "hop-several-unstable": (0.33, 0.67, -1, 1),
    "hop-zero-weights-ties": (1, 0, 2),
}
