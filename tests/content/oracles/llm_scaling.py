"""The values of the numeric cards on large models, computed from the numbers of their questions."""

from __future__ import annotations

from itertools import product
from math import prod, sqrt


def _majority(right: float, paths: int) -> float:
    """Return the probability that more than half of the paths are right."""
    return sum(
        prod(right if hit else 1 - right for hit in hits)
        for hits in product((True, False), repeat=paths)
        if 2 * sum(hits) > paths
    )


VALUES: dict[str, float | dict[str, float]] = {
    "llm-compute-number": 6 * 7e9 * 140e9 / 1e21,
    "llm-more-data": 3.0 * 2**-0.095,
    "llm-chinchilla-budget": sqrt(1.2e20 / 6 / 20) / 1e9,
    "llm-majority-three": _majority(0.7, 3),
}

SLIPS: dict[str, tuple[float, ...]] = {
    "llm-compute-number": (0.98, 1.96),
    "llm-more-data": (3.0 * 2**-0.076, 1.5, 3.0 * 2**0.095),
    "llm-chinchilla-budget": (sqrt(1.2e20 / 20) / 1e9, 20.0),
    "llm-majority-three": (0.49, 0.441, 0.343),
}
