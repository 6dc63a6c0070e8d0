"""A grid of cells in brackets: the entries of a number, a vector or a matrix are typed here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.widget import Widget

from quizapp.core.errors import QuizError
from quizapp.mathtext import width
from quizapp.tui.say import lines
from quizapp.tui.widgets.cells import Cells, Drawing, Form

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.content import Content
    from textual.geometry import Size

_LONGEST = 200
"""No cell holds more characters."""


class Grid(Widget, can_focus=True):
    """Cells to type in. Every cell says with a ? at once if it cannot be read.

    ``fault`` says why a text cannot be read ("" if it can), ``fill`` turns a pasted text into
    all cells or raises a QuizError.
    """

    DEFAULT_CSS = """
    Grid { width: auto; height: auto; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("up", "step(-1, 0)", "Up", id="grid.up", tooltip="The cell above", show=False),
        Binding("down", "step(1, 0)", "Down", id="grid.down", tooltip="The cell below", show=False),
        Binding("left", "left", "Left", id="grid.left", tooltip="Left", show=False),
        Binding("right", "right", "Right", id="grid.right", tooltip="Right", show=False),
        Binding("tab", "next", "Next cell", id="grid.next", tooltip="The next cell", show=False),
        Binding(
            "shift+tab", "back", "Last cell", id="grid.back", tooltip="The cell before", show=False
        ),
        Binding(
            "home", "ends(0)", "Start", id="grid.start", tooltip="First of the row", show=False
        ),
        Binding("end", "ends(-1)", "End", id="grid.end", tooltip="Last of the row", show=False),
        Binding("backspace", "rub", "Rub out", id="grid.rub", tooltip="Rub out", show=False),
        Binding("delete", "clear", "Clear", id="grid.clear", tooltip="Empty the cell", show=False),
        Binding(
            "ctrl+u", "empty", "Empty all", id="grid.empty", tooltip="Empty all cells", show=False
        ),
        Binding(
            "enter",
            "enter",
            "Check",
            id="grid.enter",
            tooltip="The next blank cell; when none is left, check the line",
            key_display="⏎",
        ),
    ]

    @dataclass
    class Changed(Message):
        """A cell has another text."""

        grid: Grid

    @dataclass
    class Done(Message):
        """Enter was pressed and no blank cell follows."""

        grid: Grid

    @dataclass
    class Moved(Message):
        """Another cell is the one being typed in."""

        grid: Grid

    @dataclass
    class Left(Message):
        """The cursor leaves the grid, to what stands below (1) or above (-1)."""

        grid: Grid
        direction: int

    @dataclass
    class Calculate(Message):
        """An equals sign was typed into a blank cell: something is to be calculated for it."""

        grid: Grid

    @dataclass
    class Refused(Message):
        """A pasted text does not fit."""

        grid: Grid
        reason: str

    def __init__(
        self, form: Form, *, fault: Callable[[str], str], fill: Callable[[str], Cells]
    ) -> None:
        super().__init__()
        self.form = form
        self.cells: Cells = _blank(form)
        self.row = self.column = 0
        self.room = 76
        """Columns of the terminal that the grid may take."""
        self._fault = fault
        self._fill = fill
        self._caret = 0
        self._fresh = True  # nothing was typed since the cell was entered: typing replaces it
        self._wrong: list[list[bool]] | None = None
        self._row_marks: tuple[bool | None, ...] = ()

    # What stands here ----------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The text of the cell being typed in."""
        return self.cells[self.row][self.column]

    @property
    def reason(self) -> str:
        """Why the present cell, or else the first such cell, cannot be read; "" if all can."""
        here = self._fault(self.text)
        if here:
            return here
        return next((why for row in self.cells for cell in row if (why := self._fault(cell))), "")

    def put(self, cells: Cells) -> None:
        """Show other texts, as if they had always stood here."""
        self.cells = [list(row) for row in cells]
        self._open_up()
        self.row = min(self.row, len(self.cells) - 1)
        self.column = min(self.column, len(self.cells[self.row]) - 1)
        self._fresh = True
        self._again()

    def _open_up(self) -> None:
        """Give open rows a blank cell to go on with."""
        if not self.form.open:
            return
        for row in self.cells:
            while len(row) > 1 and not row[-1].strip() and not row[-2].strip():
                row.pop()
            if not row or row[-1].strip():
                row.append("")
        self.form = replace(self.form, lengths=tuple(map(len, self.cells)))

    @property
    def _places(self) -> list[tuple[int, int]]:
        """All cells, row by row."""
        return [
            (row, column) for row, cells in enumerate(self.cells) for column in range(len(cells))
        ]

    def mark(self, wrong: list[list[bool]] | None, rows: tuple[bool | None, ...] = ()) -> None:
        """Mark wrong cells with ✗, and rows with ✓ or ✗; None takes all marks away."""
        self._wrong = wrong
        self._row_marks = rows
        self._again()

    # Drawing -------------------------------------------------------------------------------

    @property
    def drawing(self) -> Drawing:
        """How the grid is drawn now."""
        here = (self.row, self.column) if self.has_focus else None
        return Drawing(
            form=self.form,
            cells=self.cells,
            room=self.room,
            here=here,
            at=self.column,
            caret=None if self._fresh else self._caret,
            unreadable=self._fault,
            wrong=self._wrong,
            row_marks=self._row_marks,
        )

    def render(self) -> Content:
        """The cells between brackets."""
        return lines(self.drawing.lines())

    def line_of(self, row: int) -> int:
        """The line, from 0, on which a row is drawn."""
        return self.form.line_of(row)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """The width of what is drawn, so that nothing wraps."""
        return max(map(width, self.render().plain.split("\n")))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """One line a row."""
        return self.line_of(self.form.rows - 1) + 1

    def _again(self) -> None:
        """Draw again; only another width moves what stands around the grid."""
        wide = self.get_content_width(self.size, self.size) != self.content_size.width
        self.refresh(layout=wide)

    # Moving --------------------------------------------------------------------------------

    def on_focus(self) -> None:
        """The cell is typed in from now on."""
        self._fresh = True
        self._again()
        self.post_message(self.Moved(self))

    def on_blur(self) -> None:
        """No cell is typed in."""
        self._again()

    def on_click(self, event: events.Click) -> None:
        """Go to the cell that was clicked."""
        cell = self.drawing.cell_at(event.x, event.y)
        if cell is not None:
            self._go(*cell)

    def enter_from(self, direction: int) -> None:
        """Take the cursor from above (1): first cell, or from below (-1): last row."""
        self.row = 0 if direction > 0 else self.form.rows - 1
        self.column = 0
        self.screen.set_focus(self)

    def _go(self, row: int, column: int) -> None:
        self.row, self.column = row, min(column, len(self.cells[row]) - 1)
        self._fresh = True
        self._again()
        self.post_message(self.Moved(self))

    def action_step(self, rows: int, columns: int) -> None:
        """Go some cells on; out of the grid at its upper and lower edge."""
        row = self.row + rows
        if 0 <= row < self.form.rows:
            self._go(row, self.column + columns)
        else:
            self.post_message(self.Left(self, rows))

    def action_left(self) -> None:
        """One character to the left while typing, else the cell to the left."""
        if not self._fresh and self._caret > 0:
            self._caret -= 1
            self._again()
        elif self.column > 0:
            self._go(self.row, self.column - 1)

    def action_right(self) -> None:
        """One character to the right while typing, else the cell to the right."""
        if not self._fresh and self._caret < len(self.text):
            self._caret += 1
            self._again()
        elif self.column + 1 < len(self.cells[self.row]):
            self._go(self.row, self.column + 1)

    def action_next(self) -> None:
        """The next cell, row by row; out of the grid after the last one."""
        self._along(1)

    def action_back(self) -> None:
        """The cell before; out of the grid before the first one."""
        self._along(-1)

    def _along(self, by: int) -> None:
        places = self._places
        place = places.index((self.row, self.column)) + by
        if 0 <= place < len(places):
            self._go(*places[place])
        else:
            self.post_message(self.Left(self, by))

    def action_ends(self, end: int) -> None:
        """The first or the last cell of the row."""
        self._go(self.row, 0 if end == 0 else len(self.cells[self.row]) - 1)

    def action_enter(self) -> None:
        """The next blank cell; with none left, the line is done."""
        places = self._places
        after = places[places.index((self.row, self.column)) + 1 :]
        blank = [(row, column) for row, column in after if not self.cells[row][column].strip()]
        if blank and self.text.strip():
            self._go(*blank[0])
        else:
            self.post_message(self.Done(self))

    # Typing --------------------------------------------------------------------------------

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002
        """Printable characters are typed."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Type a character; a blank goes on to the next cell, a semicolon to the next row."""
        if event.character is None or not event.is_printable:
            return
        event.stop()
        event.prevent_default()
        if event.character == "=" and (self._fresh or not self.text):
            self.post_message(self.Calculate(self))
        elif event.character == " " and not self._types_blanks:
            if self.text and not self._at_the_end():
                self._along(1)
        elif event.character == ";" and not self.form.single:
            if self.row + 1 < self.form.rows:
                self._go(self.row + 1, 0)
        else:
            self._type(event.character)

    @property
    def _types_blanks(self) -> bool:
        """Whether a blank belongs to what stands here, not between cells."""
        return bool(self.text) and not self._fresh and (self.form.single or self.form.words)

    def _at_the_end(self) -> bool:
        return (self.row, self.column) == self._places[-1]

    def take(self, text: str) -> None:
        """Put a text into the cell, in place of what stands there."""
        self._write(text[:_LONGEST], len(text[:_LONGEST]))
        self._fresh = True
        self._again()

    def _type(self, characters: str) -> None:
        text, caret = ("", 0) if self._fresh else (self.text, self._caret)
        text = (text[:caret] + characters + text[caret:])[:_LONGEST]
        self._write(text, min(caret + len(characters), len(text)))

    def _write(self, text: str, caret: int) -> None:
        self._fresh = False
        self._caret = caret
        self.cells[self.row][self.column] = text
        self._open_up()
        self._changed()

    def _changed(self) -> None:
        self._wrong = None
        self._row_marks = ()
        self._again()
        self.post_message(self.Changed(self))

    def action_rub(self) -> None:
        """Rub out the character before the caret; in a blank cell, go back one."""
        if self._fresh:
            self._caret = len(self.text)
        if not self.text:
            if (self.row, self.column) != (0, 0):
                self._along(-1)
        elif self._caret:
            text = self.text[: self._caret - 1] + self.text[self._caret :]
            self._write(text, self._caret - 1)

    def action_clear(self) -> None:
        """Empty the cell, or rub out the character under the caret."""
        if self._fresh:
            self._write("", 0)
        else:
            self._write(self.text[: self._caret] + self.text[self._caret + 1 :], self._caret)

    def action_empty(self) -> None:
        """Empty all cells."""
        self.put(_blank(self.form))
        self._changed()

    def on_paste(self, event: events.Paste) -> None:
        """Fill the whole grid, or the cell if the text is a single number."""
        event.stop()
        event.prevent_default()
        text = event.text.strip()
        if self.form.single or (len(text.split()) == 1 and not self._fault(text)):
            self._type(" ".join(text.split()))
            return
        try:
            cells = self._fill(text)
        except QuizError as error:
            self.post_message(self.Refused(self, str(error)))
            return
        self.put(cells)
        self._changed()


def _blank(form: Form) -> Cells:
    """Empty cells for a form."""
    return [[""] * max(length, 1) for length in form.lengths]
