"""What an answer on a day is worth on the day of the exam, when all that follows is done well.

A card answered today can be reviewed again on each later study day, or be left alone until the
exam. Its value is what it is expected to be recalled with on the exam day, less the price of the
seconds it takes from other cards: a dynamic programme backwards from the exam over a grid of
stability and difficulty, the states in between interpolated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from quizapp.scheduling.foresight import Foresight
    from quizapp.scheduling.twin import Floats, Ints

STABILITIES = np.geomspace(0.05, 1500.0, 20)
DIFFICULTIES = np.array([1.0, 2.5, 5.0, 7.5, 9.0, 10.0])
FIRST_RATINGS = np.array([1, 2, 3, 4])
FIRST_SHARES = np.array([0.24, 0.10, 0.53, 0.13])
"""How often a new card is first rated Again, Hard, Good, Easy: about what Anki's users do."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long answers take, in seconds."""

    review: float = 10.0
    """One answer of a card seen before; a forgotten card takes two."""

    new: float = 30.0
    """A new card until it has left its learning steps."""


@dataclass(frozen=True, slots=True)
class Landing:
    """Where states lie on the grid: the points around each, and how much each of them weighs."""

    points: Ints
    weights: Floats


def landing(stability: Floats, difficulty: Floats, share: Floats) -> Landing:
    """Return states as points of the grid, their weights adding up to ``share``."""
    steps = np.log(STABILITIES)
    place = (np.log(np.clip(stability, STABILITIES[0], STABILITIES[-1])) - steps[0]) / (
        steps[1] - steps[0]
    )
    low = np.minimum(place.astype(np.int64), len(STABILITIES) - 2)
    up = place - low
    easy = np.clip(np.searchsorted(DIFFICULTIES, difficulty) - 1, 0, len(DIFFICULTIES) - 2)
    hard = (difficulty - DIFFICULTIES[easy]) / np.diff(DIFFICULTIES)[easy]
    width = len(DIFFICULTIES)
    corner = low * width + easy
    points = np.stack([corner, corner + 1, corner + width, corner + width + 1], axis=-1)
    weights = np.stack(
        [(1 - up) * (1 - hard), (1 - up) * hard, up * (1 - hard), up * hard], axis=-1
    )
    return Landing(points, weights * share[..., None])


def reviewed(
    foresight: Foresight, stability: Floats, difficulty: Floats, elapsed: Ints
) -> tuple[Landing, Floats]:
    """Return where a review leads, and the recall it meets.

    What is recalled is taken as Good, what is forgotten as Again and then Good once more.
    """
    # A day of an earlier answer gives nothing of meaning, but must not give a failure either.
    recall, good, again = foresight.outcomes(stability, difficulty, np.maximum(elapsed, 1))
    kept, lost = landing(*good, recall), landing(*again, 1 - recall)
    points = np.concatenate([kept.points, lost.points], axis=-1)
    return Landing(points, np.concatenate([kept.weights, lost.weights], axis=-1)), recall


def chance(options: Floats, warmth: float) -> Floats:
    """Return the chances of options over the first axis, in proportion to exp(value / warmth)."""
    raised = np.exp((options - options.max(axis=0)) / warmth)
    shares: Floats = raised / raised.sum(axis=0)
    return shares


class _Onward(NamedTuple):
    """From each point of the grid on one day: a review on each of the later days."""

    points: Ints
    """(days, grid, points reached), counted on over the days."""

    weights: Floats
    """How much each of these weighs."""

    seconds: Floats
    """What it is expected to take, (days, grid)."""


