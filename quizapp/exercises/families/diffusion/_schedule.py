"""Noise schedules: which share of the data is kept, and what a given share must be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.family import GivenError, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, num

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line

SQUARES = (0.19, 0.36, 0.51, 0.64, 0.75, 0.84)
"""Noise levels of which the root, or that of the rest to 1, has at most one decimal."""
SMALL = (0.1, 0.19, 0.2, 0.36)
"""Noise levels as they stand in a schedule of several steps."""
HALVES = (-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0)
"""Data and draws that suit the hand; none is 0."""


def differ(a: Any, b: Any) -> bool:
    """Whether two values differ in any entry."""
    return bool(np.any(np.abs(np.asarray(a) - np.asarray(b)) > TIE))


def signal(alpha_bar: float, line: Line) -> Any:
    """The factor of the data, a root that is written down."""
    return line(np.sqrt(alpha_bar))


def noise(alpha_bar: float, line: Line) -> Any:
    """The factor of the noise, a root that is written down."""
    return line(np.sqrt(1.0 - alpha_bar))


def noised(x0: Any, eps: Any, alpha_bar: float, line: Line) -> Any:
    """Data and noise mixed (Ho, Jain, Abbeel 2020, equation 4)."""
    return signal(alpha_bar, line) * x0 + noise(alpha_bar, line) * eps


def without_roots(x0: Any, eps: Any, alpha_bar: float) -> Any:
    """Data and noise mixed by the variances instead of the deviations."""
    return alpha_bar * x0 + (1.0 - alpha_bar) * eps


def noised_work(x0: Any, eps: Any, alpha_bar: float) -> list[Work]:
    """The mixture of data and noise, entry by entry."""
    kept, rest = signal_latex(alpha_bar), noise_latex(alpha_bar)
    return [
        Work(at, rf"{kept} \cdot {factor(x0[at])} + {rest} \cdot {factor(eps[at])}")
        for at in entries(x0)
    ]


def signal_latex(alpha_bar: float) -> str:
    """The factor of the data, written out."""
    return rf"\sqrt{{{num(alpha_bar)}}}"


def noise_latex(alpha_bar: float) -> str:
    """The factor of the noise, written out."""
    return rf"\sqrt{{1 - {factor(alpha_bar)}}}"


def demand_levels(betas: Any, *, below_one: bool = False) -> None:
    """Raise GivenError unless every noise level is a variance that leaves none or some data."""
    if np.any(betas < 0) or np.any(betas > 1):
        raise GivenError("every entry of 'betas' must be from 0 to 1.", where="betas")
    if below_one and np.any(betas == 1):
        raise GivenError("an entry of 'betas' is 1; no data would be left.", where="betas")


def demand_share(alpha_bar: float) -> None:
    """Raise GivenError unless some data and some noise are in the mixture."""
    if not 0 < alpha_bar < 1:
        raise GivenError("'alpha_bar' must lie between 0 and 1.", where="alpha_bar")
