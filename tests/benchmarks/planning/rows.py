"""The rows of the comparison: who learns how much in what time, and how each policy does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tests.benchmarks.planning.learners import HELD_OUT, KINDS, learner
from tests.benchmarks.planning.policies import DueFirst, Greedy, NewFirst, Planned
from tests.benchmarks.planning.simulation import SECONDS_NEW, Budget, Policy, run

if TYPE_CHECKING:
    import numpy.typing as npt

    from quizapp.scheduling.twin import Floats

POLICIES: dict[str, Policy] = {
    "due 0.90": DueFirst(0.90),
    "due 0.95": DueFirst(0.95),
    "new first": NewFirst(),
    "greedy": Greedy(),
    "ours": Planned(),
}
FREE = Planned(every_item=False)
"""Ours, were items allowed to stay unmet."""
TIGHTNESS = {"tight": 1.2, "middle": 2.0, "slack": 4.0}
"""The time there is, in times of what meeting every card once takes."""
LEAST = 5
"""Of so many learners at least a row is the mean."""
MOST = {7: 32, 14: 24, 30: 14, 60: 8}
"""Of so many learners at most, by days; half as many with decks that are large."""
LONG, MORE = 30, 4
"""From so many days on, tight rows take so many times as many: there chance is largest."""
PRECISE = 0.2
"""No further learners are tried once the standard error of the margin is below this."""
FIRST_SEED = 1000
"""The constants of the planner were chosen on the seeds below this."""
WITHIN = 0.5


@dataclass(frozen=True, slots=True)
class Case:
    """A row to be computed."""

    label: str
    kind: str
    budget: Budget

    @property
    def short_of_time(self) -> bool:
        """Whether meeting every item might cost anything."""
        return self.label not in {"middle", "slack", "days off"}


@dataclass(frozen=True, slots=True)
class Cost:
    """What it costs that every item is met."""

    recall: float
    """In points of recall, negative where it costs."""

    error: float
    unmet: float
    """Items that would stay unmet otherwise."""


@dataclass(frozen=True, slots=True)
class Row:
    """Mean recall on the day in per cent by policy, and how far ours is from the best other."""

    case: Case
    seeds: int
    recall: tuple[float, ...]
    margin: float
    error: float
    """The standard error of the margin, over learners; all policies met the same luck."""

    unmet: float
    """Items that ours leaves unmet, on average."""

    theirs: float
    """Items that the best other policy leaves unmet."""

    cost: Cost | None
    """None where there is time enough."""

    @property
    def short(self) -> bool:
        """Whether ours is neither best nor within ``WITHIN`` points of the best."""
        return self.margin < -WITHIN

    @property
    def surely(self) -> bool:
        """Whether that is more than chance explains: two standard errors beyond."""
        return self.margin + 2 * self.error < -WITHIN


def budget(cards: int, days: int, times: float, **more: object) -> Budget:
    """Return a budget of so many times what meeting every card once takes."""
    off = more.get("off", frozenset())
    study = days - len(off) if isinstance(off, frozenset) else days
    return Budget(cards, days, round(cards * SECONDS_NEW * times / 60 / study, 1), **more)  # type: ignore[arg-type]


def usual(cards: list[int], days: list[int]) -> list[Case]:
    """Return the learners by sizes and times."""
    return [
        Case(label, kind, budget(size, length, times))
        for size in cards
        for length in days
        for label, times in TIGHTNESS.items()
        for kind in (*KINDS, *HELD_OUT)
    ]


def special(days: list[int]) -> list[Case]:
    """Return topics of unequal weight, days off, and a deck partly learned before."""
    uneven = (0.4, 0.25, 0.2, 0.1, 0.05)
    off = frozenset(day for day in range(60) if day % 7 in {5, 6})
    kinds = ("fsrs", "fast", "exponential", "traces", HELD_OUT[0])
    return [
        case
        for length in days
        for kind in kinds
        for case in (
            Case("weights", kind, budget(300, length, 1.2, topics=uneven)),
            Case("weights 0.6", kind, budget(300, length, 0.6, topics=uneven)),
            Case(
                "days off",
                kind,
                budget(300, length, 2.0, off=frozenset(d for d in off if d < length)),
            ),
            Case("known before", kind, budget(300, length, 0.6, earlier=40)),
        )
    ]


def row(case: Case, times: float) -> Row:
    """Return a row over at most ``times`` the usual number of learners."""
    cards = case.budget.cards
    most = round(MOST.get(case.budget.days, 8) * times * (0.5 if cards > 500 else 1))
    most *= MORE if case.label == "tight" and case.budget.days >= LONG else 1
    policies = [*POLICIES.values(), *([FREE] if case.short_of_time else [])]
    runs: list[list[tuple[float, int]]] = []
    while True:
        seed = FIRST_SEED + len(runs)
        done = [run(one, learner(case.kind, cards, seed), case.budget, seed) for one in policies]
        runs.append([(outcome.recall * 100, outcome.unmet) for outcome in done])
        made = _averaged(case, np.array(runs)) if len(runs) >= min(LEAST, max(2, most)) else None
        if made and (made.error <= PRECISE or len(runs) >= most):
            return made


def _averaged(case: Case, runs: npt.NDArray[np.float64]) -> Row:
    """Return the row of runs, (learners, policies, recall and items unmet)."""
    ours = len(POLICIES) - 1
    means = runs.mean(axis=0)
    best = int(np.argmax(means[:ours, 0]))
    margin, error = _apart(runs[:, ours, 0], runs[:, best, 0])
    cost = None
    if case.short_of_time:
        cost = Cost(*_apart(runs[:, ours, 0], runs[:, -1, 0]), float(means[-1, 1]))
    return Row(
        case=case,
        seeds=len(runs),
        recall=tuple(means[: ours + 1, 0].tolist()),
        margin=margin,
        error=error,
        unmet=float(means[ours, 1]),
        theirs=float(means[best, 1]),
        cost=cost,
    )


def _apart(one: Floats, other: Floats) -> tuple[float, float]:
    """Return by how much one is above the other, and the standard error of that."""
    apart = one - other
    return float(apart.mean()), float(apart.std(ddof=1) / np.sqrt(len(apart)))
