"""Batch normalization in training (Ioffe and Szegedy 2015, algorithm 1)."""

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
    """One column of four, then 3 x 2, then 4 x 3 with scale and shift.

    The means are whole, or halves where four numbers are averaged.
    """
    m, d = {1: (4, 1), 2: (3, 2), 3: (4, 3)}[level]
    X = rng.integers(-3, 5, size=(m, d))
    X[0] -= X.sum(axis=0) % (3 if m == 3 else 2)
    plain = level < 3
    return {
        "X": X,
        "gamma": np.ones(d) if plain else rng.choice((0.5, 1.5, 2.0, -1.0), size=d),
        "beta": np.zeros(d) if plain else rng.choice((-1.0, 0.5, 1.0), size=d),
        "eps": 0.0,
    }


def avoid(X: Any, mean: Any, var: Any) -> str | None:
    """Columns that hardly vary or vary much, or have the variance 1; a constant row."""
    if X.shape[1] > 1 and constant(X, ROWS):
        return "a constant row"
    return reluctance(X, mean, var, COLUMNS)


FAMILY = Family(
    id="batch-norm",
    topic="normalization",
    title="Batch normalization in training",
    task="Normalize every feature over the batch, then scale and shift it.",
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
            "Mean of every column",
            r"\mu_j = \frac{1}{m} \sum_i x_{ij}",
            lambda X: X.mean(axis=COLUMNS),
            work=lambda X: mean_work(X, COLUMNS),
        ),
        Step(
            "var",
            "Variance of every column",
            r"\sigma_j^2 = \frac{1}{m} \sum_i (x_{ij} - \mu_j)^2",
            lambda X, mean, line: squares(X, mean, COLUMNS, line).mean(axis=COLUMNS),
            work=lambda X, mean: var_work(X, mean, COLUMNS),
        ),
        Step(
            "normalised",
            "Normalized entries",
            r"\hat{x}_{ij} = \frac{x_{ij} - \mu_j}{\sqrt{\sigma_j^2 + \varepsilon}}",
            lambda X, mean, var, eps, line: normalized(X, mean, var, eps, COLUMNS, line),
            work=lambda X, mean, var, eps: normalized_work(X, mean, var, eps, COLUMNS),
        ),
        affine_step(),
    ),
    slips=(
        Slip(
            "unbiased-variance",
            "var",
            lambda X, mean, line: unbiased(X, mean, COLUMNS, line),
            "Normalization layers divide by m, not by m - 1.",
            when=lambda X, var: len(X) > 1 and bool(np.any(var > TIE)),
        ),
        Slip(
            "rows-for-columns",
            "normalised",
            lambda X, eps, line: across(X, eps, COLUMNS, line),
            "Batch normalization works down the batch (columns); this is layer normalization.",
            when=lambda X, eps, line, normalised: (
                X.shape[1] > 1
                and not constant(X, ROWS)
                and differ(across(X, eps, COLUMNS, line), normalised)
            ),
        ),
        Slip(
            "root-missing",
            "normalised",
            lambda X, mean, var, eps: without_root(X, mean, var, eps, COLUMNS),
            "Divide by the standard deviation, the ROOT of the variance.",
            when=lambda X, mean, var, eps, normalised: differ(
                without_root(X, mean, var, eps, COLUMNS), normalised
            ),
        ),
        *affine_slips(),
    ),
    make=make,
    avoid=avoid,
    check=lambda X, eps: demand_variation(X, eps, COLUMNS),
    discrepancies=("batchnorm-variance-estimator", "batchnorm-covariate-shift"),
    items=("dl-batchnorm", "dl-ln-vs-bn"),
)
