"""Where one works on a computation: the problem beside or above its lines, a line to calculate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Container, Vertical, VerticalScroll

from quizapp.tui.say import say
from quizapp.tui.widgets.fitted import Fitted
from quizapp.tui.widgets.grid import Grid
from quizapp.tui.widgets.scratch_pad import ScratchPad
from quizapp.tui.widgets.worksheet import Worksheet, entry_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Size
    from textual.widget import Widget

    from quizapp.study.scratch import Scratch
    from quizapp.tui.widgets.fitted import Setting
    from quizapp.tui.widgets.line_entry import LineEntry

_WIDE = 110
"""From so many columns on, the problem stands beside the lines."""
_SHARE = 0.42
"""The share of the height that the problem may take above the lines."""
_LARGE_SHARE = 0.75
"""The share where there is room to spare, or where all of the problem is asked for."""
_SLACK = 2
"""Rows that are left for verdicts below the lines."""


class ProblemPane(VerticalScroll, can_focus=False):
    """The statement; its lower edge says when there is more of it than fits."""

    DEFAULT_CSS = """
    ProblemPane {
        height: auto; max-height: 42%; padding: 0 1; border-bottom: solid $panel;
        border-subtitle-color: $text-muted; border-subtitle-style: none;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, setting: Setting | None = None) -> None:
        super().__init__(Fitted(setting) if setting else Fitted())
        self.whole = False
        """Whether as much of it is shown as the screen has room for."""
        self._hinted: tuple[bool, bool] | None = None

    def pose(self, setting: Setting) -> None:
        """Show a statement."""
        self.query_one(Fitted).show(setting)

    def on_mount(self) -> None:
        """Look after the edge whenever the size changes."""
        self.watch(self, "virtual_size", self._hint)

    def on_resize(self) -> None:
        """Another size, another edge."""
        self._hint()

    def _hint(self, _: Size | None = None) -> None:
        more = self.max_scroll_y > 0
        if (more, self.whole) == self._hinted:
            return
        self._hinted = more, self.whole
        told = "ctrl+t smaller" if self.whole else "ctrl+t all of it"
        shown = f" {told} · ctrl+↓ scrolls " if more else " ctrl+t smaller " if self.whole else ""
        self.border_subtitle = say(shown) if shown else None

    def turn(self, by: int) -> None:
        """Scroll by most of what is in sight."""
        self.scroll_relative(y=by * max(self.size.height - 1, 1), animate=False)


class Desk(Container):
    """A problem, its lines and the calculator.

    ``sheet`` holds the lines; results of the calculator go into the cell from which it was
    opened.
    """

    DEFAULT_CSS = """
    Desk { height: 1fr; layout: vertical; }
    Desk > .work { height: 1fr; }
    Desk.-beside { layout: horizontal; }
    Desk.-beside > ProblemPane {
        width: 42%; max-width: 72; height: 1fr; max-height: 100%;
        border-bottom: none; border-right: solid $panel;
    }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "ctrl+t", "whole", "Problem", id="desk.whole", show=False,
            tooltip="As much of the problem as the screen has room for, or less again",
        ),
        Binding(
            "ctrl+down", "scroll_problem(1)", "Problem down", show=False, id="desk.down",
            tooltip="Scroll the problem down",
        ),
        Binding(
            "ctrl+up", "scroll_problem(-1)", "Problem up", id="desk.up", show=False,
            tooltip="Scroll the problem up",
        ),
    ]  # fmt: skip

    def __init__(
        self,
        setting: Setting | None = None,
        entries: Iterable[LineEntry] = (),
        *,
        below: Iterable[Widget] = (),
    ) -> None:
        super().__init__()
        self.pane = ProblemPane(setting)
        """The statement."""
        self.sheet = Worksheet(*entries, *below)
        """The lines, and what stands below them."""
        self.pad = ScratchPad()
        """The calculator."""
        self._settled = False
        """Something was typed: what stands around it stays where it is."""

    def compose(self) -> ComposeResult:
        """The problem, the lines, the calculator."""
        yield self.pane
        with Vertical(classes="work"):
            yield self.sheet
            yield self.pad

    def lay(self, setting: Setting, entries: Iterable[LineEntry]) -> None:
        """Put another problem on the desk."""
        self.pane.pose(setting)
        self.sheet.mount(*entries, before=0)

    def lend(self, scratch: Scratch, decimals: int) -> None:
        """Let the calculator count on a scratch sheet and round to so many decimals."""
        self.pad.lend(scratch, decimals)

    def on_mount(self) -> None:
        """Divide the room as soon as it is known how much the lines take."""
        self.watch(self.sheet, "virtual_size", self._laid, init=False)

    def _laid(self) -> None:
        if not self._settled:
            self.divide()

    @on(Grid.Changed)
    def _typed(self) -> None:
        self._settled = True

    # The problem ---------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Beside or above, as there is room."""
        self.set_class(event.size.width >= _WIDE, "-beside")
        self.call_after_refresh(self.divide)

    def divide(self) -> None:
        """Give the problem above the lines the room that these do not need."""
        if self.has_class("-beside"):
            self.pane.styles.max_height = "100%"
            return
        height, filled = self.size.height, self.sheet.filled
        share = _LARGE_SHARE if self.pane.whole else _SHARE
        spare = height - filled - _SLACK if filled else 0
        most = max(share * height, min(spare, _LARGE_SHARE * height), 1)
        self.pane.styles.max_height = int(most)

    def action_whole(self) -> None:
        """All of the problem, or less again."""
        self.pane.whole = not self.pane.whole
        self.pane.refresh(layout=True)
        self.divide()
        self.call_after_refresh(self.pane.on_resize)
        self.sheet.reveal()

    def action_scroll_problem(self, by: int) -> None:
        """Scroll the statement."""
        self.pane.turn(by)

    # The calculator ------------------------------------------------------------------------

    @on(Grid.Calculate)
    def _wanted(self, event: Grid.Calculate) -> None:
        event.stop()
        self.calculate()

    def calculate(self) -> None:
        """Open the calculator for the cell one is in, or go back to that."""
        entry = self.sheet.chosen
        if self.pad.display:
            self.put_away()
        elif entry is not None:
            self.pad.open_for(entry)
            self.sheet.reveal()

    def put_away(self) -> None:
        """Close the calculator and go back to the cell."""
        self.pad.display = False
        entry = self.sheet.chosen
        if entry is not None:
            entry.grid.focus()

    @on(ScratchPad.Closed)
    def _finished(self, event: ScratchPad.Closed) -> None:
        event.stop()
        self.put_away()

    @on(ScratchPad.Taken)
    def _taken(self, event: ScratchPad.Taken) -> None:
        """The result goes into the cell."""
        event.stop()
        self.put_away()
        entry = self.sheet.chosen
        if entry is not None:
            entry.grid.take(event.text)

    @on(Grid.Moved)
    def _moved(self, event: Grid.Moved) -> None:
        """Keep the cell in sight and point at its line."""
        event.stop()
        self.sheet.point_at(entry_of(event.grid))

    @on(Grid.Left)
    def _left(self, event: Grid.Left) -> None:
        """Go to the line below or above."""
        event.stop()
        self.sheet.go_from(entry_of(event.grid), event.direction)

    # The lines -----------------------------------------------------------------------------

    def formula(self) -> None:
        """The formula of the line in full size, or away again."""
        entry = self.sheet.chosen
        if entry is not None:
            entry.show_formula(shown=not entry.formula_shown)
            self.sheet.reveal()
