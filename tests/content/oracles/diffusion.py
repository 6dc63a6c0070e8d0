"""The values of the numeric cards on diffusion models, from the numbers of their questions."""

from __future__ import annotations

import math

_KEPT, _NOISY, _PREDICTED = 0.64, 1.0, 0.5

VALUES: dict[str, float | dict[str, float]] = {
    "df-x0-estimate": (_NOISY - math.sqrt(1 - _KEPT) * _PREDICTED) / math.sqrt(_KEPT),
}

SLIPS: dict[str, tuple[float, ...]] = {
    "df-x0-estimate": (
        _NOISY - math.sqrt(1 - _KEPT) * _PREDICTED,
        (_NOISY - (1 - _KEPT) * _PREDICTED) / _KEPT,
        (_NOISY + math.sqrt(1 - _KEPT) * _PREDICTED) / math.sqrt(_KEPT),
        _NOISY - _PREDICTED,
    ),
}
