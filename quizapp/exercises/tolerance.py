"""How far an entry may be off, and whether it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from quizapp.exercises.world import Bools, Floats

_RELATIVE, _ABSOLUTE = 1e-9, 1e-13  # what floating-point numbers leave open
_FALLBACK = 0.01  # of the value, where rounding breaks a line and so bounds nothing


def near(typed: Floats, truth: Floats, tolerance: Floats | float) -> Bools:
    """Which entries agree; blank (nan) entries count as agreeing, infinities must be equal."""
    with np.errstate(invalid="ignore"):
        slack = _ABSOLUTE + _RELATIVE * np.abs(truth)
        close = (np.abs(typed - truth) <= tolerance + slack) & np.isfinite(truth)
    out: Bools = close | (typed == truth) | np.isnan(typed)
    return out


def widest(truth: Floats, runs: Iterable[Floats | None]) -> Floats:
    """How far the entries of other computations are off at most.

    Where one of them has no finite value though the truth has, at least a share of the truth.
    """
    worst = np.zeros(truth.shape)
    broken = np.zeros(truth.shape, dtype=bool)
    for run in runs:
        if run is None or run.shape != truth.shape:
            broken[...] = True
            continue
        with np.errstate(invalid="ignore"):
            off = np.abs(run - truth)
        fine = np.isfinite(off)
        if fine.all():
            worst = np.maximum(worst, off)
        else:
            broken |= ~fine
            worst = np.where(fine, np.maximum(worst, off), worst)
    if broken.any():
        worst = np.where(broken, np.maximum(worst, np.abs(truth) * _FALLBACK), worst)
    return np.where(np.isfinite(truth), worst, 0.0)


def margin(unit: Floats, decimals: int, spread: Callable[[bool], Floats]) -> Floats:
    """The tolerance: a unit, and what rounding does.

    ``spread(False)`` is what rounding to decimals does, ``spread(True)`` what it does where small
    numbers are written in figures; that holds for the entries compared by them.
    """
    by_figures = unit < 10.0**-decimals
    if not by_figures.any():
        return spread(False) + unit  # noqa: FBT003
    if by_figures.all():
        return spread(True) + unit  # noqa: FBT003
    return np.where(by_figures, spread(True), spread(False)) + unit  # noqa: FBT003
