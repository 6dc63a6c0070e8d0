"""Simulated learners: how they really forget, which no schedule may look at.

All follow some law of forgetting card by card, over arrays: ``recall`` is the true probability,
``meet`` and ``review`` change what they know. Chance comes from outside, so that every policy
is tried on the same luck.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from quizapp.scheduling.memory import Scheduler
from quizapp.scheduling.twin import AGAIN, STEPS_AFTER_FIRST, Twin

if TYPE_CHECKING:
    from quizapp.scheduling.twin import Floats, Ints

DEFAULTS = Scheduler().parameters
FIRST = np.cumsum([0.24, 0.10, 0.53, 0.13])
RATED = np.cumsum([0.1, 0.8, 0.1])


class Learner(Protocol):
    """What a simulation needs to know of a person."""

    def recall(self, cards: Ints, day: int) -> Floats:
        """Return the true probability of recalling cards seen before."""

    def first_ratings(self, cards: Ints, luck: Floats) -> Ints:
        """Return how new cards would be rated."""

    def ratings(self, cards: Ints, day: int, luck: Floats) -> Ints:
        """Return how cards seen before would be rated."""

    def meet(self, cards: Ints, day: int, ratings: Ints) -> None:
        """Learn new cards, with their learning steps."""

    def review(self, cards: Ints, day: int, ratings: Ints) -> None:
        """Answer cards seen before; what is forgotten is learned again at once."""


@dataclass(frozen=True, slots=True)
class Law:
    """A law of forgetting in the terms of FSRS, with what may differ from card to card."""

    parameters: tuple[float, ...] = DEFAULTS
    exponential: bool = False
    """Recall is 0.9^(t/S) instead of FSRS's power curve."""

    floor: float = 0.0
    """Of what is known, how much is never forgotten."""

    spread: float = 0.0
    """Standard deviation of the log of a card's own factor on its first stability."""

    start: float = 1.0
    """A factor on every first stability."""

    growth: float = 1.0
    """A factor on how much a successful review adds."""


class StabilityLearner:
    """A learner whose cards have a stability and a difficulty of their own."""

    def __init__(self, law: Law, count: int, rng: np.random.Generator) -> None:
        self.law, self.twin = law, Twin(law.parameters)
        ease = rng.normal(size=count)
        self._factor = law.start * np.exp(law.spread * ease)
        self._growth = law.growth * np.exp(0.5 * law.spread * ease)
        self._unlucky = 0.15 * law.spread * ease
        self.stability, self.difficulty = np.ones(count), np.full(count, 5.0)
        self.last = np.zeros(count, dtype=np.int64)

    def recall(self, cards: Ints, day: int) -> Floats:
        """Return the true probability of recall."""
        elapsed, stability = day - self.last[cards], self.stability[cards]
        left = self.twin.recall(stability, elapsed)
        if self.law.exponential:
            left = 0.9 ** (elapsed / stability)
        return self.law.floor + (1 - self.law.floor) * left

    def first_ratings(self, cards: Ints, luck: Floats) -> Ints:
        """Return first ratings; harder cards are rated worse."""
        return _first(luck[:, 0] - self._unlucky[cards])

    def ratings(self, cards: Ints, day: int, luck: Floats) -> Ints:
        """Return ratings: Again where the card is not recalled."""
        return _rated(luck, self.recall(cards, day))

    def meet(self, cards: Ints, day: int, ratings: Ints) -> None:
        """Learn new cards."""
        stability, difficulty = self.twin.learned(ratings)
        self.stability[cards] = np.maximum(stability * self._factor[cards], 0.01)
        self.difficulty[cards], self.last[cards] = difficulty, day

    def review(self, cards: Ints, day: int, ratings: Ints) -> None:
        """Answer cards."""
        recall, stability, kept = self.recall(cards, day), self.stability[cards], ratings > AGAIN
        difficulty = self.difficulty[cards]
        grown = self.twin.recalled(stability, difficulty, recall, ratings)
        grown = stability + (grown - stability) * self._growth[cards]
        lost = self.twin.same_day(
            self.twin.forgotten(stability, difficulty, recall), np.full_like(ratings, 3)
        )
        self.stability[cards] = np.maximum(np.where(kept, grown, lost), 0.01)
        self.difficulty[cards] = self.twin.next_difficulty(difficulty, ratings)
        self.last[cards] = day


