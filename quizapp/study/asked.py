"""What each line of a problem asks for: its shape, and what its rows are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.exercises.graph import parameters, row_count
from quizapp.study.cells import folded

if TYPE_CHECKING:
    from quizapp.exercises.family import Step
    from quizapp.exercises.problem import Problem

MOST_CELLS = 600
"""Lines with more entries are typed or pasted as one text."""
_LONGEST_ROW = 10
_ORDER = "sweeps"


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of an exercise.

    ``shape`` is None where a line is one text; ``labels`` name its rows, "" or () where there is
    nothing to name. ``upright`` vectors are written from top to bottom.
    """

    number: int
    step: Step
    shape: tuple[int, ...] | None
    labels: tuple[str, ...] = ()
    upright: bool = False

    @property
    def grid(self) -> tuple[int, int]:
        """Rows and columns of the cells on screen."""
        rows, columns = folded(self.shape or ())
        return (columns, rows) if self.upright else (rows, columns)

    @property
    def block(self) -> int:
        """How many rows belong together: those of one matrix of a deeper value."""
        if self.shape is None or len(self.shape) < 3:
            return 0
        return self.shape[-2]


def asked(problem: Problem) -> tuple[Asked, ...]:
    """The lines of a problem, in order. Raises ProblemError where it has no solution."""
    problem.solve()
    return tuple(
        _asked(problem, number, step) for number, step in enumerate(problem.family.steps, start=1)
    )


def _asked(problem: Problem, number: int, step: Step) -> Asked:
    value = problem.truth.value(step.name)
    if value is None or value.size > MOST_CELLS or 0 in value.shape:
        return Asked(number, step, None)
    shape = tuple(value.shape)
    labels = row_labels(problem, step, shape)
    upright = len(shape) == 1 and (bool(labels) or shape[0] > _LONGEST_ROW)
    if (upright or len(shape) > 2) and not labels:
        labels = tuple(str(n) for n in range(1, shape[0] + 1))
    if len(shape) > 2:
        labels = _above_blocks(labels, folded(shape)[0])
    return Asked(number, step, shape, labels, upright)


def _above_blocks(labels: tuple[str, ...], rows: int) -> tuple[str, ...]:
    """A label for the first of every block of rows."""
    tall = rows // len(labels)
    return tuple(label if k == 0 else "" for label in labels for k in range(tall))


def row_labels(problem: Problem, step: Step, shape: tuple[int, ...]) -> tuple[str, ...]:
    """The names of the rows of a loop, or of a vector with one entry before and after each row."""
    family = problem.family
    if family.rows is None or not shape:
        return ()
    rows = row_count(family, problem.env)
    if step.loop:
        return _times(problem, rows) if shape[0] == rows else ()
    reads_rows = any(
        name in family.by_name and family.by_name[name].loop for name in parameters(step.rule)
    )
    if len(shape) == 1 and shape[0] == rows + 1 and reads_rows:
        return ("start", *_times(problem, rows))
    return ()


def _times(problem: Problem, rows: int) -> tuple[str, ...]:
    """``t=1``, and the unit that is updated where the problem states an order of single units."""
    sweeps = problem.givens.get(_ORDER)
    units = [unit for sweep in sweeps for unit in sweep] if isinstance(sweeps, list) else []
    if len(units) == rows and problem.conventions.get("update") != "sync":
        return tuple(f"t={t} unit {unit}" for t, unit in enumerate(units, start=1))
    return tuple(f"t={t}" for t in range(1, rows + 1))
