"""Matrices, cases and aligned lines from their rows of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.mathtext.ast import EMPTY, Aligned, Cases, Matrix, Node
from quizapp.mathtext.errors import MathError
from quizapp.mathtext.symbols import MATRICES

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES = (*MATRICES, "cases", "aligned")


def require(name: str, column: int) -> None:
    """Raise MathError unless the environment is known."""
    if name not in _NAMES:
        known = ", ".join(_NAMES)
        raise MathError(f"The environment {name[:24]} is not known; use one of {known}.", column)


def build(name: str, rows: Sequence[Sequence[Node]], column: int) -> Node:
    """The node of an environment; raises MathError if the rows do not fit together."""
    if len(rows) > 1 and list(rows[-1]) == [EMPTY]:
        rows = rows[:-1]  # a \\ after the last row opens no further one
    cells = tuple(tuple(row) for row in rows)
    if cells == ((EMPTY,),):
        raise MathError(f"The {name} is empty; give it cells.", column)
    if name == "aligned":
        return Aligned(cells)
    if name == "cases":
        return _cases(cells, column)
    return _matrix(name, cells, column)


def _cases(rows: tuple[tuple[Node, ...], ...], column: int) -> Node:
    for number, row in enumerate(rows, start=1):
        if len(row) > 2:
            message = f"Row {number} of the cases has {len(row)} cells; write value & condition."
            raise MathError(message, column)
    return Cases(rows)


def _matrix(name: str, rows: tuple[tuple[Node, ...], ...], column: int) -> Node:
    for number, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            message = (
                f"Row {number} of the {name} has another number of cells ({len(row)}) than row 1 "
                f"({len(rows[0])}); make them equal."
            )
            raise MathError(message, column)
    left, right = MATRICES[name]
    return Matrix(left, rows, right)
