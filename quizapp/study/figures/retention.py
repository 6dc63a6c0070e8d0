"""How much was recalled when it was asked for again, week by week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


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


def retention(days: Mapping[date, tuple[Recall, Recall]]) -> Retention:
    """Return the retention by week from (young, mature) by study day."""
    asked = {day: pair for day, pair in days.items() if any(one.answers for one in pair)}
    found: dict[date, tuple[Recall, Recall]] = {}
    for day, (young, mature) in asked.items():
        monday = day - timedelta(days=day.weekday())
        before = found.get(monday, (Recall(), Recall()))
        found[monday] = before[0] + young, before[1] + mature
    weeks = []
    if found:
        monday = min(found)
        while monday <= max(found):
            weeks.append(Week(monday, *found.get(monday, (Recall(), Recall()))))
            monday += timedelta(days=7)
    return Retention(
        tuple(weeks),
        sum((week.young for week in weeks), Recall()),
        sum((week.mature for week in weeks), Recall()),
    )
