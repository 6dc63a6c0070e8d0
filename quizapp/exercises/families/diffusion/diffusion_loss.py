"""Loss of the noise prediction (Ho, Jain, Abbeel 2020, equation 14)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.diffusion._schedule import (
    HALVES,
    demand_share,
    differ,
    noised,
    noised_work,
    without_roots,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, frac, num

_MEAN = "mean"


def _averaged(squares: Any, *, mean: bool) -> float:
    return float(squares.mean() if mean else squares.sum())


def _loss(residual: Any, squared_error: str) -> float:
    return _averaged(residual**2, mean=squared_error == _MEAN)


def _other_loss(residual: Any, squared_error: str) -> float:
    return _averaged(residual**2, mean=squared_error != _MEAN)


def _norm(residual: Any) -> float:
    return float(np.linalg.norm(residual))


def _residual_work(eps: Any, eps_hat: Any) -> list[Work]:
    return [Work(at, f"{num(eps[at])} - {factor(eps_hat[at])}") for at in entries(eps)]


def _loss_work(residual: Any, squared_error: str) -> list[Work]:
    squares = " + ".join(f"{factor(r)}^{{2}}" for r in residual)
    return [Work((), frac(squares, num(len(residual))) if squared_error == _MEAN else squares)]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One value, two, three; the prediction is off by tenths."""
    eps = rng.choice(HALVES, size=level)
    off = rng.choice((-1, 1), size=level) * rng.integers(2, 9, size=level) / 10
    return {
        "x0": rng.choice(HALVES, size=level),
        "eps": eps,
        "eps_hat": np.round(eps + off, 1),
        "alpha_bar": float(rng.choice((0.36, 0.64) if level == 1 else (0.36, 0.64, 0.72, 0.9))),
    }


def avoid(x0: Any, eps: Any, residual: Any) -> str | None:
    """A perfect prediction, data that equal the noise."""
    if np.any(np.abs(residual) <= TIE):
        return "a perfect prediction"
    return "data equal to the noise" if np.any(np.abs(x0 - eps) <= TIE) else None


FAMILY = Family(
    id="diffusion-loss",
    topic="diffusion",
    title="Noise-prediction loss",
    task="Compute the noisy input of the network and the loss of its noise prediction.",
    sources=("ece493",),
    givens=(
        Given("x0", "x_0", "clean data", "d"),
        Given("eps", r"\varepsilon", "true noise", "d"),
        Given("eps_hat", r"\hat{\varepsilon}", "noise that the network predicts at the input", "d"),
        Given("alpha_bar", r"\bar{\alpha}_t", "share of the data kept, between 0 and 1"),
    ),
    conventions={"squared_error": ("sum", _MEAN)},
    steps=(
        Step(
            "x_t",
            "Input of the network",
            r"x_t = \sqrt{\bar{\alpha}_t} \, x_0 + \sqrt{1 - \bar{\alpha}_t} \, \varepsilon",
            noised,
            work=noised_work,
        ),
        Step(
            "residual",
            "Error of the prediction",
            r"r = \varepsilon - \hat{\varepsilon}",
            lambda eps, eps_hat: eps - eps_hat,
            work=_residual_work,
        ),
        Step(
            "loss",
            "Loss",
            r"L = \sum_j r_j^2 \text{ (mean: over } d \text{)}",
            _loss,
            final=True,
            work=_loss_work,
            formula_for=Among(
                "squared_error",
                {"sum": r"L = \sum_j r_j^2", "mean": r"L = \frac{1}{d} \sum_j r_j^2"},
            ),
        ),
    ),
    slips=(
        Slip(
            "target-is-data",
            "residual",
            lambda x0, eps_hat: x0 - eps_hat,
            "The network predicts the noise: compare with ε, not with the clean data.",
            when=lambda x0, eps: differ(x0, eps),
        ),
        Slip(
            "target-is-input",
            "residual",
            lambda x_t, eps_hat: x_t - eps_hat,
            "The network predicts the noise: compare with ε, not with its noisy input.",
            when=lambda x_t, eps: differ(x_t, eps),
        ),
        Slip(
            "norm-not-squared",
            "loss",
            _norm,
            "The loss is the SQUARED norm: the sum of squares without a root.",
            when=lambda residual, loss: differ(_norm(residual), loss),
        ),
        Slip(
            "other-average",
            "loss",
            _other_loss,
            "Sum and mean over the entries are exchanged.",
            when=lambda residual, squared_error, loss: differ(
                _other_loss(residual, squared_error), loss
            ),
        ),
        Slip(
            "no-roots",
            "x_t",
            without_roots,
            "Both factors of the mixture are square roots.",
            when=lambda x0, eps, alpha_bar, x_t: differ(without_roots(x0, eps, alpha_bar), x_t),
        ),
    ),
    make=make,
    check=lambda alpha_bar: demand_share(alpha_bar),
    avoid=avoid,
    discrepancies=("squared-error-half-or-not",),
    items=("dl-ddpm-loss", "dl-ddpm-marginal"),
)
