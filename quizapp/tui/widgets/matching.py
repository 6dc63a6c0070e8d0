"""The rows of a comparison card: a column to choose for each, judged after the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from quizapp.mathtext import width
from quizapp.tui.bindings import bound
from quizapp.tui.say import join, say
from quizapp.tui.widgets.comparison import Columns, one_line
from quizapp.tui.widgets.prose import Passage, ours
from quizapp.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.content import Content

    from quizapp.cards import Match

_KEY, _QUIET = "bold $text-accent", "$text-muted"
_NAME = 14
"""Cells of a column's name before a row; above the rows it stands in full."""
MOST_COLUMNS = 4


class Matching(RowList):
    """All rows of a card; ``columns`` is what the student has chosen for each."""

    MOST: ClassVar[int] = 6

    BINDINGS: ClassVar[list[Any]] = bound(
        "matching",
        *[
            (
                str(number),
                f"choose({number})",
                "",
                "The column of the marked row; the next row is marked",
            )
            for number in range(1, MOST_COLUMNS + 1)
        ],
        ("right,space", "turn(1)", "Column", "The next column for the marked row"),
        ("left", "turn(-1)", "", "The column before for the marked row"),
        ("backspace,delete", "clear", "", "No column for the marked row"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._ask: Match | None = None
        self._columns: list[int | None] = []

    def put(self, ask: Match | None, columns: Sequence[int | None] = ()) -> None:
        """Show the rows with the columns chosen so far; None for none."""
        self._ask = ask
        count = len(ask.rows) if ask else 0
        self._columns = list(columns) if len(columns) == count else [None] * count
        self.begin(count)
        self.show_again()

    @property
    def columns(self) -> tuple[int | None, ...]:
        """The column chosen for each row, None for none."""
        return tuple(self._columns)

    def show_again(self) -> None:
        """Show what is chosen now."""
        ask = self._ask
        if ask is None or not self.open:
            return
        rows = [[self._asked(ask, row)] for row in range(len(self._columns))]
        self.show(_head(ask), rows)

    def _asked(self, ask: Match, row: int) -> Passage:
        here, column = row == self.marked, self._columns[row]
        lead = join(say("▸ " if here else "  ", "bold"), _chosen(ask, column))
        return Passage(_entry(ask, row), "bold" if here else "", lead=lead)

    def judge(self, ask: Match, columns: Sequence[int | None] | None) -> None:
        """Show which rows are right, and where the others belong."""
        self.end()
        given = columns or (None,) * len(ask.rows)
        self.show([Columns(ask.columns)], [list(_judged(ask, n, c)) for n, c in enumerate(given)])

    # Choosing -------------------------------------------------------------------------------

    def action_choose(self, number: int) -> None:
        """Choose a column for the marked row, counted from 1, and go on to the next row."""
        if self._ask is not None and self.open and number <= len(self._ask.columns):
            self._set(number - 1)
            self.go_to(self.marked + 1)

    def action_turn(self, by: int) -> None:
        """Choose the next column, or the one before, round and round."""
        if self._ask is not None and self.open:
            here, count = self._columns[self.marked], len(self._ask.columns)
            self._set((0 if by > 0 else count - 1) if here is None else (here + by) % count)

    def action_clear(self) -> None:
        """Choose no column for the marked row."""
        if self.open:
            self._set(None)

    def _set(self, column: int | None) -> None:
        self._columns[self.marked] = column
        self.show_again()
        self.post_message(self.Changed(self))


def _head(ask: Match) -> list[Any]:
    count = len(ask.columns)
    told = f"To which does each row belong? 1-{count} or ←→ choose it."
    return [ours(told, _QUIET), Columns(ask.columns, gap=False)]


def _entry(ask: Match, row: int) -> str:
    aspect = ask.rows[row].aspect.rstrip()
    between = " " if aspect.endswith(("?", ":")) else ": "
    return f"{aspect}{between}{ask.shown[row]}"


def _judged(ask: Match, row: int, column: int | None) -> Iterator[Passage]:
    right = ask.right[row]
    sign, style = ("✓ ", "$text-success") if column == right else ("✗ ", "$text-error")
    lead = join(say(sign, f"bold {style}"), _chosen(ask, column))
    yield Passage(_entry(ask, row), style, lead=lead)
    if column != right:
        told = "belongs to" if column is not None else "not answered; belongs to"
        where = f"{told} {right + 1}  "
        yield Passage(ask.columns[right], _QUIET, lead=say(where, _QUIET), indent=5, gap=False)


def _chosen(ask: Match, column: int | None) -> Content:
    """The column of a row, as wide in every row."""
    names = [one_line(name, raw=False) for name in ask.columns]
    room = min(max(map(width, names)), _NAME)
    if column is None:
        return say(f"·  {' ' * room}  ", _QUIET)
    name = _cut(names[column], room)
    return join(say(f"{column + 1}  ", _KEY), say(name + " " * (room - width(name) + 2), "bold"))


def _cut(text: str, room: int) -> str:
    if width(text) <= room:
        return text
    while width(text) > room - 1:
        text = text[:-1]
    return f"{text}…"
