"""Matrices and lists of cases as blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.text import clean
from quizapp.mathtext.block import Block, aligned_column, centred, joined, ruled
from quizapp.mathtext.delimiters import fenced

if TYPE_CHECKING:
    from collections.abc import Sequence

_BETWEEN_COLUMNS = 2


def matrix_block(cells: Sequence[Sequence[str]]) -> Block:
    """A bracketed matrix of formatted numbers, each column aligned on the decimal point.

    ``cells`` are the rows; a short row is filled with blanks. Without cells the brackets are empty.
    """
    texts = [[" ".join(clean(cell).split()) for cell in row] for row in cells] or [[""]]
    columns = max(len(row) for row in texts)
    filled = [row + [""] * (columns - len(row)) for row in texts]
    aligned = [aligned_column([row[index] for row in filled]) for index in range(columns)]
    gap = " " * _BETWEEN_COLUMNS
    lines = [gap.join(column[index] for column in aligned) for index in range(len(filled))]
    return fenced("[", ruled(lines, (len(lines) - 1) // 2), "]", padding=1)


def grid(
    rows: Sequence[Sequence[Block]], sides: str, *, between: int = _BETWEEN_COLUMNS
) -> list[Block]:
    """The rows as blocks of one width, their columns aligned.

    ``sides`` names the side of each column: l, r, c, or n for numbers on their decimal point;
    columns beyond it take its last letter.
    """
    columns = max(map(len, rows), default=0)
    ready: list[list[Block]] = [[] for _ in rows]
    for index in range(columns):
        side = sides[min(index, len(sides) - 1)]
        present = [(row, line) for row, line in zip(rows, ready, strict=True) if len(row) > index]
        widened = _column([row[index] for row, _ in present], side)
        for (_, line), block in zip(present, widened, strict=True):
            line.append(block)
    return [joined(line, [0, *[between] * (len(line) - 1)]) for line in ready]


def pile(rows: Sequence[Block], *, apart: bool) -> Block:
    """Rows below each other, flush left, with a blank line between them where ``apart``."""
    lines: list[str] = []
    for row in rows:
        if apart and lines:
            lines.append("")
        lines.extend(row.lines)
    return ruled(lines, (len(lines) - 1) // 2)


def _column(cells: Sequence[Block], side: str) -> list[Block]:
    if side == "n" and all(cell.height == 1 for cell in cells):
        return [Block((line,)) for line in aligned_column([cell.lines[0] for cell in cells])]
    widest = max((cell.width for cell in cells), default=0)
    return [_placed(cell, side, widest) for cell in cells]


def _placed(cell: Block, side: str, cells: int) -> Block:
    room = " " * (cells - cell.width)
    if side == "c":
        lines = tuple(centred(line, cells) for line in cell.lines)
    elif side == "l":
        lines = tuple(line + room for line in cell.lines)
    else:
        lines = tuple(room + line for line in cell.lines)
    return Block(lines, cell.baseline)
