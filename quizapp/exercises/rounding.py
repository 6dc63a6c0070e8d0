"""How students round: the ways in which one and the same computation is written down.

A tolerance is measured, not guessed: the graph is evaluated again with every line rounded
in each of these ways, and the largest deviation from the exact value is what honest
rounding can do on this problem.
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


def exact(value: Any) -> Any:
    """The identity: nothing is written down on the way."""
    return value


def half_away(decimals: int) -> Line:
    """Rounding as taught in school: a 5 goes away from zero."""
    scale = 10.0**decimals

    def line(value: Any) -> Any:
        scaled = np.multiply(value, scale)
        return np.copysign(np.floor(np.abs(scaled) + 0.5), scaled) / scale

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
        return np.trunc(np.multiply(value, scale)) / scale

    return line


# Which way the n-th line of a mixture goes; drawn once, the same on every machine.
_TURNS = 64
_ORDERS: list[list[int]] = [
    [
        int(way)
        for way in np.random.default_rng(np.random.SeedSequence([_SEED, seed])).integers(
            6, size=_TURNS
        )
    ]
    for seed in range(_MIXTURES)
]


def _mixed(pure: list[Line], order: list[int]) -> Line:
    """Every line in a way of its own, in a fixed sequence."""
    turn = 0

    def line(value: Any) -> Any:
        nonlocal turn
        turn += 1
        return pure[order[turn % _TURNS]](value)

    return line


PURE_WAYS = 6
"""The first of the ways are pure, the others mixtures."""


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
