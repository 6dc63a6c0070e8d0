"""Which days were studied, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LEVELS = 4
"""Shades of a day on which something was answered."""


@dataclass(frozen=True, slots=True)
class Day:
    """One study day on which something was answered."""

    day: date
    answers: int
    """Cards answered and computations worked on."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of study, the first one first; days without answers are left out."""

    days: tuple[Day, ...]
    today: date
    answers: int
    """All together."""
    streak: int
    """Days in a row up to today; today itself may still be missing."""
    longest: int
    """The most days in a row."""
    best: Day | None
    """The day with most answers, the latest of several; None without any."""
    limits: tuple[int, ...]
    """The most answers of each shade but the last, rising; empty without days."""

    def shade(self, answers: int) -> int:
        """Return 0 for no answer, else 1 to ``LEVELS``."""
        return 1 + sum(answers > limit for limit in self.limits) if answers else 0


def calendar(answers: Mapping[date, int], today: date) -> Calendar:
    """Return the calendar of answers by study day; days with none count as absent."""
    days = tuple(Day(day, answers[day]) for day in sorted(answers) if answers[day] > 0)
    runs = _runs([day.day for day in days])
    current = [last for last in runs if last >= today - timedelta(days=1)]
    return Calendar(
        days=days,
        today=today,
        answers=sum(day.answers for day in days),
        streak=runs[max(current)] if current else 0,
        longest=max(runs.values(), default=0),
        best=max(days, key=lambda day: (day.answers, day.day), default=None),
        limits=_limits(day.answers for day in days),
    )


def _runs(days: Iterable[date]) -> dict[date, int]:
    """The lengths of the runs of days in a row, by their last day."""
    found: dict[date, int] = {}
    for day in days:
        found[day] = 1 + found.pop(day - timedelta(days=1), 0)
    return found


def _limits(counts: Iterable[int]) -> tuple[int, ...]:
    """The quartiles, so that one day of cramming does not make all others pale."""
    ordered = sorted(counts)
    if not ordered:
        return ()
    return tuple(ordered[(len(ordered) - 1) * part // LEVELS] for part in range(1, LEVELS))
