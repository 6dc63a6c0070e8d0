"""Cells in brackets as lines of text: what a grid looks like at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from textual.content import Content

from quizapp.tui.say import join, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Cells: TypeAlias = list[list[str]]
_WIDEST = 18
"""A cell grows up to so many columns while it is not the one being typed in."""
_WIDEST_TYPED = 40
_MUTED = "$text-muted"
_BAD = "bold $text-error"
_GOOD = "$text-success"


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a grid: how many rows and columns, what the rows are called.

    ``block`` rows belong together (0: all of them); ``minimum`` is the least width of a column.
    """

    rows: int
    columns: int
    labels: tuple[str, ...] = ()
    block: int = 0
    minimum: int = 6

    @property
    def single(self) -> bool:
        """Whether there is only one cell."""
        return self.rows * self.columns == 1

    @property
    def margin(self) -> int:
        """Columns that the labels take."""
        return max(map(len, self.labels)) + 1 if self.labels else 0

    def line_of(self, row: int) -> int:
        """The line, from 0, on which a row is drawn: a blank one stands between blocks."""
        return row + (row // self.block if self.block else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A grid at a moment.

    ``here`` is the cell being typed in, None without the focus; ``at`` a column that must be in
    sight; ``caret`` the place in the cell, None where typing replaces it.
    """

    form: Form
    cells: Cells
    room: int
    here: tuple[int, int] | None
    at: int
    caret: int | None
    unreadable: Callable[[str], str]
    wrong: list[list[bool]] | None = None
    row_marks: Sequence[bool | None] = ()

    def lines(self) -> list[Content]:
        """The rows between their brackets."""
        first, last = self.window()
        widths = [self._width(column) for column in range(first, last)]
        out: list[Content] = []
        for row in range(self.form.rows):
            out += [Content("")] * (self.form.line_of(row) - len(out))
            out.append(self._line(row, first, last, widths))
        return out

    def window(self) -> tuple[int, int]:
        """The columns that fit, from the first to before the last."""
        room = max(self.room - self.form.margin - 6, 1)
        first = 0
        while first < self.at and self._span(first, self.at + 1) > room:
            first += 1
        last = self.at + 1
        while last < self.form.columns and self._span(first, last + 1) <= room:
            last += 1
        return first, last

    def cell_at(self, x: int, y: int) -> tuple[int, int] | None:
        """The row and column of the cell at a place of the drawing; None between rows."""
        rows = [row for row in range(self.form.rows) if self.form.line_of(row) == y]
        if not rows:
            return None
        first, last = self.window()
        end = self.form.margin + 2
        for column in range(first, last):
            end += self._width(column) + 2
            if x < end:
                return rows[0], column
        return rows[0], last - 1

    def _span(self, first: int, last: int) -> int:
        return sum(self._width(column) + 2 for column in range(first, last))

    def _width(self, column: int) -> int:
        widest = min(max(len(row[column]) for row in self.cells), _WIDEST)
        if self.here is not None and column == self.here[1]:
            typed = len(self.cells[self.here[0]][column])
            widest = max(widest, min(typed + 1, _WIDEST_TYPED))
        return max(widest, self.form.minimum)

    def _line(self, row: int, first: int, last: int, widths: list[int]) -> Content:
        parts: list[Content | str] = []
        if self.form.labels:
            parts.append(say(f"{self.form.labels[row]:<{self.form.margin}}", _MUTED))
        left, right = self._brackets(row)
        parts.append(f"{left}{'‹' if first else ' '}")
        for column, room in zip(range(first, last), widths, strict=True):
            parts += [self._cell(row, column, room), self._mark(row, column)]
            parts.append(" " if column + 1 < last else "")
        parts.append(f"{'›' if last < self.form.columns else ''}{right}")
        mark = self.row_marks[row] if row < len(self.row_marks) else None
        if mark is not None:
            parts.append(say(" ✓", _GOOD) if mark else say(" ✗", _BAD))
        return join(*parts)

    def _brackets(self, row: int) -> tuple[str, str]:
        block = self.form.block or self.form.rows
        if block == 1:
            return "[", "]"
        if row % block == 0:
            return "⎡", "⎤"
        return ("⎣", "⎦") if row % block == block - 1 else ("⎢", "⎥")

    def _cell(self, row: int, column: int, room: int) -> Content:
        text = self.cells[row][column]
        if (row, column) == self.here:
            return self._typed(text, room)
        if not text:
            return say(f"{'·':<{room}}", _MUTED)
        shown = text if len(text) <= room else text[: room - 1] + "…"
        return say(f"{shown:<{room}}")

    def _typed(self, text: str, room: int) -> Content:
        """The cell that is typed in: all of it marked, or the caret."""
        if self.caret is None:
            return say(f"{text[:room]:<{room}}", "reverse")
        start = max(self.caret - room + 1, 0)
        shown = f"{text[start : start + room]:<{room}}"
        at = self.caret - start
        return join(
            say(shown[:at], "underline"),
            say(shown[at], "reverse"),
            say(shown[at + 1 :], "underline"),
        )

    def _mark(self, row: int, column: int) -> Content:
        if self.unreadable(self.cells[row][column]):
            return say("?", "bold $text-warning")
        if self.wrong is not None and self.wrong[row][column]:
            return say("✗", _BAD)
        return Content(" ")
