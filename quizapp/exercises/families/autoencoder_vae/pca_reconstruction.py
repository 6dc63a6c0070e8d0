"""First principal component and what it reconstructs (Pearson 1901; Hotelling 1933)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.autoencoder_vae._principal import (
    spectrum,
    spectrum_work,
    unit,
    unit_work,
)
from quizapp.exercises.families.autoencoder_vae._spread import differ
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import dot, entries, factor, frac, num, total

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line

_MOST_VARIABLES = 100
_GAP = 0.75  # nearer eigenvalues turn the direction with every rounding
_SMALLEST = 0.15  # a smaller entry of the direction hides a slip or changes its sign


def _divisor(centred: Any, covariance_divisor: str) -> int:
    return len(centred) - (covariance_divisor == "n-minus-one")


def _covariance(centred: Any, covariance_divisor: str) -> Any:
    return centred.T @ centred / _divisor(centred, covariance_divisor)


def _smallest(covariance: Any, eigenvalues: Any, line: Line) -> Any:
    return unit(covariance, float(np.min(eigenvalues)), line)


def _largest(covariance: Any, eigenvalues: Any, line: Line) -> Any:
    return unit(covariance, float(np.max(eigenvalues)), line)


def _not_unit(covariance: Any, eigenvalues: Any) -> Any:
    direction = unit(covariance, float(np.max(eigenvalues)))
    return direction / direction[np.argmax(np.abs(direction) > TIE)]


def _decoded(codes: Any, direction: Any) -> Any:
    """The reconstructions before the mean is added back."""
    return np.outer(codes, direction)


def _squares(X: Any, reconstructions: Any, line: Line) -> float:
    return float(np.sum(line((X - reconstructions) ** 2)))


# The worked solution ---------------------------------------------------------------------


def _mean_work(X: Any) -> list[Work]:
    return [Work((j,), frac(total(X[:, j]), str(len(X)))) for j in range(X.shape[1])]


def _centred_work(X: Any, mean: Any, value: Any) -> list[Work]:
    return [Work(at, f"{num(X[at])} - {factor(mean[at[1]])}") for at in entries(value)]


def _covariance_work(centred: Any, covariance_divisor: str, value: Any) -> list[Work]:
    by = str(_divisor(centred, covariance_divisor))
    return [Work((i, j), frac(dot(centred[:, i], centred[:, j]), by)) for i, j in entries(value)]


def _direction_work(covariance: Any, eigenvalues: Any) -> list[Work]:
    return unit_work(covariance, float(np.max(eigenvalues)))


def _code_work(centred: Any, direction: Any) -> list[Work]:
    return [Work((n,), dot(row, direction)) for n, row in enumerate(centred)]


def _reconstruction_work(mean: Any, codes: Any, direction: Any, value: Any) -> list[Work]:
    return [
        Work((n, j), rf"{num(mean[j])} + {factor(codes[n])} \cdot {factor(direction[j])}")
        for n, j in entries(value)
    ]


def _error_work(X: Any, reconstructions: Any) -> list[Work]:
    pairs = zip(X.ravel(), reconstructions.ravel(), strict=True)
    squares = " + ".join(f"({num(x)} - {factor(r)})^{{2}}" for x, r in pairs)
    return [Work((), frac(squares, str(len(X))))]


# Variants --------------------------------------------------------------------------------


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two points and their mirror images, then four points around another mean, then five."""
    if level == 1:
        half = rng.integers(-3, 4, size=(2, 2))
        return {"X": np.concatenate((half, -half))}
    if level == 2:
        half = rng.integers(-3, 4, size=(2, 2))
        return {"X": np.concatenate((half, -half)) + rng.choice((-2, -1, 1, 2), size=2)}
    return {"X": rng.integers(-3, 5, size=(5, 2))}


def avoid(X: Any, mean: Any, covariance: Any, eigenvalues: Any, direction: Any) -> str | None:
    """Points on a line, axes that are not clear, and axes that a slip or a rounding would turn."""
    if eigenvalues[-1] < TIE:
        return "all points on one line"
    if _unclear(covariance):
        return "unclear first axis"
    if len(np.unique(X, axis=0)) < len(X):
        return "equal points"
    if differ(mean, 0.0) and _unclear(X.T @ X / len(X)):
        return "unclear first axis of the points that are not centred"
    return None


def _unclear(matrix: Any) -> bool:
    """Whether the eigenvalues are near to each other, or the direction nearly along an axis."""
    values = spectrum(matrix)
    if values[0] - values[1] < _GAP:
        return True
    smallest = np.min(np.abs(unit(matrix, values[0])))
    return bool(TIE < smallest < _SMALLEST)


