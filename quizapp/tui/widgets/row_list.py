"""Rows of a card that are arranged or filled by keyboard, one of them marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.actions import SkipAction
from textual.containers import Vertical
from textual.message import Message

from quizapp.tui.bindings import bound
from quizapp.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from quizapp.tui.widgets.prose import Part


class _Row(Prose):
    """One row; a click marks it."""

    DEFAULT_CSS = """
    _Row { padding: 0 1; }
    RowList:focus _Row.-marked { background: $primary 30%; }
    RowList:light:focus _Row.-marked { background: $primary 15%; }
    """

    @dataclass
    class Pointed(Message):
        """The row was clicked."""

        row: _Row

    def on_click(self) -> None:
        """Mark this one."""
        self.post_message(self.Pointed(self))


class RowList(Vertical, can_focus=True):
    """A heading and rows; up and down move the mark, and scroll on beyond the ends."""

    DEFAULT_CSS = """
    RowList { height: auto; margin: 1 0 0 0; }
    RowList .head { margin: 0 1 1 1; }
    """

    BINDINGS: ClassVar[list[Any]] = bound(
        "rows",
        ("up", "go(-1)", "", "The row above"),
        ("down", "go(1)", "", "The row below"),
    )

    MOST: ClassVar[int] = 8
    """As many rows as a card can have."""

    @dataclass
    class Changed(Message):
        """Something was arranged or filled in."""

        rows: RowList

        @property
        def control(self) -> RowList:
            """Where it was changed."""
            return self.rows

    def __init__(self) -> None:
        super().__init__()
        self.marked = 0
        """The row that the keys are about, from 0."""
        self.open = False
        """Whether something can be changed."""
        self._count = 0

    def compose(self) -> ComposeResult:
        """The heading, and as many rows as there can be; those not needed stay away."""
        yield Prose(classes="head")
        for _ in range(self.MOST):
            yield _Row()

    @property
    def _all(self) -> list[_Row]:
        return list(self.query(_Row))

    def begin(self, count: int) -> None:
        """Make room for so many rows that can be changed, the first one marked."""
        self.display = bool(count)
        self.open = self.can_focus = bool(count)
        self._count, self.marked = count, 0
        for index, row in enumerate(self._all):
            row.display = index < count

    def end(self) -> None:
        """Nothing can be changed any more."""
        self.open = self.can_focus = False

    def show(self, head: Sequence[Part], rows: Sequence[Sequence[Part]]) -> None:
        """Show the heading and the rows."""
        heading = self.query_one(".head", Prose)
        heading.display = bool(head)
        heading.show(*head)
        for index, (widget, parts) in enumerate(zip(self._all, rows, strict=False)):
            widget.set_class(self.open and index == self.marked, "-marked")
            widget.show(*parts)

    def show_again(self) -> None:
        """Show what has changed; each list says how."""
        raise NotImplementedError

    def show_raw(self, *, raw: bool) -> None:
        """Show the LaTeX of the formulas, or what it means."""
        for block in self.query(Prose):
            block.show_raw(raw=raw)

    def go_to(self, row: int) -> None:
        """Mark a row and bring it into sight, the first one with the heading."""
        self.marked = min(max(row, 0), self._count - 1)
        self.show_again()
        self.call_after_refresh(self._in_sight)

    def _in_sight(self) -> None:
        if self.marked == 0:
            self.query_one(".head").scroll_visible(animate=False)
        self._all[self.marked].scroll_visible(animate=False)

    def action_go(self, by: int) -> None:
        """Mark the row above or below; at the ends the page scrolls instead."""
        if not (self.open and 0 <= self.marked + by < self._count):
            raise SkipAction
        self.go_to(self.marked + by)

    def on__row_pointed(self, event: _Row.Pointed) -> None:
        """Mark the row that was clicked."""
        event.stop()
        if self.open:
            self.go_to(self._all.index(event.row))
