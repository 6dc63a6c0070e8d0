"""Where the time went, week by week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Spent:
    """The seconds of one week."""

    monday: date
    cards: float
    computations: float
    exams: float

    @property
    def seconds(self) -> float:
        """All together."""
        return self.cards + self.computations + self.exams


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """From the first week of study to this one, none left out; all in seconds."""

    weeks: tuple[Spent, ...]
    cards: float
    computations: float
    exams: float
    a_card: float | None
    """For one answer to a card on the average; None without answers."""

    @property
    def seconds(self) -> float:
        """All together."""
        return self.cards + self.computations + self.exams


def time_spent(
    cards: Mapping[date, float],
    computations: Mapping[date, float],
    exams: Mapping[date, float],
    *,
    answers: int,
    today: date,
) -> TimeSpent:
    """Return the time by week, from seconds by study day; ``answers`` is how many cards."""
    parts = [_by_week(part) for part in (cards, computations, exams)]
    mondays = {monday for part in parts for monday in part}
    weeks = []
    if mondays:
        monday, last = min(mondays), max(*mondays, _monday(today))
        while monday <= last:
            weeks.append(Spent(monday, *(part.get(monday, 0.0) for part in parts)))
            monday += timedelta(days=7)
    sums = [sum(part.values()) for part in parts]
    return TimeSpent(
        tuple(weeks), sums[0], sums[1], sums[2], sums[0] / answers if answers else None
    )


def _by_week(seconds: Mapping[date, float]) -> dict[date, float]:
    found: dict[date, float] = {}
    for day, spent in seconds.items():
        if spent > 0:
            monday = _monday(day)
            found[monday] = found.get(monday, 0.0) + spent
    return found


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
