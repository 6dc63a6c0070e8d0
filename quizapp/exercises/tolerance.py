"""How far an entry may be off, and whether it is."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from quizapp.exercises.values import Bools, Floats

_RELATIVE, _ABSOLUTE = 1e-9, 1e-13  # what floating-point numbers leave open
_FALLBACK = 0.01  # of the value, where rounding breaks a line and so bounds nothing
_FARTHEST = 25.0  # units; over all families, honest rounding reaches 13


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


def farthest(truth: Floats, unit: Floats, decimals: int) -> Floats:
    """How far rounding may move an entry; what moves it further leaves nothing to compare.

    That is so where a rounded number is divided by that is nearly 0. No variant is set on which
    it happens; on others this bounds the tolerance.
    """
    size = np.where(np.isfinite(truth), np.abs(truth), 0.0)
    decimal = 10.0**-decimals  # a small difference of large numbers is off by their last decimals
    return _FARTHEST * (np.maximum(unit, decimal) + decimal * size)


def margin(truth: Floats, unit: Floats, decimals: int, spread: Callable[[bool], Floats]) -> Floats:
    """The tolerance: a unit, and what rounding does, within bounds.

    ``spread(False)`` is what rounding to decimals does, ``spread(True)`` what it does where small
    numbers are written in figures; that holds for the entries compared by them.
    """
    by_figures = unit < 10.0**-decimals
    if not by_figures.any():
        moved = spread(False)  # noqa: FBT003
    elif by_figures.all():
        moved = spread(True)  # noqa: FBT003
    else:
        moved = np.where(by_figures, spread(True), spread(False))  # noqa: FBT003
    return np.minimum(moved, farthest(truth, unit, decimals)) + unit


_DIGITS_LESS = 2  # one in a hundred numbers ends on two zeros by chance


class Steady:
    """Which entries of a written line are exact: nothing was rounded away.

    They are those of one of the ``exact`` values, or have two digits fewer than asked. Found out
    only when it is needed: most lines are right.
    """

    def __init__(self, written: Floats, decimals: int, exact: Iterable[Floats | None]) -> None:
        self._written = written
        self._scale = 10.0 ** (decimals - _DIGITS_LESS)
        self._exact = [value for value in exact if value is not None]

    @cached_property
    def entries(self) -> Bools:
        """True where an entry is exact."""
        written = self._written
        with np.errstate(invalid="ignore"):
            scaled = written * self._scale
            out: Bools = np.abs(scaled - np.rint(scaled)) <= _RELATIVE
            for value in self._exact:
                if value.shape == written.shape:
                    out |= np.abs(written - value) <= _ABSOLUTE + _RELATIVE * np.abs(value)
        return out
