"""Batch normalization with running statistics (Ioffe and Szegedy 2015, section 3.1)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.normalization._groups import affine, differ
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import entries, factor, frac, num

_LEAST_VARIANCE = 0.5
OLD, NEW = "old", "new"


def _shares(momentum: float, running: str) -> tuple[float, float]:
    """The share of the old average and that of the batch."""
    return (momentum, 1.0 - momentum) if running == OLD else (1.0 - momentum, momentum)


def _averaged(old: Any, batch: Any, momentum: float, running: str) -> Any:
    kept, taken = _shares(momentum, running)
    return kept * old + taken * batch


def _mean(mean: Any, batch_mean: Any, momentum: float, running: str) -> Any:
    return _averaged(mean, batch_mean, momentum, running)


def _var(var: Any, batch_var: Any, momentum: float, running: str) -> Any:
    return _averaged(var, batch_var, momentum, running)


def _normalized(x: Any, middle: Any, spread: Any, eps: float, line: Line = exact) -> Any:
    inside = spread + eps
    if np.any(inside <= TIE**2):
        raise ZeroDivisionError("a variance of 0, and eps is 0")
    return (x - middle) / line(np.sqrt(inside))


def _by_running(x: Any, mean_new: Any, var_new: Any, eps: float, line: Line = exact) -> Any:
    return _normalized(x, mean_new, var_new, eps, line)


def _by_batch(x: Any, batch_mean: Any, batch_var: Any, eps: float, line: Line = exact) -> Any:
    return _normalized(x, batch_mean, batch_var, eps, line)


def _without_root(x: Any, mean_new: Any, var_new: Any, eps: float) -> Any:
    return (x - mean_new) / (var_new + eps)


def _average_work(old: Any, batch: Any, momentum: float, running: str) -> list[Work]:
    share, rest = num(momentum), f"(1 - {num(momentum)})"
    kept, taken = (share, rest) if running == OLD else (rest, share)
    return [
        Work(at, rf"{kept} \cdot {factor(old[at])} + {taken} \cdot {factor(batch[at])}")
        for at in entries(old)
    ]


def _normalized_work(x: Any, mean_new: Any, var_new: Any, eps: float) -> list[Work]:
    added = f" + {factor(eps)}" if eps else ""
    return [
        Work(
            at,
            frac(f"{num(x[at])} - {factor(mean_new[at])}", rf"\sqrt{{{num(var_new[at])}{added}}}"),
        )
        for at in entries(x)
    ]


def check(var: Any, batch_var: Any, momentum: float, eps: float) -> None:
    """Variances are not negative, a share lies between 0 and 1, a root has something inside."""
    for name, given in (("var", var), ("batch_var", batch_var)):
        if given.min() < 0:
            raise GivenError(f"'{name}' holds a negative variance.", where=name)
    if not 0 <= momentum <= 1:
        raise GivenError("'momentum' is a share from 0 to 1.", where="momentum")
    if eps < 0:
        raise GivenError("'eps' stands inside a root; it is 0 or positive.", where="eps")
    if eps <= TIE**2 and np.any(var + batch_var <= TIE):
        raise GivenError("a variance stays 0; let 'eps' be positive.", where="eps")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One feature, then two, then three with scale and shift."""
    d = level
    momentum = float(rng.choice((0.9, 0.8, 0.75) if conventions["running"] == OLD else (0.1, 0.2)))
    plain = level < 3
    return {
        "mean": rng.choice((-1.0, 0.0, 0.5, 1.0, 2.0), size=d),
        "var": rng.choice((1.0, 2.0, 3.0, 4.0), size=d),
        "batch_mean": rng.choice((-4.0, -2.0, 3.0, 5.0, 6.0), size=d),
        "batch_var": rng.choice((0.5, 1.5, 5.0, 8.0, 9.0), size=d),
        "momentum": momentum,
        "x": rng.choice((-2.0, 1.0, 3.0, 4.0, 7.0), size=d),
        "gamma": np.ones(d) if plain else rng.choice((0.5, 1.5, 2.0, -1.0), size=d),
        "beta": np.zeros(d) if plain else rng.choice((-1.0, 0.5, 1.0), size=d),
        "eps": 0.0,
    }


