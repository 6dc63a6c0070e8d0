"""Residual addition and layer normalization, post-norm.

The order of the two: Vaswani et al. 2017, section 3.1; the normalization: Ba, Kiros, Hinton 2016.
"""
# ruff: noqa: A002, A006 - the rules read the step "sum" by its public name
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families.attention_transformer._layer_norm import (
    moments,
    normalize,
    normalize_work,
)
from quizapp.exercises.families.attention_transformer._matrices import added_work, differ
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, frac, num, total

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line

# Deviations from the mean whose variance is a square: 4, 9 and 9.
_DEVIATIONS = ((2, 2, -2, -2), (3, 3, -3, -3), (5, -3, -1, -1))
_LARGEST = 4.0  # beyond it squares magnify what was rounded


def _spread(rows: Any) -> Any:
    return np.ptp(rows, axis=1)


def _squares(sum: Any, mean: Any, line: Line) -> Any:
    return line(np.square(sum - mean[:, None]))


def _columns(sum: Any, eps: float, line: Line) -> Any:
    """The mistake of normalizing each feature over the tokens."""
    return normalize(sum.T, *moments(sum.T, line), eps, line).T


def _mean_work(sum: Any) -> list[Work]:
    return [Work((i,), frac(total(row), str(len(row)))) for i, row in enumerate(sum)]


def _variance_work(sum: Any, mean: Any) -> list[Work]:
    return [
        Work(
            (i,),
            frac(" + ".join(f"({num(x)} - {factor(mean[i])})^{{2}}" for x in row), str(len(row))),
        )
        for i, row in enumerate(sum)
    ]


def _output_work(normalised: Any, gamma: Any, beta: Any) -> list[Work]:
    return [
        Work((i, j), rf"{factor(gamma[j])} \cdot {factor(normalised[i, j])} + {factor(beta[j])}")
        for i, j in entries(normalised)
    ]


