"""Whether one state is a local minimum of the Hopfield energy (Hopfield 1982; Bruck 1990)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import ENERGIES, FIELDS, Among
from quizapp.exercises.families.hopfield._network import (
    draw_weights,
    energy,
    energy_work,
    field_work,
    signed,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, num

MOST_UNITS = 200


def _fields(W: Any, b: Any, y: Any, offset: str) -> Any:
    return W @ y + signed(b, offset)


def _energy(W: Any, b: Any, y: Any, offset: str) -> float:
    return energy(W, b, y, offset)


def _changes(y: Any, fields: Any) -> Any:
    return 2.0 * y * fields


def _is_minimum(changes: Any, minimum: str) -> bool:
    return bool(np.all(changes > TIE if minimum == "strict" else changes > -TIE))


def _fields_work(W: Any, b: Any, y: Any, offset: str) -> list[Work]:
    return [Work((i,), field_work(W[i], y, b[i], offset, i)) for i in range(len(y))]


def _changes_work(y: Any, fields: Any) -> list[Work]:
    return [Work(at, rf"2 \cdot {factor(y[at])} \cdot {factor(fields[at])}") for at in entries(y)]


def check(W: Any) -> None:
    """A Hopfield matrix is symmetric with a zero diagonal."""
    if len(W) > MOST_UNITS:
        raise GivenError(f"'W' has {len(W)} units; at most {MOST_UNITS} can be checked.", where="W")
    if np.any(np.abs(W - W.T) > TIE):
        raise GivenError("'W' is not symmetric: w_ij and w_ji must be equal.", where="W")
    if np.any(np.abs(np.diag(W)) > TIE):
        raise GivenError("the diagonal of 'W' must be 0: no unit feeds itself.", where="W")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Three units without offsets, four with offsets, four with weights in quarters."""
    n = 3 if level == 1 else 4
    weights = {
        1: (-2.0, -1.0, 1.0, 2.0),
        2: (-2.0, -1.0, 0.0, 1.0, 2.0),
        3: (-0.75, -0.5, -0.25, 0.25, 0.5, 0.75),
    }[level]
    offsets = {1: (0.0,), 2: (-1.0, -0.5, 0.5, 1.0), 3: (-0.5, -0.25, 0.0, 0.25, 0.5)}[level]
    W = draw_weights(rng, n, weights)
    y = rng.choice((-1.0, 1.0), size=n)
    if rng.random() < 0.5:  # a state that one sweep of updates has improved is often a minimum
        for i in range(n):
            y[i] = 1.0 if W[i] @ y >= 0 else -1.0
    return {"W": W, "b": rng.choice(offsets, size=n), "y": y}


def avoid(W: Any, b: Any, y: Any, fields: Any) -> str | None:
    """No energy to halve, offsets that do not show, fields that all vanish."""
    if abs(y @ W @ y) <= TIE:
        return "no quadratic term"
    if b.any() and abs(b @ y) <= TIE:
        return "no offset term"
    return "no field" if np.all(np.abs(fields) <= TIE) else None


FAMILY = Family(
    id="hopfield-local-minimum",
    topic="hopfield",
    title="Is this state a local minimum?",
    task="Compute by how much the energy changes if each unit alone is flipped, and decide whether "
    "the state is a local minimum.",
    sources=("hub", "nc"),
    givens=(
        Given("W", "W", "symmetric weights with a zero diagonal", "N x N"),
        Given("b", "b", "offsets, zeros when the network has none", "N"),
        Given("y", "y", "the state, -1 or +1 for every unit", "N", kind="sign"),
    ),
    conventions={"minimum": ("strict", "nonstrict"), "offset": ("bias", "threshold")},
    steps=(
        Step(
            "fields",
            "Local fields",
            r"h_i = \sum_j w_{ij} y_j \pm b_i",
            _fields,
            work=_fields_work,
            formula_for=lambda offset: rf"h_i = \sum_j w_{{ij}} y_j {FIELDS[offset]} b_i",
        ),
        Step(
            "energy",
            "Energy of the state",
            r"E = -\frac{1}{2} y^\top W y \mp b^\top y",
            _energy,
            work=lambda W, b, y, offset: [Work((), energy_work(W, b, y, offset))],
            formula_for=lambda offset: (
                rf"E = -\frac{{1}}{{2}} y^\top W y {ENERGIES[offset]} b^\top y"
            ),
        ),
        Step(
            "changes",
            "Change of the energy if unit i alone flips",
            r"\Delta E_i = 2 y_i h_i",
            _changes,
            work=_changes_work,
        ),
        Step(
            "neighbours",
            "Energies of the neighbours",
            r"E_i = E + \Delta E_i",
            lambda energy, changes: energy + changes,
            final=True,
            work=lambda energy, changes: [
                Work(at, f"{num(energy)} + {factor(changes[at])}") for at in entries(changes)
            ],
        ),
        Step(
            "minimum_here",
            "Is it a local minimum?",
            r"\text{strict: all } \Delta E_i > 0 \text{; nonstrict: all } \Delta E_i \ge 0",
            _is_minimum,
            final=True,
            kind="boolean",
            formula_for=Among(
                "minimum",
                {
                    "strict": r"\text{all } \Delta E_i > 0",
                    "nonstrict": r"\text{all } \Delta E_i \ge 0",
                },
            ),
        ),
    ),
    slips=(
        Slip(
            "offset-forgotten",
            "fields",
            lambda W, y: W @ y,
            "The local field includes the unit's own bias (or threshold).",
            when=lambda b: bool(np.any(np.abs(b) > TIE)),
        ),
        Slip(
            "no-half",
            "energy",
            lambda W, b, y, offset: energy(W, b, y, offset, half=1.0),
            "The factor 1/2 is missing in the energy.",
            when=lambda W, y: abs(y @ W @ y) > TIE,
        ),
        Slip(
            "change-without-two",
            "changes",
            lambda y, fields: y * fields,
            "y changes by 2 when a unit flips, so the factor is 2, not 1.",
            when=lambda fields: bool(np.any(np.abs(fields) > TIE)),
        ),
        Slip(
            "change-sign",
            "changes",
            lambda y, fields: -2.0 * y * fields,
            "The sign is reversed: flipping a unit AGAINST its field raises the energy.",
            when=lambda fields: bool(np.any(np.abs(fields) > TIE)),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    tie=lambda changes: bool(np.any(np.abs(changes) <= TIE)),
    tie_rules=("minimum",),
    discrepancies=("local-minimum-strict-vs-nonstrict", "hub-landscape-has-no-parasitic-minima"),
    items=(
        "hub-parasitic-def",
        "hub-local-min-code",
        "hub-local-convergence",
    ),
)
