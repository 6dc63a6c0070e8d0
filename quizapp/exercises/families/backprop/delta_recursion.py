"""The error signal of a layer from that of the next one (Rumelhart, Hinton and Williams 1986)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among, slope_of
from quizapp.exercises.families.backprop._slopes import (
    BOUNDED,
    FLAT,
    FUNCTIONS,
    differ,
    on_the_kink,
    slope_text,
    slopes,
)
from quizapp.exercises.families.mlp_forward.mlp_forward import OTHER_LAYOUT, saturated, weights
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE, activation
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import dot, entries, factor

_LARGE = 5.0


def _towards(W: Any, layout: str) -> Any:
    """One row per unit of this layer: its weights to the units of the next one."""
    return W.T if layout == "column" else W


def _back(W: Any, delta_next: Any, layout: str) -> Any:
    return _towards(W, layout) @ delta_next


def _first_only(W: Any, delta_next: Any, layout: str) -> Any:
    return _towards(W, layout)[:, 0] * delta_next[0]


def _not_transposed(W: Any, delta_next: Any, layout: str) -> Any:
    return _back(W, delta_next, OTHER_LAYOUT[layout])


def _turned_shows(W: Any, delta_next: Any, layout: str, back: Any) -> bool:
    square = W.shape[0] == W.shape[1]
    return square and differ(_not_transposed(W, delta_next, layout), back)


def _slope_of_output(z: Any, f: str, relu_slope_at_zero: str, line: Line = exact) -> Any:
    return slopes(f, line(activation(f, z)), relu_slope_at_zero, line)


def _back_work(W: Any, delta_next: Any, layout: str, value: Any) -> list[Work]:
    towards = _towards(W, layout)
    return [Work((i,), dot(towards[i], delta_next)) for (i,) in entries(value)]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A linear unit that feeds two; two units, ReLU or sigmoids at 0; three units that feed two."""
    n = level
    f = {1: "identity", 2: str(rng.choice(("relu", "sigmoid"))), 3: "tanh"}[level]
    if level == 3 and rng.random() < 0.35:
        f = "relu"
    draw: tuple[float, ...] = (-2.0, -1.0, -0.5, 0.5, 1.0, 1.5)
    if f == "relu":
        draw = (-1.0, -0.5, 0.0, 0.5, 1.0, 2.0)
    elif f == "sigmoid":
        draw = (-1.0, 0.0, 0.0, 0.5)
    scale = (-2.0, -1.0, 1.0, 2.0, 3.0) if level == 1 else (-2.0, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0)
    return {
        "W": weights(rng, 2, n, scale, conventions["layout"]),
        "delta_next": rng.choice((-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 2.0), size=2),
        "z": rng.choice(draw, size=n),
        "f": f,
    }


def avoid(back: Any, slope: Any, delta: Any, f: str, z: Any) -> str | None:
    """Layers through which nothing comes back, or on which a mistake would not show."""
    if np.all(np.abs(slope) <= TIE):
        return "all slopes 0"
    if np.any(np.abs(back) <= TIE) or np.all(np.abs(delta) <= TIE):
        return "no error signal"
    if np.any(np.abs(back) > _LARGE):
        return "large error signal"
    return "saturated unit" if saturated(f, z, FLAT) else None


FAMILY = Family(
    id="delta-recursion",
    topic="backprop",
    title="Propagate the error signal back by one layer",
    task="Compute the error signals of this layer from those of the next layer.",
    sources=("hub", "mcb", "nnt", "ece493", "nc"),
    givens=(
        Given(
            "W",
            r"W^{(l+1)}",
            "weights from this layer (n units) to the next one (p units)",
            {"column": "p x n", "row": "n x p"},
            by="layout",
        ),
        Given("delta_next", r"\delta^{(l+1)}", "error signals of the next layer", "p"),
        Given("z", "z^{(l)}", "pre-activations of this layer", "n"),
        Given("f", "f", "activation of this layer", kind="text", choices=FUNCTIONS),
    ),
    conventions={"layout": ("column", "row"), "relu_slope_at_zero": ("zero", "one")},
    steps=(
        Step(
            "back",
            "Weighted sums of the next error signals",
            r"(W^{(l+1)})^\top \delta^{(l+1)} \text{ (row: } W^{(l+1)} \delta^{(l+1)} \text{)}",
            _back,
            work=_back_work,
            formula_for=Among(
                "layout",
                {
                    "column": r"(W^{(l+1)})^\top \delta^{(l+1)}",
                    "row": r"\delta^{(l+1)} (W^{(l+1)})^\top",
                },
            ),
        ),
        Step(
            "slope",
            "Slopes",
            r"f'(z^{(l)})",
            lambda z, f, relu_slope_at_zero, line: slopes(f, z, relu_slope_at_zero, line),
            work=lambda z, f, relu_slope_at_zero: [
                Work(at, slope_text(f, z[at], relu_slope_at_zero)) for at in entries(z)
            ],
            formula_for=lambda f, relu_slope_at_zero: (
                r"f'(z^{(l)}) = " + slope_of(f, "z^{(l)}", relu_slope_at_zero)
            ),
        ),
        Step(
            "delta",
            "Error signals of this layer",
            r"\delta^{(l)} = (W^{(l+1)})^\top \delta^{(l+1)} \odot f'(z^{(l)})"
            r" \text{ (row: } W^{(l+1)} \text{)}",
            lambda back, slope: back * slope,
            final=True,
            work=lambda back, slope, value: [
                Work(at, rf"{factor(back[at])} \cdot {factor(slope[at])}") for at in entries(value)
            ],
            formula_for=Among(
                "layout",
                {
                    "column": r"\delta^{(l)} = (W^{(l+1)})^\top \delta^{(l+1)} \odot f'(z^{(l)})",
                    "row": r"\delta^{(l)} = \delta^{(l+1)} (W^{(l+1)})^\top \odot f'(z^{(l)})",
                },
            ),
        ),
    ),
    slips=(
        Slip(
            "missing-sum",
            "back",
            _first_only,
            "A unit that feeds several units collects the error of ALL of them: the sum is "
            "missing.",
            when=lambda W, delta_next, layout, back: differ(
                _first_only(W, delta_next, layout), back
            ),
        ),
        Slip(
            "not-transposed",
            "back",
            _not_transposed,
            "Backwards, each unit sums over the NEXT layer's units: Wᵀδ (column), Wδ (row).",
            when=_turned_shows,
        ),
        Slip(
            "slope-of-output",
            "slope",
            _slope_of_output,
            "The slope is taken at the pre-activation z, not at the output f(z).",
            when=lambda z, f, relu_slope_at_zero, slope: (
                f in BOUNDED and differ(_slope_of_output(z, f, relu_slope_at_zero), slope)
            ),
        ),
        Slip(
            "slope-forgotten",
            "delta",
            lambda back: back,
            "The factor f'(z) is missing.",
            when=lambda f, back, delta: f != "identity" and differ(back, delta),
        ),
    ),
    make=make,
    avoid=avoid,
    tie=lambda f, z: on_the_kink(f, z),
    tie_rules=("relu_slope_at_zero",),
    discrepancies=(
        "missing-sum-over-outputs",
        "backprop-index-clash",
        "relu-slope-at-zero",
        "weight-orientation-row-column",
    ),
    items=("hub-delta-recursion", "dl-delta-def", "dl-delta-hidden", "nc-bp-delta"),
)
