"""One step of gradient descent with differential privacy (Abadi et al. 2016, algorithm 1)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import entries, factor, frac, num, total

_PAIRS = ((3, 4), (-3, 4), (4, -3), (6, 8), (0.3, 0.4), (0.6, -0.8), (-0.6, 0.8), (1.5, 2), (0, 2))


def _norms(grads: Any, line: Line = exact) -> Any:
    return np.sqrt(line(np.sum(np.square(grads), axis=1)))


def _scales(norms: Any, C: float) -> Any:
    return np.where(norms > C + TIE, C / np.where(norms > TIE, norms, 1.0), 1.0)


def _always(norms: Any, C: float) -> Any:
    return C / norms


def _total(clipped: Any) -> Any:
    return clipped.sum(axis=0)


def _noisy(total: Any, draws: Any, sigma: float, C: float, grads: Any) -> Any:
    return (total + sigma * C * draws) / len(grads)


def _without_c(total: Any, draws: Any, sigma: float, grads: Any) -> Any:
    return (total + sigma * draws) / len(grads)


def _noise_last(total: Any, draws: Any, sigma: float, C: float, grads: Any) -> Any:
    return total / len(grads) + sigma * C * draws


def _not_averaged(total: Any, draws: Any, sigma: float, C: float) -> Any:
    return total + sigma * C * draws


def _sum_clipped(grads: Any, C: float, line: Line = exact) -> Any:
    whole = grads.sum(axis=0)
    length = float(line(np.sqrt(np.sum(np.square(whole)))))
    return whole * (C / length if length > C else 1.0)


def _norm_work(grads: Any) -> list[Work]:
    return [
        Work((i,), rf"\sqrt{{{' + '.join(f'{factor(x)}^{{2}}' for x in row)}}}")
        for i, row in enumerate(grads)
    ]


def _scale_work(norms: Any, C: float) -> list[Work]:
    return [Work((i,), frac(num(C), num(x)) if x > C + TIE else "1") for i, x in enumerate(norms)]


def _clipped_work(grads: Any, scales: Any) -> list[Work]:
    return [
        Work(at, rf"{factor(scales[at[0]])} \cdot {factor(grads[at])}") for at in entries(grads)
    ]


def _noisy_work(total: Any, draws: Any, sigma: float, C: float, grads: Any) -> list[Work]:
    return [
        Work(
            at,
            frac(
                rf"{num(total[at])} + {factor(sigma)} \cdot {factor(C)} \cdot {factor(draws[at])}",
                str(len(grads)),
            ),
        )
        for at in entries(total)
    ]


def check(C: float, sigma: float, eta: float) -> None:
    """A bound is positive; noise and step are not negative."""
    if not C > 0:
        raise GivenError("'C' must be positive: it bounds the norm of a gradient.", where="C")
    if sigma < 0:
        raise GivenError("'sigma' is negative: a noise multiplier is at least 0.", where="sigma")
    if eta < 0:
        raise GivenError("'eta' is negative: a learning rate is at least 0.", where="eta")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two examples, then three, then three with noise of a larger multiplier."""
    count = 2 if level == 1 else 3
    rows = rng.choice(len(_PAIRS), size=count, replace=False)
    return {
        "theta": rng.choice((-1.0, 0.0, 1.0, 2.0), size=2),
        "grads": np.asarray(_PAIRS, dtype=float)[rows],
        "C": float(rng.choice((2.0, 4.0) if level == 1 else (2.0, 2.5, 4.0))),
        "sigma": float(rng.choice((0.5, 1.0) if level < 3 else (1.0, 1.5, 2.0))),
        "draws": rng.choice((-1.0, -0.5, 0.5, 1.0, 1.5), size=2),
        "eta": float(rng.choice((0.1, 0.5))),
    }


def avoid(norms: Any, C: float, total: Any, grads: Any) -> str | None:
    """Gradients that are all kept or all clipped, or of exactly the bound."""
    if np.all(norms <= C) or np.all(norms > C) or np.any(np.abs(norms - C) <= TIE):
        return "nothing to tell apart"
    if np.any(np.abs(total) <= TIE):
        return "a sum of 0"
    return "the sum is not clipped" if np.linalg.norm(grads.sum(axis=0)) <= C else None


