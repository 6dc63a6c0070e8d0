"""Numbers normalized in groups: the columns of a matrix (axis 0) or its rows (axis 1).

Batch normalization: Ioffe and Szegedy 2015; layer normalization: Ba, Kiros and Hinton 2016.
"""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.family import GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, frac, num, total

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line

_LEAST_VARIANCE = 0.2  # below it the root magnifies what was rounded
_LARGEST_DEVIATION = 4.0  # beyond it the square does
COLUMNS, ROWS = 0, 1


def deviations(X: Any, mean: Any, axis: int) -> Any:
    """Every entry minus the mean of its group."""
    return X - np.expand_dims(np.asarray(mean, dtype=float), axis)


def squares(X: Any, mean: Any, axis: int, line: Line) -> Any:
    """The squared deviations, an inner line."""
    return line(np.square(deviations(X, mean, axis)))


def unbiased(X: Any, mean: Any, axis: int, line: Line) -> Any:
    """The mistake of dividing by one less than the size of a group."""
    return squares(X, mean, axis, line).sum(axis=axis) / (X.shape[axis] - 1)


def normalized(X: Any, mean: Any, var: Any, eps: float, axis: int, line: Line) -> Any:
    """Every deviation over the root of the variance of its group + eps.

    Raises ZeroDivisionError for a constant group without an eps.
    """
    inside = np.asarray(var, dtype=float) + eps
    if np.any(inside <= TIE**2):
        raise ZeroDivisionError("a constant group has the variance 0, and eps is 0")
    return deviations(X, mean, axis) / np.expand_dims(line(np.sqrt(inside)), axis)


def without_root(X: Any, mean: Any, var: Any, eps: float, axis: int) -> Any:
    """The mistake of dividing by the variance."""
    inside = np.asarray(var, dtype=float) + eps
    if np.any(inside <= TIE**2):
        raise ZeroDivisionError("a constant group has the variance 0, and eps is 0")
    return deviations(X, mean, axis) / np.expand_dims(inside, axis)


def across(X: Any, eps: float, axis: int, line: Line) -> Any:
    """The mistake of normalizing the groups along the other axis."""
    other = 1 - axis
    mean = line(X.mean(axis=other))
    var = line(squares(X, mean, other, line).mean(axis=other))
    return normalized(X, mean, var, eps, other, line)


def differ(a: Any, b: Any) -> bool:
    """Whether two lines of the same shape are different somewhere."""
    return bool(np.any(np.abs(np.asarray(a) - b) > TIE))


def constant(X: Any, axis: int) -> bool:
    """Whether some group holds the same number throughout."""
    return bool(np.any(np.ptp(X, axis=axis) <= TIE))


def demand_variation(X: Any, eps: float, axis: int) -> None:
    """Raise GivenError unless every group can be divided by its root."""
    if eps < 0:
        raise GivenError("'eps' stands inside a root; it is 0 or positive.", where="eps")
    if eps <= TIE**2 and constant(X, axis):
        group = "column" if axis == COLUMNS else "row"
        raise GivenError(
            f"a {group} of 'X' is constant, so its variance is 0; change it or let 'eps' be "
            "positive.",
            where="X",
        )


def reluctance(X: Any, mean: Any, var: Any, axis: int) -> str | None:
    """Why the groups are no good for paper, or None."""
    if var.min() < _LEAST_VARIANCE:
        return "a group that hardly varies"
    if np.abs(deviations(X, mean, axis)).max() > _LARGEST_DEVIATION:
        return "a group that varies much"
    if np.any(np.abs(var - 1.0) <= TIE):
        return "variance 1"
    return "mean 0" if not np.any(mean) else None


def affine(normalised: Any, gamma: Any, beta: Any) -> Any:
    """Every column scaled and shifted."""
    return gamma * normalised + beta


def _group(X: Any, axis: int, k: int) -> Any:
    return X[:, k] if axis == COLUMNS else X[k]


def mean_work(X: Any, axis: int) -> list[Work]:
    """Each mean as a sum over the size of its group."""
    return [
        Work((k,), frac(total(_group(X, axis, k)), str(X.shape[axis])))
        for k in range(X.shape[1 - axis])
    ]


def var_work(X: Any, mean: Any, axis: int) -> list[Work]:
    """Each variance as a sum of squares over the size of its group."""
    out = []
    for k, middle in enumerate(mean):
        terms = (f"({num(x)} - {factor(middle)})^{{2}}" for x in _group(X, axis, k))
        out.append(Work((k,), frac(" + ".join(terms), str(X.shape[axis]))))
    return out


def normalized_work(X: Any, mean: Any, var: Any, eps: float, axis: int) -> list[Work]:
    """Each entry as its deviation over a root."""
    added = f" + {factor(eps)}" if eps else ""
    out = []
    for at in entries(X):
        k = at[1 - axis]
        root = rf"\sqrt{{{num(var[k])}{added}}}"
        out.append(Work(at, frac(f"{num(X[at])} - {factor(mean[k])}", root)))
    return out


def affine_step() -> Step:
    """The last line, the same for both layers."""
    return Step(
        "y",
        "Output",
        r"y_{ij} = \gamma_j \hat{x}_{ij} + \beta_j",
        affine,
        final=True,
        work=lambda normalised, gamma, beta: [
            Work(
                at,
                rf"{factor(gamma[at[1]])} \cdot {factor(normalised[at])} + "
                rf"{factor(beta[at[1]])}",
            )
            for at in entries(normalised)
        ],
    )


def affine_slips() -> tuple[Slip, Slip]:
    """The mistakes of the last line, the same for both layers."""
    return (
        Slip(
            "gamma-beta-swapped",
            "y",
            lambda normalised, gamma, beta: affine(normalised, beta, gamma),
            "γ scales and β shifts, not the other way round.",
            when=lambda normalised, gamma, beta, y: differ(affine(normalised, beta, gamma), y),
        ),
        Slip(
            "affine-forgotten",
            "y",
            lambda normalised: normalised,
            "Scale and shift (γ, β) are missing.",
            when=lambda normalised, y: differ(normalised, y),
        ),
    )
