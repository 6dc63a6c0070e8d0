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
    """The form of a grid: how many cells each row has, what the rows are called.

    ``block`` rows belong together (0: all of them); ``minimum`` is the width that a column likes
    to have, ``least`` the one to which it shrinks where not all columns would fit (0: it does
    not). ``words`` are typed with their blanks; an ``open`` row gets another cell as soon as its
    last one is filled.
    """

    lengths: tuple[int, ...]
    labels: tuple[str, ...] = ()
    block: int = 0
    minimum: int = 6
    least: int = 0
    words: bool = False
    open: bool = False

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.lengths)

    @property
    def columns(self) -> int:
        """The cells of the longest row."""
        return max(self.lengths, default=0)

    @property
    def ragged(self) -> bool:
        """Whether each row stands in brackets of its own."""
        return self.open or len(set(self.lengths)) > 1

    @property
    def single(self) -> bool:
        """Whether there is only one cell."""
        return self.lengths == (1,) and not self.open

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
        widths = self._widths()
        first, last = self._window(widths)
        out: list[Content] = []
        for row in range(self.form.rows):
            out += [Content("")] * (self.form.line_of(row) - len(out))
            out.append(self._line(row, first, last, widths))
        return out

    def window(self) -> tuple[int, int]:
        """The columns that fit, from the first to before the last."""
        return self._window(self._widths())

    def _window(self, widths: list[int]) -> tuple[int, int]:
        first = 0
        while first < self.at and _span(widths[first : self.at + 1]) > self._inside:
            first += 1
        last = self.at + 1
        while last < len(widths) and _span(widths[first : last + 1]) <= self._inside:
            last += 1
        return first, last

    @property
    def _inside(self) -> int:
        """The room between the brackets."""
        return max(self.room - self.form.margin - 6, 1)

    def _widths(self) -> list[int]:
        """The widths of the columns, smaller ones where that lets all of them fit."""
        asked = [self._needed(column) for column in range(self.form.columns)]
        liked = [max(needed, self.form.minimum) for needed in asked]
        if not self.form.least or _span(liked) <= self._inside:
            return liked
        for minimum in range(self.form.minimum - 1, self.form.least - 1, -1):
            widths = [max(needed, minimum) for needed in asked]
            if _span(widths) <= self._inside:
                return widths
        return liked

    def _needed(self, column: int) -> int:
        """The width that the texts of a column need."""
        texts = [row[column] for row in self.cells if column < len(row)]
        widest = min(max(map(len, texts), default=0), _WIDEST)
        if self.here is not None and column == self.here[1]:
            typed = len(self.cells[self.here[0]][column])
            widest = max(widest, min(typed + 1, _WIDEST_TYPED))
        return widest

    def cell_at(self, x: int, y: int) -> tuple[int, int] | None:
        """The row and column of the cell at a place of the drawing; None between rows."""
        rows = [row for row in range(self.form.rows) if self.form.line_of(row) == y]
        if not rows:
            return None
        widths = self._widths()
        first, last = self._window(widths)
        last = min(last, self.form.lengths[rows[0]])
        end = self.form.margin + 2
        for column in range(first, last):
            end += widths[column] + 2
            if x < end:
                return rows[0], column
        return rows[0], max(last - 1, 0)

    def _line(self, row: int, first: int, last: int, widths: list[int]) -> Content:
        parts: list[Content | str] = []
        if self.form.labels:
            parts.append(say(f"{self.form.labels[row]:<{self.form.margin}}", _MUTED))
        left, right = self._brackets(row)
        here = min(last, self.form.lengths[row])
        parts.append(f"{left}{'‹' if first else ' '}")
        for column in range(first, here):
            parts += [self._cell(row, column, widths[column]), self._mark(row, column)]
            parts.append(" " if column + 1 < here else "")
        parts.append(f"{'›' if here < self.form.lengths[row] else ''}{right}")
        mark = self.row_marks[row] if row < len(self.row_marks) else None
        if mark is not None:
            parts.append(say(" ✓", _GOOD) if mark else say(" ✗", _BAD))
        return join(*parts)

    def _brackets(self, row: int) -> tuple[str, str]:
        block = self.form.block or self.form.rows
        if block == 1 or self.form.ragged:
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
        if self.wrong is not None and column < len(self.wrong[row]) and self.wrong[row][column]:
            return say("✗", _BAD)
        return Content(" ")


def _span(widths: Sequence[int]) -> int:
    """The columns that cells take, each with its mark and a blank."""
    return sum(widths) + 2 * len(widths)