class Horizon:
    """The study days until the exam, and where an answer on each of them leads.

    ``days`` are days from today, ascending, at least one; ``exam`` is the exam's, after them.
    """

    def __init__(self, foresight: Foresight, days: Ints, exam: int, pace: Pace) -> None:
        self.foresight, self.days, self.exam, self.pace = foresight, days, exam, pace
        grid = np.meshgrid(STABILITIES, DIFFICULTIES, indexing="ij")
        stability, difficulty = grid[0].ravel(), grid[1].ravel()
        self.size = len(stability)
        gaps = np.arange(1, max(int(days[-1] - days[0]), 1) + 1)[:, None]
        step, recall = reviewed(foresight, stability, difficulty, gaps)
        self._onward = [
            self._later(day, step, pace.review * (2 - recall)) for day in range(len(days) - 1)
        ]
        self._alone = foresight.recall(stability, (exam - days)[:, None])
        self._first = landing(*foresight.learned(FIRST_RATINGS), FIRST_SHARES)

    def _later(self, day: int, step: Landing, seconds: Floats) -> _Onward:
        """Return where a review on each day after this one leads."""
        gaps = self.days[day + 1 :] - self.days[day] - 1
        points = np.arange(len(gaps))[:, None, None] * self.size + step.points[gaps]
        return _Onward(points, step.weights[gaps], seconds[gaps])

    def solve(self, prices: Floats, warmth: float) -> tuple[Floats, list[Floats]]:
        """Return the value after an answer on each day, and the chances of what comes next.

        ``prices`` is what a second costs on each day, in recall of one card. The next review
        falls on the days in proportion to exp(value / warmth), so that the demand for a day
        moves smoothly with its price. The chances for day i have the shape (days after i and,
        last, left alone; grid), the values (days, grid).
        """
        count = len(self.days)
        values = np.empty((count, self.size))
        chances: list[Floats] = [np.empty(0)] * count
        for i in range(count - 1, -1, -1):
            options = np.empty((count - i, self.size))
            options[-1] = self._alone[i]
            if i < count - 1:
                onward = self._onward[i]
                reached = values[i + 1 :].ravel().take(onward.points)
                np.einsum("jgk,jgk->jg", reached, onward.weights, out=options[:-1])
                options[:-1] -= prices[i + 1 :, None] * onward.seconds
            chances[i] = chance(options, warmth)
            values[i] = np.einsum("jg,jg->g", chances[i], options)
        return values, chances

    def follow(self, entering: Floats, chances: list[Floats]) -> Floats:
        """Return the seconds of further review that each day brings.

        ``entering`` (days, grid) is how many cards get their next answer on each day.
        """
        count = len(self.days)
        mass, seconds = entering.copy(), np.zeros(count)
        for i in range(count - 1):
            left, onward = count - i - 1, self._onward[i]
            moved = chances[i][:-1] * mass[i]
            seconds[i + 1 :] += np.einsum("jg,jg->j", moved, onward.seconds)
            weights = moved[..., None] * onward.weights
            arrived = np.bincount(onward.points.ravel(), weights.ravel(), left * self.size)
            mass[i + 1 :] += arrived.reshape(left, self.size)
        return seconds

    def introduced(self, values: Floats) -> Floats:
        """Return what introducing a new card is worth by ``values`` (days, grid), price unpaid."""
        reached = values[..., self._first.points]
        worth: Floats = np.einsum("drk,rk->d", reached, self._first.weights)
        return worth

    def entering_new(self, count: Floats) -> Floats:
        """Return so many new cards on each day as (days, grid)."""
        point = np.zeros(self.size)
        np.add.at(point, self._first.points, self._first.weights)
        return count[:, None] * point


class Known:
    """Cards seen before: where their next review leads, on each of some days.

    ``last`` is the day of the last answer, as days from today, so none is above 0.
    """

    def __init__(self, horizon: Horizon, stability: Floats, difficulty: Floats, last: Ints) -> None:
        self._size = horizon.size
        elapsed = horizon.days - last[:, None]
        self._step, recall = reviewed(
            horizon.foresight, stability[:, None], difficulty[:, None], elapsed
        )
        self._open = elapsed >= 1
        self.seconds = horizon.pace.review * (2 - recall)
        self.alone = horizon.foresight.recall(stability, horizon.exam - last)

    def worth(self, values: Floats) -> Floats:
        """Return (cards, days): what a next review on each day is worth, price unpaid.

        On the day of its last answer a card cannot be reviewed: -1.
        """
        flat = np.arange(len(values))[:, None] * self._size + self._step.points
        worth = np.einsum("cdk,cdk->cd", values.ravel()[flat], self._step.weights)
        return np.where(self._open, worth, -1.0)

    def entering(self, share: Floats) -> Floats:
        """Return cards reviewed next on each day, (cards, days), as (days, grid)."""
        days = share.shape[1]
        flat = np.arange(days)[:, None] * self._size + self._step.points
        weights = share[..., None] * self._step.weights
        mass = np.bincount(flat.ravel(), weights.ravel(), days * self._size)
        return mass.astype(np.float64).reshape(days, self._size)
