"""An independent solver of the modern Hopfield update, and problems of any size for it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def update(g: Mapping[str, Any], c: Mapping[str, str]) -> dict[str, Any]:
    """Each weight from the differences of the scaled scores, pattern by pattern."""
    columns = c["layout"] == "column"
    stored = [list(x) for x in zip(*g["X"], strict=True)] if columns else g["X"]
    scores = [math.fsum(a * b for a, b in zip(x, g["query"], strict=True)) for x in stored]
    scaled = [g["beta"] * s for s in scores]
    weights = [1.0 / math.fsum(math.exp(min(b - a, 700.0)) for b in scaled) for a in scaled]
    return {
        "scores": scores,
        "scaled": scaled,
        "weights": weights,
        "new_state": [
            math.fsum(p * x[i] for p, x in zip(weights, stored, strict=True))
            for i in range(len(g["query"]))
        ],
    }


def _draw(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    d, count = (int(k) for k in rng.integers(1, 12, size=2))
    shape = (d, count) if c["layout"] == "column" else (count, d)
    return {
        "X": rng.normal(0.0, 2.0, size=shape).tolist(),
        "beta": float(rng.choice((0.1, 1.0, 8.0))),
        "query": rng.normal(0.0, 3.0, size=d).tolist(),
    }


ORACLES = {"modern-hopfield-update": update}
DRAWS = {"modern-hopfield-update": _draw}
