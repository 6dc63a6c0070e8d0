"""One line of an exercise: what is asked, the cells to type in, what is said of them."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from textual.containers import Horizontal, Vertical

from quizapp.mathtext import MathError, inline, prose, width
from quizapp.study.cells import (
    answer,
    canonical,
    fault,
    pasted,
    pasted_lists,
    pasted_rows,
    pasted_words,
)
from quizapp.tui.say import join, say
from quizapp.tui.widgets.cells import Form
from quizapp.tui.widgets.fitted import Fitted, formula_lines
from quizapp.tui.widgets.grid import Grid
from quizapp.tui.widgets.statement import numbered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from textual.app import ComposeResult
    from textual.content import Content

    from quizapp.study.asked import Asked
    from quizapp.tui.widgets.cells import Cells
    from quizapp.tui.widgets.verdict import Told

_LABEL = 27
_INDENT = 5
_LEAST_BESIDE = 22
_TALL = 4
"""Beside higher cells a verdict would leave the screen with their first rows; it stands below."""
_WIDTHS = {"sign": 2, "integer": 3, "boolean": 5, "text": 10}
_LEAST = {"sign": 2, "integer": 2, "boolean": 3, "text": 4}
_Entry = TypeVar("_Entry")


class LineEntry(Vertical):
    """A line that is typed in.

    Its label stands beside the cells where there is room, else above; the verdict beside them
    where it is no higher than they are, else below.
    """

    DEFAULT_CSS = """
    LineEntry { height: auto; }
    LineEntry > .body { height: auto; }
    LineEntry .label { width: 27; padding-right: 1; }
    LineEntry.-above .body { padding-left: 5; }
    LineEntry .beside { padding-left: 1; }
    LineEntry .below { padding-left: 5; }
    """

    def __init__(self, asked: Asked, decimals: int) -> None:
        super().__init__()
        self.asked = asked
        self.step = asked.step.name
        kind = asked.step.kind
        self._words = asked.words
        readable = asked.shape is not None and not self._words
        self.grid = Grid(
            _form(asked, decimals),
            fault=partial(fault, kind=kind) if readable else lambda _: "",
            fill=self._fill,
        )
        self.formula_shown = False
        self._told: tuple[Told, ...] = ()
        self._here = False

    def compose(self) -> ComposeResult:
        """Label, cells, verdict."""
        yield Fitted(self._label, classes="above")
        with Horizontal(classes="body"):
            yield Fitted(self._label, classes="label")
            yield self.grid
            yield Fitted(classes="beside")
        yield Fitted(classes="below")

    def on_mount(self) -> None:
        """Only what is said takes room."""
        self._arrange(80)

    def on_resize(self) -> None:
        """Find the arrangement for the new width."""
        self._arrange(self.size.width)

    # What is typed -------------------------------------------------------------------------

    @property
    def answer(self) -> Any:
        """What stands in the cells, as marking takes it."""
        if self.asked.shape is None:
            return self.grid.cells[0][0].strip()
        if self._loose:
            return self._rows()
        shape = self.asked.shape
        if self.asked.upright:  # as it stands, one entry a row: no other shape is meant
            shape = (*shape, 1)
        return answer(self.grid.cells, shape, self.asked.step.kind)

    @property
    def _loose(self) -> bool:
        """Whether the cells are words or make no rectangle."""
        return self._words or self.grid.form.ragged

    def _rows(self) -> Any:
        """The cells row by row, without the blank ones at the end of open rows."""
        kind = self.asked.step.kind
        rows = [[canonical(cell, kind) for cell in row] for row in self.grid.cells]
        if not any(map(any, rows)):
            return ""
        if self.asked.open:
            for row in rows:
                while row and not row[-1]:
                    row.pop()
        flat = len(self.asked.shape or ()) < 2
        return [cell for row in rows for cell in row] if flat else rows

    def _turned(self, cells: Cells) -> Cells:
        """A vector that is written from top to bottom, as a row; and back."""
        return [list(row) for row in zip(*cells, strict=True)] if self.asked.upright else cells

    def _fill(self, text: str) -> Cells:
        if self.asked.lists:
            return pasted_lists(text, () if self.asked.open else self.asked.shape or ())
        if self.asked.open:
            return pasted_words(text)
        if self._loose:
            return pasted_rows(text, self.asked.cells, open_ended=self.asked.open)
        loop = self.asked.step.loop is not None
        cells = pasted(text, self.asked.shape or (), self.asked.step.kind, loop=loop)
        return self._turned(cells)

    def restore(self, answer: Any) -> None:
        """Put back what stood in the cells."""
        texts = _flat(answer)
        lengths = self.asked.cells
        if self.asked.open and any(texts):
            rows = answer if isinstance(answer[0], list) else [answer]
            self.grid.put([_flat(row) for row in rows])
        elif len(texts) == sum(lengths):
            self.grid.put(_cut(texts, lengths))

    @property
    def right(self) -> bool:
        """Whether the line is said to be right."""
        return any(told.good for told in self._told)

    # What is said --------------------------------------------------------------------------

    @property
    def told(self) -> tuple[Told, ...]:
        """What is said of the line."""
        return self._told

    def tell(self, *told: Told) -> None:
        """Say something of the line; nothing takes it back."""
        if told != self._told:
            self._told = told
            self._arrange(self.size.width or 80)

    def mark(self, wrong: list[bool] | None, rows: tuple[bool | None, ...] = ()) -> None:
        """Mark wrong cells, row by row, and rows of a loop."""
        self.grid.mark(None if wrong is None else _cut(wrong, self.grid.form.lengths), rows)

    def show_formula(self, *, shown: bool) -> None:
        """Show the formula in two dimensions, or put it away."""
        self.formula_shown = shown
        self._arrange(self.size.width or 80)

    def point(self, *, here: bool) -> None:
        """Show whether this is the line being worked on."""
        if here != self._here:
            self._here = here
            self._set_labels()

    # Arranging -----------------------------------------------------------------------------

    def _set_labels(self) -> None:
        for place in (".above", ".label"):
            self.query_one(place, Fitted).show(self._label)

    def _arrange(self, columns: int) -> None:
        if not self.is_attached:
            return
        self.grid.room = columns - _INDENT - 2
        cells = self.grid.get_content_width(self.size, self.size)
        aside = self._fits_aside(columns, cells)
        self.set_class(not aside, "-above")
        self.query_one(".above").display = not aside
        self.query_one(".label").display = aside
        self._set_labels()
        self._place(columns - cells - 1 - (_LABEL if aside else _INDENT))

    @property
    def said_height(self) -> int:
        """How many lines at the foot of the entry hold what is said of it."""
        below = self.query_one(".below")
        return below.size.height + 2 if below.display else self._high

    def _fits_aside(self, columns: int, cells: int) -> bool:
        """Whether the label has room beside the cells, and makes the line no higher there."""
        if self.formula_shown or _LABEL + cells + 1 + _LEAST_BESIDE > columns:
            return False
        return (
            max(len(self._label(_LABEL - 1)), self._high) <= len(self._label(columns)) + self._high
        )

    @property
    def _high(self) -> int:
        return self.grid.line_of(self.grid.form.rows - 1) + 1

    def _place(self, beside: int) -> None:
        """Put what is said where it fits."""
        high = self._high
        fits = beside >= _LEAST_BESIDE and len(self._said(beside)) <= high <= _TALL
        for place, shown in ((".beside", fits), (".below", not fits)):
            where = self.query_one(place, Fitted)
            where.show(self._said)
            where.display = bool(self._told) and shown

    def _said(self, columns: int) -> Sequence[Content]:
        return [line for told in self._told for line in told.lines(columns)]

    def _label(self, columns: int) -> Sequence[Content]:
        """Number, title and formula: on one line where they fit."""
        step = self.asked.step
        first = numbered(self.asked.number, here=self._here)
        room = columns - _INDENT
        title = prose(step.title.replace("$", "\\$"), room)
        if self.formula_shown:
            formula = formula_lines(self.asked.formula, room, "$text-accent")
            return _indented(first, [*(say(t, "bold") for t in title), *formula])
        try:
            short = inline(self.asked.formula)
        except MathError:
            short = self.asked.formula
        if width(title[-1]) + 3 + width(short) <= room:
            last = join(say(title[-1], "bold"), say(f"   {short}", "$text-accent"))
            return _indented(first, [*(say(t, "bold") for t in title[:-1]), last])
        formula = [say(line, "$text-accent") for line in prose(f"${self.asked.formula}$", room)]
        return _indented(first, [*(say(t, "bold") for t in title), *formula])


def _form(asked: Asked, decimals: int) -> Form:
    """The grid for a line: wide enough for what is likely to be typed."""
    kind = "text" if asked.words else asked.step.kind
    minimum = _WIDTHS.get(kind, decimals + 3)
    least = _LEAST.get(kind, decimals + 1)
    if asked.cells == (1,) and kind != "text":
        minimum = least = max(minimum, 5 if kind in _WIDTHS else 12)
    if asked.shape is None:
        minimum = least = 14
    return Form(
        asked.cells,
        asked.labels,
        asked.block,
        minimum,
        least,
        words=asked.words,
        open=asked.open,
    )


def _cut(entries: Sequence[_Entry], lengths: Sequence[int]) -> list[list[_Entry]]:
    """Entries in rows of these lengths."""
    rows = iter(entries)
    return [list(islice(rows, length)) for length in lengths]


def _flat(answer: Any) -> list[str]:
    if isinstance(answer, list):
        return [text for part in answer for text in _flat(part)]
    return [str(answer)]


def _indented(first: Content, shown: list[Content]) -> list[Content]:
    return [join(first if n == 0 else " " * _INDENT, line) for n, line in enumerate(shown)]
