"""Reading a test-error curve: the classical U and double descent (Belkin et al. 2019)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import num

_CLASSICAL = "classical"


def _minima(errors: Any) -> Any:
    """The positions (from 1) of errors smaller than every neighbour's."""
    walled = np.concatenate(([np.inf], errors, [np.inf]))
    lower = (errors < walled[:-2] - TIE) & (errors < walled[2:] - TIE)
    return np.flatnonzero(lower) + 1.0


def _interior(errors: Any) -> Any:
    found = _minima(errors)
    return found[(found > 1) & (found < len(errors))]


def _smallest(errors: Any) -> float:
    """The first position of the smallest error."""
    return 1.0 + int(np.argmax(errors <= errors.min() + TIE))


def _peak(errors: Any) -> float:
    return 1.0 + int(np.argmax(errors >= errors.max() - TIE))


def _best(minima: Any, errors: Any, curve: str) -> float:
    return float(minima[0]) if curve == _CLASSICAL else _smallest(errors)


def _other_reading(minima: Any, errors: Any, curve: str) -> float:
    return _smallest(errors) if curve == _CLASSICAL else float(minima[0])


def _at(errors: Any, best: float) -> float:
    """The error at a position from 1; IndexError where there is none."""
    if best != int(best) or not 1 <= best <= len(errors):
        raise IndexError(f"there is no position {best}")
    return float(errors[int(best) - 1])


def _steps_equal(errors: Any) -> bool:
    return bool(np.any(np.abs(np.diff(errors)) <= TIE))


def check(errors: Any) -> None:
    """Neighbours on the curve differ."""
    if _steps_equal(errors):
        raise GivenError(
            "two neighbours in 'errors' are equal; a minimum must be smaller than its neighbours.",
            where="errors",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One U of five points, then five with a second descent, then eight."""
    if level == 1:
        bottom = int(rng.integers(1, 4))
        way = [-1] * bottom + [1] * (4 - bottom)
    elif level == 2:
        way = [-1, 1, -1, int(rng.choice((-1, 1)))]
    else:
        way = [
            -1,
            int(rng.choice((-1, 1))),
            1,
            *rng.choice((-1, 1), size=2),
            -1,
            rng.choice((-1, 1)),
        ]
    steps = np.array(way) * rng.integers(2, 15, size=len(way))
    heights = np.cumsum([0, *steps])
    lift = rng.integers(5, 15) - heights.min()
    return {"errors": (heights + lift) / 100}


def avoid(errors: Any, minima: Any, curve: str) -> str | None:
    """Curves on which there is nothing to decide."""
    if _steps_equal(errors):
        return "equal neighbours"
    descents = np.diff(errors) < 0
    if descents.all() or not descents.any():
        return "monotone curve"
    return "first minimum at position 1" if curve == _CLASSICAL and minima[0] == 1 else None


def _ends_show(errors: Any, minima: Any) -> bool:
    """Whether some end is a minimum and some interior position is one, too."""
    return 0 < len(_interior(errors)) < len(minima)


FAMILY = Family(
    id="double-descent",
    topic="generalization",
    title="Best model size on a test-error curve",
    task="Name the minima of this test-error curve by their positions (the first is 1), the best "
    "model size and its error.",
    sources=("mcb", "ece493"),
    givens=(Given("errors", "E", "test errors by growing model size", "n"),),
    conventions={"curve": (_CLASSICAL, "double-descent")},
    steps=(
        Step(
            "minima",
            "Positions of all minima",
            r"\{k \mid E_k < E_{k-1}, \; E_k < E_{k+1}\}",
            _minima,
            kind="integer",
        ),
        Step(
            "best",
            "Position of the best model",
            r"\text{first minimum (double-descent: smallest error)}",
            _best,
            final=True,
            kind="integer",
            formula_for=Among(
                "curve",
                {"classical": r"\text{first minimum}", "double-descent": r"\text{smallest error}"},
            ),
        ),
        Step(
            "best_error",
            "Its test error",
            r"E_{\mathrm{best}}",
            _at,
            work=lambda value: [Work((), num(value))],
        ),
    ),
    slips=(
        Slip(
            "other-reading",
            "best",
            _other_reading,
            "This is the answer of the other view of the curve: the first minimum of a U, or the "
            "smallest error anywhere.",
            when=lambda minima, errors: float(minima[0]) != _smallest(errors),
        ),
        Slip(
            "ends-forgotten",
            "minima",
            _interior,
            "An end of the curve can be a minimum too.",
            when=_ends_show,
        ),
        Slip(
            "largest-model",
            "best",
            lambda errors: float(len(errors)),
            "Bigger is not automatically better: read the error.",
            when=lambda errors, best: best != len(errors),
        ),
        Slip(
            "peak-taken",
            "best",
            _peak,
            "This is the peak; the best model has the smallest error.",
            when=lambda errors, best: best != _peak(errors),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("more-parameters-overfit-or-double-descent",),
    items=(
        "dl-bias-variance",
        "dl-double-descent",
        "pl-overfit-params",
        "pl-generalization-curves",
    ),
)
