"""The values of the numeric cards on autoencoders, from the numbers of their questions."""

from __future__ import annotations

import math

import numpy as np

_SAMPLES = np.array([[1, 2], [0, 3]], dtype=float)
_RETURNED = np.array([[1, 1], [2, 2]], dtype=float)
_SQUARES = ((_SAMPLES - _RETURNED) ** 2).sum(axis=1)


def _kl(mean: float, variance: float) -> float:
    """Return the divergence of a Gaussian from the standard normal one."""
    return (mean**2 + variance - math.log(variance) - 1) / 2


VALUES: dict[str, float | dict[str, float]] = {
    "ae-loss-value": float(_SQUARES.mean()),
    "vae-kl-value": _kl(1.0, 0.5**2),
}

SLIPS: dict[str, tuple[float, ...]] = {
    "ae-loss-value": (
        float(_SQUARES.sum()),
        float(((_SAMPLES - _RETURNED) ** 2).mean()),
        float(np.sqrt(_SQUARES).mean()),
    ),
    "vae-kl-value": (_kl(1.0, 0.5), 2 * _kl(1.0, 0.25), _kl(1.0, 0.25) + 0.5, _kl(0.0, 0.25)),
}
