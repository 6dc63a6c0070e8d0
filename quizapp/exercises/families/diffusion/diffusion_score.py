"""Score of the noised data given the clean data (Song et al. 2021, section 3.3; Vincent 2011)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families.diffusion._schedule import (
    HALVES,
    demand_share,
    differ,
    noise_latex,
    signal,
    signal_latex,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.substitution import entries, factor, frac, num

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line


def _score(x_t: Any, mean: Any, std: float, line: Line) -> Any:
    return -(x_t - mean) / line(std**2)


def _mean_work(x0: Any, alpha_bar: float) -> list[Work]:
    root = signal_latex(alpha_bar)
    return [Work(at, rf"{root} \cdot {factor(x0[at])}") for at in entries(x0)]


def _x_t_work(mean: Any, std: float, eps: Any) -> list[Work]:
    return [
        Work(at, rf"{num(mean[at])} + {factor(std)} \cdot {factor(eps[at])}") for at in entries(eps)
    ]


def _score_work(x_t: Any, mean: Any, std: float) -> list[Work]:
    below = f"{factor(std)}^{{2}}"
    return [
        Work(at, "-" + frac(f"{num(x_t[at])} - {factor(mean[at])}", below)) for at in entries(x_t)
    ]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Simple roots, then others, then a pair of values."""
    width = 2 if level == 3 else 1
    shares = (0.36, 0.64) if level == 1 else (0.19, 0.36, 0.51, 0.64, 0.72, 0.75)
    return {
        "x0": rng.choice(HALVES, size=width),
        "eps": rng.choice(HALVES, size=width),
        "alpha_bar": float(rng.choice(shares)),
    }


def avoid(eps: Any) -> str | None:
    """Data without noise: the score is 0."""
    return "no noise" if np.any(eps == 0) else None


FAMILY = Family(
    id="diffusion-score",
    topic="diffusion",
    title="Score of the noised data given x0",
    task="Noise the data and compute the score, the gradient of the log-density of the noised "
    "data given the clean data.",
    sources=("ece493",),
    givens=(
        Given("x0", "x_0", "clean data", "d"),
        Given("eps", r"\varepsilon", "noise, standard normal", "d"),
        Given("alpha_bar", r"\bar{\alpha}_t", "share of the data kept, between 0 and 1"),
    ),
    steps=(
        Step(
            "mean",
            "Mean given the clean data",
            r"\mu = \sqrt{\bar{\alpha}_t} \, x_0",
            lambda x0, alpha_bar, line: signal(alpha_bar, line) * x0,
            work=_mean_work,
        ),
        Step(
            "std",
            "Standard deviation",
            r"\sigma = \sqrt{1 - \bar{\alpha}_t}",
            lambda alpha_bar: float(np.sqrt(1.0 - alpha_bar)),
            work=lambda alpha_bar: [Work((), noise_latex(alpha_bar))],
        ),
        Step(
            "x_t",
            "Noised data",
            r"x_t = \mu + \sigma \varepsilon",
            lambda mean, std, eps: mean + std * eps,
            work=_x_t_work,
        ),
        Step(
            "score",
            "Score",
            r"\nabla_{x_t} \ln q(x_t \mid x_0) = -\frac{x_t - \mu}{\sigma^2}",
            _score,
            final=True,
            work=_score_work,
        ),
    ),
    slips=(
        Slip(
            "sign-lost",
            "score",
            lambda x_t, mean, std, line: (x_t - mean) / line(std**2),
            "The score points back to the mean: the minus sign is missing.",
            when=lambda score: differ(score, 0.0),
        ),
        Slip(
            "std-for-variance",
            "score",
            lambda x_t, mean, std: -(x_t - mean) / std,
            "The log-density has (x - μ)² over twice the variance: divide by the variance 1 - ᾱ.",
            when=lambda x_t, mean, std, score: differ(-(x_t - mean) / std, score),
        ),
        Slip(
            "score-is-noise",
            "score",
            lambda x_t, mean: -(x_t - mean),
            "The factor 1/(1 - ᾱ) is missing.",
            when=lambda x_t, mean, score: differ(mean - x_t, score),
        ),
        Slip(
            "std-no-root",
            "std",
            lambda alpha_bar: 1.0 - alpha_bar,
            "1 - ᾱ is the variance; the standard deviation is its root.",
            when=lambda alpha_bar, std: differ(1.0 - alpha_bar, std),
        ),
    ),
    make=make,
    check=lambda alpha_bar: demand_share(alpha_bar),
    avoid=avoid,
    items=("dl-score-matching", "dl-ddpm-marginal"),
)
