"""The policies that are compared: what others do, and the planner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quizapp.scheduling.foresight import Foresight
from quizapp.scheduling.forgetting import Forgetting
from quizapp.scheduling.horizon import Pace
from quizapp.scheduling.outlook import Deck, Outlook
from quizapp.scheduling.standing import Standing, ordered, pressing
from quizapp.scheduling.twin import Twin
from tests.benchmarks.planning.simulation import ANSWER, SECONDS_NEW, Belief, Budget

if TYPE_CHECKING:
    from quizapp.scheduling.twin import Floats, Ints


def heaviest_new(belief: Belief) -> Ints:
    """Return the new cards, those of the heaviest topic first, else in their order."""
    new = np.flatnonzero(~belief.seen)
    return new[np.argsort(-belief.weight[new], kind="stable")]


class DueFirst:
    """Anki: what is due, longest overdue first, then new cards as long as there is time."""

    def __init__(self, retention: float) -> None:
        self.retention = retention

    def due(self, belief: Belief, day: int) -> Ints:
        twin = Twin(belief.twin.w.tolist(), self.retention)
        known = np.flatnonzero(belief.seen)
        due = belief.last[known] + twin.interval(belief.stability[known])
        order = np.argsort(due, kind="stable")
        return known[order][due[order] <= day]

    def __call__(self, belief: Belief, day: int, budget: Budget) -> Ints:
        return np.concatenate([self.due(belief, day), heaviest_new(belief)])


class NewFirst(DueFirst):
    """New cards, then what is due, then in the last days each card once, weakest first."""

    def __init__(self) -> None:
        super().__init__(0.9)

    def __call__(self, belief: Belief, day: int, budget: Budget) -> Ints:
        known = np.flatnonzero(belief.seen)
        new = heaviest_new(belief)
        needed = int(np.ceil(budget.cards * ANSWER * 1.15 / (budget.minutes * 60)))
        begin = max(budget.days - needed, budget.days // 2)
        if day < begin:
            return np.concatenate([new, self.due(belief, day)])
        waiting = known[belief.last[known] < begin]
        recall = belief.twin.recall(belief.stability[waiting], budget.days - belief.last[waiting])
        return np.concatenate([new, waiting[np.argsort(recall, kind="stable")]])


def gains(belief: Belief, day: int, budget: Budget) -> tuple[Floats, Floats]:
    """Return for all cards what an answer today adds on the exam day, and its seconds."""
    twin, left = belief.twin, budget.days - day
    stability, difficulty = belief.stability, belief.difficulty
    elapsed = day - belief.last
    recall = twin.recall(stability, elapsed)
    good = twin.reviewed(stability, difficulty, elapsed, np.array(3))[0]
    again = twin.reviewed(stability, difficulty, elapsed, np.array(1))[0]
    later = recall * twin.recall(good, left) + (1 - recall) * twin.recall(again, left)
    first = twin.recall(twin.learned(np.array([1, 2, 3, 4]))[0], left)
    fresh = float(first @ np.array([0.24, 0.10, 0.53, 0.13]))
    gain = np.where(belief.seen, later - twin.recall(stability, elapsed + left), fresh)
    return gain * belief.weight, np.where(belief.seen, ANSWER * (2 - recall), SECONDS_NEW)


class Greedy:
    """What adds most a second on the exam day, if nothing came after it."""

    def __call__(self, belief: Belief, day: int, budget: Budget) -> Ints:
        gain, seconds = gains(belief, day, budget)
        open_ = ~belief.seen | (belief.last < day)
        order = np.argsort(-gain / seconds, kind="stable")
        return order[(open_ & (gain > 0))[order]]


def covering(belief: Belief) -> Ints:
    """Return the first card of each item of which no card has been met."""
    met = np.unique(belief.items[belief.seen])
    _, first = np.unique(belief.items, return_index=True)
    return first[~np.isin(belief.items[first], met)]


class Planned:
    """The planner: most urgent first, as seen from the exam and from the reviews so far."""

    def __init__(self, *, every_item: bool = True) -> None:
        """``every_item`` is whether new items press at the last moment, as the planner has it."""
        self._every_item = every_item

    def __call__(self, belief: Belief, day: int, budget: Budget) -> Ints:
        deck = Deck(
            belief.seen,
            belief.stability,
            belief.difficulty,
            belief.last - day,
            belief.weight,
        )
        calendar = budget.calendar(day)
        foresight = Foresight(belief.twin, Forgetting(-belief.twin.decay, belief.experience()))
        needed, first = covering(belief), 0
        must = needed if self._every_item else needed[:0]
        outlook = Outlook(foresight, deck, calendar, Pace(ANSWER, SECONDS_NEW), must)
        if self._every_item:
            first = pressing(len(needed), calendar.seconds[1:], SECONDS_NEW)
        return ordered(Standing(outlook, deck).urgency(0), deck, needed, needed[:first])
