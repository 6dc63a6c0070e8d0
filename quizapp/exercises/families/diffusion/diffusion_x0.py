"""Estimate of the clean data from predicted noise (Ho, Jain, Abbeel 2020, equation 15)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.diffusion._schedule import (
    HALVES,
    SMALL,
    demand_levels,
    differ,
    noise,
    noise_latex,
    signal,
    signal_latex,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.substitution import entries, factor, frac, num


def _share_work(betas: Any) -> list[Work]:
    return [Work((), r" \cdot ".join(f"(1 - {factor(beta)})" for beta in betas))]


def _noise_work(alpha_bar: float, eps_hat: Any) -> list[Work]:
    root = noise_latex(alpha_bar)
    return [Work(at, rf"{root} \cdot {factor(eps_hat[at])}") for at in entries(eps_hat)]


def _difference_work(x_t: Any, noise_part: Any) -> list[Work]:
    return [Work(at, f"{num(x_t[at])} - {factor(noise_part[at])}") for at in entries(x_t)]


def _estimate_work(difference: Any, alpha_bar: float) -> list[Work]:
    root = signal_latex(alpha_bar)
    return [Work(at, frac(num(difference[at]), root)) for at in entries(difference)]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One noise level with simple roots, two levels, two levels and a pair of values."""
    width = 2 if level == 3 else 1
    tenths = rng.integers(-25, 26, size=width) / 10
    return {
        "x_t": rng.choice(HALVES, size=width) if level == 1 else tenths,
        "eps_hat": rng.choice(HALVES, size=width),
        "betas": rng.choice((0.36, 0.64), size=1) if level == 1 else rng.choice(SMALL, size=2),
    }


def avoid(eps_hat: Any, x_t: Any, difference: Any) -> str | None:
    """No noise to remove, nothing left after removing it."""
    if np.any(eps_hat == 0) or np.any(x_t == 0):
        return "a value of 0"
    return "nothing left" if np.any(np.abs(difference) < 0.05) else None


FAMILY = Family(
    id="diffusion-x0",
    topic="diffusion",
    title="Estimate of the clean data from predicted noise",
    task="Remove the predicted noise from the noisy data and estimate the clean data.",
    sources=("ece493",),
    givens=(
        Given("x_t", "x_t", "noisy data", "d"),
        Given("eps_hat", r"\hat{\varepsilon}", "noise that the network predicts", "d"),
        Given("betas", r"\beta", "noise levels of the steps 1 to t", "T"),
    ),
    steps=(
        Step(
            "alpha_bar",
            "Share of the data kept",
            r"\bar{\alpha}_t = \prod_{s=1}^{t} (1 - \beta_s)",
            lambda betas: float(np.prod(1.0 - betas)),
            work=_share_work,
        ),
        Step(
            "noise_part",
            "Predicted part of the noise",
            r"\sqrt{1 - \bar{\alpha}_t} \, \hat{\varepsilon}",
            lambda alpha_bar, eps_hat, line: noise(alpha_bar, line) * eps_hat,
            work=_noise_work,
        ),
        Step(
            "difference",
            "Data without the noise",
            r"x_t - \sqrt{1 - \bar{\alpha}_t} \, \hat{\varepsilon}",
            lambda x_t, noise_part: x_t - noise_part,
            work=_difference_work,
        ),
        Step(
            "x0_hat",
            "Estimate of the clean data",
            r"\hat{x}_0 = \frac{x_t - \sqrt{1 - \bar{\alpha}_t} \, \hat{\varepsilon}}"
            r"{\sqrt{\bar{\alpha}_t}}",
            lambda difference, alpha_bar, line: difference / signal(alpha_bar, line),
            final=True,
            work=_estimate_work,
        ),
    ),
    slips=(
        Slip(
            "not-rescaled",
            "x0_hat",
            lambda difference: difference,
            "Divide by √ᾱ to undo the shrinking.",
            when=lambda difference, x0_hat: differ(difference, x0_hat),
        ),
        Slip(
            "divided-by-abar",
            "x0_hat",
            lambda difference, alpha_bar: difference / alpha_bar,
            "Divide by √ᾱ, not by ᾱ.",
            when=lambda difference, alpha_bar, x0_hat: differ(difference / alpha_bar, x0_hat),
        ),
        Slip(
            "noise-no-root",
            "noise_part",
            lambda alpha_bar, eps_hat: (1.0 - alpha_bar) * eps_hat,
            "The predicted noise is scaled by √(1 - ᾱ), the root of the variance.",
            when=lambda alpha_bar, eps_hat, noise_part: differ(
                (1.0 - alpha_bar) * eps_hat, noise_part
            ),
        ),
        Slip(
            "noise-added",
            "difference",
            lambda x_t, noise_part: x_t + noise_part,
            "The predicted noise is removed, not added.",
            when=lambda noise_part: differ(noise_part, 0.0),
        ),
        Slip(
            "raw-noise",
            "noise_part",
            lambda eps_hat: eps_hat,
            "The predicted noise is scaled by √(1 - ᾱ) before it is removed.",
            when=lambda eps_hat, noise_part: differ(eps_hat, noise_part),
        ),
    ),
    make=make,
    check=lambda betas: demand_levels(betas, below_one=True),
    avoid=avoid,
    items=("dl-ddpm-marginal", "dl-ddpm-loss"),
)
