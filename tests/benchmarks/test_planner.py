"""Exam-day recall of the planner against other policies, over learners and budgets.

Prints a table: ``pytest tests/benchmarks/test_planner.py -n 0 -s``. ``SEEDS`` is how many times the
usual seeds each row is averaged over (default 1), ``CARDS`` and ``DAYS`` which sizes (with commas
between; default all). A row's last column is ours less the best of the others, in points.
"""

from __future__ import annotations

import os

import numpy as np

from tests.benchmarks.planning.learners import KINDS, learner
from tests.benchmarks.planning.policies import (
    SECONDS_NEW,
    DueFirst,
    Greedy,
    NewFirst,
    Planned,
)
from tests.benchmarks.planning.simulation import Budget, Policy, run

POLICIES: dict[str, Policy] = {
    "due 0.90": DueFirst(0.90),
    "due 0.95": DueFirst(0.95),
    "new first": NewFirst(),
    "greedy": Greedy(),
    "ours": Planned(),
}
TIGHTNESS = {"tight": 1.2, "middle": 2.0, "slack": 4.0}
"""The time there is, in times of what meeting every card once takes."""
SEEDS = {7: 8, 14: 6, 30: 2, 60: 2}
WITHIN = 0.5


def sizes(name: str, usual: str) -> list[int]:
    """Return the numbers of an environment variable."""
    return [int(number) for number in os.environ.get(name, usual).split(",")]


def recall(policy: Policy, kind: str, budget: Budget, seeds: int) -> float:
    """Return the mean recall on the day in per cent, over seeds."""
    runs = [run(policy, learner(kind, budget.cards, seed), budget, seed) for seed in range(seeds)]
    return float(np.mean(runs)) * 100


def row(kind: str, budget: Budget, label: str) -> float:
    """Print a row, and return how far ours is from the best of the others."""
    seeds = max(1, round(SEEDS.get(budget.days, 2) * float(os.environ.get("SEEDS", "1"))))
    values = [recall(policy, kind, budget, seeds) for policy in POLICIES.values()]
    margin = values[-1] - max(values[:-1])
    print(
        f"{budget.cards:5} {budget.days:4} {budget.minutes:6.1f} {label:7} {kind:24}"
        + "".join(f"{value:10.2f}" for value in values)
        + f"{margin:8.2f}{'  short' if margin < -WITHIN else ''}",
        flush=True,
    )
    return margin


def test_recall_on_the_exam_day() -> None:
    print(
        f"\ncards days minutes a day  {'learner':24}"
        + "".join(f"{name:>10}" for name in POLICIES)
        + "  margin"
    )
    margins = [
        row(kind, Budget(cards, days, round(cards * SECONDS_NEW * times / 60 / days, 1)), label)
        for days in sizes("DAYS", "7,14,30,60")
        for cards in sizes("CARDS", "300,1000")
        for label, times in TIGHTNESS.items()
        for kind in KINDS
    ]
    short = sum(margin < -WITHIN for margin in margins)
    print(
        f"{len(margins)} rows, {short} short; worst {min(margins):.2f}, mean {np.mean(margins):.2f}"
    )
    assert margins
