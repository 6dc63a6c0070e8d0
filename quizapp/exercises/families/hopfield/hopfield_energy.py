"""The energy of a state of a Hopfield network (Hopfield 1982, equation 7)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import ENERGIES
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import dot, entries, factor


def _combined(
    quadratic: float, offset_term: float, offset: str, half: float = 0.5, sign: float = 1.0
) -> float:
    """-half * quadratic, and the offset term as a bias (minus) or a threshold (plus)."""
    signed = -offset_term if offset == "bias" else offset_term
    return -half * quadratic + sign * signed


def _energy(quadratic: float, offset_term: float, offset: str) -> float:
    return _combined(quadratic, offset_term, offset)


def _pairs_once(W: Any, y: Any) -> float:
    """The sum over unordered pairs: w_ij y_i y_j for i < j."""
    return float(y @ np.triu(W, 1) @ y)


def _local_work(W: Any, y: Any, value: Any) -> list[Work]:
    out = []
    for (i,) in entries(value):
        others = [j for j in range(len(y)) if j != i] or [i]
        out.append(Work((i,), dot(W[i][others], y[others])))
    return out


def _quadratic_work(local: Any, y: Any) -> list[Work]:
    return [Work((), dot(y, local))]


def _offset_work(b: Any, y: Any) -> list[Work]:
    return [Work((), dot(b, y))]


def _energy_work(quadratic: float, offset_term: float, offset: str) -> list[Work]:
    sign = "-" if offset == "bias" else "+"
    return [Work((), rf"-\frac{{1}}{{2}} \cdot {factor(quadratic)} {sign} {factor(offset_term)}")]


def check(W: Any) -> None:
    """A Hopfield matrix is symmetric with a zero diagonal."""
    if np.any(np.abs(W - W.T) > TIE):
        raise GivenError("'W' is not symmetric: w_ij and w_ji must be equal.", where="W")
    if np.any(np.abs(np.diag(W)) > TIE):
        raise GivenError("the diagonal of 'W' must be 0: no unit feeds itself.", where="W")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Three units without offsets, four with offsets, four with weights in quarters."""
    n = 3 if level == 1 else 4
    weights = {
        1: (-1.0, 0.0, 1.0),
        2: (-2.0, -1.0, 0.0, 1.0, 2.0),
        3: (-0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75),
    }[level]
    offsets = {1: (0.0,), 2: (-1.0, -0.5, 0.0, 0.5, 1.0), 3: (-0.5, -0.25, 0.0, 0.25, 0.5)}[level]
    upper = np.triu(rng.choice(weights, size=(n, n)), 1)
    return {
        "W": upper + upper.T,
        "b": rng.choice(offsets, size=n),
        "y": rng.choice((-1.0, 1.0), size=n),
    }


def avoid(b: Any, quadratic: float, offset_term: float, offset: str) -> str | None:
    """Terms that vanish, and numbers at which two different mistakes give the same energy."""
    if abs(quadratic) <= TIE:
        return "no quadratic term"
    if b.any() and abs(offset_term) <= TIE:
        return "no offset term"
    mistaken = [_combined(quadratic, offset_term, offset, half) for half in (1.0, -0.5, 0.25)]
    if b.any():
        mistaken.append(_combined(quadratic, offset_term, offset, sign=-1.0))
        mistaken.append(_combined(quadratic, offset_term, offset, sign=0.0))
    return "two mistakes give one number" if len(set(mistaken)) < len(mistaken) else None


def _quadratic_counts(quadratic: float) -> bool:
    return abs(quadratic) > TIE


def _offset_counts(offset_term: float) -> bool:
    return abs(offset_term) > TIE


FAMILY = Family(
    id="hopfield-energy",
    topic="hopfield",
    title="Energy of a Hopfield state",
    task="Compute the energy of the state y, the quadratic and the offset term first.",
    sources=("hub",),
    givens=(
        Given("W", "W", "symmetric weights with a zero diagonal", "N x N"),
        Given("b", "b", "offsets, zeros when the network has none", "N"),
        Given("y", "y", "the state, -1 or +1 for every unit", "N", kind="sign"),
    ),
    conventions={"offset": ("bias", "threshold")},
    steps=(
        Step("local", "Weighted sums", r"W y", lambda W, y: W @ y, work=_local_work),
        Step(
            "quadratic",
            "Quadratic term over all ordered pairs",
            r"\sum_{i,j} w_{ij} y_i y_j = y^\top W y",
            lambda local, y: float(y @ local),
            work=_quadratic_work,
        ),
        Step(
            "offset_term",
            "Offset term",
            r"\sum_i b_i y_i",
            lambda b, y: float(b @ y),
            work=_offset_work,
        ),
        Step(
            "energy",
            "Energy",
            r"E = -\frac{1}{2} y^\top W y \mp b^\top y",
            _energy,
            final=True,
            work=_energy_work,
            formula_for=lambda offset: (
                rf"E = -\frac{{1}}{{2}} y^\top W y {ENERGIES[offset]} b^\top y"
            ),
        ),
    ),
    slips=(
        Slip(
            "no-half",
            "energy",
            lambda quadratic, offset_term, offset: _combined(
                quadratic, offset_term, offset, half=1.0
            ),
            "The factor 1/2 is missing: the double sum counts every pair twice.",
            when=_quadratic_counts,
        ),
        Slip(
            "offset-sign",
            "energy",
            lambda quadratic, offset_term, offset: _combined(
                quadratic, offset_term, offset, sign=-1.0
            ),
            "The sign of the bias term is wrong for the chosen form (bias: minus b·y, threshold: "
            "plus θ·y).",
            when=_offset_counts,
        ),
        Slip(
            "quadratic-sign",
            "energy",
            lambda quadratic, offset_term, offset: _combined(
                quadratic, offset_term, offset, half=-0.5
            ),
            "The quadratic term enters with a minus: agreement along a positive weight lowers the "
            "energy.",
            when=_quadratic_counts,
        ),
        Slip(
            "pairs-once",
            "quadratic",
            _pairs_once,
            "Either sum all ordered pairs and take 1/2, or sum i < j without the 1/2; here both "
            "reductions were applied.",
            when=_quadratic_counts,
        ),
        Slip(
            "offset-forgotten",
            "offset_term",
            lambda: 0.0,
            "The bias term of the energy is missing.",
            when=_offset_counts,
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=(
        "mirror-energy-needs-zero-bias",
        "hebbian-normalisation",
        "energy-monotone-vs-nonincreasing",
    ),
    items=(
        "hub-energy-def",
        "hub-energy-lyapunov",
        "hub-mirror-energy",
        "hub-fig-landscape",
        "hub-local-min-code",
        "hub-stored-global-min",
    ),
)
