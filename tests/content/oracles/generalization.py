"""The values of the numeric cards on generalization, from the numbers of their questions."""

from __future__ import annotations

import numpy as np

_TRAINING = (0.90, 0.66, 0.50, 0.38, 0.29, 0.21)
_HELD_OUT = (0.92, 0.71, 0.60, 0.57, 0.61, 0.70)
_PREDICTIONS = (3, 5, 4, 4)


def _staircase_error(steps: int) -> float:
    # The best height on a step of the line is its middle.
    return 1 / steps / 2


def _least_norm() -> float:
    return float((np.linalg.pinv(np.array([[1.0, 2.0]])) @ np.array([5.0]))[1])


def _frame_cosine(classes: int) -> float:
    means = np.eye(classes) - 1 / classes
    return float(means[0] @ means[1] / (means[0] @ means[0]))


VALUES: dict[str, float | dict[str, float]] = {
    "gen-uat-staircase": min(n for n in range(1, 100) if _staircase_error(n) <= 0.05 + 1e-12),
    "gen-wide-deep-count": (100 * 1000 + 1000 * 10) - (3 * 100 * 100 + 100 * 10),
    "gen-interpolation-degree": len(range(4 + 1)),
    "gen-best-epoch": 1 + int(np.argmin(_HELD_OUT)),
    "gen-bias-variance-numbers": float(np.mean(_PREDICTIONS) - 6) ** 2,
    "gen-least-norm-fit": _least_norm(),
    "gen-collapse-cosine": _frame_cosine(5),
}

SLIPS: dict[str, tuple[float, ...]] = {
    # the height at the left end, and 1 divided by the width of the tolerance
    "gen-uat-staircase": (20, 5, 11),
    # each network alone, and the hidden units
    "gen-wide-deep-count": (110000, 31000, 700),
    "gen-interpolation-degree": (4, 6),
    # the best training loss, and the smallest gap
    "gen-best-epoch": (1 + int(np.argmin(_TRAINING)), 1, 5),
    # bias, variance, mean squared error
    "gen-bias-variance-numbers": (-2, 2, 0.5, 4.5),
    # other exact fits
    "gen-least-norm-fit": (0, 2.5, 1),
    # orthogonal means, -1/K, the cosine of three classes
    "gen-collapse-cosine": (0, -0.2, -0.5, 0.25),
}
