"""The answers of all cards side by side, and how well FSRS parameters foresee them.

This is what a training is judged by, so it does not use the library that trains: recall comes
from the formulas of ``twin.py``. What can be foreseen is an answer at least one study day after
the card's last one; what is remembered minutes later says little about forgetting.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quizapp.scheduling.twin import AGAIN, INTERVAL_MAX, Twin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]
    Truths = npt.NDArray[np.bool_]

    Item = tuple[tuple[int, int], ...]
    """A card's answers up to one that can be foreseen: (rating, days since the one before)."""

SUREST = 1e-6
"""No prediction counts as surer than this, or one surprise would be infinitely bad."""
LONGEST_ITEM = 256
"""Answers to one card that are trained on; so many more say nothing new."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a card."""

    card: str
    day: date
    """The study day."""
    rating: int
    """1 (again) to 4 (easy)."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well predictions of recall went; lower is better in both."""

    log_loss: float
    """Mean of -ln(predicted probability of what happened), in nats."""
    rmse: float
    """Predicted against actual recall: root of the mean square difference over groups of
    answers alike in days elapsed, answers so far and lapses, weighted by their size."""


class Histories:
    """Answers in replay order, as arrays: one card after the other, the longest history first."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        cards: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for place, answer in enumerate(answers):
            cards[answer.card].append((answer.day.toordinal(), answer.rating, place))
        longest_first = sorted(cards.values(), key=len, reverse=True)
        rows = [row for card in longest_first for row in card]
        columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
        self.days, self.ratings, self._places = columns
        self._lengths = np.array([len(card) for card in longest_first], dtype=np.int64)
        self._starts = np.cumsum(self._lengths) - self._lengths
        elapsed = np.diff(self.days, prepend=0)
        elapsed[self._starts] = 0
        self.elapsed: Ints = np.clip(elapsed, 0, INTERVAL_MAX)
        """Study days since the card's last answer; 0 for its first and for an earlier day."""
        self.foreseeable: Truths = self.elapsed > 0
        """Which answers can be foreseen."""

    @property
    def recalled(self) -> Truths:
        """Which answers were not forgotten."""
        recalled: Truths = self.ratings != AGAIN
        return recalled

    def predicted(self, parameters: Sequence[float]) -> Floats:
        """Return the probability of recall that parameters foresee for each answer."""
        twin = Twin(parameters)
        recall = np.ones(len(self.days))
        if not len(recall):
            return recall
        with np.errstate(all="ignore"):  # absurd histories end in absurd numbers, no more
            stability, difficulty = twin.first(self.ratings[self._starts])
            for step in range(1, int(self._lengths[0])):
                going_on = int(np.searchsorted(-self._lengths, -step))
                at = self._starts[:going_on] + step
                stability, difficulty = stability[:going_on], difficulty[:going_on]
                recall[at] = twin.recall(stability, self.elapsed[at])
                stability, difficulty = twin.after(
                    stability, difficulty, self.elapsed[at], self.ratings[at]
                )
        return np.clip(np.nan_to_num(recall, nan=0.5), SUREST, 1 - SUREST)

    def losses(self, predicted: Floats) -> Floats:
        """Return -ln(predicted probability of what happened) for each answer."""
        losses: Floats = -np.log(np.where(self.recalled, predicted, 1 - predicted))
        return losses

    def fit(self, predicted: Floats, which: Truths) -> Fit:
        """Return how well predictions went for some answers, at least one."""
        groups = np.unique(self._groups()[which], axis=0, return_inverse=True)[1].ravel()
        size = np.bincount(groups)
        off = np.bincount(groups, weights=(predicted - self.recalled)[which]) / size
        return Fit(
            log_loss=float(self.losses(predicted)[which].mean()),
            rmse=float(np.sqrt(np.average(off**2, weights=size))),
        )

    def items(self, before: int) -> list[Item]:
        """Return what can be foreseen before a day (an ordinal), in replay order."""
        items: list[tuple[int, Item]] = []
        pairs = list(zip(self.ratings.tolist(), self.elapsed.tolist(), strict=True))
        for start, length in zip(self._starts.tolist(), self._lengths.tolist(), strict=True):
            items.extend(
                (int(self._places[end]), tuple(pairs[start : end + 1]))
                for end in range(start + 1, start + min(length, LONGEST_ITEM))
                if self.foreseeable[end] and self.days[end] < before
            )
        return [item for _, item in sorted(items)]

    def _groups(self) -> Ints:
        """Return what group each answer is in, by logarithms as in the benchmark of FSRS."""
        answers = self._before(self.foreseeable) + 2
        lapses = self._before(self.foreseeable & ~self.recalled)
        magnitudes = (
            _magnitude(self.elapsed, 3.62),
            _magnitude(answers, 1.89),
            _magnitude(lapses, 1.73),
        )
        return np.stack(magnitudes, axis=1)

    def _before(self, which: Truths) -> Ints:
        """Return how many of some answers the card of each answer had before it."""
        total: Ints = np.cumsum(which, dtype=np.int64) - which
        within: Ints = total - np.repeat(total[self._starts], self._lengths)
        return within


def _magnitude(counts: Ints, base: float) -> Ints:
    """Return the whole logarithm of counts, -1 for none."""
    exponent = np.floor(np.log(np.maximum(counts, 1)) / np.log(base)).astype(np.int64)
    return np.where(counts > 0, exponent, -1)
