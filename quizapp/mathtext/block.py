"""Rectangles of text that join on a baseline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.mathtext.width import width

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one width in cells; ``baseline`` is the index of the line that neighbours meet."""

    lines: tuple[str, ...]
    baseline: int = 0

    @property
    def width(self) -> int:
        """Terminal cells of every line."""
        return width(self.lines[0]) if self.lines else 0

    @property
    def height(self) -> int:
        """The number of lines."""
        return len(self.lines)


def ruled(lines: Sequence[str], baseline: int = 0) -> Block:
    """A block of lines, padded on the right to one width."""
    widest = max(map(width, lines), default=0)
    return Block(tuple(line + " " * (widest - width(line)) for line in lines), baseline)


def centred(text: str, cells: int) -> str:
    """The text in the middle of so many cells, to the left if the middle is uneven."""
    room = max(cells - width(text), 0)
    return " " * (room // 2) + text + " " * (room - room // 2)


def stack(blocks: Sequence[Block], baseline: int) -> Block:
    """Blocks below each other on one middle axis; ``baseline`` counts lines of the whole."""
    widest = max((block.width for block in blocks), default=0)
    lines = (centred(line, widest) for block in blocks for line in block.lines)
    return ruled(tuple(lines), baseline)


def beside(*blocks: Block, gap: int = 1) -> Block:
    """Blocks next to each other, ``gap`` cells apart, meeting on their baselines."""
    return joined(blocks, [0, *[gap] * (len(blocks) - 1)])


def joined(blocks: Sequence[Block], gaps: Sequence[int]) -> Block:
    """Blocks next to each other on their baselines; ``gaps`` are the cells before each."""
    above = max((block.baseline for block in blocks), default=0)
    below = max((block.height - block.baseline for block in blocks), default=0)
    rows: list[list[str]] = [[] for _ in range(above + below)]
    for block, gap in zip(blocks, gaps, strict=False):
        blank = " " * block.width
        first = above - block.baseline
        for index, row in enumerate(rows):
            inside = 0 <= index - first < block.height
            row.append(" " * gap + (block.lines[index - first] if inside else blank))
    return Block(tuple(map("".join, rows)), above)


def aligned_column(cells: Sequence[str]) -> list[str]:
    """Cells of one width: numbers right-aligned on the decimal point, anything else right."""
    parts = [_at_the_point(cell) for cell in cells]
    left = max((width(whole) for whole, _ in parts), default=0)
    right = max((width(decimals) for _, decimals in parts), default=0)
    return [
        " " * (left - width(whole)) + whole + decimals + " " * (right - width(decimals))
        for whole, decimals in parts
    ]


def _at_the_point(cell: str) -> tuple[str, str]:
    """The cell before its decimal point, and from it on."""
    point = cell.find(".")
    return (cell, "") if point < 0 else (cell[:point], cell[point:])
