"""Patterns that Hebb training stores: their factor, their margins, how they are checked."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import GivenError
from quizapp.exercises.functions import TIE

MOST_PATTERNS = 200
MOST_UNITS = 1_000


def divisor(patterns: Any, hebb: str) -> int:
    """What the sum of outer products is divided by: neurons or patterns."""
    count, neurons = np.shape(patterns)
    return int(neurons if hebb == "per-neuron" else count)


def kept(margins: Any, states: Any, tie: str) -> Any:
    """Which units keep their value; a margin of 0 is decided by the tie rule."""
    at_zero = {"plus": states > 0, "minus": states < 0, "keep": np.ones_like(states, dtype=bool)}
    return np.where(np.abs(margins) <= TIE, at_zero[tie], margins > 0)


def alike(patterns: Any) -> bool:
    """Whether two patterns are equal or mirror images."""
    overlaps = np.abs(patterns @ patterns.T)
    return bool(np.any(np.triu(overlaps, 1) == patterns.shape[1]))


def some_margin_is_zero(margins: Any) -> bool:
    """Whether the tie rule decides about some unit."""
    return bool(np.any(np.abs(margins) <= TIE))


def check_patterns(patterns: Any) -> None:
    """There are no more patterns and units than tables of them can be checked for."""
    count, neurons = np.shape(patterns)
    if count > MOST_PATTERNS or neurons > MOST_UNITS:
        raise GivenError(
            f"'patterns' has {count} patterns of {neurons} neurons; at most {MOST_PATTERNS} of "
            f"{MOST_UNITS} can be checked.",
            where="patterns",
        )