def check(X: Any) -> None:
    """There is a first axis."""
    if len(X) < 2:
        raise GivenError("'X' needs at least two samples: one has no spread.", where="X")
    if X.shape[1] > _MOST_VARIABLES:
        raise GivenError(f"'X' has more than {_MOST_VARIABLES} columns.", where="X")
    with np.errstate(all="ignore"):
        matrix = _covariance(X - X.mean(axis=0), "n")
    if not np.all(np.isfinite(matrix)):
        raise GivenError("'X' holds numbers whose squares are beyond all bounds.", where="X")
    values = spectrum(matrix)
    if len(values) > 1 and values[0] - values[1] <= TIE * max(1.0, values[0]):
        raise GivenError(
            "the two largest eigenvalues of 'X' are equal: there is no first component.", where="X"
        )


FAMILY = Family(
    id="pca-reconstruction",
    topic="autoencoder-vae",
    title="First principal component and its reconstruction error",
    task="Find the first principal axis of the samples, project them on it and reconstruct them "
    "from this one number each. Compute the error that is left.",
    sources=("ece493",),
    givens=(Given("X", "X", "samples, one per row", "N x D"),),
    conventions={"covariance_divisor": ("n", "n-minus-one")},
    steps=(
        Step(
            "mean",
            "Means of the columns",
            r"\bar{x} = \frac{1}{N} \sum_n x_n",
            lambda X: X.mean(axis=0),
            work=_mean_work,
        ),
        Step(
            "centred",
            "Centred samples",
            r"\tilde{x}_n = x_n - \bar{x}",
            lambda X, mean: X - mean,
            work=_centred_work,
        ),
        Step(
            "covariance",
            "Covariance",
            r"C = \frac{1}{N} \tilde{X}^\top \tilde{X} \text{ (n-minus-one: } \frac{1}{N-1}"
            r" \text{)}",
            _covariance,
            work=_covariance_work,
            formula_for=Among(
                "covariance_divisor",
                {
                    "n": r"C = \frac{1}{N} \tilde{X}^\top \tilde{X}",
                    "n-minus-one": r"C = \frac{1}{N-1} \tilde{X}^\top \tilde{X}",
                },
            ),
        ),
        Step(
            "eigenvalues",
            "Eigenvalues, the largest first",
            r"\det(C - \lambda I) = 0",
            spectrum,
            work=spectrum_work,
        ),
        Step(
            "direction",
            "First principal axis (length 1, first entry positive)",
            r"C u = \lambda_1 u, \quad \|u\| = 1",
            _largest,
            work=_direction_work,
        ),
        Step(
            "codes",
            "Codes",
            r"c_n = u^\top \tilde{x}_n",
            lambda centred, direction: centred @ direction,
            work=_code_work,
        ),
        Step(
            "reconstructions",
            "Reconstructions, one sample per row",
            r"\hat{x}_n = \bar{x} + c_n u",
            lambda mean, codes, direction: mean + _decoded(codes, direction),
            final=True,
            work=_reconstruction_work,
        ),
        Step(
            "error",
            "Reconstruction error",
            r"\frac{1}{N} \sum_n \|x_n - \hat{x}_n\|^2",
            lambda X, reconstructions, line: _squares(X, reconstructions, line) / len(X),
            final=True,
            work=_error_work,
        ),
    ),
    slips=(
        Slip(
            "not-centred",
            "centred",
            lambda X: X,
            "Subtract the mean before computing the covariance.",
            when=lambda mean: differ(mean, 0.0),
        ),
        Slip(
            "smallest-direction",
            "direction",
            _smallest,
            "The first principal axis belongs to the largest eigenvalue.",
            when=lambda eigenvalues: len(eigenvalues) > 1,
        ),
        Slip(
            "mean-not-restored",
            "reconstructions",
            _decoded,
            "Add the mean back after decoding.",
            when=lambda mean: differ(mean, 0.0),
        ),
        Slip(
            "direction-not-unit",
            "direction",
            _not_unit,
            "The direction must have length 1 before projecting.",
            when=lambda direction: int(np.sum(np.abs(direction) > TIE)) > 1,
        ),
        Slip(
            "error-not-averaged",
            "error",
            _squares,
            "The loss is averaged over the samples.",
            when=lambda X, error: len(X) > 1 and abs(error) > TIE,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("pca-as-special-case",),
    items=("dl-ae-pca",),
)