def avoid(mean_new: Any, var_new: Any, x: Any) -> str | None:
    """Variances near 1 or near 0, and a value at the mean."""
    if var_new.min() < _LEAST_VARIANCE or np.any(np.abs(var_new - 1.0) < 0.05):
        return "variance near 0 or 1"
    return "a value at the mean" if np.any(np.abs(x - mean_new) < 0.05) else None


FAMILY = Family(
    id="batch-norm-inference",
    topic="normalization",
    title="Batch normalization at inference",
    task="Update the running mean and variance with those of the last batch. Then normalize the "
    "test example with them, scale and shift it.",
    sources=("ece493",),
    givens=(
        Given("mean", r"\bar{\mu}", "running means before the update", "d"),
        Given("var", r"\bar{\sigma}^2", "running variances before the update", "d"),
        Given("batch_mean", "m", "means of the batch", "d"),
        Given("batch_var", "s^2", "variances of the batch", "d"),
        Given("momentum", r"\alpha", "share in the moving average, read as the convention says"),
        Given("x", "x", "the test example", "d"),
        Given("gamma", r"\gamma", "learned scales, one a feature", "d"),
        Given("beta", r"\beta", "learned shifts, one a feature", "d"),
        Given("eps", r"\varepsilon", "small number inside the root (0 on paper)", default=0.0),
    ),
    conventions={"running": (OLD, NEW)},
    steps=(
        Step(
            "mean_new",
            "Running means after the update",
            r"\alpha \bar{\mu} + (1 - \alpha) m \text{ (new: } (1 - \alpha) \bar{\mu} + "
            r"\alpha m \text{)}",
            _mean,
            work=lambda mean, batch_mean, momentum, running: _average_work(
                mean, batch_mean, momentum, running
            ),
            formula_for=Among(
                "running",
                {
                    "old": r"\alpha \bar{\mu} + (1 - \alpha) m",
                    "new": r"(1 - \alpha) \bar{\mu} + \alpha m",
                },
            ),
        ),
        Step(
            "var_new",
            "Running variances after the update",
            r"\alpha \bar{\sigma}^2 + (1 - \alpha) s^2 \text{ (new: } (1 - \alpha) "
            r"\bar{\sigma}^2 + \alpha s^2 \text{)}",
            _var,
            work=lambda var, batch_var, momentum, running: _average_work(
                var, batch_var, momentum, running
            ),
            formula_for=Among(
                "running",
                {
                    "old": r"\alpha \bar{\sigma}^2 + (1 - \alpha) s^2",
                    "new": r"(1 - \alpha) \bar{\sigma}^2 + \alpha s^2",
                },
            ),
        ),
        Step(
            "normalised",
            "Normalized example",
            r"\hat{x}_j = \frac{x_j - \bar{\mu}_j}{\sqrt{\bar{\sigma}_j^2 + \varepsilon}}",
            _by_running,
            work=_normalized_work,
        ),
        Step(
            "y",
            "Output",
            r"y_j = \gamma_j \hat{x}_j + \beta_j",
            affine,
            final=True,
            work=lambda normalised, gamma, beta: [
                Work(
                    at, rf"{factor(gamma[at])} \cdot {factor(normalised[at])} + {factor(beta[at])}"
                )
                for at in entries(normalised)
            ],
        ),
    ),
    slips=(
        Slip(
            "batch-statistics",
            "normalised",
            _by_batch,
            "At inference the running averages are used, not the statistics of a batch.",
            when=lambda x, batch_mean, batch_var, eps, normalised: differ(
                _by_batch(x, batch_mean, batch_var, eps), normalised
            ),
        ),
        Slip(
            "root-missing",
            "normalised",
            _without_root,
            "Divide by the standard deviation, the ROOT of the variance.",
            when=lambda x, mean_new, var_new, eps, normalised: differ(
                _without_root(x, mean_new, var_new, eps), normalised
            ),
        ),
        Slip(
            "not-updated",
            "mean_new",
            lambda mean: mean,
            "The running mean takes in the new batch first.",
            when=lambda mean, mean_new: differ(mean, mean_new),
        ),
        Slip(
            "affine-forgotten",
            "y",
            lambda normalised: normalised,
            "Scale and shift (γ, β) are missing.",
            when=lambda normalised, y: differ(normalised, y),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("batchnorm-variance-estimator",),
    items=("dl-batchnorm-inference",),
)
