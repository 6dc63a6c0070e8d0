"""How a learner really forgets, learned from the reviews in the own log.

FSRS says of a card how stable it is; how much is recalled at that stability is another question,
and few people forget as its defaults say. A plan that believes them fails who forgets faster.
So plans hold several laws of forgetting possible, weigh each by how well it foresaw the reviews
so far (Bayes' rule), and count on the recall that all of them expect on average. Without reviews
that is nearly FSRS with a little caution; after some tens of them it is the learner's own curve.

A law takes the stability S of the schedule, and three numbers: the days after which recall is
really 0.9 are ``scale * 5 * (S / 5) ** power``, and from there recall falls off with an exponent
``decay``, which is FSRS's own up to one so steep that the curve is exponential. The power is below
1 for who gains less from repetition than FSRS credits.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from quizapp.scheduling.twin import Floats, Ints

PIVOT = 5.0
"""Days of stability at which the power of a law changes nothing."""
SCALES = 2.0 ** np.arange(-3.0, 2.01, 0.5)
SCALE_SPREAD = 0.7
"""Standard deviation of the scale beforehand, as a power of 2, around 1."""
POWERS = {0.0: 0.1, 0.25: 0.05, 0.5: 0.1, 0.75: 0.15, 1.0: 0.55, 1.25: 0.05}
"""The powers, and how likely each is beforehand."""
STEEPER = {1.0: 0.55, 2.3: 0.15, 5.0: 0.12, 13.0: 0.11, 65.0: 0.07}
"""How many times FSRS's own exponent the decay may be, and how likely that is beforehand.

Beforehand FSRS is mostly believed, since who differs shows it soon. In the simulation of
tests/benchmarks less caution (0.75 on FSRS's own exponent) lost up to 2 points in a week with
who forgets fast and gained nothing elsewhere; a scale twice as wide, or half as much trust in
the power 1, lost 1 to 4 points over a tight month of fast exponential forgetting.
"""
SURPRISE = 0.01
"""No law counts an answer as less likely than this: one slip must not rule a law out."""

_POINTS = 56
_STABILITIES = np.linspace(np.log(0.01), np.log(3000.0), _POINTS)
_ELAPSED = np.linspace(0.0, np.log(2000.0), _POINTS)


@dataclass(frozen=True, slots=True)
class Experience:
    """Reviews of cards on a later day than the answer before, as columns of equal length."""

    elapsed: Floats
    """Days since the answer before, at least 1."""

    stability: Floats
    """What the schedule held of the card just before."""

    recalled: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, reviews: Iterable[tuple[float, float, bool]]) -> Experience:
        """Return (elapsed, stability, recalled) of reviews as columns.

        What is no review after a day or more (elapsed below 1, no stability) is left out.
        """
        table = np.array([(e, s, r) for e, s, r in reviews], dtype=np.float64).reshape(-1, 3)
        return cls.kept(table[:, 0], table[:, 1], table[:, 2] > 0)

    @classmethod
    def kept(
        cls, elapsed: Floats, stability: Floats, recalled: npt.NDArray[np.bool_]
    ) -> Experience:
        """Return columns without what is no review after a day or more; nan is allowed."""
        held = (elapsed >= 1) & (stability > 0)
        return cls(elapsed[held], stability[held], recalled[held])


class Forgetting:
    """The recall to be expected of a learner, by stability and days gone by."""

    def __init__(self, decay: float, experience: Experience) -> None:
        """``decay`` is the exponent of the schedule's own curve, as a positive number."""
        laws = _laws(round(decay, 6))
        self._table = laws.recall @ _posterior(laws, experience)
        self.reviews = len(experience.elapsed)

    def recall(self, stability: Floats, elapsed: Floats | Ints | float) -> Floats:
        """Return the probability of recall after so many days; 1 within the day."""
        days = np.asarray(elapsed, dtype=np.float64)
        row, down = _place(_STABILITIES, np.asarray(stability))
        column, right = _place(_ELAPSED, np.maximum(days, 1.0))
        at, flat = row * _POINTS + column, self._table
        near = flat[at] + right * (flat[at + 1] - flat[at])
        below = at + _POINTS
        far = flat[below] + right * (flat[below + 1] - flat[below])
        recalled: Floats = np.where(days <= 0, 1.0, near + down * (far - near))
        return recalled


@dataclass(frozen=True, slots=True)
class _Laws:
    """The laws held possible."""

    prior: Floats
    """The logarithm of how likely each is beforehand."""

    recall: Floats
    """(points of the grid of stability and elapsed, laws)."""


@lru_cache(maxsize=2)
def _laws(decay: float) -> _Laws:
    scale, power, steeper = np.meshgrid(SCALES, list(POWERS), list(STEEPER), indexing="ij")
    chance = np.exp(-0.5 * (np.log2(SCALES) / SCALE_SPREAD) ** 2)
    prior = chance[:, None, None] * np.outer(list(POWERS.values()), list(STEEPER.values()))
    falls = (steeper * decay).ravel()
    factor = 0.9 ** (-1 / falls) - 1
    grid = np.meshgrid(np.exp(_STABILITIES), np.exp(_ELAPSED), indexing="ij")
    stability, elapsed = grid[0].reshape(-1, 1), grid[1].reshape(-1, 1)
    really = scale.ravel() * PIVOT * (stability / PIVOT) ** power.ravel()
    recall = (1 + factor * elapsed / really) ** -falls
    return _Laws(np.log(prior.ravel() / prior.sum()), recall)


def _posterior(laws: _Laws, experience: Experience) -> Floats:
    """Return how likely each law is after the reviews, which are taken at the nearest points."""
    row, down = _place(_STABILITIES, experience.stability)
    column, right = _place(_ELAPSED, experience.elapsed)
    at = (row + (down >= 0.5)) * _POINTS + column + (right >= 0.5)
    met, place = np.unique(at, return_inverse=True)
    count = np.bincount(place, minlength=len(met))
    recalled = np.bincount(place, experience.recalled, minlength=len(met))
    foreseen = np.clip(laws.recall[met], SURPRISE, 1 - SURPRISE)
    known = laws.prior + recalled @ np.log(foreseen) + (count - recalled) @ np.log1p(-foreseen)
    likely: Floats = np.exp(known - known.max())
    likely /= likely.sum()
    return likely


def _place(points: Floats, values: Floats) -> tuple[Ints, Floats]:
    """Return between which points of an even grid the logarithms of values lie, and how far up."""
    place = (np.log(values) - points[0]) / (points[1] - points[0])
    place = np.clip(place, 0.0, len(points) - 1.001)
    low = place.astype(np.int64)
    return low, place - low
