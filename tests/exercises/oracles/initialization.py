"""Oracles of initial weights: fractions, the moments of a uniform distribution, layer by layer."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

Values = dict[str, Any]
Givens = Mapping[str, Any]
Setting = Mapping[str, str]


def init_scale(g: Givens, _: Setting) -> Values:
    """Xavier: one over the mean of in and out; He: twice what lecun says."""
    inputs, units = Fraction(g["fan_in"]), Fraction(g["fan_out"])
    variance = {
        "lecun": 1 / inputs,
        "he": 1 / inputs + 1 / inputs,
        "xavier": 1 / ((inputs + units) / 2),
    }[g["scheme"]]
    # A uniform distribution of width w has the variance w² / 12.
    width = math.sqrt(12 * variance)
    return {"variance": float(variance), "std": math.sqrt(variance), "limit": width / 2}


def gradient_variance(g: Givens, _: Setting) -> Values:
    """From layer L one layer down at a time, D terms a unit."""
    layers, factor = 0, 1.0
    for _layer in range(int(g["l"]), int(g["L"])):
        layers += 1
        factor *= math.fsum(g["sigma2"] for _ in range(int(g["D"])))
    return {
        "per_layer": math.fsum(g["sigma2"] for _ in range(int(g["D"]))),
        "exponent": layers,
        "factor": factor,
        "variance": factor * g["var_L"],
    }


ORACLES: dict[str, Callable[[Givens, Setting], Values]] = {
    "init-scale": init_scale,
    "gradient-variance": gradient_variance,
}


def _draw_scale(rng: Any, _: Setting) -> Values:
    fan_in, fan_out = (int(v) for v in rng.integers(1, 5000, size=2))
    return {
        "fan_in": fan_in,
        "fan_out": fan_out,
        "scheme": str(rng.choice(("lecun", "xavier", "he"))),
    }


def _draw_variance(rng: Any, _: Setting) -> Values:
    width, layers = int(rng.integers(1, 600)), int(rng.integers(1, 60))
    return {
        "sigma2": float(rng.uniform(0.5, 1.6)) / width,
        "D": width,
        "L": layers,
        "l": int(rng.integers(1, layers + 1)),
        "var_L": float(rng.uniform(0.0, 9.0)),
    }


DRAWS: dict[str, Callable[[Any, Setting], Values]] = {
    "init-scale": _draw_scale,
    "gradient-variance": _draw_variance,
}
