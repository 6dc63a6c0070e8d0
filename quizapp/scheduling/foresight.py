"""What a plan foresees of an answer: the schedule moves as FSRS says, the learner as the log says.

The state of a card is what the schedule will hold of it, so it moves by the formulas of FSRS.
Whether it will be recalled is the learner's matter, and goes by the curve learned from the log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from quizapp.scheduling.forgetting import Forgetting
    from quizapp.scheduling.twin import Floats, Ints, Twin

_PROBED = np.geomspace(0.01, 3000.0, 200)


class Foresight:
    """The schedule's formulas, with the recall of a learner."""

    def __init__(self, twin: Twin, forgetting: Forgetting, share: float = 1.0) -> None:
        """``share`` is how much the learner's curve counts; the rest is the schedule's own."""
        self._twin, self._forgetting, self._share = twin, forgetting, share

    def recall(self, stability: Floats, elapsed: Floats | Ints | float) -> Floats:
        """Return the probability of recall after so many days."""
        if self._share <= 0:
            return self._twin.recall(stability, elapsed)
        learned = self._forgetting.recall(stability, elapsed)
        if self._share >= 1:
            return learned
        return self._share * learned + (1 - self._share) * self._twin.recall(stability, elapsed)

    def stability_for(self, recall: Floats, elapsed: float) -> Floats:
        """Return the stability with this recall after so many days (at least one)."""
        if self._share <= 0:
            return self._twin.stability_for(recall, elapsed)
        probed = self.recall(_PROBED, max(elapsed, 1))
        stability: Floats = np.exp(np.interp(recall, probed, np.log(_PROBED)))
        return stability

    def learned(self, rating: Ints) -> tuple[Floats, Floats]:
        """Return stability and difficulty at the end of a new card's first day."""
        return self._twin.learned(rating)

    def outcomes(
        self, stability: Floats, difficulty: Floats, elapsed: Floats | Ints | int
    ) -> tuple[Floats, tuple[Floats, Floats], tuple[Floats, Floats]]:
        """Return the recall a review meets, and stability and difficulty after Good and Again."""
        recall, kept, lost = self._twin.outcomes(stability, difficulty, elapsed)
        if self._share > 0:
            recall = self.recall(stability, elapsed)
        return recall, kept, lost
