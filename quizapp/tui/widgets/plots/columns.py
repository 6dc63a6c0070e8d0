"""Vertical columns of eighth blocks over an axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.tui.say import join, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_MUTED = "$text-muted"
_FILLED = "$text-success"


def columns(
    values: Sequence[float],
    *,
    height: int,
    wide: int = 2,
    labels: Sequence[str] = (),
) -> list[Content]:
    """Rows from the top with the largest value at the first one, an axis, and the labels.

    Each column is ``wide`` cells with a blank after it from two cells on; a label stands under
    the column of its place where the one before leaves room, and an empty one leaves it bare.
    """
    most = max(values, default=0.0)
    scale = f"{_number(most)}"
    margin = max(len(scale), 1)
    drawn = wide - 1 if wide > 1 else 1
    gap = " " * (wide - drawn)
    rows = []
    for row in range(height):
        left = scale if row == 0 else ""
        cells = "".join(
            _EIGHTHS[_eighths(value, most, height, height - 1 - row)] * drawn + gap
            for value in values
        )
        rows.append(join(say(f"{left:>{margin}} ┤", _MUTED), say(cells, _FILLED)))
    rows.append(say(f"{0:>{margin}} └{'─' * (wide * len(values))}", _MUTED))
    line = ""
    for place, label in enumerate(labels):
        if label and len(line) <= place * wide:
            line = f"{line:<{place * wide}}{label} "
    if line:
        rows.append(say(f"{'':>{margin}}  {line}".rstrip(), _MUTED))
    return rows


def _eighths(value: float, most: float, height: int, row: int) -> int:
    """How full a cell of the row (0 at the bottom) is, in eighths; a little is never nothing."""
    if most <= 0 or value <= 0:
        return 0
    whole = max(round(value / most * height * 8), 1)
    return min(max(whole - 8 * row, 0), 8)


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"
