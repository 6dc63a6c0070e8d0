"""How long marking takes beside solving, sheet by sheet.

Prints and never asserts: ``pytest tests/benchmarks/test_marking_speed.py -n 0 -s``.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.grading import mark
from quizapp.exercises.graph import applies
from quizapp.exercises.problem import plain, read_problem
from quizapp.exercises.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.exercises.family import Slip
    from quizapp.exercises.problem import Problem

RUNS = 60
THREE_TOKENS = {
    "family": "attention",
    "givens": {
        "Q": [[1, 0], [0, 1], [1, 1]],
        "K": [[1, 1], [0, 1], [2, 0]],
        "V": [[2, -1], [1, 3], [0, 1]],
    },
}


def milliseconds(act: Callable[[], object]) -> float:
    """The median of many runs, in ms."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e3


def as_typed(values: dict[str, Any], decimals: int) -> dict[str, Any]:
    """Values as a student writes them: rounded, as text where they are numbers."""
    return {name: _as_typed(value, decimals) for name, value in values.items()}


def _as_typed(value: Any, decimals: int) -> Any:
    if isinstance(value, (str, list)):  # words, or rows of lengths of their own
        return plain(value)
    array = np.asarray(value)
    return _text(array, decimals) if array.ndim <= 2 else plain(value)


def _text(value: Any, decimals: int) -> str:
    rows = np.atleast_2d(value)
    if value.dtype == bool:
        return ", ".join("yes" if entry else "no" for entry in rows.flat)
    return "; ".join(" ".join(f"{float(x):.{decimals}f}" for x in row) for row in rows)


def slipped(problem: Problem, slip: Slip) -> dict[str, Any]:
    world = World(problem.family, problem.env, problem.decimals, replaced={slip.step: slip.rule})
    return as_typed(world.values, problem.decimals)


def answer_sheets(problem: Problem) -> dict[str, dict[str, Any]]:
    """An honest student's lines, and one sheet for every slip that can be made here."""
    scope = {**problem.solve(), **problem.env}
    sheets = {"no slip": as_typed(problem.solve(), problem.decimals)}
    for slip in problem.family.slips:
        if applies(slip.when, scope):
            sheets[slip.name] = slipped(problem, slip)
    return sheets


def test_marking_attention_with_three_tokens() -> None:
    solving = milliseconds(lambda: read_problem(THREE_TOKENS).solve())
    print(f"\nattention, three tokens      ms     times solving ({solving:.3f} ms)")
    for name, answers in answer_sheets(read_problem(THREE_TOKENS)).items():

        def marking(answers: dict[str, Any] = answers) -> object:
            return mark(read_problem(THREE_TOKENS), answers)

        took = milliseconds(marking)
        print(f"{name:<24} {took:>7.2f} {took / solving:>9.1f}")
