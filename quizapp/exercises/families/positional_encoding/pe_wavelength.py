"""Wavelengths of the sinusoidal positional encoding (Vaswani et al. 2017, section 3.5)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, frac, num

BASE = 10_000.0
_MOST = 100_000


def _exponents(pairs: Any, d: float) -> Any:
    return 2.0 * pairs / d


def _powers(exponents: Any) -> Any:
    return BASE**exponents


def _power_work(exponents: Any) -> list[Work]:
    return [Work(at, f"10000^{{{num(exponents[at])}}}") for at in entries(exponents)]


def check(pairs: Any, d: float) -> None:
    """The width is even, and there are such pairs of columns."""
    if not 2 <= d <= _MOST or d % 2:
        raise GivenError(
            f"'d' must be an even number from 2 to {_MOST}: sines and cosines come in pairs.",
            where="d",
        )
    if pairs.min() < 0 or pairs.max() >= d / 2:
        raise GivenError(
            f"'pairs' are numbered from 0 to {num(d / 2 - 1)} with this width.", where="pairs"
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Widths of 4 to 8, then 16, then 64."""
    d = int({1: rng.choice((4, 8)), 2: 16, 3: rng.choice((32, 64))}[level])
    count = min(level + 1, d // 2)
    return {"pairs": np.sort(rng.choice(d // 2, size=count, replace=False)), "d": d}


def avoid(pairs: Any) -> str | None:
    """Only the first pair, on which no mistake about the exponent shows."""
    return "only pair 0" if not np.any(pairs) else None


def _some_pair(pairs: Any) -> bool:
    return bool(np.any(pairs > TIE))


FAMILY = Family(
    id="pe-wavelength",
    topic="positional-encoding",
    title="Wavelengths of the positional encoding",
    task="Compute after how many positions each pair of columns (sine and cosine) repeats itself.",
    sources=("hub", "ece493"),
    decimals=5,
    givens=(
        Given("pairs", "i", "pairs of columns, numbered from 0", "n", kind="integer"),
        Given("d", "d", "model width, an even number", kind="integer"),
    ),
    steps=(
        Step(
            "exponents",
            "Exponents",
            r"\frac{2i}{d}",
            _exponents,
            work=lambda pairs, d: [
                Work(at, frac(rf"2 \cdot {num(pairs[at])}", num(d))) for at in entries(pairs)
            ],
        ),
        Step(
            "divisors",
            "Divisors",
            r"10000^{2i/d}",
            _powers,
            work=_power_work,
            figures=True,
        ),
        Step(
            "wavelengths",
            "Wavelengths",
            r"2 \pi \cdot 10000^{2i/d}",
            lambda divisors: 2.0 * np.pi * divisors,
            final=True,
            work=lambda divisors: [
                Work(at, rf"2 \cdot {num(np.pi)} \cdot {factor(divisors[at])}")
                for at in entries(divisors)
            ],
            figures=True,
        ),
    ),
    slips=(
        Slip(
            "exponent-i",
            "exponents",
            lambda pairs, d: pairs / d,
            "The exponent is 2i/d: i numbers pairs of columns, not columns.",
            when=_some_pair,
        ),
        Slip(
            "divisor-for-wavelength",
            "wavelengths",
            lambda divisors: divisors,
            "The angle grows by 1/divisor per position; a full turn takes 2π times the divisor.",
        ),
        Slip(
            "half-turn",
            "wavelengths",
            lambda divisors: np.pi * divisors,
            "A full turn is 2π, not π.",
        ),
        Slip(
            "degrees",
            "wavelengths",
            lambda divisors: 360.0 * divisors,
            "The angles are in radians: a full turn is 2π, not 360.",
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("sinusoidal-pe-extrapolation",),
    items=(
        "hub-fig-pe",
        "hub-pe-formula",
    ),
)
