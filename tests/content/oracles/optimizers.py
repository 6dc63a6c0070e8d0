"""The values of the numeric cards on gradient steps, from the numbers of their questions."""

from __future__ import annotations

import math

import numpy as np


def _descend(steps: int) -> float:
    x = 0.0
    for _ in range(steps):
        x -= 0.25 * (2 * x - 4)
    return x


def _adam(*gradients: float) -> float:
    theta = first = second = 0.0
    for step, gradient in enumerate(gradients, start=1):
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        theta -= 0.1 * first / (1 - 0.9**step) / math.sqrt(second / (1 - 0.999**step))
    return theta


def _never_cleared(*derivatives: float) -> float:
    weight, stored = 1.0, 0.0
    for derivative in derivatives:
        stored += derivative
        weight -= 0.5 * stored
    return weight


_GRADIENT = np.array([3.0, 4.0, 12.0])

VALUES: dict[str, float | dict[str, float]] = {
    "opt-gd-two-steps": _descend(2),
    "opt-total-updates": float(30 * math.ceil(2000 / 50)),
    "opt-forgotten-clearing": _never_cleared(0.3, -0.1),
    "opt-adam-second-step": _adam(2, -1),
    "opt-clip-number": float((_GRADIENT * 6.5 / np.linalg.norm(_GRADIENT))[-1]),
}

SLIPS: dict[str, tuple[float, ...]] = {
    "opt-gd-two-steps": (1.0, 2.0, -1.5),
    "opt-total-updates": (40, 30, 60000, 100000),
    "opt-forgotten-clearing": (0.90, 0.85, 0.80),
    "opt-adam-second-step": (-0.1, 0.0, -0.2, -0.073),
    "opt-clip-number": (6.5, 12, 12 * 6.5 / 169, 12 * 6.5 / 19),
}