FAMILY = Family(
    id="dp-sgd-step",
    topic="ethics-security",
    title="One step of DP-SGD",
    task="Clip the gradient of every example to norm C, add them up with noise, average, and take "
    "the step.",
    sources=("ece493",),
    givens=(
        Given("theta", r"\theta", "parameters before the step", "n"),
        Given("grads", "g_i", "gradients, one example per row", "M x n"),
        Given("C", "C", "largest allowed norm of one gradient"),
        Given("sigma", r"\sigma", "noise multiplier: the noise has standard deviation σC"),
        Given("draws", r"\xi", "draws from the standard normal distribution", "n"),
        Given("eta", r"\eta", "learning rate"),
    ),
    steps=(
        Step("norms", "Norms of the gradients", r"\|g_i\|", _norms, work=_norm_work),
        Step(
            "scales",
            "Clipping factors",
            r"\min(1, \frac{C}{\|g_i\|})",
            _scales,
            work=_scale_work,
        ),
        Step(
            "clipped",
            "Clipped gradients",
            r"\bar{g}_i = \min(1, \frac{C}{\|g_i\|}) \, g_i",
            lambda grads, scales: scales[:, None] * grads,
            work=_clipped_work,
        ),
        Step(
            "total",
            "Their sum",
            r"\sum_i \bar{g}_i",
            _total,
            work=lambda clipped, value: [
                Work((j,), total(clipped[:, j])) for (j,) in entries(value)
            ],
        ),
        Step(
            "noisy",
            "Noisy mean",
            r"\frac{1}{M} (\sum_i \bar{g}_i + \sigma C \xi)",
            _noisy,
            work=_noisy_work,
        ),
        Step(
            "theta_new",
            "Parameters after the step",
            r"\theta - \eta \, \tilde{g}",
            lambda theta, eta, noisy: theta - eta * noisy,
            final=True,
            work=lambda theta, eta, noisy: [
                Work(at, rf"{num(theta[at])} - {factor(eta)} \cdot {factor(noisy[at])}")
                for at in entries(theta)
            ],
        ),
    ),
    slips=(
        Slip(
            "not-clipped",
            "scales",
            lambda norms: 0.0 * norms + 1.0,
            "The gradients are not clipped: no example may count for more than C.",
            when=lambda norms, C: bool(np.any(norms > C + TIE)),
        ),
        Slip(
            "always-scaled",
            "scales",
            _always,
            "A gradient shorter than C is left as it is: the factor is at most 1.",
            when=lambda norms, C: bool(np.any((norms < C - TIE) & (norms > TIE))),
        ),
        Slip(
            "sum-clipped",
            "total",
            _sum_clipped,
            "Each gradient is clipped on its own BEFORE the sum, not the sum afterwards.",
            when=lambda grads, C, total: bool(np.any(np.abs(_sum_clipped(grads, C) - total) > TIE)),
        ),
        Slip(
            "noise-without-bound",
            "noisy",
            _without_c,
            "The standard deviation of the noise is σ times the bound C.",
            when=lambda sigma, C, draws: (
                sigma > TIE and abs(C - 1.0) > TIE and bool(np.any(np.abs(draws) > TIE))
            ),
        ),
        Slip(
            "noise-after-averaging",
            "noisy",
            _noise_last,
            "The noise is added to the SUM and averaged with it.",
            when=lambda sigma, draws, grads: (
                sigma > TIE and len(grads) > 1 and bool(np.any(np.abs(draws) > TIE))
            ),
        ),
        Slip(
            "not-averaged",
            "noisy",
            _not_averaged,
            "The noisy sum is divided by the number of examples.",
            when=lambda total, draws, sigma, C, grads, noisy: (
                len(grads) > 1
                and bool(np.any(np.abs(_not_averaged(total, draws, sigma, C) - noisy) > TIE))
            ),
        ),
        Slip(
            "ascent",
            "theta_new",
            lambda theta, eta, noisy: theta + eta * noisy,
            "The step goes up: the gradient is subtracted, not added.",
            when=lambda eta, noisy: eta > TIE and bool(np.any(np.abs(noisy) > TIE)),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("differential-privacy-definition",),
    items=("dl-dp-sgd", "dl-clipping"),
)
