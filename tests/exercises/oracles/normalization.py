"""Oracles of the normalization layers: one group of numbers at a time, by the statistics module."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping
from typing import Any

Values = dict[str, Any]
Givens = Mapping[str, Any]
Setting = Mapping[str, str]
Table = list[list[float]]


def _turned(a: Table) -> Table:
    return [list(column) for column in zip(*a, strict=True)]


def _standardized(group: list[float], eps: float) -> list[float]:
    middle, spread = statistics.fmean(group), math.sqrt(statistics.pvariance(group) + eps)
    return [(x - middle) / spread for x in group]


def _layer(groups: Table, g: Givens, *, turn: bool) -> Values:
    table = [_standardized(group, g["eps"]) for group in groups]
    normalised = _turned(table) if turn else table
    return {
        "mean": [statistics.fmean(group) for group in groups],
        "var": [statistics.pvariance(group) for group in groups],
        "normalised": normalised,
        "y": [
            [a * x + b for a, x, b in zip(g["gamma"], row, g["beta"], strict=True)]
            for row in normalised
        ],
    }


def batch_norm(g: Givens, _: Setting) -> Values:
    return _layer(_turned(g["X"]), g, turn=True)


def layer_norm(g: Givens, _: Setting) -> Values:
    return _layer([[float(x) for x in row] for row in g["X"]], g, turn=False)


def _draw(rng: Any, _: Setting) -> Values:
    m, d = (int(v) for v in rng.integers(2, 20, size=2))
    return {
        "X": rng.normal(rng.uniform(-9.0, 9.0), 5.0, size=(m, d)).tolist(),
        "gamma": rng.normal(size=d).tolist(),
        "beta": rng.normal(size=d).tolist(),
        "eps": float(rng.choice((0.0, 1e-5, 0.1))),
    }


ORACLES: dict[str, Callable[[Givens, Setting], Values]] = {
    "batch-norm": batch_norm,
    "layer-norm": layer_norm,
}
DRAWS: dict[str, Callable[[Any, Setting], Values]] = {"batch-norm": _draw, "layer-norm": _draw}
