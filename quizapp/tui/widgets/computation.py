"""A computation as a question of an exam: its numbers above, a line to fill for each step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.message import Message

from quizapp.study.asked import asked
from quizapp.tui.arrived import arrived
from quizapp.tui.widgets.fitted import Fitted, wrapped
from quizapp.tui.widgets.grid import Grid
from quizapp.tui.widgets.line_entry import LineEntry
from quizapp.tui.widgets.statement import keep, statement
from quizapp.tui.widgets.verdict import Told
from quizapp.tui.widgets.worksheet import Worksheet, entry_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widget import Widget

    from quizapp.exercises.problem import Problem
    from quizapp.tui.widgets.fitted import Setting


_PADDING = 2


class Computation(Vertical):
    """One problem; ``answer`` is what stands in its lines. It gives no verdict.

    Raises QuizError where the problem has no solution.
    """

    DEFAULT_CSS = """
    Computation { height: 1fr; }
    Computation .problem {
        height: auto; max-height: 50%; padding: 0 1; border-bottom: solid $panel;
        scrollbar-size-vertical: 1;
    }
    """

    BINDINGS: ClassVar[list[Any]] = [
        # Before the grid's own Enter, which promises a check that an exam does not give.
        Binding(
            "enter", "enter", "Next cell", id="computation.enter", priority=True, show=False,
            tooltip="The next blank cell; when none is left, the next line",
        ),
        Binding(
            "f3", "formula", "Formula", id="computation.formula", key_display="F3",
            tooltip="The formula of this line in full size, or away again",
        ),
        Binding(
            "ctrl+down", "scroll_problem(1)", "Problem down", id="computation.problem-down",
            show=False, tooltip="Scroll the problem down",
        ),
        Binding(
            "ctrl+up", "scroll_problem(-1)", "Problem up", id="computation.problem-up",
            show=False, tooltip="Scroll the problem up",
        ),
    ]  # fmt: skip

    class Changed(Message):
        """Something else stands in the lines."""

    class Done(Message):
        """Enter was pressed at the end of the last line."""

    how = "Enter and arrows move; every line earns points of its own"

    def __init__(self, problem: Problem, answer: Mapping[str, Any]) -> None:
        super().__init__()
        self._problem = problem
        self._entries = [LineEntry(line, problem.decimals) for line in asked(problem)]
        lines = answer.get("lines") or {}
        for entry in self._entries:
            entry.restore(lines.get(entry.step, ""))

    def compose(self) -> ComposeResult:
        """The problem, its lines."""
        with VerticalScroll(classes="problem", can_focus=False):
            yield Fitted(_headed(self._problem))
        with Worksheet():
            yield from self._entries

    def on_mount(self) -> None:
        """Say of what stood in the lines what cannot be read."""
        self.call_after_refresh(self._say_readings)

    def _say_readings(self) -> None:
        for entry in self._entries:
            self._say_reading(entry)

    @property
    def answer(self) -> dict[str, Any]:
        """What stands in the lines now, blank ones left out."""
        lines = {entry.step: entry.answer for entry in self._entries}
        return {"lines": {step: answer for step, answer in lines.items() if answer != ""}}

    @property
    def start(self) -> Widget:
        """What takes the focus: the first line that is not filled."""
        unfilled = [entry for entry in self._entries if any("" in row for row in entry.grid.cells)]
        return (unfilled or self._entries)[0].grid

    @property
    def _sheet(self) -> Worksheet:
        return self.query_one(Worksheet)

    @on(Grid.Changed)
    def _typed(self, event: Grid.Changed) -> None:
        event.stop()
        self._say_reading(entry_of(event.grid))
        self.post_message(self.Changed())

    def _say_reading(self, entry: LineEntry) -> None:
        """Say why a cell cannot be read, if one cannot."""
        reason = entry.grid.reason
        told = f"Cannot be read yet; kept as you typed it. {reason}"
        entry.tell(*([Told("?", "$text-warning", told)] if reason else []))

    @on(Grid.Refused)
    def _refused(self, event: Grid.Refused) -> None:
        event.stop()
        entry_of(event.grid).tell(Told("?", "$text-warning", f"Not pasted: {event.reason}"))

    @on(Grid.Moved)
    def _moved(self, event: Grid.Moved) -> None:
        event.stop()
        self._sheet.point_at(entry_of(event.grid))

    @on(Grid.Left)
    def _left(self, event: Grid.Left) -> None:
        event.stop()
        self._sheet.go_from(entry_of(event.grid), event.direction)

    @on(Grid.Done)
    def _done(self, event: Grid.Done) -> None:
        event.stop()
        entry = entry_of(event.grid)
        if entry is self._entries[-1]:
            self.post_message(self.Done())
        else:
            self._sheet.go_from(entry, 1)

    async def action_enter(self) -> None:
        """On to what is to be filled next."""
        await arrived(self.screen.focused)
        if self._sheet.current is not None:
            self._sheet.current.grid.action_enter()

    def action_formula(self) -> None:
        """The formula of the line in full size, or away again."""
        entry = self._sheet.current
        if entry is not None:
            entry.show_formula(shown=not entry.formula_shown)
            self._sheet.reveal()

    def action_scroll_problem(self, rows: int) -> None:
        """Scroll the statement."""
        self.query_one(".problem", VerticalScroll).scroll_relative(y=rows, animate=False)


def _headed(problem: Problem) -> Setting:
    """The statement under what it is and how exactly it is to be computed."""
    stated = statement(problem)

    def setting(columns: int) -> list[Content]:
        kept = keep(problem, columns + _PADDING)  # where it says nothing, the statement does
        title = f"{problem.family.title} · {kept}" if kept else problem.family.title
        return [*wrapped(title, columns, "bold $text-accent"), *stated(columns)]

    return setting
