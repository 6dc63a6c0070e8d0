"""The values of the numeric cards on biology, computed from the numbers of their questions."""

from __future__ import annotations

import math


def _timing() -> float:
    """Sum the changes of the link from A to B over the four pairs."""
    pairs = ((10, 13), (50, 58), (90, 84), (120, 180))
    within = [b - a for a, b in pairs if abs(b - a) <= 20]
    return 0.2 * sum(math.copysign(1, gap) for gap in within)


VALUES: dict[str, float | dict[str, float]] = {
    "bio-count-ratio": round(1e14 / 671e9),
    "bio-sum-of-inputs": -70 + 2 * 8 - 6,
    "bio-hebb-two-codings": 0.5 + 0.1 * (+1) * (-1),
    "bio-stdp-sum": _timing(),
    "bio-vm-compute": -48 - 17,
    "bio-potassium-nernst": 61.5 * math.log10(4 / 140),
    "bio-pump-charge": 500 * (3 - 2),
    "bio-to-threshold": -55 - (-70),
    "bio-count-spikes": sum(-70 + rise >= -55 for rise in (10, 14, 15, 22)),
    "bio-spike-swing": (30 - (-55)) / (30 - (-70)),
}

SLIPS: dict[str, tuple[float, ...]] = {
    "bio-count-ratio": (671 / 86, 671 / 100, 1e14 / 86e9, 671e9 / 1e14),
    "bio-sum-of-inputs": (-48, -68, -54, 10),
    "bio-hebb-two-codings": (0.5, 0.6, -0.05),
    "bio-stdp-sum": (0.4, 0.6, -0.2, 0.0),
    "bio-vm-compute": (65, -31, 31),
    "bio-potassium-nernst": (95, 61.5 * math.log(4 / 140), 61.5 * 4 / 140),
    "bio-pump-charge": (2500, 1500, -500),
    "bio-to-threshold": (-15, 125, -55),
    "bio-count-spikes": (1, 3, 4),
    "bio-spike-swing": (0.15, 85, 30 / 100, (55 - 30) / (70 - 30)),
}
