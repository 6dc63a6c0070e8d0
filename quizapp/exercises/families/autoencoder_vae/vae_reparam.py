"""Reparametrised sample of a variational autoencoder (Kingma and Welling 2014, section 2.4)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.autoencoder_vae._spread import (
    SPREADS,
    check_spreads,
    deviations,
    deviations_work,
    differ,
    draw_spreads,
    variances,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.substitution import entries, factor, num


def _ones(mu: Any) -> Any:
    return np.ones_like(mu)


def _noise_work(std: Any, eps: Any) -> list[Work]:
    return [Work(at, rf"{factor(std[at])} \cdot {factor(eps[at])}") for at in entries(eps)]


def _sample_work(mu: Any, noise: Any) -> list[Work]:
    return [Work(at, f"{num(mu[at])} + {factor(noise[at])}") for at in entries(mu)]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One code, then two, then three."""
    return {
        "mu": rng.choice((-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0), size=level),
        "s": draw_spreads(rng, conventions["spread"], level),
        "eps": rng.choice((-1.5, -1.0, -0.5, 0.5, 1.0, 1.5), size=level),
    }


def avoid(std: Any, eps: Any) -> str | None:
    """Samples without noise, and noise that needs no scaling."""
    if np.any(eps == 0):
        return "no noise"
    return "a deviation of 1" if np.any(std == 1) else None


FAMILY = Family(
    id="vae-reparam",
    topic="autoencoder-vae",
    title="Reparametrised sample and its derivatives",
    task="Compute the sample z from the means μ, the given spreads and the draws ε, and the "
    "derivatives of z.",
    sources=("ece493",),
    givens=(
        Given("mu", r"\mu", "means of the codes", "d"),
        Given("s", "s", "spreads of the codes, read as the convention says", "d"),
        Given("eps", r"\varepsilon", "draws from the standard normal distribution", "d"),
    ),
    conventions={"spread": SPREADS},
    steps=(
        Step(
            "std",
            "Standard deviations",
            r"\sigma = s \text{ (variance: } \sqrt{s} \text{; log-variance: } e^{s/2} \text{)}",
            deviations,
            work=deviations_work,
            formula_for=Among(
                "spread",
                {
                    "std": r"\sigma = s",
                    "variance": r"\sigma = \sqrt{s}",
                    "log-variance": r"\sigma = e^{s/2}",
                },
            ),
        ),
        Step(
            "noise",
            "Scaled noise",
            r"\sigma \odot \varepsilon",
            lambda std, eps: std * eps,
            work=_noise_work,
        ),
        Step(
            "z",
            "Sample",
            r"z = \mu + \sigma \odot \varepsilon",
            lambda mu, noise: mu + noise,
            final=True,
            work=_sample_work,
        ),
        Step(
            "dz_dmu",
            "Derivatives by the means",
            r"\frac{\partial z_j}{\partial \mu_j} = 1",
            _ones,
            work=lambda value: [Work(at, "1") for at in entries(value)],
        ),
        Step(
            "dz_dstd",
            "Derivatives by the standard deviations",
            r"\frac{\partial z_j}{\partial \sigma_j} = \varepsilon_j",
            lambda eps: eps,
            work=lambda eps: [Work(at, num(eps[at])) for at in entries(eps)],
        ),
    ),
    slips=(
        Slip(
            "variance-for-std",
            "std",
            variances,
            "The noise is scaled by the standard deviation, not by the variance.",
            when=lambda s, spread, std: differ(variances(s, spread), std),
        ),
        Slip(
            "std-forgotten",
            "noise",
            lambda eps: eps,
            "The noise must be scaled by σ.",
            when=lambda eps, noise: differ(noise, eps),
        ),
        Slip(
            "noise-subtracted",
            "z",
            lambda mu, noise: mu - noise,
            "The noise is added, not subtracted: z = μ + σ ε.",
            when=lambda noise: differ(noise, 0.0),
        ),
        Slip(
            "slope-is-std",
            "dz_dstd",
            lambda std: std,
            "∂z/∂σ is ε: σ itself is the variable.",
            when=lambda std, eps: differ(eps, std),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check_spreads,
    items=("dl-reparam", "dl-vae"),
)
