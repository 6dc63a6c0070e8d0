"""Forward noising, one step after the other (Ho, Jain, Abbeel 2020, equation 2)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families.diffusion._schedule import (
    HALVES,
    SMALL,
    demand_levels,
    differ,
    noise,
    noise_latex,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.substitution import entries, factor, num

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line

_CLOSE = 0.05  # nearer than this, the rows of two mistakes can hardly be told apart


def _means(betas: Any, xs: Any, row: int, line: Line) -> Any:
    return noise(betas[row - 1], line) * xs[row - 1]


def _without_root(betas: Any, xs: Any, row: int) -> Any:
    return (1.0 - betas[row - 1]) * xs[row - 1]


def _from_x0(betas: Any, x0: Any, row: int, line: Line) -> Any:
    return noise(betas[row - 1], line) * x0


def _before(x0: Any, xs: Any) -> Any:
    """The value that each step starts from, one per row."""
    return np.vstack([x0, np.asarray(xs)[:-1]])


def _shrunk(betas: Any, values: Any) -> Any:
    return np.sqrt(1.0 - betas)[:, None] * values


def _means_work(betas: Any, x0: Any, xs: Any, value: Any) -> list[Work]:
    old = _before(x0, xs)
    return [
        Work((t, j), rf"{noise_latex(betas[t])} \cdot {factor(old[t, j])}")
        for t, j in entries(value)
    ]


def _xs_work(means: Any, stds: Any, eps: Any) -> list[Work]:
    return [
        Work((t, j), rf"{num(means[t, j])} + {factor(stds[t])} \cdot {factor(eps[t, j])}")
        for t, j in entries(eps)
    ]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One step, two steps, two steps of a pair of values."""
    steps, width = {1: (1, 1), 2: (2, 1), 3: (2, 2)}[level]
    pool = (0.36, 0.64) if level == 1 else SMALL
    return {
        "x0": rng.choice(HALVES, size=width),
        "betas": rng.choice(pool, size=steps),
        "eps": rng.choice(HALVES, size=(steps, width)),
    }


def avoid(betas: Any, x0: Any, xs: Any, eps: Any) -> str | None:
    """Steps without noise, and later steps in which two mistakes give one number."""
    if not np.any(eps) or np.any(betas == 0) or np.any(betas == 1):
        return "no noise"
    old = _before(x0, xs)
    means = _shrunk(betas, old)
    readings = [means, (1.0 - betas)[:, None] * old, old, _shrunk(betas, np.tile(x0, (len(xs), 1)))]
    for row in range(1, len(xs)):
        for number, one in enumerate(readings):
            for other in readings[number + 1 :]:
                if np.all(np.abs(one[row] - other[row]) < _CLOSE):
                    return "two mistakes give one number"
    return None


FAMILY = Family(
    id="diffusion-step",
    topic="diffusion",
    title="Forward noising, step by step",
    task="Add the noise step by step: the mean of each step, then the noised value.",
    sources=("ece493",),
    givens=(
        Given("x0", "x_0", "clean data", "d"),
        Given("betas", r"\beta", "noise levels (variances), one per step", "T"),
        Given("eps", r"\varepsilon", "draws from the standard normal distribution", "T x d"),
    ),
    rows=lambda betas: len(betas),
    steps=(
        Step(
            "stds",
            "Standard deviations of the noise",
            r"\sqrt{\beta_t}",
            lambda betas: np.sqrt(betas),
            work=lambda betas: [Work(at, rf"\sqrt{{{num(betas[at])}}}") for at in entries(betas)],
        ),
        Step(
            "means",
            "Mean of each step",
            r"\mu_t = \sqrt{1 - \beta_t} \, x_{t-1}",
            _means,
            loop="time",
            work=_means_work,
        ),
        Step(
            "xs",
            "Noised value after each step",
            r"x_t = \mu_t + \sqrt{\beta_t} \, \varepsilon_t",
            lambda means, stds, eps, row: means[row] + stds[row - 1] * eps[row - 1],
            final=True,
            loop="time",
            before="x0",
            work=_xs_work,
        ),
    ),
    slips=(
        Slip(
            "mean-no-root",
            "means",
            _without_root,
            "The mean shrinks by √(1 - β), not by 1 - β.",
            when=lambda betas, x0, xs: differ(
                _shrunk(betas, _before(x0, xs)), (1.0 - betas)[:, None] * _before(x0, xs)
            ),
        ),
        Slip(
            "variance-for-std",
            "stds",
            lambda betas: betas,
            "β is the variance; the noise is scaled by its root.",
            when=lambda betas, stds: differ(betas, stds),
        ),
        Slip(
            "no-shrink",
            "means",
            lambda xs, row: xs[row - 1],
            "The old value is shrunk by √(1 - β) before the noise is added.",
            when=lambda betas, x0, xs: differ(_shrunk(betas, _before(x0, xs)), _before(x0, xs)),
        ),
        Slip(
            "always-from-x0",
            "means",
            _from_x0,
            "Step t starts from the value of step t - 1, not from the clean data.",
            when=lambda betas, x0, xs: differ(
                _shrunk(betas, _before(x0, xs)), _shrunk(betas, np.tile(x0, (len(xs), 1)))
            ),
        ),
    ),
    make=make,
    check=lambda betas: demand_levels(betas),
    avoid=avoid,
    items=("dl-ddpm-forward",),
)