def check(x: Any, sublayer: Any, eps: float) -> None:
    """Every row can be divided by its root: it varies, or eps is positive."""
    if eps < 0:
        raise GivenError("'eps' stands inside a root; it is 0 or positive.", where="eps")
    if eps == 0 and np.any(_spread(x + sublayer) <= TIE):
        raise GivenError(
            "a row of x + sublayer is constant, so its variance is 0; change it or let 'eps' be "
            "positive.",
            where="eps",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One token of width 2; width 4 and a whole root; two tokens with scale and shift."""
    n, d = {1: (1, 2), 2: (1, 4), 3: (2, 4)}[level]
    x = rng.integers(-3, 4, size=(n, d))
    if level == 2:
        deviations = np.asarray(_DEVIATIONS[rng.integers(len(_DEVIATIONS))])
        added = rng.choice((-1, 1)) * rng.permutation(deviations) + rng.integers(-2, 4) - x
    else:
        added = rng.integers(-3, 4, size=(n, d))
        added[:, 0] += (x + added).sum(axis=1) % 2  # the mean of four has at most one decimal
    plain = level < 3
    return {
        "x": x,
        "sublayer": added,
        "gamma": np.ones(d) if plain else rng.choice((0.5, 1, 1.5, 2), size=d),
        "beta": np.zeros(d) if plain else rng.choice((-1, 0, 0.5, 1), size=d),
        "eps": 0,
    }


def avoid(x: Any, sublayer: Any, sum: Any, variance: Any, mean: Any) -> str | None:
    """Rows that hardly vary, no residual, nothing to subtract."""
    if variance.min() < 0.2:
        return "a row that hardly varies"
    if np.abs(sum - mean[:, None]).mean(axis=1).max() > _LARGEST:
        return "a row that varies much"
    if not x.any() or not sublayer.any():
        return "nothing to add"
    if len(sum) > 1 and np.any(np.ptp(sum, axis=0) == 0):
        return "a constant column"
    return None if mean.any() else "mean 0"


FAMILY = Family(
    id="add-norm",
    topic="attention-transformer",
    title="Residual addition and layer normalization (post-norm)",
    task=(
        "Add the input of the sublayer to its output and normalize every token; then scale and "
        "shift."
    ),
    sources=("ece493",),
    givens=(
        Given("x", "X", "input of the sublayer, one token per row", "n x d"),
        Given("sublayer", "F", "output of the sublayer (attention or FFN)", "n x d"),
        Given("gamma", r"\gamma", "learned scales, one a feature", "d"),
        Given("beta", r"\beta", "learned shifts, one a feature", "d"),
        Given("eps", r"\varepsilon", "small number inside the root (0 on paper)"),
    ),
    steps=(
        Step(
            "sum",
            "Residual sum",
            r"S = X + F",
            lambda x, sublayer: x + sublayer,
            work=lambda x, sublayer: added_work(x, sublayer),
        ),
        Step(
            "mean",
            "Mean of each row",
            r"\mu_i = \frac{1}{d} \sum_j s_{ij}",
            lambda sum: sum.mean(axis=1),
            work=_mean_work,
        ),
        Step(
            "variance",
            "Variance of each row",
            r"\sigma_i^2 = \frac{1}{d} \sum_j (s_{ij} - \mu_i)^2",
            lambda sum, mean, line: _squares(sum, mean, line).mean(axis=1),
            work=_variance_work,
        ),
        Step(
            "normalised",
            "Normalized rows",
            r"\hat{s}_{ij} = \frac{s_{ij} - \mu_i}{\sqrt{\sigma_i^2 + \varepsilon}}",
            lambda sum, mean, variance, eps, line: normalize(sum, mean, variance, eps, line),
            work=lambda sum, mean, variance, eps: normalize_work(sum, mean, variance, eps),
        ),
        Step(
            "output",
            "Output",
            r"\gamma_j \hat{s}_{ij} + \beta_j",
            lambda normalised, gamma, beta: gamma * normalised + beta,
            final=True,
            work=_output_work,
        ),
    ),
    slips=(
        Slip(
            "residual-omitted",
            "sum",
            lambda sublayer: sublayer,
            "The residual is missing: the input of the sublayer is added before normalizing.",
            when=lambda x, sublayer: differ(x, 0 * x) and bool(np.all(_spread(sublayer) > TIE)),
        ),
        Slip(
            "unbiased-variance",
            "variance",
            lambda sum, mean, line: _squares(sum, mean, line).sum(axis=1) / (sum.shape[1] - 1),
            "Layer norm divides by d, not by d - 1.",
            when=lambda variance: bool(np.any(variance > TIE)),
        ),
        Slip(
            "no-root",
            "normalised",
            lambda sum, mean, variance, eps: (sum - mean[:, None]) / (variance + eps)[:, None],
            "Divide by the standard deviation: the root is missing.",
            when=lambda variance, eps: bool(
                np.any((variance > TIE) & (np.abs(variance + eps - 1) > TIE))
            ),
        ),
        Slip(
            "columns",
            "normalised",
            _columns,
            "Layer norm runs over the features of one token (rows); columns would be batch norm.",
            when=lambda sum: len(sum) > 1 and bool(np.all(np.ptp(sum, axis=0) > TIE)),
        ),
        Slip(
            "mean-not-subtracted",
            "normalised",
            lambda sum, variance, eps, line: normalize(
                sum, np.zeros(len(sum)), variance, eps, line
            ),
            "Subtract the mean before dividing.",
            when=lambda mean: bool(np.any(np.abs(mean) > TIE)),
        ),
        Slip(
            "affine-forgotten",
            "output",
            lambda normalised: normalised,
            "The learned scale γ and shift β are missing.",
            when=lambda normalised, output: differ(normalised, output),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("batchnorm-variance-estimator",),
    items=("dl-layernorm", "dl-encoder-block", "dl-ln-vs-bn", "hub-residual"),
)
