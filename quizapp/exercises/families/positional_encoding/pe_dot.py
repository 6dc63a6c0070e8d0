"""The inner product of two sinusoidal positional encodings (Vaswani et al. 2017, section 3.5).

By cos a cos b + sin a sin b = cos(a - b) it depends on the offset of the positions only.
"""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.substitution import dot, factor, frac, num, total

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line

MOST_WIDTH = 10_000
MOST_POSITION = 1_000_000
_BASE = 10_000.0


def _angles(position: float, d: float, line: Line) -> Any:
    """The position over every divisor, in radians; both are inner lines."""
    return line(position / line(_BASE ** (2.0 * np.arange(int(d) // 2) / d)))


def _encoding(position: float, d: float, line: Line) -> Any:
    angles = _angles(position, d, line)
    return np.stack([np.sin(angles), np.cos(angles)], axis=1).reshape(-1)


def _angle_latex(above: str, pair: int, d: float) -> str:
    """The angle of a pair of columns, the divisor as a power of 10000."""
    if pair == 0:
        return above
    return frac(above, rf"{num(_BASE)}^{{\frac{{{2 * pair}}}{{{num(d)}}}}}")


def _encoding_work(position: float, d: float) -> list[Work]:
    names = (r"\sin", r"\cos")
    return [
        Work((c,), f"{names[c % 2]}({_angle_latex(num(position), c // 2, d)})")
        for c in range(int(d))
    ]


def _terms_work(p: float, q: float, d: float) -> list[Work]:
    above = f"{num(q)} - {factor(p)}"
    return [Work((i,), rf"\cos({_angle_latex(above, i, d)})") for i in range(int(d) // 2)]


def check(p: float, q: float, d: float) -> None:
    """Positions count from 0; sines and cosines come in pairs, so the width is even."""
    for name, position in (("p", p), ("q", q)):
        if not 0 <= position <= MOST_POSITION:
            raise GivenError(
                f"'{name}' is {position:g}; write a position from 0 (the first token) to "
                f"{MOST_POSITION}.",
                where=name,
            )
    if d < 2 or d % 2 or d > MOST_WIDTH:
        raise GivenError(
            f"'d' is {d:g}; the model width must be even, from 2 to {MOST_WIDTH}.", where="d"
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One pair of columns, two pairs, then three or four with later positions."""
    p, q = (int(v) for v in rng.permutation({1: 7, 2: 9, 3: 21}[level])[:2])
    return {"p": p, "q": q, "d": int(rng.choice({1: (2,), 2: (4,), 3: (6, 8)}[level]))}


def avoid(p: float, q: float) -> str | None:
    """Equal positions, whose inner product is the squared length."""
    return "equal positions" if p == q else None


FAMILY = Family(
    id="pe-dot",
    topic="positional-encoding",
    title="Inner product of two positional encodings",
    task=(
        "Compute the inner product of the encodings of positions p and q, first from the "
        "encodings, then from the offset q - p alone."
    ),
    sources=("hub",),
    givens=(
        Given("p", "p", "first position; the first token has position 0", kind="integer"),
        Given("q", "q", "second position", kind="integer"),
        Given("d", "d", "model width, an even number", kind="integer"),
    ),
    steps=(
        Step(
            "encoding_p",
            "Encoding of p",
            r"\mathrm{PE}_{p,2i} = \sin\left(\frac{p}{10000^{2i/d}}\right), \quad "
            r"\mathrm{PE}_{p,2i+1} = \cos\left(\frac{p}{10000^{2i/d}}\right)",
            lambda p, d, line: _encoding(p, d, line),
            work=lambda p, d: _encoding_work(p, d),
        ),
        Step(
            "encoding_q",
            "Encoding of q",
            r"\mathrm{PE}_{q,2i} = \sin\left(\frac{q}{10000^{2i/d}}\right), \quad "
            r"\mathrm{PE}_{q,2i+1} = \cos\left(\frac{q}{10000^{2i/d}}\right)",
            lambda q, d, line: _encoding(q, d, line),
            work=lambda q, d: _encoding_work(q, d),
        ),
        Step(
            "dot",
            "Inner product",
            r"\mathrm{PE}_p \cdot \mathrm{PE}_q",
            lambda encoding_p, encoding_q: float(encoding_p @ encoding_q),
            final=True,
            work=lambda encoding_p, encoding_q: [Work((), dot(encoding_p, encoding_q))],
        ),
        Step(
            "terms",
            "One cosine of the offset a pair of columns",
            r"\cos\left(\frac{q - p}{10000^{2i/d}}\right)",
            lambda p, q, d, line: np.cos(_angles(q - p, d, line)),
            work=_terms_work,
        ),
        Step(
            "dot_by_offset",
            "Inner product from the offset",
            r"\sum_i \cos\left(\frac{q - p}{10000^{2i/d}}\right)",
            lambda terms: float(terms.sum()),
            final=True,
            work=lambda terms: [Work((), total(terms))],
        ),
    ),
    slips=(
        Slip(
            "normalised",
            "dot",
            lambda encoding_p, encoding_q, d: float(encoding_p @ encoding_q) / (d / 2),
            "That is the cosine similarity; the inner product keeps the length, |PE|² = d/2.",
            when=lambda d, dot: d > 2 and bool(dot != 0),
        ),
        Slip(
            "sum-of-positions",
            "terms",
            lambda p, q, d, line: np.cos(_angles(q + p, d, line)),
            "cos a cos b + sin a sin b = cos(a - b): the difference of the positions counts.",
            when=lambda p, q: p > 0 and q > 0,
        ),
        Slip(
            "sines-only",
            "dot",
            lambda encoding_p, encoding_q: float(encoding_p[0::2] @ encoding_q[0::2]),
            "Both the sine and the cosine columns belong to the inner product.",
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("vaswani-pe-absolute-vs-relative",),
    items=("hub-pe-formula", "hub-pe-multiscale", "hub-pe-slide-error"),
)
