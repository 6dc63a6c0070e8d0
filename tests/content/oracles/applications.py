"""The values of the numeric cards on applications, from the numbers of their questions."""

from __future__ import annotations

import math

VALUES: dict[str, float | dict[str, float]] = {
    "app-frame-numbers": 100 * (3 + 3),
    "app-rmsd": math.sqrt((0.5**2 + 1.0**2 + 1.0**2) / 3),
}

SLIPS: dict[str, tuple[float, ...]] = {
    # all entries of the matrices, positions only, the whole protein moved
    "app-frame-numbers": (1200, 300, 594),
    # the mean, the mean square, the root of the sum
    "app-rmsd": ((0.5 + 1 + 1) / 3, 0.75, 1.5),
}
