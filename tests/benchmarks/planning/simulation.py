"""A month of study in a moment: a learner, a policy, a budget, and what is recalled on the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from quizapp.scheduling.twin import AGAIN, Twin
from tests.benchmarks.planning.learners import DEFAULTS, Learner

if TYPE_CHECKING:
    from quizapp.scheduling.twin import Floats, Ints

FIRST_LOOK, ANSWER = 14.0, 8.0
"""Seconds for reading a new card, and for any further answer."""
STEPS = np.array([2, 2, 1, 0])


class Belief:
    """What the schedule knows: FSRS with its defaults, whatever the learner is like."""

    def __init__(self, count: int) -> None:
        self.twin = Twin(DEFAULTS)
        self.seen = np.zeros(count, dtype=bool)
        self.stability, self.difficulty = np.ones(count), np.full(count, 5.0)
        self.last = np.full(count, -1)

    def met(self, cards: Ints, day: int, ratings: Ints) -> None:
        self.stability[cards], self.difficulty[cards] = self.twin.learned(ratings)
        self.seen[cards], self.last[cards] = True, day

    def answered(self, cards: Ints, day: int, ratings: Ints) -> None:
        self.stability[cards], self.difficulty[cards] = self.twin.reviewed(
            self.stability[cards], self.difficulty[cards], day - self.last[cards], ratings
        )
        self.last[cards] = day


@dataclass(frozen=True, slots=True)
class Budget:
    cards: int
    days: int
    minutes: float


class Policy(Protocol):
    def __call__(self, belief: Belief, day: int, budget: Budget) -> Ints:
        """Return the cards of a day in the order in which they are answered."""


def run(policy: Policy, person: Learner, budget: Budget, seed: int) -> float:
    """Return the mean true recall on the exam day; a card never met counts nothing."""
    rng = np.random.default_rng([seed, 2])
    belief = Belief(budget.cards)
    for day in range(budget.days):
        luck = rng.random((budget.cards, 2))
        study(policy(belief, day, budget), person, belief, day, budget, luck)
    known = np.flatnonzero(belief.seen)
    return float(person.recall(known, budget.days).sum() / budget.cards)


def study(
    order: Ints, person: Learner, belief: Belief, day: int, budget: Budget, luck: Floats
) -> None:
    """Answer cards in order until the time is up; the last one is finished."""
    new = ~belief.seen[order]
    ratings = np.empty(len(order), dtype=np.int64)
    ratings[new] = person.first_ratings(order[new], luck[order[new]])
    ratings[~new] = person.ratings(order[~new], day, luck[order[~new]])
    seconds = np.where(
        new, FIRST_LOOK + ANSWER * STEPS[ratings - 1], ANSWER * (1 + (ratings == AGAIN))
    )
    done = np.cumsum(seconds) - seconds < budget.minutes * 60
    fresh, known = order[done & new], order[done & ~new]
    person.meet(fresh, day, ratings[done & new])
    person.review(known, day, ratings[done & ~new])
    belief.met(fresh, day, ratings[done & new])
    belief.answered(known, day, ratings[done & ~new])
