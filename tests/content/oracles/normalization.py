"""The values of the numeric cards on normalization, from the numbers of their questions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_BATCH = np.array([1, 3, 5, 7], dtype=float)


def _last(batch: Array, spread: float) -> float:
    """Normalize the last value, then scale by 2 and shift by 1."""
    return float(2 * (batch[-1] - batch.mean()) / spread + 1)


VALUES: dict[str, float | dict[str, float]] = {
    "nm-bn-value": _last(_BATCH, float(_BATCH.std())),
    "nm-bn-running": 0.9 * 2.0 + 0.1 * 5.0,
}

SLIPS: dict[str, tuple[float, ...]] = {
    "nm-bn-value": (
        _last(_BATCH, float(_BATCH.std(ddof=1))),
        _last(_BATCH, float(_BATCH.var())),
        float((_BATCH[-1] - _BATCH.mean()) / _BATCH.std()),
    ),
    "nm-bn-running": (0.1 * 2.0 + 0.9 * 5.0, 3.5, 2.5),
}
