"""Oracle of the test-error curve: a walk along the curve, and problems for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def double_descent(g: Mapping[str, Any], c: Mapping[str, str]) -> dict[str, Any]:
    errors = g["errors"]
    minima = []
    for k, error in enumerate(errors):
        neighbours = [errors[j] for j in (k - 1, k + 1) if 0 <= j < len(errors)]
        if all(error < other for other in neighbours):
            minima.append(k + 1)
    if c["curve"] == "classical":
        best = minima[0]
    else:
        best = min(range(1, len(errors) + 1), key=lambda k: (errors[k - 1], k))
    return {"minima": minima, "best": best, "best_error": errors[best - 1]}


def _draw(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    """A walk of equal steps (it comes back to its lowest point) or of any steps."""
    count = int(rng.integers(1, 40))
    steps = rng.choice((-0.25, 0.25), size=count)
    if rng.random() < 0.5:
        steps = steps * rng.uniform(0.1, 2.0, size=count)
    return {"errors": (20.0 + steps.cumsum()).tolist()}


ORACLES = {"double-descent": double_descent}
DRAWS = {"double-descent": _draw}
