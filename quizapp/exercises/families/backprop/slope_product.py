"""Product of slopes along a path: vanishing and exploding gradients (Hochreiter 1991)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import slope_of
from quizapp.exercises.families.backprop._slopes import (
    FLAT,
    differ,
    on_the_kink,
    slope_text,
    slopes,
)
from quizapp.exercises.families.mlp_forward.mlp_forward import outputs, saturated
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, frac

_STEEPEST = {"sigmoid": 0.25, "tanh": 1.0, "relu": 1.0}
_SMALL = 0.005
"""A smaller product could not be told from 0 with the decimals that are kept."""


_GROWTH = 8.0


def _bound(z: Any, f: str) -> Any:
    return np.full(len(z), _STEEPEST[f])


def _product(factors: Any) -> float:
    return float(np.prod(factors))


def _geometric_mean(product: float, factors: Any) -> float:
    return float(abs(product) ** (1.0 / len(factors)))


def _arithmetic_mean(factors: Any) -> float:
    return float(np.mean(np.abs(factors)))


def _written(factors: Any) -> str:
    return r" \cdot ".join(factor(x) for x in factors)


def _factor_work(w: Any, slopes: Any) -> list[Work]:
    return [Work(at, rf"{factor(w[at])} \cdot {factor(slopes[at])}") for at in entries(w)]


def _mean_work(factors: Any) -> list[Work]:
    return [Work((), f"({_written(np.abs(factors))})^{{{frac('1', str(len(factors)))}}}")]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Sigmoids at 0, three or ten layers; a path of ReLU; mixed pre-activations and weights."""
    if level == 1:
        if rng.random() < 0.2:
            return {"z": np.zeros(10), "w": np.full(10, 3.0), "f": "sigmoid"}
        w = np.ones(3) if rng.random() < 0.2 else rng.choice((1.0, 2.0, 3.0, 4.0, 5.0), size=3)
        return {"z": np.zeros(3), "w": w, "f": "sigmoid"}
    layers = int(rng.integers(3, 5))
    if level == 2:
        z = rng.choice((-1.0, 0.0, 0.5, 1.5, 2.0, 3.0), size=layers)
        w = rng.choice((-2.0, -1.0, 0.5, 1.0, 2.0, 3.0), size=layers)
        return {"z": z, "w": w, "f": "relu"}
    f = str(rng.choice(("sigmoid", "tanh", "relu")))
    return {
        "z": rng.choice((-1.0, -0.5, 0.0, 0.5, 1.5), size=layers),
        "w": rng.choice((-2.0, -1.5, 0.5, 1.5, 2.0, 3.0, 4.0, 5.0), size=layers),
        "f": f,
    }


def avoid(f: str, z: Any, w: Any, factors: Any, product: float) -> str | None:
    """Saturated units, products that are not 0 but would be written as 0, huge ones."""
    if saturated(f, z, FLAT):
        return "saturated unit"
    if TIE < abs(product) < _SMALL:
        return "tiny product"
    return "rounding would grow" if _growth(w, factors) > _GROWTH else None


def _growth(w: Any, factors: Any) -> float:
    """How much an error in the slopes may grow on the way to the product."""
    others = [np.prod(np.delete(factors, layer)) for layer in range(len(factors))]
    return float(np.sum(np.abs(w * others)))


FAMILY = Family(
    id="slope-product",
    topic="backprop",
    title="Product of slopes along a path (vanishing and exploding gradient)",
    task="Compute the slopes and the factors along the path, their product and the typical factor "
    "of a layer.",
    sources=("hub", "ece493", "nc"),
    givens=(
        Given("z", "z", "pre-activations along the path, one per layer", "L"),
        Given("w", "w", "weights along the path (all 1 if only slopes are asked)", "L"),
        Given(
            "f",
            "f",
            "activation of every layer",
            kind="text",
            choices=("sigmoid", "tanh", "relu"),
        ),
    ),
    conventions={"relu_slope_at_zero": ("zero", "one")},
    decimals=4,
    steps=(
        Step(
            "slopes",
            "Slopes",
            r"f'(z_l)",
            lambda z, f, relu_slope_at_zero, line: slopes(f, z, relu_slope_at_zero, line),
            work=lambda z, f, relu_slope_at_zero: [
                Work(at, slope_text(f, z[at], relu_slope_at_zero)) for at in entries(z)
            ],
            formula_for=lambda f, relu_slope_at_zero: (
                "f'(z_l) = " + slope_of(f, "z_l", relu_slope_at_zero)
            ),
        ),
        Step(
            "factors",
            "Factors of the layers",
            r"w_l f'(z_l)",
            lambda w, slopes: w * slopes,
            work=_factor_work,
        ),
        Step(
            "product",
            "Product along the path",
            r"\prod_l w_l f'(z_l)",
            _product,
            final=True,
            work=lambda factors: [Work((), _written(factors))],
        ),
        Step(
            "geo_mean",
            "Typical factor of a layer (geometric mean)",
            r"\left| \prod_l w_l f'(z_l) \right|^{1/L}",
            _geometric_mean,
            work=_mean_work,
        ),
    ),
    slips=(
        Slip(
            "values-multiplied",
            "slopes",
            lambda z, f, line: outputs(f, z, line),
            "The chain rule multiplies the SLOPES f'(z), not the outputs f(z).",
            when=lambda z, f, slopes: differ(outputs(f, z), slopes),
        ),
        Slip(
            "weights-ignored",
            "factors",
            lambda slopes: slopes,
            "Every layer also contributes its weight.",
            when=lambda slopes, factors: differ(slopes, factors),
        ),
        Slip(
            "added",
            "product",
            lambda factors: float(np.sum(factors)),
            "Along a path the factors are multiplied.",
            when=lambda factors, product: differ(np.sum(factors), product),
        ),
        Slip(
            "arithmetic-mean",
            "geo_mean",
            _arithmetic_mean,
            "The typical factor of a product is the geometric mean.",
            when=lambda factors, geo_mean: differ(_arithmetic_mean(factors), geo_mean),
        ),
        Slip(
            "bound-for-value",
            "slopes",
            _bound,
            "This is the upper bound; the slopes at the given z can be smaller.",
            when=lambda z, f, slopes: differ(_bound(z, f), slopes),
        ),
    ),
    make=make,
    avoid=avoid,
    tie=lambda f, z: on_the_kink(f, z),
    tie_rules=("relu_slope_at_zero",),
    discrepancies=(
        "hub-ten-sigmoid-layers-number",
        "hub-relu-geometric-mean-figure",
        "vanishing-factor-at-most-one",
        "relu-slope-at-zero",
    ),
    items=(
        "hub-vanishing-def",
        "hub-exploding-def",
        "hub-sigmoid-product",
        "hub-fig-vanishing",
        "hub-backprop-pitfalls",
        "dl-vanish",
        "nc-sigmoid-vanish",
        "nc-tanh-vanish",
    ),
)
