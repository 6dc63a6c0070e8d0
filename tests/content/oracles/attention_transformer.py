"""The values of the numeric cards on Transformers, from the numbers of their questions."""

from __future__ import annotations

import numpy as np

_QUERY = np.array([2, 0, 2, 0], dtype=float)
_KEYS = np.array([[1, 1, 1, 0], [0, 1, 0, 1]], dtype=float)
_VALUES = np.array([5, -5], dtype=float)


def _attend(divisor: float) -> float:
    """Return the mean of the values, weighted by the softmax of the divided dot products."""
    powers = np.exp(_KEYS @ _QUERY / divisor)
    return float(powers @ _VALUES / powers.sum())


VALUES: dict[str, float | dict[str, float]] = {
    "att-one-query": _attend(float(np.sqrt(_QUERY.size))),
    "att-vit-tokens": (224 / 16) * (224 / 16) + 1,
    "att-causal-visible-count": float(np.tril(np.ones((8, 8))).sum()),
}

SLIPS: dict[str, tuple[float, ...]] = {
    "att-one-query": (_attend(1), _attend(4), _attend(np.sqrt(2)), 0.881),
    "att-vit-tokens": (196, 14, 256, 15),
    "att-causal-visible-count": (28, 32, 64),
}
