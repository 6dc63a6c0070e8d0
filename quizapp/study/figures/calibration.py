"""Whether what was predicted came true: recall at the moment of each answer, and what it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

STARTS = (0, 50, 60, 70, 75, 80, 85, 90, 95)
"""The percentages at which a bin begins: finer where most predictions lie."""


@dataclass(frozen=True, slots=True)
class Predicted:
    """Answers of about the same predicted recall."""

    percent: int
    """The predicted recall of each, rounded down to a whole percent, 0 to 99."""
    answers: int
    predicted: float
    """The sum of their predicted recalls, each 0 to 1."""
    recalled: int
    """How many of them were not Again."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers whose predicted recall lay between two percentages."""

    low: int
    high: int
    answers: int
    predicted: float | None
    """The mean predicted recall, 0 to 1; None without answers."""
    actual: float | None
    """The share that was recalled, 0 to 1; None without answers."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Predicted recall against actual recall."""

    bins: tuple[Bin, ...]
    answers: int
    predicted: float | None
    actual: float | None
    error: float | None
    """How far predicted and actual recall lie apart, the mean over the bins by answers, 0 to 1."""


def calibration(tallies: Iterable[Predicted]) -> Calibration:
    """Return the bins from tallies by whole percent."""
    known = list(tallies)
    bins = tuple(
        _bin([one for one in known if low <= one.percent < high], low, high)
        for low, high in zip(STARTS, (*STARTS[1:], 100), strict=True)
    )
    whole = _bin(known, 0, 100)
    apart = sum(abs((one.predicted or 0) - (one.actual or 0)) * one.answers for one in bins)
    return Calibration(
        bins,
        whole.answers,
        whole.predicted,
        whole.actual,
        apart / whole.answers if whole.answers else None,
    )


def _bin(tallies: list[Predicted], low: int, high: int) -> Bin:
    answers = sum(one.answers for one in tallies)
    if not answers:
        return Bin(low, high, 0, None, None)
    predicted = sum(one.predicted for one in tallies)
    return Bin(
        low, high, answers, predicted / answers, sum(one.recalled for one in tallies) / answers
    )
