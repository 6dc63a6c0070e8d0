"""The values of the numeric cards on starting weights, from the numbers of their questions."""

from __future__ import annotations

import numpy as np

VALUES: dict[str, float | dict[str, float]] = {
    "init-lecun-std": float(1 / np.sqrt(273)),
    "init-variance-number": (0.005 * 100) ** 10 / 1e-4,
    "init-uniform-limit": float(np.sqrt(3 * 2 / (30 + 20))),
}

SLIPS: dict[str, tuple[float, ...]] = {
    "init-lecun-std": (1 / 273, float(np.sqrt(2 / 273)), float(np.sqrt(273))),
    "init-variance-number": (0.005**10 / 1e-4, 0.5**9 / 1e-4, 5.0),
    "init-uniform-limit": (0.04, 0.2, float(np.sqrt(3 / 50))),
}
