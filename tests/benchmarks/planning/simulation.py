"""A month of study in a moment: a learner, a policy, a budget, and what is recalled on the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from quizapp.scheduling.forgetting import Experience
from quizapp.scheduling.outlook import Calendar
from quizapp.scheduling.twin import AGAIN, Twin
from tests.benchmarks.planning.learners import DEFAULTS, Learner

if TYPE_CHECKING:
    from quizapp.scheduling.twin import Floats, Ints

FIRST_LOOK, ANSWER = 14.0, 8.0
"""Seconds for reading a new card, and for any further answer."""
STEPS = np.array([2, 2, 1, 0])
SECONDS_NEW = FIRST_LOOK + ANSWER * (0.24 * 2 + 0.10 * 2 + 0.53)
"""For a new card on average."""


class Belief:
    """What the schedule knows: FSRS with its defaults, whatever the learner is like."""

    def __init__(self, weight: Floats, items: Ints) -> None:
        count = len(weight)
        self.weight, self.items = weight, items
        self.twin = Twin(DEFAULTS)
        self.seen = np.zeros(count, dtype=bool)
        self.stability, self.difficulty = np.ones(count), np.full(count, 5.0)
        self.last = np.full(count, -1)
        self._reviews: list[tuple[Ints, Floats, Ints]] = []

    def met(self, cards: Ints, day: int, ratings: Ints) -> None:
        self.stability[cards], self.difficulty[cards] = self.twin.learned(ratings)
        self.seen[cards], self.last[cards] = True, day

    def answered(self, cards: Ints, day: int, ratings: Ints) -> None:
        self._reviews.append((day - self.last[cards], self.stability[cards], ratings))
        self.stability[cards], self.difficulty[cards] = self.twin.reviewed(
            self.stability[cards], self.difficulty[cards], day - self.last[cards], ratings
        )
        self.last[cards] = day

    def experience(self) -> Experience:
        """Return the reviews so far."""
        if not self._reviews:
            return Experience.of(())
        elapsed, stability, ratings = (np.concatenate(c) for c in zip(*self._reviews, strict=True))
        return Experience.kept(elapsed.astype(np.float64), stability, ratings > AGAIN)


@dataclass(frozen=True, slots=True)
class Budget:
    """How much there is to learn, and the time for it."""

    cards: int
    days: int
    minutes: float
    off: frozenset[int] = frozenset()
    """Days without study, counted from 0."""

    topics: tuple[float, ...] = ()
    """The weights of the topics, which follow each other in the deck; empty: all count alike."""

    earlier: int = 0
    """Days on which the first half of the deck was learned before, as Anki does."""

    def weight(self) -> Floats:
        """Return what each card counts, 1 on average."""
        topics = np.array(self.topics or (1.0,))
        mine = topics[np.arange(self.cards) * len(topics) // self.cards]
        weight: Floats = mine / mine.mean()
        return weight

    def items(self) -> Ints:
        """Return the item of each card: 1 to 4 cards each, 2.5 on average, in syllabus order."""
        sizes = np.random.default_rng(self.cards).integers(1, 5, size=self.cards)
        return np.repeat(np.arange(self.cards), sizes)[: self.cards]

    def calendar(self, day: int) -> Calendar:
        """Return the study days from a day on."""
        days = np.array([d - day for d in range(day, self.days) if d not in self.off], np.int64)
        return Calendar(days, np.full(len(days), self.minutes * 60.0), self.days - day)


class Policy(Protocol):
    def __call__(self, belief: Belief, day: int, budget: Budget) -> Ints:
        """Return the cards of a day in the order in which they are answered."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What there is on the day of the exam."""

    recall: float
    """The mean true recall by weight; a card never met counts nothing."""

    unmet: int
    """Items of which no card was met."""


def run(policy: Policy, person: Learner, budget: Budget, seed: int) -> Outcome:
    """Return what a policy leads to."""
    rng = np.random.default_rng([seed, 2])
    belief = Belief(budget.weight(), budget.items())
    for day in range(-budget.earlier, budget.days):
        luck = rng.random((budget.cards, 2))
        if day < 0:
            study(_before(belief, day, budget), person, belief, day, budget, luck)
        elif day not in budget.off:
            study(policy(belief, day, budget), person, belief, day, budget, luck)
    known = np.flatnonzero(belief.seen)
    there = person.recall(known, budget.days) * belief.weight[known]
    met = np.unique(belief.items[known])
    return Outcome(float(there.sum() / budget.cards), int(belief.items[-1]) + 1 - len(met))


def _before(belief: Belief, day: int, budget: Budget) -> Ints:
    """Return the cards of a day before the exam was planned for: due, then some new ones."""
    known = np.flatnonzero(belief.seen)
    due = belief.last[known] + belief.twin.interval(belief.stability[known])
    new = np.flatnonzero(~belief.seen[: budget.cards // 2])
    return np.concatenate([known[due <= day], new[: budget.cards // budget.earlier]])


def study(
    order: Ints, person: Learner, belief: Belief, day: int, budget: Budget, luck: Floats
) -> None:
    """Answer cards in order until the time is up.

    The last one is begun if half of it fits, as long as cards of its kind take on average: so
    all policies study for the same time on average, whether their days end with a new card or
    with a review.
    """
    new = ~belief.seen[order]
    ratings = np.empty(len(order), dtype=np.int64)
    ratings[new] = person.first_ratings(order[new], luck[order[new]])
    ratings[~new] = person.ratings(order[~new], day, luck[order[~new]])
    seconds = np.where(
        new, FIRST_LOOK + ANSWER * STEPS[ratings - 1], ANSWER * (1 + (ratings == AGAIN))
    )
    usual = np.where(new, SECONDS_NEW, ANSWER)
    done = np.cumsum(seconds) - seconds + usual / 2 <= budget.minutes * 60
    fresh, known = order[done & new], order[done & ~new]
    person.meet(fresh, day, ratings[done & new])
    person.review(known, day, ratings[done & ~new])
    belief.met(fresh, day, ratings[done & new])
    belief.answered(known, day, ratings[done & ~new])
