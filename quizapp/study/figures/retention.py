"""How much was recalled when it was asked for again, week by week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Recall:
    """Review answers, and those of them that were not Again."""

    answers: int = 0
    recalled: int = 0

    @property
    def share(self) -> float | None:
        """0 to 1; None without answers."""
        return self.recalled / self.answers if self.answers else None

    def __add__(self, other: Recall) -> Recall:
        return Recall(self.answers + other.answers, self.recalled + other.recalled)


@dataclass(frozen=True, slots=True)
class Week:
    """One week of review answers."""

    monday: date
    young: Recall
    mature: Recall
    """Of cards whose stability was three weeks or more."""


@dataclass(frozen=True, slots=True)
class Retention:
    """From the first week with review answers to the last one, none left out."""

    weeks: tuple[Week, ...]
    young: Recall
    mature: Recall


def retention(days: Mapping[date, Sequence[int]]) -> Retention:
    """Return the retention by week from four counts by study day.

    These are the answers to young cards, those of them recalled, and the same for mature ones.
    """
    found: dict[date, list[int]] = {}
    for day, counts in days.items():
        if counts[0] or counts[2]:
            week = found.setdefault(day - timedelta(days=day.weekday()), [0] * 4)
            week[:] = map(add, week, counts)
    weeks = []
    if found:
        first, last = min(found), max(found)
        for ahead in range(0, (last - first).days + 1, 7):
            monday = first + timedelta(days=ahead)
            told = found.get(monday, [0] * 4)
            weeks.append(Week(monday, Recall(*told[:2]), Recall(*told[2:])))
    return Retention(
        tuple(weeks),
        sum((week.young for week in weeks), Recall()),
        sum((week.mature for week in weeks), Recall()),
    )
