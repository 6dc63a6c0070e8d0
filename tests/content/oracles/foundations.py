"""The values of the numeric cards on the foundations, computed from their questions."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

_SIZES = (6, 8, 8, 8, 3)


def _best_judgement() -> float:
    """Return the judged probability with the least cross-entropy where half of all is real."""
    chances = np.linspace(0.01, 0.99, 99)
    loss = -(np.log(chances) + np.log(1 - chances)) / 2
    return float(chances[loss.argmin()])


VALUES: dict[str, float | dict[str, float]] = {
    "fnd-empirical-risk": float(np.mean([0.2, 1.0, 0.4, 0.8])),
    "fnd-gan-half": _best_judgement(),
    "fnd-layers-numeric": len(list(pairwise(_SIZES))),
}

SLIPS: dict[str, tuple[float, ...]] = {
    "fnd-empirical-risk": (2.4, 1.2),
    "fnd-gan-half": (1.0, 0.0),
    "fnd-layers-numeric": (5, 3),
}
