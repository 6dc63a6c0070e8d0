"""The values of the numeric cards on contrastive learning, from the numbers of their questions."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_SIMILARITIES = np.array([0.8, 0.2, 0.1])
_VIEWS = [(image, view) for image in range(256) for view in range(2)]


def _loss(similarities: Array, temperature: float) -> float:
    """Return the cross-entropy of the first candidate."""
    powers = np.exp(similarities / temperature)
    return float(-np.log(powers[0] / powers.sum()))


VALUES: dict[str, float | dict[str, float]] = {
    "ct-ntxent-value": _loss(_SIMILARITIES, 0.5),
    "ct-simclr-negatives": float(sum(image != 0 for image, _ in _VIEWS)),
    "ct-clip-negatives": float(sum(i != j for i, j in product(range(32), repeat=2))),
}

SLIPS: dict[str, tuple[float, ...]] = {
    "ct-ntxent-value": (
        _loss(_SIMILARITIES, 1.0),
        _loss(_SIMILARITIES, 2.0),
        _loss(_SIMILARITIES, 0.5) / float(np.log(2)),
        -0.602,
        0.646,
    ),
    "ct-simclr-negatives": (511, 255, 512, 256),
    "ct-clip-negatives": (1024, 31, 62, 496),
}
