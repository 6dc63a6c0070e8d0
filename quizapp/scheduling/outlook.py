"""A deck and a calendar seen from the exam: what time costs, and what answers are worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from quizapp.scheduling.horizon import Horizon, Known, Pace
from quizapp.scheduling.prices import Demand, Prices, settle

if TYPE_CHECKING:
    from quizapp.scheduling.foresight import Foresight
    from quizapp.scheduling.twin import Floats, Ints

NODES, FEWEST_NODES, WORK = 60, 30, 120
"""Looking further ahead than some study days, days in the middle are taken together.

Two months are looked at day by day: with 16 days for them a tight month lost 1 point of recall,
two tight months 2 to 3 (tests/benchmarks). Each weight of cards takes its own pass over the days,
so that with several the days are fewer, ``WORK`` in all, but never below a month.
"""
NEAR, LAST = 6, 5
"""Study days at the beginning and at the end that always stand for themselves."""


@dataclass(frozen=True, slots=True)
class Deck:
    """Cards as arrays, in syllabus order."""

    seen: np.ndarray[tuple[int], np.dtype[np.bool_]]
    stability: Floats
    difficulty: Floats
    last: Ints
    """The day of the last answer as days from today, 0 or less; without meaning for new cards."""

    weight: Floats
    """What recall of a card counts, 1 on average."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The study days from today to the exam, as days from today, and their seconds."""

    days: Ints
    seconds: Floats
    exam: int

    def thinned(self, weights: int) -> Calendar:
        """Return the days to look at, for cards of so many weights.

        Those in the middle may stand for their neighbours too.
        """
        count, most = len(self.days), max(FEWEST_NODES, min(NODES, WORK // weights))
        if count <= most:
            return self
        middle = np.linspace(NEAR, count - LAST, most - NEAR - LAST, endpoint=False)
        starts = np.concatenate(
            [np.arange(NEAR), middle.astype(np.int64), np.arange(count - LAST, count)]
        )
        sizes = np.diff(np.append(starts, count))
        return replace(
            self,
            days=self.days[starts + (sizes - 1) // 2],
            seconds=np.add.reduceat(self.seconds, starts),
        )


class Outlook:
    """What time costs until the exam, for one deck; made once for a plan."""

    def __init__(
        self,
        foresight: Foresight,
        deck: Deck,
        calendar: Calendar,
        pace: Pace,
        needed: Ints,
        near: Prices | None = None,
    ) -> None:
        """``needed`` are the new cards that must be met before the exam.

        ``near`` are the prices of the same cards and days with other minutes, if there are.
        """
        self.pace = pace
        # Cards of nearly the same weight are planned alike: the nearest power of 2, 1/4 to 4.
        level = np.clip(np.rint(np.log2(np.maximum(deck.weight, 1e-6))), -2, 2)
        weights, self.group = np.unique(2.0**level, return_inverse=True)
        """For each card, which of the demands it belongs to."""
        self.weight = weights[self.group]
        """For each card, the weight of its demand."""
        thin = calendar.thinned(len(weights))
        self.horizon = Horizon(foresight, thin.days, thin.exam, pace)
        self.needed = np.zeros(len(deck.seen), dtype=bool)
        """Of each card whether it is one of those."""
        self.needed[needed] = True
        demands = []
        for group, weight in enumerate(weights):
            mine = self.group == group
            known = self.known(self.horizon, deck, np.flatnonzero(mine & deck.seen))
            new, must = (
                int(np.sum(mine & ~deck.seen & part)) for part in (~self.needed, self.needed)
            )
            demands.append(Demand(float(weight), known, new, must))
        self.settled = prices = settle(self.horizon, demands, thin.seconds, near)
        self.values = prices.values
        self.prices = tuple(prices.second / weight for weight in weights)
        """For each group: the price of a second on the days of the horizon."""

    def known(self, horizon: Horizon, deck: Deck, cards: Ints) -> Known:
        """Return cards seen before."""
        return Known(horizon, deck.stability[cards], deck.difficulty[cards], deck.last[cards])

    def on(self, day: int) -> Horizon:
        """Return the horizon of one day alone."""
        return Horizon(self.horizon.foresight, np.array([day]), self.horizon.exam, self.pace)

    def values_on(self, group: int, day: int) -> Floats:
        """Return the values after an answer on a day, (1, grid); it may lie between others."""
        values, days = self.values[group], self.horizon.days
        place = float(np.interp(day, days, np.arange(len(days))))
        low = int(place)
        high = min(low + 1, len(days) - 1)
        mixed: Floats = values[low] * (1 - (place - low)) + values[high] * (place - low)
        return mixed[None, :]
