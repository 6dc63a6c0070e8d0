"""The values of the numeric cards on one-hot codes, from the numbers of their questions."""

from __future__ import annotations

import numpy as np

VALUES: dict[str, float | dict[str, float]] = {
    "enc-ones-count": float((np.eye(4)[np.zeros(50, dtype=int)] == 0).sum()),
    "enc-window-size": float(np.zeros((17, 20 + 1)).size),
    "enc-window-count": float(sum(len(range(length - 13 + 1)) for length in (41, 46))),
}

SLIPS: dict[str, tuple[float, ...]] = {
    "enc-ones-count": (50, 200, 100),
    "enc-window-size": (340, 38, 17),
    "enc-window-count": (61, 87, 75),
}
