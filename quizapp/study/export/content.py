"""What a solution says, apart from how it is set: formulas as trees, everything else as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from quizapp.exercises.worked import worked
from quizapp.mathtext import parse
from quizapp.mathtext.ast import Kind, Matrix, Node, Number, Row, Scripts, Symbol, Text
from quizapp.study.asked import asked
from quizapp.study.otherwise import otherwise
from quizapp.study.shown import (
    conventions_in_words,
    entry_text,
    given_shape,
    given_tables,
    given_text,
    value_tables,
)
from quizapp.study.substitutions import place, telling
from quizapp.study.usage import NOBODY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.exercises.family import Given
    from quizapp.exercises.problem import Problem
    from quizapp.exercises.worked import WorkedLine
    from quizapp.study.asked import Asked
    from quizapp.study.otherwise import Otherwise
    from quizapp.study.shown import Rows
    from quizapp.study.usage import Usage

FIRST = 3
"""So many entries of a line are worked out unless all are asked for."""
_WIDEST = 70
"""Characters that fit beside each other in a matrix on A4."""
_GAP = 2
_TALLEST = 24
_NUMBER = re.compile(r"([+−-]?)([0-9]+(?:\.[0-9]+)?)(?:e([+−-]?)0*([0-9]+))?")
_MINUS = Symbol("−", Kind.BINARY)
_EQUALS = Symbol("=", Kind.RELATION)


@dataclass(frozen=True, slots=True)
class Piece:
    """A matrix, or a part of one that is too large for a page, its cells as texts."""

    name: str
    """Which matrix of a deeper value it is: ``1``, or ``1,2``; "" where there is only one."""
    part: str
    """``columns 1 to 8``; "" where the piece is the whole matrix."""
    rows: Rows
    labels: tuple[str, ...] = ()
    """What the rows are called; () for a matrix in brackets."""

    @property
    def node(self) -> Node:
        """The piece as a formula."""
        return matrix(self.rows)


@dataclass(frozen=True, slots=True)
class StatedGiven:
    """One given: its symbol, what it is, and its value: one text or pieces."""

    symbol: Node
    about: str
    text: str | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry worked out: where it stands, the substitution, its value."""

    place: str
    work: Node
    result: Node


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the solution; ``more`` entries go in the same way as those shown."""

    number: int
    title: str
    final: bool
    formula: Node
    entries: tuple[Entry, ...]
    more: int
    pieces: tuple[Piece, ...]
    others: tuple[Otherwise, ...]

    @property
    def scalar(self) -> Node | None:
        """The value where it is a single one; None for vectors and matrices."""
        if len(self.pieces) == 1 and not self.pieces[0].labels:
            rows = self.pieces[0].rows
            return number(rows[0][0]) if len(rows) == 1 and len(rows[0]) == 1 else None
        return None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A problem and its solution."""

    title: str
    note: tuple[str, ...]
    """What its author says about it, in paragraphs."""
    task: str
    keep: str
    origin: str
    """Where the numbers come from, so that they can be drawn again; "" for an own problem."""
    givens: tuple[StatedGiven, ...]
    conventions: tuple[str, ...]
    lines: tuple[SheetLine, ...]


def sheet(
    problem: Problem,
    usage: Usage = NOBODY,
    *,
    everything: bool = False,
    title: str = "",
    note: str = "",
) -> Sheet:
    """The problem with its solution, ready to be set.

    ``everything`` works out every entry; ``title`` and ``note`` are those of its file. Raises
    ProblemError where there is no solution.
    """
    family = problem.family
    lines, of = worked(problem), asked(problem)
    others = otherwise(problem, lines, of, usage)
    return Sheet(
        title=title or family.title,
        note=tuple(part.strip() for part in note.split("\n") if part.strip()),
        task=family.task,
        keep=_keep(problem),
        origin=_origin(problem),
        givens=tuple(_given(problem, given) for given in family.givens),
        conventions=tuple(conventions_in_words(problem, usage)),
        lines=tuple(
            _line(problem, line, how, others.get(line.step.name, ()), everything=everything)
            for line, how in zip(lines, of, strict=True)
        ),
    )


def _keep(problem: Problem) -> str:
    if all(step.kind != "real" for step in problem.family.steps):
        return ""
    return f"Keep {problem.decimals} decimal{'' if problem.decimals == 1 else 's'} on every line."


def _origin(problem: Problem) -> str:
    if problem.seed is None:
        return ""
    level = "" if problem.level is None else f", level {problem.level}"
    return f"{problem.family.id}{level}, seed {problem.seed}"


