"""Parameters of a convolution against a dense layer (LeCun et al. 1989; Goodfellow 2016, 9.2)."""

from __future__ import annotations

import math
from typing import Any

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.attention_transformer._counts import demand_flag
from quizapp.exercises.families.cnn._window import differ
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work

_LARGEST = 1_000_000
_OTHER = {"units": "maps", "maps": "units"}


def _dense_factors(H: float, W: float, C: float, F: float, dense: str) -> tuple[float, ...]:
    return (H, W, C, F) if dense == "units" else (H, W, C, H, W, F)


def _dense(H: float, W: float, C: float, F: float, dense: str) -> float:
    return math.prod(_dense_factors(H, W, C, F, dense))


def _other_dense(H: float, W: float, C: float, F: float, dense: str) -> float:
    return _dense(H, W, C, F, _OTHER[dense])


def _biases(F: float, bias: Any) -> float:
    return F if bias else 0.0


def _counts(*factors: float) -> str:
    """A product of counts, every digit of them written out."""
    return r" \cdot ".join(f"{factor:.0f}" for factor in factors)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A small layer, then the first of a network, then one in its middle.

    Against a dense layer to whole maps the ratio grows with the square of the map, so that
    there the maps are smaller: the ratio stays below 100 000.
    """
    to_maps = conventions["dense"] == "maps"
    if level == 1:
        H = W = int(rng.integers(4, 9))
        C, K, F = (int(n) for n in (rng.integers(1, 4), rng.integers(2, 4), rng.integers(2, 7)))
    else:
        wide = {2: (14, 16, 28) if to_maps else (16, 28, 32), 3: (7, 14, 28)}[level]
        H = W = int(rng.choice(wide if to_maps or level == 2 else (28, 56, 112)))
        C = 3 if level == 2 else int(rng.choice((32, 64, 128)))
        K = int(rng.choice((3, 5)))
        F = int(rng.choice((8, 16, 32, 64) if level == 2 else (32, 64, 128)))
    return {"H": H, "W": W, "C": C, "K": K, "F": F, "bias": bool(rng.random() < 0.7)}


def check(H: float, W: float, C: float, K: float, F: float, bias: Any) -> None:
    """All sizes can be those of a layer, and bias is yes or no."""
    for name, given in {"H": H, "W": W, "C": C, "K": K, "F": F}.items():
        if not 1 <= given <= _LARGEST:
            raise GivenError(f"'{name}' must be a whole number from 1 to {_LARGEST}.", where=name)
    demand_flag("bias", bias)


FAMILY = Family(
    id="conv-params",
    topic="cnn",
    title="Parameters of a convolution layer against a dense layer",
    task="Count the parameters of the convolution, and the weights of the dense layer in its "
    "place. Compute how many times more those are.",
    sources=("ece493",),
    givens=(
        Given("H", "H", "map height, equal at input and output", kind="integer"),
        Given("W", "W", "map width, equal at input and output", kind="integer"),
        Given("C", "C", "input channels", kind="integer"),
        Given("K", "K", "side of the square kernel", kind="integer"),
        Given("F", "F", "filters, that is output channels", kind="integer"),
        Given("bias", r"\mathrm{bias}", "whether every filter has a bias", kind="raw"),
    ),
    conventions={"dense": ("units", "maps")},
    steps=(
        Step(
            "per_filter",
            "Weights of one filter",
            r"K^2 C",
            lambda K, C: K * K * C,
            kind="integer",
            work=lambda K, C: [Work((), _counts(K, K, C))],
        ),
        Step(
            "weights",
            "Weights of the layer",
            r"F K^2 C",
            lambda F, per_filter: F * per_filter,
            kind="integer",
            work=lambda F, per_filter: [Work((), _counts(F, per_filter))],
        ),
        Step(
            "biases",
            "Biases",
            r"F \text{ with biases, } 0 \text{ without}",
            _biases,
            kind="integer",
            formula_for=lambda bias: "F" if bias else "0",
        ),
        Step(
            "total",
            "Parameters of the layer",
            r"F K^2 C + \text{biases}",
            lambda weights, biases: weights + biases,
            final=True,
            kind="integer",
            work=lambda weights, biases: [Work((), f"{weights:.0f} + {biases:.0f}")],
            formula_for=lambda bias: "F K^2 C + F" if bias else "F K^2 C",
        ),
        Step(
            "dense_weights",
            "Weights of the dense layer",
            r"HWC \cdot F \text{ (maps: } HWC \cdot HWF \text{)}",
            _dense,
            kind="integer",
            work=lambda H, W, C, F, dense: [Work((), _counts(*_dense_factors(H, W, C, F, dense)))],
            formula_for=Among("dense", {"units": r"HWC \cdot F", "maps": r"HWC \cdot HWF"}),
        ),
        Step(
            "ratio",
            "Dense weights for one of the convolution",
            r"\frac{\text{dense weights}}{F K^2 C}",
            lambda dense_weights, weights: dense_weights / weights,
            final=True,
            work=lambda dense_weights, weights: [
                Work((), rf"\frac{{{dense_weights:.0f}}}{{{weights:.0f}}}")
            ],
            formula_for=Among(
                "dense",
                {"units": r"\frac{HWC \cdot F}{F K^2 C}", "maps": r"\frac{HWC \cdot HWF}{F K^2 C}"},
            ),
        ),
    ),
    slips=(
        Slip(
            "channels-forgotten",
            "per_filter",
            lambda K: K * K,
            "A filter spans all input channels: K² C weights.",
            when=lambda C: C > 1,
        ),
        Slip(
            "biases-forgotten",
            "biases",
            lambda: 0.0,
            "One bias per filter is missing.",
            when=lambda bias: bias == 1,
        ),
        Slip(
            "bias-per-weight-slice",
            "biases",
            lambda F, C, bias: C * _biases(F, bias),
            "One bias per filter, not one per input channel.",
            when=lambda bias, C: bias == 1 and C > 1,
        ),
        Slip(
            "other-dense",
            "dense_weights",
            _other_dense,
            "This counts the other dense layer: F single units and F whole maps are mixed up.",
            when=lambda H, W: H * W > 1,
        ),
        Slip(
            "one-filter",
            "weights",
            lambda per_filter: per_filter,
            "The layer has F filters.",
            when=lambda per_filter, weights: differ(weights, per_filter),
        ),
    ),
    make=make,
    check=check,
    discrepancies=("fully-connected-parameter-count",),
    items=("dl-param-sharing",),
)
