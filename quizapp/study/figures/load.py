"""How many cards the next days bring if every one of them is answered on its day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DAYS = 35


@dataclass(frozen=True, slots=True)
class DueDay:
    """The cards that fall due on one day."""

    day: date
    cards: int


@dataclass(frozen=True, slots=True)
class Load:
    """The cards that are waiting and those that will come; new ones are not in it."""

    overdue: int
    """Due before today."""
    days: tuple[DueDay, ...]
    """Today first; today has the cards in learning, too."""
    later: int
    """Due after the last of these days."""

    @property
    def cards(self) -> int:
        """All together."""
        return self.overdue + sum(day.cards for day in self.days) + self.later


def load(due: Mapping[date | None, int], today: date, days: int = DAYS) -> Load:
    """Return the load of the next days from the cards by their due day, None in learning."""
    counts: Counter[date] = Counter()
    for due_day, number in due.items():
        counts[due_day or today] += number
    ahead = [today + timedelta(days=n) for n in range(days)]
    shown = tuple(DueDay(day, counts[day]) for day in ahead)
    overdue = sum(number for day, number in counts.items() if day < today)
    return Load(overdue, shown, counts.total() - overdue - sum(day.cards for day in shown))
