"""Variance of the deltas over depth (Glorot and Bengio 2010, section 4.2.1)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

import math
from typing import Any

from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import factor as in_product
from quizapp.exercises.substitution import num

_MOST_WIDTH = 1_000_000
_MOST_LAYERS = 100_000
_MAGNITUDES = 300.0  # powers of ten that a float can hold


def check(sigma2: float, D: float, L: float, l: float, var_L: float) -> None:  # noqa: E741 - layer index
    """Variances that are none, counts that are counts, and a power that a float can hold."""
    for name, variance in {"sigma2": sigma2, "var_L": var_L}.items():
        if variance < 0:
            raise GivenError(f"'{name}' is a variance; it is not negative.", where=name)
    if not 1 <= D <= _MOST_WIDTH:
        raise GivenError(f"'D' must be a whole number from 1 to {_MOST_WIDTH}.", where="D")
    if not 1 <= L <= _MOST_LAYERS:
        raise GivenError(f"'L' must be a whole number from 1 to {_MOST_LAYERS}.", where="L")
    if not 1 <= l <= L:
        raise GivenError(f"'l' is the number of a layer, from 1 to L = {L:g}.", where="l")
    if sigma2 > 0 and abs((L - l) * math.log10(sigma2 * D)) > _MAGNITUDES:
        raise GivenError(
            "so many layers make a factor that a computer cannot hold; take fewer.", where="L"
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Three layers that double or halve, then many of them, then other factors."""
    per_layer, depth = {
        1: ((0.5, 2.0), (3,)),
        2: ((0.5, 2.0), (7, 8, 9, 10)),
        3: ((0.25, 0.6, 0.8, 1.2, 1.5, 3.0), (4, 5, 6)),
    }[level]
    D = int(rng.choice((4, 5, 10, 20, 50, 100)))
    exponent, before = int(rng.choice(depth)), int(rng.integers(1, 5))
    return {
        "sigma2": float(rng.choice(per_layer)) / D,
        "D": D,
        "L": exponent + before,
        "l": before,
        "var_L": 1.0 if level == 1 else float(rng.choice((0.5, 1.0, 2.0, 4.0))),
    }


def avoid(per_layer: float, exponent: float) -> str | None:
    """A factor of 1, and a single layer."""
    if abs(per_layer - 1.0) <= TIE:
        return "factor 1"
    return "one layer" if exponent <= 1 else None


FAMILY = Family(
    id="gradient-variance",
    topic="initialization",
    title="Gradient variance over depth",
    task="Compute the variance of δ at layer l from that at layer L: the factor of one layer, the "
    "number of layers between, and what they make together.",
    sources=("ece493",),
    givens=(
        Given("sigma2", r"\sigma_w^2", "variance of one weight"),
        Given("D", "D", "width of the layers", kind="integer"),
        Given("L", "L", "number of layers", kind="integer"),
        Given("l", "l", "the layer asked for, counted from the inputs", kind="integer"),
        Given("var_L", r"\mathrm{Var}[\delta^{(L)}]", "variance of δ at layer L"),
    ),
    steps=(
        Step(
            "per_layer",
            "Factor of one layer",
            r"\sigma_w^2 D",
            lambda sigma2, D: sigma2 * D,
            work=lambda sigma2, D: [Work((), rf"{in_product(sigma2)} \cdot {num(D)}")],
        ),
        Step(
            "exponent",
            "Layers between",
            r"L - l",
            lambda L, l: L - l,  # noqa: E741 - layer index
            kind="integer",
            work=lambda L, l: [Work((), f"{num(L)} - {num(l)}")],  # noqa: E741 - layer index
        ),
        Step(
            "factor",
            "Factor of all of them",
            r"(\sigma_w^2 D)^{L - l}",
            lambda per_layer, exponent: math.pow(per_layer, exponent),
            work=lambda per_layer, exponent: [Work((), f"({num(per_layer)})^{{{num(exponent)}}}")],
        ),
        Step(
            "variance",
            "Variance at layer l",
            r"\mathrm{Var}[\delta^{(l)}] = (\sigma_w^2 D)^{L - l} \, \mathrm{Var}[\delta^{(L)}]",
            lambda factor, var_L: factor * var_L,
            final=True,
            work=lambda factor, var_L: [Work((), rf"{in_product(factor)} \cdot {num(var_L)}")],
        ),
    ),
    slips=(
        Slip(
            "layer-index-as-exponent",
            "exponent",
            lambda l: l,  # noqa: E741 - layer index
            "The exponent is the distance from the output, L - l.",
            when=lambda l, exponent: l != exponent,  # noqa: E741 - layer index
        ),
        Slip(
            "width-forgotten",
            "per_layer",
            lambda sigma2: sigma2,
            "Every unit adds up D terms: multiply by the width.",
            when=lambda sigma2, per_layer: abs(sigma2 - per_layer) > TIE,
        ),
        Slip(
            "variance-squared",
            "per_layer",
            lambda sigma2, D: sigma2**2 * D,
            "σ² is already the variance; it must not be squared again.",
            when=lambda sigma2, D, per_layer: abs(sigma2**2 * D - per_layer) > TIE,
        ),
        Slip(
            "multiplied",
            "factor",
            lambda per_layer, exponent: per_layer * exponent,
            "The factor per layer is raised to the power of the number of layers.",
            when=lambda per_layer, exponent, factor: abs(per_layer * exponent - factor) > TIE,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    decimals=5,  # ten layers that halve leave 0.001
    items=("dl-var-scaling", "dl-var-condition", "dl-vanish", "hub-backprop-pitfalls"),
)
