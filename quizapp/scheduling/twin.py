"""The formulas of FSRS-6 over arrays of cards, equal to py-fsrs to 1e-9.

The live schedule is py-fsrs (``memory.py``), one card at a time. A plan looks at thousands of
cards on dozens of days, so it uses this twin. Time is in whole study days, as there.
Source: py-fsrs 6.3, ``fsrs/scheduler.py``; the names of the parameters w0 to w20 are FSRS's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from quizapp.scheduling.memory import Scheduler

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

STABILITY_MIN = 0.001
DIFFICULTY_MIN, DIFFICULTY_MAX = 1.0, 10.0
INTERVAL_MAX = 36500
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
STEPS_AFTER_FIRST = {AGAIN: 2, HARD: 2, GOOD: 1, EASY: 0}
"""How many times Good a new card still needs on its first day, by its first rating."""


class Twin:
    """FSRS-6 over arrays: all arguments broadcast, ratings are 1 (again) to 4 (easy)."""

    def __init__(self, parameters: Sequence[float], retention: float = 0.9) -> None:
        self.w = np.array(parameters, dtype=np.float64)
        self.decay = -float(self.w[20])
        self.factor = 0.9 ** (1 / self.decay) - 1
        self.retention = retention

    @classmethod
    def of(cls, scheduler: Scheduler) -> Twin:
        """Return the twin of a live scheduler."""
        return cls(scheduler.parameters, scheduler.retention)

    def recall(self, stability: Floats, elapsed: Floats | Ints | float) -> Floats:
        """Return the probability of recall after so many days; days before the answer are 0."""
        days = np.maximum(elapsed, 0)
        recalled: Floats = (1 + self.factor * days / stability) ** self.decay
        return recalled

    def stability_for(self, recall: Floats, elapsed: Floats | Ints | float) -> Floats:
        """Return the stability that has this recall after so many days (at least one)."""
        stability: Floats = self.factor * np.maximum(elapsed, 1) / (recall ** (1 / self.decay) - 1)
        return stability

    def first(self, rating: Ints) -> tuple[Floats, Floats]:
        """Return stability and difficulty after the first answer of a new card."""
        stability = np.maximum(self.w[np.asarray(rating) - 1], STABILITY_MIN)
        return stability, _bounded(self._first_difficulty(rating))

    def after(
        self, stability: Floats, difficulty: Floats, elapsed: Floats | Ints | int, rating: Ints
    ) -> tuple[Floats, Floats]:
        """Return stability and difficulty after an answer so many days after the last one.

        On the same day (0 days or less) the short-term formula holds, else the long-term one.
        """
        rating = np.asarray(rating)
        recalled = self.recall(stability, elapsed)
        later = np.where(
            rating == AGAIN,
            self.forgotten(stability, difficulty, recalled),
            self.recalled(stability, difficulty, recalled, rating),
        )
        same_day = np.asarray(elapsed) < 1
        grown = np.where(same_day, self.same_day(stability, rating), later)
        return np.maximum(grown, STABILITY_MIN), self.next_difficulty(difficulty, rating)

    def same_day(self, stability: Floats, rating: Ints) -> Floats:
        """Return the stability after a further answer on the same day."""
        w = self.w
        growth = np.exp(w[17] * (np.asarray(rating) - 3 + w[18])) * stability ** -w[19]
        kept = np.where(np.asarray(rating) == AGAIN, growth, np.maximum(growth, 1.0))
        further: Floats = stability * kept
        return further

    def forgotten(self, stability: Floats, difficulty: Floats, recall: Floats) -> Floats:
        """Return the stability after a card was forgotten, before it is learned again."""
        w = self.w
        long_term = (
            w[11]
            * difficulty ** -w[12]
            * ((stability + 1) ** w[13] - 1)
            * np.exp((1 - recall) * w[14])
        )
        forgotten: Floats = np.minimum(long_term, stability / np.exp(w[17] * w[18]))
        return forgotten

    def interval(self, stability: Floats) -> Ints:
        """Return the days until the next review at the retention wished for, without fuzz."""
        days = stability / self.factor * (self.retention ** (1 / self.decay) - 1)
        # rint rounds half to even, as Python's round does.
        whole: Ints = np.clip(np.rint(days), 1, INTERVAL_MAX).astype(np.int64)
        return whole

    def learned(self, rating: Ints) -> tuple[Floats, Floats]:
        """Return stability and difficulty at the end of a new card's first day.

        The learning steps are abstracted: after its first rating the card is answered Good until
        it leaves them (twice after Again or Hard, once after Good, not at all after Easy).
        """
        rating = np.asarray(rating)
        good = np.full_like(rating, GOOD)
        needed = np.choose(rating - 1, [STEPS_AFTER_FIRST[r] for r in (1, 2, 3, 4)])
        stability, difficulty = self.first(rating)
        for step in range(max(STEPS_AFTER_FIRST.values())):
            further = self.after(stability, difficulty, 0, good)
            stability = np.where(needed > step, further[0], stability)
            difficulty = np.where(needed > step, further[1], difficulty)
        return stability, difficulty

    def reviewed(
        self, stability: Floats, difficulty: Floats, elapsed: Floats | Ints | int, rating: Ints
    ) -> tuple[Floats, Floats]:
        """Return stability and difficulty at the end of a review's day.

        A forgotten card is answered Good once more: py-fsrs has one relearning step.
        """
        rating = np.asarray(rating)
        stability, difficulty = self.after(stability, difficulty, elapsed, rating)
        again = self.after(stability, difficulty, 0, np.full_like(rating, GOOD))
        lapsed = rating == AGAIN
        return np.where(lapsed, again[0], stability), np.where(lapsed, again[1], difficulty)

    def outcomes(
        self, stability: Floats, difficulty: Floats, elapsed: Floats | Ints | int
    ) -> tuple[Floats, tuple[Floats, Floats], tuple[Floats, Floats]]:
        """Return the recall a review meets, and stability and difficulty after Good and Again.

        The same as ``recall`` and ``reviewed`` a day or more after the last answer, in a third
        of the time: plans spend most of theirs here.
        """
        good, again = np.array(GOOD), np.array(AGAIN)
        recall = self.recall(stability, elapsed)
        kept = np.maximum(self.recalled(stability, difficulty, recall, good), STABILITY_MIN)
        lost = np.maximum(self.forgotten(stability, difficulty, recall), STABILITY_MIN)
        relearned = np.maximum(self.same_day(lost, good), STABILITY_MIN)
        harder = self.next_difficulty(self.next_difficulty(difficulty, again), good)
        return recall, (kept, self.next_difficulty(difficulty, good)), (relearned, harder)

    def recalled(
        self, stability: Floats, difficulty: Floats, recall: Floats, rating: Ints
    ) -> Floats:
        """Return the stability after a card was recalled: Hard, Good or Easy."""
        w = self.w
        rated = np.where(rating == HARD, w[15], np.where(rating == EASY, w[16], 1.0))
        grown: Floats = stability * (
            1
            + np.exp(w[8])
            * (11 - difficulty)
            * stability ** -w[9]
            * (np.exp((1 - recall) * w[10]) - 1)
            * rated
        )
        return grown

    def _first_difficulty(self, rating: Ints) -> Floats:
        difficulty: Floats = self.w[4] - np.exp(self.w[5] * (np.asarray(rating) - 1)) + 1
        return difficulty

    def next_difficulty(self, difficulty: Floats, rating: Ints) -> Floats:
        """Return the difficulty after a further answer."""
        w = self.w
        moved = difficulty + (10.0 - difficulty) * (-w[6] * (rating - 3)) / 9.0
        easiest = self._first_difficulty(np.asarray(EASY))
        return _bounded(w[7] * easiest + (1 - w[7]) * moved)


def _bounded(difficulty: Floats) -> Floats:
    return np.clip(difficulty, DIFFICULTY_MIN, DIFFICULTY_MAX)
