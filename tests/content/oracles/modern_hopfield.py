"""The values of the numeric cards on modern Hopfield networks, from their questions."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def _weights(scores: list[float]) -> Array:
    """Turn scores into weights that sum to 1."""
    powers = np.exp(np.array(scores))
    return np.asarray(powers / powers.sum())


VALUES: dict[str, float | dict[str, float]] = {
    "mhop-first-entry": float(2 * _weights([2 * 1, 2 * 0.5])[0]),
    "mhop-weight-of-best": float(_weights([2 * 1, 2 * 0, 2 * -1])[0]),
    "mhop-capacity-factor": 2 ** (36 / 2) / 2 ** (20 / 2),
    "mhop-wrong-weight": float(_weights([5, 0])[1]),
    "mhop-beta-of-attention": 1 / math.sqrt(256),
    "mhop-pooling": float(_weights([2, 0, 0]) @ [10, 20, 30]),
}

SLIPS: dict[str, tuple[float, ...]] = {
    "mhop-first-entry": (2, 1, 0.54, 0.73),
    "mhop-weight-of-best": (0.665, 1, 0.12, 0.5),
    "mhop-capacity-factor": (1.8, 65536, 16),
    "mhop-wrong-weight": (0.9933, 0, 0.1667),
    "mhop-beta-of-attention": (16, 1 / 256, 0.125),
    "mhop-pooling": (20, 10, 60, 30),
}
