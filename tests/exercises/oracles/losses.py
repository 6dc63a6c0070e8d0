"""Oracles of the losses: values from the definitions, gradients by complex steps."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Mapping
from typing import Any

Values = dict[str, Any]
Givens = Mapping[str, Any]
Setting = Mapping[str, str]

_TINY = 1e-30


def _gradient(loss: Callable[[list[complex]], complex], at: list[float]) -> list[float]:
    out = []
    for k in range(len(at)):
        moved = [complex(v, _TINY if i == k else 0.0) for i, v in enumerate(at)]
        out.append(loss(moved).imag / _TINY)
    return out


def cross_entropy(g: Givens, c: Setting) -> Values:
    table, losses = [], []
    for row, label in zip(g["Z"], g["t"], strict=True):
        # 1 over the sum of all e^(z_j - z_k)
        p = [1.0 / math.fsum(math.exp(other - z) for other in row) for z in row]
        table.append(p)
        surprise = -math.log(p[int(label)] + g["eps"])
        losses.append(surprise / math.log(2.0) if c["log_base"] == "two" else surprise)
    total = math.fsum(losses)
    return {
        "p": table,
        "p_true": [p[int(label)] for p, label in zip(table, g["t"], strict=True)],
        "losses": losses,
        "loss": total / len(losses) if c["batch"] == "mean" else total,
    }


def _binary(z: complex, t: float) -> complex:
    """Minus the logarithm of the probability of t, with only the outcomes that count."""
    out = 0j
    for weight, probability in ((t, z), (1.0 - t, 1.0 - z)):
        if weight > 0:
            out -= weight * cmath.log(probability)
    return out


def binary_cross_entropy(g: Givens, _: Setting) -> Values:
    def loss(z: list[complex]) -> complex:
        return sum((_binary(a, b) for a, b in zip(z, g["t"], strict=True)), start=0j)

    return {
        "terms": [_binary(complex(a), b).real for a, b in zip(g["z"], g["t"], strict=True)],
        "E": loss([complex(a) for a in g["z"]]).real,
        "gradient": _gradient(loss, g["z"]),
    }


def squared_error(g: Givens, c: Setting) -> Values:
    by = {"half-sum": 2, "sum": 1, "mean": len(g["z"])}[c["squared_error"]]

    def loss(z: list[complex]) -> complex:
        return sum(((a - b) ** 2 for a, b in zip(z, g["t"], strict=True)), start=0j) / by

    apart = [a - b for a, b in zip(g["z"], g["t"], strict=True)]
    return {
        "residuals": apart,
        "squares": [r * r for r in apart],
        "E": loss([complex(a) for a in g["z"]]).real,
        "gradient": _gradient(loss, g["z"]),
    }


ORACLES: dict[str, Callable[[Givens, Setting], Values]] = {
    "cross-entropy": cross_entropy,
    "binary-cross-entropy": binary_cross_entropy,
    "squared-error": squared_error,
}


def _draw_cross_entropy(rng: Any, _: Setting) -> Values:
    rows, classes = int(rng.integers(1, 20)), int(rng.integers(2, 30))
    return {
        "Z": rng.normal(0.0, 4.0, size=(rows, classes)).tolist(),
        "t": rng.integers(classes, size=rows).tolist(),
        "eps": float(rng.choice((0.0, 1e-7, 0.01))),
    }


def _draw_binary(rng: Any, _: Setting) -> Values:
    n = int(rng.integers(1, 25))
    hard, soft = rng.integers(2, size=n), rng.uniform(size=n)
    return {
        "z": rng.uniform(0.001, 0.999, size=n).tolist(),
        "t": [float(v) for v in (hard if rng.random() < 0.5 else soft)],
    }


def _draw_squared(rng: Any, _: Setting) -> Values:
    n = int(rng.integers(1, 25))
    return {
        "z": rng.normal(0.0, 20.0, size=n).tolist(),
        "t": rng.normal(0.0, 5.0, size=n).tolist(),
    }


DRAWS: dict[str, Callable[[Any, Setting], Values]] = {
    "cross-entropy": _draw_cross_entropy,
    "binary-cross-entropy": _draw_binary,
    "squared-error": _draw_squared,
}
