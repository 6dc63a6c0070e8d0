"""KL divergence between Bernoulli distributions (Kullback and Leibler 1951)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families.losses import _logarithms as logarithms
from quizapp.exercises.families.losses._logarithms import bernoulli_cross, cross_latex, differ
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.rounding import exact
from quizapp.exercises.substitution import entries, factor, num, total

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line

_APART = 0.05  # rounding every line moves the sum by up to 0.04


def _entropy(t: Any, line: Line) -> Any:
    return bernoulli_cross(t, t, line)


def _reversed(t: Any, z: Any, line: Line) -> Any:
    return logarithms.bernoulli_kl(z, t, line)


def _first_term(t: Any, z: Any, line: Line) -> Any:
    return logarithms.weighted_logs(t, t / z, line=line)


def _cross_work(t: Any, z: Any) -> list[Work]:
    return [Work((k,), cross_latex((t[k], 1.0 - t[k]), (z[k], 1.0 - z[k]))) for k in range(len(t))]


def _kl_work(cross: Any, entropy: Any) -> list[Work]:
    return [Work(at, f"{num(cross[at])} - {factor(entropy[at])}") for at in entries(cross)]


def check(t: Any, z: Any) -> None:
    """Probabilities strictly between 0 and 1."""
    for name, values in {"t": t, "z": z}.items():
        if values.min() <= 0 or values.max() >= 1:
            raise GivenError(
                f"every entry of '{name}' must be a probability strictly between 0 and 1.",
                where=name,
            )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One, two and three units, with probabilities in tenths that are well apart."""
    t = rng.choice((0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9), size=level)
    apart = [[z for z in range(1, 10) if abs(z - 10 * x) > 1.5] for x in t]
    return {"t": t, "z": np.array([rng.choice(candidates) / 10 for candidates in apart])}


def avoid(t: Any, z: Any, total: float) -> str | None:
    """Pairs whose divergence is the same in both directions, sums that hardly differ."""
    if np.any(np.abs(t + z - 1.0) <= TIE):
        return "symmetric pair"
    alike = len(t) > 1 and abs(total - logarithms.bernoulli_kl(z, t, exact).sum()) < _APART
    return "sums alike in both directions" if alike else None


FAMILY = Family(
    id="bernoulli-kl",
    topic="information-theory",
    title="KL divergence between two Bernoulli distributions",
    task="Compute the divergence of the model z from the target t for every unit, and their sum.",
    sources=("nnt",),
    givens=(
        Given("t", "t", "target probabilities, strictly between 0 and 1", "n"),
        Given("z", "z", "model probabilities, strictly between 0 and 1", "n"),
    ),
    steps=(
        Step(
            "cross",
            "Cross-entropies",
            r"-[t_k \ln z_k + (1 - t_k) \ln(1 - z_k)]",
            lambda t, z, line: bernoulli_cross(t, z, line),
            work=_cross_work,
        ),
        Step(
            "entropy",
            "Entropies of the targets",
            r"-[t_k \ln t_k + (1 - t_k) \ln(1 - t_k)]",
            _entropy,
            work=lambda t: _cross_work(t, t),
        ),
        Step(
            "kl",
            "Divergences",
            r"\mathrm{KL}_k = \text{cross-entropy} - \text{entropy}",
            lambda cross, entropy: cross - entropy,
            work=_kl_work,
        ),
        Step(
            "total",
            "Their sum",
            r"\sum_k \mathrm{KL}_k",
            lambda kl: float(np.sum(kl)),
            final=True,
            work=lambda kl: [Work((), total(kl))],
        ),
    ),
    slips=(
        Slip(
            "entropy-forgotten",
            "kl",
            lambda cross: cross,
            "This is the cross-entropy; the entropy of the target still has to be subtracted.",
        ),
        Slip(
            "reversed",
            "kl",
            _reversed,
            "KL is not symmetric: the target comes first.",
            when=lambda t, z, line, kl: differ(_reversed(t, z, line), kl),
        ),
        Slip(
            "second-term-missing",
            "kl",
            _first_term,
            "The term for the other outcome, (1 - t) ln((1 - t)/(1 - z)), is missing.",
            when=lambda t, z, line, kl: differ(_first_term(t, z, line), kl),
        ),
        Slip(
            "added",
            "kl",
            lambda cross, entropy: cross + entropy,
            "KL is cross-entropy MINUS entropy.",
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("kl-name-for-binary-cross-entropy",),
    items=("pl-kl-objective", "pl-ce-kl-equiv", "ncl-bce"),
)
