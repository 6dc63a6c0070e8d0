"""What each line of a problem asks for: its shape, and what its rows are called."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from quizapp.exercises.formulas import formula
from quizapp.exercises.graph import parameters, row_count
from quizapp.exercises.values import is_fixed, lengths
from quizapp.study.cells import folded

if TYPE_CHECKING:
    from quizapp.exercises.family import Step
    from quizapp.exercises.problem import Problem
    from quizapp.exercises.values import Floats

MOST_CELLS = 600
"""Lines with more entries are typed or pasted as one text."""
_LONGEST_ROW = 10
_ORDER = "sweeps"
_ROWS = {"layer": "layer ", "rounds": "round "}
"""What the rows of some loops are called; in the others they are times."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of an exercise.

    ``formula`` is LaTeX, as it stands for the problem. ``shape`` is None where a line is one text;
    ``labels`` name its rows, "" or () where there is nothing to name. ``upright`` vectors are
    written from top to bottom. ``lengths`` are the cells of each row where these differ; ``open``
    rows are as long as the student makes them. Where ``lists`` are asked for, a cell holds a whole
    list, such as a path.
    """

    number: int
    step: Step
    formula: str
    shape: tuple[int, ...] | None
    labels: tuple[str, ...] = ()
    upright: bool = False
    lengths: tuple[int, ...] = ()
    open: bool = False
    lists: bool = False

    @property
    def words(self) -> bool:
        """Whether blanks belong to what is typed in a cell."""
        return self.lists or self.step.kind == "text"

    @property
    def grid(self) -> tuple[int, int]:
        """Rows and columns of the cells on screen."""
        rows, columns = folded(self.shape or ())
        return (columns, rows) if self.upright else (rows, columns)

    @property
    def cells(self) -> tuple[int, ...]:
        """How many cells each row has on screen."""
        rows, columns = self.grid
        return self.lengths or (columns,) * rows

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
    latex = formula(problem, step)
    value = problem.truth.value(step.name)
    if value is None or value.size > MOST_CELLS or 0 in value.shape:
        return Asked(number, step, latex, None)
    if not step.plain and value.ndim:
        return _loose(problem, number, step, value)
    shape = tuple(value.shape)
    labels = row_labels(problem, step, shape)
    upright = len(shape) == 1 and (bool(labels) or shape[0] > _LONGEST_ROW)
    if (upright or len(shape) > 2) and not labels:
        labels = tuple(str(n) for n in range(1, shape[0] + 1))
    if len(shape) > 2:
        labels = _above_blocks(labels, shape)
    return Asked(number, step, latex, shape, labels, upright)


def _loose(problem: Problem, number: int, step: Step, value: Floats) -> Asked:
    """A line of words, or of rows of lengths of their own.

    Where these are part of the answer nothing tells them: the row is open, a cell of it holds a
    word, a number or a whole list.
    """
    latex = formula(problem, step)
    labels = row_labels(problem, step, value.shape)
    if is_fixed(step):
        labels = labels or tuple(str(n) for n in range(1, len(value) + 1))
        return Asked(number, step, latex, value.shape, labels, lengths=lengths(value))
    if step.loop:
        return Asked(number, step, latex, value.shape[:2], labels, lists=value.ndim > 2)
    return Asked(number, step, latex, (1,), open=True, lists=step.ragged)


def _above_blocks(labels: tuple[str, ...], shape: tuple[int, ...]) -> tuple[str, ...]:
    """A label for the first row of every matrix: ``1``, or ``1,2`` in a deeper value."""
    inner = [",".join(str(n + 1) for n in place) for place in product(*map(range, shape[1:-2]))]
    matrices = [f"{label},{place}" if place else label for label in labels for place in inner]
    tall = shape[-2]
    return tuple(label if k == 0 else "" for label in matrices for k in range(tall))


def row_labels(problem: Problem, step: Step, shape: tuple[int, ...]) -> tuple[str, ...]:
    """The names of the rows of a loop, or of a vector with one entry before and after each row."""
    family = problem.family
    if family.rows is None or not shape:
        return ()
    rows = row_count(family, problem.env)
    if step.loop:
        return _times(problem, step.loop, rows) if shape[0] == rows else ()
    read = [family.by_name[name].loop for name in parameters(step.rule) if name in family.by_name]
    loop = next(filter(None, read), None)
    if len(shape) == 1 and shape[0] == rows + 1 and loop:
        return ("start", *_times(problem, loop, rows))
    return ()


def _times(problem: Problem, loop: str, rows: int) -> tuple[str, ...]:
    """``t=1``, and the unit that is updated where the problem states an order of single units."""
    sweeps = problem.givens.get(_ORDER)
    units = [unit for sweep in sweeps for unit in sweep] if isinstance(sweeps, list) else []
    if len(units) == rows and problem.conventions.get("update") != "sync":
        return tuple(f"t={t} unit {unit}" for t, unit in enumerate(units, start=1))
    named = _ROWS.get(loop, "t=")
    return tuple(f"{named}{t}" for t in range(1, rows + 1))
