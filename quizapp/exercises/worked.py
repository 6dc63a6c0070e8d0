"""The worked solution and the hints, read off the graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.core.text import quoted
from quizapp.exercises.formulas import formula
from quizapp.exercises.graph import Undefined, alternatives, call, evaluate, parameters
from quizapp.exercises.problem import ProblemError
from quizapp.exercises.rounding import SMALL
from quizapp.exercises.values import encoded, same
from quizapp.mathtext import inline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.exercises.family import Step, Value, Work
    from quizapp.exercises.problem import Problem


@dataclass(frozen=True, slots=True)
class WorkedLine:
    """One line of the solution: step, formula (LaTeX), substitution with the numbers, value."""

    number: int
    step: Step
    formula: str
    work: tuple[Work, ...]
    value: Value


def worked(problem: Problem) -> list[WorkedLine]:
    """The solution line by line. Raises ProblemError where there is none."""
    values = problem.solve()
    scope = {**problem.env, **values}
    return [
        WorkedLine(number, step, formula(problem, step), _work(step, scope), values[step.name])
        for number, step in enumerate(problem.family.steps, start=1)
    ]


def _work(step: Step, scope: Mapping[str, Any]) -> tuple[Work, ...]:
    """The substitution; none where a step has none or it cannot be written with finite numbers."""
    if step.work is None:
        return ()
    try:
        with np.errstate(all="ignore"):
            return tuple(call(step.work, {**scope, "value": scope[step.name]}))
    except Undefined:
        return ()


_VERY_LARGE = 1e15
HINTS = 3
"""How many hints a line has: what it needs, its formula, its first entry worked out."""


def hint(problem: Problem, step: str, number: int) -> tuple[str, str]:
    """Hint 1, 2 or 3 for a line, as a sentence and a formula in LaTeX ("" if none).

    Raises ProblemError where there is no such line.
    """
    line = next((line for line in worked(problem) if line.step.name == step), None)
    if line is None:
        names = ", ".join(problem.family.by_name)
        raise ProblemError(f"there is no line {quoted(step)}; the lines are {names}.", where="step")
    if number <= 1:
        return _needs(problem, line), ""
    if number == 2 or not line.work:
        return "Its formula:", line.formula
    first = line.work[0]
    entry = encoded(line.step, line.value)[first.index]
    return (
        "Its first entry:",
        f"{first.latex} = {rounded(entry, problem.decimals, figures=line.step.figures)}",
    )


def _needs(problem: Problem, line: WorkedLine) -> str:
    """What a line is computed from: givens by symbol, earlier lines by number."""
    family = problem.family
    symbols = {given.name: inline(given.symbol) for given in family.givens}
    numbers = {step.name: n for n, step in enumerate(family.steps, start=1)}
    read = [name for name in parameters(line.step.rule) if name != line.step.name]
    sources = [symbols[name] for name in read if name in symbols]
    sources += [f"line {numbers[name]}" for name in read if name in numbers]
    if not sources:
        return f"{line.step.title}: read it off the problem."
    *rest, last = sources
    return f"{line.step.title}: it needs {', '.join(rest) + ' and ' if rest else ''}{last}."


def rounded(value: Any, decimals: int, *, figures: bool = False) -> str:
    """A number as a student writes it with this many decimals.

    Where the step asks for ``figures``, small numbers are written in significant figures.
    """
    number = float(value)
    if np.isinf(number):
        return "inf" if number > 0 else "-inf"
    if abs(number) >= _VERY_LARGE or (figures and 0 < abs(number) < SMALL):
        return f"{number:.{max(decimals, 3)}g}"
    text = f"{number:.{decimals}f}"
    if "." in text and float(text) == round(number, 9):
        text = text.rstrip("0").rstrip(".")
    return text if float(text) else text.removeprefix("-")


def matters(problem: Problem) -> list[str]:
    """The conventions on which the numbers of this problem depend, in the family's order."""
    right = problem.solve()
    base = dict(problem.conventions)
    found = set()
    for setting in alternatives(problem.family, base):
        differing = [name for name in base if setting[name] != base[name]]
        if len(differing) > 1:
            break
        if differing[0] not in found and not _same(problem, setting, right):
            found.add(differing[0])
    return [name for name in base if name in found]


def _same(problem: Problem, setting: Mapping[str, str], right: Mapping[str, Value]) -> bool:
    try:
        other = evaluate(problem.family, {**problem.env, **setting})
    except Undefined:
        return False
    steps = problem.family.by_name
    return all(same(steps[name], other[name], value) for name, value in right.items())
