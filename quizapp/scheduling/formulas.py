"""The formulas of FSRS-6 for one answer, equal to py-fsrs to the bit.

py-fsrs copies a card, compares dates and looks its parameters up for each answer; a replay of a
million answers spends most of its time there. Here what depends on the parameters alone is
computed once, by the same operations in the same order, so that no digit differs; a property test
holds the two against each other. Source: py-fsrs 6.3, ``fsrs/scheduler.py``.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

STABILITY_MIN = 0.001
DIFFICULTY_MIN, DIFFICULTY_MAX = 1.0, 10.0
INTERVAL_MAX = 36500
_AGAIN, _HARD, _EASY = 1, 2, 4
_RATINGS = (1, 2, 3, 4)


class Formulas:
    """FSRS-6 with its parameters; ratings are 1 (again) to 4 (easy), times are in whole days."""

    def __init__(self, parameters: Sequence[float], retention: float) -> None:
        self._w = w = tuple(parameters)
        self._decay = -w[20]
        self._factor = 0.9 ** (1 / self._decay) - 1
        self._reach = (retention ** (1 / self._decay)) - 1
        first = {n: w[4] - (math.e ** (w[5] * (n - 1))) + 1 for n in _RATINGS}
        self._first = {n: (max(w[n - 1], STABILITY_MIN), _bounded(first[n])) for n in _RATINGS}
        self._easiest = w[7] * first[_EASY]
        self._harder = {n: -(w[6] * (n - 3)) for n in _RATINGS}
        self._same_day = {n: math.e ** (w[17] * (n - 3 + w[18])) for n in _RATINGS}
        self._grown = math.e ** (w[8])
        self._lost = math.e ** (w[17] * w[18])
        self._rated = {1: 1.0, 2: w[15], 3: 1.0, 4: w[16]}

    def first(self, rating: int) -> tuple[float, float]:
        """Return stability and difficulty after the first answer of a card."""
        return self._first[rating]

    def after(
        self, stability: float, difficulty: float, elapsed: int, rating: int
    ) -> tuple[float, float]:
        """Return stability and difficulty after an answer so many days after the last one.

        On the same day (0 days or less) the short-term formula holds, else the long-term one.
        """
        w = self._w
        if elapsed < 1:
            kept = self._same_day[rating] * (stability ** -w[19])
            grown = stability * (kept if rating == _AGAIN else max(kept, 1.0))
        else:
            forgotten = 1 - self.recall(stability, elapsed)
            if rating == _AGAIN:
                long_term = (
                    w[11]
                    * (difficulty ** -w[12])
                    * (((stability + 1) ** (w[13])) - 1)
                    * (math.e ** (forgotten * w[14]))
                )
                grown = min(long_term, stability / self._lost)
            else:
                grown = stability * (
                    1
                    + self._grown
                    * (11 - difficulty)
                    * (stability ** -w[9])
                    * ((math.e ** (forgotten * w[10])) - 1)
                    * self._rated[rating]
                )
        moved = difficulty + (10.0 - difficulty) * self._harder[rating] / 9.0
        return max(grown, STABILITY_MIN), _bounded(self._easiest + (1 - w[7]) * moved)

    def recall(self, stability: float, elapsed: int) -> float:
        """Return the probability of recall after so many days; days before the answer are 0."""
        recalled: float = (1 + self._factor * max(0, elapsed) / stability) ** self._decay
        return recalled

    def interval(self, stability: float) -> int:
        """Return the days until the next review at the retention wished for, without fuzz."""
        days: int = round((stability / self._factor) * self._reach)
        return min(max(days, 1), INTERVAL_MAX)


def _bounded(difficulty: float) -> float:
    return min(max(difficulty, DIFFICULTY_MIN), DIFFICULTY_MAX)
