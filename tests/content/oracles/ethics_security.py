"""The values of the numeric cards on ethics and security, computed from their questions."""

from __future__ import annotations

import math

import numpy as np

_GRADIENT = np.array([6.0, 8])

VALUES: dict[str, float | dict[str, float]] = {
    "eth-parity-gap": abs(32 / 80 - 10 / 50),
    "eth-dp-number": math.exp(0.5) * 0.1,
    "eth-clip-number": float((_GRADIENT * 2 / np.linalg.norm(_GRADIENT))[0]),
}

SLIPS: dict[str, tuple[float, ...]] = {
    "eth-parity-gap": (22, 0.5),
    "eth-dp-number": (0.6, 0.15, 0.1 / math.exp(0.5)),
    "eth-clip-number": (2.0, 6.0, 0.6),
}
