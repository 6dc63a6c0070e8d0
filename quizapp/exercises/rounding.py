"""How students round: the ways in which one and the same computation is written down.

A tolerance is measured, not guessed: the graph is evaluated again with every line rounded
in each of these ways, and the largest deviation from the exact value is what honest
rounding can do on this problem. Lines are written with some decimals; numbers beyond 1e5,
and small ones where a step asks for it, in significant figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Line = Callable[[Any], Any]
"""Rounds one written line; the identity in exact evaluation."""

_MIXTURES = 5
_SEED = 20260713
_BINARY = 1e-7
"""On paper 1.5 times 0.071 is 0.1065, a half; in binary it is a little less than that."""


def exact(value: Any) -> Any:
    """The identity: nothing is written down on the way."""
    return value


def half_away(decimals: int) -> Line:
    """Rounding as taught in school: a 5 goes away from zero."""
    scale = 10.0**decimals

    def line(value: Any) -> Any:
        scaled = np.multiply(value, scale)
        return np.copysign(np.floor(np.abs(scaled) + (0.5 + _BINARY)), scaled) / scale

    return line


def half_even(decimals: int) -> Line:
    """Rounding as Python and NumPy do it: a 5 goes to the even digit."""
    scale = 10.0**decimals

    def line(value: Any) -> Any:
        return np.rint(np.multiply(value, scale)) / scale

    return line


def cut_off(decimals: int) -> Line:
    """No rounding at all: further digits are dropped."""
    scale = 10.0**decimals

    def line(value: Any) -> Any:
        scaled = np.multiply(value, scale)
        return np.trunc(scaled + np.copysign(_BINARY, scaled)) / scale

    return line


# Which way the n-th line of a mixture goes; drawn once, the same on every machine.
_TURNS = 64
# The last two alternate between the coarsest and the finest: e^x fine and its sum coarse, or so.
_ORDERS: list[list[int]] = [
    *(
        np.random.default_rng(np.random.SeedSequence([_SEED, seed]))
        .integers(6, size=_TURNS)
        .tolist()
        for seed in range(_MIXTURES - 2)
    ),
    [0, 5] * (_TURNS // 2),
    [5, 0] * (_TURNS // 2),
]


def _mixed(pure: list[Line], order: list[int]) -> Line:
    """Every line in a way of its own, in a fixed sequence."""
    turn = 0

    def line(value: Any) -> Any:
        nonlocal turn
        turn += 1
        return pure[order[turn % _TURNS]](value)

    return line


COARSE_WAYS, PURE_WAYS = 3, 6
"""The first of the ways are pure, the others mixtures; the coarse ones keep no digit more."""


@lru_cache(maxsize=16)
def _pure(decimals: int) -> list[Line]:
    makers = (cut_off, half_even, half_away)
    return [make(k) for k in (decimals, decimals + 1) for make in makers]


def ways(decimals: int) -> Iterator[Line]:
    """The roundings by which a tolerance is measured: six pure ones, then five mixtures.

    The first is the coarsest: cutting off moves every line that has more digits to lose.
    """
    pure = _pure(decimals)
    yield from pure
    for order in _ORDERS:
        yield _mixed(pure, order)


# Significant figures -----------------------------------------------------------------------

SMALL, LARGE = 1e-2, 1e5
_FEWEST_FIGURES = 3


def _last_figure(size: Array, decimals: int) -> Array:
    """The unit of the last figure of positive numbers."""
    figures = max(decimals, _FEWEST_FIGURES)
    unit: Array = 10.0 ** (np.floor(np.log10(size)) + 1 - figures)
    return unit


def units(
    truth: Array, decimals: int, typed: Array | None = None, *, figures: bool = False
) -> Array:
    """The unit of the last digit that is asked for, entry by entry.

    That is ``10**-decimals``; beyond 1e5 a significant figure, and below 1e-2 too where the
    step asks for ``figures`` or where more decimals were typed than asked for: who writes
    0.002 keeps the decimals, who writes 0.00234 keeps the figures.
    """
    unit = np.full(truth.shape, 10.0**-decimals)
    size = np.abs(truth)
    if not truth.size or (size.min() >= SMALL and size.max() <= LARGE):
        return unit
    by_figures = (size < SMALL) & (size > 0)
    if not figures:
        by_figures &= _has_more_decimals(typed, decimals)
    by_figures |= (size > LARGE) & (size < np.inf)
    return np.where(by_figures, _last_figure(np.where(by_figures, size, 1.0), decimals), unit)


def _has_more_decimals(typed: Array | None, decimals: int) -> Any:
    if typed is None:
        return False
    with np.errstate(invalid="ignore", over="ignore"):
        scaled = typed * 10.0 ** (decimals + 1)
        return np.abs(scaled - np.rint(scaled)) > 1e-6


def write(line: Line, value: Any, decimals: int, *, figures: bool = False) -> Any:
    """A whole line as it is written: rounded by ``line``, or to as many figures as ``units``."""
    size = np.abs(value)
    if size.size and size.max() <= LARGE and not figures:
        return line(value)
    unit = units(np.asarray(value, dtype=float), decimals, figures=figures)
    scale = 10.0**-decimals / unit
    return line(value * scale) / scale


# One fixed stream of half-unit noise: a written 0.731 stands for anything in 0.7305 to 0.7315.
EXTREME = -1
_NOISE = np.random.default_rng(np.random.SeedSequence(731)).uniform(-0.5, 0.5, size=8192)


def shake(
    value: Any, decimals: int, number: int, *, figures: bool = False, steady: Any = None
) -> Array:
    """A written value moved by at most half a unit of its last digit, EXTREME by exactly that.

    A 0 stays: it decides ties and kinks. So do the ``steady`` entries: nothing was rounded away.
    """
    array = np.asarray(value, dtype=float)
    start = (abs(number) * 977) % 4096
    noise = _NOISE[start : start + max(1, min(array.size, 4096))]
    if number == EXTREME:
        noise = np.copysign(0.5, noise)
    still = array == 0 if steady is None else (array == 0) | steady
    noise = np.where(still, 0.0, np.resize(noise, array.shape))
    moved: Array = array + noise * units(array, decimals, figures=figures)
    return moved
