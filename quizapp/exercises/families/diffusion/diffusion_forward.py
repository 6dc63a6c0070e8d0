"""Forward noising in one jump (Ho, Jain, Abbeel 2020, equation 4)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.diffusion._schedule import (
    HALVES,
    SMALL,
    SQUARES,
    demand_levels,
    differ,
    noise_latex,
    signal_latex,
    without_roots,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor


def _added(alphas: Any) -> Any:
    return 1.0 - np.cumsum(1.0 - alphas)


def _product(alphas: Any) -> str:
    return r" \cdot ".join(factor(alpha) for alpha in alphas)


def _product_work(alphas: Any) -> list[Work]:
    return [Work((t,), _product(alphas[: t + 1])) for t in range(len(alphas))]


def _x_t_work(signal: float, x0: Any, noise: float, eps: Any) -> list[Work]:
    return [
        Work(
            at,
            rf"{factor(signal)} \cdot {factor(x0[at])} + {factor(noise)} \cdot {factor(eps[at])}",
        )
        for at in entries(x0)
    ]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One noise level with a simple root, two levels, three levels and a pair of values."""
    width = 2 if level == 3 else 1
    return {
        "x0": rng.choice((*HALVES, 3.0), size=width),
        "betas": rng.choice(SQUARES if level == 1 else SMALL, size=level),
        "eps": rng.choice(HALVES, size=width),
    }


def avoid(alpha_bars: Any, x0: Any, eps: Any) -> str | None:
    """Equal shares of data and noise, data that equal the noise."""
    if abs(alpha_bars[-1] - 0.5) <= 0.01:
        return "equal shares"
    return "data equal to the noise" if np.any(np.abs(x0 - eps) <= TIE) else None


FAMILY = Family(
    id="diffusion-forward",
    topic="diffusion",
    title="Forward noising in closed form",
    task="Compute the noised data of the last step in one jump from the clean data.",
    sources=("ece493",),
    givens=(
        Given("x0", "x_0", "clean data", "d"),
        Given("betas", r"\beta", "noise levels of the steps 1 to t", "T"),
        Given("eps", r"\varepsilon", "draws from the standard normal distribution", "d"),
    ),
    steps=(
        Step(
            "alphas",
            "Shares kept in each step",
            r"\alpha_s = 1 - \beta_s",
            lambda betas: 1.0 - betas,
            work=lambda betas: [Work(at, f"1 - {factor(betas[at])}") for at in entries(betas)],
        ),
        Step(
            "alpha_bars",
            "Shares kept so far",
            r"\bar{\alpha}_t = \prod_{s=1}^{t} \alpha_s",
            lambda alphas: np.cumprod(alphas),
            work=_product_work,
        ),
        Step(
            "signal",
            "Factor of the data",
            r"\sqrt{\bar{\alpha}_t}",
            lambda alpha_bars: float(np.sqrt(alpha_bars[-1])),
            work=lambda alpha_bars: [Work((), signal_latex(alpha_bars[-1]))],
        ),
        Step(
            "noise",
            "Factor of the noise",
            r"\sqrt{1 - \bar{\alpha}_t}",
            lambda alpha_bars: float(np.sqrt(1.0 - alpha_bars[-1])),
            work=lambda alpha_bars: [Work((), noise_latex(alpha_bars[-1]))],
        ),
        Step(
            "x_t",
            "Noised data",
            r"x_t = \sqrt{\bar{\alpha}_t} \, x_0 + \sqrt{1 - \bar{\alpha}_t} \, \varepsilon",
            lambda signal, x0, noise, eps: signal * x0 + noise * eps,
            final=True,
            work=_x_t_work,
        ),
    ),
    slips=(
        Slip(
            "no-roots",
            "x_t",
            lambda alpha_bars, x0, eps: without_roots(x0, eps, alpha_bars[-1]),
            "Both factors are square roots: √ᾱ of the data and √(1 - ᾱ) of the noise.",
            when=lambda alpha_bars, x0, eps, x_t: differ(
                without_roots(x0, eps, alpha_bars[-1]), x_t
            ),
        ),
        Slip(
            "variance-for-std",
            "noise",
            lambda alpha_bars: float(1.0 - alpha_bars[-1]),
            "1 - ᾱ is the variance; the noise is scaled by its root.",
            when=lambda alpha_bars, noise: differ(1.0 - alpha_bars[-1], noise),
        ),
        Slip(
            "last-alpha-only",
            "alpha_bars",
            lambda alphas: alphas,
            "ᾱ is the product of all α up to t.",
            when=lambda alphas, alpha_bars: differ(alphas, alpha_bars),
        ),
        Slip(
            "betas-added",
            "alpha_bars",
            _added,
            "The α are multiplied; adding the β is only an approximation.",
            when=lambda betas, alphas, alpha_bars: (
                betas.sum() < 1 and differ(_added(alphas), alpha_bars)
            ),
        ),
        Slip(
            "coefficients-swapped",
            "x_t",
            lambda signal, x0, noise, eps: noise * x0 + signal * eps,
            "√ᾱ belongs to the data, √(1 - ᾱ) to the noise.",
            when=lambda signal, x0, noise, eps: differ(signal, noise) and differ(x0, eps),
        ),
        Slip(
            "betas-multiplied",
            "alphas",
            lambda betas: betas,
            "α_t = 1 - β_t: what is multiplied are the shares that are kept.",
            when=lambda betas, alphas: differ(betas, alphas),
        ),
    ),
    make=make,
    check=lambda betas: demand_levels(betas),
    avoid=avoid,
    items=("dl-ddpm-alphabar", "dl-ddpm-marginal", "dl-ddpm-limit"),
)
