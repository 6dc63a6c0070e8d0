"""How students round: the ways in which one and the same computation is written down.

A tolerance is measured, not guessed: the graph is evaluated again with every line rounded
in each of these ways, and the largest deviation from the exact value is what honest
rounding can do on this problem.
"""

from __future__ import annotations

from collections.abc import Callable
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


def _mixed(decimals: int, seed: int) -> Line:
    """Every line in a way of its own; the sequence of ways is fixed by the seed."""
    ways = [way(k) for way in (half_away, half_even, cut_off) for k in (decimals, decimals + 1)]
    order = np.random.default_rng(np.random.SeedSequence([_SEED, seed])).integers(
        len(ways), size=64
    )
    turn = 0

    def line(value: Any) -> Any:
        nonlocal turn
        turn += 1
        chosen: Line = ways[order[turn % 64]]
        return chosen(value)

    return line


def ways(decimals: int) -> list[Line]:
    """The roundings by which a tolerance is measured: six pure ones and five mixtures."""
    pure = [way(k) for k in (decimals, decimals + 1) for way in (half_away, half_even, cut_off)]
    return pure + [_mixed(decimals, seed) for seed in range(_MIXTURES)]
