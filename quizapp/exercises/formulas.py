"""The formula of a line under the conventions and givens of one problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.exercises.graph import Undefined, call

if TYPE_CHECKING:
    from quizapp.exercises.family import Step
    from quizapp.exercises.problem import Problem


def formula(problem: Problem, step: Step) -> str:
    """The formula of a step in LaTeX as it stands for this problem.

    Where the step has only its general form, or none that fits these givens, that form.
    """
    if step.formula_for is None:
        return step.formula
    try:
        return str(call(step.formula_for, problem.env))
    except Undefined:
        return step.formula
