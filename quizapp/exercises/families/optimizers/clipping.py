"""Clipping by the global gradient norm (Pascanu, Mikolov and Bengio 2013)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.optimizers._groups import check_groups, vectors
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, frac, num

# Gradients whose norm is a whole number or easily looked up.
_PAIRS = ((3, 4), (1.5, 2), (1.4, 4.8), (2.4, 3.2), (1, 2), (2, 3), (1, 3), (2, 4))
_TRIPLES = ((1, 2, 2), (2, 4, 4), (1.5, 3, 3), (1, 1, 2), (1, 2, 3), (0.5, 1, 1), (1, 3, 5))
_FOURS = ((1, 1, 3, 5), (2, 2, 4, 5), (1, 2, 2, 4), (1, 1, 2, 3), (1, 1, 1, 5), (0.5, 1, 1, 2))


def _squares(grads: Any) -> float:
    return float(sum(np.sum(np.square(group)) for group in vectors(grads)))


def _absolute(grads: Any) -> float:
    return float(sum(np.sum(np.abs(group)) for group in vectors(grads)))


def _norm(grads: Any, line: Any) -> Any:
    return np.sqrt(line(_squares(grads)))


def _limit(norm: float, gamma: float, numerator: float) -> float:
    """The numerator over the norm where the norm exceeds gamma, else 1."""
    return numerator / norm if norm > gamma + TIE else 1.0


def _clipped(scale: float, grads: Any) -> Any:
    return [scale * group for group in vectors(grads)]


def _elementwise(gamma: float, grads: Any) -> Any:
    return [np.clip(group, -gamma, gamma) for group in vectors(grads)]


def _per_group(gamma: float, grads: Any, line: Any) -> Any:
    return [
        line(_limit(line(_norm([group], line)), gamma, gamma)) * group for group in vectors(grads)
    ]


def _exactly(value: Any) -> Any:
    return value


def _apart(a: Any, b: Any) -> bool:
    """Whether two clipped gradients differ in some entry."""
    return any(np.any(np.abs(x - y) > TIE) for x, y in zip(a, b, strict=True))


def _norm_work(grads: Any) -> list[Work]:
    squares = [f"{factor(x)}^{{2}}" for group in vectors(grads) for x in group]
    return [Work((), rf"\sqrt{{{' + '.join(squares)}}}")]


def _scale_work(norm: float, gamma: float) -> list[Work]:
    return [Work((), frac(num(gamma), num(norm)) if norm > gamma + TIE else "1")]


def _clipped_work(scale: float, grads: Any, value: Any) -> list[Work]:
    written = [rf"{num(scale)} \cdot {factor(x)}" for group in vectors(grads) for x in group]
    return [Work(at, latex) for at, latex in zip(entries(value), written, strict=True)]


def check(grads: Any, gamma: float) -> None:
    """Groups are lists of numbers, and a largest norm is not negative."""
    check_groups("grads", grads)
    if gamma < 0:
        raise GivenError("'gamma' is negative: a largest norm is at least 0.", where="gamma")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One group of two entries, one of three, two groups of two; a quarter within the limit."""
    among = {1: _PAIRS, 2: _TRIPLES, 3: _FOURS}[level]
    entries_ = rng.permutation(among[rng.integers(len(among))]).astype(float)
    signed = entries_ * rng.choice((-1.0, 1.0), size=len(entries_))
    within = level > 1 and rng.random() < 0.25
    return {
        "grads": (signed.reshape(2, 2) if level == 3 else signed.reshape(1, -1)).tolist(),
        "gamma": float(rng.choice((8.0, 10.0, 12.0) if within else (0.5, 1.0, 2.0, 2.5))),
    }


def avoid(grads: Any, gamma: float, norm: float) -> str | None:
    """Norms at the limit or of 1, a single entry, mistakes that give one number."""
    if abs(norm - gamma) < 0.05 or abs(norm - 1.0) <= TIE:
        return "a norm at the limit or of 1"
    if abs(_absolute(grads) - _squares(grads)) <= TIE:
        return "two mistakes give one number"
    apart = norm > gamma and len(grads) > 1
    alike = apart and not _apart(_elementwise(gamma, grads), _per_group(gamma, grads, _exactly))
    return "two mistakes give one number" if alike else None


FAMILY = Family(
    id="clipping",
    topic="optimizers",
    title="Clipping by the global gradient norm",
    task="Compute the norm over all groups, the common factor and the clipped gradients.",
    sources=("hub", "ece493", "nc"),
    givens=(
        Given("grads", "g", "gradients, one vector per parameter group", kind="raw"),
        Given("gamma", r"\gamma", "largest allowed norm"),
    ),
    steps=(
        Step(
            "norm",
            "Norm over all entries of all groups",
            r"\|g\| = \sqrt{\sum_i g_i^2}",
            _norm,
            work=_norm_work,
        ),
        Step(
            "scale",
            "Common factor",
            r"s = \frac{\gamma}{\|g\|} \text{ if } \|g\| > \gamma, \text{ else } 1",
            lambda norm, gamma: _limit(norm, gamma, gamma),
            work=_scale_work,
        ),
        Step(
            "clipped",
            "Clipped gradients",
            r"s \, g",
            _clipped,
            final=True,
            ragged=True,
            work=_clipped_work,
        ),
    ),
    slips=(
        Slip(
            "elementwise-clip",
            "clipped",
            _elementwise,
            "This clips every entry; clipping by norm keeps the direction.",
            when=lambda gamma, grads, clipped: _apart(_elementwise(gamma, grads), clipped),
        ),
        Slip(
            "per-group",
            "clipped",
            _per_group,
            "One common norm over all groups, not one per group.",
            when=lambda gamma, grads, clipped: (
                len(grads) > 1 and _apart(_per_group(gamma, grads, _exactly), clipped)
            ),
        ),
        Slip(
            "always-scaled",
            "scale",
            lambda norm, gamma: gamma / norm,
            "A gradient within the limit stays as it is.",
            when=lambda norm, gamma: TIE < norm < gamma - TIE,
        ),
        Slip(
            "norm-squared",
            "norm",
            _squares,
            "The square root is missing: this is the SQUARED norm.",
            when=lambda norm: abs(norm * norm - norm) > TIE,
        ),
        Slip(
            "l1-norm",
            "norm",
            _absolute,
            "The L2 norm is meant, not the sum of absolute values.",
            when=lambda grads, norm: abs(_absolute(grads) - norm) > TIE,
        ),
        Slip(
            "gamma-missing",
            "scale",
            lambda norm, gamma: _limit(norm, gamma, 1.0),
            "The clipped gradient has norm γ, not norm 1.",
            when=lambda norm, gamma: norm > gamma + TIE and abs(gamma - 1.0) > TIE,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    items=("dl-clipping",),
)
