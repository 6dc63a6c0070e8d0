"""Sinusoidal positional encoding (Vaswani et al. 2017, section 3.5)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.substitution import entries, frac, num

_BASE = 10_000.0
MOST_NUMBERS = 200_000


def _interleaved(even: Any, odd: Any) -> Any:
    """Columns 0, 2, 4 ... from one matrix, columns 1, 3, 5 ... from the other."""
    out = np.empty((len(even), 2 * even.shape[1]))
    out[:, 0::2], out[:, 1::2] = even, odd
    return out


def _powers(d: float, step: float) -> Any:
    return _BASE ** (step * np.arange(int(d) // 2) / d)


def _divisors(d: float) -> Any:
    return _powers(d, 2.0)


def _own_exponents(positions: Any, d: float, line: Any) -> Any:
    """The mistake of letting every column c have the exponent c/d."""
    column = np.arange(int(d))
    angles = line(positions[:, None] / line(_BASE ** (column / d)))
    return np.where(column % 2 == 0, np.sin(angles), np.cos(angles))


def _divisor_work(d: float) -> list[Work]:
    exponent = r"\frac{{2 \cdot {}}}{{{}}}"
    return [
        Work((i,), rf"{num(_BASE)}^{{{exponent.format(i, num(d))}}}") for i in range(int(d) // 2)
    ]


def _angle_latex(position: float, divisor: float) -> str:
    return num(position) if divisor == 1 else frac(num(position), num(divisor))


def _angle_work(positions: Any, divisors: Any, value: Any) -> list[Work]:
    return [Work((n, i), _angle_latex(positions[n], divisors[i])) for n, i in entries(value)]


def _encoding_work(positions: Any, divisors: Any, value: Any) -> list[Work]:
    names = (r"\sin", r"\cos")
    return [
        Work((n, c), f"{names[c % 2]}({_angle_latex(positions[n], divisors[c // 2])})")
        for n, c in entries(value)
    ]


def check(positions: Any, d: float) -> None:
    """Positions count from 0; sines and cosines come in pairs, so the width is even."""
    if positions.min() < 0:
        raise GivenError(
            "'positions' holds a negative number; the first token has position 0.",
            where="positions",
        )
    if d < 2 or d % 2:
        raise GivenError(f"'d' is {d:g}; the model width must be even, at least 2.", where="d")
    if d * len(positions) > MOST_NUMBERS:
        raise GivenError(
            f"with 'd' = {d:g} the encoding would have {d * len(positions):g} entries; at most "
            f"{MOST_NUMBERS} can be checked.",
            where="d",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One pair of columns; two pairs with positions 0 to 4; three or four, positions to 10."""
    if level == 1:
        return {"positions": np.sort(rng.choice(8, size=2, replace=False)), "d": 2}
    if level == 2:
        return {"positions": np.sort(rng.choice(5, size=rng.integers(2, 4), replace=False)), "d": 4}
    return {
        "positions": np.sort(rng.choice(11, size=2, replace=False)),
        "d": int(rng.choice((6, 8))),
    }


def _some_later(positions: Any) -> bool:
    return bool((positions > 0).any())


def _several_pairs(d: float) -> bool:
    return d > 2


FAMILY = Family(
    id="positional-encoding",
    topic="positional-encoding",
    title="Sinusoidal positional encoding",
    task="Compute the sinusoidal encoding of the positions, one position per row.",
    sources=("hub", "ece493"),
    givens=(
        Given(
            "positions",
            r"\mathrm{pos}",
            "positions of the tokens; the first token has position 0",
            "n",
            kind="integer",
        ),
        Given("d", "d", "model width, an even number", kind="integer"),
    ),
    steps=(
        Step(
            "divisors",
            "Divisors, one a pair of columns",
            r"10000^{2i/d}",
            _divisors,
            work=_divisor_work,
        ),
        Step(
            "angles",
            "Angles in radians",
            r"\frac{\mathrm{pos}}{10000^{2i/d}}",
            lambda positions, divisors: positions[:, None] / divisors,
            work=_angle_work,
        ),
        Step(
            "encoding",
            "Encoding",
            r"\mathrm{PE}_{\mathrm{pos},2i} = \sin(\theta_i), \quad "
            r"\mathrm{PE}_{\mathrm{pos},2i+1} = \cos(\theta_i)",
            lambda angles: _interleaved(np.sin(angles), np.cos(angles)),
            final=True,
            work=_encoding_work,
        ),
    ),
    slips=(
        Slip(
            "exponent-i",
            "divisors",
            lambda d: _powers(d, 1.0),
            "The exponent is 2i/d with i counting the pairs, not i/d.",
            when=_several_pairs,
        ),
        Slip(
            "own-exponent-per-column",
            "encoding",
            _own_exponents,
            "A sine and its cosine share one frequency; column 2i+1 uses 2i/d too.",
            when=_some_later,
        ),
        Slip(
            "degrees",
            "encoding",
            lambda angles: _interleaved(np.sin(np.radians(angles)), np.cos(np.radians(angles))),
            "The angles are in radians.",
            when=_some_later,
        ),
        Slip(
            "sin-cos-swapped",
            "encoding",
            lambda angles: _interleaved(np.cos(angles), np.sin(angles)),
            "Even columns hold the sine, odd columns the cosine.",
        ),
        Slip(
            "halves",
            "encoding",
            lambda angles: np.concatenate([np.sin(angles), np.cos(angles)], axis=1),
            "Sine and cosine alternate column by column in this formula.",
            when=_several_pairs,
        ),
        Slip(
            "positions-from-one",
            "angles",
            lambda positions, divisors: (positions[:, None] + 1) / divisors,
            "Positions count from 0: the first token has all angles 0.",
        ),
    ),
    make=make,
    check=check,
    discrepancies=("vaswani-pe-absolute-vs-relative", "sinusoidal-pe-extrapolation"),
    items=("hub-pe-formula", "hub-fig-pe", "hub-pe-multiscale", "hub-pe-slide-error"),
)
