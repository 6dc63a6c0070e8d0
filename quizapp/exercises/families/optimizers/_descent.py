"""What the descents that follow a function share: the step, its two slips, its bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.family import GivenError, Slip, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, num

if TYPE_CHECKING:
    from collections.abc import Callable

STEEPEST = 5.0
"""The largest factor by which a line of a variant may enlarge the rounding of a line above it."""
_VISIBLE = 0.003  # a mistake of three units in the third decimal is no rounding any more
_APART = 0.02


def next_iterate(eta: float, gradients: Any, iterates: Any, row: int) -> Any:
    """The next point, x - eta g. Raises ValueError where the run leaves all bounds."""
    return bounded(iterates[row - 1] - eta * gradients[row])


def bounded(value: Any) -> Any:
    """The value itself; ValueError where it is not finite, since a run cannot go on from there."""
    if not np.isfinite(value).all():
        raise ValueError("the run diverges: its values leave all bounds")
    return value


def iterate_work(x0: Any, eta: float, gradients: Any, iterates: Any, value: Any) -> list[Work]:
    """The step x - eta g with the numbers, for every entry of every row."""
    visited = np.array([x0, *iterates])
    return [
        Work(at, rf"{num(visited[at])} - {factor(eta)} \cdot {factor(gradients[at])}")
        for at in entries(value)
    ]


def along(rule: Callable[[Any, int], Any], start: Any, rows: Any) -> Any:
    """What a rule gives in every row of a run; it reads the visited points and the row."""
    visited = [start, *rows]
    return np.array([rule(visited, row) for row in range(1, len(visited))])


def unlike(a: Any, b: Any) -> bool:
    """Whether two lines differ in some entry."""
    return bool(np.any(np.abs(a - b) > TIE))


def confusable(right: Any, *wrong: Any) -> bool:
    """Whether two mistakes look alike in the first row in which one of them shows.

    The rows are those along the right run: up to there a student with the mistake follows it.
    """
    for number, mistaken in enumerate(wrong):
        apart = np.abs(mistaken - right).reshape(len(right), -1).max(axis=1)
        if not np.any(apart > _VISIBLE):
            continue
        row = int(np.argmax(apart > _VISIBLE))
        for other in (*wrong[:number], *wrong[number + 1 :]):
            gap = np.abs(other[row] - mistaken[row])
            if np.all(gap < _APART * (1.0 + np.abs(mistaken[row]))):
                return True
    return False


def step_count(T: float) -> int:
    """One row per step."""
    return int(T)


def check_run(eta: float, T: float) -> None:
    """A learning rate is not negative, and a run has at least one step."""
    if eta < 0:
        raise GivenError("'eta' is negative: a learning rate is at least 0.", where="eta")
    if T < 1:
        raise GivenError("'T' is the number of steps: at least 1.", where="T")


STEP_SLIPS = (
    Slip(
        "ascent",
        "iterates",
        lambda eta, gradients, iterates, row: bounded(iterates[row - 1] + eta * gradients[row]),
        "This climbs: gradient DESCENT subtracts the gradient.",
        when=lambda eta, gradients: abs(eta) > TIE and bool(np.any(np.abs(gradients) > TIE)),
    ),
    Slip(
        "eta-missing",
        "iterates",
        lambda gradients, iterates, row: bounded(iterates[row - 1] - gradients[row]),
        "The learning rate is missing.",
        when=lambda eta, gradients: abs(eta - 1.0) > TIE and bool(np.any(np.abs(gradients) > TIE)),
    ),
)
"""Slips of the step: ``ascent`` and ``eta-missing``."""
