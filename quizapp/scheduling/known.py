"""The cards that have been answered, all at once: their recall, their days, their distribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quizapp.scheduling.twin import Twin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.scheduling.memory import Scheduler
    from quizapp.scheduling.past import KnownCards


def recalls(scheduler: Scheduler, cards: KnownCards, day: int) -> list[float]:
    """Return the recall predicted for a study day of each card, in the same order."""
    stability = np.asarray(cards.stability, np.float64)
    elapsed = day - np.asarray(cards.last, np.int64)
    found: list[float] = Twin.of(scheduler).recall(stability, elapsed).tolist()
    return found


def falling_due(cards: KnownCards) -> dict[int | None, int]:
    """Return how many cards fall due on which study day (None: in learning); none suspended."""
    due = np.asarray(cards.due, np.int64)[np.asarray(cards.suspended, np.int8) == 0]
    days, counts = np.unique(due, return_counts=True)
    return dict(zip((day or None for day in days.tolist()), counts.tolist(), strict=True))


def in_order(values: Sequence[float]) -> list[float]:
    """Return numbers from the smallest to the largest."""
    found: list[float] = np.sort(np.asarray(values, np.float64)).tolist()
    return found
