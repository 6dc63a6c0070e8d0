"""Other conventions that give other numbers: what each line would be under them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.exercises.graph import Undefined, alternatives, evaluate, finite
from quizapp.exercises.values import same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.exercises.family import Value
    from quizapp.exercises.problem import Problem

SAME = 1e-9
"""Two values that are closer than this are the same number."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One convention set otherwise: its name, the other value, and the lines that change."""

    convention: str
    value: str
    lines: Mapping[str, Value]
    """The values of the lines that change, by step, in order; the first is where they part."""


def differences(problem: Problem) -> list[Difference]:
    """Every other value of a single convention under which some line changes, in order.

    A value under which these givens have no solution (they do not fit, a logarithm of 0) is
    left out: nobody computes with it. Raises ProblemError where the problem has no solution.
    """
    right = problem.solve()
    base = dict(problem.conventions)
    out = []
    for setting in alternatives(problem.family, base):
        changed = [name for name in base if setting[name] != base[name]]
        if len(changed) > 1:
            break
        lines = _changed(problem, setting, right)
        if lines:
            out.append(Difference(changed[0], setting[changed[0]], lines))
    order = list(base)
    return sorted(out, key=lambda one: order.index(one.convention))


def _changed(
    problem: Problem, setting: Mapping[str, str], right: Mapping[str, Value]
) -> dict[str, Value]:
    try:
        other = evaluate(problem.family, {**problem.env, **setting})
    except Undefined:
        return {}
    if not all(map(finite, other.values())) and all(map(finite, right.values())):
        return {}
    steps = problem.family.by_name
    return {n: value for n, value in other.items() if not same(steps[n], value, right[n], SAME)}
