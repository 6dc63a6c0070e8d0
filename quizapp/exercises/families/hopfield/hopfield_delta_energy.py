"""The energy change of one update in a Hopfield network (Hopfield 1982)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import ENERGIES, FIELDS, sign_of
from quizapp.exercises.families.hopfield._network import (
    decide,
    draw_weights,
    energy,
    energy_work,
    field_work,
    signed,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import factor, num


def _at(unit: float) -> int:
    """The index of a unit that is numbered from 1."""
    return int(unit) - 1


def _field(W: Any, b: Any, y: Any, unit: float, offset: str) -> float:
    return float(W[_at(unit)] @ y + signed(b, offset)[_at(unit)])


def _energy(W: Any, b: Any, y: Any, offset: str) -> float:
    return energy(W, b, y, offset)


def _change(new_value: float, field: float, y: Any, unit: float) -> float:
    return float(-(new_value - y[_at(unit)]) * field)


def _flips(new_value: float, field: float, y: Any, unit: float) -> bool:
    """Whether the unit takes another value, and gains by it."""
    return abs(new_value - y[_at(unit)]) > TIE and abs(field) > TIE


def _field_work(W: Any, b: Any, y: Any, unit: float, offset: str) -> list[Work]:
    i = _at(unit)
    return [Work((), field_work(W[i], y, b[i], offset, i))]


def _change_work(new_value: float, field: float, y: Any, unit: float) -> list[Work]:
    difference = f"({num(new_value)} - {factor(y[_at(unit)])})"
    return [Work((), rf"-{difference} \cdot {factor(field)}")]


def check(W: Any, y: Any, unit: float) -> None:
    """The unit exists and does not feed itself.

    An asymmetric matrix is let through: it shows whether w_ij or w_ji enters the field.
    """
    if np.any(np.abs(np.diag(W)) > TIE):
        raise GivenError("the diagonal of 'W' must be 0: no unit feeds itself.", where="W")
    if not 1 <= unit <= len(y):
        raise GivenError(
            f"'unit' is {num(unit)}, but the units are numbered 1 to {len(y)}.", where="unit"
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Three units without offsets, four with offsets, four with weights in quarters."""
    n = 3 if level == 1 else 4
    weights = {
        1: (-2.0, -1.0, 0.0, 1.0, 2.0),
        2: (-2.0, -1.0, 0.0, 1.0, 2.0),
        3: (-0.75, -0.5, -0.25, 0.25, 0.5, 0.75),
    }[level]
    offsets = {1: (0.0,), 2: (-1.0, -0.5, 0.0, 0.5, 1.0), 3: (-0.5, -0.25, 0.0, 0.25, 0.5)}[level]
    return {
        "W": draw_weights(rng, n, weights),
        "b": rng.choice(offsets, size=n),
        "y": rng.choice((-1.0, 1.0), size=n),
        "unit": int(rng.integers(1, n + 1)),
    }


def avoid(W: Any, b: Any, y: Any) -> str | None:
    """Energies without a quadratic or an offset term, or that a mistake and a convention share."""
    quadratic, linear = float(y @ W @ y), float(b @ y)
    if abs(quadratic) <= TIE:
        return "no quadratic term"
    if b.any() and abs(linear) <= TIE:
        return "no offset term"
    energies = {
        energy(W, b, y, offset, half) for offset in ("bias", "threshold") for half in (0.5, 1)
    }
    return "two mistakes give one number" if len(energies) < (4 if b.any() else 2) else None


FAMILY = Family(
    id="hopfield-delta-energy",
    topic="hopfield",
    title="Energy change of one Hopfield update",
    task="Update the stated unit once and compute by how much the energy changes.",
    sources=("hub",),
    givens=(
        Given("W", "W", "symmetric weights with a zero diagonal", "N x N"),
        Given("b", "b", "offsets, zeros when the network has none", "N"),
        Given("y", "y", "the state, -1 or +1 for every unit", "N", kind="sign"),
        Given("unit", "i", "number of the unit to update, from 1", kind="integer"),
    ),
    conventions={"tie": ("plus", "keep", "minus"), "offset": ("bias", "threshold")},
    steps=(
        Step(
            "field",
            "Local field",
            r"h_i = \sum_j w_{ij} y_j \pm b_i",
            _field,
            work=_field_work,
            formula_for=lambda offset: rf"h_i = \sum_j w_{{ij}} y_j {FIELDS[offset]} b_i",
        ),
        Step(
            "new_value",
            "New value of the unit",
            r"y_i' = \mathrm{sgn}(h_i)",
            lambda field, y, unit, tie: float(decide(field, y[_at(unit)], tie)),
            kind="sign",
            formula_for=lambda tie: f"y_i' = {sign_of('h_i', tie, 'y_i')}",
        ),
        Step(
            "energy_before",
            "Energy before the update",
            r"E = -\frac{1}{2} y^\top W y \mp b^\top y",
            _energy,
            work=lambda W, b, y, offset: [Work((), energy_work(W, b, y, offset))],
            formula_for=lambda offset: (
                rf"E = -\frac{{1}}{{2}} y^\top W y {ENERGIES[offset]} b^\top y"
            ),
        ),
        Step(
            "delta",
            "Change of the energy",
            r"\Delta E = -(y_i' - y_i) h_i",
            _change,
            final=True,
            work=_change_work,
        ),
        Step(
            "energy_after",
            "Energy after the update",
            r"E' = E + \Delta E",
            lambda energy_before, delta: energy_before + delta,
            final=True,
            work=lambda energy_before, delta: [Work((), f"{num(energy_before)} + {factor(delta)}")],
        ),
    ),
    slips=(
        Slip(
            "offset-forgotten",
            "field",
            lambda W, y, unit: float(W[_at(unit)] @ y),
            "The local field includes the unit's own bias (or threshold).",
            when=lambda b, unit: abs(b[_at(unit)]) > TIE,
        ),
        Slip(
            "delta-sign",
            "delta",
            lambda new_value, field, y, unit: -_change(new_value, field, y, unit),
            "The sign is reversed: a legal update never raises the energy.",
            when=_flips,
        ),
        Slip(
            "delta-half",
            "delta",
            lambda new_value, field, y, unit: 0.5 * _change(new_value, field, y, unit),
            "y changes by 2 when a unit flips, so the factor is 2, not 1.",
            when=_flips,
        ),
        Slip(
            "delta-without-flip",
            "delta",
            lambda new_value, field: -2.0 * new_value * field,
            "The unit keeps its value, so the energy does not change.",
            when=lambda new_value, field, y, unit: (
                abs(new_value - y[_at(unit)]) <= TIE and abs(field) > TIE
            ),
        ),
        Slip(
            "no-half",
            "energy_before",
            lambda W, b, y, offset: energy(W, b, y, offset, half=1.0),
            "The factor 1/2 is missing in the energy.",
            when=lambda W, y: abs(y @ W @ y) > TIE,
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    tie=lambda field: abs(field) <= TIE,
    tie_rules=("tie",),
    discrepancies=(
        "energy-monotone-vs-nonincreasing",
        "zero-weight-example-depends-on-tie-rule",
        "hopfield-wij-wji-notation",
    ),
    items=("hub-energy-lyapunov", "hub-async-rule", "hub-energy-def", "hub-wji-notation"),
)