def _given(problem: Problem, given: Given) -> StatedGiven:
    symbol, text = parse(given.symbol), given_text(problem, given)
    if text is not None:
        return StatedGiven(symbol, given.about, text, ())
    tables = given_tables(problem, given)
    names = _places(given_shape(problem, given)[:-2]) if len(tables) > 1 else ("",)
    return StatedGiven(symbol, given.about, None, tuple(_pieces(tables, names)))


def _places(shape: Sequence[int]) -> tuple[str, ...]:
    """What the matrices of a deeper value are called: ``1``, ``2``, or ``1,1``, ``1,2``."""
    return tuple(",".join(str(n + 1) for n in place) for place in product(*map(range, shape)))


def _line(
    problem: Problem,
    line: WorkedLine,
    of: Asked,
    others: Sequence[Otherwise],
    *,
    everything: bool,
) -> SheetLine:
    work = telling(problem, line)
    shown = work if everything else work[:FIRST]
    tables = value_tables(problem, line, of)
    labels = of.labels if len(tables) == 1 and len(of.labels) == len(tables[0]) else ()
    names = tuple(filter(None, of.labels)) if not labels else ()
    names = names if len(names) == len(tables) else _places((len(tables),))
    return SheetLine(
        number=line.number,
        title=line.step.title,
        final=line.step.final,
        formula=parse(line.formula),
        entries=tuple(
            Entry(place(w.index, of), parse(w.latex), number(entry_text(problem, line, w.index)))
            for w in shown
        ),
        more=len(work) - len(shown),
        pieces=tuple(_pieces(tables, names if len(tables) > 1 else ("",), labels)),
        others=tuple(others),
    )


def _pieces(
    tables: Sequence[Rows], names: Sequence[str], labels: tuple[str, ...] = ()
) -> list[Piece]:
    return [
        part
        for name, rows in zip(names, tables, strict=True)
        for part in _parts(name, rows, labels)
    ]


def _parts(name: str, rows: Rows, labels: tuple[str, ...]) -> list[Piece]:
    """A matrix cut into groups of columns, then of rows, as far as a page needs it."""
    columns = max(map(len, rows), default=0)
    filled = [row + [""] * (columns - len(row)) for row in rows]
    widest = max((len(cell) for row in filled for cell in row), default=0) + _GAP
    room = _WIDEST - max(map(len, labels), default=0)
    out = []
    across = max(room // widest, 1)
    down = len(filled) if labels else _TALLEST  # a table with labels breaks by itself
    for left in range(0, max(columns, 1), across):
        for top in range(0, max(len(filled), 1), max(down, 1)):
            part = [row[left : left + across] for row in filled[top : top + down]]
            told = []
            if columns > across:
                told.append(f"columns {left + 1} to {min(left + across, columns)}")
            if len(filled) > down:
                told.append(f"rows {top + 1} to {min(top + down, len(filled))}")
            out.append(Piece(name, ", ".join(told), part, labels))
    return out


# Values as formulas ----------------------------------------------------------------------


def number(text: str) -> Node:
    """What stands in a cell as a formula: a number, infinity or words."""
    if text.lstrip("−-") == "inf":
        return _signed(text, (Symbol("∞", Kind.ORDINARY),))
    match = _NUMBER.fullmatch(text)
    if match is None:
        return Text(text)
    _, mantissa, sign, exponent = match.groups()
    if exponent is None:
        return _signed(text, (Number(mantissa),))
    power = _signed(sign or "", (Number(exponent),))
    ten = Scripts(Number("10"), sup=power)
    return _signed(text, (Number(mantissa), Symbol("·", Kind.BINARY), ten))


def _signed(text: str, items: tuple[Node, ...]) -> Node:
    return Row((_MINUS, *items)) if text[:1] in {"−", "-"} else Row(items)


def matrix(rows: Rows) -> Node:
    """The rows in brackets."""
    cells = tuple(tuple(number(cell) if cell else Row(()) for cell in row) for row in rows)
    return Matrix("[", cells if any(cells) else ((Row(()),),), "]")


def equation(left: Node | None, right: Node) -> Node:
    """``left = right``; without a left side only ``= right``."""
    return Row((*([left] if left is not None else []), _EQUALS, right))


def named(symbol: Node, name: str) -> Node:
    """``W``, or ``W[2]`` for a matrix of a deeper value."""
    return Row((symbol, Text(f"[{name}]"))) if name else symbol
