"""The policies that are compared: what others do, and the planner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quizapp.scheduling.horizon import Pace
from quizapp.scheduling.outlook import Calendar, Deck, Outlook
from quizapp.scheduling.standing import Standing, ordered
from quizapp.scheduling.twin import Twin
from tests.benchmarks.planning.simulation import ANSWER, Belief, Budget

if TYPE_CHECKING:
    from quizapp.scheduling.twin import Floats, Ints

SECONDS_NEW = 14.0 + 8.0 * (0.24 * 2 + 0.10 * 2 + 0.53)


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
        return np.concatenate([self.due(belief, day), np.flatnonzero(~belief.seen)])


class NewFirst(DueFirst):
    """New cards, then what is due, then in the last days each card once, weakest first."""

    def __init__(self) -> None:
        super().__init__(0.9)

    def __call__(self, belief: Belief, day: int, budget: Budget) -> Ints:
        known = np.flatnonzero(belief.seen)
        new = np.flatnonzero(~belief.seen)
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
    return gain, np.where(belief.seen, ANSWER * (2 - recall), SECONDS_NEW)


class Greedy:
    """What adds most a second on the exam day, if nothing came after it."""

    def __call__(self, belief: Belief, day: int, budget: Budget) -> Ints:
        gain, seconds = gains(belief, day, budget)
        open_ = ~belief.seen | (belief.last < day)
        order = np.argsort(-gain / seconds, kind="stable")
        return order[(open_ & (gain > 0))[order]]


class CoverThenGreedy(Greedy):
    """New cards first, then greedy."""

    def __call__(self, belief: Belief, day: int, budget: Budget) -> Ints:
        order = super().__call__(belief, day, budget)
        return np.concatenate([np.flatnonzero(~belief.seen), order[belief.seen[order]]])


class Planned:
    """The planner: most urgent first, as seen from the exam."""

    def __call__(self, belief: Belief, day: int, budget: Budget) -> Ints:
        days = np.arange(budget.days - day)
        calendar = Calendar(days, np.full(len(days), budget.minutes * 60.0), budget.days - day)
        pace = Pace(ANSWER, SECONDS_NEW)
        deck = Deck(
            belief.seen,
            belief.stability,
            belief.difficulty,
            belief.last - day,
            np.ones(budget.cards),
        )
        urgency = Standing(Outlook(belief.twin, deck, calendar, pace), deck).urgency(0)
        new = np.flatnonzero(~belief.seen)
        return ordered(urgency, deck, new, calendar, 0, pace)