class TraceLearner:
    """A learner without any stability: each answer leaves a trace that decays by itself.

    Pavlik and Anderson (2005), with their spacing effect: a trace laid down while a card is
    still active decays faster. The threshold is lower than theirs, as these cards mean something.
    """

    SECONDS_A_DAY, DECAY, SPACING, THRESHOLD, NOISE = 2160.0, 0.177, 0.217, -1.35, 0.255

    def __init__(self, count: int, traces: int = 120) -> None:
        self._day = np.full((count, traces), np.inf)
        self._decay = np.ones((count, traces))
        self._count = np.zeros(count, dtype=np.int64)

    def recall(self, cards: Ints, day: int) -> Floats:
        """Return the true probability of recall."""
        active = np.log(np.maximum(self._activation(cards, day), 1e-9))
        return 1 / (1 + np.exp((self.THRESHOLD - active) / self.NOISE))

    def first_ratings(self, cards: Ints, luck: Floats) -> Ints:
        """Return first ratings."""
        return _first(luck[:, 0])

    def ratings(self, cards: Ints, day: int, luck: Floats) -> Ints:
        """Return ratings: Again where the card is not recalled."""
        return _rated(luck, self.recall(cards, day))

    def meet(self, cards: Ints, day: int, ratings: Ints) -> None:
        """Learn new cards: a trace for each answer."""
        self._lay(cards, day)
        for step in range(2):
            more = np.choose(ratings - 1, [STEPS_AFTER_FIRST[r] for r in (1, 2, 3, 4)]) > step
            self._lay(cards[more], day)

    def review(self, cards: Ints, day: int, ratings: Ints) -> None:
        """Answer cards; what is forgotten leaves two traces."""
        self._lay(cards, day)
        self._lay(cards[ratings == AGAIN], day)

    def _activation(self, cards: Ints, day: int) -> Floats:
        # A trace of the same day is ten minutes old.
        age = np.maximum((day - self._day[cards]) * self.SECONDS_A_DAY, 600.0)
        active = np.where(np.isfinite(self._day[cards]), age ** -self._decay[cards], 0.0)
        total: Floats = active.sum(axis=1)
        return total

    def _lay(self, cards: Ints, day: int) -> None:
        place = np.minimum(self._count[cards], self._day.shape[1] - 1)
        self._decay[cards, place] = self.SPACING * self._activation(cards, day) + self.DECAY
        self._day[cards, place] = day
        self._count[cards] += 1


def _first(luck: Floats) -> Ints:
    return np.searchsorted(FIRST, np.clip(luck, 0.0, 0.999), side="right") + 1


def _rated(luck: Floats, recall: Floats) -> Ints:
    rated = np.searchsorted(RATED, luck[:, 1] * 0.999, side="right") + 2
    return np.where(luck[:, 0] < recall, rated, AGAIN)


def perturbed(rng: np.random.Generator) -> tuple[float, ...]:
    """Return FSRS parameters a person might have: each off by about a quarter."""
    factors = np.exp(rng.normal(0.0, 0.25, size=21))
    factors[[4, 7, 20]] = np.exp(rng.normal(0.0, 0.1, size=3))
    factors[8] = np.exp(rng.normal(0.0, 0.15))
    return tuple(float(w) for w in np.array(DEFAULTS) * factors)


def learner(kind: str, count: int, seed: int) -> Learner:
    """Return a learner of a kind, the same for the same seed."""
    rng = np.random.default_rng([seed, 1])
    if kind == "traces":
        return TraceLearner(count)
    laws = {
        "fsrs": Law(),
        "perturbed": Law(perturbed(rng)),
        "fast": Law(start=0.4, growth=0.6),
        "slow": Law(start=2.0, growth=1.3),
        "exponential": Law(exponential=True),
        "spread": Law(spread=0.8),
        "fast exponential spread": Law(exponential=True, spread=0.6, start=0.6, growth=0.8),
        "steep power, spread": Law((*DEFAULTS[:20], 0.5), spread=0.5, start=0.8, growth=0.7),
        "exponential to a floor": Law(exponential=True, floor=0.3, start=0.4, spread=0.3),
    }
    return StabilityLearner(laws[kind], count, rng)


KINDS = (
    "fsrs",
    "perturbed",
    "fast",
    "slow",
    "exponential",
    "spread",
    "fast exponential spread",
    "traces",
)
HELD_OUT = ("steep power, spread", "exponential to a floor")
"""Learners that nothing of the planner was tuned on."""
