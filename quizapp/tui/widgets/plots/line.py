"""A line over time, drawn in dots of a braille pattern: two by four in every cell."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from quizapp.tui.say import join, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

_BLANK = 0x2800
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of a dot by its row and column within a cell."""
_MUTED = "$text-muted"
_DRAWN = "$text-success"


def line(
    values: Sequence[float | None],
    *,
    columns: int,
    height: int,
    low: float,
    high: float,
    scale: tuple[str, str],
) -> list[Content]:
    """The values from left to right between ``low`` and ``high``; None leaves a gap.

    ``scale`` names the values at the bottom and at the top. What lies beyond is drawn at the edge.
    """
    margin = max(map(len, scale))
    room = max(columns - margin - 2, 1)
    cells = [[0] * room for _ in range(height)]
    for x, y in _dots(values, room * 2, height * 4, low, high):
        cells[height - 1 - y // 4][x // 2] |= _DOTS[3 - y % 4][x % 2]
    names = {0: scale[1], height - 1: scale[0]}
    return [
        join(
            say(f"{names.get(row, ''):>{margin}} ┤", _MUTED),
            say("".join(chr(_BLANK | cell) if cell else " " for cell in dots), _DRAWN),
        )
        for row, dots in enumerate(cells)
    ]


def _dots(
    values: Sequence[float | None], width: int, height: int, low: float, high: float
) -> set[tuple[int, int]]:
    """The dots of the line, (0, 0) at the bottom left."""
    points: list[tuple[int, int] | None] = []
    for place, value in enumerate(values):
        if value is None:
            points.append(None)
            continue
        x = round(place * (width - 1) / max(len(values) - 1, 1))
        share = min(max((value - low) / (high - low), 0.0), 1.0)
        points.append((x, round(share * (height - 1))))
    dots = {point for point in points if point is not None}
    for one, other in pairwise(points):
        if one is not None and other is not None:
            dots |= _between(one, other)
    return dots


def _between(one: tuple[int, int], other: tuple[int, int]) -> set[tuple[int, int]]:
    (x, y), (dx, dy) = one, (other[0] - one[0], other[1] - one[1])
    steps = max(abs(dx), abs(dy), 1)
    return {
        (round(x + dx * step / steps), round(y + dy * step / steps)) for step in range(steps + 1)
    }
