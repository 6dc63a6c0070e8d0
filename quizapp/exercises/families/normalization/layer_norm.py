"""Layer normalization (Ba, Kiros and Hinton 2016)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.normalization._groups import (
    COLUMNS,
    ROWS,
    across,
    affine_slips,
    affine_step,
    constant,
    demand_variation,
    differ,
    mean_work,
    normalized,
    normalized_work,
    reluctance,
    squares,
    unbiased,
    var_work,
    without_root,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step
from quizapp.exercises.functions import TIE


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One row of four, then with one scale and shift for all, then two rows with their own.

    The means are halves at most.
    """
    m, d = {1: (1, 4), 2: (1, 4), 3: (2, 4)}[level]
    X = rng.integers(-3, 5, size=(m, d))
    X[:, 0] += X.sum(axis=1) % 2
    if level == 3:
        gamma = rng.choice((0.5, 1.5, 2.0, -1.0), size=d)
        beta = rng.choice((-1.0, 0.5, 1.0), size=d)
    else:
        gamma = np.full(d, 1.0 if level == 1 else rng.choice((2.0, 0.5, 3.0)))
        beta = np.full(d, 0.0 if level == 1 else rng.choice((1.0, -1.0)))
    return {"X": X, "gamma": gamma, "beta": beta, "eps": 0.0}


def avoid(X: Any, mean: Any, var: Any) -> str | None:
    """Rows that hardly vary or vary much, or have the variance 1; a constant column."""
    if len(X) > 1 and constant(X, COLUMNS):
        return "a constant column"
    return reluctance(X, mean, var, ROWS)


FAMILY = Family(
    id="layer-norm",
    topic="normalization",
    title="Layer normalization",
    task="Normalize every example over its features, then scale and shift the features.",
    sources=("ece493",),
    givens=(
        Given("X", "X", "inputs, one example per row", "m x d"),
        Given("gamma", r"\gamma", "learned scales, one a feature", "d"),
        Given("beta", r"\beta", "learned shifts, one a feature", "d"),
        Given("eps", r"\varepsilon", "small number inside the root (0 on paper)", default=0.0),
    ),
    steps=(
        Step(
            "mean",
            "Mean of every row",
            r"\mu_i = \frac{1}{d} \sum_j x_{ij}",
            lambda X: X.mean(axis=ROWS),
            work=lambda X: mean_work(X, ROWS),
        ),
        Step(
            "var",
            "Variance of every row",
            r"\sigma_i^2 = \frac{1}{d} \sum_j (x_{ij} - \mu_i)^2",
            lambda X, mean, line: squares(X, mean, ROWS, line).mean(axis=ROWS),
            work=lambda X, mean: var_work(X, mean, ROWS),
        ),
        Step(
            "normalised",
            "Normalized entries",
            r"\hat{x}_{ij} = \frac{x_{ij} - \mu_i}{\sqrt{\sigma_i^2 + \varepsilon}}",
            lambda X, mean, var, eps, line: normalized(X, mean, var, eps, ROWS, line),
            work=lambda X, mean, var, eps: normalized_work(X, mean, var, eps, ROWS),
        ),
        affine_step(),
    ),
    slips=(
        Slip(
            "unbiased-variance",
            "var",
            lambda X, mean, line: unbiased(X, mean, ROWS, line),
            "Normalization layers divide by d, not by d - 1.",
            when=lambda X, var: X.shape[1] > 1 and bool(np.any(var > TIE)),
        ),
        Slip(
            "columns-for-rows",
            "normalised",
            lambda X, eps, line: across(X, eps, ROWS, line),
            "Layer normalization works along the features of one example (rows); this is batch "
            "normalization.",
            when=lambda X, eps, line, normalised: (
                len(X) > 1
                and not constant(X, COLUMNS)
                and differ(across(X, eps, ROWS, line), normalised)
            ),
        ),
        Slip(
            "root-missing",
            "normalised",
            lambda X, mean, var, eps: without_root(X, mean, var, eps, ROWS),
            "Divide by the standard deviation, the ROOT of the variance.",
            when=lambda X, mean, var, eps, normalised: differ(
                without_root(X, mean, var, eps, ROWS), normalised
            ),
        ),
        *affine_slips(),
    ),
    make=make,
    avoid=avoid,
    check=lambda X, eps: demand_variation(X, eps, ROWS),
    discrepancies=("batchnorm-variance-estimator",),
    items=("dl-layernorm", "dl-ln-vs-bn"),
)
