"""Jacobian of the softmax (Bridle 1990; with a sharpness by the chain rule)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE, softmax
from quizapp.exercises.substitution import entries, exp, factor, frac

_SMALLEST = 0.02  # a smaller probability leaves nothing of its products


def _jacobian(p: Any, alpha: float) -> Any:
    return alpha * (np.diag(p) - np.outer(p, p))


def _diagonal_only(p: Any, alpha: float) -> Any:
    return np.diag(alpha * p * (1.0 - p))


def _without_delta(p: Any, alpha: float) -> Any:
    return -alpha * np.outer(p, p)


def _all_positive(p: Any, alpha: float) -> Any:
    """The off-diagonal entries with the other sign, the diagonal right."""
    products = alpha * np.outer(p, p)
    np.fill_diagonal(products, alpha * p * (1.0 - p))
    return products


def _without_alpha(p: Any) -> Any:
    return _jacobian(p, 1.0)


def _differ(a: Any, b: Any) -> bool:
    return bool(np.any(np.abs(a - b) > TIE))


def _p_work(z: Any, alpha: float) -> list[Work]:
    below = " + ".join(exp(alpha * x) for x in z)
    return [Work((k,), frac(exp(alpha * z[k]), below)) for k in range(len(z))]


def _entry(p: Any, alpha: float, k: int, j: int) -> str:
    scale = "" if abs(alpha - 1.0) <= TIE else rf"{factor(alpha)} \cdot "
    if k == j:
        return rf"{scale}{factor(p[k])} \cdot (1 - {factor(p[k])})"
    return rf"-{scale}{factor(p[k])} \cdot {factor(p[j])}"


def _jacobian_work(p: Any, alpha: float, value: Any) -> list[Work]:
    return [Work((k, j), _entry(p, alpha, k, j)) for k, j in entries(value)]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two logits, then three, then three with a sharpness of 2 or 1/2."""
    if level == 1:
        return {"z": rng.choice((-1.0, -0.5, 0.0, 0.5, 1.0, 1.5), size=2), "alpha": 1.0}
    if level == 2:
        return {"z": rng.choice((-1.0, -0.5, 0.0, 0.5, 1.0, 1.5), size=3), "alpha": 1.0}
    alpha = float(rng.choice((0.5, 2.0, 2.0)))
    draw = (-0.5, 0.0, 0.5, 1.0) if alpha > 1 else (-1.0, 0.0, 1.0, 2.0)
    return {"z": rng.choice(draw, size=3), "alpha": alpha}


def avoid(p: Any) -> str | None:
    """Logits that are all equal, or so far apart that nothing is left to differentiate."""
    if np.ptp(p) <= TIE:
        return "equal logits"
    return "saturated" if p.min() < _SMALLEST else None


FAMILY = Family(
    id="softmax-jacobian",
    topic="activations",
    title="Jacobian of the softmax",
    task="Compute the softmax of the logits z with sharpness α, and the matrix of the derivatives "
    "of every probability by every logit.",
    sources=("nnt",),
    givens=(
        Given("z", "z", "logits", "K"),
        Given("alpha", r"\alpha", "sharpness, multiplies the logits", default=1.0),
    ),
    steps=(
        Step(
            "p",
            "Probabilities",
            r"p = \mathrm{softmax}(\alpha z)",
            lambda z, alpha, line: softmax(alpha * z, line),
            work=_p_work,
        ),
        Step(
            "jacobian",
            "Jacobian, one probability per row",
            r"\frac{\partial p_k}{\partial z_j} = \alpha p_k (\delta_{kj} - p_j)",
            _jacobian,
            final=True,
            work=_jacobian_work,
        ),
    ),
    slips=(
        Slip(
            "diagonal-only",
            "jacobian",
            _diagonal_only,
            "Softmax couples all entries: the off-diagonal terms -α pₖ pⱼ are missing.",
            when=lambda p, alpha, jacobian: _differ(_diagonal_only(p, alpha), jacobian),
        ),
        Slip(
            "delta-forgotten",
            "jacobian",
            _without_delta,
            "The Kronecker delta is missing on the diagonal: α pₖ (1 - pₖ).",
            when=lambda p, alpha, jacobian: _differ(_without_delta(p, alpha), jacobian),
        ),
        Slip(
            "off-diagonal-sign",
            "jacobian",
            _all_positive,
            "The off-diagonal entries are negative: raising one logit lowers the other "
            "probabilities.",
            when=lambda p, alpha, jacobian: _differ(_all_positive(p, alpha), jacobian),
        ),
        Slip(
            "alpha-missing",
            "jacobian",
            _without_alpha,
            "The chain rule brings the factor α down.",
            when=lambda p, jacobian: _differ(_without_alpha(p), jacobian),
        ),
    ),
    make=make,
    avoid=avoid,
    discrepancies=("softmax-derivative-variable", "elementwise-derivative-for-softmax"),
    items=("ncl-softmax-jacobian",),
)
